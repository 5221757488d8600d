//! Which variables a program uses so that a use by value must not move them: more
//! than once, or in a block other than the one that binds them (a loop's body may
//! run again).

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{all_block_stmts, stmt_binds, stmt_blocks, stmt_uses};
use crate::ir::{Adjoint, Block, Op, Operand, StmtKind, Var};

/// The variables that a use by value must not move, in each sweep.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub forward: BTreeSet<Var>,
    pub reverse: BTreeSet<Var>,
    pub tangent: BTreeSet<Var>,
    /// What the forward sweep hands to the reverse sweep.
    pub framed: BTreeSet<Var>,
}

impl Kept {
    /// What the forward sweep hands to the reverse sweep, it must not move either.
    pub fn of_sweeps(adjoint: &Adjoint) -> Kept {
        let mut framed: BTreeSet<Var> = adjoint.frame.iter().copied().collect();
        all_block_stmts(&adjoint.forward, &mut |stmt| match &stmt.kind {
            StmtKind::Push(vars) => framed.extend(vars),
            StmtKind::For(l) => framed.extend(&l.rows),
            _ => {}
        });
        let mut forward = reused(&adjoint.forward, &adjoint.result);
        forward.extend(&framed);
        Kept {
            framed,
            forward,
            reverse: reused(&adjoint.reverse, None),
            tangent: BTreeSet::new(),
        }
    }
}

impl Kept {
    /// Of two sweeps that share one scope.
    pub fn of_one(adjoint: &Adjoint) -> Kept {
        let mut stmts = adjoint.forward.0.clone();
        stmts.extend(adjoint.reverse.0.iter().cloned());
        let Kept { framed, .. } = Kept::of_sweeps(adjoint);
        let mut kept = reused(&Block(stmts), &adjoint.result);
        kept.extend(&framed);
        Kept {
            framed,
            forward: kept.clone(),
            reverse: kept,
            tangent: BTreeSet::new(),
        }
    }
}

/// `results` are what the program returns, used once more at its end.
pub fn reused<'a>(block: &Block, results: impl IntoIterator<Item = &'a Operand>) -> BTreeSet<Var> {
    let mut reuse = Reuse::default();
    reuse.block(block, 0);
    for result in results {
        if let Operand::Var(var) = result {
            reuse.used(*var, 0);
        }
    }
    reuse.again
}

#[derive(Default)]
struct Reuse {
    blocks: usize,
    bound_in: BTreeMap<Var, usize>,
    once: BTreeSet<Var>,
    again: BTreeSet<Var>,
}

impl Reuse {
    fn block(&mut self, block: &Block, number: usize) {
        for stmt in &block.0 {
            match &stmt.kind {
                StmtKind::Let(_, Op::StructTangent(tangent)) => {
                    self.looked_at(tangent.like, number);
                    // The same tangent may stand in two fields.
                    let mut others = Vec::new();
                    stmt_uses(stmt, &mut |var| others.push(var));
                    others.retain(|var| *var != tangent.like);
                    others.into_iter().for_each(|var| self.used(var, number));
                }
                // These only look at what they use: a later use may move it.
                StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op)) if only_looks(op) => {
                    stmt_uses(stmt, &mut |var| self.looked_at(var, number));
                }
                _ => stmt_uses(stmt, &mut |var| self.used(var, number)),
            }
            stmt_binds(stmt, &mut |var| {
                self.bound_in.insert(var, number);
            });
            stmt_blocks(stmt, &mut |inner| {
                self.blocks += 1;
                let number = self.blocks;
                self.block(inner, number);
            });
        }
    }

    fn looked_at(&mut self, var: Var, block: usize) {
        let here = self.bound_in.get(&var).copied().unwrap_or(0) == block;
        if !here || self.once.contains(&var) {
            self.again.insert(var);
        }
    }

    fn used(&mut self, var: Var, block: usize) {
        let here = self.bound_in.get(&var).copied().unwrap_or(0) == block;
        if !here || !self.once.insert(var) {
            self.again.insert(var);
        }
    }
}

/// Whether an operation takes no variable by value.
fn only_looks(op: &Op) -> bool {
    matches!(op, Op::ZeroLike(_) | Op::Len(_) | Op::Read(_))
}
