//! The reverse sweep of a binding: its cotangent is handed on to the operands.

use proc_macro2::Span;

use super::Reverse;
use crate::analysis::activity::is_discrete;
use crate::ir::types::is_of_floats;
use crate::ir::{
    BinOp, Conversion, Extreme, Op, Operand, Place, Proj, Stmt, StmtKind, StructOf, Ty, UnOp, Var,
};
use crate::rules::{self, Kind, Row};
use crate::transform::build::{Code, at, index, int, is_open, part, root};
use crate::transform::jvp::{
    Constant, constant, extreme_of_init, extreme_weights, part_place, partial, weights,
};

impl Reverse<'_> {
    /// The cotangent of `var`, which is declared, is handed on.
    pub fn value(&mut self, var: Var, op: &Op, span: Span) -> Vec<Stmt> {
        let adj = root(self.adj_var(var));
        match op {
            Op::Read(place) if self.lazy.contains(&place.root) => self.move_out(place, &adj, span),
            Op::Read(place) | Op::ToVec(place) => {
                let Some(to) = self.adj_place(place) else {
                    return Vec::new();
                };
                self.at_slot(&to.clone(), span, |this| {
                    let mut code = Code::new(&mut this.vars, span);
                    code.add_place(&to, &adj);
                    code.stmts
                })
            }
            Op::Extreme(extreme) => self.extreme(var, extreme, &adj, span),
            Op::MoveOut(place) => self.move_out(place, &adj, span),
            Op::Tuple(parts) | Op::Array(parts) | Op::VecOf(parts) => {
                let mut stmts = Vec::new();
                for (k, part) in parts.iter().enumerate() {
                    if self.carries(part) {
                        let value = self.read(part_place(op, &adj, k), span, &mut stmts);
                        stmts.extend(self.contribute(part, value, false, span));
                    }
                }
                stmts
            }
            Op::Struct(s) => self.struct_(s, &adj, span),
            Op::Repeat(part, _) | Op::VecRepeat(part, _) if self.carries(part) => {
                let Operand::Var(part) = part else {
                    return Vec::new();
                };
                let to = root(self.adj_var(*part));
                let mut code = Code::new(&mut self.vars, span);
                code.for_each(&adj, |code, k| {
                    let value = code.read(index(&adj, k));
                    code.stmt(StmtKind::Update {
                        place: to,
                        negate: false,
                        value,
                    });
                });
                code.stmts
            }
            Op::Use(_) | Op::Cast(..) | Op::Unary(..) | Op::Binary(..) | Op::Prim(..) => {
                let mut stmts = Vec::new();
                let seed = self.read(adj, span, &mut stmts);
                stmts.extend(self.scalar(var, op, seed, span));
                stmts
            }
            _ => Vec::new(),
        }
    }

    /// What the fields receive; the rest goes to the base.
    fn struct_(&mut self, s: &StructOf, adj: &Place, span: Span) -> Vec<Stmt> {
        let base = s.base.as_ref().and_then(|base| self.adj_place(base));
        let mut stmts = Vec::new();
        for (k, (_, operand)) in s.fields.iter().enumerate() {
            let carried = self.carries(operand);
            let Some(proj) = s.field(k).filter(|_| carried || base.is_some()) else {
                continue;
            };
            let may_be_none = matches!(proj, Proj::Content(_));
            let mut code = Code::new(&mut self.vars, span);
            let place = at(&part(adj, proj), adj.root);
            let ty = code.vars.place_ty(&place);
            let op = match base {
                Some(_) => Op::Take(place),
                None => Op::Read(place),
            };
            let value = code.bind("t", ty, op);
            let mut field = code.stmts;
            field.extend(self.contribute(operand, value, false, span));
            stmts.extend(match may_be_none {
                true => self.where_fed(adj, field, span),
                false => field,
            });
        }
        if let Some(to) = base {
            stmts.extend(self.at_slot(&to.clone(), span, |this| {
                let mut code = Code::new(&mut this.vars, span);
                code.add_place(&to, adj);
                code.stmts
            }));
        }
        stmts
    }

    fn read(&mut self, place: Place, span: Span, stmts: &mut Vec<Stmt>) -> Operand {
        let mut code = Code::new(&mut self.vars, span);
        let value = code.read(place);
        stmts.extend(code.stmts);
        value
    }

    /// The contributions of an operation on scalars (or whole values).
    fn scalar(&mut self, var: Var, op: &Op, seed: Operand, span: Span) -> Vec<Stmt> {
        match op {
            Op::Use(a) => self.contribute(a, seed, false, span),
            Op::Unary(UnOp::Neg, a) if self.vars.ty(a) == Ty::Unknown && self.carries(a) => {
                let by_reference = self.vars.info(var).by_reference[0];
                let mut code = Code::new(&mut self.vars, span);
                let op = Op::NegVjp {
                    by_reference,
                    operand: a.clone(),
                    seed,
                };
                let value = code.bind("t", Ty::Unknown, op);
                let mut stmts = code.stmts;
                stmts.extend(self.contribute(a, value, false, span));
                stmts
            }
            Op::Unary(UnOp::Neg, a) => self.contribute(a, seed, true, span),
            Op::Cast(a, _) => {
                let mut stmts = Vec::new();
                let ty = self.vars.ty(a);
                // The cotangent goes back to the operand's own precision.
                let back = match &ty {
                    ty if is_open(ty) => {
                        let mut code = Code::new(&mut self.vars, span);
                        let op = Op::CastBack {
                            operand: a.clone(),
                            seed,
                        };
                        let value = code.bind("t", ty.clone(), op);
                        stmts.extend(code.stmts);
                        value
                    }
                    Ty::Float(Some(name)) => {
                        let mut code = Code::new(&mut self.vars, span);
                        let target: syn::Type = syn::parse_quote!(#name);
                        let back = Op::Cast(seed, Box::new(Conversion::OfTangent(target)));
                        let value = code.bind("t", ty.clone(), back);
                        stmts.extend(code.stmts);
                        value
                    }
                    _ => seed,
                };
                stmts.extend(self.contribute(a, back, false, span));
                stmts
            }
            Op::Binary(op, a, b) => self.binary(var, *op, a, b, seed, span),
            Op::Prim(row, args) => self.prim(var, row, args, seed, span),
            _ => Vec::new(),
        }
    }

    fn binary(
        &mut self,
        var: Var,
        op: BinOp,
        a: &Operand,
        b: &Operand,
        seed: Operand,
        span: Span,
    ) -> Vec<Stmt> {
        if is_discrete(&self.vars.ty(a)) || is_discrete(&self.vars.ty(b)) {
            return Vec::new();
        }
        let known = !op.is_assigning() && is_of_floats(&self.vars.0, a, b);
        let by_reference = self.vars.info(var).by_reference;
        if known && op == BinOp::Rem {
            let row = rules::find("rem").expect("the table has `rem`");
            return self.prim(var, row, &[a.clone(), b.clone()], seed, span);
        }
        let mut stmts = Vec::new();
        for (side, operand) in [a, b].into_iter().enumerate() {
            if !self.carries(operand) {
                continue;
            }
            let mut code = Code::new(&mut self.vars, span);
            let (value, negate) = match (known, op, side) {
                (false, ..) => {
                    let args = [a.clone(), b.clone()];
                    let ty = code.vars.ty(operand);
                    let op = Op::OperatorVjp {
                        op,
                        by_reference,
                        side,
                        args,
                        seed: seed.clone(),
                    };
                    (code.bind("t", ty, op), false)
                }
                (true, BinOp::Mul, 0) => (code.binary(BinOp::Mul, seed.clone(), b.clone()), false),
                (true, BinOp::Mul, _) => (code.binary(BinOp::Mul, a.clone(), seed.clone()), false),
                (true, BinOp::Div, 0) => (code.binary(BinOp::Div, seed.clone(), b.clone()), false),
                (true, BinOp::Div, _) => {
                    let slope = code.binary(BinOp::Div, Operand::Var(var), b.clone());
                    (code.binary(BinOp::Mul, slope, seed.clone()), true)
                }
                (true, BinOp::Sub, 1) => (seed.clone(), true),
                (true, ..) => (seed.clone(), false),
            };
            stmts.extend(code.stmts);
            stmts.extend(self.contribute(operand, value, negate, span));
        }
        stmts
    }

    fn prim(
        &mut self,
        var: Var,
        row: &'static Row,
        args: &[Operand],
        seed: Operand,
        span: Span,
    ) -> Vec<Stmt> {
        let ty = self.vars.info(var).ty.clone();
        let mut stmts = Vec::new();
        let mut chosen = None;
        if row.kind == Kind::Select {
            let act = self.act;
            let mut code = Code::new(&mut self.vars, span);
            chosen = Some(weights(&mut code, act, row, args, &ty));
            stmts.extend(code.stmts);
        }
        for (k, arg) in args.iter().enumerate() {
            if !self.carries(arg) || !row.float_operands[k] {
                continue;
            }
            let mut code = Code::new(&mut self.vars, span);
            let mut negate = false;
            let value = match &chosen {
                Some(chosen) => {
                    let weight = code.read(index(chosen, int(k)));
                    code.bind("t", ty.clone(), Op::Scale(weight, seed.clone()))
                }
                None => {
                    let slope = partial(&mut code, row, k, args, Operand::Var(var));
                    match constant(&slope) {
                        Some(Constant::Zero) => continue,
                        Some(known) => {
                            negate = known == Constant::MinusOne;
                            seed.clone()
                        }
                        None => code.binary(BinOp::Mul, seed.clone(), slope),
                    }
                }
            };
            stmts.extend(code.stmts);
            stmts.extend(self.contribute(arg, value, negate, span));
        }
        stmts
    }

    /// Each element gets its weight of the cotangent, and so does the initial value.
    fn extreme(&mut self, var: Var, extreme: &Extreme, adj: &Place, span: Span) -> Vec<Stmt> {
        let ty = self.vars.info(var).ty.clone();
        let act = self.act;
        let mut code = Code::new(&mut self.vars, span);
        let seed = code.read(adj.clone());
        let weights = extreme_weights(&mut code, act, extreme, &ty);
        let mut stmts = code.stmts;
        if let Some(to) = self.adj_place(&extreme.list) {
            stmts.extend(self.at_slot(&to.clone(), span, |this| {
                let mut code = Code::new(&mut this.vars, span);
                code.for_each(&to, |code, k| {
                    let weight = code.read(index(&weights, k.clone()));
                    let value = code.bind("t", ty.clone(), Op::Scale(weight, seed.clone()));
                    code.stmt(StmtKind::Update {
                        place: index(&to, k),
                        negate: false,
                        value,
                    });
                });
                code.stmts
            }));
        }
        if let Some(init) = extreme.init.as_ref().filter(|init| self.carries(init)) {
            let mut code = Code::new(&mut self.vars, span);
            let value = extreme_of_init(&mut code, &weights, &ty, seed);
            stmts.extend(code.stmts);
            stmts.extend(self.contribute(init, value, false, span));
        }
        stmts
    }
}
