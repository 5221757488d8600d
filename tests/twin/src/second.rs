//! Second derivatives: the option that asks for them, and their part of the adapter.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Attribute, ItemFn, Meta};

use crate::adapter::{Adapter, Parameter, Passing};
use crate::arguments::Arguments;

/// Adds `second_order` to the arguments of `#[conservative_grad]`, on inner functions as well.
pub fn ask(function: &mut ItemFn, arguments: &Arguments) {
    if is_asked(arguments) {
        Ask.visit_item_fn_mut(function);
    }
}

/// The same for everything in a module.
pub fn ask_all(module: &mut syn::ItemMod, arguments: &Arguments) {
    if is_asked(arguments) {
        Ask.visit_item_mod_mut(module);
    }
}

struct Ask;

impl VisitMut for Ask {
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let last = attribute.path().segments.last();
        if last.is_none_or(|segment| segment.ident != "conservative_grad") {
            return;
        }
        let path = attribute.path().clone();
        let given = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        };
        let comma = (!given.is_empty()).then(|| quote!(,));
        attribute.meta = syn::parse_quote!(#path(#given #comma second_order));
    }
}

fn is_asked(arguments: &Arguments) -> bool {
    // Optimising them would double the time of a release build, which tests the same code.
    cfg!(feature = "second_order") && cfg!(debug_assertions) && !arguments.first_order
}

impl Adapter<'_> {
    /// The method `hvp`: everything that enters, with the tangents `t` of the arguments and none of
    /// the seed.
    pub fn second(&self, prologue: &TokenStream, arguments: &Arguments) -> TokenStream {
        if !is_asked(arguments) {
            return TokenStream::new();
        }
        let name = self.name;
        let sp = Span::mixed_site();
        let zeros = quote_spanned!(sp=> crate::pack::Reader::new(&[]));
        let (outputs, adjoints) = (self.outputs(), self.adjoints());
        let starts = self.tangents(Parameter::adjoint, zeros.clone(), Parameter::returned);
        let directions = quote_spanned!(sp=> directions);
        let tangents = self.tangents(Parameter::tangent, directions, Parameter::active);
        let of_adjoints =
            self.tangents(Parameter::adjoint_tangent, zeros.clone(), Parameter::active);
        let all = self.arguments(|p| {
            let mut all = vec![p.pass(&p.name)];
            if p.active() {
                let (tan, adj, adj_tan) = (p.tangent(), p.adjoint(), p.adjoint_tangent());
                all.push(match p.passing {
                    Passing::RefMut => quote_spanned!(sp=> &mut #tan),
                    Passing::Value | Passing::Ref => quote_spanned!(sp=> &#tan),
                });
                all.push(quote_spanned!(sp=> &mut #adj));
                all.push(quote_spanned!(sp=> &mut #adj_tan));
            }
            all
        });
        let active = || self.parameters.iter().filter(|p| p.active());
        let changed = active()
            .filter(|p| p.passing == Passing::RefMut)
            .map(Parameter::tangent);
        let adjoint_tangents = active().map(Parameter::adjoint_tangent);
        quote_spanned! {sp=>
            fn hvp(&self, tape: &mut ad_runtime::Tape, x: &[f64], u: &[f64], t: &[f64]) -> Option<crate::harness::Second> {
                #prologue
                let seed_tan = {
                    let mut reader = crate::pack::Reader::new(&[]);
                    crate::pack::Shaped::tangent(&seed, &mut reader)
                };
                #starts
                let mut directions = crate::pack::Reader::new(t);
                #tangents
                #of_adjoints
                let (value, value_tan) = #name::__hvp(tape, #all &seed, &seed_tan);
                #outputs
                #adjoints
                let mut tangents = ::std::vec::Vec::new();
                crate::pack::Pack::write(&value_tan, false, &mut tangents);
                #(crate::pack::Pack::write(&#changed, false, &mut tangents);)*
                let mut adjoint_tangents = ::std::vec::Vec::new();
                #(crate::pack::Pack::write(&#adjoint_tangents, false, &mut adjoint_tangents);)*
                Some(crate::harness::Second { outputs, tangents, adjoints, adjoint_tangents })
            }
        }
    }
}
