//! What runs an iterator to its end, or until it has found something.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, GenericArgument, parse_quote};

use super::closure::Function;
use super::elements::int;
use super::method::hole_name;
use super::optional::{Found, What};
use super::sequence::{Sequence, With};
use super::stream::Shape;
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Exit, Op, Operand, Place, Proj, Stmt, StmtKind, Ty, UnOp, Var, VarKind};
use crate::syntax::fence;

/// Consumers that give a value.
fn is_consumer(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "sum" | "product" | "count" | "collect" | "unzip"),
        1 => matches!(name, "for_each" | "any" | "all"),
        _ => name == "fold" && args == 2,
    }
}

/// What a comparison keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Best {
    Greatest,
    Least,
}

impl<'a> Lower<'a> {
    /// A method that consumes an iterator. `None`: it is another method, and
    /// nothing was evaluated.
    pub(super) fn consumed(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let hint = self.hint.take();
        let name = m.method.to_string();
        if let "first" | "last" | "pop" | "get" = name.as_str() {
            return None;
        }
        let whole = Expr::MethodCall(m.clone());
        if name == "map" && m.args.len() == 1 && self.is_array(&m.receiver) {
            return self.mapped_array(m);
        }
        let wanted = is_consumer(&name, m.args.len()) && self.is_sequence(&m.receiver);
        if !wanted {
            return match self.is_discrete_only(&whole) {
                true => None,
                false => self.used_option(m),
            };
        }
        let named = m.turbofish.as_ref().and_then(|t| match t.args.first() {
            Some(GenericArgument::Type(t)) => Some(self.ty(t)),
            _ => None,
        });
        let ty = match named {
            Some(Ty::Unknown) | None => hint.or(named).unwrap_or(Ty::Unknown),
            Some(named) => named,
        };
        let is_list = name == "collect" && matches!(ty, Ty::Vec(_));
        if self.is_discrete_only(&whole) && !is_list {
            let ty = match name.as_str() {
                "count" => self.usize(),
                "any" | "all" => Ty::Bool,
                "sum" | "product" => ty,
                _ => Ty::Unknown,
            };
            return Some(Item::Value(self.carried(&whole, ty, false)));
        }
        self.span = m.span();
        let Some(sequence) = self.sequence(&m.receiver) else {
            let (what, help) = fence::ITERATOR;
            return Some(Item::Value(self.refuse(m.receiver.span(), what, help)));
        };
        self.span = m.span();
        let done = match (name.as_str(), m.args.first()) {
            ("sum" | "product", _) => Some(self.total(m, &name, &sequence, ty)),
            ("count", _) => Some(self.counted_elements(&sequence)),
            ("collect", _) => Some(self.collected(m, &sequence, ty)),
            ("unzip", _) => Some(self.unzipped(m, &sequence)),
            ("for_each", Some(f)) => self.function_of(f).map(|f| {
                self.run(&sequence, None, &mut |l, item| {
                    let item = l.settled(item);
                    let unit = l.apply(&f, vec![item]);
                    l.discard(unit);
                });
                Item::Value(Value::unit())
            }),
            ("any" | "all", Some(f)) => self
                .function_of(f)
                .map(|f| self.quantified(&sequence, &f, name == "any")),
            ("fold", Some(start)) => self.folded(m, &sequence, start),
            _ => None,
        };
        Some(done.unwrap_or_else(|| {
            let (what, help) = fence::FUNCTION_OF_ADAPTOR;
            Item::Value(self.refuse(m.method.span(), what, help))
        }))
    }

    /// `[a, b].map(f)` of floats to floats: an array of the same type.
    fn mapped_array(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let f = self.function_of(m.args.first()?)?;
        let place = self.elements_of(&m.receiver)?;
        self.span = m.span();
        let before = self.read(place);
        let before = Place::of(self.variable(before));
        let expr = syn::parse_quote!(::ad_runtime::__private::array_like(&__hole_0));
        let open = Ty::Array(Box::new(Ty::Unknown));
        let start = self.made(expr, vec![before.clone()], open, true);
        let list = self.declare_with(&syn::Ident::new("mapped", self.span), start);
        let len = self.len(&before);
        self.for_each(len, |l, k| {
            let item = l.read(before.then(Proj::Index(k.clone())));
            let item = l.settled(Item::Value(item));
            let item = l.apply(&f, vec![item]);
            let value = l.item_value(item);
            l.info(list).ty = Ty::Array(Box::new(value.ty.clone()));
            let value = l.operand(value);
            l.store(Place::of(list).then(Proj::Index(k)), value);
        });
        self.frozen.insert(list);
        Some(self.owned(Place::of(list)))
    }

    /// Starts where std's starts and adds in its order.
    fn total(&mut self, m: &ExprMethodCall, name: &str, sequence: &Sequence, ty: Ty) -> Item {
        let memory = self.var(name, VarKind::Memory, ty.clone(), m.method.span());
        let place = Place::of(memory);
        let at = self.out.len();
        let span = m.span();
        let known = std::cell::RefCell::new(ty);
        self.run(sequence, None, &mut |l, item| {
            l.span = span;
            let value = l.item_value(item);
            let mut of_value = value.ty.clone();
            let x = l.operand(value);
            l.span = span;
            let mut known = known.borrow_mut();
            if matches!(*known, Ty::Unknown | Ty::Float(None) | Ty::Int(None)) {
                if of_value != Ty::Unknown {
                    *known = of_value.clone();
                }
            } else if of_value == Ty::Unknown {
                of_value = known.clone();
            }
            l.info(memory).ty = known.clone();
            if name == "sum" && !matches!(*known, Ty::Int(_)) {
                l.push(StmtKind::Update {
                    place: place.clone(),
                    negate: false,
                    value: x,
                });
                return;
            }
            let so_far = l.read(place.clone());
            let so_far_ty = so_far.ty.clone();
            let so_far = l.operand(so_far);
            let op = if name == "sum" {
                BinOp::Add
            } else {
                BinOp::Mul
            };
            let next = l.binary_value(op, (so_far, so_far_ty), (x, of_value), m);
            let next = l.operand(next);
            l.store(place.clone(), next);
        });
        let ty = match known.into_inner() {
            Ty::Unknown => Ty::Float(None),
            ty => ty,
        };
        let start: Expr = match (&ty, name) {
            (Ty::Int(_), "sum") => parse_quote!(0),
            (Ty::Int(_), _) => parse_quote!(1),
            // A type parameter has no literals.
            (Ty::Float(Some(of)), "sum") if self.is_float_generic(&of.to_string()) => {
                parse_quote!(<#of as ::ad_runtime::__private::Scalar>::__from_f64(-0.0))
            }
            (Ty::Float(Some(of)), _) if self.is_float_generic(&of.to_string()) => {
                parse_quote!(<#of as ::ad_runtime::__private::Scalar>::__from_f64(1.0))
            }
            (_, "sum") => parse_quote!(-0.0),
            _ => parse_quote!(1.0),
        };
        let start = match start {
            Expr::Lit(l) => Operand::Lit(l.lit),
            e => Operand::Const(Box::new(e)),
        };
        self.info(memory).ty = ty.clone();
        self.declare_at(at, memory, Some(Op::Use(start)));
        Item::Value(Value::new(Op::Read(place), ty))
    }

    /// Declares a memory whose type came to light later.
    fn declare_at(&mut self, at: usize, memory: Var, value: Option<Op>) {
        let kind = StmtKind::Declare(memory, value);
        let span = self.span;
        if at <= self.out.len() && !self.dead {
            self.out.insert(at, Stmt { kind, span });
        }
    }

    fn counted_elements(&mut self, sequence: &Sequence) -> Item {
        let ty = self.usize();
        if sequence.is_pure()
            && let Some(len) = self.length(sequence)
        {
            return Item::Value(Value::operand(len, ty));
        }
        let counter = self.counter();
        self.run(sequence, None, &mut |l, item| {
            l.discard(item);
            l.step(counter);
        });
        Item::Value(Value::new(Op::Read(Place::of(counter)), ty))
    }

    fn quantified(&mut self, sequence: &Sequence, f: &Function, any: bool) -> Item {
        let flag = self.flag(if any { "any" } else { "all" }, !any);
        let label = self.exits.fresh();
        self.run(sequence, Some(label), &mut |l, item| {
            let item = l.settled(item);
            let item = l.apply(f, vec![item]);
            let mut on = l.decision(item);
            if !any {
                on = l.operand(Value::new(Op::Unary(UnOp::Not, on), Ty::Bool));
            }
            l.when(on, &mut |l| {
                let answer = syn::LitBool::new(any, l.span);
                l.store(Place::of(flag), Operand::Lit(syn::Lit::Bool(answer)));
                l.push(StmtKind::Exit(Exit::Break(label)));
            });
        });
        Item::Value(Value::new(Op::Read(Place::of(flag)), Ty::Bool))
    }

    fn folded(&mut self, m: &ExprMethodCall, sequence: &Sequence, start: &Expr) -> Option<Item> {
        let start = self.item(start);
        let start = self.settled(start);
        let f = m.args.get(1)?;
        let sequence = match self.folded_extreme(sequence.clone(), &start, f, m) {
            Ok(item) => return Some(item),
            Err(sequence) => sequence,
        };
        let f = self.function_of(f)?;
        let state = self.carried_along("state", start);
        self.run(&sequence, None, &mut |l, item| {
            let item = l.settled(item);
            let at = l.out.len();
            let so_far = l.contents(&state);
            let next = l.apply(&f, vec![so_far.clone(), item]);
            if !l.added(&state, &so_far, &next, at) {
                l.put(&state, next);
            }
        });
        Some(self.contents(&state))
    }

    /// `state + e` as an update of the state: sums then run in any order in the
    /// reverse sweep.
    fn added(&mut self, state: &Shape, so_far: &Item, next: &Item, at: usize) -> bool {
        let (Shape::Leaf(memory), Item::Value(so_far), Item::Value(next)) = (state, so_far, next)
        else {
            return false;
        };
        let (Op::Use(Operand::Var(old)), Op::Binary(op @ (BinOp::Add | BinOp::Sub), a, b)) =
            (&so_far.op, &next.op)
        else {
            return false;
        };
        let is_old = |operand: &Operand| matches!(operand, Operand::Var(v) if v == old);
        if !is_old(a) || is_old(b) || !matches!(so_far.ty, Ty::Float(_)) || self.dead {
            return false;
        }
        // The old value is used nowhere else.
        let mut uses = 0;
        for stmt in &self.out[at..] {
            crate::ir::visit::all_stmts(stmt, &mut |stmt| {
                crate::ir::visit::stmt_uses(stmt, &mut |v| uses += usize::from(v == *old));
            });
        }
        if uses > 0 {
            return false;
        }
        self.out
            .retain(|stmt| !matches!(&stmt.kind, StmtKind::Let(v, _) if v == old));
        self.push(StmtKind::Update {
            place: Place::of(*memory),
            negate: *op == BinOp::Sub,
            value: b.clone(),
        });
        true
    }

    /// The elements as a new `Vec`.
    fn collected(&mut self, m: &ExprMethodCall, sequence: &Sequence, ty: Ty) -> Item {
        let Ty::Vec(element) = ty else {
            let (what, help) = fence::COLLECT;
            return Item::Value(self.refuse(m.method.span(), what, help));
        };
        let sequence = match sequence.clone() {
            Sequence::With(With::Map, inner, f) => {
                Sequence::With(With::Map, inner, f.giving((*element).clone()))
            }
            sequence => sequence,
        };
        let list = self.list_of(&sequence, "list", *element);
        let ty = self.info(list).ty.clone();
        self.frozen.insert(list);
        match ty {
            Ty::Vec(_) => self.owned(Place::of(list)),
            ty => Item::Value(Value::new(Op::Read(Place::of(list)), ty)),
        }
    }

    /// A new `Vec` of the elements. Where their number is known, it is made at
    /// once and filled by a counted loop, whose reverse then has no order.
    pub(super) fn list_of(&mut self, sequence: &Sequence, name: &str, element: Ty) -> Var {
        let list = self.var(name, VarKind::Memory, Ty::Unknown, self.span);
        let place = Place::of(list);
        let at = self.out.len();
        let known = std::cell::RefCell::new(element);
        let indexed = sequence.is_indexed();
        let filled = std::cell::Cell::new(false);
        let numbered = match indexed {
            true => Sequence::Enumerate(Box::new(sequence.clone())),
            false => sequence.clone(),
        };
        self.run(&numbered, None, &mut |l, item| {
            let (k, item) = match (indexed, item) {
                (true, Item::Tuple(mut parts)) if parts.len() == 2 => {
                    let item = parts.remove(1);
                    let k = l.item_value(parts.remove(0));
                    (Some(l.operand(k)), item)
                }
                (_, item) => (None, item),
            };
            let value = l.item_value(item);
            let ty = value.ty.clone();
            let operand = l.operand(value);
            let mut known = known.borrow_mut();
            if matches!(*known, Ty::Unknown | Ty::Float(None) | Ty::Int(None)) && ty != Ty::Unknown
            {
                *known = ty;
            }
            l.info(list).ty = Ty::Vec(Box::new(known.clone()));
            let literal = match &*known {
                Ty::Float(Some(name)) => !l.is_float_generic(&name.to_string()),
                Ty::Int(_) | Ty::Bool => true,
                _ => false,
            };
            match k {
                Some(k) if literal => {
                    filled.set(true);
                    l.push(StmtKind::Store(place.clone().then(Proj::Index(k)), operand));
                }
                _ => l.push(StmtKind::VecPush(place.clone(), operand)),
            }
        });
        let known = known.into_inner();
        self.info(list).ty = Ty::Vec(Box::new(known.clone()));
        let first: Expr = match known {
            Ty::Int(_) => parse_quote!(0),
            Ty::Bool => parse_quote!(false),
            _ => parse_quote!(0.0),
        };
        match (filled.get(), first) {
            (true, Expr::Lit(first)) => {
                // The length is computed before the loop once more.
                let after = self.out.split_off(at);
                let len = self.length(sequence).unwrap_or_else(|| int(0, self.span));
                let filled = Op::VecRepeat(Operand::Lit(first.lit), len);
                self.push(StmtKind::Declare(list, Some(filled)));
                self.out.extend(after);
            }
            _ => self.declare_at(at, list, Some(Op::VecEmpty(None))),
        }
        list
    }

    fn unzipped(&mut self, _m: &ExprMethodCall, sequence: &Sequence) -> Item {
        let lists = ["left", "right"].map(|name| {
            self.var(
                name,
                VarKind::Memory,
                Ty::Vec(Box::new(Ty::Unknown)),
                self.span,
            )
        });
        let at = self.out.len();
        self.run(sequence, None, &mut |l, item| {
            let items = match item {
                Item::Tuple(items) => items,
                item => {
                    let (place, by) = l.item_place(item);
                    let part =
                        |k: usize| Item::Place(place.clone().then(Proj::Field(k.into())), by);
                    vec![part(0), part(1)]
                }
            };
            for (list, item) in lists.iter().zip(items) {
                let value = l.item_value(item);
                if value.ty != Ty::Unknown {
                    l.info(*list).ty = Ty::Vec(Box::new(value.ty.clone()));
                }
                let operand = l.operand(value);
                l.push(StmtKind::VecPush(Place::of(*list), operand));
            }
        });
        for list in lists {
            self.declare_at(at, list, Some(Op::VecEmpty(None)));
            self.frozen.insert(list);
        }
        Item::Tuple(lists.map(|list| self.owned(Place::of(list))).into())
    }

    /// Looks for an element.
    pub(super) fn search(&mut self, m: &ExprMethodCall) -> Option<Found> {
        let name = m.method.to_string();
        let Some(sequence) = self.sequence(&m.receiver) else {
            let (what, help) = fence::ITERATOR;
            self.refuse(m.receiver.span(), what, help);
            return None;
        };
        self.span = m.span();
        let arg = m.args.first();
        let function = |l: &mut Self| arg.and_then(|f| l.function_of(f));
        let one = int(1, self.span);
        Some(match name.as_str() {
            "last" if sequence.is_pure() => {
                let mut sequence = sequence;
                self.prepare(&mut sequence);
                let len = self.length(&sequence)?;
                let some = self.compare_counts(int(0, self.span), BinOp::Lt, &len);
                let at = self.count_of(len, &one, |n, one| parse_quote!(#n.wrapping_sub(#one)));
                Found::new(some, What::Element(Box::new(sequence), at))
            }
            "nth" if sequence.is_pure() => {
                let mut sequence = sequence;
                self.prepare(&mut sequence);
                let at = self.value(arg?);
                let some = match self.length(&sequence) {
                    Some(len) => self.compare_counts(at.clone(), BinOp::Lt, &len),
                    None => Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span))),
                };
                Found::new(some, What::Element(Box::new(sequence), at))
            }
            "last" => self.kept(&sequence, &mut |_, _| None),
            "nth" => {
                let n = self.value(arg?);
                let rest = Sequence::Skip(Box::new(sequence), n);
                let truth = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span)));
                self.kept(&rest, &mut |_, _| Some(truth.clone()))
            }
            "find" => {
                let f = function(self)?;
                if sequence.is_pure() {
                    self.first_number(&sequence, &mut |l, item| l.decide(&f, item))
                } else {
                    self.kept(&sequence, &mut |l, item| Some(l.decide(&f, item)))
                }
            }
            "position" => {
                let f = function(self)?;
                let numbered = Sequence::Enumerate(Box::new(sequence));
                let (flag, at) = (self.flag("found", false), self.counter());
                let label = self.exits.fresh();
                self.run(&numbered, Some(label), &mut |l, item| {
                    let Item::Tuple(mut parts) = item else { return };
                    let item = parts.pop().unwrap_or(Item::Value(Value::unit()));
                    let item = l.apply(&f, vec![item]);
                    let on = l.decision(item);
                    l.when(on, &mut |l| {
                        for part in &parts {
                            l.put(&Shape::Leaf(at), part.clone());
                        }
                        l.set(flag, true);
                        l.push(StmtKind::Exit(Exit::Break(label)));
                    });
                });
                self.found_in(flag, What::Kept(Shape::Leaf(at)))
            }
            "find_map" => {
                let f = function(self)?;
                let mapped = Sequence::With(With::FilterMap, Box::new(sequence), f);
                let truth = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span)));
                self.kept(&mapped, &mut |_, _| Some(truth.clone()))
            }
            "reduce" => {
                let sequence = match self.reduced_extreme(sequence, arg?, m) {
                    Ok(found) => return Some(found),
                    Err(sequence) => sequence,
                };
                let f = function(self)?;
                self.pairwise(&sequence, &mut |l, best, item| {
                    let item = l.apply(&f, vec![best, item]);
                    (None, item)
                })
            }
            "max_by" | "min_by" => {
                let f = function(self)?;
                let keep = best(&name);
                self.compared(&sequence, keep, &mut |l, best, item| {
                    let (a, b) = (l.by_reference(best), l.by_reference(item));
                    let order = l.apply(&f, vec![a, b]);
                    l.item_value(order)
                })
            }
            "max" | "min" => {
                let keep = best(&name);
                self.compared(&sequence, keep, &mut |l, best, item| l.ordered(best, item))
            }
            _ => {
                let f = function(self)?;
                let keep = best(&name);
                self.keyed(sequence, keep, &f)
            }
        })
    }

    /// `a.cmp(&b)` of values that no derivative reaches.
    fn ordered(&mut self, a: &Item, b: &Item) -> Value {
        let holes = [a, b].map(|item| self.item_place(item.clone()).0);
        let (a, b) = (hole_name(0), hole_name(1));
        let expr = parse_quote!(::core::cmp::Ord::cmp(&#a, &#b));
        self.made(expr, holes.into(), Ty::Unknown, true)
    }

    fn set(&mut self, flag: Var, on: bool) {
        let on = syn::LitBool::new(on, self.span);
        self.store(Place::of(flag), Operand::Lit(syn::Lit::Bool(on)));
    }

    fn found_in(&mut self, flag: Var, what: What) -> Found {
        let some = self.read(Place::of(flag));
        let some = self.operand(some);
        Found::new(some, what)
    }

    /// The first element of an indexed sequence for which `decide` says so.
    fn first_number(
        &mut self,
        sequence: &Sequence,
        decide: &mut dyn FnMut(&mut Self, &Item) -> Operand,
    ) -> Found {
        let mut sequence = sequence.clone();
        self.prepare(&mut sequence);
        let numbered = Sequence::Enumerate(Box::new(sequence.clone()));
        let (flag, at) = (self.flag("found", false), self.counter());
        let label = self.exits.fresh();
        self.run(&numbered, Some(label), &mut |l, item| {
            let Item::Tuple(mut parts) = item else { return };
            let item = parts.pop().unwrap_or(Item::Value(Value::unit()));
            let on = decide(l, &item);
            l.when(on, &mut |l| {
                for part in &parts {
                    l.put(&Shape::Leaf(at), part.clone());
                }
                l.set(flag, true);
                l.push(StmtKind::Exit(Exit::Break(label)));
            });
        });
        let k = self.read(Place::of(at));
        let k = self.operand(k);
        self.found_in(flag, What::Element(Box::new(sequence), k))
    }

    /// The last element, or the first for which `decide` says so.
    fn kept(
        &mut self,
        sequence: &Sequence,
        decide: &mut dyn FnMut(&mut Self, &Item) -> Option<Operand>,
    ) -> Found {
        let flag = self.flag("found", false);
        let label = self.exits.fresh();
        let at = self.out.len();
        let mut shape: Option<Shape> = None;
        self.run(sequence, Some(label), &mut |l, item| {
            let item = l.shared(item);
            let on = decide(l, &item);
            let shape = shape
                .get_or_insert_with(|| l.kept_like("kept", &item))
                .clone();
            match on {
                None => {
                    l.put(&shape, item.clone());
                    l.set(flag, true);
                }
                Some(on) => l.when(on, &mut |l| {
                    l.put(&shape, item.clone());
                    l.set(flag, true);
                    l.push(StmtKind::Exit(Exit::Break(label)));
                }),
            }
        });
        let shape = shape.unwrap_or(Shape::Tuple(Vec::new()));
        self.declare_shape(at, &shape);
        self.found_in(flag, What::Kept(shape))
    }

    fn declare_shape(&mut self, at: usize, shape: &Shape) {
        match shape {
            Shape::Leaf(memory) => self.declare_at(at, *memory, None),
            Shape::Tuple(parts) => parts.iter().for_each(|part| self.declare_shape(at, part)),
        }
    }

    /// Goes on from the first element with each of the others. `next` gives the
    /// new value and under which condition it is taken.
    fn pairwise(
        &mut self,
        sequence: &Sequence,
        next: &mut dyn FnMut(&mut Self, Item, Item) -> (Option<Operand>, Item),
    ) -> Found {
        let flag = self.flag("found", false);
        let at = self.out.len();
        let mut shape: Option<Shape> = None;
        self.run(sequence, None, &mut |l, item| {
            let item = l.shared(item);
            let shape = shape
                .get_or_insert_with(|| l.kept_like("best", &item))
                .clone();
            let some = l.read(Place::of(flag));
            let some = l.operand(some);
            let (then, _) = l.block(|l| {
                let best = l.contents(&shape);
                let (on, new) = next(l, best, item.clone());
                match on {
                    None => l.put(&shape, new),
                    Some(on) => l.when(on, &mut |l| l.put(&shape, new.clone())),
                }
            });
            let (first, _) = l.block(|l| {
                l.put(&shape, item.clone());
                l.set(flag, true);
            });
            l.push(StmtKind::If(some, then, first));
        });
        let shape = shape.unwrap_or(Shape::Tuple(Vec::new()));
        self.declare_shape(at, &shape);
        self.found_in(flag, What::Kept(shape))
    }

    /// The greatest element, the last of equal ones, or the least, the first of
    /// equal ones. Where an element can be looked at again, its number is enough.
    fn compared(
        &mut self,
        sequence: &Sequence,
        keep: Best,
        order: &mut dyn FnMut(&mut Self, &Item, &Item) -> Value,
    ) -> Found {
        let mut replaces = |l: &mut Self, best: &Item, item: &Item| {
            let order = order(l, best, item);
            l.replaced(keep, order)
        };
        let mut sequence = sequence.clone();
        if !sequence.is_pure() {
            return self.pairwise(&sequence, &mut |l, best, item| {
                (Some(replaces(l, &best, &item)), item)
            });
        }
        self.prepare(&mut sequence);
        let Some(len) = self.length(&sequence) else {
            let (what, help) = fence::ITERATOR;
            self.refuse(self.span, what, help);
            return self.kept(&sequence, &mut |_, _| None);
        };
        let at = self.counter();
        let mut count = self.count_to(len.clone());
        count.lo = int(1, self.span);
        self.counted(None, count, |l, k| {
            let best = l.read(Place::of(at));
            let best = l.operand(best);
            let best = l.element(&sequence, best);
            let best = l.shared(best);
            let item = l.element(&sequence, k.clone());
            let item = l.shared(item);
            let on = replaces(l, &best, &item);
            l.when(on, &mut |l| l.store(Place::of(at), k.clone()));
        });
        let some = self.compare_counts(int(0, self.span), BinOp::Lt, &len);
        let k = self.read(Place::of(at));
        let k = self.operand(k);
        Found::new(some, What::Element(Box::new(sequence), k))
    }

    /// The element with the greatest or least key, which is computed once for each.
    fn keyed(&mut self, sequence: Sequence, keep: Best, f: &Function) -> Found {
        let (flag, at) = (self.flag("found", false), self.out.len());
        let mut shapes: Option<(Shape, Shape)> = None;
        let mut sequence = sequence;
        let pure = sequence.is_pure();
        let numbered = match pure {
            true => {
                self.prepare(&mut sequence);
                Sequence::Enumerate(Box::new(sequence.clone()))
            }
            false => sequence.clone(),
        };
        self.run(&numbered, None, &mut |l, item| {
            // Of an element that can be looked at again, the number is kept.
            let (kept, item) = match item {
                Item::Tuple(mut parts) if pure && parts.len() == 2 => {
                    let item = parts.remove(1);
                    (parts.remove(0), l.shared(item))
                }
                item => {
                    let item = l.shared(item);
                    (item.clone(), item)
                }
            };
            let seen = l.by_reference(&item);
            let key = l.apply(f, vec![seen]);
            let key = l.shared(key);
            let (kept_in, key_in) = shapes
                .get_or_insert_with(|| (l.kept_like("best", &kept), l.kept_like("key", &key)))
                .clone();
            let some = l.read(Place::of(flag));
            let some = l.operand(some);
            let take = |l: &mut Self| {
                l.put(&kept_in, kept.clone());
                l.put(&key_in, key.clone());
            };
            let (then, _) = l.block(|l| {
                let best = l.contents(&key_in);
                let order = l.ordered(&best, &key);
                let on = l.replaced(keep, order);
                l.when(on, &mut |l| take(l));
            });
            let (first, _) = l.block(|l| {
                take(l);
                l.set(flag, true);
            });
            l.push(StmtKind::If(some, then, first));
        });
        let unit = || Shape::Tuple(Vec::new());
        let (kept_in, key_in) = shapes.unwrap_or_else(|| (unit(), unit()));
        self.declare_shape(at, &kept_in);
        self.declare_shape(at, &key_in);
        let what = match (&kept_in, pure) {
            (Shape::Leaf(memory), true) => {
                let k = self.read(Place::of(*memory));
                let k = self.operand(k);
                What::Element(Box::new(sequence), k)
            }
            _ => What::Kept(kept_in),
        };
        self.found_in(flag, what)
    }

    /// Whether a comparison of the best element so far with another makes that
    /// one the best.
    fn replaced(&mut self, keep: Best, mut order: Value) -> Operand {
        order.ty = Ty::Unknown;
        let order = self.operand(order);
        let holes = vec![self.hole(order)];
        let order = hole_name(0);
        let expr = match keep {
            Best::Greatest => parse_quote!(#order != ::core::cmp::Ordering::Greater),
            Best::Least => parse_quote!(#order == ::core::cmp::Ordering::Greater),
        };
        let on = self.made(expr, holes, Ty::Bool, true);
        self.operand(on)
    }

    /// Runs `f` with the type that an annotation gives to a consumer's result.
    pub(super) fn hinted<R>(&mut self, e: &Expr, ty: &Ty, f: impl FnOnce(&mut Self) -> R) -> R {
        let takes = match super::place::strip(e) {
            Expr::MethodCall(m) => ["sum", "product", "collect"].iter().any(|n| m.method == n),
            // Its last expression.
            Expr::Block(b) => b.label.is_none(),
            _ => false,
        };
        self.hint = takes.then(|| ty.clone());
        let result = f(self);
        self.hint = None;
        result
    }
}

fn best(name: &str) -> Best {
    match name.starts_with("max") {
        true => Best::Greatest,
        false => Best::Least,
    }
}
