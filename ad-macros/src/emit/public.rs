//! The functions that users call.

mod field;
mod forward;
mod grads;
mod shared;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{self, Function};
use super::names::Names;
use crate::ir::Passing;
use crate::syntax::options::Select;
use crate::syntax::signature::Param;
use crate::syntax::types::strip;

/// Whether the functions do anything: beside an error they only have the right
/// signatures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bodies {
    Real,
    Stubs,
}

pub fn functions(cx: &Context<'_>, bodies: Bodies) -> TokenStream {
    let public = Public::new(cx, bodies);
    let mut all = TokenStream::new();
    if !cx.is_constant() && cx.has_reverse() {
        if cx.sig.output.scalar {
            all.extend(public.grads());
        }
        all.extend(public.vjps());
    }
    if !cx.is_constant() && cx.has_forward() {
        all.extend(public.jvps());
        if cx.has_lanes() {
            all.extend(public.jvp_lanes());
        }
        all.extend(public.fields());
    }
    all.extend(public.traces());
    if bodies == Bodies::Real {
        all.extend(public.without_receiver().helpers());
        all.extend(public.without_receiver().point());
    }
    all
}

struct Public<'a> {
    cx: &'a Context<'a>,
    bodies: Bodies,
    tape: Ident,
    seed: Ident,
    value: Ident,
    /// The user's names; generated ones for patterns.
    params: Vec<Ident>,
    adjoints: Vec<Ident>,
    tangents: Vec<Ident>,
}

/// What a public function is made of.
struct Parts {
    function: Function,
    name: &'static str,
    /// `_with::<R>`: the rule is a type parameter.
    rule: bool,
    inputs: TokenStream,
    output: TokenStream,
    body: TokenStream,
}

impl<'a> Public<'a> {
    fn new(cx: &'a Context<'a>, bodies: Bodies) -> Self {
        let mut names = Names::new(&[], &[]);
        let given: Vec<Ident> = cx
            .sig
            .params
            .iter()
            .map(|p| match p.name == "self" {
                true => Ident::new("self", Span::call_site()),
                false => names.fresh_at(&p.name.to_string(), p.name.span()),
            })
            .collect();
        let mut with = |suffix: &str| -> Vec<Ident> {
            let fresh = |p: &Param| {
                let name = p.name.to_string();
                names.fresh_at(
                    &format!("{}{suffix}", name.trim_start_matches("r#")),
                    p.name.span(),
                )
            };
            cx.sig.params.iter().map(fresh).collect()
        };
        let (adjoints, tangents) = (with("_adj"), with("_tan"));
        let (tape, seed, value) = (
            names.fresh("tape"),
            names.fresh("seed"),
            names.fresh("value"),
        );
        Public {
            cx,
            bodies,
            tape,
            seed,
            value,
            params: given,
            adjoints,
            tangents,
        }
    }

    /// One function, in the form without and, where asked for, with a rule. It is `inline` so that
    /// no code is made for a mode that nobody asks for: a callee may have no rule of it.
    fn function(&self, parts: Parts) -> TokenStream {
        self.bounded(parts, &[])
    }

    /// The same with more bounds.
    fn bounded(&self, parts: Parts, bounds: &[TokenStream]) -> TokenStream {
        let Parts {
            function,
            name,
            rule,
            inputs,
            output,
            body,
        } = parts;
        let (rt, vis) = (&self.cx.rt, &self.cx.sig.vis);
        let name = self.cx.public(name);
        let lead = self.cx.lead();
        let rule = rule.then(|| quote!(__R: #rt::Rule));
        let first: Vec<TokenStream> = rule.into_iter().chain(self.cx.width_generic()).collect();
        let (generics, clause) = (self.cx.generics(&first, &[]), self.cx.where_also(bounds));
        let docs = docs::function(self.cx, function);
        let must_use = self
            .cx
            .attrs
            .iter()
            .filter(|a| a.path().is_ident("must_use") && !output.is_empty());
        let body = match self.bodies {
            Bodies::Real => body,
            Bodies::Stubs => quote!(::core::unreachable!()),
        };
        let output = (!output.is_empty()).then(|| quote!(-> #output));
        quote! {
            #lead
            #(#[doc = #docs])*
            #(#must_use)*
            #[inline]
            #[track_caller]
            #vis fn #name #generics(#inputs) #output #clause { #body }
        }
    }

    /// The strategy of a call: the function's own rule, or the one asked for.
    fn selector(&self, rule: bool, log: &str) -> TokenStream {
        let rt = &self.cx.rt;
        let log = Ident::new(log, Span::call_site());
        let rule = if rule {
            quote!(__R)
        } else {
            let own = self
                .cx
                .options
                .select
                .unwrap_or(Select::MinNorm)
                .type_name();
            let own = Ident::new(own, Span::call_site());
            quote!(#rt::#own)
        };
        quote!(<#rt::Select<#rule, #rt::#log> as ::core::default::Default>::default())
    }

    fn each(&self) -> impl Iterator<Item = (usize, &'a Param)> + use<'a> {
        self.cx.sig.params.iter().enumerate()
    }

    fn active(&self) -> impl Iterator<Item = (usize, &'a Param)> + use<'a> {
        self.each().filter(|(_, p)| p.is_differentiated())
    }

    /// `x: f64, y: &mut [f64], y_adj: &mut [f64]`: the form of `vjp` and `grad`;
    /// with `all` every active parameter is followed by its cotangent.
    fn inputs(&self, all: bool) -> TokenStream {
        self.each()
            .map(|(k, p)| {
                let declared = self.declared(k);
                let adjoint = (p.is_differentiated() && (all || p.passing == Passing::RefMut))
                    .then(|| {
                        let (name, slot) = (&self.adjoints[k], self.cx.slot(p));
                        quote!(#name: &mut #slot,)
                    });
                quote!(#declared #adjoint)
            })
            .collect()
    }

    /// Parameter number `k` as the user's function takes it.
    fn declared(&self, k: usize) -> TokenStream {
        let (name, ty) = (&self.params[k], self.cx.shown(&self.cx.sig.params[k]));
        quote!(#name: #ty,)
    }

    /// The receiver, and other parameters behind `context`: a tape does not come
    /// before `self`.
    fn behind_receiver(&self, context: TokenStream, inputs: TokenStream) -> TokenStream {
        match self.params.first().filter(|name| *name == "self") {
            None => quote!(#context #inputs),
            Some(_) => {
                let receiver = self.declared(0);
                let rest = inputs
                    .into_iter()
                    .skip(receiver.clone().into_iter().count());
                let rest: TokenStream = rest.collect();
                quote!(#receiver #context #rest)
            }
        }
    }

    /// The same for functions that have no receiver.
    fn without_receiver(&self) -> Public<'a> {
        self.renamed(self.cx, |name| match name == "self" {
            true => Ident::new("__this", Span::call_site()),
            false => name.clone(),
        })
    }

    /// The same in another context, with other names of parameters.
    fn renamed<'b>(&self, cx: &'b Context<'b>, rename: impl Fn(&Ident) -> Ident) -> Public<'b> {
        Public {
            cx,
            bodies: self.bodies,
            tape: self.tape.clone(),
            seed: self.seed.clone(),
            value: self.value.clone(),
            params: self.params.iter().map(&rename).collect(),
            adjoints: self.adjoints.clone(),
            tangents: self.tangents.clone(),
        }
    }

    /// The arguments for [`Public::inputs`].
    fn arguments(&self, all: bool) -> TokenStream {
        self.each()
            .map(|(k, p)| {
                let name = &self.params[k];
                let adjoint = (p.is_differentiated() && (all || p.passing == Passing::RefMut))
                    .then(|| {
                        let name = &self.adjoints[k];
                        quote!(#name,)
                    });
                quote!(#name, #adjoint)
            })
            .collect()
    }

    fn seed_input(&self) -> TokenStream {
        if !self.cx.sig.output.carries_float() {
            return TokenStream::new();
        }
        let (seed, ty) = (&self.seed, self.cx.seed());
        quote!(#seed: #ty)
    }

    fn seed_argument(&self) -> TokenStream {
        let seed = &self.seed;
        match self.cx.sig.output.carries_float() {
            true if self.cx.sig.output.content.is_some() => {
                quote!(&::core::option::Option::Some(#seed))
            }
            true => quote!(&#seed),
            false => {
                let rt = &self.cx.rt;
                quote!(#rt::Hold::new().shared())
            }
        }
    }

    /// The cotangents that are returned: none, one bare, or a tuple.
    fn cotangents(&self) -> TokenStream {
        let types = self
            .active()
            .filter(|(_, p)| p.passing != Passing::RefMut)
            .map(|(_, p)| self.cx.cotangent(p));
        one_or_tuple(types)
    }

    /// `(value, rest)`, or the rest alone for a function without result.
    fn with_value(&self, rest: TokenStream) -> TokenStream {
        let result = self.cx.result();
        match (&self.cx.sig.output.content, &self.cx.sig.output.written) {
            (Some(content), _) => match is_unit(content) {
                true => self.cx.result_of(&rest),
                false => self.cx.result_of(&quote!((#content, #rest))),
            },
            (None, Some(_)) => quote!((#result, #rest)),
            (None, None) => rest,
        }
    }

    /// The body of a function of one call that returns a pair; a function
    /// without result returns the second half.
    fn second_half(&self, call: TokenStream) -> TokenStream {
        match (&self.cx.sig.output.content, &self.cx.sig.output.written) {
            (Some(_), _) => self.paired(&call),
            (None, Some(_)) => call,
            (None, None) => quote!(#call.1),
        }
    }

    /// The pair of an `Option` or `Result` and something else as one of pairs.
    fn paired(&self, pair: &TokenStream) -> TokenStream {
        let rt = &self.cx.rt;
        match self.cx.sig.output.content.as_ref().is_some_and(is_unit) {
            true => quote!(#rt::second_of(#pair)),
            false => quote!(#rt::pair_of(#pair)),
        }
    }

    fn vjps(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let (inputs, arguments) = (self.inputs(false), self.arguments(false));
        let (seed_input, seed) = (self.seed_input(), self.seed_argument());
        let output = self.with_value(self.cotangents());
        let owned = self.cx.body("owned", 1);
        let mut all = TokenStream::new();
        for (function, name, rule) in [
            (Function::Vjp, "vjp", false),
            (Function::VjpWith, "vjp_with", true),
        ] {
            let sel = self.selector(rule, "Off");
            let call = quote!(#owned(&mut #rt::Tape::new(), #sel, #arguments #seed));
            all.extend(self.function(Parts {
                function,
                name,
                rule,
                inputs: quote!(#inputs #seed_input),
                output: output.clone(),
                body: self.second_half(call),
            }));
        }
        let (tape, runtime) = (&self.tape, &self.cx.runtime);
        let (inputs, arguments) = (self.inputs(true), self.arguments(true));
        let sel = self.selector(false, "Off");
        let outer = self.cx.body("outer", 1);
        let output = self
            .cx
            .sig
            .output
            .written
            .as_ref()
            .map(|ty| quote!(#ty))
            .unwrap_or_default();
        all.extend(self.function(Parts {
            function: Function::VjpInto,
            name: "vjp_into",
            rule: false,
            inputs: self.behind_receiver(
                quote!(#tape: &mut #runtime::Tape,),
                quote!(#inputs #seed_input),
            ),
            output,
            body: quote!(#outer(#tape, #sel, #arguments #seed)),
        }));
        all
    }
}

fn is_unit(ty: &syn::Type) -> bool {
    matches!(strip(ty), syn::Type::Tuple(t) if t.elems.is_empty())
}

pub(super) fn one_or_tuple(parts: impl Iterator<Item = TokenStream>) -> TokenStream {
    let parts: Vec<TokenStream> = parts.collect();
    match parts.as_slice() {
        [one] => quote!(#one),
        parts => quote!((#(#parts),*)),
    }
}
