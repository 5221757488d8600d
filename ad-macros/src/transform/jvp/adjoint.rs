//! The tangent of an adjoint program: forward mode over reverse mode.
//!
//! Tangents obey the law of state that primal values obey: what is kept is kept
//! with its tangent, an overwrite is undone together with that of the tangent, and
//! the tangent program reads the tangents of just those values that the adjoint
//! reads, where it reads them.

use super::{Jvp, Start};
use crate::analysis::activity::Activity;
use crate::ir::{
    Adjoint, AdjointTangent, Back, CallReverse, Checkpointed, Op, ReverseTangents, Stmt, StmtKind,
    Var,
};
use crate::syntax::signature::Signature;
use crate::transform::build::{Vars, companion_kind};

/// `act` is the activity of the adjoint's variables.
pub fn jvp_of_adjoint(adjoint: &Adjoint, sig: &Signature, act: &Activity) -> AdjointTangent {
    let mut jvp = Jvp::new(Vars(adjoint.vars.clone()), act);
    let Start {
        slots: tangents,
        local,
        declared,
    } = jvp.params(sig, &adjoint.params);
    let slot_tangents = adjoint
        .slots
        .iter()
        .map(|slot| slot.map(|s| jvp.slot_of_slot(s)))
        .collect();
    let seed_tan = adjoint.seed.map(|seed| jvp.slot_of_slot(seed));
    let mut forward = jvp.block(&adjoint.forward);
    forward.0.splice(0..0, declared);
    let result_tan = jvp.result(adjoint.result.as_ref(), &mut forward);
    let reverse = jvp.block(&adjoint.reverse);
    let mut frame = jvp.with_tangents(&adjoint.frame);
    // The tangent of a parameter that has no slot lives in the forward sweep.
    for tan in local {
        frame.push(tan);
    }
    AdjointTangent {
        sweeps: Adjoint {
            vars: jvp.vars.0,
            params: adjoint.params.clone(),
            forward,
            reverse,
            frame,
            result: adjoint.result.clone(),
            slots: adjoint.slots.clone(),
            seed: adjoint.seed,
            rereads: adjoint.rereads.clone(),
            primal: adjoint.primal.clone(),
        },
        result_tan,
        tangents,
        slot_tangents,
        seed_tan,
    }
}

impl Jvp<'_> {
    /// The slot of the tangent of what is in a slot. The adjoint touches a slot
    /// only where it is there.
    fn slot_of_slot(&mut self, slot: Var) -> Var {
        let kind = companion_kind(&self.vars.info(slot).kind, true);
        let tan = self.companion(slot, kind);
        self.guarded.insert(tan);
        tan
    }

    /// Each variable, followed by its tangent if it is active.
    pub(super) fn with_tangents(&mut self, vars: &[Var]) -> Vec<Var> {
        let mut all = Vec::new();
        for var in vars {
            all.push(*var);
            if self.act.contains_key(var) {
                all.push(self.tan_var(*var));
            }
        }
        all
    }

    /// The statements that only an adjoint contains.
    pub(super) fn of_sweeps(&mut self, stmt: &Stmt) -> Vec<Stmt> {
        let span = stmt.span;
        let with = |kind| Stmt { kind, span };
        match &stmt.kind {
            StmtKind::Let(var, Op::CallForward(call, restore))
            | StmtKind::Declare(var, Some(Op::CallForward(call, restore))) => {
                let (value, tangent) = (*var, self.tan_var(*var));
                let tans = self.tan_args(call);
                let kept = Some(restore.clone());
                vec![with(StmtKind::CallJvp {
                    value,
                    tangent,
                    call: call.clone(),
                    tans,
                    kept,
                })]
            }
            StmtKind::CallReverse(reverse) => {
                let tangents = Some(self.reverse_tangents(reverse));
                let reverse = CallReverse {
                    tangents,
                    ..(**reverse).clone()
                };
                vec![with(StmtKind::CallReverse(Box::new(reverse)))]
            }
            StmtKind::Push(vars) => vec![with(StmtKind::Push(self.with_tangents(vars)))],
            StmtKind::Pop(vars) => vec![with(StmtKind::Pop(self.with_tangents(vars)))],
            StmtKind::IfActive(set, block) => {
                vec![with(StmtKind::IfActive(set.clone(), self.block(block)))]
            }
            StmtKind::IfRestore(param, block) => {
                vec![with(StmtKind::IfRestore(*param, self.block(block)))]
            }
            StmtKind::Checkpointed(c) => {
                let back = c.back.as_ref().map(|back| Back {
                    restore: self.block(&back.restore),
                    reverse: self.block(&back.reverse),
                });
                vec![with(StmtKind::Checkpointed(Box::new(Checkpointed {
                    keep: self.block(&c.keep),
                    forward: self.block(&c.forward),
                    back,
                    ..(**c).clone()
                })))]
            }
            StmtKind::VecTruncate(place) => {
                let tan = self.tan_place(place).map(StmtKind::VecTruncate);
                std::iter::once(stmt.clone()).chain(tan.map(with)).collect()
            }
            StmtKind::SaveFinal(var) => self.of_both(*var, stmt, StmtKind::SaveFinal),
            StmtKind::RestoreFinal(var) => self.of_both(*var, stmt, StmtKind::RestoreFinal),
            StmtKind::Recycle(var) => self.of_both(*var, stmt, StmtKind::Recycle),
            _ => vec![stmt.clone()],
        }
    }

    fn of_both(&mut self, var: Var, stmt: &Stmt, kind: fn(Var) -> StmtKind) -> Vec<Stmt> {
        let vars = self.with_tangents(&[var]);
        vars.into_iter()
            .map(|var| Stmt {
                kind: kind(var),
                span: stmt.span,
            })
            .collect()
    }

    fn reverse_tangents(&mut self, reverse: &CallReverse) -> ReverseTangents {
        let mut slots = Vec::new();
        for (_, slot) in &reverse.slots {
            slots.push(slot.as_ref().and_then(|slot| self.tan_place(slot)));
        }
        ReverseTangents {
            args: self.tan_args(&reverse.call),
            slots,
            seed: self.tan_place(&reverse.seed),
        }
    }
}
