//! Attributes of loops: `#[checkpoint(n)]` and `#[parallel]`.
//!
//! They are the macro's own and mean nothing to rustc, so the user's function is given back
//! without them.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprForLoop, Meta};

use crate::diag::Errors;

const CHECKPOINT: &str = "checkpoint";
const PARALLEL: &str = "parallel";

fn is_own(attr: &Attribute) -> bool {
    attr.path().is_ident(CHECKPOINT) || attr.path().is_ident(PARALLEL)
}

fn find<'a>(e: &'a ExprForLoop, name: &str) -> Option<&'a Attribute> {
    e.attrs.iter().find(|attr| attr.path().is_ident(name))
}

/// Whether the iterations may run at once.
pub fn is_parallel(e: &ExprForLoop) -> bool {
    find(e, PARALLEL).is_some()
}

/// How many states the loop is to keep.
pub fn checkpoint(e: &ExprForLoop) -> Option<Expr> {
    find(e, CHECKPOINT)?.parse_args().ok()
}

/// The item without the attributes of its loops: as it was written where it has none.
pub fn without_attributes<T: ToTokens + Clone>(
    written: TokenStream,
    item: &T,
    strip: impl FnOnce(&mut Strip, &mut T),
) -> TokenStream {
    let mut stripped = item.clone();
    let mut found = Strip { found: false };
    strip(&mut found, &mut stripped);
    match found.found {
        true => stripped.into_token_stream(),
        false => written,
    }
}

/// A body without the attributes of its loops.
pub fn strip(block: &mut syn::Block) {
    Strip { found: false }.visit_block_mut(block);
}

/// Takes the attributes of loops off.
pub struct Strip {
    found: bool,
}

impl VisitMut for Strip {
    /// What the number of states is computed from is used by the user's function, too.
    fn visit_expr_for_loop_mut(&mut self, e: &mut ExprForLoop) {
        let number = checkpoint(e);
        if let Some(number) = number.filter(|n| !matches!(n, Expr::Lit(_))) {
            // In front of the loop, whose counter may have the same name.
            let over = &e.expr;
            *e.expr = syn::parse_quote!({ let _ = || #number; #over });
        }
        visit_mut::visit_expr_for_loop_mut(self, e);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        self.found |= attributes.iter().any(is_own);
        attributes.retain(|attr| !is_own(attr));
    }
}

/// An attribute that stands on no `for` loop.
pub fn refuse_elsewhere(attr: &Attribute, errors: &mut Errors) {
    if is_own(attr) {
        let name = if attr.path().is_ident(PARALLEL) {
            "parallel"
        } else {
            "checkpoint(n)"
        };
        errors.push(
            attr.span(),
            format!("`#[{name}]` needs a loop whose number of iterations is known when it starts"),
            format!("write the loop as `#[{name}] for k in 0..steps {{ .. }}`"),
        );
    }
}

/// A `for` loop under attributes.
pub fn check(e: &ExprForLoop, errors: &mut Errors) {
    let own = e.attrs.iter().filter(|attr| is_own(attr));
    let Some((first, second)) = own.fold(None, |found, attr| match found {
        None => Some((attr, None)),
        Some((first, _)) => Some((first, Some(attr))),
    }) else {
        return;
    };
    if let Some(second) = second {
        errors.push(
            second.span(),
            "a loop has one of `#[checkpoint(n)]` and `#[parallel]`",
            "iterations that do not depend on each other hand on no state: keep `#[parallel]`",
        );
    }
    let name = match first.path().is_ident(PARALLEL) {
        true => {
            check_parallel(first, errors);
            "parallel"
        }
        false => {
            check_number(first, errors);
            "checkpoint(n)"
        }
    };
    if let Some(span) = early_exit(e) {
        errors.push(
            span,
            format!("a loop under `#[{name}]` is left early here, and its number of iterations must be known when it starts"),
            "let the other iterations do nothing: `if !done { .. }`",
        );
    }
}

fn check_number(attr: &Attribute, errors: &mut Errors) {
    let number = match &attr.meta {
        Meta::List(_) => attr.parse_args::<Expr>().ok(),
        _ => None,
    };
    let none = |n: &Expr| matches!(n, Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) if n.base10_digits() == "0");
    match number {
        None => errors.push(
            attr.span(),
            "it is not said how many states of the loop are kept",
            "write the number or a constant: `#[checkpoint(20)]`",
        ),
        Some(n) if none(&n) => errors.push(
            n.span(),
            "the state before the loop is always kept",
            "write the number of states that there is memory for: `#[checkpoint(20)]`",
        ),
        Some(_) => {}
    }
}

fn check_parallel(attr: &Attribute, errors: &mut Errors) {
    if !matches!(attr.meta, Meta::Path(_)) {
        errors.push(
            attr.span(),
            "`#[parallel]` takes no arguments",
            "the number of threads is that of rayon's pool",
        );
    }
    if cfg!(not(feature = "rayon")) {
        errors.push(
            attr.span(),
            "`#[parallel]` needs the feature `rayon` of `ad-runtime`",
            "write in Cargo.toml: `ad-runtime = { version = \"..\", features = [\"rayon\"] }`",
        );
    }
}

/// The first token that leaves the loop before its last iteration.
fn early_exit(e: &ExprForLoop) -> Option<Span> {
    let mut exits = Exits {
        own: e.label.as_ref().map(|l| l.name.ident.to_string()),
        labels: Vec::new(),
        loops: 0,
        found: None,
    };
    exits.visit_block(&e.body);
    exits.found
}

struct Exits {
    /// The label of the loop itself.
    own: Option<String>,
    /// Those inside it.
    labels: Vec<String>,
    /// How many loops of the body there are around.
    loops: usize,
    found: Option<Span>,
}

impl Exits {
    fn found(&mut self, span: Span) {
        self.found.get_or_insert(span);
    }

    fn is_inside(&self, label: &syn::Lifetime) -> bool {
        self.labels.iter().any(|l| label.ident == l)
    }

    fn within(&mut self, label: Option<&syn::Label>, is_loop: bool, f: impl FnOnce(&mut Self)) {
        let before = self.labels.len();
        self.labels.extend(label.map(|l| l.name.ident.to_string()));
        self.loops += usize::from(is_loop);
        f(self);
        self.loops -= usize::from(is_loop);
        self.labels.truncate(before);
    }
}

impl<'ast> Visit<'ast> for Exits {
    fn visit_expr_break(&mut self, e: &'ast syn::ExprBreak) {
        let inside = match &e.label {
            Some(label) => self.is_inside(label),
            None => self.loops > 0,
        };
        if !inside {
            self.found(e.break_token.span);
        }
        visit::visit_expr_break(self, e);
    }

    fn visit_expr_continue(&mut self, e: &'ast syn::ExprContinue) {
        if let Some(label) = &e.label
            && !self.is_inside(label)
            && self.own.as_ref().is_none_or(|own| label.ident != own)
        {
            self.found(e.continue_token.span);
        }
    }

    fn visit_expr_return(&mut self, e: &'ast syn::ExprReturn) {
        self.found(e.return_token.span);
    }

    fn visit_expr_try(&mut self, e: &'ast syn::ExprTry) {
        self.found(e.question_token.span());
    }

    fn visit_expr_for_loop(&mut self, e: &'ast ExprForLoop) {
        self.visit_expr(&e.expr);
        self.within(e.label.as_ref(), true, |v| v.visit_block(&e.body));
    }

    fn visit_expr_while(&mut self, e: &'ast syn::ExprWhile) {
        self.within(e.label.as_ref(), true, |v| {
            v.visit_expr(&e.cond);
            v.visit_block(&e.body);
        });
    }

    fn visit_expr_loop(&mut self, e: &'ast syn::ExprLoop) {
        self.within(e.label.as_ref(), true, |v| v.visit_block(&e.body));
    }

    fn visit_expr_block(&mut self, e: &'ast syn::ExprBlock) {
        self.within(e.label.as_ref(), false, |v| v.visit_block(&e.block));
    }

    // What leaves these does not leave the loop.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
