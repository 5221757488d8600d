//! The attribute on an `impl` block: each function in it is differentiated, beside
//! which its derivatives stand.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, ItemFn, ItemImpl, Meta};

use crate::diag::Errors;
use crate::expand::compile;
use crate::operators::{operator_impl, rules_of};
use crate::syntax::options::Options;
use crate::syntax::owner::Owner;

/// An `impl` block with the derivatives of its functions.
pub fn impl_block(args: TokenStream, mut block: ItemImpl) -> TokenStream {
    let mut errors = Errors::new();
    let shared = Options::parse(args.clone(), &mut errors);
    shared.refuse_for_block(&mut errors);
    if block
        .trait_
        .as_ref()
        .is_some_and(|(path, _)| rules_of(path).is_some())
    {
        let generated = operator_impl(&block, shared, &mut errors);
        let faults = errors.into_tokens();
        return quote!(#block #faults #generated);
    }
    if let Some((path, _)) = &block.trait_ {
        errors.push(
            path.span(),
            "conservative_grad is not supported on an `impl` of this trait",
            "put it on an inherent `impl`, and call its methods from the trait's",
        );
        let faults = errors.into_tokens();
        return quote!(#block #faults);
    }
    let owner = Owner {
        generics: block.generics.clone(),
        ty: Some((*block.self_ty).clone()),
        is_operator: false,
    };
    for item in std::mem::take(&mut block.items) {
        let ImplItem::Fn(mut method) = item else {
            block.items.push(item);
            continue;
        };
        let own = own_arguments(&mut method.attrs);
        let function = ItemFn {
            attrs: method.attrs.clone(),
            vis: method.vis.clone(),
            modifiers: method.modifiers.clone(),
            sig: method.sig.clone(),
            block: Box::new(method.block.clone()),
        };
        block.items.push(ImplItem::Fn(method));
        let mut options = Options::parse(own.unwrap_or_default(), &mut errors);
        options.inherit(&shared);
        if !options.skip {
            let generated = compile(&function, Some(&owner), &options, &mut errors);
            block.items.push(ImplItem::Verbatim(generated));
        }
    }
    let faults = errors.into_tokens();
    quote!(#block #faults)
}

/// Takes the arguments of the attribute off a method of an annotated block.
fn own_arguments(attrs: &mut Vec<Attribute>) -> Option<TokenStream> {
    let is_own = |attr: &Attribute| {
        let last = attr.path().segments.last();
        last.is_some_and(|segment| segment.ident == "conservative_grad")
    };
    let at = attrs.iter().position(is_own)?;
    match attrs.remove(at).meta {
        Meta::List(list) => Some(list.tokens),
        _ => None,
    }
}
