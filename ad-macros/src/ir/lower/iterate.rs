//! `for` loops.

use syn::spanned::Spanned;
use syn::{ExprForLoop, LitInt};

use super::{Lower, UNNAMED};
use crate::ir::visit::all_block_stmts;
use crate::ir::{Block, Exit, For, Label, Operand, Rows, Stmt, StmtKind, Ty, VarKind};
use crate::syntax::{fence, loops};

/// What a counted loop counts.
pub(super) struct Count {
    pub lo: Operand,
    pub hi: Operand,
    pub inclusive: bool,
    pub descending: bool,
    pub ty: Ty,
}

impl Lower<'_> {
    pub(super) fn for_(&mut self, e: &ExprForLoop) {
        let Some(sequence) = self.sequence(&e.expr) else {
            let (what, help) = fence::ITERATOR;
            self.refuse(e.expr.span(), what, help);
            return;
        };
        let checkpoint = loops::checkpoint(e).map(|snapshots| {
            if !sequence.is_indexed() {
                let (what, help) = fence::CHECKPOINTED_ITERATOR;
                self.refuse(e.expr.span(), what, help);
            }
            let snapshots = self.op(&snapshots);
            self.operand(snapshots)
        });
        let parallel = loops::is_parallel(e);
        if parallel && !sequence.is_indexed() {
            let (what, help) = fence::PARALLEL_ITERATOR;
            self.refuse(e.expr.span(), what, help);
        }
        self.span = e.for_token.span;
        let label = self.exits.enter(e.label.as_ref(), true, None);
        if sequence.is_indexed() {
            // Of a single loop, `continue` leads to the next round.
            self.run(&sequence, Some(label), &mut |l, item| {
                l.bind(&e.pat, item);
                l.block_into(&e.body, None);
            });
            self.of_loop(label, checkpoint, parallel);
            if parallel && self.counts_otherwise(label) {
                let (what, help) = fence::PARALLEL_COUNT;
                self.refuse(e.expr.span(), what, help);
            }
        } else {
            self.run(&sequence, Some(label), &mut |l, item| {
                let span = l.span;
                let next = l.exits.fresh();
                l.exits.continue_at(label, next);
                let (body, _) = l.block(|l| {
                    l.bind(&e.pat, item);
                    l.block_into(&e.body, None);
                });
                l.span = span;
                match continues(&body, next) {
                    true => l.push(StmtKind::Labeled(next, body)),
                    // A block of its own, so that its names are.
                    false => l.out.extend(body.0),
                }
            });
        }
        self.exits.leave();
    }

    /// The attributes of the loop that was lowered last.
    fn of_loop(&mut self, label: Label, checkpoint: Option<Operand>, parallel: bool) {
        let of_label =
            |stmt: &&mut Stmt| matches!(&stmt.kind, StmtKind::For(l) if l.label == Some(label));
        if let Some(stmt) = self.out.iter_mut().rev().find(of_label)
            && let StmtKind::For(l) = &mut stmt.kind
        {
            l.checkpoint = checkpoint;
            l.parallel = parallel;
        }
    }

    /// Whether a loop counts downward, or up to an end that is part of it.
    fn counts_otherwise(&self, label: Label) -> bool {
        self.out.iter().any(|stmt| match &stmt.kind {
            StmtKind::For(l) => l.label == Some(label) && (l.inclusive || l.descending),
            _ => false,
        })
    }

    /// `for k in 0..hi`, over elements.
    pub(super) fn for_each(&mut self, hi: Operand, body: impl FnOnce(&mut Self, Operand)) {
        let count = self.count_to(hi);
        self.counted(None, count, body);
    }

    pub(super) fn count_to(&self, hi: Operand) -> Count {
        let zero = Operand::Lit(syn::Lit::Int(LitInt::new("0", self.span)));
        Count {
            lo: zero,
            hi,
            inclusive: false,
            descending: false,
            ty: self.usize(),
        }
    }

    pub(super) fn counted(
        &mut self,
        label: Option<Label>,
        count: Count,
        body: impl FnOnce(&mut Self, Operand),
    ) {
        let Count {
            lo,
            hi,
            inclusive,
            descending,
            ty,
        } = count;
        let span = self.span;
        let index = self.var(UNNAMED, VarKind::Temp, ty, span);
        let (body, _) = self.block(|l| body(l, Operand::Var(index)));
        if self.info(index).name == UNNAMED {
            self.info(index).name = "k".to_string();
        }
        self.span = span;
        self.push(StmtKind::For(Box::new(For {
            label,
            index,
            lo,
            hi,
            inclusive,
            descending,
            user_descending: descending,
            body,
            checkpoint: None,
            parallel: false,
            rows: Vec::new(),
            rows_are: Rows::Written,
            windows: Vec::new(),
        })));
    }
}

/// Whether the body leads to this label: only then it needs it.
fn continues(body: &Block, label: Label) -> bool {
    let mut found = false;
    all_block_stmts(body, &mut |stmt| {
        found |= matches!(stmt.kind, StmtKind::Exit(Exit::Break(to)) if to == label);
    });
    found
}
