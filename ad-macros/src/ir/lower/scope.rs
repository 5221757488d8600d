//! Names and what they stand for.

use std::collections::BTreeMap;

use super::Value;
use crate::ir::{Passing, Place, Proj, Var};

/// What a name stands for: a place, and whether the user's variable is a
/// reference to it or the value itself.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub place: Place,
    pub by: Passing,
}

/// What a pattern is matched with.
#[derive(Clone)]
pub(super) enum Item {
    Value(Value),
    /// The place itself, or a reference to it.
    Place(Place, Passing),
    Tuple(Vec<Item>),
}

/// The names in sight; inner ones shadow.
pub(super) struct Scopes(Vec<BTreeMap<String, Binding>>);

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

    pub fn insert(&mut self, name: String, binding: Binding) {
        if let Some(scope) = self.0.last_mut() {
            scope.insert(name, binding);
        }
    }

    pub fn find(&self, name: &str) -> Option<&Binding> {
        self.0.iter().rev().find_map(|scope| scope.get(name))
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
