//! Methods of `Option` and `Result`.

use syn::{Expr, ExprMethodCall, parse_quote};

use super::closure::Function;
use super::holders::{Content, Optional};
use super::method::{decides_by_method, hole_name};
use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::{Holder, Op, Operand, Passing, Payload, Place, Proj, StmtKind, Ty, Var, VarKind};
use crate::syntax::fence;

/// The methods, by the number of their arguments.
const METHODS: [&[&str]; 3] = [
    &[
        "is_some",
        "is_none",
        "is_ok",
        "is_err",
        "unwrap",
        "unwrap_or_default",
        "ok",
        "as_ref",
        "as_mut",
        "copied",
        "cloned",
        "take",
        "flatten",
    ],
    &[
        "expect",
        "unwrap_or",
        "unwrap_or_else",
        "map",
        "map_err",
        "and_then",
        "and",
        "or",
        "or_else",
        "ok_or",
        "ok_or_else",
        "filter",
        "is_some_and",
        "is_ok_and",
        "is_none_or",
        "then",
        "then_some",
        "replace",
        "insert",
        "get_or_insert",
        "get_or_insert_with",
        "zip",
    ],
    &["map_or", "map_or_else"],
];

/// Methods of arrays and slices that give an `Option` of references.
const OF_SLICES: [&[&str]; 2] = [
    &[
        "first",
        "last",
        "first_mut",
        "last_mut",
        "split_first",
        "split_last",
        "split_first_mut",
        "split_last_mut",
    ],
    &["get", "get_mut"],
];

/// Methods that others have as well: iterators, arrays, cells.
const SHARED: [&str; 13] = [
    "map", "filter", "take", "zip", "copied", "cloned", "replace", "insert", "flatten", "and",
    "or", "as_ref", "as_mut",
];

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

/// Whether a function given as an argument takes no arguments.
fn takes_nothing(function: &Expr) -> bool {
    match strip(function) {
        Expr::Closure(closure) => closure.inputs.is_empty(),
        _ => false,
    }
}

fn named(list: &[&[&str]], m: &ExprMethodCall) -> bool {
    let names = list.get(m.args.len());
    names.is_some_and(|names| names.iter().any(|name| m.method == name))
}

impl<'a> Lower<'a> {
    /// Whether a method call is one that this module lowers.
    pub(super) fn is_optional_method(&self, m: &ExprMethodCall) -> bool {
        if named(&OF_SLICES, m) {
            return self.has_elements(m);
        }
        if !named(&METHODS, m) || decides_by_method(&m.receiver) {
            return false;
        }
        // `T::from(x).unwrap()` is a number.
        if self.is_conversion(&Expr::MethodCall(m.clone())) {
            return false;
        }
        if self.is_discrete_only(&Expr::MethodCall(m.clone())) && !self.is_optional(&m.receiver) {
            return false;
        }
        if m.args.is_empty() && self.finds(&Expr::MethodCall(m.clone())) {
            return false;
        }
        let shared = SHARED.iter().any(|name| m.method == name);
        !shared || self.may_hold(&m.receiver)
    }

    /// Whether a method call gives what an `Option` holds, which may be a place.
    pub(super) fn gives_content(&self, m: &ExprMethodCall) -> bool {
        let names = [
            "unwrap",
            "expect",
            "insert",
            "get_or_insert",
            "get_or_insert_with",
        ];
        names.iter().any(|name| m.method == name) && self.is_optional_method(m)
    }

    fn has_elements(&self, m: &ExprMethodCall) -> bool {
        let known = match self.inert_place(&m.receiver) {
            Some(ty) => ty,
            None => match strip(&m.receiver) {
                Expr::Field(_) | Expr::Index(_) | Expr::Path(_) => Ty::Unknown,
                Expr::MethodCall(inner) => {
                    return matches!(
                        inner.method.to_string().as_str(),
                        "as_slice" | "as_mut_slice"
                    ) || self.gives_content(inner);
                }
                _ => return false,
            },
        };
        match known {
            Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) => true,
            // A map is asked by reference.
            Ty::Unknown => m.args.iter().all(|arg| {
                matches!(self.inert(arg).map(|i| i.ty), Some(Ty::Int(_)))
                    || matches!(strip(arg), Expr::Range(_))
            }),
            _ => false,
        }
    }

    /// Whether an expression is known to be an `Option` or a `Result`.
    fn is_optional(&self, e: &Expr) -> bool {
        match strip(e) {
            e if self.finds(e) => true,
            Expr::MethodCall(m) => {
                named(&OF_SLICES, m) && self.has_elements(m)
                    || named(&METHODS, m) && self.is_optional(&m.receiver)
            }
            Expr::Call(c) => matches!(strip(&c.func), Expr::Path(p) if
                p.path.segments.last().is_some_and(|s| ["Some", "Ok", "Err"].iter().any(|n| s.ident == n))),
            e if self.optional_of_name(e).is_some() => true,
            e => matches!(self.static_ty(e), Some(Ty::Option(_) | Ty::Result(_))),
        }
    }

    /// Whether an expression may be an `Option` or a `Result`, for methods that
    /// other types have too.
    fn may_hold(&self, e: &Expr) -> bool {
        if self.is_optional(e) {
            return true;
        }
        match strip(e) {
            Expr::MethodCall(m) => {
                let on = &m.receiver;
                !is_adaptor(&m.method.to_string()) || named(&METHODS, m) && self.may_hold(on)
            }
            Expr::Call(_) | Expr::Try(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_) => true,
            // Its type is written, and it is another.
            Expr::Path(_) if self.is_parameter(e) => false,
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) => {
                !self.is_unbound(e) && matches!(self.inert_place(e), None | Some(Ty::Unknown))
            }
            _ => false,
        }
    }

    fn is_parameter(&self, e: &Expr) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let binding = p
            .path
            .get_ident()
            .and_then(|name| self.scopes.find(&name.to_string()));
        binding.is_some_and(|b| {
            let kind = &self.vars[b.place.root.0 as usize].kind;
            b.place.proj.is_empty() && matches!(kind, VarKind::Param { .. })
        })
    }

    /// The item that a method call gives. Absent: it is none of these methods, and
    /// nothing was evaluated.
    pub(super) fn optional_method(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let name = m.method.to_string();
        let args: Vec<&Expr> = m.args.iter().collect();
        if named(&OF_SLICES, m) {
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
                let content = match on.content {
                    Content::Item(Item::Place(place, _)) => {
                        Content::Item(Item::Value(self.read(place)))
                    }
                    // What is found is copied where it is used.
                    other => return Some(self.copied_content(on.test, &other)),
                };
                Item::Optional(Box::new(Optional {
                    content,
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
            let content = l.item_value(content);
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
    fn applied_value(&mut self, f: &Function, args: Vec<Item>) -> Value {
        let args = args.into_iter().map(|arg| self.settled(arg)).collect();
        let item = self.apply(f, args);
        self.moved(item)
    }

    fn referred(&mut self, on: Optional, by: Passing) -> Optional {
        let content = match on.content {
            Content::Item(Item::Place(place, _)) => Content::Item(Item::Place(place, by)),
            other => other,
        };
        Optional { content, ..on }
    }

    /// Methods whose value is one thing where the content is there, and another
    /// where it is not.
    fn chosen(
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
        let made = crate::ir::StructOf {
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
    fn changed_option(
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

    /// `first`, `get(i)`: a test of the length, and a place.
    fn of_slice(&mut self, m: &ExprMethodCall, name: &str, args: &[&Expr]) -> Option<Item> {
        let place = self.place_of(&m.receiver);
        let by = match name.ends_with("_mut") {
            true => Passing::RefMut,
            false => Passing::Ref,
        };
        let name = name.trim_end_matches("_mut");
        if let ("get", [index]) = (name, args)
            && let Expr::Range(range) = strip(index)
        {
            return Some(self.get_range(place, range, by));
        }
        let index = match args {
            [index] => Some(self.value(index)),
            _ => None,
        };
        self.span = m.method.span();
        let len = self.len(&place);
        let mut holes = vec![self.hole(len)];
        let test = match &index {
            Some(index) => {
                let index = self.spelled(index, &mut holes);
                parse_quote!(#index < __hole_0)
            }
            None => parse_quote!(__hole_0 != 0),
        };
        let test = self.made(test, holes.clone(), Ty::Bool, true);
        let test = self.operand(test);
        let zero = || Operand::Lit(parse_quote!(0));
        let element = |k| Item::Place(place.clone().then(Proj::Index(k)), by);
        let part = |lo, hi| {
            let cut = Proj::Range {
                lo,
                hi,
                inclusive: false,
            };
            Item::Place(place.clone().then(cut), by)
        };
        let content = match (name, index) {
            ("get", Some(index)) => element(index),
            ("first", _) => element(zero()),
            ("split_first", _) => Item::Tuple(vec![
                element(zero()),
                part(Some(Operand::Lit(parse_quote!(1))), None),
            ]),
            (last, _) => {
                // Without elements it is not used.
                let usize_ty = self.usize();
                holes.truncate(1);
                let end = self.made(
                    parse_quote!(__hole_0.wrapping_sub(1)),
                    holes,
                    usize_ty,
                    true,
                );
                let end = self.operand(end);
                match last {
                    "last" => element(end),
                    _ => Item::Tuple(vec![element(end.clone()), part(None, Some(end))]),
                }
            }
        };
        Some(Item::Optional(Box::new(Optional {
            test,
            content: Content::Item(content),
            of: None,
        })))
    }

    /// `get(a..b)`
    fn get_range(&mut self, place: Place, range: &syn::ExprRange, by: Passing) -> Item {
        let lo = range.start.as_ref().map(|e| self.value(e));
        let hi = range.end.as_ref().map(|e| self.value(e));
        let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
        let len = self.len(&place);
        let mut holes = vec![self.hole(len)];
        let low = lo.as_ref().map(|lo| self.spelled(lo, &mut holes));
        let high = hi.as_ref().map(|hi| self.spelled(hi, &mut holes));
        let test = match (low, high, inclusive) {
            (None, None, _) => parse_quote!(true),
            (Some(low), None, _) => parse_quote!(#low <= __hole_0),
            (None, Some(high), false) => parse_quote!(#high <= __hole_0),
            (None, Some(high), true) => parse_quote!(#high < __hole_0),
            (Some(low), Some(high), false) => parse_quote!(#low <= #high && #high <= __hole_0),
            (Some(low), Some(high), true) => {
                parse_quote!(#high < __hole_0 && #low <= #high + 1)
            }
        };
        let test = self.made(test, holes, Ty::Bool, true);
        let test = self.operand(test);
        Item::Optional(Box::new(Optional {
            test,
            content: Content::Item(Item::Place(
                place.then(Proj::Range { lo, hi, inclusive }),
                by,
            )),
            of: None,
        }))
    }
}

/// Methods of iterators that give iterators.
fn is_adaptor(name: &str) -> bool {
    matches!(
        name,
        "iter"
            | "iter_mut"
            | "into_iter"
            | "map"
            | "filter"
            | "zip"
            | "enumerate"
            | "rev"
            | "take"
            | "skip"
            | "step_by"
            | "chain"
            | "windows"
            | "chunks"
            | "chunks_mut"
            | "chunks_exact"
            | "chunks_exact_mut"
            | "copied"
            | "cloned"
            | "flat_map"
            | "filter_map"
            | "flatten"
            | "scan"
            | "skip_while"
            | "take_while"
            | "map_while"
            | "peekable"
            | "cycle"
            | "chars"
            | "bytes"
            | "lines"
    )
}
