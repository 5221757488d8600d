//! The tangent of an enum: the same variants, and functions that reach the fields
//! of the variant that is there.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{Kind, Style};
use super::{Context, structs};
use crate::emit::{Reach, payload_function};

pub fn tangent(cx: &Context<'_>) -> TokenStream {
    let Context {
        input,
        rt,
        name,
        generics,
        shapes,
    } = cx;
    let (vis, of) = (&input.vis, &input.ident);
    let (declared, names, clause) = (
        generics.declared(),
        generics.names(),
        generics.clause(rt, &TokenStream::new()),
    );
    let docs = format!("Tangents and cotangents of [`{of}`]: of the variant of the value.");
    let variants = shapes.iter().map(|shape| {
        let variant = &shape.ident;
        let docs = format!("Of a `{variant}`.");
        let fields = shape.kept().map(|f| structs::field(cx, f, false));
        let fields = match shape.style {
            Style::Named => quote!({ #(#fields)* }),
            Style::Tuple => quote!((#(#fields)*)),
            Style::Unit => TokenStream::new(),
        };
        quote!(#[doc = #docs] #variant #fields,)
    });
    let reaches = reaches(cx);
    quote! {
        #[doc = #docs]
        #[allow(dead_code, clippy::all, clippy::pedantic)]
        #vis enum #name #declared #clause { #(#variants)* }

        #[doc(hidden)]
        #[allow(dead_code, missing_docs, non_snake_case, unreachable_patterns, clippy::all, clippy::pedantic)]
        impl #declared #name #names #clause { #reaches }
    }
}

/// Functions for every field, also for those that are absent: the macro of a
/// function does not see which are.
fn reaches(cx: &Context<'_>) -> TokenStream {
    let (rt, vis) = (&cx.rt, &cx.input.vis);
    let mut all = TokenStream::new();
    for shape in cx.shapes {
        let variant = &shape.ident;
        for field in &shape.fields {
            let member = &field.member;
            let there = field.kind == Kind::Present || shape.style == Style::Tuple;
            let ty = match field.kind {
                // What a `Box` holds is reached through it.
                Kind::Present if field.is_box_of_self() => cx.generics.tangent_of(&field.ty, rt),
                Kind::Present => cx.generics.tangent_of_field(field, rt),
                Kind::Absent | Kind::Constant => quote!(()),
            };
            for reach in [Reach::Shared, Reach::Mutable] {
                let function = payload_function(&syn::parse_quote!(#variant), member, reach);
                let mutable = (reach == Reach::Mutable).then(|| quote!(mut));
                let body = match there {
                    true => quote! {
                        match self {
                            Self::#variant { #member: payload, .. } => payload,
                            _ => #rt::no_payload(),
                        }
                    },
                    false => quote!(#rt::absent()),
                };
                all.extend(quote! {
                    #[inline(always)]
                    #[track_caller]
                    #vis fn #function(&#mutable self) -> &#mutable #ty { #body }
                });
            }
        }
    }
    all
}
