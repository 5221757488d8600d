//! Names and what they stand for.

use std::collections::BTreeMap;

use super::Value;
use super::closure::Function;
use super::holders::Optional;
use super::sequence::Sequence;
use crate::ir::{Passing, Place, Proj, Var};

/// What a name stands for: a place, and whether the user's variable is a
/// reference to it or the value itself.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub place: Place,
    pub by: Passing,
}

/// What a name can stand for. Functions, iterators and `Option`s of references have
/// no variable: they are expanded where they are used.
#[derive(Clone)]
enum Named {
    Place(Binding),
    Function(Function),
    Sequence(Box<Sequence>),
    Optional(Box<Optional>),
}

/// What a pattern is matched with.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "items are few and short-lived")]
pub(super) enum Item {
    Value(Value),
    /// The place itself, or a reference to it.
    Place(Place, Passing),
    Tuple(Vec<Item>),
    /// An `Option` of references to places.
    Optional(Box<Optional>),
}

/// The names in sight; inner ones shadow.
#[derive(Clone)]
pub(super) struct Scopes(Vec<BTreeMap<String, Named>>);

impl Scopes {
    pub fn new() -> Self {
        Scopes(vec![BTreeMap::new()])
    }

    pub fn push(&mut self) {
        self.0.push(BTreeMap::new());
    }

    pub fn pop(&mut self) {
        self.0.pop();
    }

    fn set(&mut self, name: String, named: Named) {
        if let Some(scope) = self.0.last_mut() {
            scope.insert(name, named);
        }
    }

    pub fn insert(&mut self, name: String, binding: Binding) {
        self.set(name, Named::Place(binding));
    }

    pub fn insert_function(&mut self, name: String, function: Function) {
        self.set(name, Named::Function(function));
    }

    pub fn insert_sequence(&mut self, name: String, sequence: Sequence) {
        self.set(name, Named::Sequence(Box::new(sequence)));
    }

    pub fn insert_optional(&mut self, name: String, optional: Optional) {
        self.set(name, Named::Optional(Box::new(optional)));
    }

    fn get(&self, name: &str) -> Option<&Named> {
        self.0.iter().rev().find_map(|scope| scope.get(name))
    }

    /// Whether the name stands for something of this function.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The variable of this name.
    pub fn find(&self, name: &str) -> Option<&Binding> {
        match self.get(name)? {
            Named::Place(binding) => Some(binding),
            _ => None,
        }
    }

    /// The closure or function of this name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        match self.get(name)? {
            Named::Function(function) => Some(function),
            _ => None,
        }
    }

    /// The iterator of this name.
    pub fn sequence(&self, name: &str) -> Option<&Sequence> {
        match self.get(name)? {
            Named::Sequence(sequence) => Some(sequence),
            _ => None,
        }
    }

    /// The `Option` of references of this name.
    pub fn optional(&self, name: &str) -> Option<&Optional> {
        match self.get(name)? {
            Named::Optional(optional) => Some(optional),
            _ => None,
        }
    }
}

impl Place {
    /// All of a variable.
    pub fn of(root: Var) -> Self {
        Place {
            root,
            proj: Vec::new(),
        }
    }

    /// A part of the place.
    pub fn then(mut self, proj: Proj) -> Self {
        self.proj.push(proj);
        self
    }
}
