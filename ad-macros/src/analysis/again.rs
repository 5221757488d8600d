//! What would be another value, or happen twice, if it ran again: the iterations of a loop under
//! `#[checkpoint(n)]` do.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, Macro};

use super::activity::{Activity, of_call};
use crate::diag::Errors;
use crate::ir::visit::{all_block_stmts, all_stmts};
use crate::ir::{Callee, Func, Op, StmtKind};

/// Refuses calls in checkpointed loops that nothing is known of. Calls of functions of the
/// user's are left to rustc: `emit` names the item that they must have.
pub fn refuse_unrepeatable(func: &Func, act: &Activity, errors: &mut Errors) {
    all_block_stmts(&func.body, &mut |stmt| {
        let StmtKind::For(l) = &stmt.kind else { return };
        if l.checkpoint.is_none() {
            return;
        }
        for stmt in &l.body.0 {
            all_stmts(stmt, &mut |stmt| {
                let (StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op))) = &stmt.kind else {
                    return;
                };
                let span = match op {
                    Op::Opaque(opaque) if !opaque.pure => unknown_call(&opaque.expr),
                    Op::Call(call) if of_call(act, call).0.is_empty() => match &call.callee {
                        Callee::Associated(p) if !is_repeatable(&p.path) => Some(p.span()),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(span) = span {
                    errors.push(
                        span,
                        "a loop under `#[checkpoint(n)]` runs its iterations again, and this call may then give something else",
                        "call it before the loop, or in a function with `#[conservative_grad(constant)]` that always gives the same",
                    );
                }
            });
        }
    });
}

/// The first call of a function of which nothing is known.
fn unknown_call(e: &Expr) -> Option<Span> {
    let mut calls = Calls { found: None };
    calls.visit_expr(e);
    calls.found
}

struct Calls {
    found: Option<Span>,
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let known = match &*call.func {
            Expr::Path(p) => is_repeatable(&p.path),
            _ => true,
        };
        if !known {
            self.found.get_or_insert(call.func.span());
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let known = ["vec", "matches", "format", "cfg", "concat", "stringify"];
        if !known.iter().any(|name| mac.path.is_ident(name)) {
            self.found.get_or_insert(mac.path.span());
        }
    }
}

/// Constructors, and functions of the types that std has everywhere, give the same for the same
/// arguments. The compiler's own helpers do, too.
fn is_repeatable(path: &syn::Path) -> bool {
    let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
    let Some((last, of)) = names.split_last() else {
        return false;
    };
    if last.starts_with(char::is_uppercase) {
        return true;
    }
    let known = [
        "f64",
        "f32",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "bool",
        "char",
        "str",
        "String",
        "Vec",
        "Option",
        "Result",
        "Box",
        "cmp",
        "__private",
        "ad_runtime",
    ];
    of.iter().any(|name| known.contains(&name.as_str()))
}
