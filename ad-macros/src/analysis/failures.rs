//! Numbers that leave an `Err` and would carry a derivative, which an error does not.
//!
//! Of an error's type little is known here: texts, enums and integers are the rule. So a use
//! is refused only where the value is a number for certain: arithmetic or an assignment shows a
//! float, or the function returns nothing but floats.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;

use super::activity::{Activity, is_discrete, of_call};
use crate::diag::Errors;
use crate::ir::types::{operand_ty, place_ty};
use crate::ir::visit::{Part, all_block_stmts, op_parts};
use crate::ir::{
    Arg, Func, Op, Opaque, Operand, Place, Proj, Stmt, StmtKind, StructOf, Ty, Var, VarKind,
    std_variant,
};
use crate::syntax::signature::Signature;

/// Refuses what an active value in an `Err` is bound to, where it reaches the result as a number.
pub fn refuse_numbers_in_errors(func: &Func, sig: &Signature, act: &Activity, errors: &mut Errors) {
    let mut flow = Flow {
        func,
        act,
        holds: BTreeSet::new(),
        reached: BTreeMap::new(),
        made: BTreeSet::new(),
        spans: Vec::new(),
        changed: false,
    };
    for param in func.params.iter().filter(|v| act.contains_key(v)) {
        flow.hold(*param);
    }
    loop {
        flow.changed = false;
        flow.spans.clear();
        all_block_stmts(&func.body, &mut |stmt| flow.stmt(stmt));
        if !flow.changed {
            break;
        }
    }
    let mut refused = BTreeSet::new();
    let mut sink = |taint: Option<&Taint>, ty: &Ty| {
        for (origin, number) in taint.into_iter().flatten() {
            if *number && !is_discrete(ty) || is_all_float(ty) {
                refused.insert(*origin);
            }
        }
    };
    if let Some(Operand::Var(v)) = &func.result {
        sink(flow.reached.get(v), &sig.output.ty);
    }
    for (param, var) in sig.params.iter().zip(&func.params) {
        let info = &func.vars[var.0 as usize];
        if let VarKind::Param { passing, .. } = info.kind
            && passing == crate::ir::Passing::RefMut
            && param.active
        {
            sink(flow.reached.get(var), &info.ty);
        }
    }
    for origin in refused {
        errors.push(
            flow.spans[origin],
            "the value in an `Err` carries no derivative, and this number is one",
            "return it in `Ok`, as a part of a tuple or of an enum of your own, or stop it on purpose: `ad_runtime::constant(e)`",
        );
    }
}

/// The statements that take the value out of an error, each with whether the value is
/// known to be a number.
type Taint = BTreeMap<usize, bool>;

struct Flow<'a> {
    func: &'a Func,
    act: &'a Activity,
    /// What may hold an error with an active value in it.
    holds: BTreeSet<Var>,
    reached: BTreeMap<Var, Taint>,
    /// Values of the user's that are made of active numbers and carried untouched.
    made: BTreeSet<Var>,
    /// Of the statements, in the order of the walk.
    spans: Vec<Span>,
    changed: bool,
}

impl Flow<'_> {
    fn stmt(&mut self, stmt: &Stmt) {
        let origin = self.spans.len();
        self.spans.push(stmt.span);
        match &stmt.kind {
            StmtKind::Let(v, op) | StmtKind::Declare(v, Some(op)) => {
                if self.holds_error(op) {
                    self.hold(*v);
                }
                if let Op::Opaque(opaque) = op
                    && is_constructor(&opaque.expr)
                    && opaque.holes.iter().any(|p| self.is_active(p.root))
                {
                    self.made.insert(*v);
                }
                let taint = self.taint(op, origin);
                let ty = self.func.vars[v.0 as usize].ty.clone();
                self.reach(*v, taint, &ty);
            }
            StmtKind::Store(place, value)
            | StmtKind::Update { place, value, .. }
            | StmtKind::VecPush(place, value) => {
                if let Operand::Var(v) = value
                    && self.holds.contains(v)
                {
                    self.hold(place.root);
                }
                let mut ty = place_ty(&self.func.vars, place);
                if let (StmtKind::VecPush(..), Ty::Vec(t)) = (&stmt.kind, &ty) {
                    ty = (**t).clone();
                }
                let mut taint = self.of(value);
                // Which part of the memory it is, is forgotten.
                let whole = place.proj.iter().all(|p| matches!(p, Proj::Index(_)));
                taint.retain(|_, number| *number || whole || is_all_float(&ty));
                self.reach(place.root, taint, &ty);
            }
            StmtKind::Swap(p, q) => {
                for (to, from) in [(p, q), (q, p)] {
                    let taint = self.reached.get(&from.root).cloned().unwrap_or_default();
                    self.reach(to.root, taint, &Ty::Unknown);
                    if self.holds.contains(&from.root) {
                        self.hold(to.root);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_active(&self, v: Var) -> bool {
        self.act.contains_key(&v) || self.reached.contains_key(&v)
    }

    /// Whether the result may hold an error with an active value in it.
    fn holds_error(&self, op: &Op) -> bool {
        match op {
            Op::Struct(made) if is_error(made) => made.fields.iter().any(|(_, a)| {
                let Operand::Var(v) = a else { return false };
                let active = self.is_active(*v) || self.made.contains(v);
                active && !is_discrete(&operand_ty(&self.func.vars, a))
            }),
            Op::Call(call) => !of_call(self.act, call).0.is_empty(),
            // `?` and its like hand the error on.
            Op::Opaque(opaque) => {
                hands_on(opaque) && opaque.holes.iter().any(|p| self.holds.contains(&p.root))
            }
            Op::Constant(_) | Op::Binary(..) | Op::Unary(..) | Op::Prim(..) | Op::Cast(..) => false,
            _ => {
                let mut holds = false;
                op_parts(op, &mut |part| match part {
                    Part::Operand(Operand::Var(v)) => holds |= self.holds.contains(v),
                    Part::Place(p, _) => {
                        let content = |proj: &Proj| {
                            matches!(
                                proj,
                                Proj::Content(_) | Proj::Payload(_) | Proj::Range { .. }
                            )
                        };
                        let whole = !p.proj.iter().any(content);
                        holds |= whole && self.holds.contains(&p.root);
                    }
                    _ => {}
                });
                holds
            }
        }
    }

    /// From which errors a derivative would have come.
    fn taint(&self, op: &Op, origin: usize) -> Taint {
        let mut taint = Taint::new();
        let mut join = |other: Taint| {
            for (origin, number) in other {
                *taint.entry(origin).or_default() |= number;
            }
        };
        let numbers = |mut taint: Taint| {
            taint.retain(|_, number| *number);
            taint
        };
        match op {
            Op::Opaque(_) | Op::Constant(_) | Op::Len(_) | Op::Placeholder | Op::VecEmpty(_) => {}
            Op::Binary(op, ..) if op.is_comparison() => {}
            Op::Prim(row, _) if row.inactive_result => {}
            Op::VecRepeat(value, _) => join(self.of(value)),
            // What only rustc knows may be a whole number, or a text.
            Op::Cast(value, _) => join(numbers(self.of(value))),
            Op::Call(call) => {
                for arg in &call.args {
                    join(numbers(match arg {
                        Arg::Value(a) => self.of(a),
                        Arg::Ref(p) | Arg::RefMut(p) => self.of_place(p, None),
                    }));
                }
            }
            Op::Struct(made) if is_error(made) => {}
            Op::Struct(made) if std_variant(&made.path).is_none() => {
                for (_, a) in &made.fields {
                    join(numbers(self.of(a)));
                }
                if let Some(base) = &made.base {
                    join(numbers(self.of_place(base, None)));
                }
            }
            _ => op_parts(op, &mut |part| match part {
                Part::Operand(a) => join(self.of(a)),
                Part::Place(p, _) => join(self.of_place(p, Some(origin))),
                Part::Name(_) | Part::Bind(_) => {}
            }),
        }
        taint
    }

    fn of(&self, a: &Operand) -> Taint {
        match a {
            Operand::Var(v) => self.reached.get(v).cloned().unwrap_or_default(),
            Operand::Lit(_) | Operand::Const(_) => Taint::new(),
        }
    }

    fn of_place(&self, place: &Place, origin: Option<usize>) -> Taint {
        if place.carries() {
            return self.reached.get(&place.root).cloned().unwrap_or_default();
        }
        let taken = origin.filter(|_| self.holds.contains(&place.root));
        taken.map(|origin| (origin, false)).into_iter().collect()
    }

    fn hold(&mut self, v: Var) {
        if may_hold(&self.func.vars[v.0 as usize].ty) {
            self.changed |= self.holds.insert(v);
        }
    }

    fn reach(&mut self, v: Var, taint: Taint, ty: &Ty) {
        if is_discrete(ty) || is_discrete(&self.func.vars[v.0 as usize].ty) {
            return;
        }
        for (origin, number) in taint {
            let number = number || is_all_float(ty);
            let known = self.reached.entry(v).or_default();
            let before = known.insert(origin, number || known.get(&origin) == Some(&true));
            self.changed |= before != Some(known[&origin]);
        }
    }
}

fn is_error(made: &StructOf) -> bool {
    std_variant(&made.path) == Some("Err")
}

/// Whether there may be a `Result` in values of the type.
fn may_hold(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int(_) | Ty::Bool | Ty::Unit => false,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) => may_hold(t),
        Ty::Tuple(types) => types.iter().any(may_hold),
        Ty::Result(_) | Ty::Unknown => true,
    }
}

/// Whether there is nothing but floats in values of the type.
fn is_all_float(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) => true,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) | Ty::Result(t) => is_all_float(t),
        Ty::Tuple(types) => !types.is_empty() && types.iter().all(is_all_float),
        Ty::Int(_) | Ty::Bool | Ty::Unit | Ty::Unknown => false,
    }
}

/// `E::Negative(x)`, `E { at: x }`
fn is_constructor(e: &syn::Expr) -> bool {
    match e {
        syn::Expr::Struct(_) => true,
        syn::Expr::Call(call) => match &*call.func {
            syn::Expr::Path(p) => {
                let last = p.path.segments.last().map(|s| s.ident.to_string());
                last.is_some_and(|name| name.starts_with(char::is_uppercase))
            }
            _ => false,
        },
        _ => false,
    }
}

fn hands_on(opaque: &Opaque) -> bool {
    let syn::Expr::Call(call) = &opaque.expr else {
        return false;
    };
    let syn::Expr::Path(p) = &*call.func else {
        return false;
    };
    let last = p.path.segments.last().map(|s| &s.ident);
    last.is_some_and(|last| last == "leave" || last == "leave_ref" || last == "without")
}
