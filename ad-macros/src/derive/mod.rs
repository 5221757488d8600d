//! `#[derive(Differentiable)]`: the tangent of a type of the user's, and what
//! generated code needs to know about the type.
//!
//! The tangent has the fields of the type, each with the tangent of its type; a
//! named field that carries no float is absent. The macro of a function does not
//! see which fields are absent, so the tangent dereferences to a value without
//! size that has them.

mod enums;
mod fields;
mod impls;
mod structs;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Data, DeriveInput};

use crate::diag::Errors;
use fields::{Generics, Shape};

/// The items beside the user's type; or the faults, and nothing.
pub fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::new();
    let runtime = runtime(input, &mut errors);
    let shapes = match &input.data {
        Data::Struct(data) => vec![Shape::new(&input.ident, &data.fields, input, &mut errors)],
        Data::Enum(data) => data
            .variants
            .iter()
            .map(|variant| Shape::new(&variant.ident, &variant.fields, input, &mut errors))
            .collect(),
        Data::Union(data) => {
            let help = "write a struct or an enum";
            errors.push(data.union_token.span, "a union has no tangent", help);
            Vec::new()
        }
    };
    if let (Data::Enum(_), true) = (&input.data, shapes.is_empty()) {
        let help = "leave the type without it: there is no value of it";
        errors.push(
            input.ident.span(),
            "an enum without variants has no tangent",
            help,
        );
    }
    if !errors.is_empty() {
        return errors.into_tokens();
    }
    let _ = errors.into_tokens();
    let cx = Context {
        input,
        rt: quote!(#runtime::__private),
        name: format_ident!("{}Tangent", input.ident),
        generics: Generics::new(input, &shapes),
        shapes: &shapes,
    };
    let types = match &input.data {
        Data::Struct(_) => structs::tangent(&cx),
        _ => enums::tangent(&cx),
    };
    let impls = impls::all(&cx);
    quote!(#types #impls)
}

/// What all parts of the output share.
struct Context<'a> {
    input: &'a DeriveInput,
    /// The path of the runtime's private module.
    rt: TokenStream,
    /// The name of the tangent.
    name: Ident,
    generics: Generics,
    /// The struct, or each variant.
    shapes: &'a [Shape],
}

impl Context<'_> {
    fn is_enum(&self) -> bool {
        matches!(self.input.data, Data::Enum(_))
    }

    /// `Self`, or `Self::Variant`: what a literal or pattern of a shape begins with.
    fn path(&self, shape: &Shape) -> TokenStream {
        let variant = &shape.ident;
        match self.is_enum() {
            true => quote!(Self::#variant),
            false => quote!(Self),
        }
    }
}

/// `#[differentiable(crate = "path")]` on the type.
fn runtime(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    let mut path = quote!(::ad_runtime);
    for attr in input
        .attrs
        .iter()
        .filter(|a| a.path().is_ident("differentiable"))
    {
        let parsed = attr.parse_nested_meta(|meta| {
            if !meta.path.is_ident("crate") {
                return Err(meta.error("the argument here is `crate = \"path\"`"));
            }
            let text: syn::LitStr = meta.value()?.parse()?;
            let given: syn::Path = text.parse()?;
            path = quote!(#given);
            Ok(())
        });
        if let Err(fault) = parsed {
            let help = "write `#[differentiable(crate = \"path\")]`";
            errors.push(fault.span(), fault.to_string(), help);
        }
    }
    path
}

#[cfg(test)]
mod tests;
