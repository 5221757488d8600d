//! `crate = "path"`: where the runtime is found under another name.
//!
//! Passes that cannot see the attribute write `::ad_runtime`; it is replaced here,
//! in the finished tokens.

use proc_macro2::{Group, TokenStream, TokenTree};

/// Replaces `::ad_runtime` by `path`.
pub fn rebase(tokens: TokenStream, path: &TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "ad_runtime" && ends_in_colons(&out) => {
                out.truncate(out.len() - 2);
                out.extend(path.clone());
            }
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), rebase(group.stream(), path));
                inside.set_span(group.span());
                out.push(TokenTree::Group(inside));
            }
            token => out.push(token),
        }
    }
    out.into_iter().collect()
}

/// Whether the last tokens are a leading `::`, not one between path segments.
fn ends_in_colons(tokens: &[TokenTree]) -> bool {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ':');
    match tokens {
        [.., before, a, b] if is_colon(a) && is_colon(b) => match before {
            TokenTree::Ident(ident) => ident == "as",
            _ => true,
        },
        [a, b] => is_colon(a) && is_colon(b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::rebase;

    #[test]
    fn only_leading_paths_are_replaced() {
        let path = quote!(crate::inner::runtime);
        let before = quote!(f(
            ::ad_runtime::a(x),
            other::ad_runtime::b,
            <T as ::ad_runtime::C>::d()
        ));
        let after = quote!(f(
            crate::inner::runtime::a(x),
            other::ad_runtime::b,
            <T as crate::inner::runtime::C>::d()
        ));
        assert_eq!(rebase(before, &path).to_string(), after.to_string());
    }
}
