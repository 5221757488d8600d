//! Values that may be absent, where they are used at once: an element that a
//! consumer looks for, and what a closure of `filter_map` gives.

use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, Stmt, parse_quote};

use super::closure::{Closure, Function};
use super::holders::Optional;
use super::place::strip;
use super::scope::Binding;
use super::sequence::Sequence;
use super::shape::Shape;
use super::{Item, Lower, exits};
use crate::ir::{Operand, Passing, Place, Ty, Var};

/// Whether there is a value, and which.
pub(super) struct Found {
    pub some: Operand,
    pub what: What,
    /// The value was seen through a reference.
    behind: bool,
}

pub(super) enum What {
    /// An element of an indexed sequence; it must not be looked at where there
    /// is none.
    Element(Box<Sequence>, Operand),
    /// What the memories hold.
    Kept(Shape),
    Memory(Var),
    /// What a closure gives that is known to be an `Option` by its use alone.
    Optional(Box<Optional>),
}

impl Found {
    pub fn new(some: Operand, what: What) -> Self {
        Found {
            some,
            what,
            behind: false,
        }
    }

    /// The value was seen through a reference.
    pub fn behind(self, behind: bool) -> Self {
        Found { behind, ..self }
    }
}

/// Consumers that give an `Option`.
fn gives_option(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "last" | "max" | "min" | "next"),
        1 => matches!(
            name,
            "find"
                | "find_map"
                | "position"
                | "nth"
                | "reduce"
                | "max_by"
                | "min_by"
                | "max_by_key"
                | "min_by_key"
        ),
        _ => false,
    }
}

impl<'a> Lower<'a> {
    /// Whether an expression is an `Option` that [`Lower::found`] knows.
    pub(super) fn is_found(&self, e: &Expr) -> bool {
        let Expr::MethodCall(m) = strip(e) else {
            return false;
        };
        let (name, args) = (m.method.to_string(), m.args.len());
        match (name.as_str(), args) {
            ("pop", 0) => self.is_list(&m.receiver),
            ("peek", 0) => self.is_asked(&m.receiver),
            _ => {
                gives_option(&name, args) && self.is_sequence(&m.receiver) && !self.stays_foreign(e)
            }
        }
    }

    /// Runs what looks for a value.
    pub(super) fn found(&mut self, e: &Expr) -> Option<Found> {
        let Expr::MethodCall(m) = strip(e) else {
            return None;
        };
        let name = m.method.to_string();
        match (name.as_str(), m.args.first()) {
            ("pop", None) => self.popped(m),
            ("next" | "nth" | "peek", _) if self.is_asked(&m.receiver) => self.next_of(m),
            _ => self.search(m),
        }
    }

    /// What was found, given that something was.
    pub(super) fn item_of(&mut self, found: &Found) -> Item {
        let mut item = match &found.what {
            What::Element(sequence, k) => self.element(sequence, k.clone()),
            What::Kept(shape) => self.contents(shape),
            What::Memory(memory) => {
                let value = self.read(Place::of(*memory));
                self.settled(Item::Value(value))
            }
            What::Optional(optional) => self.content(optional),
        };
        if found.behind {
            item = self.by_reference(&item);
        }
        match item {
            // What is computed next may change the place.
            Item::Place(place, Passing::Value) => self.owned(place),
            item => item,
        }
    }

    /// The value of a closure that gives `Some(..)` or `None`.
    pub(super) fn apply_optional(&mut self, f: &Function, args: Vec<Item>) -> Option<Found> {
        let Function::Closure(closure) = f else {
            return Some(self.applied_optional(f, args));
        };
        let mut body = (*closure.body()).clone();
        let mut ends = Ends { understood: true };
        ends.end(&mut body);
        ends.visit_expr_mut(&mut body);
        if !ends.understood {
            return Some(self.applied_optional(f, args));
        }
        let some = self.flag("some", false);
        let value = self.declare("value", Ty::Unknown);
        self.in_closure(closure, args, |l, _: &Closure| {
            for (name, memory) in [(SOME, some), (VALUE, value)] {
                let place = Place::of(memory);
                let by = Passing::Value;
                l.scopes.insert(name.to_string(), Binding { place, by });
            }
            if exits::returns(&body) {
                l.labelled_body(&body, None);
            } else {
                l.into(&body, None);
            }
        });
        let some = self.read(Place::of(some));
        let some = self.operand(some);
        Some(Found::new(some, What::Memory(value)))
    }

    /// The same where the value of the closure is an `Option` of its own.
    fn applied_optional(&mut self, f: &Function, args: Vec<Item>) -> Found {
        let item = self.apply(f, args);
        let item = self.shared(item);
        let optional = self.look(item);
        Found::new(optional.test.clone(), What::Optional(Box::new(optional)))
    }
}

/// The names under which a closure's body stores its result. No program of the
/// user's has names like these.
const SOME: &str = "__some";
const VALUE: &str = "__value";

/// Rewrites the values at the ends of a body: `Some(e)` becomes
/// `{ __value = e; __some = true; }`, `None` nothing.
struct Ends {
    understood: bool,
}

impl Ends {
    fn end(&mut self, e: &mut Expr) {
        match e {
            Expr::Paren(p) => self.end(&mut p.expr),
            Expr::Group(g) => self.end(&mut g.expr),
            Expr::Block(b) if b.label.is_none() => self.end_of_block(&mut b.block),
            Expr::If(i) => {
                self.end_of_block(&mut i.then_branch);
                match &mut i.else_branch {
                    Some((_, other)) => self.end(other),
                    None => self.understood = false,
                }
            }
            Expr::Match(m) => {
                for arm in &mut m.arms {
                    self.end(&mut arm.body);
                }
            }
            Expr::Return(_) => {}
            Expr::Macro(m) if crate::ir::types::diverges(&m.mac) => {}
            Expr::Call(c) if c.args.len() == 1 && is_path(&c.func, "Some") => {
                let value = &c.args[0];
                *e = stored(value);
            }
            e if is_path(e, "None") => *e = parse_quote!({}),
            Expr::MethodCall(m) if m.method == "then_some" && m.args.len() == 1 => {
                let (on, value) = (&m.receiver, &m.args[0]);
                let stored = stored(&parse_quote!(then));
                *e = parse_quote!({
                    let on: bool = #on;
                    let then = #value;
                    if on #stored
                });
            }
            Expr::MethodCall(m) if m.method == "then" && m.args.len() == 1 => {
                let (on, f) = (&m.receiver, &m.args[0]);
                let stored = stored(&parse_quote!((#f)()));
                *e = parse_quote!(if #on #stored);
            }
            _ => self.understood = false,
        }
    }

    fn end_of_block(&mut self, block: &mut syn::Block) {
        match block.stmts.last_mut() {
            Some(Stmt::Expr(e, None)) => self.end(e),
            Some(Stmt::Expr(Expr::Return(_), Some(_))) => {}
            Some(Stmt::Macro(m)) if crate::ir::types::diverges(&m.mac) => {}
            _ => self.understood = false,
        }
    }
}

impl VisitMut for Ends {
    fn visit_expr_mut(&mut self, e: &mut Expr) {
        if let Expr::Return(r) = e
            && let Some(value) = &mut r.expr
        {
            self.end(value);
            let value = r.expr.take();
            *e = parse_quote!({ #value; return; });
            return;
        }
        visit_mut::visit_expr_mut(self, e);
    }
    // What returns from it does not return from here.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
}

fn stored(value: &Expr) -> Expr {
    let (some, of) = (
        Ident::new(SOME, value.span()),
        Ident::new(VALUE, value.span()),
    );
    parse_quote!({ #of = #value; #some = true; })
}

fn is_path(e: &Expr, name: &str) -> bool {
    matches!(strip(e), Expr::Path(p) if p.path.segments.last().is_some_and(|s| s.ident == name))
}
