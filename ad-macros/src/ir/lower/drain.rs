//! `v.drain(a..b)`: a copy of what is taken out, and what is left moves together.

use syn::{Expr, ExprMethodCall, RangeLimits, parse_quote};

use super::Lower;
use super::elements::int;
use super::place::strip;
use crate::ir::{Operand, Place, Proj};

impl Lower<'_> {
    /// The list of what is taken out. Absent: it is no list of this function, or the
    /// fault was reported.
    pub(super) fn drained(&mut self, m: &ExprMethodCall, range: &Expr) -> Option<Place> {
        let Expr::Range(range) = strip(range) else {
            return None;
        };
        let place = self.elements_of(&m.receiver)?;
        if self.lengthens_parameter(&place, &m.method) {
            return None;
        }
        self.span = m.method.span();
        let zero = int(0, self.span);
        if range.start.is_none() && range.end.is_none() {
            let taken = self.copy_of(&place);
            self.truncated(&place, &zero);
            return Some(taken);
        }
        let lo = match &range.start {
            Some(lo) => self.value(lo),
            None => zero,
        };
        let len = self.len(&place);
        let hi: Operand = match (&range.end, range.limits) {
            (Some(hi), RangeLimits::HalfOpen(_)) => self.value(hi),
            (Some(hi), RangeLimits::Closed(_)) => {
                let hi = self.value(hi);
                let one = int(1, self.span);
                self.count_of(hi, &one, |hi, one| parse_quote!(#hi + #one))
            }
            (None, _) => len.clone(),
        };
        let taken = self.copy_of(&place.clone().then(Proj::Range {
            lo: Some(lo.clone()),
            hi: Some(hi.clone()),
            inclusive: false,
        }));
        let behind = self.count_of(len, &hi, |len, hi| parse_quote!(#len - #hi));
        let left = self.count_of(lo.clone(), &behind, |lo, n| parse_quote!(#lo + #n));
        let from = place.clone();
        self.for_each(behind, |l, k| {
            let source = l.count_of(hi, &k, |hi, k| parse_quote!(#hi + #k));
            let target = l.count_of(lo, &k, |lo, k| parse_quote!(#lo + #k));
            l.copy_element(&from, source, &from, target);
        });
        self.truncated(&place, &left);
        Some(taken)
    }
}
