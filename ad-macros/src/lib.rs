//! The compiler behind `ad-runtime`, which re-exports everything here: depend on
//! that crate, not on this one.

mod analysis;
mod diag;
mod emit;
mod expand;
mod ir;
mod rules;
mod syntax;
mod transform;

use proc_macro::TokenStream;

/// Differentiates the function that it stands on: see the documentation of
/// `ad_runtime`.
#[proc_macro_attribute]
pub fn conservative_grad(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(args.into(), item.into()).into()
}
