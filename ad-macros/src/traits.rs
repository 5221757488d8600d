//! The attribute on a trait, and on an `impl` of an annotated trait.
//!
//! The derivatives are hidden functions of the trait itself, so that `S: Shape` is all
//! that generic code needs, and `use shapes::Shape` brings them along. The trait has
//! what is the same for all types; of each function that it gives no body an `impl` has
//! the two sweeps. Nothing of a trait's derivative is a constant and all of it asks for
//! `Self: Sized`, so that a trait stays fit for `dyn`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{GenericParam, ItemFn, ItemTrait, Path, ReturnType, TraitItem, parse_quote};

use crate::diag::Errors;
use crate::emit;
use crate::expand::compile;
use crate::syntax::loops;
use crate::syntax::options::{Options, own_arguments};
use crate::syntax::owner::{Kind, Owner};
use crate::syntax::signature::Signature;
use crate::syntax::types::{has_reference, is_tangent_bound};

/// The function that an annotated trait asks for and an annotated `impl` has. rustc's
/// error names it where one of them has no attribute, so its name says what to do.
const MARKER: &str = "needs_conservative_grad_on_trait_and_impl";

/// A trait with the derivatives of its functions.
pub fn trait_block(args: TokenStream, mut declared: ItemTrait) -> TokenStream {
    let mut errors = Errors::new();
    let shared = Options::parse(args, &mut errors);
    shared.refuse_for_block(&mut errors);
    let owner = Owner {
        generics: declared.generics.clone(),
        ty: None,
        kind: Kind::Trait(path_of(&declared)),
    };
    let marker = Ident::new(MARKER, Span::call_site());
    for mut item in std::mem::take(&mut declared.items) {
        if let TraitItem::Type(associated) = &mut item
            && associated.bounds.iter().any(is_tangent_bound)
        {
            // Values of it are kept by whoever calls the trait's functions.
            let runtime = runtime(&shared);
            associated.bounds.push(parse_quote!(#runtime::Keep));
        }
        let TraitItem::Fn(mut method) = item else {
            declared.items.push(item);
            continue;
        };
        let own = own_arguments(&mut method.attrs);
        let has_body = method.default.is_some();
        let function = ItemFn {
            attrs: method.attrs.clone(),
            vis: syn::Visibility::Inherited,
            modifiers: method.modifiers.clone(),
            sig: method.sig.clone(),
            block: Box::new(method.default.clone().unwrap_or_else(|| parse_quote!({}))),
        };
        method.default.iter_mut().for_each(loops::strip);
        declared.items.push(TraitItem::Fn(method));
        let mut options = Options::parse(own.unwrap_or_default(), &mut errors);
        options.inherit(&shared);
        let generated = if options.skip {
            let left_out = left_out(&function.sig);
            quote!(#[doc(hidden)] fn #left_out() where Self: ::core::marker::Sized {})
        } else if is_left_out(&function.sig) {
            continue;
        } else if has_body {
            compile(&function, Some(&owner), &options, &mut errors)
        } else {
            compile_declared(&function, &owner, &options, &mut errors)
        };
        declared.items.push(TraitItem::Verbatim(generated));
    }
    declared.items.push(TraitItem::Verbatim(quote! {
        #[doc(hidden)]
        fn #marker() where Self: ::core::marker::Sized;
    }));
    let faults = errors.into_tokens();
    quote!(#declared #faults)
}

/// The path of the runtime.
fn runtime(options: &Options) -> TokenStream {
    match &options.runtime {
        Some(path) => quote!(#path),
        None => quote!(::ad_runtime),
    }
}

/// The functions of a trait's function without a body.
fn compile_declared(
    function: &ItemFn,
    owner: &Owner,
    options: &Options,
    errors: &mut Errors,
) -> TokenStream {
    let before = errors.count();
    let sig = Signature::parse(function, Some(owner), options, errors);
    if options.given.is_some() {
        errors.push(
            sig.ident.span(),
            format!(
                "`{}` has no body here whose derivative could be given",
                sig.ident
            ),
            "say it of the method in each `impl` of the trait",
        );
    }
    match errors.count() > before {
        true => emit::stub(&sig, options, function),
        false => emit::declared(&sig, options, function),
    }
}

/// `Shape<'a, T, N>`
fn path_of(declared: &ItemTrait) -> Path {
    let ident = &declared.ident;
    let arguments = declared.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(l) => {
            let lifetime = &l.lifetime;
            quote!(#lifetime)
        }
        GenericParam::Type(t) => {
            let ident = &t.ident;
            quote!(#ident)
        }
        GenericParam::Const(c) => {
            let ident = &c.ident;
            quote!(#ident)
        }
    });
    match declared.generics.params.is_empty() {
        true => parse_quote!(#ident),
        false => parse_quote!(#ident<#(#arguments),*>),
    }
}

/// What an annotated `impl` has beside its functions. The attribute is missing on the
/// trait if there is no such function in it.
pub fn marker_of_impl() -> TokenStream {
    let marker = Ident::new(MARKER, Span::call_site());
    let allow = emit::allowed();
    quote!(#allow #[doc(hidden)] fn #marker() {})
}

/// Methods that a trait has no derivatives of: what they return borrows.
pub fn is_left_out(sig: &syn::Signature) -> bool {
    matches!(&sig.output, ReturnType::Type(_, ty) if has_reference(ty))
}

/// The name of what says that a trait leaves a method out.
fn left_out(sig: &syn::Signature) -> Ident {
    let name = sig.ident.to_string();
    let name = name.trim_start_matches("r#");
    format_ident!(
        "{name}_is_not_skipped_by_the_trait",
        span = sig.ident.span()
    )
}

/// What an `impl` that leaves a method out has instead: the trait has it, too, if it
/// leaves the method out.
pub fn left_out_by_impl(sig: &syn::Signature) -> TokenStream {
    let left_out = left_out(sig);
    quote!(#[doc(hidden)] fn #left_out() {})
}

/// What an `impl` of a trait may be said, as a whole; whether it is one that can have
/// derivatives.
pub fn refuse_impl(path: &Path, shared: &Options, errors: &mut Errors) -> bool {
    if shared.select.is_some() {
        refuse_select(path.span(), errors);
    }
    let last = path
        .segments
        .last()
        .map(|s| s.ident.to_string())
        .unwrap_or_default();
    let first = path
        .segments
        .first()
        .map(|s| s.ident.to_string())
        .unwrap_or_default();
    let of_std =
        path.segments.len() > 1 && ["std", "core", "alloc", "fmt"].contains(&first.as_str());
    if of_std || FOREIGN.contains(&last.as_str()) {
        errors.push(
            path.span(),
            format!("`{last}` is a trait of another crate: its methods have no derivatives"),
            "put `#[conservative_grad]` on an inherent `impl`, and call its methods from the trait's",
        );
        return false;
    }
    true
}

/// Arguments that are said of the trait alone.
pub fn refuse_of_impl(options: &Options, sig: &syn::Signature, errors: &mut Errors) {
    if options.select.is_some() {
        refuse_select(sig.ident.span(), errors);
    }
    if options.name.is_some() {
        errors.push(
            sig.ident.span(),
            "`name` is said in an `impl` of a trait",
            "say it of the method in the trait: the functions have one name for all types",
        );
    }
}

fn refuse_select(span: Span, errors: &mut Errors) {
    errors.push(
        span,
        "`select` is said in an `impl` of a trait",
        "say it of the trait or of its method: one rule is that of all types",
    );
}

/// Traits of std that everyone knows by their names.
const FOREIGN: [&str; 30] = [
    "AsMut",
    "AsRef",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deref",
    "DerefMut",
    "Display",
    "Drop",
    "Eq",
    "Error",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
];
