//! What a statement may mention: variables, their kinds, and what is borrowed at the moment.

/// How a list of floats is held; it decides which operations exist on it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Form {
    Array,
    Slice,
    Vec,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    Float,
    /// `&f64` or `&mut f64`: read and written through `*`.
    Pointer,
    /// Always a small `usize`.
    Int,
    Bool,
    /// `len` is a lower bound; `exact` says that it is the length.
    List {
        form: Form,
        len: usize,
        exact: bool,
    },
    /// Rows of `width` floats.
    Matrix {
        rows: usize,
        width: usize,
    },
    Pair,
    /// `(f64, [f64; 2])`.
    Nested,
    /// A list of small `usize`.
    Indices {
        len: usize,
    },
    /// `Vec<Vec<f64>>` whose rows have at least `width` floats.
    Rows {
        rows: usize,
        width: usize,
    },
    /// `Option<f64>`.
    Opt,
    /// From one float to another.
    Closure,
    /// A struct that is `Copy`.
    Point,
    /// An array, slice or `Vec` of them.
    Points {
        len: usize,
        array: bool,
    },
    /// A struct that owns memory.
    Body,
    /// An enum.
    Shape,
}

#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub kind: Kind,
    pub writable: bool,
    /// Borrowed mutably by an alias: not to be mentioned.
    pub hidden: bool,
    /// A struct, an enum or a `Vec` behind `&` or `&mut`.
    pub reference: bool,
    /// An index variable that runs over these lists.
    pub within: Vec<String>,
}

impl Variable {
    pub fn new(name: impl Into<String>, kind: Kind, writable: bool) -> Self {
        Variable {
            name: name.into(),
            kind,
            writable,
            hidden: false,
            reference: false,
            within: Vec::new(),
        }
    }
}

/// The variables in scope, innermost last.
#[derive(Default)]
pub struct Scope {
    variables: Vec<Variable>,
}

impl Scope {
    pub fn add(&mut self, variable: Variable) {
        // A new binding of the same name makes the old one unreachable.
        self.variables.retain(|v| v.name != variable.name);
        self.variables.push(variable);
    }

    pub fn mark(&self) -> Vec<Variable> {
        self.variables.clone()
    }

    /// Leaves a block: its bindings end, what it hid or shadowed returns.
    pub fn reset(&mut self, mark: Vec<Variable>) {
        self.variables = mark;
    }

    pub fn visible(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter().filter(|v| !v.hidden)
    }

    pub fn find(&mut self, name: &str) -> Option<&mut Variable> {
        self.variables.iter_mut().rfind(|v| v.name == name)
    }

    /// Runs `body` while `name` may not be mentioned, or not be written.
    pub fn borrow(&mut self, name: &str, mutably: bool) {
        if let Some(variable) = self.find(name) {
            variable.writable = false;
            variable.hidden = mutably;
        }
    }
}
