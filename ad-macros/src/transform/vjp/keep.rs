//! The choice between keeping and recomputing a temporary.

use std::collections::BTreeSet;

use super::Reverse;
use super::block::Walk;
use crate::analysis::flow::At;
use crate::ir::visit::{Access, op_places, op_uses};
use crate::ir::{Arg, BinOp, Callee, Op, StmtKind, Ty, Var, VarKind};
use crate::rules;

impl Reverse<'_> {
    /// Whether a temporary bound by statement `i` and needed from statement `j`
    /// on is better recomputed there than kept.
    pub(super) fn recompute(&self, walk: &Walk<'_>, i: usize, j: usize, op: &Op) -> bool {
        let StmtKind::Let(var, _) = walk.stmts[i].kind else {
            return false;
        };
        !self.sites.get(&var).is_some_and(|_| is_comparison(op))
            && is_cheap(op)
            && self.reads_hold(walk, i, j, op)
            && !self.forces_dear_undo(walk, i, op)
            && all_uses(op, &mut |used| self.at_hand(walk, used, j, 4))
    }

    /// Whether reading again at statement `i` would make the sweep undo writes in
    /// deeper loops than the read's own, which it does not undo anyhow.
    fn forces_dear_undo(&self, walk: &Walk<'_>, i: usize, op: &Op) -> bool {
        let at = &walk.at[i];
        let mut dear = false;
        op_places(op, &mut |place, access| {
            let outside = At {
                position: 0,
                loops: BTreeSet::new(),
            };
            let declared = self.flow.declared.get(&place.root).unwrap_or(&outside);
            let writes = match access {
                Access::Shape => &self.flow.reshapes,
                _ => &self.flow.writes,
            };
            for write in writes.get(&place.root).into_iter().flatten() {
                dear |= write.loops.len() > at.loops.len()
                    && at.can_precede(write, declared)
                    && !self.undo.contains(&write.position);
            }
        });
        dear
    }

    /// Whether what an operation reads at statement `i` is the same, by the law
    /// of state, in the reverse sweep of statement `j`.
    fn reads_hold(&self, walk: &Walk<'_>, i: usize, j: usize, op: &Op) -> bool {
        let mut hold = true;
        op_places(op, &mut |place, access| {
            let changes = match access {
                Access::Shape => &walk.reshaped,
                _ => &walk.written,
            };
            if access != Access::Shape && place.proj.is_empty() && self.is_scalar_memory(place.root)
            {
                hold = false;
            }
            let end = (j + 1).min(walk.stmts.len());
            hold &= changes[i + 1..end]
                .iter()
                .all(|roots| !roots.contains(&place.root));
        });
        hold
    }

    /// A memory whose needed reads are kept, so that it is never undone.
    pub fn is_scalar_memory(&self, var: Var) -> bool {
        let info = self.vars.info(var);
        let scalar = !matches!(
            info.ty,
            Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) | Ty::Tuple(_)
        );
        scalar && self.flow.writes.contains_key(&var) && info.kind != VarKind::Temp
    }

    /// Whether a variable costs nothing to have in the reverse sweep of
    /// statement `j`: it is there anyhow, or follows cheaply from what is.
    fn at_hand(&self, walk: &Walk<'_>, var: Var, j: usize, depth: usize) -> bool {
        if walk.needed.contains_key(&var) {
            return true;
        }
        if let Ty::Result(_) = self.vars.info(var).ty {
            // An error need not be a value that a tape can keep.
            return false;
        }
        let Some(&i) = walk.defs.get(&var) else {
            return !walk.dear.contains(&var);
        };
        let StmtKind::Let(_, op) = &walk.stmts[i].kind else {
            return false;
        };
        depth > 0
            && !self.sites.get(&var).is_some_and(|_| is_comparison(op))
            && is_cheap(op)
            && self.reads_hold(walk, i, j, op)
            && !self.forces_dear_undo(walk, i, op)
            && all_uses(op, &mut |used| self.at_hand(walk, used, j, depth - 1))
    }
}

fn all_uses(op: &Op, hold: &mut dyn FnMut(Var) -> bool) -> bool {
    let mut all = true;
    op_uses(op, &mut |used| all = all && hold(used));
    all
}

fn is_comparison(op: &Op) -> bool {
    matches!(op, Op::Binary(op, ..) if op.is_comparison())
}

/// Whether an operation costs less than a load and a store.
fn is_cheap(op: &Op) -> bool {
    match op {
        Op::Use(_)
        | Op::Read(_)
        | Op::Unary(..)
        | Op::Cast(..)
        | Op::Len(_)
        | Op::Constant(_)
        | Op::Tuple(_)
        | Op::Struct(_)
        | Op::Array(_)
        | Op::Repeat(..) => true,
        Op::Binary(op, ..) => !matches!(
            op,
            BinOp::Div | BinOp::Rem | BinOp::DivAssign | BinOp::RemAssign
        ),
        Op::Prim(row, _) => row.cheap,
        // A method called like a float's that does not change its receiver.
        Op::Call(call) => match (&call.callee, call.args.first()) {
            (Callee::Method { name, .. }, Some(Arg::Ref(_))) => {
                rules::method(&name.to_string()).is_some_and(|row| row.cheap)
            }
            _ => false,
        },
        Op::Opaque(opaque) => opaque.pure && opaque.refusal.is_none(),
        _ => false,
    }
}
