//! Types of slots, cotangents and tangents, written as plainly as tokens allow,
//! since users read them in signatures.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::{Context, lanes};
use crate::ir::{Passing, Ty};
use crate::syntax::signature::Param;
use crate::syntax::types::{
    argument_of, content_of, float_generics, ir_type_in, owned, passing, strip,
};

/// Whether a slot is a slice: then it may be empty, and its length is checked.
pub fn is_sliced(param: &Param) -> bool {
    matches!(param.ty, Ty::Slice(_) | Ty::Vec(_))
}

/// Whether tokens tell the whole type.
pub fn is_known(ty: &Ty) -> bool {
    match ty {
        Ty::Unknown | Ty::Result(_) => false,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) => is_known(t),
        Ty::Tuple(ts) => ts.iter().all(is_known),
        Ty::Float(_) | Ty::Int(_) | Ty::Bool | Ty::Unit => true,
    }
}

impl Context<'_> {
    /// The tangent type of a type: known leaves by name, others by projection.
    pub fn tangent(&self, ty: &Type) -> TokenStream {
        let ty = strip(ty);
        match ir_type_in(ty, &self.sig.scope) {
            Ty::Float(_) if self.lanes => {
                let width = lanes::width();
                return quote!([#ty; #width]);
            }
            Ty::Float(_) => return quote!(#ty),
            Ty::Int(_) | Ty::Bool | Ty::Unit => return quote!(()),
            _ => {}
        }
        match ty {
            Type::Array(t) => {
                let (elem, len) = (self.tangent(&t.elem), &t.len);
                quote!([#elem; #len])
            }
            Type::Tuple(t) => {
                let parts = t.elems.iter().map(|t| self.tangent(t));
                quote!((#(#parts,)*))
            }
            // The owned tangent of a slice is a vector.
            Type::Slice(t) => self.tangent_vec(&t.elem),
            _ => match argument_of(ty, "Vec") {
                Some(elem) => self.tangent_vec(elem),
                None => {
                    let rt = &self.rt;
                    if let Some(content) = content_of(ty) {
                        let content = self.tangent(content);
                        return quote!(::core::option::Option<#content>);
                    }
                    let ty = owned(ty);
                    if self.lanes {
                        let width = lanes::width();
                        return quote!(#rt::lanes::TanLanes<#ty, #width>);
                    }
                    quote!(#rt::Tan<#ty>)
                }
            },
        }
    }

    fn tangent_vec(&self, elem: &Type) -> TokenStream {
        let elem = self.tangent(elem);
        quote!(::std::vec::Vec<#elem>)
    }

    /// What the reference to a parameter's slot points to.
    pub fn slot(&self, param: &Param) -> TokenStream {
        // A type of the user's outside `wrt` need not have a tangent. One with a
        // tangent keeps it, so that a wrong call is reported once, by its marker.
        if !param.active && !is_known(&param.ty) {
            return quote!(());
        }
        self.slot_of(&param.written)
    }

    /// The same of a parameter of this type that is differentiated.
    pub fn slot_of(&self, written: &Type) -> TokenStream {
        let (_, ty) = passing(written);
        let elem = match ty {
            Type::Slice(t) => Some(&*t.elem),
            _ => argument_of(ty, "Vec"),
        };
        match elem {
            Some(elem) => {
                let elem = self.tangent(elem);
                quote!([#elem])
            }
            None => self.tangent(ty),
        }
    }

    /// The owned cotangent that is returned for a parameter.
    pub fn cotangent(&self, param: &Param) -> TokenStream {
        self.tangent(passing(&param.written).1)
    }

    /// The type of a tangent argument of `jvp`: the parameter's own form.
    pub fn tangent_argument(&self, param: &Param) -> TokenStream {
        let slot = self.slot(param);
        match param.passing {
            Passing::Value => self.cotangent(param),
            Passing::Ref => quote!(&#slot),
            Passing::RefMut => quote!(&mut #slot),
        }
    }

    /// The result type.
    pub fn result(&self) -> TokenStream {
        match &self.sig.output.written {
            Some(ty) => quote!(#ty),
            None => quote!(()),
        }
    }

    /// The result type with another content: of an `Option` or `Result`.
    pub fn result_of(&self, content: &TokenStream) -> TokenStream {
        let Some(Type::Path(path)) = self.sig.output.written.as_ref().map(strip) else {
            return quote!(#content);
        };
        let mut path = path.clone();
        let first = path
            .path
            .segments
            .last_mut()
            .and_then(|last| match &mut last.arguments {
                syn::PathArguments::AngleBracketed(args) => {
                    args.args.iter_mut().find_map(|arg| match arg {
                        syn::GenericArgument::Type(t) => Some(t),
                        _ => None,
                    })
                }
                _ => None,
            });
        if let Some(first) = first {
            *first = Type::Verbatim(content.clone());
        }
        quote!(#path)
    }

    /// The type of the cotangent that users give: of the content of an `Option` or
    /// `Result`.
    pub fn seed(&self) -> TokenStream {
        match &self.sig.output.content {
            Some(content) => self.tangent(content),
            None => self.result_tangent(),
        }
    }

    /// The tangent type of the result.
    pub fn result_tangent(&self) -> TokenStream {
        match &self.sig.output.written {
            Some(ty) => self.tangent(ty),
            None => quote!(()),
        }
    }

    /// Bounds of the user's `where` clause, and those that the derivatives of floats
    /// and of types with a tangent need.
    pub fn where_clause(&self) -> TokenStream {
        self.where_also(&[])
    }

    /// The same and more bounds.
    pub fn where_also(&self, more: &[TokenStream]) -> TokenStream {
        let rt = &self.rt;
        let user = self
            .sig
            .generics
            .where_clause
            .iter()
            .flat_map(|w| &w.predicates)
            .filter(|predicate| !self.is_about_a_function(predicate));
        let floats = float_generics(&self.sig.scope);
        let predicates: Vec<TokenStream> = user
            .map(|p| quote!(#p))
            .chain(self.bounds_of_self())
            .chain(floats.iter().map(|t| quote!(#t: #rt::Scalar)))
            .chain(self.lanes_of(&floats))
            .chain(self.kept_generics())
            .chain(more.iter().cloned())
            .collect();
        if predicates.is_empty() {
            return TokenStream::new();
        }
        quote!(where #(#predicates,)*)
    }

    /// The user's generic parameters in their order, with `first` behind the
    /// lifetimes and `last` at the end, in angle brackets.
    pub fn generics(&self, first: &[TokenStream], last: &[TokenStream]) -> TokenStream {
        let mut lifetimes = Vec::new();
        let mut others = Vec::new();
        for param in &self.sig.generics.params {
            match param {
                syn::GenericParam::Lifetime(_) => lifetimes.push(quote!(#param)),
                syn::GenericParam::Type(t) => match self.function_of_generic(&t.ident) {
                    Some(bound) => {
                        let name = &t.ident;
                        others.push(quote!(#name: #bound));
                    }
                    None => others.push(quote!(#param)),
                },
                syn::GenericParam::Const(_) => others.push(quote!(#param)),
            }
        }
        let all: Vec<&TokenStream> = lifetimes
            .iter()
            .chain(first)
            .chain(&others)
            .chain(last)
            .collect();
        if all.is_empty() {
            return TokenStream::new();
        }
        quote!(<#(#all),*>)
    }

    /// `Self::__adj::<T, _, _>`: a body with `hidden` type parameters of its own.
    pub fn body(&self, part: &str, hidden: usize) -> TokenStream {
        let (own, name, turbofish) = (self.own(), self.hidden(part), self.turbofish(hidden));
        quote!(#own::#name #turbofish)
    }

    /// `::<T, N, _, _>`: the user's parameters, for a function that has `hidden`
    /// more. Empty where the user has none: all others are inferred.
    pub fn turbofish(&self, hidden: usize) -> TokenStream {
        let names: Vec<&proc_macro2::Ident> = self
            .sig
            .generics
            .params
            .iter()
            .filter_map(|p| match p {
                syn::GenericParam::Type(t) => Some(&t.ident),
                syn::GenericParam::Const(c) => Some(&c.ident),
                _ => None,
            })
            .collect();
        if names.is_empty() {
            return TokenStream::new();
        }
        let inferred = std::iter::repeat_n(quote!(_), hidden);
        quote!(::<#(#names,)* #(#inferred),*>)
    }
}
