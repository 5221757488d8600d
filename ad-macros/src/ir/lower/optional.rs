//! Values that may be absent, where they are used at once: an element that a
//! consumer looks for, and what a closure of `filter_map` gives.

use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, Ident, Stmt, parse_quote};

use super::closure::{Closure, Function};
use super::elements::{int, owned};
use super::place::strip;
use super::scope::Binding;
use super::sequence::Sequence;
use super::shape::Shape;
use super::{Item, Lower, Value, exits};
use crate::ir::{BinOp, Effect, Operand, Passing, Place, StmtKind, Ty, Var};
use crate::syntax::fence;

/// Whether there is a value, and which.
pub(super) struct Found {
    pub some: Operand,
    pub what: What,
    then: Vec<Step>,
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
}

#[derive(Clone)]
enum Step {
    Copied,
    Map(Function),
}

impl Found {
    pub fn new(some: Operand, what: What) -> Self {
        Found {
            some,
            what,
            then: Vec::new(),
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
        0 => matches!(name, "last" | "max" | "min"),
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

/// What is done with an `Option` at once.
fn takes_option(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "unwrap" | "is_some" | "is_none" | "unwrap_or_default"),
        _ => matches!(name, "expect" | "unwrap_or" | "unwrap_or_else" | "map_or"),
    }
}

impl<'a> Lower<'a> {
    /// `xs.iter().max_by(..).unwrap()` and the like.
    pub(super) fn used_option(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let name = m.method.to_string();
        if !takes_option(&name, m.args.len()) || !self.is_found(&m.receiver) {
            return None;
        }
        let found = self.found(&m.receiver)?;
        self.span = m.method.span();
        Some(match (name.as_str(), m.args.first()) {
            ("is_some", _) => Item::Value(Value::operand(found.some, Ty::Bool)),
            ("is_none", _) => {
                let not = crate::ir::Op::Unary(crate::ir::UnOp::Not, found.some);
                Item::Value(Value::new(not, Ty::Bool))
            }
            ("unwrap", _) => {
                let message: Expr = parse_quote!("called `Option::unwrap()` on a `None` value");
                self.check(&found, &message);
                self.item_of(&found)
            }
            ("expect", Some(message)) => {
                self.check(&found, message);
                self.item_of(&found)
            }
            ("unwrap_or", Some(other)) => {
                let other = self.item(other);
                let other = self.shared(other);
                self.either(&found, &mut |_, item| item, &mut |_| other.clone())
            }
            ("unwrap_or_default", _) => {
                let default: Expr = parse_quote!(::core::default::Default::default());
                let default = Operand::Const(Box::new(default));
                self.either(&found, &mut |_, item| item, &mut |_| {
                    Item::Value(Value::operand(default.clone(), Ty::Unknown))
                })
            }
            ("unwrap_or_else", Some(f)) => {
                let f = self.function_of(f)?;
                self.either(&found, &mut |_, item| item, &mut |l| {
                    l.apply(&f, Vec::new())
                })
            }
            (_, Some(default)) => {
                let default = self.item(default);
                let default = self.shared(default);
                let f = self.function_of(m.args.get(1)?)?;
                self.either(&found, &mut |l, item| l.apply(&f, vec![item]), &mut |_| {
                    default.clone()
                })
            }
            _ => return None,
        })
    }

    /// Panics where there is no value, with the user's message.
    fn check(&mut self, found: &Found, message: &Expr) {
        let name = Ident::new("is_some", self.span);
        let flag = self.hole(found.some.clone());
        let mut message = vec![message.clone()];
        let mut names = self.named_places(&mut message, &[]);
        names.push((name.clone(), flag));
        let stmt = parse_quote!(assert!(#name, "{}", #(#message)*););
        self.push(StmtKind::Effect(Box::new(Effect {
            stmt,
            names,
            assert_like: true,
        })));
    }

    /// One of two values.
    fn either(
        &mut self,
        found: &Found,
        some: &mut dyn FnMut(&mut Self, Item) -> Item,
        none: &mut dyn FnMut(&mut Self) -> Item,
    ) -> Item {
        let span = self.span;
        let memory = self.declare(super::UNNAMED, Ty::Unknown);
        let put = |l: &mut Self, item: Item| {
            let value = l.item_value(item);
            let operand = l.operand(value);
            l.store(Place::of(memory), operand);
        };
        let (then, _) = self.block(|l| {
            let item = l.item_of(found);
            let item = some(l, item);
            put(l, item);
        });
        let (other, _) = self.block(|l| {
            let item = none(l);
            put(l, item);
        });
        self.span = span;
        self.push(StmtKind::If(found.some.clone(), then, other));
        self.frozen.insert(memory);
        self.owned(Place::of(memory))
    }

    /// Whether an expression is an `Option` that [`Lower::found`] knows.
    fn is_found(&self, e: &Expr) -> bool {
        let Expr::MethodCall(m) = strip(e) else {
            return false;
        };
        let (name, args) = (m.method.to_string(), m.args.len());
        match (name.as_str(), args) {
            ("copied" | "cloned", 0) | ("map", 1) => self.is_found(&m.receiver),
            ("first" | "last", 0) | ("get" | "get_mut", 1) | ("first_mut" | "last_mut", 0)
                if self.is_list(&m.receiver) =>
            {
                !matches!(m.args.first().map(strip), Some(Expr::Range(_)))
            }
            ("pop", 0) => self.is_list(&m.receiver),
            _ => gives_option(&name, args) && self.is_sequence(&m.receiver),
        }
    }

    /// Runs what looks for a value.
    fn found(&mut self, e: &Expr) -> Option<Found> {
        let Expr::MethodCall(m) = strip(e) else {
            return None;
        };
        let name = m.method.to_string();
        match (name.as_str(), m.args.first()) {
            ("copied" | "cloned", None) => {
                let mut found = self.found(&m.receiver)?;
                found.then.push(Step::Copied);
                return Some(found);
            }
            ("map", Some(f)) if self.is_found(&m.receiver) => {
                let mut found = self.found(&m.receiver)?;
                found.then.push(Step::Map(self.function_of(f)?));
                return Some(found);
            }
            ("pop", None) => return self.popped(m),
            _ => {}
        }
        if self.is_list(&m.receiver) && !self.is_sequence(&m.receiver) {
            let place = self.elements_of(&m.receiver)?;
            let by = match name.ends_with("_mut") {
                true => Passing::RefMut,
                false => Passing::Ref,
            };
            let len = self.len(&place);
            let each = Box::new(Sequence::Each { place, by });
            let at = match (name.as_str(), m.args.first()) {
                (_, Some(index)) => self.value(index),
                ("first" | "first_mut", _) => int(0, self.span),
                _ => self.count_of(
                    len.clone(),
                    &int(1, self.span),
                    |n, one| parse_quote!(#n.wrapping_sub(#one)),
                ),
            };
            let some = self.compare_counts(at.clone(), BinOp::Lt, &len);
            return Some(Found::new(some, What::Element(each, at)));
        }
        self.search(m)
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
        };
        if found.behind {
            item = self.by_reference(&item);
        }
        for step in &found.then {
            item = match step {
                Step::Copied => owned(item),
                Step::Map(f) => {
                    let item = self.settled(item);
                    self.apply(f, vec![item])
                }
            };
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
            let (what, help) = fence::OPTION_OF_CLOSURE;
            self.refuse(self.span, what, help);
            return None;
        };
        let mut body = (*closure.body()).clone();
        let mut ends = Ends { understood: true };
        ends.end(&mut body);
        ends.visit_expr_mut(&mut body);
        if !ends.understood {
            let (what, help) = fence::OPTION_OF_CLOSURE;
            self.refuse(closure.body().span(), what, help);
            return None;
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
