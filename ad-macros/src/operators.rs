//! The attribute on an `impl` of an operator: `a * b` in an annotated body is then
//! differentiated whatever the types of `a` and `b`.
//!
//! The operator becomes a function of its own, with hidden functions as any other,
//! and the type gets the runtime's trait of the operator's rules, which calls them.
//! An operator is taken to be cheap: the reverse sweep runs it again.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    GenericArgument, ImplItem, ItemFn, ItemImpl, PathArguments, PathSegment, Token, Type,
    parse_quote,
};

use crate::diag::Errors;
use crate::expand::compile;
use crate::syntax::options::Options;
use crate::syntax::owner::{Kind, Owner, Rules};

/// The operators of `core::ops` that have rules, with the runtime's traits.
const OPERATORS: [(&str, &str); 16] = [
    ("Add", "AddVjp"),
    ("Sub", "SubVjp"),
    ("Mul", "MulVjp"),
    ("Div", "DivVjp"),
    ("Rem", "RemVjp"),
    ("BitAnd", "BitAndVjp"),
    ("BitOr", "BitOrVjp"),
    ("BitXor", "BitXorVjp"),
    ("Shl", "ShlVjp"),
    ("Shr", "ShrVjp"),
    ("AddAssign", "AddAssignVjp"),
    ("SubAssign", "SubAssignVjp"),
    ("MulAssign", "MulAssignVjp"),
    ("DivAssign", "DivAssignVjp"),
    ("RemAssign", "RemAssignVjp"),
    ("Neg", "NegVjp"),
];

/// The runtime's trait for a trait of an operator.
pub fn rules_of(path: &syn::Path) -> Option<&'static str> {
    let last = path.segments.last()?;
    let found = OPERATORS.iter().find(|(name, _)| last.ident == name);
    found.map(|(_, rules)| *rules)
}

/// The operator's function and rules, beside its `impl`.
pub fn operator_impl(block: &ItemImpl, options: Options, errors: &mut Errors) -> TokenStream {
    let Some((path, _)) = &block.trait_ else {
        return TokenStream::new();
    };
    let method = block.items.iter().find_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    });
    let (Some(rules), Some(method)) = (rules_of(path), method) else {
        return TokenStream::new();
    };
    let of = (*block.self_ty).clone();
    let other = match path.segments.last().map(|s| &s.arguments) {
        Some(PathArguments::AngleBracketed(args)) => args.args.iter().find_map(|arg| match arg {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }),
        _ => None,
    };
    let output = block.items.iter().find_map(|item| match item {
        ImplItem::Type(ty) if ty.ident == "Output" => Some(ty.ty.clone()),
        _ => None,
    });
    let mut spell = SpellOut {
        of: &of,
        output: output.clone(),
        errors,
    };
    let mut function = ItemFn {
        attrs: Vec::new(),
        vis: syn::Visibility::Inherited,
        modifiers: method.modifiers.clone(),
        sig: method.sig.clone(),
        block: Box::new(method.block.clone()),
    };
    let mut other = other.unwrap_or_else(|| of.clone());
    spell.visit_type_mut(&mut other);
    let mut output = output.unwrap_or_else(|| of.clone());
    spell.visit_type_mut(&mut output);
    spell.visit_item_fn_mut(&mut function);
    let owner = Owner {
        generics: block.generics.clone(),
        ty: Some(of.clone()),
        kind: Kind::Operator,
    };
    let options = Options {
        name: Some(Ident::new("Operator", Span::mixed_site())),
        operator: Some(Rules {
            name: Ident::new(rules, path.span()),
            of,
            other: (method.sig.inputs.len() > 1).then_some(other),
            output,
        }),
        ..options
    };
    let generated = compile(&function, Some(&owner), &options, errors);
    let cfgs = block.attrs.iter().filter(|a| a.path().is_ident("cfg"));
    quote!(#(#cfgs)* const _: () = { #generated };)
}

/// Writes the type for `Self`: the operator's function stands outside the `impl`.
struct SpellOut<'a> {
    of: &'a Type,
    output: Option<Type>,
    errors: &'a mut Errors,
}

impl SpellOut<'_> {
    /// The segments of the type, as they stand in an expression.
    fn segments(&mut self, span: Span) -> Vec<PathSegment> {
        let Type::Path(path) = self.of else {
            let help = "write the name of the type";
            self.errors.push(span, "`Self` is a reference here", help);
            return Vec::new();
        };
        let mut segments: Vec<PathSegment> = path.path.segments.iter().cloned().collect();
        for segment in &mut segments {
            if let PathArguments::AngleBracketed(args) = &mut segment.arguments {
                args.colon2_token = Some(<Token![::]>::default());
            }
        }
        segments
    }
}

impl VisitMut for SpellOut<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty {
            let names: Vec<String> = path
                .path
                .segments
                .iter()
                .map(|s| s.ident.to_string())
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            match (names.as_slice(), &self.output) {
                (["Self"], _) => *ty = self.of.clone(),
                (["Self", "Output"], Some(output)) => {
                    *ty = output.clone();
                    self.visit_type_mut(ty);
                }
                _ => visit_mut::visit_type_mut(self, ty),
            }
            return;
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let first = path.segments.first().filter(|first| first.ident == "Self");
        if let Some(span) = first.map(|first| first.ident.span()) {
            let rest: Vec<PathSegment> = path.segments.iter().skip(1).cloned().collect();
            let leading = match self.of {
                Type::Path(of) => of.path.leading_colon,
                _ => None,
            };
            path.leading_colon = leading;
            path.segments = self.segments(span).into_iter().chain(rest).collect();
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// `Self { x, y }` and `Self(x)` in macros: expressions are parsed later, and
    /// what is not is left to rustc.
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        let of = self.of;
        mac.tokens = replaced(mac.tokens.clone(), &quote!(<#of>));
        let _: Type = parse_quote!(#of);
    }
}

fn replaced(tokens: TokenStream, of: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            proc_macro2::TokenTree::Ident(ident) if ident == "Self" => of.clone(),
            proc_macro2::TokenTree::Group(group) => {
                let inner = replaced(group.stream(), of);
                let mut replaced = proc_macro2::Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                proc_macro2::TokenTree::Group(replaced).into()
            }
            token => token.into(),
        })
        .collect()
}
