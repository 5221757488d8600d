//! Functions that are passed to functions: what a parameter `impl Fn(f64) -> f64`
//! is in generated functions, and what makes an annotated function one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Lifetime, Type, WherePredicate};

use super::Context;
use super::docs::allowed;
use super::types::is_known;
use crate::ir::types::is_discrete;
use crate::ir::{Passing, Ty};
use crate::syntax::functions::{MOST_INPUTS, Shape, is_about, of_generic};
use crate::syntax::options::Options;
use crate::syntax::signature::{Param, Signature};
use crate::syntax::types::passing;

impl Context<'_> {
    /// The bound of a type parameter that is a function of this shape.
    fn function_bound(&self, shape: &Shape) -> TokenStream {
        let rt = &self.rt;
        let mut lifetimes = Lifetimes::default();
        let inputs: Vec<TokenStream> = shape
            .inputs
            .iter()
            .map(|ty| self.input(&mut lifetimes, ty))
            .collect();
        let (result, tangent) = match &shape.output {
            Some(ty) => (quote!(#ty), self.without_lanes().tangent(ty)),
            None => (quote!(()), quote!(())),
        };
        let name = function_trait(shape.inputs.len());
        let named = lifetimes.0.iter().chain(&shape.lifetimes);
        let named: Vec<&Lifetime> = named.collect();
        let any = (!named.is_empty()).then(|| quote!(for<#(#named),*>));
        quote!(#any #rt::#name<#(#inputs,)* #result, #tangent>)
    }

    /// An argument's type with that of its companions.
    fn input(&self, lifetimes: &mut Lifetimes, ty: &Type) -> TokenStream {
        let companions = self.companions(ty);
        let mut ty = ty.clone();
        lifetimes.visit_type_mut(&mut ty);
        quote!(#ty, #companions)
    }

    fn companions(&self, ty: &Type) -> TokenStream {
        let (rt, slot) = (&self.rt, self.without_lanes().slot_of(ty));
        match passing(ty).0 {
            Passing::RefMut => quote!(#rt::Changed<#slot>),
            Passing::Value | Passing::Ref => quote!(#rt::Kept<#slot>),
        }
    }

    /// What bounds a type parameter of the user's that stands for a function.
    pub fn function_of_generic(&self, name: &Ident) -> Option<TokenStream> {
        // A rule of the user's own takes the function itself.
        if self.options.given.is_some() {
            return None;
        }
        of_generic(name, &self.sig.generics).map(|shape| self.function_bound(&shape))
    }

    /// Whether a predicate is about such a type parameter.
    pub fn is_about_a_function(&self, predicate: &WherePredicate) -> bool {
        let generics = &self.sig.generics;
        let of_function = |name| of_generic(name, generics).is_some() && is_about(predicate, name);
        self.options.given.is_none() && generics.type_params().any(|t| of_function(&t.ident))
    }

    /// The type parameters of functions whose type has no name, with their bounds.
    fn anonymous(&self) -> Vec<TokenStream> {
        let functions = self.sig.params.iter().filter_map(|p| p.function.as_ref());
        let named = functions.filter_map(|f| Some((f.anonymous.as_ref()?, &f.shape)));
        named
            .map(|(name, shape)| {
                let bound = self.function_bound(shape);
                quote!(#name: #bound)
            })
            .collect()
    }

    /// The generic parameters of a hidden function.
    pub fn hidden_generics(&self, last: &[TokenStream]) -> TokenStream {
        let mut all = self.anonymous();
        all.extend(last.iter().cloned());
        self.generics(&[], &all)
    }

    /// A body with `hidden` type parameters beside those of functions.
    pub fn sweep(&self, part: &str, hidden: usize) -> TokenStream {
        self.body(part, hidden + self.anonymous().len())
    }

    /// The type of a parameter of a function that users call: they name the user's
    /// generic parameters and no others.
    pub fn shown(&self, param: &Param) -> TokenStream {
        let written = &param.written;
        let shape = match &param.function {
            Some(function) if function.anonymous.is_some() => &function.shape,
            _ => return quote!(#written),
        };
        let bound = self.function_bound(shape);
        match written {
            Type::Reference(r) => {
                let lifetime = &r.lifetime;
                quote!(&#lifetime impl #bound)
            }
            _ => quote!(impl #bound),
        }
    }

    /// See `use_of_primal`: a function that takes functions has no type to be named by,
    /// so that it is called, where nothing calls.
    pub fn use_of_function_of_functions(&self) -> TokenStream {
        let (lead, name) = (self.lead_hidden(), self.hidden("primal"));
        let (inputs, generics) = (&self.sig.as_written.inputs, &self.sig.as_written.generics);
        let (primal, clause) = (&self.sig.ident, &generics.where_clause);
        let turbofish = self.turbofish(0);
        let names =
            (0..inputs.len()).map(|k| format_ident!("__arg_{k}", span = Span::mixed_site()));
        let names: Vec<Ident> = names.collect();
        let declared = inputs.iter().zip(&names).map(|(input, name)| match input {
            syn::FnArg::Receiver(receiver) => quote!(#receiver),
            syn::FnArg::Typed(input) => {
                let ty = &input.ty;
                quote!(#name: #ty)
            }
        });
        let passed = inputs.iter().zip(&names).map(|(input, name)| match input {
            syn::FnArg::Receiver(_) => quote!(self),
            syn::FnArg::Typed(_) => quote!(#name),
        });
        let of = self.of_type().then(|| quote!(Self::));
        quote! {
            #lead
            fn #name #generics(#(#declared),*) #clause {
                let _ = move || { #of #primal #turbofish(#(#passed),*); };
            }
        }
    }

    /// What makes a free function one that can be passed to others, where its types
    /// can be named outside of its signature.
    pub fn item_impl(&self) -> TokenStream {
        let sig = self.sig;
        let flows = |p: &Param| p.active || is_discrete(&p.ty);
        let nameable = |p: &Param| p.function.is_none() && is_known(&p.ty) && flows(p);
        let result = sig.output.ty == Ty::Unit || is_known(&sig.output.ty);
        let inputs: Vec<&Type> = sig.params.iter().map(|p| &p.written).collect();
        let generic = |name: &Ident| inputs.iter().any(|ty| mentions(ty, name));
        let constrained = sig.generics.params.iter().all(|param| match param {
            syn::GenericParam::Type(t) => generic(&t.ident),
            syn::GenericParam::Const(c) => generic(&c.ident),
            syn::GenericParam::Lifetime(_) => true,
        });
        if self.of_type()
            || self.options.given.is_some()
            || inputs.len() > MOST_INPUTS
            || !(result && constrained && sig.params.iter().all(nameable))
        {
            return TokenStream::new();
        }
        let (item, primal) = (self.item(), &sig.ident);
        let runtime = &self.runtime;
        let cfgs: Vec<_> = self
            .attrs
            .iter()
            .filter(|a| a.path().is_ident("cfg"))
            .collect();
        let function = self.function_impl(
            &sig.generics,
            &inputs,
            &quote!(#item),
            quote!(item #primal,),
        );
        quote! {
            #(#cfgs)*
            #[automatically_derived]
            impl ::core::clone::Clone for #item {
                fn clone(&self) -> Self {
                    Self {}
                }
            }
            #(#cfgs)*
            #[automatically_derived]
            impl #runtime::Differentiable for #item {
                type Tangent = ();
                fn zero_like(&self) {}
            }
            #(#cfgs)*
            #[automatically_derived]
            impl #runtime::__private::AllFinite for #item {
                fn all_finite(&self) -> bool { true }
            }
            #(#cfgs)*
            #function
        }
    }

    /// The `impl` that makes a type a function; `of` tells the macro of the runtime what
    /// stands behind it.
    fn function_impl(
        &self,
        generics: &syn::Generics,
        inputs: &[&Type],
        ty: &TokenStream,
        of: TokenStream,
    ) -> TokenStream {
        let mut lifetimes = Lifetimes::default();
        let rt = &self.rt;
        let written: Vec<TokenStream> = inputs
            .iter()
            .map(|ty| self.input(&mut lifetimes, ty))
            .collect();
        let named = written.iter().enumerate().map(|(k, input)| {
            let names = ["a", "M", "slot", "tan", "slot_tan"]
                .map(|part| format_ident!("__{part}_{k}", span = Span::mixed_site()));
            quote!(#(#names)*: #input;)
        });
        let own = generics.params.iter().map(|param| quote!(#param));
        let (own_lifetimes, others): (Vec<_>, Vec<_>) = own
            .zip(&generics.params)
            .partition(|(_, param)| matches!(param, syn::GenericParam::Lifetime(_)));
        let first = own_lifetimes.into_iter().map(|(tokens, _)| tokens);
        let others = others.into_iter().map(|(tokens, _)| tokens);
        let made = lifetimes.0.iter();
        let clause = self.where_clause();
        let name = function_trait(inputs.len());
        let second = match self.options.second_order {
            true => quote!(second),
            false => quote!(first),
        };
        let (result, tangent) = (self.result(), self.result_tangent());
        let allow = allowed();
        quote! {
            #allow
            impl<#(#first,)* #(#made,)* #(#others,)*>
                #rt::#name<#(#written,)* #result, #tangent> for #ty #clause
            {
                #rt::function_impl! { #of #second, [#(#named)*], #result, #tangent }
            }
        }
    }
}

/// What makes the struct of a closure's captures a function, by its method.
pub fn closure_impl(sig: &Signature, options: &Options) -> TokenStream {
    let cx = Context::new(sig, options, &[]);
    let inputs: Vec<&Type> = sig.params.iter().skip(1).map(|p| &p.written).collect();
    let ty = sig.owner.as_ref().and_then(|owner| owner.ty.as_ref());
    cx.rebased(cx.function_impl(&sig.scope, &inputs, &quote!(#ty), quote!(closure)))
}

fn function_trait(inputs: usize) -> Ident {
    format_ident!("Function{inputs}", span = Span::call_site())
}

fn mentions(ty: &Type, name: &Ident) -> bool {
    fn in_tokens(tokens: TokenStream, name: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == *name,
            proc_macro2::TokenTree::Group(group) => in_tokens(group.stream(), name),
            _ => false,
        })
    }
    in_tokens(quote!(#ty), name)
}

/// Names for the lifetimes that a type leaves out.
#[derive(Default)]
struct Lifetimes(Vec<Lifetime>);

impl Lifetimes {
    fn fresh(&mut self) -> Lifetime {
        let name = Lifetime::new(&format!("'__l{}", self.0.len()), Span::mixed_site());
        self.0.push(name.clone());
        name
    }
}

impl VisitMut for Lifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.fresh());
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.fresh();
        }
    }
}
