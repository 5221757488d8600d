//! Index expressions of a loop that advance by one with its counter.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::visit::{block_bound, block_written_roots, op_uses};
use crate::ir::{Block, For, Op, Opaque, Operand, StmtKind, Var};

/// How an integer depends on a loop's counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affine {
    /// What it grows by in an iteration: 0 for what the loop does not change.
    pub slope: i64,
    /// Its distance from the counter, where that is a known number.
    pub offset: Option<i64>,
}

const CONSTANT: Affine = Affine {
    slope: 0,
    offset: None,
};

/// The integers that a loop's body computes at its top level, and how.
pub struct Indices<'a> {
    counter: Var,
    bound: BTreeSet<Var>,
    /// Bound or written in the body.
    changing: BTreeSet<Var>,
    defs: BTreeMap<Var, &'a Op>,
}

impl<'a> Indices<'a> {
    pub fn of(l: &'a For) -> Self {
        let bound = block_bound(&l.body);
        let mut changing = bound.clone();
        changing.extend(block_written_roots(&l.body));
        let defs = l.body.0.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::Let(var, op) => Some((*var, op)),
            _ => None,
        });
        Indices {
            counter: l.index,
            bound,
            changing,
            defs: defs.collect(),
        }
    }

    pub fn is_constant(&self, var: Var) -> bool {
        var != self.counter && !self.changing.contains(&var)
    }

    /// Whether a memory outlives an iteration.
    pub fn is_outside(&self, var: Var) -> bool {
        var != self.counter && !self.bound.contains(&var)
    }

    pub fn operand(&self, operand: &Operand) -> Option<Affine> {
        match operand {
            Operand::Var(var) => self.var(*var),
            Operand::Lit(_) | Operand::Const(_) => Some(Affine {
                offset: number(operand),
                ..CONSTANT
            }),
        }
    }

    fn var(&self, var: Var) -> Option<Affine> {
        if var == self.counter {
            return Some(Affine {
                slope: 1,
                offset: Some(0),
            });
        }
        if self.is_constant(var) {
            return Some(CONSTANT);
        }
        match self.defs.get(&var)? {
            Op::Use(operand) => self.operand(operand),
            Op::Opaque(opaque) if opaque.pure => self.expr(opaque, &opaque.expr),
            _ => None,
        }
    }

    fn expr(&self, opaque: &Opaque, expr: &syn::Expr) -> Option<Affine> {
        match expr {
            syn::Expr::Paren(e) => self.expr(opaque, &e.expr),
            syn::Expr::Group(e) => self.expr(opaque, &e.expr),
            syn::Expr::Lit(lit) => Some(Affine {
                offset: number(&Operand::Lit(lit.lit.clone())),
                ..CONSTANT
            }),
            syn::Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                let Some(k) = name.strip_prefix("__hole_") else {
                    return Some(CONSTANT);
                };
                let place = opaque.holes.get(k.parse::<usize>().ok()?)?;
                if place.proj.is_empty() {
                    self.var(place.root)
                } else {
                    None
                }
            }
            syn::Expr::Binary(e) => {
                let (a, b) = (self.expr(opaque, &e.left)?, self.expr(opaque, &e.right)?);
                let combine = |f: fn(i64, i64) -> Option<i64>| {
                    Some(Affine {
                        slope: f(a.slope, b.slope)?,
                        offset: a.offset.zip(b.offset).and_then(|(a, b)| f(a, b)),
                    })
                };
                match e.op {
                    syn::BinOp::Add(_) => combine(i64::checked_add),
                    syn::BinOp::Sub(_) => combine(i64::checked_sub),
                    // Only products of what the loop does not change.
                    syn::BinOp::Mul(_) if a.slope == 0 && b.slope == 0 => Some(CONSTANT),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The definitions that a variable needs, in order, down to what the loop
    /// does not change and the counter.
    pub fn chain(&self, var: Var, out: &mut Vec<Var>) {
        let Some(op) = self.defs.get(&var) else {
            return;
        };
        if out.contains(&var) {
            return;
        }
        op_uses(op, &mut |used| self.chain(used, out));
        out.push(var);
    }

    pub fn def(&self, var: Var) -> Option<&'a Op> {
        self.defs.get(&var).copied()
    }
}

fn number(operand: &Operand) -> Option<i64> {
    match operand {
        Operand::Lit(syn::Lit::Int(lit)) => lit.base10_parse().ok(),
        _ => None,
    }
}

/// Whether a block is plain enough for the loop passes: no nested loops, calls
/// or stacks, whose order or effects they would have to respect.
pub fn is_plain(body: &Block) -> bool {
    body.0.iter().all(|stmt| match &stmt.kind {
        StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op)) => {
            !matches!(op, Op::Call(_) | Op::CallForward(..))
        }
        StmtKind::Declare(_, None)
        | StmtKind::Store(..)
        | StmtKind::Update { .. }
        | StmtKind::Turn(_) => true,
        StmtKind::If(_, a, b) => is_plain(a) && is_plain(b),
        StmtKind::IfActive(_, a) => is_plain(a),
        _ => false,
    })
}

/// Whether a loop belongs to a reverse sweep.
pub fn is_reverse(l: &For) -> bool {
    l.rows_are == crate::ir::Rows::Bound
}
