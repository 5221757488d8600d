//! Consumers that look for an element.

use syn::spanned::Spanned;
use syn::{ExprMethodCall, parse_quote};

use super::closure::Function;
use super::elements::int;
use super::method::hole_name;
use super::optional::{Found, What};
use super::sequence::{Sequence, With};
use super::shape::Shape;
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Exit, Op, Operand, Passing, Place, StmtKind, Ty, UnOp, Var};
use crate::syntax::fence;

/// What a comparison keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Best {
    Greatest,
    Least,
}

/// From the best value so far and the next: the new one, and under which condition
/// it is taken.
type Next<'f, 'a> = &'f mut dyn FnMut(&mut Lower<'a>, Item, Item) -> (Option<Operand>, Item);

impl<'a> Lower<'a> {
    /// Looks for an element.
    pub(super) fn search(&mut self, m: &ExprMethodCall) -> Option<Found> {
        let name = m.method.to_string();
        let sequence = match name.as_str() {
            "find" | "find_map" | "position" => self.borrowed_sequence(&m.receiver),
            _ => self.sequence(&m.receiver),
        };
        let Some(sequence) = sequence else {
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
            "next" => {
                let truth = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span)));
                self.kept(&sequence, &mut |_, _| Some(truth.clone()))
            }
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
                    Err(sequence) => *sequence,
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

    /// Whether nothing was found so far. The first value is stored by the arm that
    /// comes first in the text: rustc then knows its type in the other.
    fn not_yet(&mut self, flag: Var) -> Operand {
        let some = self.read(Place::of(flag));
        let some = self.operand(some);
        self.operand(Value::new(Op::Unary(UnOp::Not, some), Ty::Bool))
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
        let mut behind = false;
        self.run(sequence, Some(label), &mut |l, item| {
            behind = is_reference(&item);
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
        self.found_in(flag, What::Kept(shape)).behind(behind)
    }

    pub(super) fn declare_shape(&mut self, at: usize, shape: &Shape) {
        match shape {
            Shape::Leaf(memory) => self.declare_at(at, *memory, None),
            Shape::Tuple(parts) => parts.iter().for_each(|part| self.declare_shape(at, part)),
        }
    }

    /// Goes on from the first element with each of the others. `next` gives the
    /// new value and under which condition it is taken.
    fn pairwise(&mut self, sequence: &Sequence, next: Next<'_, 'a>) -> Found {
        let flag = self.flag("found", false);
        let at = self.out.len();
        let mut shape: Option<Shape> = None;
        let mut behind = false;
        self.run(sequence, None, &mut |l, item| {
            behind = is_reference(&item);
            let item = l.shared(item);
            let shape = shape
                .get_or_insert_with(|| l.kept_like("best", &item))
                .clone();
            let none = l.not_yet(flag);
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
            l.push(StmtKind::If(none, first, then));
        });
        let shape = shape.unwrap_or(Shape::Tuple(Vec::new()));
        self.declare_shape(at, &shape);
        self.found_in(flag, What::Kept(shape)).behind(behind)
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
            let none = l.not_yet(flag);
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
            l.push(StmtKind::If(none, first, then));
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
}

fn best(name: &str) -> Best {
    match name.starts_with("max") {
        true => Best::Greatest,
        false => Best::Least,
    }
}

fn is_reference(item: &Item) -> bool {
    matches!(item, Item::Place(_, by) if *by != Passing::Value)
}
