//! Which variables of a forward program are tangents, and whether all of them may have several
//! lanes.
//!
//! A tangent with lanes has another type than its value, which the emitted code must know: the
//! tangents of floats are added and scaled by functions, and the lanes of a user's type lie
//! around it instead of inside. What does not fit is no fault: the function is then run once for
//! each lane.

use std::collections::BTreeSet;

use crate::ir::types::place_ty;
use crate::ir::visit::{Part, all_block_stmts, op_parts};
use crate::ir::{
    Arg, BinOp, Call, Callee, Conversion, Op, Operand, Place, Proj, Stmt, StmtKind, TanArg,
    TanSource, Tangent, Ty, UnOp, Var, function_operand,
};

/// The variables that are tangents; absent if the program does not fit. The user's variables
/// have the numbers below `user_vars`.
pub fn tangents_with_lanes(program: &Tangent, user_vars: u32) -> Option<BTreeSet<Var>> {
    let mut tangents = program.companions.clone();
    tangents.extend(program.slots.iter().flatten());
    loop {
        let before = tangents.len();
        all_block_stmts(&program.body, &mut |stmt| {
            tangents.extend(made_of(stmt, &tangents, user_vars));
        });
        if tangents.len() == before {
            break;
        }
    }
    let fit = Fit {
        program,
        tangents: &tangents,
    };
    let mut fits = program.params.iter().all(|p| fit.is_no_function(*p));
    all_block_stmts(&program.body, &mut |stmt| fits &= fit.stmt(stmt));
    fits.then_some(tangents)
}

/// A tangent that a statement makes of others.
fn made_of(stmt: &Stmt, tangents: &BTreeSet<Var>, user_vars: u32) -> Option<Var> {
    let is_tangent = |operand: &Operand| matches!(operand, Operand::Var(v) if tangents.contains(v));
    let (var, made) = match &stmt.kind {
        StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
            let made = match op {
                Op::Zero | Op::ZeroLike(_) => true,
                Op::Len(_) => false,
                _ => {
                    let mut any = false;
                    op_parts(op, &mut |part| {
                        any |= match part {
                            Part::Operand(a) => is_tangent(a),
                            Part::Place(p, _) => tangents.contains(&p.root),
                            Part::Name(_) | Part::Bind(_) => false,
                        }
                    });
                    any
                }
            };
            (*var, made)
        }
        StmtKind::Store(place, value) | StmtKind::Update { place, value, .. } => {
            (place.root, is_tangent(value))
        }
        _ => return None,
    };
    (made && var.0 >= user_vars).then_some(var)
}

struct Fit<'a> {
    program: &'a Tangent,
    tangents: &'a BTreeSet<Var>,
}

impl Fit<'_> {
    fn ty(&self, var: Var) -> &Ty {
        &self.program.vars[var.0 as usize].ty
    }

    fn is_no_function(&self, var: Var) -> bool {
        self.program.vars[var.0 as usize].function.is_none()
    }

    fn stmt(&self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
                !self.tangents.contains(var) || self.op(op)
            }
            StmtKind::Store(p, _) | StmtKind::Update { place: p, .. } | StmtKind::VecPush(p, _) => {
                self.place(p)
            }
            StmtKind::Swap(p, q) => self.place(p) && self.place(q),
            StmtKind::CallJvp { call, tans, .. } => self.call(call, tans),
            _ => true,
        }
    }

    /// Only a free function has a derivative with lanes that its callers see.
    fn call(&self, call: &Call, tans: &[TanArg]) -> bool {
        let callee = matches!(call.callee, Callee::Function(_));
        let args = call.args.iter().all(|arg| match arg {
            Arg::Value(a @ Operand::Var(var)) => {
                self.is_no_function(*var) && function_operand(a).is_none()
            }
            Arg::Value(a) => function_operand(a).is_none(),
            Arg::Ref(p) | Arg::RefMut(p) => self.is_no_function(p.root),
        });
        let places = tans.iter().all(|tan| match &tan.tan {
            TanSource::Place(p) => self.place(p),
            TanSource::Value(_) | TanSource::Empty => true,
        });
        callee && args && places
    }

    fn op(&self, op: &Op) -> bool {
        let mut places = true;
        op_parts(op, &mut |part| {
            if let Part::Place(p, _) = part {
                places &= self.place(p);
            }
        });
        let float = |a: &Operand| match a {
            Operand::Var(v) => matches!(self.ty(*v), Ty::Float(_)),
            Operand::Lit(_) | Operand::Const(_) => true,
        };
        let fits = match op {
            Op::Use(_)
            | Op::Read(_)
            | Op::MoveOut(_)
            | Op::ToVec(_)
            | Op::Take(_)
            | Op::Tuple(_)
            | Op::Array(_)
            | Op::Repeat(..)
            | Op::VecOf(_)
            | Op::VecRepeat(..)
            | Op::VecEmpty(_)
            | Op::Placeholder
            | Op::Zero
            | Op::ZeroLike(_)
            | Op::When(..)
            | Op::ReadWhen(..)
            | Op::OperatorJvp { .. }
            | Op::NegJvp { .. } => true,
            Op::Struct(s) => matches!(s.path.segments.last(), Some(s) if s.ident == "Some"),
            Op::Unary(UnOp::Neg, a) => float(a),
            Op::Scale(_, a) => float(a),
            // A partial of unknown type may be a reference.
            Op::Binary(BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div, a, b) => {
                float(a) && float(b)
            }
            Op::Cast(a, conversion) => float(a) && matches!(**conversion, Conversion::OfTangent(_)),
            _ => false,
        };
        fits && places
    }

    /// Whether each step into a tangent is one into an array, slice, vector, tuple or option.
    fn place(&self, place: &Place) -> bool {
        if !self.tangents.contains(&place.root) {
            return true;
        }
        (0..place.proj.len()).all(|k| match &place.proj[k] {
            Proj::Index(_) | Proj::Range { .. } | Proj::Deref | Proj::Content(_) => true,
            Proj::Field(_) => {
                let whole = Place {
                    root: place.root,
                    proj: place.proj[..k].to_vec(),
                };
                matches!(place_ty(&self.program.vars, &whole), Ty::Tuple(_))
            }
            Proj::Element(_) | Proj::Key(_) | Proj::Payload(_) => false,
        })
    }
}
