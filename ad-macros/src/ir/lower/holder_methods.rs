//! Methods of `Option` and `Result`.

use syn::{Expr, ExprMethodCall};

use super::closure::Function;
use super::holder_names::is_of_slice;
use super::holders::{Content, Optional};
use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::{Holder, Operand, Passing, Place, StmtKind, Ty};

/// Methods that change an `Option` where it stands.
fn changes(name: &str) -> bool {
    matches!(
        name,
        "take" | "replace" | "insert" | "get_or_insert" | "get_or_insert_with"
    )
}

/// Whether evaluating an argument changes nothing.
fn is_simple(e: &Expr) -> bool {
    match strip(e) {
        Expr::Path(_) | Expr::Lit(_) | Expr::Closure(_) => true,
        Expr::Reference(r) => is_simple(&r.expr),
        Expr::Unary(u) => is_simple(&u.expr),
        Expr::Field(f) => is_simple(&f.base),
        Expr::Binary(b) => {
            super::expr::operator(&b.op).is_some() && is_simple(&b.left) && is_simple(&b.right)
        }
        _ => false,
    }
}

impl<'a> Lower<'a> {
    /// The item that a method call gives. Absent: it is none of these methods, and
    /// nothing was evaluated.
    pub(super) fn optional_method(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let name = m.method.to_string();
        let args: Vec<&Expr> = m.args.iter().collect();
        if self.is_lookup(m) {
            return self.looked_up(m);
        }
        if is_of_slice(m) {
            return self.of_slice(m, &name, &args);
        }
        if let ("then" | "then_some", [e]) = (name.as_str(), args.as_slice()) {
            let test = self.condition(&m.receiver);
            if name == "then" {
                let f = self.function_of(e)?;
                return Some(self.made_option(test, |l| l.apply(&f, Vec::new())));
            }
            let item = self.item(e);
            let item = self.shared(item);
            return Some(self.made_option(test, |_| item));
        }
        let item = match self.place(&m.receiver) {
            Some((place, by)) => Item::Place(place, by),
            None => self.item(&m.receiver),
        };
        let item = match (item, args.first()) {
            // What is evaluated after the receiver may change it.
            (Item::Place(place, _), Some(arg))
                if !self.is_fixed(place.root) && !changes(&name) && !is_simple(arg) =>
            {
                let value = self.read(place);
                self.settled(Item::Value(value))
            }
            (Item::Optional(optional), Some(arg)) if !is_simple(arg) => {
                self.settled_optional(*optional)
            }
            (item, _) => item,
        };
        if changes(&name) {
            return Some(self.changed_option(m, &name, &args, item));
        }
        let on = self.look(item);
        self.span = m.method.span();
        Some(match (name.as_str(), args.as_slice()) {
            ("is_some" | "is_ok", _) => Item::Value(Value::operand(on.test, Ty::Bool)),
            ("is_none" | "is_err", _) => {
                let not = self.negated(on.test);
                Item::Value(Value::operand(not, Ty::Bool))
            }
            ("unwrap", _) => {
                self.check_there(&on, None);
                self.content(&on)
            }
            ("expect", [message]) => {
                self.check_there(&on, Some(message));
                self.content(&on)
            }
            ("as_ref" | "as_mut", _) => {
                let by = match name.as_str() {
                    "as_ref" => Passing::Ref,
                    _ => Passing::RefMut,
                };
                Item::Optional(Box::new(self.referred(on, by)))
            }
            ("copied" | "cloned", _) => {
                let place = match &on.content {
                    Content::Item(item) => match &**item {
                        Item::Place(place, _) => Some(place.clone()),
                        _ => None,
                    },
                    Content::Found(_) => None,
                };
                let Some(place) = place else {
                    // What is found is copied where it is used.
                    return Some(self.copied_content(on.test, &on.content));
                };
                Item::Optional(Box::new(Optional {
                    content: Content::Item(Box::new(Item::Value(self.read(place)))),
                    of: None,
                    ..on
                }))
            }
            ("filter", [f]) => {
                let f = self.function_of(f)?;
                let test = self.lazily(on.test.clone(), |l| {
                    let content = l.content(&on);
                    let content = l.by_reference(&content);
                    l.truth(&f, content)
                });
                Item::Optional(Box::new(Optional {
                    test,
                    of: None,
                    ..on
                }))
            }
            ("is_some_and" | "is_ok_and", [f]) => {
                let f = self.function_of(f)?;
                let test = self.lazily(on.test.clone(), |l| {
                    let content = l.content(&on);
                    l.truth(&f, content)
                });
                Item::Value(Value::operand(test, Ty::Bool))
            }
            ("is_none_or", [f]) => {
                let f = self.function_of(f)?;
                let test = self.lazily(on.test.clone(), |l| {
                    let content = l.content(&on);
                    let truth = l.truth(&f, content);
                    l.negated(truth)
                });
                let not = self.negated(test);
                Item::Value(Value::operand(not, Ty::Bool))
            }
            ("zip", [other]) => {
                let other = self.item(other);
                let other = self.look(other);
                let both = |l: &mut Self| Item::Tuple(vec![l.content(&on), l.content(&other)]);
                let test = self.lazily(on.test.clone(), |_| other.test.clone());
                return Some(self.made_option(test, both));
            }
            _ => Item::Value(self.chosen(m, &name, &args, on)?),
        })
    }

    /// A function of the content as the value of a condition.
    fn truth(&mut self, f: &Function, content: Item) -> Operand {
        let mut value = self.applied_value(f, vec![content]);
        value.ty = Ty::Bool;
        let var = self.variable(value);
        Operand::Var(var)
    }

    /// An `Option` of a content that is made where the test holds.
    fn made_option(&mut self, test: Operand, content: impl FnOnce(&mut Self) -> Item) -> Item {
        let memory = self.declare(super::UNNAMED, Ty::Unknown);
        let (there, _) = self.block(|l| {
            let content = content(l);
            let content = l.held(content);
            let some = l.holding(Holder::Option, None, content);
            l.store_value(memory, some);
        });
        let (not, _) = self.block(|l| l.store_none(&Place::of(memory)));
        self.push(StmtKind::If(test, there, not));
        let value = self.memory_value(memory);
        self.settled(Item::Value(value))
    }

    fn copied_content(&mut self, test: Operand, content: &Content) -> Item {
        self.made_option(test, |l| {
            let content = l.content_of(content);
            super::elements::owned(content)
        })
    }

    /// The result of a function as a value.
    pub(super) fn applied_value(&mut self, f: &Function, args: Vec<Item>) -> Value {
        let args = args.into_iter().map(|arg| self.settled(arg)).collect();
        let item = self.apply(f, args);
        self.moved(item)
    }

    /// The content seen by reference, or by value.
    pub(super) fn referred(&mut self, on: Optional, by: Passing) -> Optional {
        let content = match on.content {
            Content::Item(item) => Content::Item(Box::new(match *item {
                Item::Place(place, _) => Item::Place(place, by),
                other => other,
            })),
            found => found,
        };
        Optional { content, ..on }
    }
}
