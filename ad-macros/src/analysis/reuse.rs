//! Which variables a program uses so that a use by value must not move them: more
//! than once, or in a block other than the one that binds them (a loop's body may
//! run again).

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{stmt_binds, stmt_blocks, stmt_uses};
use crate::ir::{Block, Operand, Var};

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
