//! Memories for what a loop carries along.

use super::{Item, Lower, Value};
use crate::ir::{Op, Place, Proj, Ty, Var, VarKind};

/// The memories of a value, in the value's own shape: a
/// tuple has a memory for each part.
#[derive(Clone)]
pub(super) enum Shape {
    Leaf(Var),
    Tuple(Vec<Shape>),
}

impl Lower<'_> {
    /// Memories that start with the item's values.
    pub(super) fn carried_along(&mut self, name: &str, item: Item) -> Shape {
        match item {
            Item::Tuple(items) => Shape::Tuple(
                items
                    .into_iter()
                    .map(|item| self.carried_along(name, item))
                    .collect(),
            ),
            item => {
                let value = self.held(item);
                // A tuple that is written out, however it got here.
                if let (Op::Tuple(parts), Ty::Tuple(types)) = (&value.op, &value.ty) {
                    let parts = parts.iter().cloned().zip(types.iter().cloned());
                    let parts = parts.map(|(part, ty)| Value::operand(part, ty));
                    let parts: Vec<Value> = parts.collect();
                    let shapes = parts
                        .into_iter()
                        .map(|part| self.carried_along(name, Item::Value(part)));
                    return Shape::Tuple(shapes.collect());
                }
                let value = self.plain(value);
                let name = syn::Ident::new(name, self.span);
                Shape::Leaf(self.declare_with(&name, value))
            }
        }
    }

    /// Memories for a value that comes later, in the shape of an item.
    pub(super) fn kept_like(&mut self, name: &str, item: &Item) -> Shape {
        match item {
            Item::Tuple(items) => Shape::Tuple(
                items
                    .iter()
                    .map(|item| self.kept_like(name, item))
                    .collect(),
            ),
            item => {
                let ty = match item {
                    Item::Value(value) => value.ty.clone(),
                    Item::Place(place, _) => self.ty_of(place),
                    Item::Tuple(_) | Item::Optional(_) => Ty::Unknown,
                };
                Shape::Leaf(self.var(name, VarKind::Memory, ty, self.span))
            }
        }
    }

    /// The values in the memories at this point.
    pub(super) fn contents(&mut self, shape: &Shape) -> Item {
        match shape {
            Shape::Leaf(memory) => {
                let value = self.read(Place::of(*memory));
                self.settled(Item::Value(value))
            }
            Shape::Tuple(parts) => {
                Item::Tuple(parts.iter().map(|part| self.contents(part)).collect())
            }
        }
    }

    /// Puts an item's values into the memories; all are read before.
    pub(super) fn put(&mut self, shape: &Shape, item: Item) {
        let item = self.evaluated(item);
        self.put_evaluated(shape, item);
    }

    fn evaluated(&mut self, item: Item) -> Item {
        match item {
            Item::Tuple(items) => {
                Item::Tuple(items.into_iter().map(|item| self.evaluated(item)).collect())
            }
            item => {
                let value = self.held(item);
                self.settled(Item::Value(value))
            }
        }
    }

    fn put_evaluated(&mut self, shape: &Shape, item: Item) {
        match (shape, item) {
            (Shape::Leaf(memory), item) => {
                let value = self.item_value(item);
                let operand = self.operand(value);
                if !self.dead {
                    self.store(Place::of(*memory), operand);
                }
            }
            (Shape::Tuple(parts), Item::Tuple(items)) if parts.len() == items.len() => {
                for (part, item) in parts.iter().zip(items) {
                    self.put_evaluated(part, item);
                }
            }
            (Shape::Tuple(parts), item) => {
                let (place, _) = self.item_place(item);
                for (k, part) in parts.iter().enumerate() {
                    let value = self.read(place.clone().then(Proj::Field(k.into())));
                    self.put_evaluated(part, Item::Value(value));
                }
            }
        }
    }
}
