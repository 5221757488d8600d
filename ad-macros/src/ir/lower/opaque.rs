//! User tokens that are carried through: the program's variables in them become
//! holes, or names that the emitter binds.

use proc_macro2::{Ident, Span};
use std::collections::{BTreeMap, BTreeSet};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Expr, Token, UnOp, parse_quote};

use super::exits::has_control_flow;
use super::place::strip;
use super::scope::Binding;
use super::{Lower, Value};
use crate::ir::types::place_ty;
use crate::ir::{Op, Opaque, Operand, Passing, Place, Refusal, Ty};
use crate::syntax::fence;

impl Lower<'_> {
    /// An expression that no active value can reach, as the user wrote it.
    pub(super) fn carried(&mut self, e: &Expr, ty: Ty, pure: bool) -> Value {
        let (expr, holes) = self.holes(e);
        Value::new(
            Op::Opaque(Box::new(Opaque {
                expr,
                holes,
                pure,
                refusal: None,
                gap: None,
            })),
            ty,
        )
    }

    /// An expression outside the language, which is refused if an active value
    /// reaches it.
    pub(super) fn carried_unless_active(
        &mut self,
        e: &Expr,
        span: Span,
        what: impl std::fmt::Display,
        help: impl std::fmt::Display,
    ) -> Value {
        if has_control_flow(e) {
            return self.refuse(span, what, help);
        }
        let refusal = Some(Refusal {
            span,
            what: what.to_string(),
            help: help.to_string(),
        });
        let (expr, holes) = self.holes(e);
        Value::new(
            Op::Opaque(Box::new(Opaque {
                expr,
                holes,
                pure: false,
                refusal,
                gap: None,
            })),
            Ty::Unknown,
        )
    }

    /// An expression of the compiler's own over places and operands, which it
    /// writes as `__hole_0`, `__hole_1`, ...
    pub(super) fn made(&mut self, expr: Expr, holes: Vec<Place>, ty: Ty, pure: bool) -> Value {
        Value::new(
            Op::Opaque(Box::new(Opaque {
                expr,
                holes,
                pure,
                refusal: None,
                gap: None,
            })),
            ty,
        )
    }

    /// An operand as the place that a hole stands for.
    pub(super) fn hole(&mut self, operand: Operand) -> Place {
        let ty = self.operand_ty(&operand);
        Place::of(self.variable(Value::operand(operand, ty)))
    }

    fn holes(&mut self, e: &Expr) -> (Expr, Vec<Place>) {
        let mut expr = e.clone();
        let mut names = Names::new(self, Style::Holes);
        names.visit_expr_mut(&mut expr);
        let mut holes: Vec<(usize, Place)> = names
            .found
            .into_values()
            .map(|(k, _, place)| (k, place))
            .collect();
        holes.sort_by_key(|(k, _)| *k);
        (expr, holes.into_iter().map(|(_, place)| place).collect())
    }

    /// The names of the program in the arguments of a macro, which are rewritten
    /// so that they fit references to the places.
    pub(super) fn named_places(
        &mut self,
        args: &mut [Expr],
        captures: &[Ident],
    ) -> Vec<(Ident, Place)> {
        let mut names = Names::new(self, Style::Names);
        for arg in args {
            names.visit_expr_mut(arg);
        }
        for ident in captures {
            if let Some(binding) = names.lower.scopes.find(&ident.to_string()).cloned() {
                names.number(ident, &binding);
            }
        }
        let mut found: Vec<_> = names
            .found
            .values()
            .map(|(k, ident, place)| (*k, names.name(*k, ident), place.clone()))
            .collect();
        found.sort_by_key(|(k, ..)| *k);
        found
            .into_iter()
            .map(|(_, ident, place)| (ident, place))
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Holes,
    Names,
}

/// Replaces the names of the program's variables.
struct Names<'l, 'a> {
    lower: &'l mut Lower<'a>,
    style: Style,
    found: BTreeMap<String, (usize, Ident, Place)>,
    /// Names bound inside the expression.
    shadowed: Vec<BTreeSet<String>>,
}

impl<'l, 'a> Names<'l, 'a> {
    fn new(lower: &'l mut Lower<'a>, style: Style) -> Self {
        Names {
            lower,
            style,
            found: BTreeMap::new(),
            shadowed: Vec::new(),
        }
    }

    fn binding(&self, e: &Expr) -> Option<(Ident, Binding)> {
        let Expr::Path(p) = strip(e) else { return None };
        let ident = p.path.get_ident()?;
        let name = ident.to_string();
        if self.shadowed.iter().any(|names| names.contains(&name)) {
            return None;
        }
        Some((ident.clone(), self.lower.scopes.find(&name)?.clone()))
    }

    /// A name of this function that stands for no value.
    fn function_or_iterator(&self, e: &Expr) -> Option<Span> {
        let Expr::Path(p) = strip(e) else { return None };
        let ident = p.path.get_ident()?;
        let name = ident.to_string();
        let shadowed = self.shadowed.iter().any(|names| names.contains(&name));
        let scopes = &self.lower.scopes;
        let has_no_value = scopes.contains(&name) && scopes.find(&name).is_none();
        (!shadowed && has_no_value).then(|| ident.span())
    }

    /// The number of a variable and whether its value is a scalar. A scalar is
    /// read before the expression, so that it does not depend on memory.
    fn number(&mut self, ident: &Ident, binding: &Binding) -> (usize, bool) {
        let scalar = self
            .lower
            .is_scalar(&place_ty(&self.lower.vars, &binding.place));
        if let Some((k, ..)) = self.found.get(&ident.to_string()) {
            return (*k, scalar);
        }
        let mut place = binding.place.clone();
        if scalar && self.style == Style::Holes {
            let value = self.lower.read(place);
            place = Place::of(self.lower.variable(value));
        }
        let k = self.found.len();
        self.found
            .insert(ident.to_string(), (k, ident.clone(), place));
        (k, scalar)
    }

    fn name(&self, k: usize, ident: &Ident) -> Ident {
        match self.style {
            Style::Holes => Ident::new(&format!("__hole_{k}"), ident.span()),
            // No other variable can be called `self`.
            Style::Names if ident == "self" => Ident::new("__self", ident.span()),
            Style::Names => ident.clone(),
        }
    }
}

impl VisitMut for Names<'_, '_> {
    fn visit_expr_mut(&mut self, e: &mut Expr) {
        if let Expr::Unary(u) = e
            && matches!(u.op, UnOp::Deref(_))
            && let Some((ident, binding)) = self.binding(behind_stars(&u.expr))
            && binding.by != Passing::Value
            && let (k, true) = self.number(&ident, &binding)
        {
            let name = self.name(k, &ident);
            *e = parse_quote!(#name);
            return;
        }
        if let Some(span) = self.function_or_iterator(e) {
            let (what, help) = fence::ESCAPES;
            self.lower.refuse(span, what, help);
            return;
        }
        if let Some((ident, binding)) = self.binding(e) {
            let (k, scalar) = self.number(&ident, &binding);
            let name = self.name(k, &ident);
            *e = match (self.style, binding.by, scalar) {
                (_, Passing::Value, true) | (Style::Holes, Passing::Value, _) => {
                    parse_quote!(#name)
                }
                (Style::Names, Passing::Value, false) => parse_quote!((*#name)),
                (Style::Names, _, false) => parse_quote!(#name),
                (_, Passing::RefMut, false) => parse_quote!((&mut #name)),
                _ => parse_quote!((&#name)),
            };
            return;
        }
        // `constant(..)` is no part of what is carried: no active value leaves it.
        if let Expr::Call(c) = e
            && self.style == Style::Holes
            && self.shadowed.is_empty()
            && is_constant(c)
        {
            let value = self.lower.call(c);
            let place = Place::of(self.lower.variable(value));
            let k = self.found.len();
            let name = self.name(k, &Ident::new("constant", Span::call_site()));
            self.found
                .insert(format!("constant {k}"), (k, name.clone(), place));
            *e = parse_quote!(#name);
            return;
        }
        // An array as the base of an index or of a method is borrowed there.
        match e {
            Expr::Index(i) if self.style == Style::Holes => {
                self.base(&mut i.expr);
                self.visit_expr_mut(&mut i.index);
            }
            Expr::MethodCall(m) if self.style == Style::Holes => {
                self.base(&mut m.receiver);
                m.args.iter_mut().for_each(|a| self.visit_expr_mut(a));
            }
            Expr::Closure(c) => {
                let names = c.inputs.iter().flat_map(pattern_names).collect();
                self.shadowed.push(names);
                self.visit_expr_mut(&mut c.body);
                self.shadowed.pop();
            }
            e => syn::visit_mut::visit_expr_mut(self, e),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        self.shadowed.push(BTreeSet::new());
        for stmt in &mut block.stmts {
            self.visit_stmt_mut(stmt);
            if let syn::Stmt::Local(local) = stmt {
                let names = pattern_names(&local.pat);
                self.shadowed
                    .last_mut()
                    .into_iter()
                    .for_each(|set| set.extend(names.iter().cloned()));
            }
        }
        self.shadowed.pop();
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        // `matches!(value, pattern)`, or a list of expressions.
        let is_matches = mac.path.is_ident("matches");
        let parsed = if is_matches {
            split_matches(mac).map(|(value, rest)| (vec![value], rest))
        } else {
            let list = Punctuated::<Expr, Token![,]>::parse_terminated;
            list.parse2(mac.tokens.clone())
                .ok()
                .map(|list| (list.into_iter().collect(), proc_macro2::TokenStream::new()))
        };
        match parsed {
            Some((mut args, rest)) => {
                args.iter_mut().for_each(|arg| self.visit_expr_mut(arg));
                mac.tokens = quote::quote!(#(#args),* #rest);
            }
            None => {
                let span = mac.bang_token.span;
                let help = "compute its value before, with an expression";
                self.lower
                    .refuse(span, "this macro is not understood here", help);
            }
        }
    }
}

impl Names<'_, '_> {
    fn base(&mut self, e: &mut Expr) {
        match self.binding(e) {
            Some((ident, binding)) => {
                let (k, _) = self.number(&ident, &binding);
                let name = self.name(k, &ident);
                *e = parse_quote!(#name);
            }
            None => self.visit_expr_mut(e),
        }
    }
}

/// References do not exist: all stars in front of one mean the same.
fn behind_stars(e: &Expr) -> &Expr {
    match strip(e) {
        Expr::Unary(u) if matches!(u.op, UnOp::Deref(_)) => behind_stars(&u.expr),
        e => e,
    }
}

/// `constant(..)`, `ad_runtime::constant(..)`
fn is_constant(call: &syn::ExprCall) -> bool {
    match strip(&call.func) {
        Expr::Path(p) => {
            let last = p.path.segments.last();
            p.path.segments.len() <= 2 && last.is_some_and(|s| s.ident == "constant")
        }
        _ => false,
    }
}

/// `matches!`'s value, and the rest of its tokens from the comma on.
pub(super) fn split_matches(mac: &syn::Macro) -> Option<(Expr, proc_macro2::TokenStream)> {
    let parser = |input: syn::parse::ParseStream<'_>| {
        let value: Expr = input.parse()?;
        let rest: proc_macro2::TokenStream = input.parse()?;
        Ok((value, rest))
    };
    parser.parse2(mac.tokens.clone()).ok()
}

/// The names that a pattern binds.
pub(super) fn pattern_names(pat: &syn::Pat) -> Vec<String> {
    struct Found(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Found {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0.push(p.ident.to_string());
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut found = Found(Vec::new());
    syn::visit::Visit::visit_pat(&mut found, pat);
    found.0
}
