//! Removes the copies that the transforms leave behind, so that the generated
//! code reads as a person would write it.
//!
//! Only temporaries that a transform bound are removed: the user's own keep
//! their names and their place.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{PartMut, all_block_stmts, stmt_blocks_mut, stmt_parts_mut};
use crate::ir::{Block, Op, Operand, Place, StmtKind, Var, VarInfo, VarKind};

/// Copies `let a = b` of variables numbered `from` and above are replaced by
/// what they copy; `a`'s name goes to `b` where `b` has none of its own.
/// `result` is what the program returns.
pub fn simplify(vars: &mut [VarInfo], block: &mut Block, result: Option<&mut Operand>, from: u32) {
    let mut copies = BTreeMap::new();
    let kept = kept(block);
    walk(vars, block, from, &kept, &mut copies);
    if let Some(result) = result {
        replace(PartMut::Operand(result), &copies);
    }
}

/// What is moved to the tape is bound again under its own name.
fn kept(block: &Block) -> BTreeSet<Var> {
    let mut kept = BTreeSet::new();
    all_block_stmts(block, &mut |stmt| match &stmt.kind {
        StmtKind::Push(vars) => kept.extend(vars),
        StmtKind::For(l) => kept.extend(&l.rows),
        _ => {}
    });
    kept
}

fn walk(
    vars: &mut [VarInfo],
    block: &mut Block,
    from: u32,
    kept: &BTreeSet<Var>,
    copies: &mut BTreeMap<Var, Operand>,
) {
    let stmts = std::mem::take(&mut block.0);
    for mut stmt in stmts {
        stmt_parts_mut(&mut stmt, &mut |part| replace(part, copies));
        if let StmtKind::Let(var, op) = &stmt.kind
            && var.0 >= from
            && !kept.contains(var)
            && let Some(source) = copied(vars, op)
        {
            if let Operand::Var(source) = source
                && source.0 >= from
                && is_generic(&vars[source.0 as usize].name)
            {
                vars[source.0 as usize].name = vars[var.0 as usize].name.clone();
            }
            copies.insert(*var, source);
            continue;
        }
        stmt_blocks_mut(&mut stmt, &mut |b| walk(vars, b, from, kept, copies));
        block.0.push(stmt);
    }
}

/// What an operation copies: a temporary, by use or by a whole read.
fn copied(vars: &[VarInfo], op: &Op) -> Option<Operand> {
    match op {
        Op::Use(operand @ Operand::Var(_)) => Some(operand.clone()),
        Op::Read(Place { root, proj }) if proj.is_empty() => {
            (vars[root.0 as usize].kind == VarKind::Temp).then_some(Operand::Var(*root))
        }
        _ => None,
    }
}

fn is_generic(name: &str) -> bool {
    matches!(name, "t" | "zero")
}

fn replace(part: PartMut<'_>, copies: &BTreeMap<Var, Operand>) {
    match part {
        PartMut::Operand(operand) => {
            if let Operand::Var(var) = operand
                && let Some(source) = copies.get(var)
            {
                *operand = source.clone();
            }
        }
        PartMut::Place(place, _) => {
            if let Some(Operand::Var(source)) = copies.get(&place.root) {
                place.root = *source;
            }
            crate::ir::visit::place_operands_mut(place, &mut |operand| {
                replace(PartMut::Operand(operand), copies);
            });
        }
        PartMut::Name(_) | PartMut::Bind(_) => {}
    }
}

#[cfg(test)]
#[path = "simplify_tests.rs"]
mod tests;
