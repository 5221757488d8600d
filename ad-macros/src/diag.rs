//! The collector of faults: all of them are reported, each on the user's own
//! token, with what to write instead.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// Faults found so far. They must be read: dropping them unread panics, so that
/// no pass can lose one.
pub struct Errors {
    found: Vec<(Span, String)>,
    read: bool,
}

impl Errors {
    pub fn new() -> Self {
        Errors {
            found: Vec::new(),
            read: false,
        }
    }

    /// `what` is wrong at `span`; `help` says what to write instead.
    pub fn push(&mut self, span: Span, what: impl std::fmt::Display, help: impl std::fmt::Display) {
        self.found.push((span, format!("{what}\n\nhelp: {help}")));
    }

    pub fn push_syn(&mut self, error: &syn::Error) {
        for e in error.clone() {
            self.found.push((e.span(), e.to_string()));
        }
    }

    pub fn count(&self) -> usize {
        self.found.len()
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// One `compile_error!` a fault; the same fault at the same place once.
    pub fn into_tokens(mut self) -> TokenStream {
        self.read = true;
        let mut seen = std::collections::BTreeSet::new();
        self.found
            .iter()
            .filter(|(span, text)| seen.insert((format!("{span:?}"), text.clone())))
            .map(|(span, text)| quote_spanned!(*span => ::core::compile_error!(#text);))
            .collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !self.read && !self.found.is_empty() && !std::thread::panicking() {
            panic!("faults were found and not reported: {:?}", self.found);
        }
    }
}
