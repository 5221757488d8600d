//! The branch-selection sites of a function: where an active value decides.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::activity::{Activity, is_discrete, of_call, of_operand};
use crate::ir::visit::all_block_stmts;
use crate::ir::{Arg, BinOp, Callee, Func, Op, Operand, StmtKind, Ty, Var};
use crate::rules::{self, Kind};
use crate::syntax::source::source_text;

/// A site, known by the variable that its operation binds.
#[derive(Clone, Debug)]
pub struct SiteInfo {
    /// Its place in `SITES`: the order of evaluation in the text.
    pub index: usize,
    /// The variant of `SiteKind`.
    pub kind: &'static str,
    /// The first token of the guard or call.
    pub span: Span,
    /// The guard or call as the user wrote it.
    pub source: String,
}

pub type Sites = BTreeMap<Var, SiteInfo>;

pub fn kinks(func: &Func, act: &Activity) -> Sites {
    let mut sites = Sites::new();
    all_block_stmts(&func.body, &mut |stmt| {
        let (StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op))) = &stmt.kind else {
            return;
        };
        let Some(kind) = kind(func, act, op) else {
            return;
        };
        let info = &func.vars[var.0 as usize];
        let tokens = func.sources.get(var).cloned().unwrap_or_default();
        let first = tokens.clone().into_iter().next();
        let span = first.map_or(info.span, |token| token.span());
        sites.insert(
            *var,
            SiteInfo {
                index: sites.len(),
                kind,
                span,
                source: source_text(tokens),
            },
        );
    });
    sites
}

fn kind(func: &Func, act: &Activity, op: &Op) -> Option<&'static str> {
    let active = |a: &Operand| !of_operand(act, a).0.is_empty();
    let may_be_float = |a: &Operand| match a {
        Operand::Var(v) => !is_discrete(&func.vars[v.0 as usize].ty),
        Operand::Lit(_) | Operand::Const(_) => true,
    };
    match op {
        Op::Binary(op, a, b) if op.is_comparison() => {
            let site = (active(a) || active(b)) && may_be_float(a) && may_be_float(b);
            site.then(|| comparison(*op))
        }
        Op::Binary(BinOp::Div | BinOp::DivAssign, _, b) if active(b) => Some("Div"),
        Op::Binary(BinOp::Rem | BinOp::RemAssign, a, b) if active(a) || active(b) => Some("Rem"),
        Op::Prim(row, args) if rules::is_site(row, args) => {
            args.iter().any(active).then_some(row.site_kind)
        }
        Op::Call(call) => {
            let name = call.callee.of_type()?.to_string();
            let row = rules::method(&name)?;
            let Callee::Method { .. } = call.callee else {
                return None;
            };
            let is_site = match (row.name, call.args.last()) {
                ("powi", Some(Arg::Value(n))) => rules::is_site(row, &[n.clone(), n.clone()]),
                _ => row.kind != Kind::Smooth,
            };
            (is_site && !of_call(act, call).0.is_empty()).then_some(row.site_kind)
        }
        Op::Extreme(e) => {
            let by_init = e.init.as_ref().is_some_and(active);
            let kind = if e.greatest { "MaxOf" } else { "MinOf" };
            (by_init || act.contains_key(&e.list.root)).then_some(kind)
        }
        Op::Opaque(opaque) => {
            let kind = match &opaque.gap {
                Some(gap) => gap.kind,
                None => rules::decides(&opaque.method()?.to_string())?,
            };
            opaque
                .holes
                .iter()
                .any(|hole| act.contains_key(&hole.root))
                .then_some(kind)
        }
        Op::Cast(a, conversion) if active(a) => {
            matches!(crate::syntax::types::ir_type(conversion.to()), Ty::Int(_)).then_some("Cast")
        }
        _ => None,
    }
}

fn comparison(op: BinOp) -> &'static str {
    match op {
        BinOp::Lt => "Less",
        BinOp::Le => "LessEqual",
        BinOp::Gt => "Greater",
        BinOp::Ge => "GreaterEqual",
        BinOp::Eq => "Equal",
        _ => "NotEqual",
    }
}

#[cfg(test)]
#[path = "kinks_tests.rs"]
mod tests;
