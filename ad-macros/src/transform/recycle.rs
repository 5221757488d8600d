//! Vectors give their memory back to the tape at the end of the block that binds
//! them, so that the next call finds it there: a warm tape allocates nothing.

use std::collections::BTreeSet;

use super::build::{Code, Vars, root};
use crate::ir::types::is_copy;
use crate::ir::visit::{Part, all_block_stmts, stmt_blocks, stmt_blocks_mut, stmt_parts};
use crate::ir::{Adjoint, Block, Op, Operand, Stmt, StmtKind, Ty, Var, VarInfo, VarKind};

/// Both sweeps; what the forward sweep hands on ends with the reverse sweep, and
/// what it returns, with `result_tan` if it has tangents, lives on.
pub fn recycle(adjoint: &mut Adjoint, result_tan: Option<&Operand>) {
    let mut kept: BTreeSet<Var> = adjoint.frame.iter().copied().collect();
    for result in adjoint.result.iter().chain(result_tan) {
        if let Operand::Var(var) = result {
            kept.insert(*var);
        }
    }
    overwritten(adjoint);
    let vars = &adjoint.vars;
    block(vars, &mut adjoint.forward, &[], &kept);
    let handed: Vec<Var> = adjoint
        .frame
        .iter()
        .copied()
        .filter(|v| of_tape(&vars[v.0 as usize]))
        .collect();
    block(vars, &mut adjoint.reverse, &handed, &BTreeSet::new());
}

/// A vector that is overwritten is exchanged for the new one, so that the old one
/// can be given back.
fn overwritten(adjoint: &mut Adjoint) {
    let mut unassigned = BTreeSet::new();
    for sweep in [&adjoint.forward, &adjoint.reverse] {
        all_block_stmts(sweep, &mut |stmt| {
            if let StmtKind::Declare(var, None | Some(Op::Placeholder)) = stmt.kind {
                unassigned.insert(var);
            }
        });
    }
    let mut vars = Vars(std::mem::take(&mut adjoint.vars));
    for sweep in [&mut adjoint.forward, &mut adjoint.reverse] {
        exchange(&mut vars, sweep, &unassigned);
    }
    adjoint.vars = vars.0;
}

fn exchange(vars: &mut Vars, b: &mut Block, unassigned: &BTreeSet<Var>) {
    for mut stmt in std::mem::take(&mut b.0) {
        stmt_blocks_mut(&mut stmt, &mut |inner| exchange(vars, inner, unassigned));
        match stmt.kind {
            StmtKind::Store(place, value @ Operand::Var(_))
                if gives(&vars.place_ty(&place)) && !unassigned.contains(&place.root) =>
            {
                let ty = vars.place_ty(&place);
                let mut code = Code::new(vars, stmt.span);
                let new = code.vars.fresh("new", VarKind::Memory, ty, stmt.span);
                code.stmt(StmtKind::Declare(new, Some(Op::Use(value))));
                code.stmt(StmtKind::Swap(place, root(new)));
                code.stmt(StmtKind::Recycle(new));
                b.0.extend(code.stmts);
            }
            _ => b.0.push(stmt),
        }
    }
}

/// `bound` are bound before the block and end with it; `kept` live on.
fn block(vars: &[VarInfo], b: &mut Block, bound: &[Var], kept: &BTreeSet<Var>) {
    let mut moved = kept.clone();
    all_moved(vars, b, &mut moved);
    let mut ends: Vec<Var> = bound.to_vec();
    for stmt in &b.0 {
        match &stmt.kind {
            StmtKind::Let(v, op) | StmtKind::Declare(v, Some(op)) => {
                let info = &vars[v.0 as usize];
                if of_tape(info) || matches!((&info.ty, op), (Ty::Vec(_), Op::ZeroLike(_))) {
                    ends.push(*v);
                }
            }
            StmtKind::Pop(popped) => {
                ends.extend(popped.iter().filter(|v| of_tape(&vars[v.0 as usize])));
            }
            _ => {}
        }
    }
    for stmt in &mut b.0 {
        stmt_blocks_mut(stmt, &mut |inner| {
            block(vars, inner, &[], &BTreeSet::new());
        });
    }
    if b.0.last().is_some_and(diverges) {
        return;
    }
    // The last one bound is the first that the next block asks for.
    for var in ends.into_iter().rev().filter(|v| !moved.contains(v)) {
        b.0.push(Stmt {
            kind: StmtKind::Recycle(var),
            span: vars[var.0 as usize].span,
        });
    }
}

/// Whether the memory of a value is the tape's to take: of other types rustc alone
/// knows what they own.
fn gives(ty: &Ty) -> bool {
    matches!(ty, Ty::Vec(t) if is_copy(t))
}

/// Whether a variable's memory is the tape's.
fn of_tape(info: &VarInfo) -> bool {
    info.on_tape.is_some() || gives(&info.ty)
}

fn diverges(stmt: &Stmt) -> bool {
    matches!(&stmt.kind, StmtKind::Effect(effect) if effect.diverges())
}

/// Variables that a use by value may move out of, and those pushed or given back.
fn all_moved(vars: &[VarInfo], b: &Block, moved: &mut BTreeSet<Var>) {
    for stmt in &b.0 {
        stmt_parts(stmt, &mut |part| match part {
            // An array is copied.
            Part::Operand(Operand::Var(v)) if vars[v.0 as usize].on_tape.is_some() => {}
            Part::Operand(Operand::Var(v)) | Part::Name(v) => drop(moved.insert(*v)),
            _ => {}
        });
        stmt_blocks(stmt, &mut |inner| all_moved(vars, inner, moved));
    }
}

#[cfg(test)]
#[path = "recycle_tests.rs"]
mod tests;
