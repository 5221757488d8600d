//! The order in which memory is read and written, seen from the structure of
//! the program: enough to tell which overwrites the reverse sweep must undo.

use std::collections::{BTreeMap, BTreeSet};

use super::initial::initial;
use crate::ir::types::place_ty;
use crate::ir::visit::{all_stmts, stmt_binds, stmt_blocks, stmt_places};
use crate::ir::{Arg, Block, Op, Place, Stmt, StmtKind, Ty, Var, VarInfo};

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
            || self
                .loops
                .intersection(&write.loops)
                .any(|l| !declared.loops.contains(l))
    }
}

/// Where each memory is declared and written.
#[derive(Debug, Default)]
pub struct Flow {
    /// Parameters are absent: they are declared outside everything.
    pub declared: BTreeMap<Var, At>,
    pub writes: BTreeMap<Var, Vec<At>>,
    /// The writes after which something in the memory may have another length.
    pub reshapes: BTreeMap<Var, Vec<At>>,
    /// The stores that give a memory its first value.
    pub first_stores: BTreeSet<usize>,
}

pub fn flow(vars: &[VarInfo], body: &Block) -> Flow {
    let mut flow = Flow {
        first_stores: initial(body).stores,
        ..Flow::default()
    };
    let mut position = 0;
    walk(vars, body, &mut position, &BTreeSet::new(), &mut flow);
    flow
}

/// The roots of the places in which a statement may change a length, nested
/// blocks included.
pub fn reshaped_roots(vars: &[VarInfo], stmt: &Stmt) -> BTreeSet<Var> {
    let mut roots = BTreeSet::new();
    all_stmts(stmt, &mut |s| {
        reshapes(vars, s, &mut |v| {
            roots.insert(v);
        })
    });
    roots
}

/// The roots of the places in which a statement itself may change a length. In a callee
/// that has a derivative no list of floats grows, but what is inside of a parameter may.
fn reshapes(vars: &[VarInfo], stmt: &Stmt, f: &mut dyn FnMut(Var)) {
    let may_resize = |place: &Place| has_length(&place_ty(vars, place));
    match &stmt.kind {
        StmtKind::VecPush(p, _) | StmtKind::VecTruncate(p) => f(p.root),
        StmtKind::Store(p, _) if may_resize(p) => f(p.root),
        StmtKind::Swap(p, q) if may_resize(p) || may_resize(q) => {
            f(p.root);
            f(q.root);
        }
        StmtKind::Let(_, Op::Call(call)) | StmtKind::Declare(_, Some(Op::Call(call))) => {
            for arg in &call.args {
                let Arg::RefMut(p) = arg else { continue };
                let may_grow = match place_ty(vars, p) {
                    Ty::Slice(t) => has_length(&t),
                    Ty::Vec(t) => has_length(&t) || !matches!(*t, Ty::Float(_)),
                    ty => has_length(&ty),
                };
                if may_grow {
                    f(p.root);
                }
            }
        }
        _ => {}
    }
}

/// Whether another value of the type may have another length somewhere.
fn has_length(ty: &Ty) -> bool {
    match ty {
        Ty::Vec(_) | Ty::Option(_) | Ty::Result(_) | Ty::Unknown => true,
        Ty::Array(t) | Ty::Slice(t) => has_length(t),
        Ty::Tuple(types) => types.iter().any(has_length),
        Ty::Float(_) | Ty::Int(_) | Ty::Bool | Ty::Unit => false,
    }
}

/// The number of statements in a statement, itself included: positions of the
/// statements after it follow from it.
pub fn size(stmt: &Stmt) -> usize {
    let mut n = 1;
    stmt_blocks(stmt, &mut |b| n += b.0.iter().map(size).sum::<usize>());
    n
}

fn walk(
    vars: &[VarInfo],
    block: &Block,
    position: &mut usize,
    loops: &BTreeSet<usize>,
    flow: &mut Flow,
) {
    for stmt in &block.0 {
        let at = At {
            position: *position,
            loops: loops.clone(),
        };
        stmt_binds(stmt, &mut |v| {
            flow.declared.insert(v, at.clone());
        });
        stmt_places(stmt, &mut |place, access| {
            if access.writes() {
                flow.writes.entry(place.root).or_default().push(at.clone());
            }
        });
        reshapes(vars, stmt, &mut |root| {
            flow.reshapes.entry(root).or_default().push(at.clone());
        });
        *position += 1;
        let mut inside = loops.clone();
        if matches!(stmt.kind, StmtKind::For(_) | StmtKind::Loop(_)) {
            inside.insert(at.position);
        }
        stmt_blocks(stmt, &mut |b| walk(vars, b, position, &inside, flow));
    }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
