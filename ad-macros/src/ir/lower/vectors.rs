//! Methods that change the length or the order of a `Vec` or slice. They are
//! pushes, pops and swaps, which the reverse sweep knows how to undo.

use syn::{Expr, ExprMethodCall, Ident, parse_quote};

use super::elements::int;
use super::method::hole_name;
use super::optional::{Found, What};
use super::{Lower, Value};
use crate::ir::{BinOp, Effect, Op, Operand, Place, Proj, StmtKind, Ty};

/// Methods that change the length.
fn changes_length(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "clear" | "pop"),
        1 => matches!(
            name,
            "truncate" | "extend" | "append" | "remove" | "swap_remove" | "drain"
        ),
        _ => matches!(name, "resize" | "insert") && args == 2,
    }
}

fn changes_order(name: &str, args: usize) -> bool {
    match args {
        0 => name == "reverse",
        _ => matches!(name, "rotate_left" | "rotate_right") && args == 1,
    }
}

impl Lower<'_> {
    /// A method that changes a list as a whole. `None`: it is another one, and
    /// nothing was evaluated.
    pub(super) fn vector_method(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
    ) -> Option<Value> {
        let resized = changes_length(name, args.len());
        if !(resized || changes_order(name, args.len()))
            || self.is_unbound(&m.receiver)
            || !self.is_list(&m.receiver)
        {
            return None;
        }
        let place = self.elements_of(&m.receiver)?;
        if resized && self.lengthens_parameter(&place, &m.method) {
            return Some(Value::unit());
        }
        self.span = m.method.span();
        match (name, args) {
            ("clear", []) => self.truncated(&place, &int(0, m.method.span())),
            ("pop", []) => {
                // Of the statement `v.pop();` nothing is used.
                let len = self.len(&place);
                let some = self.compare_counts(int(0, self.span), BinOp::Lt, &len);
                self.when(some, &mut |l| l.push(StmtKind::VecTruncate(place.clone())));
            }
            ("truncate", [n]) => {
                let n = self.value(n);
                self.truncated(&place, &n);
            }
            ("resize", [n, value]) => {
                let n = self.value(n);
                let value = self.value(value);
                self.truncated(&place, &n);
                let len = self.len(&place);
                let missing = self.count_of(
                    len,
                    &n,
                    |len, n| parse_quote!(usize::saturating_sub(#n, #len)),
                );
                self.for_each(missing, |l, _| l.push(StmtKind::VecPush(place, value)));
            }
            ("extend", [from]) => {
                let Some(sequence) = self.sequence(from) else {
                    let (what, help) = crate::syntax::fence::ITERATOR;
                    return Some(self.refuse(syn::spanned::Spanned::span(from), what, help));
                };
                self.run(&sequence, None, &mut |l, item| {
                    let value = l.held(item);
                    l.learn_element(&place, value.ty.clone());
                    let value = l.operand(value);
                    l.push(StmtKind::VecPush(place.clone(), value));
                });
            }
            ("drain", [range]) => {
                self.drained(m, range);
            }
            ("append", [from]) => {
                let from = self.place_of(from);
                let len = self.len(&from);
                self.for_each(len, |l, k| {
                    let value = l.read(from.clone().then(Proj::Index(k)));
                    let value = l.operand(value);
                    l.push(StmtKind::VecPush(place, value));
                });
                self.truncated(&from, &int(0, m.method.span()));
            }
            ("insert", [at, value]) => {
                let at = self.value(at);
                let (value, ty) = self.typed(value);
                self.learn_element(&place, ty);
                let len = self.len(&place);
                let message = "insertion index (is {}) should be <= len (is {})";
                self.check_counts(&at, BinOp::Le, &len, message);
                self.push(StmtKind::VecPush(place.clone(), value));
                // From the end, where it was pushed.
                let steps = self.count_of(len.clone(), &at, |n, at| parse_quote!(#n - #at));
                self.for_each(steps, |l, k| {
                    let k = l.count_of(len, &k, |n, k| parse_quote!(#n - #k));
                    l.swap_with_left(&place, k);
                });
            }
            ("remove", [at]) => {
                let at = self.value(at);
                let len = self.len(&place);
                let message = "removal index (is {}) should be < len (is {})";
                self.check_counts(&at, BinOp::Lt, &len, message);
                let value = self.read(place.clone().then(Proj::Index(at.clone())));
                let ty = value.ty.clone();
                let value = self.operand(value);
                let steps = self.count_of(len, &at, |n, at| parse_quote!(#n - #at - 1));
                self.for_each(steps, |l, k| {
                    let k = l.count_of(at, &k, |at, k| parse_quote!(#at + #k + 1));
                    l.swap_with_left(&place, k);
                });
                self.push(StmtKind::VecTruncate(place));
                return Some(Value::operand(value, ty));
            }
            ("swap_remove", [at]) => {
                let at = self.value(at);
                let len = self.len(&place);
                let message = "swap_remove index (is {}) should be < len (is {})";
                self.check_counts(&at, BinOp::Lt, &len, message);
                let value = self.read(place.clone().then(Proj::Index(at.clone())));
                let ty = value.ty.clone();
                let value = self.operand(value);
                let last = self.last_index(len);
                let [p, q] = [at, last].map(|k| place.clone().then(Proj::Index(k)));
                self.push(StmtKind::Swap(p, q));
                self.push(StmtKind::VecTruncate(place));
                return Some(Value::operand(value, ty));
            }
            ("reverse", []) => {
                let len = self.len(&place);
                let two = int(2, self.span);
                let half = self.count_of(len.clone(), &two, |n, two| parse_quote!(#n / #two));
                self.for_each(half, |l, k| {
                    let other = l.count_of(len, &k, |n, k| parse_quote!(#n - 1 - #k));
                    let [p, q] = [k, other].map(|k| place.clone().then(Proj::Index(k)));
                    l.push(StmtKind::Swap(p, q));
                });
            }
            (_, [by]) => {
                let by = self.value(by);
                let len = self.len(&place);
                self.check_counts(&by, BinOp::Le, &len, "rotated by {} in a length of {}");
                let by = match name {
                    "rotate_left" => by,
                    _ => self.count_of(len.clone(), &by, |n, by| parse_quote!(#n - #by)),
                };
                let order = self.copy_of(&place);
                self.for_each(len.clone(), |l, k| {
                    let mut holes = Vec::new();
                    let [k_, by, n] = [&k, &by, &len].map(|x| l.spelled(x, &mut holes));
                    let from = l.count(holes, parse_quote!((#k_ + #by) % #n));
                    l.copy_element(&order, from, &place, k);
                });
            }
            _ => return None,
        }
        Some(Value::unit())
    }

    /// A copy of a list, to take its elements from.
    pub(super) fn copy_of(&mut self, place: &Place) -> Place {
        let ty = Ty::Vec(Box::new(self.element_ty(place)));
        let copy = self.temp(
            "before",
            self.span,
            Value::new(Op::ToVec(place.clone()), ty),
        );
        Place::of(copy)
    }

    pub(super) fn copy_element(&mut self, from: &Place, i: Operand, to: &Place, k: Operand) {
        let value = self.read(from.clone().then(Proj::Index(i)));
        let value = self.operand(value);
        self.store(to.clone().then(Proj::Index(k)), value);
    }

    /// The type of the elements of a list that was declared empty.
    fn learn_element(&mut self, place: &Place, ty: Ty) {
        if place.proj.is_empty() && self.element_ty(place) == Ty::Unknown {
            self.info(place.root).ty = Ty::Vec(Box::new(ty));
        }
    }

    /// Drops all elements from number `n` on.
    pub(super) fn truncated(&mut self, place: &Place, n: &Operand) {
        let len = self.len(place);
        let surplus = self.count_of(len, n, |len, n| parse_quote!(#len.saturating_sub(#n)));
        let place = place.clone();
        self.for_each(surplus, |l, _| l.push(StmtKind::VecTruncate(place)));
    }

    fn swap_with_left(&mut self, place: &Place, k: Operand) {
        let left = self.last_index(k.clone());
        let [p, q] = [k, left].map(|k| place.clone().then(Proj::Index(k)));
        self.push(StmtKind::Swap(p, q));
    }

    /// Panics as std does.
    fn check_counts(&mut self, a: &Operand, op: BinOp, b: &Operand, message: &str) {
        let holds = self.compare_counts(a.clone(), op, b);
        let names = ["holds", "at", "len"].map(|name| Ident::new(name, self.span));
        let places = [holds, a.clone(), b.clone()].map(|operand| self.hole(operand));
        let [holds, at, len] = &names;
        let stmt = parse_quote!(assert!(#holds, #message, #at, #len););
        self.push(StmtKind::Effect(Box::new(Effect {
            stmt,
            names: names.clone().into_iter().zip(places).collect(),
            assert_like: true,
        })));
    }

    /// `v.pop()`, whose value is used.
    pub(super) fn popped(&mut self, m: &ExprMethodCall) -> Option<Found> {
        let place = self.elements_of(&m.receiver)?;
        if self.lengthens_parameter(&place, &m.method) {
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
        let holes = vec![self.hole(len)];
        let n = hole_name(0);
        self.count(holes, parse_quote!(#n - 1))
    }
}
