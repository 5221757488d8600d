//! `for` loops.

use syn::spanned::Spanned;
use syn::{ExprForLoop, LitInt};

use super::sequence::Sequence;
use super::{Item, Lower, UNNAMED, Value};
use crate::ir::{For, Label, Operand, Rows, StmtKind, Ty, VarKind};
use crate::syntax::fence;

/// What a counted loop counts.
struct Count {
    lo: Operand,
    hi: Operand,
    inclusive: bool,
    descending: bool,
    ty: Ty,
}

impl Lower<'_> {
    pub(super) fn for_(&mut self, e: &ExprForLoop) {
        let Some(sequence) = self.sequence(&e.expr) else {
            let (what, help) = fence::ITERATOR;
            self.refuse(e.expr.span(), what, help);
            return;
        };
        self.span = e.for_token.span;
        let (sequence, descending) = match sequence {
            Sequence::Rev(inner, _) => (*inner, true),
            sequence => (sequence, false),
        };
        let label = self.exits.enter(e.label.as_ref(), true, None);
        match sequence {
            Sequence::Range {
                lo,
                hi: Some(hi),
                inclusive,
                ty,
            } => {
                let count = Count {
                    lo,
                    hi,
                    inclusive,
                    descending,
                    ty,
                };
                self.counted(Some(label), count, |l, k| {
                    let ty = l.operand_ty(&k);
                    l.bind(&e.pat, Item::Value(Value::operand(k, ty)));
                    l.block_into(&e.body, None);
                });
            }
            mut sequence => {
                self.prepare(&mut sequence);
                let Some(hi) = self.length(&sequence) else {
                    let help = "give the range an end, or write `loop` with a counter";
                    self.refuse(
                        e.expr.span(),
                        "an endless range is not supported here",
                        help,
                    );
                    self.exits.leave();
                    return;
                };
                let mut count = self.count_to(hi);
                count.descending = descending;
                self.counted(Some(label), count, |l, k| {
                    let item = l.element(&sequence, k);
                    l.bind(&e.pat, item);
                    l.block_into(&e.body, None);
                });
            }
        }
        self.exits.leave();
    }

    /// `for k in 0..hi`, over elements.
    pub(super) fn for_each(&mut self, hi: Operand, body: impl FnOnce(&mut Self, Operand)) {
        let count = self.count_to(hi);
        self.counted(None, count, body);
    }

    fn count_to(&self, hi: Operand) -> Count {
        let zero = Operand::Lit(syn::Lit::Int(LitInt::new("0", self.span)));
        Count {
            lo: zero,
            hi,
            inclusive: false,
            descending: false,
            ty: self.usize(),
        }
    }

    fn counted(
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
            rows: Vec::new(),
            rows_are: Rows::Written,
            windows: Vec::new(),
        })));
    }
}
