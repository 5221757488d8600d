//! A counted loop as one that counts by itself, for loops that are left early.

use proc_macro2::Span;

use super::structure::fresh;
use crate::ir::{
    BinOp, Block, For, Label, Loop, Op, Operand, Place, Stmt, StmtKind, Ty, VarInfo, VarKind,
};

/// The loop's statements: a position, and a loop that steps it before the user's
/// body runs, so that `continue` need not. The position never passes the last
/// index of an inclusive range, which may be the greatest of its type.
pub(super) fn unroll(vars: &mut Vec<VarInfo>, l: For, label: Label, span: Span) -> Vec<Stmt> {
    let For {
        index,
        lo,
        hi,
        inclusive,
        descending,
        mut body,
        ..
    } = l;
    let info = vars[index.0 as usize].clone();
    let number = |vars: &mut _, kind| fresh(vars, &info.name, kind, info.ty.clone());
    let position = number(vars, VarKind::Memory);
    let at = |kind| Stmt { kind, span };
    let one = || Operand::Lit(syn::Lit::Int(syn::LitInt::new("1", span)));
    let binary = |v, op, a, b| at(StmtKind::Let(v, Op::Binary(op, Operand::Var(a), b)));
    let step_to = |v| at(StmtKind::Store(Place::of(position), Operand::Var(v)));
    let read = |v| at(StmtKind::Let(v, Op::Read(Place::of(position))));

    let (start, end) = if descending { (hi, lo) } else { (lo, hi) };
    let runs = fresh(vars, "t", VarKind::Temp, Ty::Bool);
    let mut stmts = Vec::new();
    let again = if inclusive {
        let (test, more, step) = match descending {
            false => (BinOp::Le, BinOp::Lt, BinOp::Add),
            true => (BinOp::Ge, BinOp::Gt, BinOp::Sub),
        };
        let goes_on = fresh(vars, "t", VarKind::Temp, Ty::Bool);
        let next = number(vars, VarKind::Temp);
        stmts.push(read(index));
        stmts.push(binary(runs, test, index, end.clone()));
        stmts.push(binary(goes_on, more, index, end));
        let step = Block(vec![binary(next, step, index, one()), step_to(next)]);
        stmts.push(at(StmtKind::If(
            Operand::Var(goes_on),
            step,
            Block::default(),
        )));
        goes_on
    } else if descending {
        // The position is one past the index.
        let past = number(vars, VarKind::Temp);
        stmts.push(read(past));
        stmts.push(binary(runs, BinOp::Gt, past, end));
        body.0.splice(
            ..0,
            [binary(index, BinOp::Sub, past, one()), step_to(index)],
        );
        runs
    } else {
        let next = number(vars, VarKind::Temp);
        stmts.push(read(index));
        stmts.push(binary(runs, BinOp::Lt, index, end));
        body.0
            .splice(..0, [binary(next, BinOp::Add, index, one()), step_to(next)]);
        runs
    };
    stmts.push(at(StmtKind::If(Operand::Var(runs), body, Block::default())));
    let again = Operand::Var(again);
    let l = Loop {
        label: Some(label),
        body: Block(stmts),
        again,
        trips: None,
    };
    vec![
        at(StmtKind::Declare(position, Some(Op::Use(start)))),
        at(StmtKind::Loop(Box::new(l))),
    ]
}
