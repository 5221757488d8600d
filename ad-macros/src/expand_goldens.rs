//! What a reader of generated code sees. `tests/goldens/source` holds annotated
//! functions, `tests/goldens/expanded` what they become; the latter is compiled
//! and run by the test `goldens` of the workspace.
//!
//! `AD_UPDATE=1 cargo test -p ad-macros goldens` writes the files anew.

use std::path::{Path, PathBuf};

use quote::quote;

use super::expand;

/// What each annotated function of a file becomes.
fn expanded(source: &str) -> String {
    let mut tokens = quote!();
    for item in syn::parse_file(source).unwrap().items {
        let syn::Item::Fn(mut function) = item else {
            panic!("a golden consists of functions")
        };
        let ours = |a: &syn::Attribute| a.path().is_ident("conservative_grad");
        let at = function
            .attrs
            .iter()
            .position(ours)
            .expect("an annotated function");
        let args = match function.attrs.remove(at).meta {
            syn::Meta::List(list) => list.tokens,
            _ => quote!(),
        };
        tokens.extend(expand(args, quote!(#function)));
    }
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn files() -> Vec<(PathBuf, PathBuf)> {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/goldens");
    let sources = std::fs::read_dir(goldens.join("source")).unwrap();
    let pair = |entry: std::io::Result<std::fs::DirEntry>| {
        let source = entry.unwrap().path();
        let expanded = goldens.join("expanded").join(source.file_name().unwrap());
        (source, expanded)
    };
    sources.map(pair).collect()
}

#[test]
fn the_expansions_are_as_they_were() {
    let update = std::env::var_os("AD_UPDATE").is_some();
    for (source, golden) in files() {
        let now = expanded(&std::fs::read_to_string(&source).unwrap());
        if update {
            std::fs::write(&golden, now).unwrap();
            continue;
        }
        let before = std::fs::read_to_string(&golden).unwrap_or_default();
        let differ = now.lines().zip(before.lines()).position(|(a, b)| a != b);
        assert!(
            now == before,
            "{} is out of date, from line {}: look at what `AD_UPDATE=1 cargo test -p ad-macros \
             goldens` changes",
            golden.display(),
            differ.unwrap_or_else(|| now.lines().count().min(before.lines().count())) + 1,
        );
    }
}
