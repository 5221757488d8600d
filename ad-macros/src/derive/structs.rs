//! The tangent of a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::fields::{Field, Kind, Style};
use crate::syntax::types::{argument_of, strip};

pub fn tangent(cx: &Context<'_>) -> TokenStream {
    let Context {
        input,
        rt,
        name,
        generics,
        ..
    } = cx;
    let shape = &cx.shapes[0];
    let (vis, of) = (&input.vis, &input.ident);
    let (declared, clause) = (
        generics.declared(),
        generics.clause(rt, &TokenStream::new()),
    );
    let docs = format!("Tangents and cotangents of [`{of}`].");
    let fields = shape.kept().map(|f| field(cx, f, true));
    let allow = quote!(#[allow(dead_code, clippy::all, clippy::pedantic, single_use_lifetimes)]);
    let definition = match shape.style {
        Style::Named => quote!(#vis struct #name #declared #clause { #(#fields)* }),
        Style::Tuple => quote!(#vis struct #name #declared (#(#fields)*) #clause;),
        Style::Unit => quote!(#vis struct #name;),
    };
    let absent = absent(cx);
    quote!(#[doc = #docs] #allow #definition #absent)
}

/// A field of the tangent, with its visibility where it may have one.
pub fn field(cx: &Context<'_>, field: &Field, with_vis: bool) -> TokenStream {
    let ty = match field.kind {
        Kind::Present => cx.generics.tangent_of_field(field, &cx.rt),
        Kind::Absent | Kind::Constant => quote!(()),
    };
    let vis = with_vis.then_some(&field.vis);
    match &field.member {
        syn::Member::Named(name) => {
            let docs = format!("The part of `{name}`.");
            quote!(#[doc = #docs] #vis #name: #ty,)
        }
        syn::Member::Unnamed(_) => quote!(#vis #ty,),
    }
}

/// The named fields without derivative, which the tangent dereferences to.
fn absent(cx: &Context<'_>) -> TokenStream {
    let Context {
        input,
        rt,
        name,
        generics,
        ..
    } = cx;
    let shape = &cx.shapes[0];
    let absent: Vec<&Field> = shape
        .fields
        .iter()
        .filter(|f| f.kind != Kind::Present && shape.style == Style::Named)
        .collect();
    if absent.is_empty() {
        return TokenStream::new();
    }
    let vis = &input.vis;
    let of_absent = format_ident!("__{}Absent", input.ident);
    let fields = absent.iter().map(|f| {
        let (vis, member) = (&f.vis, &f.member);
        let ty = empty(&f.ty, rt);
        quote!(#vis #member: #ty)
    });
    let zeros = absent.iter().map(|f| {
        let member = &f.member;
        quote!(#member: #rt::Absent::NONE)
    });
    let (declared, names, clause) = (
        generics.declared(),
        generics.names(),
        generics.clause(rt, &TokenStream::new()),
    );
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, missing_docs, missing_debug_implementations, missing_copy_implementations)]
        #vis struct #of_absent { #(#fields),* }

        #[doc(hidden)]
        impl #rt::Absent for #of_absent {
            const NONE: Self = #of_absent { #(#zeros),* };
        }

        #[doc(hidden)]
        impl #declared ::core::ops::Deref for #name #names #clause {
            type Target = #of_absent;
            #[inline(always)]
            fn deref(&self) -> &#of_absent {
                #rt::absent()
            }
        }

        #[doc(hidden)]
        impl #declared ::core::ops::DerefMut for #name #names #clause {
            #[inline(always)]
            fn deref_mut(&mut self) -> &mut #of_absent {
                #rt::absent()
            }
        }
    }
}

/// What stands for the tangent of a field without floats: lists have elements.
fn empty(ty: &syn::Type, rt: &TokenStream) -> TokenStream {
    use syn::Type;
    let elem = match strip(ty) {
        Type::Array(t) => Some(&*t.elem),
        Type::Slice(t) => Some(&*t.elem),
        Type::Reference(t) => return empty(&t.elem, rt),
        ty => argument_of(ty, "Vec"),
    };
    match elem {
        Some(elem) => {
            let elem = empty(elem, rt);
            quote!(#rt::AbsentList<#elem>)
        }
        None => quote!(()),
    }
}
