//! Which variables carry data from active parameters.
//!
//! The answer for a variable is the set of parameters that reach it by data
//! flow, loops to a fixed point; conditions and indices are no data flow. The
//! definition is part of the public contract (an operand that nothing active
//! reaches makes a tie one-sided), so a sharper analysis must not replace it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Errors;
pub use crate::ir::types::is_discrete;
use crate::ir::visit::{Part, all_block_stmts, op_parts};
use crate::ir::{
    ActSet, Adjoint, Arg, Block, Call, Func, Op, Operand, StmtKind, Ty, Var, VarInfo, VarKind,
};
use crate::syntax::signature::Signature;

/// Absent: inactive.
pub type Activity = BTreeMap<Var, ActSet>;

/// The activity of every variable; a construct outside the language that an
/// active value reaches is reported.
pub fn activity(func: &Func, sig: &Signature, errors: &mut Errors) -> Activity {
    let mut flow = DataFlow {
        vars: &func.vars,
        act: Activity::new(),
        changed: false,
    };
    for (index, (param, var)) in sig.params.iter().zip(&func.params).enumerate() {
        if param.active {
            flow.act.insert(*var, ActSet([index].into()));
        }
    }
    loop {
        flow.changed = false;
        flow.block(&func.body);
        if !flow.changed {
            break;
        }
    }
    refuse(func, &flow.act, errors);
    flow.act
}

/// The activity of every variable of an adjoint program, given that of the
/// user's: a cotangent carries data from the parameters that reach the values it
/// was computed from. The caller's slot of a parameter stands and falls with it.
pub fn activity_of_adjoint(adjoint: &Adjoint, act: &Activity) -> Activity {
    let mut flow = DataFlow {
        vars: &adjoint.vars,
        act: act.clone(),
        changed: false,
    };
    for (index, slot) in adjoint.slots.iter().enumerate() {
        if let Some(slot) = slot {
            flow.act.insert(*slot, ActSet([index].into()));
        }
    }
    if let (Some(seed), Some(result)) = (adjoint.seed, &adjoint.result) {
        let set = of_operand(act, result);
        if !set.0.is_empty() {
            flow.act.insert(seed, set);
        }
    }
    loop {
        flow.changed = false;
        flow.block(&adjoint.forward);
        flow.block(&adjoint.reverse);
        if !flow.changed {
            return flow.act;
        }
    }
}

/// The set of an operand.
pub fn of_operand(act: &Activity, operand: &Operand) -> ActSet {
    match operand {
        Operand::Var(v) => act.get(v).cloned().unwrap_or_default(),
        Operand::Lit(_) | Operand::Const(_) => ActSet::default(),
    }
}

/// The set of all that a call receives: it decides whether the call is one of
/// the derivative's.
pub fn of_call(act: &Activity, call: &Call) -> ActSet {
    let mut set = ActSet::default();
    for arg in &call.args {
        set.0.extend(match arg {
            Arg::Value(a) => of_operand(act, a).0,
            Arg::Ref(p) | Arg::RefMut(p) => act.get(&p.root).cloned().unwrap_or_default().0,
        });
    }
    set
}

struct DataFlow<'a> {
    vars: &'a [VarInfo],
    act: Activity,
    changed: bool,
}

impl DataFlow<'_> {
    fn block(&mut self, block: &Block) {
        all_block_stmts(block, &mut |stmt| match &stmt.kind {
            StmtKind::Let(v, op) | StmtKind::Declare(v, Some(op)) => {
                let set = self.op(op);
                self.reach(*v, &set);
            }
            StmtKind::Store(place, value)
            | StmtKind::Update { place, value, .. }
            | StmtKind::VecPush(place, value) => {
                let set = of_operand(&self.act, value);
                self.reach(place.root, &set);
            }
            StmtKind::Swap(p, q) => {
                let (a, b) = (self.of(p.root), self.of(q.root));
                self.reach(p.root, &b);
                self.reach(q.root, &a);
            }
            StmtKind::CallReverse(c) => {
                let set = of_call(&self.act, &c.call);
                for slot in c.slots.iter().filter_map(|(_, slot)| slot.as_ref()) {
                    self.reach(slot.root, &set);
                }
            }
            _ => {}
        });
    }

    fn of(&self, var: Var) -> ActSet {
        self.act.get(&var).cloned().unwrap_or_default()
    }

    /// The set of an operation's result. A call also reaches its `&mut`
    /// arguments.
    fn op(&mut self, op: &Op) -> ActSet {
        match op {
            Op::Opaque(_)
            | Op::Constant(_)
            | Op::Len(_)
            | Op::Placeholder
            | Op::VecEmpty(_)
            | Op::Weights(..)
            | Op::ExtremeWeights(..) => ActSet::default(),
            Op::Binary(op, ..) if op.is_comparison() => ActSet::default(),
            Op::Prim(row, _) if row.inactive_result => ActSet::default(),
            Op::VecRepeat(value, _) => of_operand(&self.act, value),
            Op::Call(call) | Op::CallForward(call, _) => {
                let set = of_call(&self.act, call);
                for arg in &call.args {
                    if let Arg::RefMut(p) = arg {
                        self.reach(p.root, &set);
                    }
                }
                set
            }
            _ => {
                let mut set = ActSet::default();
                op_parts(op, &mut |part| match part {
                    Part::Operand(a) => set.0.extend(of_operand(&self.act, a).0),
                    Part::Place(p, _) if p.carries() => set.0.extend(self.of(p.root).0),
                    Part::Place(..) | Part::Name(_) | Part::Bind(_) => {}
                });
                set
            }
        }
    }

    fn reach(&mut self, var: Var, set: &ActSet) {
        let info = &self.vars[var.0 as usize];
        let is_slot = matches!(info.kind, VarKind::Slot { .. });
        if set.0.is_empty() || is_slot || is_discrete(&info.ty) {
            return;
        }
        let known = self.act.entry(var).or_default();
        let before = known.0.len();
        known.0.extend(&set.0);
        self.changed |= known.0.len() != before;
    }
}

/// What uses a refused value is refused with it, and reported once.
fn refuse(func: &Func, act: &Activity, errors: &mut Errors) {
    let mut refused: BTreeSet<Var> = BTreeSet::new();
    if !errors.is_empty() {
        // The lowering leaves `()` where it has refused something.
        let units = (0..func.vars.len()).filter(|v| func.vars[*v].ty == Ty::Unit);
        refused.extend(units.map(|v| Var(v as u32)));
    }
    all_block_stmts(&func.body, &mut |stmt| {
        let (StmtKind::Let(v, Op::Opaque(opaque)) | StmtKind::Declare(v, Some(Op::Opaque(opaque)))) =
            &stmt.kind
        else {
            return;
        };
        if opaque.holes.iter().any(|hole| refused.contains(&hole.root)) {
            refused.insert(*v);
        } else if let Some(refusal) = &opaque.refusal
            && opaque.holes.iter().any(|hole| act.contains_key(&hole.root))
        {
            refused.insert(*v);
            errors.push(refusal.span, &refusal.what, &refusal.help);
        }
    });
}

#[cfg(test)]
#[path = "activity_tests.rs"]
mod tests;
