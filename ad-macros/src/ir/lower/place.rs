//! Place expressions: what an assignment, a borrow or an index refers to.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, ExprIndex, ExprRange, RangeLimits, UnOp, parse_quote_spanned};

use super::{Item, Lower, Value};
use crate::ir::types::place_ty;
use crate::ir::{Element, Op, Operand, Passing, Place, Proj, Ty};
use crate::syntax::fence;

impl Lower<'_> {
    /// The place that an expression denotes or refers to, its indices evaluated,
    /// and whether the expression is a reference to it. `None`: the expression
    /// is a value; nothing was evaluated.
    pub(super) fn place(&mut self, e: &Expr) -> Option<(Place, Passing)> {
        match e {
            Expr::Paren(e) => self.place(&e.expr),
            Expr::Group(e) => self.place(&e.expr),
            Expr::Path(p) => {
                let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
                Some((binding.place.clone(), binding.by))
            }
            Expr::Index(e) => self.index(e).map(|place| (place, Passing::Value)),
            Expr::Field(e) => {
                if let Some(part) = self.part_of_content(e) {
                    return Some(part);
                }
                let (base, _) = self.place(&e.base)?;
                Some((base.then(Proj::Field(e.member.clone())), Passing::Value))
            }
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
                if let Expr::MethodCall(m) = strip(&e.expr)
                    && self.is_optional_method(m)
                    && !self.gives_content(m)
                    && let Some(item) = self.optional_method(m)
                {
                    // A reference: `*xs.last().unwrap_or(&x)`.
                    let (place, _) = self.item_place(item);
                    return Some((place, Passing::Value));
                }
                let (place, by) = self.place(&e.expr)?;
                // A pointer inside another value: references to places are none.
                let points = by == Passing::Value && self.ty_of(&place) == Ty::Unknown;
                let place = match points {
                    true => place.then(Proj::Deref),
                    false => place,
                };
                Some((place, Passing::Value))
            }
            Expr::Reference(e) => {
                let (place, _) = self.place(&e.expr)?;
                let by = if e.mutability.is_some() {
                    Passing::RefMut
                } else {
                    Passing::Ref
                };
                Some((place, by))
            }
            Expr::MethodCall(m) if self.gives_content(m) => {
                let item = self.optional_method(m)?;
                Some(self.item_place(item))
            }
            Expr::Try(e) => {
                let item = self.try_(e);
                Some(self.item_place(item))
            }
            Expr::MethodCall(e) if e.args.is_empty() => {
                if e.method == "remainder" {
                    let place = self.remainder(&e.receiver)?;
                    return Some((place, Passing::Ref));
                }
                let by = match e.method.to_string().as_str() {
                    "as_slice" => Passing::Ref,
                    "as_mut_slice" => Passing::RefMut,
                    _ => return None,
                };
                Some((self.place(&e.receiver)?.0, by))
            }
            _ => None,
        }
    }

    fn index(&mut self, e: &ExprIndex) -> Option<Place> {
        if let Some(value) = self.value_of_key(e) {
            return Some(value);
        }
        let base = if self.is_unbound(&e.expr) {
            // An array that is a constant is not copied to read an element.
            return None;
        } else {
            self.place_of(&e.expr)
        };
        let proj = match strip(&e.index) {
            Expr::Range(range) => self.range(range),
            index => {
                let of_user = self.ty_of(&base) == Ty::Unknown;
                let index = self.value(index);
                match self.operand_ty(&index) {
                    Ty::Tuple(_) if of_user => self.element_of_user(&base, index),
                    _ => Proj::Index(index),
                }
            }
        };
        Some(base.then(proj))
    }

    /// An element that a type of the user's finds.
    fn element_of_user(&mut self, base: &Place, index: Operand) -> Proj {
        let span = Span::mixed_site().located_at(self.span);
        let hole = self.hole(index.clone());
        let key = self.made(
            parse_quote_spanned!(span=> ::ad_runtime::__private::index::key(&__hole_0, __hole_1)),
            vec![base.clone(), hole],
            Ty::Unknown,
            true,
        );
        let key = Operand::Var(self.variable(key));
        Proj::Element(Box::new(Element { index, key }))
    }

    fn range(&mut self, range: &ExprRange) -> Proj {
        let lo = range.start.as_ref().map(|e| self.value(e));
        let hi = range.end.as_ref().map(|e| self.value(e));
        Proj::Range {
            lo,
            hi,
            inclusive: matches!(range.limits, RangeLimits::Closed(_)),
        }
    }

    /// The place of an expression; a value gets a temporary of its own.
    pub(super) fn place_of(&mut self, e: &Expr) -> Place {
        if let Some((place, _)) = self.place(e) {
            return place;
        }
        let item = self.item(e);
        match item {
            Item::Place(place, _) => place,
            other => {
                let value = self.item_value(other);
                Place::of(self.variable(value))
            }
        }
    }

    /// What an expression that initialises a pattern is: a reference stays the
    /// place it points to.
    pub(super) fn item(&mut self, e: &Expr) -> Item {
        if let Some(optional) = self.optional_of_name(e) {
            return Item::Optional(Box::new(optional));
        }
        match strip(e) {
            Expr::Try(t) => self.try_(t),
            Expr::MethodCall(_) if self.finds(e) => match self.option_found(e) {
                Some(item) => item,
                None => Item::Value(Value::unit()),
            },
            Expr::MethodCall(m) if self.is_optional_method(m) => match self.optional_method(m) {
                Some(item) => item,
                None => Item::Value(self.op(e)),
            },
            Expr::Reference(r) => {
                if let Some((place, by)) = self.place(e) {
                    return Item::Place(place, by);
                }
                let value = self.item(&r.expr);
                let value = self.item_value(value);
                if r.mutability.is_some() {
                    let name = syn::Ident::new("memory", r.span());
                    let value = self.plain(value);
                    let memory = self.declare_with(&name, value);
                    return Item::Place(Place::of(memory), Passing::RefMut);
                }
                Item::Place(Place::of(self.variable(value)), Passing::Ref)
            }
            Expr::Tuple(t) => {
                let items = t.elems.iter().map(|e| {
                    let item = self.item(e);
                    self.settled(item)
                });
                Item::Tuple(items.collect())
            }
            Expr::MethodCall(call) if call.args.len() == 1 => {
                let by = match call.method.to_string().as_str() {
                    "split_at" => Passing::Ref,
                    "split_at_mut" => Passing::RefMut,
                    _ => {
                        return match self.consumed(call) {
                            Some(item) => item,
                            None => Item::Value(self.op(e)),
                        };
                    }
                };
                let place = self.place_of(&call.receiver);
                let middle = self.value(&call.args[0]);
                let part = |lo, hi| {
                    Item::Place(
                        place.clone().then(Proj::Range {
                            lo,
                            hi,
                            inclusive: false,
                        }),
                        by,
                    )
                };
                Item::Tuple(vec![
                    part(None, Some(middle.clone())),
                    part(Some(middle), None),
                ])
            }
            stripped @ (Expr::Path(_) | Expr::Index(_) | Expr::Field(_) | Expr::Unary(_)) => {
                if matches!(stripped, Expr::Unary(u) if !matches!(u.op, UnOp::Deref(_))) {
                    return Item::Value(self.op(e));
                }
                match self.place(stripped) {
                    Some((place, Passing::Value)) => self.owned(place),
                    Some((place, by)) => Item::Place(place, by),
                    None => Item::Value(self.op(e)),
                }
            }
            Expr::If(_) | Expr::Match(_) | Expr::Loop(_) => {
                let by = self.reference(e);
                let memory = Place::of(self.control_memory(e));
                match by {
                    // What a reference chosen by a branch points to is copied.
                    Some(_) => Item::Place(memory, Passing::Ref),
                    None => self.owned(memory),
                }
            }
            Expr::Block(b) if b.label.is_none() => self.block_value_scoped(&b.block),
            Expr::Block(_) => {
                let memory = self.control_memory(e);
                self.owned(Place::of(memory))
            }
            Expr::Call(c) => match self.call_of_closure(c) {
                Some(item) => item,
                None => Item::Value(self.op(e)),
            },
            Expr::MethodCall(m) => match self.place(e) {
                Some((place, by)) => Item::Place(place, by),
                None => match self.consumed(m) {
                    Some(item) => item,
                    None => Item::Value(self.op(e)),
                },
            },
            _ => Item::Value(self.op(e)),
        }
    }

    /// Which kind of reference an expression is, where its ends show it.
    pub(super) fn reference(&self, e: &Expr) -> Option<Passing> {
        let of_block = |block: &syn::Block| match block.stmts.last() {
            Some(syn::Stmt::Expr(end, None)) => self.reference(end),
            _ => None,
        };
        match strip(e) {
            Expr::Reference(r) if r.mutability.is_some() => Some(Passing::RefMut),
            Expr::Reference(_) => Some(Passing::Ref),
            Expr::Path(p) => {
                let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
                Some(binding.by).filter(|by| *by != Passing::Value)
            }
            Expr::If(e) => of_block(&e.then_branch).or_else(|| {
                let (_, other) = e.else_branch.as_ref()?;
                self.reference(other)
            }),
            Expr::Match(e) => e.arms.iter().find_map(|arm| self.reference(&arm.body)),
            Expr::Block(b) => of_block(&b.block),
            _ => None,
        }
    }

    /// The value that a variable, an element or a field holds of an item. A `&mut`
    /// is refused: what is held is a copy, and changing it would change nothing.
    pub(super) fn held(&mut self, item: Item) -> Value {
        if let Item::Place(_, Passing::RefMut) = item {
            let (what, help) = fence::REFERENCE_KEPT;
            return self.refuse(self.span, what, help);
        }
        self.item_value(item)
    }

    /// The value in a place as something to bind: a large value that cannot
    /// change is not copied, all else is.
    pub(super) fn owned(&mut self, place: Place) -> Item {
        let ty = place_ty(&self.vars, &place);
        let whole_temp = place.proj.is_empty() && self.is_temp(place.root);
        if whole_temp || (self.is_fixed(place.root) && !self.is_scalar(&ty)) {
            return Item::Place(place, Passing::Value);
        }
        Item::Value(self.read(place))
    }

    /// The value in a place.
    pub(super) fn read(&mut self, place: Place) -> Value {
        let ty = place_ty(&self.vars, &place);
        if place.proj.is_empty() && self.is_temp(place.root) {
            return Value::operand(Operand::Var(place.root), ty);
        }
        if let Ty::Slice(_) = ty {
            return self.refuse(self.span, "a slice is used as a value here", fence::SLICE);
        }
        Value::new(Op::Read(place), ty)
    }

    /// The value of an item.
    pub(super) fn item_value(&mut self, item: Item) -> Value {
        match item {
            Item::Value(value) => value,
            Item::Place(place, Passing::Value) => self.by_value(place),
            Item::Place(place, _) => self.read(place),
            Item::Optional(optional) => self.optional_value(*optional),
            Item::Tuple(items) => {
                let mut operands = Vec::new();
                let mut types = Vec::new();
                for item in items {
                    let value = self.held(item);
                    types.push(value.ty.clone());
                    operands.push(self.operand(value));
                }
                let ty = if types.is_empty() {
                    Ty::Unit
                } else {
                    Ty::Tuple(types)
                };
                Value::new(Op::Tuple(operands), ty)
            }
        }
    }

    /// The item with its value computed, so that what is evaluated after it
    /// cannot change it.
    pub(super) fn settled(&mut self, item: Item) -> Item {
        match item {
            Item::Value(value) => {
                let ty = value.ty.clone();
                let operand = self.operand(value);
                Item::Value(Value::operand(operand, ty))
            }
            Item::Optional(optional) => self.settled_optional(*optional),
            other => other,
        }
    }
}

/// The expression without parentheses.
pub(super) fn strip(e: &Expr) -> &Expr {
    match e {
        Expr::Paren(e) => strip(&e.expr),
        Expr::Group(e) => strip(&e.expr),
        e => e,
    }
}
