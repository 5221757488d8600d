//! What runs an iterator to its end, or until it has found something.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, GenericArgument, parse_quote};

use super::closure::Function;
use super::sequence::Sequence;
use super::shape::Shape;
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Exit, Op, Operand, Place, Stmt, StmtKind, Ty, UnOp, Var, VarKind};
use crate::syntax::fence;

/// Consumers that give a value.
fn is_consumer(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "sum" | "product" | "count" | "collect" | "unzip"),
        1 => matches!(name, "for_each" | "any" | "all" | "try_for_each"),
        _ => matches!(name, "fold" | "try_fold") && args == 2,
    }
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
        let wanted = is_consumer(&name, m.args.len())
            && self.is_sequence(&m.receiver)
            && !self.stays_foreign(&whole);
        if !wanted {
            return None;
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
        if let Some(code) = self.stopping(m, &ty) {
            return Some(self.item(&code));
        }
        let sequence = match name.as_str() {
            "any" | "all" => self.borrowed_sequence(&m.receiver),
            _ => self.sequence(&m.receiver),
        };
        let Some(sequence) = sequence else {
            let (what, help) = fence::ITERATOR;
            return Some(Item::Value(self.refuse(m.receiver.span(), what, help)));
        };
        self.span = m.span();
        let done = match (name.as_str(), m.args.first()) {
            ("sum" | "product", _) => Some(self.total(m, &name, &sequence, ty)),
            ("count", _) => Some(self.counted_elements(&sequence)),
            ("collect", _) => Some(self.collected(m, &sequence, ty)),
            ("unzip", _) => Some(self.unzipped(&sequence)),
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
            ("try_fold" | "try_for_each", _) => {
                let (what, help) = fence::HOLDER_UNKNOWN;
                Some(Item::Value(self.refuse(m.method.span(), what, help)))
            }
            _ => None,
        };
        Some(done.unwrap_or_else(|| {
            let (what, help) = fence::FUNCTION_OF_ADAPTOR;
            Item::Value(self.refuse(m.method.span(), what, help))
        }))
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
    pub(super) fn declare_at(&mut self, at: usize, memory: Var, value: Option<Op>) {
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
            Err(sequence) => *sequence,
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

    /// Runs `f` with the type that an annotation gives to a consumer's result.
    pub(super) fn hinted<R>(&mut self, e: &Expr, ty: &Ty, f: impl FnOnce(&mut Self) -> R) -> R {
        let takes = match super::place::strip(e) {
            Expr::MethodCall(m) => ["sum", "product", "collect", "try_fold", "try_for_each"]
                .iter()
                .any(|n| m.method == n),
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
