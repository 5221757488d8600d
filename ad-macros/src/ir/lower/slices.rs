//! Methods of arrays, slices and `Vec`s.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, GenericArgument, Ident, parse_quote};

use super::place::strip;
use super::{Lower, Value};
use crate::ir::{BinOp, Effect, Op, Operand, Passing, Place, Proj, StmtKind, Ty, VarKind};
use crate::syntax::fence;

impl Lower<'_> {
    /// A method that arrays, slices and `Vec`s have. `None`: it is another one,
    /// and nothing was evaluated.
    pub(super) fn slice_method(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
    ) -> Option<Value> {
        match (name, args) {
            ("len", []) if !self.is_unbound(&m.receiver) => {
                let place = self.place_of(&m.receiver);
                if self.ty_of(&place) == Ty::Unknown && self.constant.contains(&place.root) {
                    // A type of the user's, with a `len` of its own.
                    let value = self.carried(&Expr::MethodCall(m.clone()), Ty::Unknown, false);
                    return Some(value);
                }
                let ty = self.usize();
                Some(Value::new(Op::Len(place), ty))
            }
            ("is_empty", []) => {
                let place = self.indexable(m)?;
                Some(self.made(
                    parse_quote!(__hole_0.is_empty()),
                    vec![place],
                    Ty::Bool,
                    true,
                ))
            }
            ("clone" | "to_owned", []) => {
                let place = self.place_of(&m.receiver);
                match self.ty_of(&place) {
                    Ty::Slice(t) => Some(Value::new(Op::ToVec(place), Ty::Vec(t))),
                    _ => Some(self.read(place)),
                }
            }
            ("to_vec" | "into_vec", []) => {
                let place = self.place_of(&m.receiver);
                let element = self.element_ty(&place);
                Some(Value::new(Op::ToVec(place), Ty::Vec(Box::new(element))))
            }
            ("sum" | "product", []) => self.reduction(m, name),
            ("push", [_])
            | ("swap", [_, _])
            | ("fill", [_])
            | ("copy_from_slice" | "clone_from_slice" | "extend_from_slice", [_])
            | ("reserve" | "shrink_to_fit", _) => {
                let Some(place) = self.indexable(m) else {
                    let (what, help) = fence::UNTYPED_RECEIVER;
                    return Some(self.refuse(m.receiver.span(), what, help));
                };
                self.change(m, name, args, place);
                Some(Value::unit())
            }
            _ => None,
        }
    }

    /// The receiver's place, if it is known to be an array, slice or `Vec`.
    fn indexable(&mut self, m: &ExprMethodCall) -> Option<Place> {
        let (place, _) = self.place(&m.receiver)?;
        let ty = self.ty_of(&place);
        matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_)).then_some(place)
    }

    fn change(&mut self, m: &ExprMethodCall, name: &str, args: &[&Expr], place: Place) {
        let kind = self.info(place.root).kind.clone();
        let outside = matches!(
            kind,
            VarKind::Param {
                passing: Passing::RefMut,
                ..
            }
        );
        if outside && place.proj.is_empty() && matches!(name, "push" | "extend_from_slice") {
            let what = "the length of a `&mut Vec` parameter is changed";
            let help = "return a local `Vec`, or take a slice of the final length: `&mut [f64]`";
            self.refuse(m.method.span(), what, help);
            return;
        }
        match (name, args) {
            ("push", [value]) => {
                let (operand, ty) = self.typed(value);
                if place.proj.is_empty() && self.element_ty(&place) == Ty::Unknown {
                    self.info(place.root).ty = Ty::Vec(Box::new(ty));
                }
                self.span = m.span();
                self.push(StmtKind::VecPush(place, operand));
            }
            ("swap", [i, j]) => {
                let (i, j) = (self.value(i), self.value(j));
                self.span = m.span();
                let at = |k| place.clone().then(Proj::Index(k));
                self.push(StmtKind::Swap(at(i), at(j)));
            }
            ("fill", [value]) => {
                let value = self.value(value);
                self.span = m.span();
                let len = self.len(&place);
                self.for_each(len, |l, k| {
                    l.store(place.clone().then(Proj::Index(k)), value)
                });
            }
            ("extend_from_slice", [from]) => {
                let from = self.place_of(from);
                self.span = m.span();
                let len = self.len(&from);
                self.for_each(len, |l, k| {
                    let value = l.read(from.clone().then(Proj::Index(k)));
                    let value = l.operand(value);
                    l.push(StmtKind::VecPush(place.clone(), value));
                });
            }
            (_, [from]) if name.ends_with("_from_slice") => {
                let from = self.place_of(from);
                self.span = m.span();
                self.check_lengths(&place, &from);
                let len = self.len(&place);
                self.for_each(len, |l, k| {
                    let value = l.read(from.clone().then(Proj::Index(k.clone())));
                    let value = l.operand(value);
                    l.store(place.clone().then(Proj::Index(k)), value);
                });
            }
            // Capacities are the tape's business.
            _ => {}
        }
    }

    /// Panics as std does if the lengths differ.
    fn check_lengths(&mut self, to: &Place, from: &Place) {
        let name = |name| Ident::new(name, self.span);
        let (a, b) = (name("copied_to"), name("copied_from"));
        let stmt = parse_quote!(::ad_runtime::__private::check_copy_len(#a.len(), #b.len()););
        let names = vec![(a, to.clone()), (b, from.clone())];
        self.push(StmtKind::Effect(Box::new(Effect {
            stmt,
            names,
            assert_like: true,
        })));
    }

    /// `xs.iter().sum()`: starts where std's starts and adds in its order.
    fn reduction(&mut self, m: &ExprMethodCall, name: &str) -> Option<Value> {
        let named = m.turbofish.as_ref().and_then(|t| match t.args.first() {
            Some(GenericArgument::Type(t)) => Some(self.ty(t)),
            _ => None,
        });
        // Only over elements that are read in place; what a closure makes is not.
        let Expr::MethodCall(inner) = strip(&m.receiver) else {
            return None;
        };
        if !matches!(
            inner.method.to_string().as_str(),
            "iter" | "copied" | "cloned" | "into_iter"
        ) {
            return None;
        }
        let known = self.inner_elements(inner)?;
        let ty = match named {
            Some(ty @ Ty::Float(Some(_))) => ty,
            _ => known,
        };
        if !matches!(ty, Ty::Float(_)) {
            return None;
        }
        let sequence = self.sequence(&m.receiver)?;
        self.span = m.span();
        let start: Expr = if name == "sum" {
            parse_quote!(-0.0)
        } else {
            parse_quote!(1.0)
        };
        let start = match start {
            Expr::Lit(l) => Operand::Lit(l.lit),
            e => Operand::Const(Box::new(e)),
        };
        let memory = Ident::new(name, m.method.span());
        let memory = Place::of(self.declare_with(&memory, Value::operand(start, ty.clone())));
        let len = self.length(&sequence)?;
        self.for_each(len, |l, k| {
            let item = l.element(&sequence, k);
            let value = l.item_value(item);
            let ty = value.ty.clone();
            let x = l.operand(value);
            if name == "sum" {
                l.push(StmtKind::Update {
                    place: memory.clone(),
                    negate: false,
                    value: x,
                });
                return;
            }
            let so_far = l.read(memory.clone());
            let so_far_ty = so_far.ty.clone();
            let so_far = l.operand(so_far);
            let product = l.binary_value(BinOp::Mul, (so_far, so_far_ty), (x, ty), m);
            let product = l.operand(product);
            l.store(memory.clone(), product);
        });
        Some(Value::new(Op::Read(memory), ty))
    }

    /// The type of the elements that a chain of adapters runs over.
    fn inner_elements(&self, m: &ExprMethodCall) -> Option<Ty> {
        match strip(&m.receiver) {
            Expr::MethodCall(inner) => self.inner_elements(inner),
            e => self.inert_place(e).map(|ty| crate::ir::types::element(&ty)),
        }
    }
}
