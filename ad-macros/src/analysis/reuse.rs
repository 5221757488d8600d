//! Which variables a program uses so that a use by value must not move them: more
//! than once, or in a block other than the one that binds them (a loop's body may
//! run again).

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{all_block_stmts, stmt_binds, stmt_blocks, stmt_uses};
use crate::ir::{Adjoint, Block, Operand, StmtKind, Var};

/// The variables that a use by value must not move, in each sweep.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub forward: BTreeSet<Var>,
    pub reverse: BTreeSet<Var>,
    pub tangent: BTreeSet<Var>,
}

impl Kept {
    /// What the forward sweep hands to the reverse sweep, it must not move either.
    pub fn of_sweeps(adjoint: &Adjoint) -> Kept {
        let mut forward = reused(&adjoint.forward, &adjoint.result);
        forward.extend(&adjoint.frame);
        all_block_stmts(&adjoint.forward, &mut |stmt| match &stmt.kind {
            StmtKind::Push(vars) => forward.extend(vars),
            StmtKind::For(l) => forward.extend(&l.rows),
            _ => {}
        });
        Kept {
            forward,
            reverse: reused(&adjoint.reverse, None),
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
            stmt_uses(stmt, &mut |var| self.used(var, number));
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

    fn used(&mut self, var: Var, block: usize) {
        let here = self.bound_in.get(&var).copied().unwrap_or(0) == block;
        if !here || !self.once.insert(var) {
            self.again.insert(var);
        }
    }
}
