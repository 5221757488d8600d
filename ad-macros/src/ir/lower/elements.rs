//! Sequences whose elements are found by their number.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Ident, parse_quote};

use super::method::hole_name;
use super::sequence::{Sequence, With};
use super::{Item, Lower, Value};
use crate::ir::{Op, Operand, Passing, Place, Proj, Ty};

impl Sequence {
    /// Whether each element is found by its number, so that a counted loop runs
    /// over them.
    pub(super) fn is_indexed(&self) -> bool {
        match self {
            Sequence::Range { .. }
            | Sequence::Each { .. }
            | Sequence::Windows { .. }
            | Sequence::Chunks { .. }
            | Sequence::Once(_)
            | Sequence::Repeat(_) => true,
            Sequence::Zip(a, b) => a.is_indexed() && b.is_indexed(),
            Sequence::Enumerate(inner)
            | Sequence::Rev(inner, _)
            | Sequence::StepBy(inner, _)
            | Sequence::Skip(inner, _)
            | Sequence::Take(inner, _)
            | Sequence::Copied(inner)
            | Sequence::With(With::Map | With::Inspect, inner, _) => inner.is_indexed(),
            Sequence::With(..)
            | Sequence::Chain(..)
            | Sequence::FlatMap(..)
            | Sequence::Flatten(_)
            | Sequence::Scan(..)
            | Sequence::Content(_)
            | Sequence::Rest(..)
            | Sequence::Taking(..)
            | Sequence::InParts(_) => false,
        }
    }

    /// Whether an element can be looked at again: no function runs for it.
    pub(super) fn is_pure(&self) -> bool {
        match self {
            Sequence::With(..) => false,
            Sequence::Zip(a, b) => a.is_pure() && b.is_pure(),
            Sequence::Enumerate(inner)
            | Sequence::Rev(inner, _)
            | Sequence::StepBy(inner, _)
            | Sequence::Skip(inner, _)
            | Sequence::Take(inner, _)
            | Sequence::Copied(inner) => inner.is_pure(),
            sequence => sequence.is_indexed(),
        }
    }
}

impl Lower<'_> {
    /// The number of elements of an indexed sequence; absent for an endless one.
    pub(super) fn length(&mut self, sequence: &Sequence) -> Option<Operand> {
        Some(match sequence {
            Sequence::Range { hi: None, .. } | Sequence::Repeat(_) => return None,
            Sequence::Range {
                lo,
                hi: Some(hi),
                inclusive,
                ..
            } => {
                let mut holes = Vec::new();
                let (a, b) = (self.spelled(lo, &mut holes), self.spelled(hi, &mut holes));
                self.count(
                    holes,
                    match inclusive {
                        false => parse_quote!(::ad_runtime::__private::range_len(#a, #b)),
                        true => parse_quote!(::ad_runtime::__private::range_len_inclusive(#a, #b)),
                    },
                )
            }
            Sequence::Each { place, .. } => self.len(place),
            Sequence::Windows { place, size } => {
                let len = self.len(place);
                self.count_of(len, size, |n, k| parse_quote!((#n + 1).saturating_sub(#k)))
            }
            Sequence::Chunks {
                place, size, exact, ..
            } => {
                let len = self.len(place);
                let exact = *exact;
                self.count_of(len, size, |n, k| match exact {
                    true => parse_quote!(#n / #k),
                    false => parse_quote!(#n.div_ceil(#k)),
                })
            }
            Sequence::Once(_) => int(1, self.span),
            Sequence::Zip(a, b) => match (self.length(a), self.length(b)) {
                (Some(a), Some(b)) => {
                    self.count_of(a, &b, |a, b| parse_quote!(::core::cmp::min(#a, #b)))
                }
                (one, other) => return one.or(other),
            },
            Sequence::StepBy(inner, step) => {
                let len = self.length(inner)?;
                self.count_of(len, step, |n, k| parse_quote!(#n.div_ceil(#k)))
            }
            Sequence::Skip(inner, k) => {
                let len = self.length(inner)?;
                self.count_of(len, k, |n, k| parse_quote!(#n.saturating_sub(#k)))
            }
            Sequence::Take(inner, k) => match self.length(inner) {
                Some(len) => self.count_of(len, k, |n, k| parse_quote!(::core::cmp::min(#n, #k))),
                None => k.clone(),
            },
            Sequence::Enumerate(inner)
            | Sequence::Rev(inner, _)
            | Sequence::Copied(inner)
            | Sequence::With(_, inner, _) => return self.length(inner),
            Sequence::Chain(..)
            | Sequence::FlatMap(..)
            | Sequence::Flatten(_)
            | Sequence::Scan(..)
            | Sequence::Content(_)
            | Sequence::Rest(..)
            | Sequence::Taking(..)
            | Sequence::InParts(_) => return None,
        })
    }

    /// Computes before the loop what the elements need.
    pub(super) fn prepare(&mut self, sequence: &mut Sequence) {
        match sequence {
            Sequence::Rev(inner, last) => {
                self.prepare(inner);
                *last = self.length(inner).map(|len| {
                    let holes = vec![self.hole(len)];
                    let n = hole_name(0);
                    self.count(holes, parse_quote!(#n.wrapping_sub(1)))
                });
            }
            Sequence::Zip(a, b) => {
                self.prepare(a);
                self.prepare(b);
            }
            Sequence::Enumerate(inner)
            | Sequence::StepBy(inner, _)
            | Sequence::Skip(inner, _)
            | Sequence::Take(inner, _)
            | Sequence::Copied(inner)
            | Sequence::With(_, inner, _) => self.prepare(inner),
            _ => {}
        }
    }

    /// Element number `k` of an indexed sequence.
    pub(super) fn element(&mut self, sequence: &Sequence, k: Operand) -> Item {
        match sequence {
            Sequence::Range { lo, ty, .. } => {
                let is_usize = matches!(ty, Ty::Int(Some(name)) if name == "usize");
                if is_usize && is_zero(lo) {
                    return Item::Value(Value::operand(k, ty.clone()));
                }
                let mut holes = Vec::new();
                let (a, b) = (self.spelled(lo, &mut holes), self.spelled(&k, &mut holes));
                let expr = match is_usize {
                    true => parse_quote!(#a + #b),
                    false => parse_quote!(::ad_runtime::__private::range_nth(#a, #b)),
                };
                Item::Value(self.made(expr, holes, ty.clone(), true))
            }
            Sequence::Each { place, by } => Item::Place(place.clone().then(Proj::Index(k)), *by),
            Sequence::Windows { place, size } => {
                let hi = self.count_of(k.clone(), size, |k, n| parse_quote!(#k + #n));
                Item::Place(part(place, k, hi), Passing::Ref)
            }
            Sequence::Chunks {
                place, size, by, ..
            } => {
                let lo = self.count_of(k, size, |k, n| parse_quote!(#k * #n));
                let len = self.len(place);
                let mut holes = Vec::new();
                let [a, b, c] = [&lo, size, &len].map(|x| self.spelled(x, &mut holes));
                let hi = self.count(holes, parse_quote!(::core::cmp::min(#a + #b, #c)));
                Item::Place(part(place, lo, hi), *by)
            }
            Sequence::Once(item) | Sequence::Repeat(item) => item.clone(),
            Sequence::Zip(a, b) => {
                let a = self.element(a, k.clone());
                let a = self.settled(a);
                let b = self.element(b, k);
                Item::Tuple(vec![a, self.settled(b)])
            }
            Sequence::Enumerate(inner) => {
                let number = Item::Value(Value::operand(k.clone(), self.usize()));
                let item = self.element(inner, k);
                Item::Tuple(vec![number, self.settled(item)])
            }
            Sequence::Rev(inner, last) => {
                let k = match last {
                    Some(last) => self.count_of(last.clone(), &k, |n, k| parse_quote!(#n - #k)),
                    None => k,
                };
                self.element(inner, k)
            }
            Sequence::StepBy(inner, step) => {
                let k = self.count_of(k, step, |k, n| parse_quote!(#k * #n));
                self.element(inner, k)
            }
            Sequence::Skip(inner, first) => {
                let k = self.count_of(k, first, |k, n| parse_quote!(#k + #n));
                self.element(inner, k)
            }
            Sequence::Copied(inner) => {
                let item = self.element(inner, k);
                owned(item)
            }
            Sequence::With(With::Map, inner, f) => {
                let item = self.element(inner, k);
                let item = self.settled(item);
                let item = self.apply(f, vec![item]);
                self.settled(item)
            }
            Sequence::With(With::Inspect, inner, f) => {
                let item = self.element(inner, k);
                self.inspected(f, item)
            }
            Sequence::Take(inner, _) | Sequence::With(_, inner, _) => self.element(inner, k),
            // Not indexed.
            Sequence::Chain(..)
            | Sequence::FlatMap(..)
            | Sequence::Flatten(_)
            | Sequence::Scan(..)
            | Sequence::Content(_)
            | Sequence::Rest(..)
            | Sequence::Taking(..)
            | Sequence::InParts(_) => Item::Value(Value::unit()),
        }
    }

    /// Runs a function that only looks at an item.
    pub(super) fn inspected(&mut self, f: &super::closure::Function, item: Item) -> Item {
        let item = self.shared(item);
        let seen = self.by_reference(&item);
        let unit = self.apply(f, vec![seen]);
        self.discard(unit);
        item
    }

    pub(super) fn len(&mut self, place: &Place) -> Operand {
        let ty = self.usize();
        self.operand(Value::new(Op::Len(place.clone()), ty))
    }

    pub(super) fn usize(&self) -> Ty {
        Ty::Int(Some(Ident::new("usize", self.span)))
    }

    pub(super) fn count(&mut self, holes: Vec<Place>, expr: Expr) -> Operand {
        let ty = self.usize();
        let value = self.made(expr, holes, ty, true);
        self.operand(value)
    }

    pub(super) fn count_of(
        &mut self,
        a: Operand,
        b: &Operand,
        f: impl FnOnce(Ident, TokenStream) -> Expr,
    ) -> Operand {
        let mut holes = vec![self.hole(a)];
        let b = self.spelled(b, &mut holes);
        self.count(holes, f(hole_name(0), b))
    }

    /// An operand in an expression of the compiler's own: a new hole, or the
    /// constant itself.
    pub(super) fn spelled(&mut self, operand: &Operand, holes: &mut Vec<Place>) -> TokenStream {
        match operand {
            Operand::Var(v) => {
                holes.push(Place::of(*v));
                hole_name(holes.len() - 1).to_token_stream()
            }
            Operand::Lit(l) => l.to_token_stream(),
            Operand::Const(e) => quote::quote!((#e)),
        }
    }
}

/// A copy of what a reference points to.
pub(super) fn owned(item: Item) -> Item {
    match item {
        Item::Place(place, _) => Item::Place(place, Passing::Value),
        item => item,
    }
}

pub(super) fn int(n: usize, span: proc_macro2::Span) -> Operand {
    Operand::Lit(syn::Lit::Int(syn::LitInt::new(&n.to_string(), span)))
}

fn is_zero(operand: &Operand) -> bool {
    matches!(operand, Operand::Lit(syn::Lit::Int(l)) if l.base10_digits() == "0")
}

fn part(place: &Place, lo: Operand, hi: Operand) -> Place {
    place.clone().then(Proj::Range {
        lo: Some(lo),
        hi: Some(hi),
        inclusive: false,
    })
}
