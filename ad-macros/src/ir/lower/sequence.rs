//! What a `for` loop runs over, as something that can be indexed.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprRange, Ident, RangeLimits, parse_quote};

use super::method::hole_name;
use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::{Op, Operand, Passing, Place, Proj, Ty};

/// A sequence whose elements are found by their number.
pub(super) enum Sequence {
    Range {
        lo: Operand,
        hi: Option<Operand>,
        inclusive: bool,
        ty: Ty,
    },
    Each {
        place: Place,
        by: Passing,
    },
    Windows {
        place: Place,
        size: Operand,
    },
    Chunks {
        place: Place,
        size: Operand,
        exact: bool,
        by: Passing,
    },
    Zip(Box<Sequence>, Box<Sequence>),
    Enumerate(Box<Sequence>),
    /// With its last number, once it is known.
    Rev(Box<Sequence>, Option<Operand>),
    StepBy(Box<Sequence>, Operand),
    Skip(Box<Sequence>, Operand),
    Take(Box<Sequence>, Operand),
}

impl Lower<'_> {
    /// The sequence that an expression denotes, its operands evaluated.
    pub(super) fn sequence(&mut self, e: &Expr) -> Option<Sequence> {
        match strip(e) {
            Expr::Range(r) => self.range_sequence(r),
            Expr::MethodCall(m) => {
                let name = m.method.to_string();
                let each = |place, by| Some(Sequence::Each { place, by });
                match (name.as_str(), m.args.len()) {
                    ("iter", 0) => each(self.elements_of(&m.receiver)?, Passing::Ref),
                    ("iter_mut", 0) => each(self.elements_of(&m.receiver)?, Passing::RefMut),
                    ("into_iter", 0) => self.sequence(&m.receiver),
                    ("copied" | "cloned", 0) => match self.sequence(&m.receiver)? {
                        Sequence::Each { place, .. } => each(place, Passing::Value),
                        _ => None,
                    },
                    ("enumerate", 0) => {
                        Some(Sequence::Enumerate(Box::new(self.sequence(&m.receiver)?)))
                    }
                    ("rev", 0) => Some(Sequence::Rev(Box::new(self.sequence(&m.receiver)?), None)),
                    ("zip", 1) => {
                        let a = self.sequence(&m.receiver)?;
                        let b = self.sequence(&m.args[0])?;
                        Some(Sequence::Zip(Box::new(a), Box::new(b)))
                    }
                    ("step_by", 1) => {
                        let inner = Box::new(self.sequence(&m.receiver)?);
                        Some(Sequence::StepBy(inner, self.value(&m.args[0])))
                    }
                    ("skip", 1) => {
                        let inner = Box::new(self.sequence(&m.receiver)?);
                        Some(Sequence::Skip(inner, self.value(&m.args[0])))
                    }
                    ("take", 1) => {
                        let inner = Box::new(self.sequence(&m.receiver)?);
                        Some(Sequence::Take(inner, self.value(&m.args[0])))
                    }
                    ("windows", 1) => {
                        let place = self.elements_of(&m.receiver)?;
                        Some(Sequence::Windows {
                            place,
                            size: self.value(&m.args[0]),
                        })
                    }
                    ("chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut", 1) => {
                        let place = self.elements_of(&m.receiver)?;
                        let by = if name.ends_with("mut") {
                            Passing::RefMut
                        } else {
                            Passing::Ref
                        };
                        let exact = name.starts_with("chunks_exact");
                        Some(Sequence::Chunks {
                            place,
                            size: self.value(&m.args[0]),
                            exact,
                            by,
                        })
                    }
                    ("as_slice" | "as_mut_slice", 0) => self.all_elements(e),
                    _ => None,
                }
            }
            _ => self.all_elements(e),
        }
    }

    fn range_sequence(&mut self, r: &ExprRange) -> Option<Sequence> {
        let (lo, lo_ty) = self.typed(r.start.as_ref()?);
        let (hi, ty) = match &r.end {
            Some(end) => {
                let (hi, hi_ty) = self.typed(end);
                (
                    Some(hi),
                    if let Ty::Int(Some(_)) = lo_ty {
                        lo_ty
                    } else {
                        hi_ty
                    },
                )
            }
            None => (None, lo_ty),
        };
        let ty = if let Ty::Int(_) = ty {
            ty
        } else {
            Ty::Int(None)
        };
        let inclusive = matches!(r.limits, RangeLimits::Closed(_));
        Some(Sequence::Range {
            lo,
            hi,
            inclusive,
            ty,
        })
    }

    /// The place of an array, slice or `Vec`.
    fn elements_of(&mut self, e: &Expr) -> Option<Place> {
        if let Some(place) = self.constant_array(e) {
            return Some(place);
        }
        let place = self.place_of(e);
        let ty = self.ty_of(&place);
        matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_)).then_some(place)
    }

    /// A `const` or `static` that is looped over, or a reference to it.
    fn constant_array(&mut self, e: &Expr) -> Option<Place> {
        let name = match strip(e) {
            Expr::Reference(r) => strip(&r.expr),
            name => name,
        };
        if !self.is_unbound(name) {
            return None;
        }
        let ty = Ty::Array(Box::new(Ty::Unknown));
        let value = Value::operand(Operand::Const(Box::new(name.clone())), ty);
        Some(Place::of(self.variable(value)))
    }

    fn all_elements(&mut self, e: &Expr) -> Option<Sequence> {
        if let Some(place) = self.constant_array(e) {
            let by = match strip(e) {
                Expr::Reference(_) => Passing::Ref,
                _ => Passing::Value,
            };
            return Some(Sequence::Each { place, by });
        }
        let (place, by) = match self.place(e) {
            Some((place, Passing::Value)) if !self.is_fixed(place.root) => {
                // The loop runs over the array as it is now.
                let value = self.read(place);
                (Place::of(self.variable(value)), Passing::Value)
            }
            Some(found) => found,
            None => {
                let item = self.item(e);
                self.item_place(item)
            }
        };
        let ty = self.ty_of(&place);
        matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_))
            .then_some(Sequence::Each { place, by })
    }

    /// The number of elements; absent for an endless range.
    pub(super) fn length(&mut self, sequence: &Sequence) -> Option<Operand> {
        Some(match sequence {
            Sequence::Range { hi: None, .. } => return None,
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
            Sequence::Zip(a, b) => match (self.length(a), self.length(b)) {
                (Some(a), Some(b)) => {
                    self.count_of(a, &b, |a, b| parse_quote!(::core::cmp::min(#a, #b)))
                }
                (one, other) => return one.or(other),
            },
            Sequence::Enumerate(inner) | Sequence::Rev(inner, _) => return self.length(inner),
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
            | Sequence::Take(inner, _) => self.prepare(inner),
            Sequence::Range { .. }
            | Sequence::Each { .. }
            | Sequence::Windows { .. }
            | Sequence::Chunks { .. } => {}
        }
    }

    /// Element number `k`.
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
            Sequence::Zip(a, b) => {
                let a = self.element(a, k.clone());
                let a = self.settled(a);
                Item::Tuple(vec![a, self.element(b, k)])
            }
            Sequence::Enumerate(inner) => {
                let number = Item::Value(Value::operand(k.clone(), self.usize()));
                Item::Tuple(vec![number, self.element(inner, k)])
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
            Sequence::Take(inner, _) => self.element(inner, k),
        }
    }

    pub(super) fn len(&mut self, place: &Place) -> Operand {
        let ty = self.usize();
        self.operand(Value::new(Op::Len(place.clone()), ty))
    }

    pub(super) fn usize(&self) -> Ty {
        Ty::Int(Some(Ident::new("usize", self.span)))
    }

    fn count(&mut self, holes: Vec<Place>, expr: Expr) -> Operand {
        let ty = self.usize();
        let value = self.made(expr, holes, ty, true);
        self.operand(value)
    }

    fn count_of(
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
