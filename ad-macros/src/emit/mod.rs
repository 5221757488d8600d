//! From the three programs to tokens: the item beside the user's function.

mod borrow;
mod calls;
mod checked;
mod checkpoint;
mod custom;
mod docs;
mod frame;
mod functions;
mod fused;
mod hidden;
mod home;
mod in_trait;
mod lanes;
mod loops;
mod names;
mod op;
mod operator;
mod parallel;
mod place;
mod public;
mod rows;
mod runtime_path;
mod second;
mod selections;
mod stmt;
mod stub;
mod types;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analysis::activity::Activity;
use crate::analysis::kinks::Sites;
use crate::analysis::reuse::Kept;
use crate::ir::{Adjoint, AdjointTangent, Fused, Tangent};
use crate::syntax::given::Given;
use crate::syntax::options::Options;
use crate::syntax::signature::Signature;

pub use checked::is_checked;
pub use custom::{custom, declared};
pub use docs::allowed;
pub use functions::closure_impl;
pub use home::{FORWARD, hidden_method};
pub use place::{Reach, payload_function};
pub use stub::stub;

/// What the analyses found, keyed by variable.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub activity: &'a Activity,
    pub sites: &'a Sites,
    /// Variables that are used again after they were used by value.
    pub kept: &'a Kept,
    /// The variables of the user's program have the first numbers.
    pub user_vars: u32,
    /// What the closures that are passed on became: items of each body.
    pub closures: &'a TokenStream,
    /// Whether calls are made by way of the function's constant.
    pub checked: bool,
    /// For each parameter whether the function overwrites it before it reads it.
    pub overwrites: &'a [bool],
}

/// Both sweeps as one program and its own facts.
pub struct Once<'a> {
    pub program: &'a Fused,
    pub facts: Facts<'a>,
}

/// The programs that not every function has.
#[derive(Default)]
pub struct More<'a> {
    pub second: Option<Second<'a>>,
    pub once: Option<Once<'a>>,
}

/// The program of the second derivative and its own facts.
pub struct Second<'a> {
    pub program: &'a AdjointTangent,
    pub facts: Facts<'a>,
}

/// What all parts of the output share.
struct Context<'a> {
    sig: &'a Signature,
    options: &'a Options,
    /// The user's attributes on the function.
    attrs: &'a [syn::Attribute],
    /// The path of the runtime's private module.
    rt: TokenStream,
    /// The path of the runtime.
    runtime: TokenStream,
    /// For each parameter whether it is overwritten before it is read; empty: none is.
    overwrites: &'a [bool],
    /// Whether a call from outside runs both sweeps as one program.
    once: bool,
    /// Whether tangents have lanes.
    lanes: bool,
}

impl<'a> Context<'a> {
    fn new(sig: &'a Signature, options: &'a Options, attrs: &'a [syn::Attribute]) -> Self {
        let runtime = match &options.runtime {
            Some(path) => quote!(#path),
            None => quote!(::ad_runtime),
        };
        Context {
            sig,
            options,
            attrs,
            rt: quote!(#runtime::__private),
            runtime,
            overwrites: &[],
            once: false,
            lanes: false,
        }
    }

    /// The same inside a body, where the runtime's path has a short name: lines
    /// stay lines.
    fn inside(&self) -> Context<'a> {
        Context {
            rt: quote!(__rt),
            runtime: self.runtime.clone(),
            ..*self
        }
    }

    /// Whether the function has no derivative: it is constant to its callers.
    fn is_constant(&self) -> bool {
        self.sig.is_constant() || matches!(self.options.given, Some(Given::Constant))
    }

    /// Whether there is a rule of reverse mode.
    fn has_reverse(&self) -> bool {
        !matches!(&self.options.given, Some(Given::Custom(custom)) if custom.vjp.is_none())
    }

    /// Whether there is a rule of forward mode.
    fn has_forward(&self) -> bool {
        !matches!(&self.options.given, Some(Given::Custom(custom)) if custom.jvp.is_none())
    }

    /// The name of the generated item, or the prefix of generated methods.
    fn item(&self) -> &Ident {
        self.options.name.as_ref().unwrap_or(&self.sig.ident)
    }

    /// The finished tokens, for a runtime that is found under another name.
    fn rebased(&self, tokens: TokenStream) -> TokenStream {
        match self.options.runtime {
            Some(_) => runtime_path::rebase(tokens, &self.runtime),
            None => tokens,
        }
    }

    /// The item and what it carries; what belongs to a type stands in its `impl`.
    /// Lints of the user's crate are not about generated code; they are silenced on
    /// it and nowhere else.
    fn wrap(&self, docs: &[String], items: &TokenStream) -> TokenStream {
        if self.of_type() {
            return items.clone();
        }
        let (vis, item, allow) = (&self.sig.vis, self.item(), docs::allowed());
        let cfgs: Vec<_> = self
            .attrs
            .iter()
            .filter(|a| a.path().is_ident("cfg"))
            .collect();
        let hidden = self.attrs.iter().filter(|a| docs::is_hidden(a));
        quote! {
            #(#cfgs)*
            #(#[doc = #docs])*
            #(#hidden)*
            #[allow(
                dead_code, non_camel_case_types, missing_debug_implementations,
                missing_copy_implementations, unnameable_types, clippy::all, clippy::pedantic,
                clippy::nursery, clippy::restriction
            )]
            #vis struct #item {}

            #(#cfgs)*
            #allow
            impl #item {
                #items
            }
        }
    }
}

/// The generated item: the documented functions first, those that callers'
/// derivatives use below.
pub fn emit(
    sig: &Signature,
    options: &Options,
    function: &syn::ItemFn,
    adjoint: &Adjoint,
    tangent: &Tangent,
    facts: &Facts<'_>,
    more: &More<'_>,
) -> TokenStream {
    let mut cx = Context::new(sig, options, &function.attrs);
    cx.overwrites = facts.overwrites;
    let once = more.once.as_ref().filter(|_| fused::is_for(&cx));
    cx.once = once.is_some();
    let checked = facts.checked.then(|| checked::constant(&cx, function));
    let hidden = hidden::functions(&cx, adjoint, tangent, facts, once);
    let hidden = quote!(#checked #hidden);
    let recompute = hidden::recompute(&cx, adjoint);
    let second = more
        .second
        .as_ref()
        .map(|second| second::functions(&cx, recompute, second));
    let tokens = match (options.row, &options.operator) {
        (true, _) => quote!(#hidden #second),
        (false, Some(rules)) => {
            let sites = docs::sites(&cx, facts.sites);
            let item = cx.wrap(&[], &quote!(#sites #hidden #second));
            let rules = operator::rules(&cx, rules);
            quote!(#item #rules)
        }
        (false, None) => {
            let sites = docs::sites(&cx, facts.sites);
            // A closure has no users but its caller's callees.
            let public = match cx.of_trait() || options.within.is_some() {
                true => TokenStream::new(),
                false => public::functions(&cx, public::Bodies::Real),
            };
            let item = cx.wrap(
                &docs::item(&cx, facts.sites),
                &quote!(#sites #public #hidden #second),
            );
            let function = cx.item_impl();
            quote!(#item #function)
        }
    };
    cx.rebased(tokens)
}

/// The output as text, for `AD_PRINT`; formatted if the crate was built with
/// `debug-print`.
pub fn pretty(tokens: &TokenStream) -> String {
    #[cfg(feature = "debug-print")]
    if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
        return prettyplease::unparse(&file);
    }
    tokens.to_string()
}

#[cfg(test)]
mod tests;
