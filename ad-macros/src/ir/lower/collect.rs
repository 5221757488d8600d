//! Iterators as new lists.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, parse_quote};

use super::elements::int;
use super::sequence::{Sequence, With};
use super::{Item, Lower, Value};
use crate::ir::{Op, Operand, Place, Proj, StmtKind, Ty, Var, VarKind};
use crate::syntax::fence;

impl Lower<'_> {
    /// The elements as a new `Vec`.
    pub(super) fn collected(&mut self, m: &ExprMethodCall, sequence: &Sequence, ty: Ty) -> Item {
        let Ty::Vec(element) = ty else {
            let (what, help) = fence::COLLECT;
            return Item::Value(self.refuse(m.method.span(), what, help));
        };
        let sequence = match sequence.clone() {
            Sequence::With(With::Map, inner, f) => {
                Sequence::With(With::Map, inner, f.giving((*element).clone()))
            }
            sequence => sequence,
        };
        let list = self.list_of(&sequence, "list", *element);
        let ty = self.info(list).ty.clone();
        self.frozen.insert(list);
        match ty {
            Ty::Vec(_) => self.owned(Place::of(list)),
            ty => Item::Value(Value::new(Op::Read(Place::of(list)), ty)),
        }
    }

    /// A new `Vec` of the elements. Where their number is known, it is made at
    /// once and filled by a counted loop, whose reverse then has no order.
    pub(super) fn list_of(&mut self, sequence: &Sequence, name: &str, element: Ty) -> Var {
        let list = self.var(name, VarKind::Memory, Ty::Unknown, self.span);
        let place = Place::of(list);
        let at = self.out.len();
        let known = std::cell::RefCell::new(element);
        let indexed = sequence.is_indexed();
        let filled = std::cell::Cell::new(false);
        let numbered = match indexed {
            true => Sequence::Enumerate(Box::new(sequence.clone())),
            false => sequence.clone(),
        };
        self.run(&numbered, None, &mut |l, item| {
            let (k, item) = match (indexed, item) {
                (true, Item::Tuple(mut parts)) if parts.len() == 2 => {
                    let item = parts.remove(1);
                    let k = l.item_value(parts.remove(0));
                    (Some(l.operand(k)), item)
                }
                (_, item) => (None, item),
            };
            let value = l.held(item);
            let ty = value.ty.clone();
            let operand = l.operand(value);
            let mut known = known.borrow_mut();
            if matches!(*known, Ty::Unknown | Ty::Float(None) | Ty::Int(None)) && ty != Ty::Unknown
            {
                *known = ty;
            }
            l.info(list).ty = Ty::Vec(Box::new(known.clone()));
            let literal = match &*known {
                Ty::Float(Some(name)) => !l.is_float_generic(&name.to_string()),
                Ty::Int(_) | Ty::Bool => true,
                _ => false,
            };
            match k {
                Some(k) if literal => {
                    filled.set(true);
                    l.push(StmtKind::Store(place.clone().then(Proj::Index(k)), operand));
                }
                _ => l.push(StmtKind::VecPush(place.clone(), operand)),
            }
        });
        let known = known.into_inner();
        self.info(list).ty = Ty::Vec(Box::new(known.clone()));
        let first: Expr = match known {
            Ty::Int(_) => parse_quote!(0),
            Ty::Bool => parse_quote!(false),
            _ => parse_quote!(0.0),
        };
        match (filled.get(), first) {
            (true, Expr::Lit(first)) => {
                // The length is computed before the loop once more.
                let after = self.out.split_off(at);
                let len = self.length(sequence).unwrap_or_else(|| int(0, self.span));
                let filled = Op::VecRepeat(Operand::Lit(first.lit), len);
                self.push(StmtKind::Declare(list, Some(filled)));
                self.out.extend(after);
            }
            _ => self.declare_at(at, list, Some(Op::VecEmpty(None))),
        }
        list
    }

    pub(super) fn unzipped(&mut self, sequence: &Sequence) -> Item {
        let lists = ["left", "right"].map(|name| {
            self.var(
                name,
                VarKind::Memory,
                Ty::Vec(Box::new(Ty::Unknown)),
                self.span,
            )
        });
        let at = self.out.len();
        self.run(sequence, None, &mut |l, item| {
            let items = match item {
                Item::Tuple(items) => items,
                item => {
                    let (place, by) = l.item_place(item);
                    let part =
                        |k: usize| Item::Place(place.clone().then(Proj::Field(k.into())), by);
                    vec![part(0), part(1)]
                }
            };
            for (list, item) in lists.iter().zip(items) {
                let value = l.held(item);
                if value.ty != Ty::Unknown {
                    l.info(*list).ty = Ty::Vec(Box::new(value.ty.clone()));
                }
                let operand = l.operand(value);
                l.push(StmtKind::VecPush(Place::of(*list), operand));
            }
        });
        for list in lists {
            self.declare_at(at, list, Some(Op::VecEmpty(None)));
            self.frozen.insert(list);
        }
        Item::Tuple(lists.map(|list| self.owned(Place::of(list))).into())
    }

    /// `[a, b].map(f)`: an array of the same length.
    pub(super) fn mapped_array(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let f = self.function_of(m.args.first()?)?;
        let place = self.elements_of(&m.receiver)?;
        self.span = m.span();
        let before = self.read(place);
        let before = Place::of(self.variable(before));
        let expr = syn::parse_quote!(::ad_runtime::__private::array_like(&__hole_0));
        let open = Ty::Array(Box::new(Ty::Unknown));
        let start = self.made(expr, vec![before.clone()], open, true);
        let list = self.declare_with(&syn::Ident::new("mapped", self.span), start);
        let len = self.len(&before);
        self.for_each(len, |l, k| {
            let item = l.read(before.then(Proj::Index(k.clone())));
            let item = l.settled(Item::Value(item));
            let item = l.apply(&f, vec![item]);
            let value = l.held(item);
            l.info(list).ty = Ty::Array(Box::new(value.ty.clone()));
            let value = l.operand(value);
            l.store(Place::of(list).then(Proj::Index(k)), value);
        });
        self.frozen.insert(list);
        Some(self.owned(Place::of(list)))
    }
}
