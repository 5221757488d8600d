//! The attribute on an `impl` block: each function in it is differentiated, beside
//! which its derivatives stand.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItem, ItemFn, ItemImpl};

use crate::diag::Errors;
use crate::expand::compile;
use crate::indexing::{index_impl, is_index};
use crate::operators::{operator_impl, rules_of};
use crate::syntax::loops;
use crate::syntax::options::{Options, own_arguments};
use crate::syntax::owner::{Kind, Owner};
use crate::traits;

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
    if block
        .trait_
        .as_ref()
        .is_some_and(|(path, _)| is_index(path))
    {
        let generated = index_impl(&block, &shared, &mut errors);
        let faults = errors.into_tokens();
        return quote!(#block #faults #generated);
    }
    let of_trait = block.trait_.as_ref().map(|(path, _)| path.clone());
    if let Some(path) = &of_trait {
        if !traits::refuse_impl(path, &shared, &mut errors) {
            let faults = errors.into_tokens();
            return quote!(#block #faults);
        }
        let marker = traits::marker_of_impl();
        block.items.insert(0, ImplItem::Verbatim(marker));
    }
    let owner = Owner {
        generics: block.generics.clone(),
        ty: Some((*block.self_ty).clone()),
        kind: of_trait.map_or(Kind::Inherent, Kind::OfTrait),
    };
    let of_trait = matches!(owner.kind, Kind::OfTrait(_));
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
        loops::strip(&mut method.block);
        block.items.push(ImplItem::Fn(method));
        let mut options = Options::parse(own.unwrap_or_default(), &mut errors);
        if of_trait {
            traits::refuse_of_impl(&options, &function.sig, &mut errors);
            if options.skip {
                let left_out = traits::left_out_by_impl(&function.sig);
                block.items.push(ImplItem::Verbatim(left_out));
            }
            options.skip |= traits::is_left_out(&function.sig);
        }
        options.inherit(&shared);
        if !options.skip {
            let generated = compile(&function, Some(&owner), &options, &mut errors);
            block.items.push(ImplItem::Verbatim(generated));
        }
    }
    let faults = errors.into_tokens();
    quote!(#block #faults)
}
