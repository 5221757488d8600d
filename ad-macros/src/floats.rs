//! The methods of floats as methods that rustc finds by the type of the receiver:
//! `self.x.max(0.0)`, where tokens do not tell that `x` is a float.
//!
//! They are made of the rule table by the compiler itself: each row becomes a
//! function of one operation, whose hidden functions are the default methods of
//! one trait. What differs from a user's method is that a site is the caller's, and
//! that the result comes back from the caller instead of the tape.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{ItemFn, parse_quote};

use crate::diag::Errors;
use crate::emit;
use crate::expand::compile;
use crate::rules::{Row, TABLE};
use crate::syntax::options::Options;
use crate::syntax::owner::Owner;

/// `trait FloatMethods`, implemented for all floats. `runtime` is the path of the
/// runtime.
pub fn float_methods(runtime: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let options = Options {
        runtime: syn::parse2(runtime.clone()).ok(),
        second_order: true,
        row: true,
        ..Options::default()
    };
    // In the trait, `Self` is what a type parameter bounded by `Float` is elsewhere.
    let mut generics: syn::Generics = parse_quote!(<T: Scalar>);
    for param in generics.type_params_mut() {
        param.ident = Ident::new("Self", Span::call_site());
    }
    let owner = Owner {
        generics,
        ..Owner::default()
    };
    let methods = TABLE.iter().filter(|row| is_method(row)).map(|row| {
        let function = function(row);
        compile(&function, Some(&owner), &options, &mut errors)
    });
    let methods: TokenStream = methods.collect();
    let allow = emit::allowed();
    let faults = errors.into_tokens();
    quote! {
        #faults
        /// The hidden methods of floats.
        #allow
        pub trait FloatMethods: #runtime::__private::Scalar { #methods }
        impl<T: #runtime::__private::Scalar> FloatMethods for T {}
    }
}

/// Rows that begin with underscores are functions that the runtime provides.
fn is_method(row: &Row) -> bool {
    !row.name.starts_with('_') && !row.helper && !row.operator && !row.inactive_result
}

/// `fn max(self, b: Self) -> Self { Self::max(self, b) }`
fn function(row: &Row) -> ItemFn {
    let name = Ident::new(row.name, Span::call_site());
    let names = (1..row.params.len()).map(|k| format_ident!("arg_{k}"));
    let names: Vec<Ident> = names.collect();
    let types = row.float_operands.iter().skip(1).map(|float| match float {
        true => quote!(Self),
        false => quote!(i32),
    });
    parse_quote! {
        fn #name(self, #(#names: #types),*) -> Self { Self::#name(self, #(#names),*) }
    }
}
