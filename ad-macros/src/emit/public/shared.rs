//! What the public functions share: the entry into both sweeps, and the
//! cotangents that are returned.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Public, one_or_tuple};
use crate::emit::types::is_sliced;
use crate::ir::Passing;

impl Public<'_> {
    /// `__outer` runs both sweeps for a caller
    /// outside, `__owned` makes the cotangents that it returns.
    pub(super) fn helpers(&self) -> TokenStream {
        if self.cx.is_constant() || !self.cx.has_reverse() {
            return TokenStream::new();
        }
        let rt = &self.cx.rt;
        let (tape, seed) = (&self.tape, &self.seed);
        let selector = [quote!(__S: #rt::Selector)];
        let (generics, clause) = (self.cx.generics(&[], &selector), self.cx.where_clause());
        let (result, seed_ty) = (self.cx.result(), self.cx.result_tangent());
        let (inputs, markers, adj) = (self.inputs(true), self.markers(), self.adj());
        let arguments: TokenStream = self
            .each()
            .map(|(k, p)| {
                let (name, adjoint) = (&self.params[k], &self.adjoints[k]);
                match p.is_differentiated() {
                    true => quote!(#name, #adjoint,),
                    false => quote!(#name, #rt::Hold::new().slot(),),
                }
            })
            .collect();
        let checks = self.length_checks(&self.adjoints);
        let owned_inputs = self.inputs(false);
        let returned = || self.active().filter(|(_, p)| p.passing != Passing::RefMut);
        let zeros = returned().map(|(k, p)| {
            let (name, adjoint) = (&self.params[k], &self.adjoints[k]);
            let like = if p.passing == Passing::Value {
                quote!(&#name)
            } else {
                quote!(#name)
            };
            quote!(let mut #adjoint = #rt::zero_like(#like);)
        });
        let outer_arguments: TokenStream = self
            .each()
            .map(|(k, p)| {
                let (name, adjoint) = (&self.params[k], &self.adjoints[k]);
                match (p.is_differentiated(), p.passing) {
                    (false, _) => quote!(#name,),
                    (true, Passing::RefMut) => quote!(#name, #adjoint,),
                    (true, _) => quote!(#name, &mut #adjoint,),
                }
            })
            .collect();
        let cotangents = self.cotangents();
        let values = one_or_tuple(returned().map(|(k, _)| {
            let name = &self.adjoints[k];
            quote!(#name)
        }));
        let run = quote!(#adj(#tape, __sel, #rt::Outer, #markers, #arguments #seed));
        let run = match self.cx.once {
            false => run,
            true => {
                let once = self.cx.sweep("once", self.params.len() + 1);
                quote!(#once(#tape, __sel, #markers, #arguments #seed))
            }
        };
        let outer = self.cx.body("outer", 1);
        let lead = self.cx.lead_hidden();
        let (outer_name, owned_name) = (self.cx.hidden("outer"), self.cx.hidden("owned"));
        quote! {
            #lead
            #[track_caller]
            #[inline]
            fn #outer_name #generics(
                #tape: &mut #rt::Tape, __sel: __S, #inputs #seed: &#seed_ty,
            ) -> #result #clause {
                #checks
                #tape.begin();
                #run
            }

            #lead
            #[track_caller]
            #[inline]
            fn #owned_name #generics(
                #tape: &mut #rt::Tape, __sel: __S, #owned_inputs #seed: &#seed_ty,
            ) -> (#result, #cotangents) #clause {
                #(#zeros)*
                let __value = #outer(#tape, __sel, #outer_arguments #seed);
                (__value, #values)
            }
        }
    }

    pub(super) fn adj(&self) -> TokenStream {
        self.cx.sweep("adj", self.params.len() + 2)
    }

    /// The markers of a call from outside.
    pub(super) fn markers(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let markers = self.each().map(|(_, p)| match p.is_differentiated() {
            true => quote!(#rt::Active),
            false => quote!(#rt::Inactive),
        });
        quote!((#(#markers,)*))
    }

    /// Cotangents and tangents that are slices have the length of the argument.
    pub(super) fn length_checks(&self, companions: &[Ident]) -> TokenStream {
        let rt = &self.cx.rt;
        self.active()
            .filter(|(_, p)| is_sliced(p))
            .map(|(k, _)| {
                let (name, companion) = (&self.params[k], &companions[k]);
                let (text, companion_text) = (name.to_string(), companion.to_string());
                quote!(#rt::check_len(#companion_text, #companion.len(), #text, #name.len());)
            })
            .collect()
    }
}
