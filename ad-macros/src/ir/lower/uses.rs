//! What the body of a closure uses of the function around it, and what it changes.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprClosure, Pat, parse_quote};

use super::closure::identifiers;
use super::place::strip;
use super::scope::Scopes;

/// The names that an expression uses, in order, and whether one stands for its value
/// somewhere, not for a part of it.
#[derive(Default)]
pub(super) struct Uses(pub(super) Vec<(Ident, bool)>);

impl Uses {
    fn note(&mut self, e: &Expr, bare: bool) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let Some(ident) = p.path.get_ident() else {
            return false;
        };
        match self.0.iter_mut().find(|(name, _)| name == ident) {
            Some((_, noted)) => *noted |= bare,
            None => self.0.push((ident.clone(), bare)),
        }
        true
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, e: &'ast Expr) {
        let part = match e {
            Expr::Field(f) => Some(&*f.base),
            Expr::Index(i) => Some(&*i.expr),
            Expr::MethodCall(m) => Some(&*m.receiver),
            Expr::Reference(r) => Some(&*r.expr),
            _ => None,
        };
        match part {
            Some(part) if self.note(part, false) => match e {
                Expr::Index(i) => self.visit_expr(&i.index),
                Expr::MethodCall(m) => m.args.iter().for_each(|a| self.visit_expr(a)),
                _ => {}
            },
            _ => {
                if !self.note(e, true) {
                    visit::visit_expr(self, e);
                }
            }
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let mut names = BTreeSet::new();
        identifiers(mac.tokens.clone(), &mut names);
        for name in names {
            if let Ok(ident) = syn::parse_str::<Ident>(&name) {
                let expr: Expr = parse_quote!(#ident);
                self.note(&expr, true);
            }
        }
    }
}

/// Whether a name stands in an index.
pub(super) fn is_index(name: &Ident, body: &Expr) -> bool {
    struct Indices<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Indices<'_> {
        fn visit_expr_index(&mut self, e: &'ast syn::ExprIndex) {
            let mut names = BTreeSet::new();
            identifiers(e.index.to_token_stream(), &mut names);
            self.1 |= names.contains(&self.0.to_string());
            visit::visit_expr_index(self, e);
        }
    }
    let mut indices = Indices(name, false);
    indices.visit_expr(body);
    indices.1
}

/// The names that a pattern binds.
pub(super) fn bound_names(pat: &Pat) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0.push(p.ident.to_string());
            visit::visit_pat_ident(self, p);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}

/// A captured variable that a closure changes.
pub(super) fn changed(closure: &ExprClosure, scopes: &Scopes) -> Option<Ident> {
    struct Changes<'s>(&'s Scopes, Vec<BTreeSet<String>>, Option<Ident>);
    impl Changes<'_> {
        fn within(&mut self, f: impl FnOnce(&mut Self)) {
            self.1.push(BTreeSet::new());
            f(self);
            self.1.pop();
        }
        fn target(&mut self, e: &Expr) {
            match strip(e) {
                Expr::Path(p) => {
                    let Some(ident) = p.path.get_ident() else {
                        return;
                    };
                    let name = ident.to_string();
                    let own = self.1.iter().any(|names| names.contains(&name));
                    if !own && self.0.contains(&name) {
                        self.2.get_or_insert(ident.clone());
                    }
                }
                Expr::Index(i) => self.target(&i.expr),
                Expr::Field(f) => self.target(&f.base),
                Expr::Unary(u) => self.target(&u.expr),
                Expr::Tuple(t) => t.elems.iter().for_each(|e| self.target(e)),
                Expr::Array(t) => t.elems.iter().for_each(|e| self.target(e)),
                _ => {}
            }
        }
    }
    impl<'ast> Visit<'ast> for Changes<'_> {
        fn visit_expr_assign(&mut self, e: &'ast syn::ExprAssign) {
            self.target(&e.left);
            visit::visit_expr_assign(self, e);
        }
        fn visit_expr_binary(&mut self, e: &'ast syn::ExprBinary) {
            if super::expr::operator(&e.op).is_none()
                && !matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_))
            {
                self.target(&e.left);
            }
            visit::visit_expr_binary(self, e);
        }
        fn visit_expr_reference(&mut self, e: &'ast syn::ExprReference) {
            if e.mutability.is_some() {
                self.target(&e.expr);
            }
            visit::visit_expr_reference(self, e);
        }
        fn visit_block(&mut self, b: &'ast syn::Block) {
            self.within(|v| visit::visit_block(v, b));
        }
        fn visit_arm(&mut self, a: &'ast syn::Arm) {
            self.within(|v| visit::visit_arm(v, a));
        }
        fn visit_expr_for_loop(&mut self, e: &'ast syn::ExprForLoop) {
            self.within(|v| visit::visit_expr_for_loop(v, e));
        }
        fn visit_expr_closure(&mut self, e: &'ast ExprClosure) {
            self.within(|v| visit::visit_expr_closure(v, e));
        }
        fn visit_expr_if(&mut self, e: &'ast syn::ExprIf) {
            self.within(|v| visit::visit_expr_if(v, e));
        }
        fn visit_expr_while(&mut self, e: &'ast syn::ExprWhile) {
            self.within(|v| visit::visit_expr_while(v, e));
        }
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            if let Some(names) = self.1.last_mut() {
                names.insert(p.ident.to_string());
            }
        }
    }
    let mut changes = Changes(scopes, vec![BTreeSet::new()], None);
    for input in &closure.inputs {
        changes.visit_pat(input);
    }
    changes.visit_expr(&closure.body);
    changes.2
}
