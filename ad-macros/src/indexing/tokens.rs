//! The body of `index`, rewritten token by token.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Stmt, parse_quote};

/// The fields of `self` that tokens name.
pub fn fields(tokens: TokenStream) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (k, token) in tokens.iter().enumerate() {
        match (token, tokens.get(k + 1), tokens.get(k + 2)) {
            (TokenTree::Group(group), ..) => found.extend(fields(group.stream())),
            (TokenTree::Ident(own), Some(TokenTree::Punct(dot)), Some(name))
                if own == "self" && dot.as_char() == '.' =>
            {
                found.push((name.to_string(), name.span()));
            }
            _ => {}
        }
    }
    found
}

/// The tokens with the tangent for `self`.
pub fn on(tan: &Ident, tokens: TokenStream) -> TokenStream {
    mapped(tokens, &|token| match token {
        TokenTree::Ident(ident) if ident == "self" => {
            let mut tan = tan.clone();
            tan.set_span(tan.span().located_at(ident.span()));
            Some(tan.into())
        }
        token => Some(token),
    })
}

pub fn without_mut(tokens: TokenStream) -> TokenStream {
    mapped(tokens, &|token| match token {
        TokenTree::Ident(ident) if ident == "mut" => None,
        token => Some(token),
    })
}

fn mapped(tokens: TokenStream, map: &dyn Fn(TokenTree) -> Option<TokenTree>) -> TokenStream {
    tokens
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), mapped(group.stream(), map));
                inner.set_span(group.span());
                Some(inner.into())
            }
            token => map(token),
        })
        .collect()
}

/// A body that runs on the tangent: what it asserts holds of the value.
pub fn without_assertions(mut body: Block) -> Block {
    body.stmts.retain(|stmt| match stmt {
        Stmt::Macro(mac) => {
            let last = mac.mac.path.segments.last();
            !last.is_some_and(|last| {
                let name = last.ident.to_string();
                name.trim_start_matches("debug_").starts_with("assert")
            })
        }
        _ => true,
    });
    body
}

/// `&self.x` as `&mut self.x`.
pub struct MadeMutable;

impl VisitMut for MadeMutable {
    fn visit_expr_reference_mut(&mut self, e: &mut syn::ExprReference) {
        let inner = &e.expr;
        if !fields(quote!(#inner)).is_empty() {
            e.mutability = parse_quote!(mut);
        }
        visit_mut::visit_expr_reference_mut(self, e);
    }
}
