//! `grad` and its forms.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Parts, Public};
use crate::emit::docs::Function;
use crate::emit::place::is_generic;
use crate::emit::types::is_known;
use crate::ir::{Passing, Ty};

impl Public<'_> {
    /// The cotangent of a result that is a float, also one that may fail.
    pub(super) fn one(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let float = match &self.cx.sig.output.ty {
            Ty::Option(t) | Ty::Result(t) => t,
            ty => ty,
        };
        match float {
            Ty::Float(Some(name)) if is_generic(name) => {
                quote!(<#name as #rt::Scalar>::__from_f64(1.0))
            }
            _ => quote!(1.0),
        }
    }

    pub(super) fn grads(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let runtime = &self.cx.runtime;
        let (inputs, arguments) = (self.inputs(false), self.arguments(false));
        let (result, adjoints) = (self.cx.result(), self.cotangents());
        let content = self.cx.sig.output.content.as_ref();
        let one = self.one();
        let one = match content {
            Some(_) => quote!(&::core::option::Option::Some(#one)),
            None => quote!(&#one),
        };
        let owned = self.cx.body("owned", 1);
        let mut all = TokenStream::new();
        for (function, name, rule) in [
            (Function::Grad, "grad", false),
            (Function::GradWith, "grad_with", true),
        ] {
            let sel = self.selector(rule, "Off");
            all.extend(self.function(Parts {
                function,
                name,
                rule,
                inputs: inputs.clone(),
                output: self.with_value(adjoints.clone()),
                body:
                    self.second_half(quote!(#owned(&mut #rt::Tape::new(), #sel, #arguments #one))),
            }));
        }
        for (function, name, log, finish, ty) in [
            (
                Function::GradTrace,
                "grad_trace",
                "Recording",
                "finish_trace",
                "Trace",
            ),
            (
                Function::GradTies,
                "grad_ties",
                "Count",
                "finish_ties",
                "Ties",
            ),
        ] {
            let sel = self.selector(false, log);
            let (finish, ty) = (
                Ident::new(finish, Span::call_site()),
                Ident::new(ty, Span::call_site()),
            );
            let (tape, value) = (&self.tape, &self.value);
            let finite = self.finite(true);
            let arguments = self.reborrowed();
            all.extend(self.function(Parts {
                function,
                name,
                rule: false,
                inputs: inputs.clone(),
                output: match content {
                    Some(content) => {
                        let triple = quote!((#content, #adjoints, #runtime::#ty));
                        self.cx.result_of(&triple)
                    }
                    None => quote!((#result, #adjoints, #runtime::#ty)),
                },
                body: {
                    let triple = quote!((#value, __adjoints, #rt::#finish(&mut #tape, __finite)));
                    let triple = match content {
                        Some(_) => quote!(#rt::triple_of(#triple)),
                        None => triple,
                    };
                    quote! {
                        let mut #tape = #rt::Tape::new();
                        let (#value, __adjoints) = #owned(&mut #tape, #sel, #arguments #one);
                        let __finite = #finite;
                        #triple
                    }
                },
            }));
        }
        all
    }

    /// As [`Public::arguments`], for a body that looks at `&mut` parameters
    /// after the call.
    fn reborrowed(&self) -> TokenStream {
        self.each()
            .map(|(k, p)| {
                let (name, adjoint) = (&self.params[k], &self.adjoints[k]);
                match (p.passing, p.is_differentiated()) {
                    (Passing::RefMut, true) => quote!(&mut *#name, &mut *#adjoint,),
                    (Passing::RefMut, false) => quote!(&mut *#name,),
                    _ => quote!(#name,),
                }
            })
            .collect()
    }

    /// Whether all that a run produced is finite.
    pub(super) fn finite(&self, adjoints: bool) -> TokenStream {
        let rt = &self.cx.rt;
        let value = &self.value;
        let output = &self.cx.sig.output;
        let mut conditions = Vec::new();
        if output.carries_float() && (!self.cx.sig.is_constant() || is_known(&output.ty)) {
            conditions.push(quote!(#rt::all_finite(&#value)));
        }
        for (k, _) in self.active().filter(|(_, p)| p.passing == Passing::RefMut) {
            let name = &self.params[k];
            conditions.push(quote!(#rt::all_finite(&*#name)));
            if adjoints {
                let name = &self.adjoints[k];
                conditions.push(quote!(#rt::all_finite(&*#name)));
            }
        }
        if adjoints {
            conditions.push(quote!(#rt::all_finite(&__adjoints)));
        }
        match conditions.is_empty() {
            true => quote!(true),
            false => quote!(#(#conditions)&&*),
        }
    }
}
