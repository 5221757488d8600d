//! The order in which memory is read and written, seen from the structure of
//! the program: enough to tell which overwrites the reverse sweep must undo.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{stmt_binds, stmt_blocks, stmt_places};
use crate::ir::{Block, Stmt, StmtKind, Var};

/// A point of the program: the number of its statement in preorder, and the
/// loops around it by the numbers of their statements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub position: usize,
    pub loops: BTreeSet<usize>,
}

impl At {
    /// Whether a read here can happen before a write at `write`, for a memory
    /// declared at `declared`: earlier in the text, or in an earlier round of a
    /// loop that both share and that the memory outlives.
    pub fn can_precede(&self, write: &At, declared: &At) -> bool {
        self.position < write.position
            || self.loops.intersection(&write.loops).any(|l| !declared.loops.contains(l))
    }
}

/// Where each memory is declared and written.
#[derive(Debug, Default)]
pub struct Flow {
    /// Parameters are absent: they are declared outside everything.
    pub declared: BTreeMap<Var, At>,
    pub writes: BTreeMap<Var, Vec<At>>,
}

pub fn flow(body: &Block) -> Flow {
    let mut flow = Flow::default();
    let mut position = 0;
    walk(body, &mut position, &BTreeSet::new(), &mut flow);
    flow
}

/// The number of statements in a statement, itself included: positions of the
/// statements after it follow from it.
pub fn size(stmt: &Stmt) -> usize {
    let mut n = 1;
    stmt_blocks(stmt, &mut |b| n += b.0.iter().map(size).sum::<usize>());
    n
}

fn walk(block: &Block, position: &mut usize, loops: &BTreeSet<usize>, flow: &mut Flow) {
    for stmt in &block.0 {
        let at = At { position: *position, loops: loops.clone() };
        stmt_binds(stmt, &mut |v| {
            flow.declared.insert(v, at.clone());
        });
        stmt_places(stmt, &mut |place, access| {
            if access.writes() {
                flow.writes.entry(place.root).or_default().push(at.clone());
            }
        });
        *position += 1;
        let mut inside = loops.clone();
        if matches!(stmt.kind, StmtKind::For(_) | StmtKind::Loop(_)) {
            inside.insert(at.position);
        }
        stmt_blocks(stmt, &mut |b| walk(b, position, &inside, flow));
    }
}
