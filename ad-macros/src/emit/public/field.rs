//! The functions that look at all pieces that meet at a point: `field`,
//! `limiting`, `certify` and `step`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit::Visit;

use super::{Parts, Public, one_or_tuple};
use crate::emit::docs::Function;
use crate::emit::types::is_known;
use crate::ir::Passing;
use crate::syntax::signature::Param;
use crate::syntax::types::passing;

impl Public<'_> {
    /// They run the function many times, so its arguments must be copied: one that
    /// it changes in place, or of a type that cannot be named in a bound, is not.
    fn has_field(&self) -> bool {
        let output = &self.cx.sig.output;
        output.scalar
            && output.content.is_none()
            && self.cx.has_reverse()
            && self.active().next().is_some()
            && self
                .each()
                .all(|(_, p)| p.passing != Passing::RefMut && can_be_copied(p))
    }

    pub(super) fn fields(&self) -> TokenStream {
        if !self.has_field() {
            return TokenStream::new();
        }
        let (rt, runtime, adjoints) = (&self.cx.rt, &self.cx.runtime, self.cotangents());
        let (inputs, result) = (self.inputs(false), self.cx.result());
        let references = self.each().map(|(k, p)| {
            let name = &self.params[k];
            match p.passing {
                Passing::Value => quote!(&#name,),
                _ => quote!(#name,),
            }
        });
        let references: TokenStream = references.collect();
        let point = self.cx.sweep("point", 1);
        let [options, direction] = ["options", "direction"].map(|name| self.unused(name));
        let of_options = quote!(#options: &#runtime::FieldOptions);
        let of_direction = quote!(#direction: &#runtime::Direction<#adjoints>);
        let (options, direction) = (quote!(, #options), quote!(, #direction));
        let field =
            quote!(::core::result::Result<#runtime::Field<#adjoints>, #runtime::FieldError>);
        let limiting =
            quote!(::core::result::Result<(#result, #adjoints), #runtime::LimitingError>);
        let none = TokenStream::new();
        let bounds = self.clones();
        let program = Ident::new("program", Span::mixed_site());
        let functions = [
            (Function::Field, "field", &of_options, field, &options),
            (
                Function::Limiting,
                "limiting",
                &of_direction,
                limiting,
                &direction,
            ),
            (
                Function::Certify,
                "certify",
                &none,
                quote!(#runtime::Certificate),
                &none,
            ),
            (
                Function::Step,
                "step",
                &of_direction,
                quote!(#runtime::Step),
                &direction,
            ),
        ];
        let functions = functions.map(|(function, name, more, output, given)| {
            let driver = Ident::new(name, Span::call_site());
            let parts = Parts {
                function,
                name,
                rule: false,
                inputs: quote!(#inputs #more),
                output,
                body: quote!(#point(#references |#program| #rt::field::#driver(#program #given))),
            };
            self.bounded(parts, &bounds)
        });
        functions.into_iter().collect()
    }

    /// `Clone` of the types that tokens do not tell. A bound with a lifetime of its own
    /// is checked where the function is called, not here.
    fn clones(&self) -> Vec<TokenStream> {
        // A text is owned as another type.
        let is_text = |p: &Param| matches!(passing(&p.written).1, syn::Type::Path(t) if t.path.is_ident("str"));
        let unknown = self
            .each()
            .filter(|(_, p)| !is_known(&p.ty) && !is_text(p) && p.function.is_none());
        let bounds = unknown.map(|(_, p)| match passing(&p.written).1 {
            syn::Type::Slice(t) => {
                let element = &t.elem;
                quote!(for<'__copied> #element: ::core::clone::Clone)
            }
            ty => quote!(for<'__copied> #ty: ::core::clone::Clone),
        });
        bounds.collect()
    }

    /// `__point` hands the function at a point to what looks at it: forward mode on
    /// copies of the arguments, which may be moved, and reverse mode.
    pub(super) fn point(&self) -> TokenStream {
        if self.cx.is_constant() || !self.cx.has_forward() || !self.has_field() {
            return TokenStream::new();
        }
        let (rt, result, adjoints) = (&self.cx.rt, self.cx.result(), self.cotangents());
        let inputs = self.each().map(|(k, p)| {
            let (name, ty) = (&self.params[k], passing(&p.written).1);
            quote!(#name: &#ty,)
        });
        let copy = |k: usize, p: &Param| {
            let name = &self.params[k];
            match p.passing {
                Passing::Value => quote!(::core::clone::Clone::clone(#name)),
                _ => quote!(::std::borrow::ToOwned::to_owned(#name)),
            }
        };
        let copies = self.each().map(|(k, p)| {
            let (name, copy) = (&self.params[k], copy(k, p));
            quote!(let mut #name = #copy;)
        });
        let zeros = self.active().map(|(k, _)| {
            // As `__owned` writes it, so that a missing tangent is reported once.
            let name = &self.params[k];
            quote!(#rt::zero_like(&*#name))
        });
        let zero = one_or_tuple(zeros);
        let names = |suffix: &str| -> Vec<Ident> {
            let name = |k: usize| format_ident!("__{suffix}_{k}", span = Span::mixed_site());
            self.active().map(|(k, _)| name(k)).collect()
        };
        let (by, tan) = (names("by"), names("tan"));
        let pattern = |names: &[Ident]| one_or_tuple(names.iter().map(|name| quote!(#name)));
        let (by_pattern, tan_pattern) = (pattern(&by), pattern(&tan));
        let t = Ident::new("t", Span::mixed_site());
        let moves = self.active().zip(&by).map(|((k, _), by)| {
            let name = &self.params[k];
            quote!(#rt::Differentiable::displace(&mut #name, #by, #t))
        });
        let mut tangents = tan.iter();
        let arguments: TokenStream = self
            .each()
            .map(|(k, p)| {
                let name = &self.params[k];
                let argument = match p.passing {
                    Passing::Value => quote!(#name,),
                    _ => quote!(&#name,),
                };
                let tangent = match p.is_differentiated() {
                    true => tangents.next().map(|tangent| quote!(#tangent)),
                    false => None,
                };
                let tangent = tangent.unwrap_or_else(|| quote!(#rt::Hold::new().shared()));
                quote!(#argument #tangent,)
            })
            .collect();
        let originals: TokenStream = self
            .each()
            .map(|(k, p)| {
                let name = &self.params[k];
                match p.passing {
                    Passing::Value => {
                        let copy = copy(k, p);
                        quote!(#copy,)
                    }
                    _ => quote!(#name,),
                }
            })
            .collect();
        let one = self.one();
        let (follow, plain) = (self.selector(false, "Follow"), self.selector(false, "Off"));
        let markers = self.markers();
        let tan_body = self.cx.sweep("tan", self.params.len() + 1);
        let owned = self.cx.body("owned", 1);
        let (lead, name) = (self.cx.lead_hidden(), self.cx.hidden("point"));
        let generics = self.cx.hidden_generics(&[quote!(__Out)]);
        let clause = self.cx.where_also(&self.clones());
        // A parameter may have any name.
        let [tape, moved, run, gradient, zero_name, then] =
            ["tape", "moved", "run", "gradient", "zero", "then"]
                .map(|name| Ident::new(name, Span::mixed_site()));
        quote! {
            #lead
            fn #name #generics(
                #(#inputs)*
                #then: impl ::core::ops::FnOnce(#rt::field::Program<'_, #adjoints, #result>) -> __Out,
            ) -> __Out #clause {
                let #zero_name: #adjoints = #zero;
                let mut #gradient = || #owned(&mut #rt::Tape::new(), #plain, #originals &#one);
                let mut #run = |
                    #tape: &mut #rt::Tape, #tan_pattern: &#adjoints,
                    #moved: ::core::option::Option<(&#adjoints, f64)>
                | {
                    #(#copies)*
                    if let ::core::option::Option::Some((#by_pattern, #t)) = #moved {
                        if !(#(#moves)&&*) { return ::core::option::Option::None; }
                    }
                    ::core::option::Option::Some(#tan_body(#tape, #follow, #markers, #arguments))
                };
                #then(#rt::field::Program::new(#zero_name, &mut #run, &mut #gradient))
            }
        }
    }

    /// A name that no parameter has.
    fn unused(&self, name: &str) -> Ident {
        let taken = self.params.iter().any(|p| p == name);
        match taken {
            true => format_ident!("__{name}"),
            false => Ident::new(name, Span::call_site()),
        }
    }
}

/// Whether a copy of an argument can be asked for.
fn can_be_copied(param: &Param) -> bool {
    /// What a bound cannot name.
    struct Unnamed(bool);
    impl Visit<'_> for Unnamed {
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = true;
        }
        fn visit_type_trait_object(&mut self, _: &syn::TypeTraitObject) {
            self.0 = true;
        }
        fn visit_type_reference(&mut self, r: &syn::TypeReference) {
            self.0 |= r.lifetime.is_none();
            syn::visit::visit_type_reference(self, r);
        }
        fn visit_lifetime(&mut self, l: &syn::Lifetime) {
            self.0 |= l.ident == "_";
        }
    }
    let mut unnamed = Unnamed(false);
    unnamed.visit_type(passing(&param.written).1);
    is_known(&param.ty) || !unnamed.0
}
