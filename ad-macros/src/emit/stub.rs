//! What stands beside errors: the item with functions of the right signatures,
//! so that one mistake gives one error.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, hidden, public, second};
use crate::analysis::kinks::Sites;
use crate::ir::Ty;
use crate::syntax::options::Options;
use crate::syntax::signature::Signature;

pub fn stub(sig: &Signature, options: &Options, function: &syn::ItemFn) -> TokenStream {
    let cx = Context::new(sig, options, &function.attrs);
    // A trait's functions have signatures of their own, and what else stands beside the
    // error is for them.
    if cx.of_trait() {
        return TokenStream::new();
    }
    if cx.in_trait() && !sig.output.refused {
        return super::declared(sig, options, function);
    }
    if sig.output.refused || sig.output.ty == Ty::Unknown {
        // No function can be written with a result of this type.
        return cx.wrap(&docs::item(&cx, &Sites::new()), &TokenStream::new());
    }
    let sites = docs::sites(&cx, &Sites::new());
    let public = public::functions(&cx, public::Bodies::Stubs);
    let hidden = hidden::stubs(&cx);
    let second = second::stubs(&cx);
    cx.wrap(
        &docs::item(&cx, &Sites::new()),
        &quote!(#sites #public #hidden #second),
    )
}
