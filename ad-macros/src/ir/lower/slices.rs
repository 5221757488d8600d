//! Methods of arrays, slices and `Vec`s.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Ident, parse_quote};

use super::{Lower, Value};
use crate::ir::{Effect, Op, Passing, Place, Proj, StmtKind, Ty, VarKind};
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
        if let Some(value) = self
            .sort_method(m, name, args)
            .or_else(|| self.vector_method(m, name, args))
        {
            return Some(value);
        }
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
            ("clone" | "to_owned", []) if name == "clone" || self.is_list(&m.receiver) => {
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
            ("push", [_])
            | ("swap", [_, _])
            | ("fill", [_])
            | ("copy_from_slice" | "clone_from_slice" | "extend_from_slice", [_])
            | ("reserve" | "shrink_to_fit", _) => {
                let Some(place) = self.indexable(m) else {
                    // A method of the user's type, or of a vector in a field.
                    if matches!(name, "push" | "swap" | "fill") && self.is_of_unknown_type(m) {
                        return None;
                    }
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
        let known = matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_));
        // Of a field only rustc knows the type: it reports what is no `Vec`.
        let field = matches!(
            place.proj.last(),
            Some(Proj::Field(_) | Proj::Content(_) | Proj::Payload(_))
        );
        (known || field && ty == Ty::Unknown && m.method == "push").then_some(place)
    }

    fn is_of_unknown_type(&mut self, m: &ExprMethodCall) -> bool {
        let place = self.place(&m.receiver);
        place.is_some_and(|(place, _)| self.ty_of(&place) == Ty::Unknown)
    }

    fn change(&mut self, m: &ExprMethodCall, name: &str, args: &[&Expr], place: Place) {
        if matches!(name, "push" | "extend_from_slice")
            && self.lengthens_parameter(&place, &m.method)
        {
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

    /// Refuses a change of the length of a `&mut Vec` parameter: its cotangent has
    /// the length on entry.
    pub(super) fn lengthens_parameter(&mut self, place: &Place, method: &Ident) -> bool {
        let kind = &self.info(place.root).kind;
        let outside = matches!(
            kind,
            VarKind::Param {
                passing: Passing::RefMut,
                ..
            }
        );
        let refused = outside && place.proj.is_empty();
        if refused {
            let what = "the length of a `&mut Vec` parameter is changed";
            let help = "return a local `Vec`, or take a slice of the final length: `&mut [f64]`";
            self.refuse(method.span(), what, help);
        }
        refused
    }
}
