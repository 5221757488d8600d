//! The tangent of what a binding computes.

use super::super::build::{
    Code, at, field, index, int, is_open, part, root, tangent_ty, usize_ident,
};
use crate::analysis::activity::{Activity, is_discrete, of_operand};
use crate::ir::types::is_of_floats;
use crate::ir::visit::{PartMut, op_parts_mut};
use crate::ir::{
    ActSet, BinOp, Block, Conversion, Extreme, Op, Operand, Place, Proj, StmtKind, StructOf,
    StructTangent, Ty, UnOp, Var, VarKind,
};
use crate::rules::{self, Kind, Row};

/// The tangent of a number that is converted is converted alike.
fn of_tangent(tan: Operand, conversion: &Conversion) -> Op {
    let to = conversion.to().clone();
    Op::Cast(tan, Box::new(Conversion::OfTangent(to)))
}

pub fn var_of(operand: &Operand) -> Var {
    match operand {
        Operand::Var(v) => *v,
        // No variable has this number.
        Operand::Lit(_) | Operand::Const(_) => Var(u32::MAX),
    }
}

/// The zero tangent of an operand.
pub fn zero(code: &mut Code<'_>, operand: &Operand) -> Operand {
    if is_none(operand) {
        return operand.clone();
    }
    let ty = code.vars.ty(operand);
    if matches!(ty, Ty::Float(_)) {
        return code.bind("zero", ty, Op::Zero);
    }
    let var = match operand {
        Operand::Var(v) => *v,
        Operand::Lit(_) | Operand::Const(_) => {
            let bound = code.bind("t", ty.clone(), Op::Use(operand.clone()));
            var_of(&bound)
        }
    };
    code.bind("zero", tangent_ty(&ty), Op::ZeroLike(root(var)))
}

/// Whether a value is `Some` or `Ok` of a content.
fn holds(s: &StructOf) -> bool {
    s.fields.len() == 1 && matches!(s.field(0), Some(Proj::Content(_)))
}

/// `None`, which is its own tangent.
fn is_none(operand: &Operand) -> bool {
    matches!(operand, Operand::Const(e) if matches!(&**e, syn::Expr::Path(p) if
        crate::ir::std_variant(&p.path) == Some("None")))
}

/// The zero tangent of an operand that was stored to a place. It is made of the
/// place, where the value has moved.
pub fn zero_at(code: &mut Code<'_>, place: &Place, operand: &Operand) -> Operand {
    match code.vars.place_ty(place) {
        _ if is_none(operand) => operand.clone(),
        ty @ (Ty::Option(_) | Ty::Result(_)) => {
            code.bind("zero", tangent_ty(&ty), Op::ZeroLike(place.clone()))
        }
        _ => zero(code, operand),
    }
}

/// The right-hand side of the tangent of `var = op`. `tans` are the tangents of
/// the operands of `op`, `place` the tangent of the place that it reads, with the
/// condition under which that place is there.
pub fn tangent_op(
    code: &mut Code<'_>,
    act: &Activity,
    set: &ActSet,
    var: Var,
    op: &Op,
    tans: &[Option<Operand>],
    place: Option<(Option<ActSet>, Place)>,
) -> Op {
    let whole = |tan: &Option<Operand>| tan.clone().map(Op::Use);
    let inactive = |code: &mut Code<'_>| match code.vars.info(var).ty {
        Ty::Float(_) => Op::Zero,
        _ => Op::ZeroLike(root(var)),
    };
    match op {
        Op::Use(_) => match whole(&tans[0]) {
            Some(op) => op,
            None => inactive(code),
        },
        Op::Cast(operand, conversion) => match &tans[0] {
            Some(tan) if is_open(&code.vars.ty(operand)) => {
                let wide = Ty::Float(Some(syn::Ident::new("f64", code.span)));
                let ahead = Op::CastAhead {
                    operand: operand.clone(),
                    tan: tan.clone(),
                };
                let wide = code.bind("t", wide, ahead);
                of_tangent(wide, conversion)
            }
            Some(tan) => of_tangent(tan.clone(), conversion),
            None => inactive(code),
        },
        Op::Unary(UnOp::Neg, a) if code.vars.ty(a) == Ty::Unknown && tans[0].is_some() => {
            Op::NegJvp {
                by_reference: code.vars.info(var).by_reference[0],
                operand: a.clone(),
                tan: or_zero(code, a, &tans[0]),
            }
        }
        Op::Unary(UnOp::Neg, _) => match &tans[0] {
            Some(tan) => Op::Unary(UnOp::Neg, tan.clone()),
            None => inactive(code),
        },
        Op::Read(_) | Op::MoveOut(_) => match place {
            Some((Some(set), place)) => Op::ReadWhen(set, place, Operand::Var(var)),
            Some((None, place)) => Op::Read(place),
            None => inactive(code),
        },
        Op::ToVec(_) => match place {
            Some((Some(set), place)) => to_vec(code, set, place, var),
            Some((None, place)) => Op::ToVec(place),
            None => inactive(code),
        },
        Op::Extreme(extreme) => {
            let place = place.map(|(under, tan)| (under.unwrap_or_else(|| set.clone()), tan));
            let tan_of_init = tans.first().cloned().flatten();
            extreme_tangent(code, act, var, extreme, tan_of_init, place)
        }
        Op::Binary(op, a, b) => binary(code, act, set, var, (*op, a, b), tans),
        Op::Prim(row, args) => {
            let terms = prim_terms(code, act, var, row, args, tans);
            sum(code, set, terms).unwrap_or(Op::Zero)
        }
        Op::Tuple(parts) => Op::Tuple(all(code, parts, tans)),
        // `Some` and `Ok`: the tangent is there where the content is.
        Op::Struct(s) if holds(s) && matches!(tans, [Some(_), ..]) => {
            let tan = tans.iter().flatten().take(1);
            let some = StructOf {
                path: syn::parse_quote!(::core::option::Option::Some),
                fields: tan.map(|tan| (syn::Member::from(0), tan.clone())).collect(),
                base: None,
                kind: None,
            };
            Op::Struct(Box::new(some))
        }
        Op::Struct(s) if s.is_box() => match whole(&tans[0]) {
            Some(op) => op,
            None => inactive(code),
        },
        Op::Struct(s) => {
            let parts: Vec<Operand> = s.fields.iter().map(|(_, a)| a.clone()).collect();
            // Without a base what is not written is zero already.
            let tans = match &place {
                Some(_) => all(code, &parts, tans).into_iter().map(Some).collect(),
                None => tans.to_vec(),
            };
            let fields = (0..parts.len()).filter_map(|k| {
                let proj = s
                    .field(k)
                    .and_then(|proj| at(&part(&root(var), proj), var).proj.pop())?;
                Some((proj, tans[k].clone()?))
            });
            Op::StructTangent(Box::new(StructTangent {
                like: var,
                base: place,
                fields: fields.collect(),
            }))
        }
        Op::Array(parts) => Op::Array(all(code, parts, tans)),
        Op::VecOf(parts) => Op::VecOf(all(code, parts, tans)),
        Op::Repeat(a, n) => Op::Repeat(or_zero(code, a, &tans[0]), n.clone()),
        Op::VecRepeat(a, n) => Op::VecRepeat(or_zero(code, a, &tans[0]), n.clone()),
        Op::VecEmpty(n) => Op::VecEmpty(n.clone()),
        Op::Placeholder => Op::Placeholder,
        // What only an adjoint contains. The tangent of a cotangent has the shape
        // of the cotangent, which is that of the value.
        Op::ZeroLike(place) => Op::ZeroLike(place.clone()),
        Op::Take(_) => match place {
            Some((_, place)) => Op::Take(place),
            None => inactive(code),
        },
        Op::ReadWhen(set, _, like) => match place {
            Some((_, place)) => Op::ReadWhen(set.clone(), place, like.clone()),
            None => inactive(code),
        },
        Op::When(set, _) => match &tans[0] {
            Some(tan) => Op::When(set.clone(), tan.clone()),
            None => inactive(code),
        },
        // A weight is constant on its piece.
        Op::Scale(weight, _) => match &tans[1] {
            Some(tan) => Op::Scale(weight.clone(), tan.clone()),
            None => inactive(code),
        },
        Op::CastBack { operand, .. } => match &tans[1] {
            Some(tan) => Op::CastBack {
                operand: operand.clone(),
                seed: tan.clone(),
            },
            None => inactive(code),
        },
        Op::CastAhead { operand, .. } => match &tans[1] {
            Some(tan) => Op::CastAhead {
                operand: operand.clone(),
                tan: tan.clone(),
            },
            None => inactive(code),
        },
        Op::NegVjp {
            by_reference,
            operand,
            seed,
        } => Op::NegVjpTan {
            by_reference: *by_reference,
            operand: operand.clone(),
            tan: or_zero(code, operand, &tans[0]),
            seed: seed.clone(),
            seed_tan: or_zero(code, seed, &tans[1]),
        },
        Op::OperatorVjp {
            op,
            by_reference,
            side,
            args,
            seed,
        } => Op::OperatorVjpTan {
            op: *op,
            by_reference: *by_reference,
            side: *side,
            args: args.clone(),
            tans: [
                or_zero(code, &args[0], &tans[0]),
                or_zero(code, &args[1], &tans[1]),
            ],
            seed: seed.clone(),
            seed_tan: or_zero(code, seed, &tans[2]),
        },
        _ => inactive(code),
    }
}

fn or_zero(code: &mut Code<'_>, operand: &Operand, tan: &Option<Operand>) -> Operand {
    tan.clone().unwrap_or_else(|| zero(code, operand))
}

fn all(code: &mut Code<'_>, parts: &[Operand], tans: &[Option<Operand>]) -> Vec<Operand> {
    parts
        .iter()
        .zip(tans)
        .map(|(part, tan)| or_zero(code, part, tan))
        .collect()
}

/// The tangent of `to_vec()`: zeros of the right length where the slot is empty.
fn to_vec(code: &mut Code<'_>, set: ActSet, place: Place, var: Var) -> Op {
    let ty = tangent_ty(&code.vars.info(var).ty);
    let copy = code
        .vars
        .fresh("copy", VarKind::Memory, ty.clone(), code.span);
    code.stmt(StmtKind::Declare(copy, Some(Op::ZeroLike(root(var)))));
    let mut inner = Code::new(code.vars, code.span);
    inner.for_each(&place, |code, k| {
        let value = code.read(index(&place, k.clone()));
        code.stmt(StmtKind::Store(index(&root(copy), k), value));
    });
    let stmts = inner.stmts;
    code.stmt(StmtKind::IfActive(set, Block(stmts)));
    Op::Read(root(copy))
}

/// The sum of terms, each taken only where its activity holds.
fn sum(code: &mut Code<'_>, set: &ActSet, terms: Vec<(ActSet, Operand)>) -> Option<Op> {
    let mut total: Option<Op> = None;
    for (own, term) in terms {
        let term = if own == *set {
            term
        } else {
            let ty = code.vars.ty(&term);
            code.bind("t", ty, Op::When(own, term))
        };
        total = Some(match total {
            None => Op::Use(term),
            Some(Op::Use(so_far)) => Op::Binary(BinOp::Add, so_far, term),
            Some(so_far) => {
                let ty = code.vars.ty(&term);
                let so_far = code.bind("t", ty, so_far);
                Op::Binary(BinOp::Add, so_far, term)
            }
        });
    }
    total
}

fn binary(
    code: &mut Code<'_>,
    act: &Activity,
    set: &ActSet,
    var: Var,
    (op, a, b): (BinOp, &Operand, &Operand),
    tans: &[Option<Operand>],
) -> Op {
    let known = !op.is_assigning() && is_of_floats(&code.vars.0, a, b);
    if op == BinOp::Rem && known {
        let row = rules::find("rem").expect("the table has `rem`");
        let args = [a.clone(), b.clone()];
        let terms = prim_terms(code, act, var, row, &args, tans);
        return sum(code, set, terms).unwrap_or(Op::Zero);
    }
    if is_discrete(&code.vars.ty(a)) || is_discrete(&code.vars.ty(b)) {
        return Op::ZeroLike(root(var));
    }
    if !known {
        let tans = [or_zero(code, a, &tans[0]), or_zero(code, b, &tans[1])];
        return Op::OperatorJvp {
            op,
            by_reference: code.vars.info(var).by_reference,
            args: [a.clone(), b.clone()],
            tans,
        };
    }
    let mut terms = Vec::new();
    if let Some(tan) = tans[0].clone() {
        let term = match op {
            BinOp::Mul => code.binary(BinOp::Mul, tan, b.clone()),
            BinOp::Div => code.binary(BinOp::Div, tan, b.clone()),
            _ => tan,
        };
        terms.push((of_operand(act, a), term));
    }
    if let Some(tan) = tans[1].clone() {
        let own = of_operand(act, b);
        let term = match op {
            BinOp::Add => tan,
            BinOp::Mul => code.binary(BinOp::Mul, a.clone(), tan),
            // -(z / b) tan
            BinOp::Div => {
                let slope = code.binary(BinOp::Div, Operand::Var(var), b.clone());
                let term = code.binary(BinOp::Mul, slope, tan);
                let ty = code.vars.ty(&term);
                code.bind("t", ty, Op::Unary(UnOp::Neg, term))
            }
            _ => {
                let ty = code.vars.ty(&tan);
                code.bind("t", ty, Op::Unary(UnOp::Neg, tan))
            }
        };
        terms.push((own, term));
    }
    sum(code, set, terms).unwrap_or(Op::Zero)
}

fn prim_terms(
    code: &mut Code<'_>,
    act: &Activity,
    var: Var,
    row: &'static Row,
    args: &[Operand],
    tans: &[Option<Operand>],
) -> Vec<(ActSet, Operand)> {
    let ty = code.vars.info(var).ty.clone();
    let mut terms = Vec::new();
    let weights = (row.kind == Kind::Select).then(|| weights(code, act, row, args, &ty));
    for (k, tan) in tans.iter().enumerate() {
        let Some(tan) = tan.clone().filter(|_| row.float_operands[k]) else {
            continue;
        };
        let term = match &weights {
            Some(weights) => {
                let weight = code.read(index(weights, int(k)));
                code.bind("t", ty.clone(), Op::Scale(weight, tan))
            }
            None => {
                let partial = partial(code, row, k, args, Operand::Var(var));
                match constant(&partial) {
                    Some(Constant::Zero) => continue,
                    Some(Constant::One) => tan,
                    Some(Constant::MinusOne) => {
                        code.bind("t", ty.clone(), Op::Unary(UnOp::Neg, tan))
                    }
                    None => code.bind("t", ty.clone(), Op::Binary(BinOp::Mul, partial, tan)),
                }
            }
        };
        terms.push((of_operand(act, &args[k]), term));
    }
    terms
}

/// The memory of a selection's weights.
pub fn weights(
    code: &mut Code<'_>,
    act: &Activity,
    row: &'static Row,
    args: &[Operand],
    ty: &Ty,
) -> Place {
    let operands = args
        .iter()
        .map(|a| (of_operand(act, a), a.clone()))
        .collect();
    let ty = Ty::Array(Box::new(ty.clone()));
    let bound = code.bind("weights", ty, Op::Weights(row, operands));
    root(var_of(&bound))
}

/// The weights of all operands of an extreme.
pub fn extreme_weights(code: &mut Code<'_>, act: &Activity, extreme: &Extreme, ty: &Ty) -> Place {
    let of_init = extreme.init.as_ref().map(|init| of_operand(act, init));
    let of_list = act.get(&extreme.list.root).cloned();
    let sets = [of_init.unwrap_or_default(), of_list.unwrap_or_default()];
    let op = Op::ExtremeWeights(Box::new(extreme.clone()), sets);
    let bound = code.bind("weights", Ty::Vec(Box::new(ty.clone())), op);
    root(var_of(&bound))
}

/// The part of a cotangent or tangent that belongs to the initial value.
pub fn extreme_of_init(code: &mut Code<'_>, weights: &Place, ty: &Ty, of: Operand) -> Operand {
    let usize_ty = Ty::Int(Some(usize_ident(code.span)));
    let n = code.bind("n", usize_ty.clone(), Op::Len(weights.clone()));
    let last = code.bind("last", usize_ty, Op::Binary(BinOp::Sub, n, int(1)));
    let weight = code.read(index(weights, last));
    code.bind("t", ty.clone(), Op::Scale(weight, of))
}

/// The sum of the tangents, each with its weight.
fn extreme_tangent(
    code: &mut Code<'_>,
    act: &Activity,
    var: Var,
    extreme: &Extreme,
    tan_of_init: Option<Operand>,
    of_list: Option<(ActSet, Place)>,
) -> Op {
    let ty = code.vars.info(var).ty.clone();
    let weights = extreme_weights(code, act, extreme, &ty);
    let start = match (tan_of_init, &extreme.init) {
        (Some(tan), Some(init)) => {
            let term = extreme_of_init(code, &weights, &ty, tan);
            let term = code.bind("t", ty.clone(), Op::When(of_operand(act, init), term));
            Op::Use(term)
        }
        _ => Op::Zero,
    };
    let total = code
        .vars
        .fresh("total", VarKind::Memory, ty.clone(), code.span);
    code.stmt(StmtKind::Declare(total, Some(start)));
    if let Some((under, tangents)) = of_list {
        let mut inner = Code::new(code.vars, code.span);
        inner.for_each(&tangents, |code, k| {
            let weight = code.read(index(&weights, k.clone()));
            let tan = code.read(index(&tangents, k));
            let value = code.bind("t", ty.clone(), Op::Scale(weight, tan));
            code.stmt(StmtKind::Update {
                place: root(total),
                negate: false,
                value,
            });
        });
        let stmts = inner.stmts;
        code.stmt(StmtKind::IfActive(under, Block(stmts)));
    }
    Op::Read(root(total))
}

/// The partial of a row with respect to operand `k`.
pub fn partial(code: &mut Code<'_>, row: &Row, k: usize, args: &[Operand], z: Operand) -> Operand {
    let scalar = code.vars.ty(&z);
    let slope = rules::instantiate(row, k, args, &z, &mut |ty, mut op| {
        op_parts_mut(&mut op, &mut |part| {
            if let PartMut::Operand(operand) = part {
                literal_at(operand, &scalar);
            }
        });
        // A partial has the type of the result.
        let ty = match (&ty, &scalar) {
            (Ty::Float(None), Ty::Float(_)) => scalar.clone(),
            _ => ty,
        };
        code.bind("t", ty, op)
    });
    if constant(&slope).is_some() {
        return slope;
    }
    let mut slope = slope;
    literal_at(&mut slope, &scalar);
    slope
}

/// A number of the rule table where the scalar is a type parameter: rustc knows
/// no literals of that type.
fn literal_at(operand: &mut Operand, scalar: &Ty) {
    if let (Operand::Lit(syn::Lit::Float(number)), Ty::Float(Some(name))) = (&*operand, scalar)
        && name != "f32"
        && name != "f64"
    {
        *operand = Operand::Const(Box::new(syn::parse_quote! {
            <#name as ::ad_runtime::__private::Scalar>::__from_f64(#number)
        }));
    }
}

/// A partial that needs no multiplication. Zero times an infinite cotangent would
/// be NaN, where the piece in truth ignores its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    Zero,
    One,
    MinusOne,
}

pub fn constant(partial: &Operand) -> Option<Constant> {
    let Operand::Lit(syn::Lit::Float(lit)) = partial else {
        return None;
    };
    match lit.base10_digits() {
        "0.0" => Some(Constant::Zero),
        "1.0" => Some(Constant::One),
        "-1.0" => Some(Constant::MinusOne),
        _ => None,
    }
}

/// The place of part `k` of an aggregate that an operation builds.
pub fn part_place(op: &Op, whole: &Place, k: usize) -> Place {
    match op {
        Op::Tuple(_) => field(whole, k),
        _ => index(whole, int(k)),
    }
}
