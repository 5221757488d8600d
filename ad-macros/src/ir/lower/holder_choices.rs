//! Methods of `Option` and `Result` whose value is one thing with a content and
//! another without, and those that change an `Option` where it stands.

use syn::{Expr, ExprMethodCall, parse_quote};

use super::closure::Function;
use super::holders::Optional;
use super::method::hole_name;
use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::{Holder, Op, Operand, Passing, Payload, Place, Proj, StmtKind, StructOf, Ty, Var};
use crate::syntax::fence;

/// Whether a function given as an argument takes no arguments.
fn takes_nothing(function: &Expr) -> bool {
    match strip(function) {
        Expr::Closure(closure) => closure.inputs.is_empty(),
        _ => false,
    }
}

impl<'a> Lower<'a> {
    /// Methods whose value is one thing where the content is there, and another
    /// where it is not.
    pub(super) fn chosen(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
        on: Optional,
    ) -> Option<Value> {
        let holder = match &on.of {
            Some(place) => match self.ty_of(place) {
                Ty::Option(_) => Holder::Option,
                _ => Holder::Either,
            },
            None => Holder::Option,
        };
        // What is evaluated whether it is used or not.
        let eager = match (name, args) {
            ("unwrap_or" | "and" | "or" | "ok_or", [e]) | ("map_or", [e, _]) => {
                let item = self.item(e);
                Some(self.settled(item))
            }
            _ => None,
        };
        self.span = m.method.span();
        let kind = (holder == Holder::Either
            && matches!(name, "map" | "or" | "or_else" | "map_err"))
        .then(|| self.kind_of(&on))
        .flatten();
        // The function of the content, and that of what stands in for it.
        let function = |l: &mut Self, e: &Expr| l.function_of(e);
        let (some, none) = match (name, args) {
            ("map" | "and_then", [f]) => (Some(function(self, f)?), None),
            ("map_or", [_, f]) => (Some(function(self, f)?), None),
            ("map_or_else", [g, f]) => {
                let none = function(self, g)?;
                (Some(function(self, f)?), Some((*g, none)))
            }
            ("unwrap_or_else" | "or_else" | "ok_or_else" | "map_err", [g]) => {
                (None, Some((*g, function(self, g)?)))
            }
            _ => (None, None),
        };
        let by_ref = on.is_of_reference();
        let memory = self.declare(super::UNNAMED, Ty::Unknown);
        let Optional { test, content, of } = on;
        let (there, ends) = self.block(|l| {
            let content = l.content_of(&content);
            let value = match (name, args) {
                ("unwrap_or" | "unwrap_or_default" | "unwrap_or_else", _) => l.item_value(content),
                ("map" | "map_or" | "map_or_else" | "and_then", _) => {
                    let value = match &some {
                        Some(f) => l.applied_value(f, vec![content]),
                        None => Value::unit(),
                    };
                    match name {
                        "map" => l.holding(holder, kind.as_ref(), value),
                        _ => value,
                    }
                }
                ("and", _) => l.settled_value(eager.clone()),
                ("ok_or" | "ok_or_else" | "map_err", _) => {
                    let value = l.item_value(content);
                    l.holding(Holder::Result, None, value)
                }
                ("ok", _) => {
                    let value = l.item_value(content);
                    l.holding(Holder::Option, None, value)
                }
                ("or" | "or_else", _) => {
                    let value = l.item_value(content);
                    l.holding(holder, kind.as_ref(), value)
                }
                // `flatten`
                _ => l.item_value(content),
            };
            l.store_value(memory, value);
        });
        let (not, not_ends) =
            self.block(|l| l.without(m, name, memory, (of, holder, by_ref), none, eager));
        self.span = m.method.span();
        self.push(StmtKind::If(test, there, not));
        self.dead |= ends && not_ends;
        Some(self.memory_value(memory))
    }

    fn settled_value(&mut self, item: Option<Item>) -> Value {
        match item {
            Some(item) => self.item_value(item),
            None => Value::unit(),
        }
    }

    /// The other branch of [`Lower::chosen`].
    fn without(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        memory: Var,
        (of, holder, by_ref): (Option<Place>, Holder, bool),
        function: Option<(&Expr, Function)>,
        eager: Option<Item>,
    ) {
        let error = |of: &Option<Place>| {
            of.clone().map(|place| {
                let payload = Payload {
                    variant: parse_quote!(::core::result::Result::Err),
                    field: syn::Member::from(0),
                    of_tangent: false,
                };
                Item::Place(place.then(Proj::Payload(Box::new(payload))), Passing::Value)
            })
        };
        let value = match (name, function) {
            ("unwrap_or" | "or" | "map_or", _) => self.settled_value(eager),
            ("unwrap_or_default", _) => {
                let default = parse_quote!(::core::default::Default::default());
                self.made(default, Vec::new(), Ty::Unknown, true)
            }
            ("unwrap_or_else" | "or_else" | "map_or_else", Some((written, f))) => {
                let alone = takes_nothing(written) || holder == Holder::Option;
                let given = match (alone, error(&of)) {
                    (false, Some(error)) => vec![error],
                    _ => Vec::new(),
                };
                self.applied_value(&f, given)
            }
            ("ok_or", _) => {
                let value = self.settled_value(eager);
                self.failed(value)
            }
            ("ok_or_else", Some((_, f))) => {
                let value = self.applied_value(&f, Vec::new());
                self.failed(value)
            }
            ("map_err", Some((_, f))) => match error(&of) {
                Some(error) => {
                    let value = self.applied_value(&f, vec![error]);
                    self.failed(value)
                }
                None => {
                    let (what, help) = fence::method(name);
                    self.refuse(m.method.span(), what, help)
                }
            },
            ("ok", _) => return self.store_none(&Place::of(memory)),
            // `map`, `and_then`, `and`, `flatten`
            _ if holder == Holder::Option => return self.store_none(&Place::of(memory)),
            _ => match of {
                Some(place) => {
                    let hole = hole_name(0);
                    let without = match name {
                        _ if by_ref => parse_quote!(::ad_runtime::__private::leave_ref(&#hole)),
                        "and_then" | "and" => parse_quote!(::ad_runtime::__private::leave(#hole)),
                        _ => parse_quote!(::ad_runtime::__private::without(#hole)),
                    };
                    self.made(without, vec![place], Ty::Unknown, false)
                }
                None => return self.store_none(&Place::of(memory)),
            },
        };
        if !self.dead {
            let ty = value.ty.clone();
            let operand = self.operand(value);
            self.learn(&Place::of(memory), ty);
            self.push(StmtKind::Store(Place::of(memory), operand));
        }
    }

    fn failed(&mut self, value: Value) -> Value {
        let error = self.operand(value);
        let made = StructOf {
            path: parse_quote!(::core::result::Result::Err),
            fields: vec![(syn::Member::from(0), error)],
            base: None,
            kind: None,
        };
        Value::new(
            Op::Struct(Box::new(made)),
            Ty::Result(Box::new(Ty::Unknown)),
        )
    }

    fn kind_of(&mut self, on: &Optional) -> Option<Operand> {
        let place = on.of.clone()?;
        let hole = hole_name(0);
        let kind = parse_quote!(::ad_runtime::__private::kind(&#hole));
        let value = self.made(kind, vec![place], Ty::Unknown, true);
        Some(self.operand(value))
    }

    /// Methods that change an `Option` where it stands.
    pub(super) fn changed_option(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
        item: Item,
    ) -> Item {
        let Item::Place(place, _) = item else {
            let help = "bind it to a variable of its own: `let mut o: Option<f64> = ..`";
            let what = format!("`{name}` changes an `Option` that is no variable here");
            return Item::Value(self.refuse(m.method.span(), what, help));
        };
        self.learn_holder(&place, Some(Holder::Option));
        let content = place.clone().then(Proj::Content(Holder::Option));
        match (name, args) {
            ("take", _) => {
                let old = self.read(place.clone());
                let ty = old.ty.clone();
                let old = self.operand(old);
                self.store_none(&place);
                Item::Value(Value::operand(old, ty))
            }
            ("replace", [new]) => {
                let value = self.op(new);
                let value = self.holding(Holder::Option, None, value);
                let value = self.operand(value);
                let old = self.read(place.clone());
                let ty = old.ty.clone();
                let old = self.operand(old);
                self.store(place, value);
                Item::Value(Value::operand(old, ty))
            }
            ("insert", [new]) => {
                let value = self.op(new);
                let value = self.holding(Holder::Option, None, value);
                let value = self.operand(value);
                self.store(place, value);
                Item::Place(content, Passing::RefMut)
            }
            (_, [new]) => {
                let eager = (name == "get_or_insert").then(|| {
                    let item = self.item(new);
                    self.settled(item)
                });
                let on = self.look(Item::Place(place.clone(), Passing::Value));
                let not = self.negated(on.test);
                let (fill, _) = self.block(|l| {
                    let value = match eager {
                        Some(item) => l.item_value(item),
                        None => match l.function_of(new) {
                            Some(f) => l.applied_value(&f, Vec::new()),
                            None => Value::unit(),
                        },
                    };
                    let value = l.holding(Holder::Option, None, value);
                    let value = l.operand(value);
                    l.store(place.clone(), value);
                });
                self.push(StmtKind::If(not, fill, Default::default()));
                Item::Place(content, Passing::RefMut)
            }
            _ => Item::Value(Value::unit()),
        }
    }
}
