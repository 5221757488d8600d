//! Sums into neighbouring elements: `g[i] += a; g[i + 1] += b` in a loop over `i`
//! becomes `g[i] += a + carry; carry = b`, and one more sum after the loop.
//!
//! Each element is then loaded and stored once, and no iteration waits for the
//! store of the one before it. The sums of cotangents have no prescribed order.

use std::collections::BTreeMap;

use super::affine::{Affine, Indices, is_plain, is_reverse};
use super::build::{Code, Vars, index, root};
use crate::ir::visit::{stmt_blocks_mut, stmt_places};
use crate::ir::{
    ActSet, BinOp, Block, For, Op, Opaque, Operand, Place, Proj, Stmt, StmtKind, Toward, Ty, UnOp,
    Var, VarKind,
};

pub fn carry(vars: &mut Vars, block: &mut Block) {
    let stmts = std::mem::take(&mut block.0);
    for mut stmt in stmts {
        stmt_blocks_mut(&mut stmt, &mut |b| carry(vars, b));
        match stmt.kind {
            StmtKind::For(l) if is_candidate(&l) => block.0.extend(rewrite(vars, *l, stmt.span)),
            _ => block.0.push(stmt),
        }
    }
}

/// An upward reverse loop whose iterations may run in any order.
fn is_candidate(l: &For) -> bool {
    is_reverse(l)
        && !l.parallel
        && !l.descending
        && !l.user_descending
        && !l.inclusive
        && is_plain(&l.body)
}

/// One sum into an element of a cotangent.
struct Sum {
    /// Its statement in the body.
    at: usize,
    offset: i64,
    place: Place,
    negate: bool,
    value: Operand,
    /// The activity under which it stands.
    under: Option<ActSet>,
}

fn rewrite(vars: &mut Vars, mut l: For, span: proc_macro2::Span) -> Vec<Stmt> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    for (_, sums) in neighbours(vars, &l) {
        let low = sums
            .iter()
            .map(|s| s.offset)
            .min()
            .expect("a group has sums");
        let ty = vars.place_ty(&sums[0].place);
        let under = sums[0].under.clone();
        let slot = sums
            .iter()
            .find(|s| s.offset == low)
            .expect("the lowest")
            .place
            .clone();
        let high = sums
            .iter()
            .find(|s| s.offset > low)
            .expect("a higher one")
            .place
            .clone();
        for sum in &sums {
            l.body.0[sum.at].kind = StmtKind::IfActive(ActSet::default(), Block::default());
        }
        let memory = vars.fresh("carry", VarKind::Memory, ty.clone(), span);
        before.push(Stmt {
            kind: StmtKind::Declare(memory, Some(Op::Zero)),
            span,
        });
        let mut code = Code::new(vars, span);
        let carried = code.read(root(memory));
        let here = total(
            &mut code,
            &ty,
            Some(carried),
            sums.iter().filter(|s| s.offset == low),
        );
        update(&mut code, slot, here, under.clone());
        let next = total(&mut code, &ty, None, sums.iter().filter(|s| s.offset > low));
        code.stmt(StmtKind::Store(root(memory), next));
        l.body.0.extend(code.stmts);
        after.extend(last(vars, &l, &high, low + 1, memory, under, span));
    }
    l.body
        .0
        .retain(|stmt| !matches!(&stmt.kind, StmtKind::IfActive(_, b) if b.0.is_empty()));
    before.push(Stmt {
        kind: StmtKind::For(Box::new(l)),
        span,
    });
    before.extend(after);
    before
}

/// The cotangents that a loop only sums into, at two neighbouring elements.
fn neighbours(vars: &Vars, l: &For) -> BTreeMap<Var, Vec<Sum>> {
    let indices = Indices::of(l);
    let mut sums: BTreeMap<Var, Vec<Sum>> = BTreeMap::new();
    let mut other = Vec::new();
    // The sums of a forward sweep are the user's, in the user's order.
    let turn = |stmt: &Stmt| matches!(stmt.kind, StmtKind::Turn(Toward::Reverse));
    let from = l.body.0.iter().rposition(turn).unwrap_or(0);
    for (at, stmt) in l.body.0.iter().enumerate() {
        let (inner, under) = match &stmt.kind {
            StmtKind::IfActive(set, b) if b.0.len() == 1 => (&b.0[0], Some(set.clone())),
            _ => (stmt, None),
        };
        match sum(vars, &indices, at, inner, under).filter(|_| at >= from) {
            Some(sum) => sums.entry(sum.place.root).or_default().push(sum),
            None => crate::ir::visit::all_stmts(stmt, &mut |s| {
                stmt_places(s, &mut |p, _| other.push(p.root));
            }),
        }
    }
    sums.retain(|root, sums| {
        let low = sums.iter().map(|s| s.offset).min();
        let high = sums.iter().map(|s| s.offset).max();
        let adjacent = low.zip(high).is_some_and(|(low, high)| high == low + 1);
        adjacent && !other.contains(root) && sums.iter().all(|s| s.under == sums[0].under)
    });
    sums
}

fn sum(
    vars: &Vars,
    indices: &Indices<'_>,
    at: usize,
    stmt: &Stmt,
    under: Option<ActSet>,
) -> Option<Sum> {
    let StmtKind::Update {
        place,
        negate,
        value,
    } = &stmt.kind
    else {
        return None;
    };
    let [Proj::Index(i)] = place.proj.as_slice() else {
        return None;
    };
    let Some(Affine {
        slope: 1,
        offset: Some(offset),
    }) = indices.operand(i)
    else {
        return None;
    };
    if !matches!(vars.place_ty(place), Ty::Float(_)) {
        return None;
    }
    Some(Sum {
        at,
        offset,
        place: place.clone(),
        negate: *negate,
        value: value.clone(),
        under,
    })
}

fn total<'s>(
    code: &mut Code<'_>,
    ty: &Ty,
    start: Option<Operand>,
    sums: impl Iterator<Item = &'s Sum>,
) -> Operand {
    let mut so_far = start;
    for sum in sums {
        let value = sum.value.clone();
        let op = match (so_far, sum.negate) {
            (None, false) => Op::Use(value),
            (None, true) => Op::Unary(UnOp::Neg, value),
            (Some(a), false) => Op::Binary(BinOp::Add, a, value),
            (Some(a), true) => Op::Binary(BinOp::Sub, a, value),
        };
        so_far = Some(code.bind("t", ty.clone(), op));
    }
    so_far.expect("at least one sum")
}

fn update(code: &mut Code<'_>, place: Place, value: Operand, under: Option<ActSet>) {
    let span = code.span;
    let kind = StmtKind::Update {
        place,
        negate: false,
        value,
    };
    code.stmt(match under {
        Some(set) => StmtKind::IfActive(set, Block(vec![Stmt { kind, span }])),
        None => kind,
    });
}

/// The sum that the last iteration leaves in the carry: to the element at
/// `hi - 1 + offset`, if the loop ran at all.
fn last(
    vars: &mut Vars,
    l: &For,
    place: &Place,
    offset: i64,
    memory: Var,
    under: Option<ActSet>,
    span: proc_macro2::Span,
) -> Vec<Stmt> {
    let counter = vars.info(l.index).ty.clone();
    let mut code = Code::new(vars, span);
    let ran = code.bind(
        "ran",
        Ty::Bool,
        Op::Binary(BinOp::Lt, l.lo.clone(), l.hi.clone()),
    );
    let mut inner = Code::new(code.vars, span);
    let hi = inner.bind("hi", counter.clone(), Op::Use(l.hi.clone()));
    let Operand::Var(hole) = hi else {
        unreachable!("bind gives a variable")
    };
    let distance = proc_macro2::Literal::u64_unsuffixed((offset - 1).unsigned_abs());
    let expr: syn::Expr = match offset > 1 {
        true => syn::parse_quote!(__hole_0 + #distance),
        false => syn::parse_quote!(__hole_0 - #distance),
    };
    let opaque = Opaque {
        expr,
        holes: vec![root(hole)],
        pure: true,
        refusal: None,
        gap: None,
    };
    let at = inner.bind("last", counter, Op::Opaque(Box::new(opaque)));
    let rest = inner.read(root(memory));
    update(&mut inner, index(&root(place.root), at), rest, under);
    let stmts = inner.stmts;
    code.stmt(StmtKind::If(ran, Block(stmts), Block::default()));
    code.stmts
}

#[cfg(test)]
#[path = "carry_tests.rs"]
mod tests;
