//! Forward mode: every statement is followed by that of its tangent.
//!
//! The program may be an adjoint: a kept value is followed on the tape by its
//! tangent, a cotangent slot by the slot of its tangent. That is the second
//! derivative; there is no other code for it (`adjoint`).
//!
//! *Invariant.* The tangent of a variable means something only where one of the
//! parameters of its activity is active; a term from an operand with a smaller
//! activity is therefore taken under [`Op::When`], so that an infinite partial
//! of an inactive operand never meets a zero tangent.

mod adjoint;
mod value;

pub use self::adjoint::jvp_of_adjoint;
pub use self::value::{
    Constant, constant, extreme_of_init, extreme_weights, part_place, partial, weights,
};

use std::collections::{BTreeMap, BTreeSet};

use self::value::{tangent_op, var_of, zero, zero_at};
use super::build::{Code, Vars, at, companion_kind, root, slot_may_be_empty, tangent_ty};
use crate::analysis::activity::{Activity, of_call, of_operand};
use crate::analysis::kinks::Sites;
use crate::ir::visit::{Part, op_parts};
use crate::ir::{
    ActSet, Arg, BinOp, Block, Call, For, Func, Loop, Op, Operand, Place, Stmt, StmtKind, TanArg,
    TanSource, Tangent, Ty, Var, VarKind,
};
use crate::rules::Kind;
use crate::syntax::signature::Signature;

pub fn jvp(func: &Func, sig: &Signature, act: &Activity, sites: &Sites) -> Tangent {
    let mut forward = Jvp::new(Vars(func.vars.clone()), act);
    forward.sites = Some(sites);
    let Start {
        slots, declared, ..
    } = forward.params(sig, &func.params);
    let mut body = forward.block(&func.body);
    body.0.splice(0..0, declared);
    let result_tan = forward.result(func.result.as_ref(), &mut body);
    Tangent {
        lanes: None,
        companions: forward.tan.into_values().collect(),
        vars: forward.vars.0,
        params: func.params.clone(),
        body,
        result: func.result.clone(),
        result_tan,
        slots,
    }
}

fn is_active(act: &Activity, operand: &Operand) -> bool {
    !of_operand(act, operand).0.is_empty()
}

struct Jvp<'a> {
    vars: Vars,
    act: &'a Activity,
    tan: BTreeMap<Var, Var>,
    /// The decisions that a run may be told to follow tangents at.
    sites: Option<&'a Sites>,
    /// Slots that only code under the condition that they are there touches.
    guarded: BTreeSet<Var>,
}

/// The tangents of the parameters.
struct Start {
    slots: Vec<Option<Var>>,
    /// The tangents that the function itself declares.
    local: Vec<Var>,
    declared: Vec<Stmt>,
}

impl<'a> Jvp<'a> {
    fn new(vars: Vars, act: &'a Activity) -> Self {
        Jvp {
            vars,
            act,
            tan: BTreeMap::new(),
            sites: None,
            guarded: BTreeSet::new(),
        }
    }

    fn params(&mut self, sig: &Signature, params: &[Var]) -> Start {
        let mut start = Start {
            slots: Vec::new(),
            local: Vec::new(),
            declared: Vec::new(),
        };
        for (param, var) in sig.params.iter().zip(params) {
            if param.active {
                start.slots.push(Some(self.slot(*var)));
                continue;
            }
            start.slots.push(None);
            // A `&mut` parameter outside `wrt` can still receive active values.
            if self.act.contains_key(var) {
                let tan = self.tan_var(*var);
                let span = self.vars.info(*var).span;
                let zero = StmtKind::Declare(tan, Some(Op::ZeroLike(root(*var))));
                start.local.push(tan);
                start.declared.push(Stmt { kind: zero, span });
            }
        }
        start
    }

    /// The tangent of the result of a body.
    fn result(&mut self, result: Option<&Operand>, body: &mut Block) -> Option<Operand> {
        let result = result?;
        let tan = self
            .tan
            .get(&var_of(result))
            .filter(|_| is_active(self.act, result));
        if let Some(tan) = tan {
            return Some(Operand::Var(*tan));
        }
        let span = body
            .0
            .last()
            .map_or_else(proc_macro2::Span::call_site, |s| s.span);
        if let Ty::Option(_) | Ty::Result(_) = self.vars.ty(result) {
            // Made of the value that is returned: an error cannot be read twice.
            return None;
        }
        let mut code = Code::new(&mut self.vars, span);
        let zero = zero(&mut code, result);
        body.0.extend(code.stmts);
        Some(zero)
    }

    fn companion(&mut self, var: Var, kind: VarKind) -> Var {
        if let Some(tan) = self.tan.get(&var) {
            return *tan;
        }
        let info = self.vars.info(var).clone();
        let ty = match (tangent_ty(&info.ty), &kind) {
            // The owned tangent of a slice is a vector.
            (Ty::Slice(t), VarKind::Memory) => Ty::Vec(t),
            (ty, _) => ty,
        };
        let on_tape = info.on_tape;
        let tan = self
            .vars
            .fresh(&format!("{}_tan", info.name), kind, ty, info.span);
        self.vars.0[tan.0 as usize].on_tape = on_tape;
        self.tan.insert(var, tan);
        tan
    }

    fn slot(&mut self, var: Var) -> Var {
        let kind = companion_kind(&self.vars.info(var).kind, true);
        self.companion(var, kind)
    }

    fn tan_var(&mut self, var: Var) -> Var {
        let kind = companion_kind(&self.vars.info(var).kind, false);
        self.companion(var, kind)
    }

    fn set(&self, var: Var) -> ActSet {
        self.act.get(&var).cloned().unwrap_or_default()
    }

    /// The tangent of an operand; absent where it is inactive.
    fn tan(&mut self, operand: &Operand) -> Option<Operand> {
        match operand {
            Operand::Var(v) if self.act.contains_key(v) => Some(Operand::Var(self.tan_var(*v))),
            _ => None,
        }
    }

    fn tan_place(&mut self, place: &Place) -> Option<Place> {
        if !self.act.contains_key(&place.root) || !place.carries() {
            return None;
        }
        Some(at(place, self.tan_var(place.root)))
    }

    fn block(&mut self, block: &Block) -> Block {
        let mut out = Vec::new();
        for stmt in &block.0 {
            out.extend(self.heading(stmt));
            out.extend(self.stmt(stmt));
        }
        Block(out)
    }

    /// Before a decision, the tangents of its operands.
    fn heading(&mut self, stmt: &Stmt) -> Option<Stmt> {
        let (StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op))) = &stmt.kind else {
            return None;
        };
        let decides = match op {
            // A callee is told its own.
            Op::Call(_) => false,
            // What is singular has no sides.
            Op::Binary(BinOp::Div | BinOp::DivAssign, ..) => false,
            Op::Prim(row, _) => row.kind != Kind::Singular,
            _ => true,
        };
        if !decides || !self.sites?.contains_key(var) {
            return None;
        }
        let mut tans = Vec::new();
        op_parts(op, &mut |part| {
            let (act, tan) = match part {
                Part::Operand(a) => (of_operand(self.act, a), self.tan(a).map(TanSource::Value)),
                Part::Place(p, _) => (self.set(p.root), self.tan_place(p).map(TanSource::Place)),
                Part::Name(_) | Part::Bind(_) => return,
            };
            let tan = tan.unwrap_or(TanSource::Empty);
            tans.push(TanArg { act, tan });
        });
        let kind = StmtKind::Heading(tans);
        Some(Stmt {
            kind,
            span: stmt.span,
        })
    }

    /// The condition that the slot at the root of a place is there, where it may
    /// be an empty slice.
    fn guard(&self, place: &Place) -> Option<ActSet> {
        match self.vars.info(place.root).kind {
            VarKind::Slot { index, .. } if slot_may_be_empty(&self.vars, place.root) => {
                (!self.guarded.contains(&place.root)).then(|| ActSet([index].into()))
            }
            _ => None,
        }
    }

    /// A statement under the condition that the slot at the root of a place is
    /// there.
    fn at_slot(&mut self, place: &Place, stmt: &Stmt, kind: StmtKind) -> Stmt {
        let kind = match self.guard(place) {
            Some(set) => {
                let inner = Stmt {
                    kind,
                    span: stmt.span,
                };
                StmtKind::IfActive(set, Block(vec![inner]))
            }
            None => kind,
        };
        Stmt {
            kind,
            span: stmt.span,
        }
    }

    fn stmt(&mut self, stmt: &Stmt) -> Vec<Stmt> {
        let span = stmt.span;
        let with = |kind| Stmt { kind, span };
        match &stmt.kind {
            StmtKind::Let(_, Op::CallForward(..))
            | StmtKind::Declare(_, Some(Op::CallForward(..))) => self.of_sweeps(stmt),
            StmtKind::Let(var, Op::Call(call)) | StmtKind::Declare(var, Some(Op::Call(call)))
                if !of_call(self.act, call).0.is_empty() =>
            {
                let (value, tangent) = (*var, self.tan_var(*var));
                let tans = self.tan_args(call);
                vec![with(StmtKind::CallJvp {
                    value,
                    tangent,
                    call: call.clone(),
                    tans,
                    kept: None,
                })]
            }
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op))
                if self.act.contains_key(var) =>
            {
                self.bound(stmt, *var, op)
            }
            StmtKind::Declare(var, None) if self.act.contains_key(var) => {
                let tan = self.tan_var(*var);
                vec![stmt.clone(), with(StmtKind::Declare(tan, None))]
            }
            StmtKind::Store(place, value) => {
                let Some(tan_place) = self.tan_place(place) else {
                    return vec![stmt.clone()];
                };
                let tan = self.tan(value);
                let mut code = Code::new(&mut self.vars, span);
                code.stmts.push(stmt.clone());
                let tan = tan.unwrap_or_else(|| zero_at(&mut code, place, value));
                let mut out = code.stmts;
                out.push(self.at_slot(&tan_place.clone(), stmt, StmtKind::Store(tan_place, tan)));
                out
            }
            StmtKind::Update {
                place,
                negate,
                value,
            } => {
                let (Some(place), Some(value)) = (self.tan_place(place), self.tan(value)) else {
                    return vec![stmt.clone()];
                };
                let kind = StmtKind::Update {
                    place: place.clone(),
                    negate: *negate,
                    value,
                };
                vec![stmt.clone(), self.at_slot(&place, stmt, kind)]
            }
            StmtKind::Swap(p, q) => {
                let (Some(p), Some(q)) = (self.tan_place(p), self.tan_place(q)) else {
                    return vec![stmt.clone()];
                };
                vec![
                    stmt.clone(),
                    self.at_slot(&p.clone(), stmt, StmtKind::Swap(p, q)),
                ]
            }
            StmtKind::VecPush(place, value) => {
                let Some(tan_place) = self.tan_place(place) else {
                    return vec![stmt.clone()];
                };
                let tan = self.tan(value);
                let mut code = Code::new(&mut self.vars, span);
                let tan = tan.unwrap_or_else(|| zero(&mut code, value));
                code.stmts.push(stmt.clone());
                code.stmt(StmtKind::VecPush(tan_place, tan));
                code.stmts
            }
            StmtKind::If(c, a, b) => {
                let (a, b) = (self.block(a), self.block(b));
                vec![with(StmtKind::If(c.clone(), a, b))]
            }
            StmtKind::For(l) => {
                let (body, rows) = (self.block(&l.body), self.with_tangents(&l.rows));
                vec![with(StmtKind::For(Box::new(For {
                    body,
                    rows,
                    checkpoint: None,
                    parallel: false,
                    ..(**l).clone()
                })))]
            }
            StmtKind::Loop(l) => {
                let body = self.block(&l.body);
                vec![with(StmtKind::Loop(Box::new(Loop {
                    body,
                    ..(**l).clone()
                })))]
            }
            _ => self.of_sweeps(stmt),
        }
    }

    /// A binding of an active variable.
    fn bound(&mut self, stmt: &Stmt, var: Var, op: &Op) -> Vec<Stmt> {
        let tan = self.tan_var(var);
        let tans: Vec<Option<Operand>> = self.operand_tans(op);
        let place = match op {
            Op::Read(p) | Op::MoveOut(p) | Op::ToVec(p) | Op::Take(p) | Op::ReadWhen(_, p, _) => {
                self.tan_place(p).map(|p| (self.guard(&p), p))
            }
            Op::Extreme(e) => self.tan_place(&e.list).map(|p| (self.guard(&p), p)),
            Op::Struct(s) => {
                let base = s.base.as_ref().and_then(|p| self.tan_place(p));
                base.map(|p| (self.guard(&p), p))
            }
            _ => None,
        };
        let set = self.set(var);
        let act = self.act;
        let mut code = Code::new(&mut self.vars, stmt.span);
        code.stmts.push(stmt.clone());
        let tan_op = tangent_op(&mut code, act, &set, var, op, &tans, place);
        code.stmt(match stmt.kind {
            StmtKind::Declare(..) => StmtKind::Declare(tan, Some(tan_op)),
            _ => StmtKind::Let(tan, tan_op),
        });
        code.stmts
    }

    /// The tangents of an operation's operands, in their order.
    fn operand_tans(&mut self, op: &Op) -> Vec<Option<Operand>> {
        let mut operands = Vec::new();
        crate::ir::visit::op_operands(op, &mut |a| operands.push(a.clone()));
        operands.iter().map(|a| self.tan(a)).collect()
    }

    fn tan_args(&mut self, call: &Call) -> Vec<TanArg> {
        call.args
            .iter()
            .map(|arg| {
                let (act, tan) = match arg {
                    Arg::Value(a) => (of_operand(self.act, a), self.tan(a).map(TanSource::Value)),
                    Arg::Ref(p) | Arg::RefMut(p) => {
                        (self.set(p.root), self.tan_place(p).map(TanSource::Place))
                    }
                };
                TanArg {
                    act,
                    tan: tan.unwrap_or(TanSource::Empty),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
