//! Methods that change the length or the order of a `Vec` or slice. They are
//! pushes, pops and swaps, which the reverse sweep knows how to undo.

use syn::{ExprMethodCall, parse_quote};

use super::elements::int;
use super::optional::{Found, What};
use super::Lower;
use crate::ir::{BinOp, Operand, Place, Proj, StmtKind};

impl Lower<'_> {
    /// `v.pop()`
    pub(super) fn popped(&mut self, m: &ExprMethodCall) -> Option<Found> {
        let place = self.elements_of(&m.receiver)?;
        let name = m.method.clone();
        if self.lengthens_parameter(&place, &name) {
            return None;
        }
        let len = self.len(&place);
        let some = self.compare_counts(int(0, self.span), BinOp::Lt, &len);
        let memory = self.declare("popped", self.element_ty(&place));
        self.when(some.clone(), &mut |l| {
            let last = l.last_index(len.clone());
            let value = l.read(place.clone().then(Proj::Index(last)));
            let value = l.operand(value);
            l.store(Place::of(memory), value);
            l.push(StmtKind::VecTruncate(place.clone()));
        });
        Some(Found::new(some, What::Memory(memory)))
    }

    pub(super) fn last_index(&mut self, len: Operand) -> Operand {
        self.count_of(len, &int(1, self.span), |n, one| parse_quote!(#n - #one))
    }
}
