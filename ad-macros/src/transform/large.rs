//! Large local arrays live in memory of the tape: on the stack they would stand
//! three times, in the forward sweep, in the frame and as their cotangent.

use std::collections::BTreeMap;

use crate::ir::types::{element, is_copy};
use crate::ir::{Block, Func, Op, Operand, Stmt, StmtKind, Ty, Var, VarInfo};

/// Arrays of this many numbers or more.
const LARGE: usize = 64;

/// Marks the arrays whose length is a literal.
pub fn large(func: &mut Func) {
    let mut shapes = BTreeMap::new();
    mark(&mut func.vars, &func.body, &mut shapes);
}

/// The length of an array, and how many numbers it holds.
type Shapes = BTreeMap<Var, (usize, usize)>;

fn mark(vars: &mut [VarInfo], block: &Block, shapes: &mut Shapes) {
    for Stmt { kind, .. } in &block.0 {
        if let StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) = kind
            && let Some((length, size)) = shape(op, shapes)
        {
            shapes.insert(*var, (length, size));
            let info = &mut vars[var.0 as usize];
            let of_numbers = matches!(info.ty, Ty::Array(_)) && is_copy(&element(&info.ty));
            if of_numbers && size >= LARGE {
                info.on_tape = Some(length);
            }
        }
        match kind {
            StmtKind::If(_, a, b) => {
                mark(vars, a, shapes);
                mark(vars, b, shapes);
            }
            StmtKind::For(l) => mark(vars, &l.body, shapes),
            StmtKind::Loop(l) => mark(vars, &l.body, shapes),
            _ => {}
        }
    }
}

fn shape(op: &Op, shapes: &Shapes) -> Option<(usize, usize)> {
    let size = |operand: &Operand| match operand {
        Operand::Var(v) => shapes.get(v).map_or(1, |(_, size)| *size),
        _ => 1,
    };
    match op {
        Op::Repeat(element, length) => {
            let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Int(length),
                ..
            }) = &**length
            else {
                return None;
            };
            let length: usize = length.base10_parse().ok()?;
            Some((length, length.saturating_mul(size(element))))
        }
        Op::Array(parts) => Some((parts.len(), parts.iter().map(size).sum())),
        Op::Read(place) if place.proj.is_empty() => shapes.get(&place.root).copied(),
        Op::Use(Operand::Var(v)) => shapes.get(v).copied(),
        _ => None,
    }
}
