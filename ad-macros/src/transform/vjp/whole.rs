//! What a loop overwrites of a slice that only the caller wants back: kept as a whole
//! before the loop where that is less than a value for each iteration.
//!
//! A function that fills or accumulates into a slice would otherwise keep a value for each
//! store, also for those that overwrite what it has stored itself. The choice is made when the
//! loop begins, so a loop that changes few elements of a long slice keeps only these.

use std::collections::BTreeSet;

use proc_macro2::Span;
use quote::quote_spanned;

use super::Reverse;
use crate::ir::types::element;
use crate::ir::visit::{all_block_stmts, stmt_blocks_mut};
use crate::ir::{Block, For, Op, Opaque, Operand, Place, Rows, Stmt, StmtKind, Ty, Var, VarKind};
use crate::transform::build::{Code, index, root, usize_ident};

/// The statements before and after a loop, each of one sweep.
pub(super) struct Around {
    pub before_forward: Vec<Stmt>,
    pub before_reverse: Vec<Stmt>,
    pub after_reverse: Vec<Stmt>,
}

impl Reverse<'_> {
    /// Rewrites the bodies of a loop's sweeps; what they restore by the element of each such
    /// parameter, they leave alone where the whole was kept.
    pub(super) fn keep_before_loop(
        &mut self,
        l: &For,
        forward: &mut Block,
        reverse: &mut Block,
        span: Span,
    ) -> Around {
        let mut around = Around {
            before_forward: Vec::new(),
            before_reverse: Vec::new(),
            after_reverse: Vec::new(),
        };
        for (param, var) in self.kept_by_element(forward) {
            let place = root(var);
            let (keep, put_back) = self.copies(&place, span);
            let in_forward = self.whole(l, var, span, &mut around.before_forward);
            let in_reverse = self.whole(l, var, span, &mut around.before_reverse);
            unless(forward, param, &in_forward);
            unless(reverse, param, &in_reverse);
            let under = |condition: &Operand, stmts| {
                let kind = StmtKind::If(condition.clone(), Block(stmts), Block::default());
                let stmt = Stmt { kind, span };
                Stmt {
                    kind: StmtKind::IfRestore(param, Block(vec![stmt])),
                    span,
                }
            };
            around.before_forward.push(under(&in_forward, keep));
            // What was kept later lies on top.
            let back = under(&in_reverse, put_back);
            around.after_reverse.insert(0, back);
        }
        around
    }

    /// The slices of numbers, parameters, of which the forward sweep keeps single values for
    /// the caller.
    fn kept_by_element(&self, forward: &Block) -> Vec<(usize, Var)> {
        let mut kept = BTreeSet::new();
        all_block_stmts(forward, &mut |stmt| {
            if let StmtKind::IfRestore(param, block) = &stmt.kind {
                all_block_stmts(block, &mut |inner| {
                    if matches!(inner.kind, StmtKind::Push(_)) {
                        kept.insert(*param);
                    }
                });
            }
        });
        let mut params: Vec<(usize, Var)> = self
            .mutable_params
            .iter()
            .map(|(var, param)| (*param, *var))
            .filter(|(param, var)| kept.contains(param) && self.is_slice_of_numbers(*var))
            .collect();
        params.sort();
        params
    }

    fn is_slice_of_numbers(&self, var: Var) -> bool {
        match &self.vars.info(var).ty {
            Ty::Slice(element) => matches!(**element, Ty::Float(_) | Ty::Int(Some(_))),
            _ => false,
        }
    }

    /// A column with all elements of a slice, and what puts them back.
    fn copies(&mut self, place: &Place, span: Span) -> (Vec<Stmt>, Vec<Stmt>) {
        let ty = element(&self.vars.place_ty(place));
        let old = self.vars.fresh("old", VarKind::Temp, ty, span);
        let mut pass = |rows_are| {
            let mut code = Code::new(&mut self.vars, span);
            code.for_each(place, |code, k| {
                let element = index(place, k);
                code.stmt(match rows_are {
                    Rows::Written => StmtKind::Let(old, Op::Read(element)),
                    Rows::Bound => StmtKind::Store(element, Operand::Var(old)),
                });
            });
            for stmt in &mut code.stmts {
                if let StmtKind::For(l) = &mut stmt.kind {
                    (l.rows, l.rows_are) = (vec![old], rows_are);
                }
            }
            code.stmts
        };
        (pass(Rows::Written), pass(Rows::Bound))
    }

    /// Whether a copy of the slice costs no more than the iterations of the loop: an element
    /// is copied much faster than it is kept alone, but a copy is worth it only from a few on.
    fn whole(&mut self, l: &For, var: Var, span: Span, stmts: &mut Vec<Stmt>) -> Operand {
        let mut code = Code::new(&mut self.vars, span);
        let usize_ty = Ty::Int(Some(usize_ident(span)));
        let length = code.bind("length", usize_ty, Op::Len(root(var)));
        let mut holes = Vec::new();
        let mut bound = |operand: &Operand| match operand {
            Operand::Var(v) => {
                holes.push(root(*v));
                let name = quote::format_ident!("__hole_{}", holes.len() - 1, span = span);
                quote_spanned!(span=> #name)
            }
            Operand::Lit(literal) => quote_spanned!(span=> #literal),
            Operand::Const(constant) => quote_spanned!(span=> #constant),
        };
        let (lo, hi, length) = (bound(&l.lo), bound(&l.hi), bound(&length));
        let op = Op::Opaque(Box::new(Opaque {
            expr: syn::parse_quote_spanned!(span=>
                usize::max(16, #length / 4) <= (#hi as usize).saturating_sub(#lo as usize)
            ),
            holes,
            pure: true,
            refusal: None,
            gap: None,
        }));
        let whole = code.bind("whole", Ty::Bool, op);
        stmts.extend(code.stmts);
        whole
    }
}

/// Puts what a block does for the caller of parameter `param` under the condition that the
/// whole was not kept.
fn unless(block: &mut Block, param: usize, whole: &Operand) {
    for stmt in &mut block.0 {
        match &mut stmt.kind {
            StmtKind::IfRestore(of, inner) if *of == param => {
                let kind = StmtKind::If(whole.clone(), Block::default(), std::mem::take(inner));
                inner.0.push(Stmt {
                    kind,
                    span: stmt.span,
                });
            }
            _ => stmt_blocks_mut(stmt, &mut |b| unless(b, param, whole)),
        }
    }
}
