//! Assignments that give a memory its first value: there is no old value to keep
//! before them.

use std::collections::BTreeSet;

use crate::ir::visit::{block_written_roots, stmt_blocks};
use crate::ir::{Block, Stmt, StmtKind, Var};

/// What is known of the first assignments of memories declared without a value.
#[derive(Debug, Default)]
pub struct Initial {
    /// The stores, by their numbers in preorder, before which the memory has no
    /// value on any path.
    pub stores: BTreeSet<usize>,
    /// Memories with a store before which they have a value on some paths only.
    pub unclear: BTreeSet<Var>,
}

pub fn initial(body: &Block) -> Initial {
    let mut walk = Walk {
        found: Initial::default(),
        position: 0,
    };
    walk.block(body, &mut State::default());
    walk.found
}

#[derive(Clone, Default)]
struct State {
    /// Memories without a value on every path.
    unassigned: BTreeSet<Var>,
    /// Memories without a value on some path.
    open: BTreeSet<Var>,
}

struct Walk {
    found: Initial,
    position: usize,
}

impl Walk {
    fn block(&mut self, block: &Block, state: &mut State) {
        for stmt in &block.0 {
            self.stmt(stmt, state);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, state: &mut State) {
        let position = self.position;
        self.position += 1;
        match &stmt.kind {
            StmtKind::Declare(v, None) => {
                state.unassigned.insert(*v);
                state.open.insert(*v);
            }
            StmtKind::Store(p, _) if p.proj.is_empty() => {
                if state.unassigned.remove(&p.root) {
                    self.found.stores.insert(position);
                } else if state.open.contains(&p.root) {
                    self.found.unclear.insert(p.root);
                }
                state.open.remove(&p.root);
            }
            StmtKind::If(_, a, b) => {
                let mut other = state.clone();
                self.block(a, state);
                self.block(b, &mut other);
                state.unassigned.retain(|v| other.unassigned.contains(v));
                state.open.append(&mut other.open);
            }
            _ => stmt_blocks(stmt, &mut |body| {
                // The body may have run before.
                let written = block_written_roots(body);
                state.unassigned.retain(|v| !written.contains(v));
                self.block(body, &mut state.clone());
            }),
        }
    }
}
