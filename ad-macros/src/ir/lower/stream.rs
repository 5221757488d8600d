//! Runs a sequence: the loops that hand its elements, one after the other, to
//! what consumes them.

use syn::parse_quote;

use super::closure::Function;
use super::elements::{int, owned};
use super::iterate::Count;
use super::method::hole_name;
use super::sequence::{Sequence, With};
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Block, Exit, Label, Op, Operand, Place, StmtKind, Ty, UnOp, Var};
use crate::syntax::fence;

/// What is done with each element.
pub(super) type Each<'f, 'a> = &'f mut dyn FnMut(&mut Lower<'a>, Item);

impl<'a> Lower<'a> {
    /// Runs `each` on all elements. `Exit::Break(label)` ends the run. `each` may
    /// be called several times: its code then stands in several loops.
    pub(super) fn run(&mut self, sequence: &Sequence, label: Option<Label>, each: Each<'_, 'a>) {
        if sequence.is_indexed() {
            self.run_indexed(sequence.clone(), label, each);
            return;
        }
        match sequence {
            Sequence::With(with, inner, f) => self.run_with(*with, inner, f, label, each),
            Sequence::Copied(inner) => self.run(inner, label, &mut |l, item| each(l, owned(item))),
            Sequence::Enumerate(inner) => {
                let counter = self.counter();
                self.run(inner, label, &mut |l, item| {
                    let k = l.step(counter);
                    let number = Item::Value(Value::operand(k, l.usize()));
                    let item = l.settled(item);
                    each(l, Item::Tuple(vec![number, item]));
                });
            }
            Sequence::Skip(inner, n) => {
                let counter = self.counter();
                self.run(inner, label, &mut |l, item| {
                    let item = l.shared(item);
                    let k = l.step(counter);
                    let on = l.compare_counts(k, BinOp::Ge, n);
                    l.when(on, &mut |l| each(l, item.clone()));
                });
            }
            Sequence::StepBy(inner, n) => {
                let counter = self.counter();
                self.run(inner, label, &mut |l, item| {
                    let item = l.shared(item);
                    let k = l.step(counter);
                    let mut holes = vec![l.hole(k)];
                    let (k, n) = (hole_name(0), l.spelled(n, &mut holes));
                    let on = l.made(parse_quote!(#k % #n == 0), holes, Ty::Bool, true);
                    let on = l.operand(on);
                    l.when(on, &mut |l| each(l, item.clone()));
                });
            }
            Sequence::Take(inner, n) => self.run_take(inner, n, label, each),
            Sequence::Zip(a, b) if b.is_indexed() => {
                // The right one is asked after the left one.
                let label = label.unwrap_or_else(|| self.exits.fresh());
                let mut b = (**b).clone();
                self.prepare(&mut b);
                let len = self.length(&b);
                let counter = self.counter();
                self.run(a, Some(label), &mut |l, item| {
                    let item = l.shared(item);
                    let k = l.step(counter);
                    if let Some(len) = &len {
                        let ended = l.compare_counts(k.clone(), BinOp::Ge, len);
                        l.leave_if(ended, Exit::Break(label));
                    }
                    let other = l.element(&b, k);
                    let other = l.settled(other);
                    each(l, Item::Tuple(vec![item, other]));
                });
            }
            Sequence::Zip(a, b) if a.is_indexed() => {
                let mut a = (**a).clone();
                self.prepare(&mut a);
                let b = match self.length(&a) {
                    Some(len) => Sequence::Take(b.clone(), len),
                    None => (**b).clone(),
                };
                let counter = self.counter();
                self.run(&b, label, &mut |l, item| {
                    let item = l.shared(item);
                    let k = l.step(counter);
                    let first = l.element(&a, k);
                    let first = l.settled(first);
                    each(l, Item::Tuple(vec![first, item]));
                });
            }
            Sequence::Content(optional) => self.labelled_run(label, |l| {
                l.when(optional.test.clone(), &mut |l| {
                    let content = l.content(optional);
                    each(l, content);
                });
            }),
            Sequence::Taking(inner, at) => self.run(inner, label, &mut |l, item| {
                l.step(*at);
                each(l, item);
            }),
            Sequence::Chain(a, b) => self.labelled_run(label, |l| {
                l.run(a, None, each);
                l.run(b, None, each);
            }),
            Sequence::FlatMap(inner, f) => self.labelled_run(label, |l| {
                l.run(inner, None, &mut |l, item| {
                    let item = l.settled(item);
                    let part = l.apply_for_sequence(f, vec![item]);
                    l.run_part(part, each);
                });
            }),
            Sequence::Flatten(inner) => self.labelled_run(label, |l| {
                l.run(inner, None, &mut |l, item| {
                    let part = l.sequence_of_item(item);
                    l.run_part(part, each);
                });
            }),
            Sequence::Scan(inner, state, f) => {
                let label = label.unwrap_or_else(|| self.exits.fresh());
                let state = self.item_value((**state).clone());
                let state = self.plain(state);
                let name = syn::Ident::new("state", self.span);
                let state = Place::of(self.declare_with(&name, state));
                self.run(inner, Some(label), &mut |l, item| {
                    let item = l.settled(item);
                    let state = Item::Place(state.clone(), crate::ir::Passing::RefMut);
                    if let Some(found) = l.apply_optional(f, vec![state, item]) {
                        l.leave_unless(&found.some.clone(), Exit::Break(label));
                        let item = l.item_of(&found);
                        each(l, item);
                    }
                });
            }
            _ => {
                let (what, help) = fence::ZIP;
                self.refuse(self.span, what, help);
            }
        }
    }

    fn unknown_iterator(&mut self) {
        let (what, help) = fence::ITERATOR;
        self.refuse(self.span, what, help);
    }

    fn run_part(&mut self, part: Option<Sequence>, each: Each<'_, 'a>) {
        match part {
            Some(part) => self.run(&part, None, each),
            None => self.unknown_iterator(),
        }
    }

    /// Loops under one label.
    fn labelled_run(&mut self, label: Option<Label>, f: impl FnOnce(&mut Self)) {
        let Some(label) = label else {
            f(self);
            return;
        };
        let (block, _) = self.block(f);
        self.push(StmtKind::Labeled(label, block));
    }

    fn run_indexed(&mut self, sequence: Sequence, label: Option<Label>, each: Each<'_, 'a>) {
        // What `each` does may lead out of the loop.
        let label = Some(label.unwrap_or_else(|| self.exits.fresh()));
        let (mut sequence, descending) = match sequence {
            Sequence::Rev(inner, _) => (*inner, true),
            sequence => (sequence, false),
        };
        if let Sequence::Range {
            lo,
            hi: Some(hi),
            inclusive,
            ty,
        } = sequence
        {
            let count = Count {
                lo,
                hi,
                inclusive,
                descending,
                ty,
            };
            self.counted(label, count, |l, k| {
                let ty = l.operand_ty(&k);
                each(l, Item::Value(Value::operand(k, ty)));
            });
            return;
        }
        self.prepare(&mut sequence);
        match self.length(&sequence) {
            Some(hi) => {
                let mut count = self.count_to(hi);
                count.descending = descending;
                self.counted(label, count, |l, k| {
                    let item = l.element(&sequence, k);
                    each(l, item);
                });
            }
            // `each` has to leave it.
            None => {
                let counter = self.counter();
                let (body, _) = self.block(|l| {
                    let k = l.step(counter);
                    let item = l.element(&sequence, k);
                    each(l, item);
                });
                self.endless(label, body);
            }
        }
    }

    fn run_with(
        &mut self,
        with: With,
        inner: &Sequence,
        f: &Function,
        label: Option<Label>,
        each: Each<'_, 'a>,
    ) {
        match with {
            With::Map => self.run(inner, label, &mut |l, item| {
                let item = l.settled(item);
                let item = l.apply(f, vec![item]);
                let item = l.settled(item);
                each(l, item);
            }),
            With::Inspect => self.run(inner, label, &mut |l, item| {
                let item = l.inspected(f, item);
                each(l, item);
            }),
            With::Filter => self.run(inner, label, &mut |l, item| {
                let item = l.shared(item);
                let on = l.decide(f, &item);
                l.when(on, &mut |l| each(l, item.clone()));
            }),
            With::FilterMap => self.run(inner, label, &mut |l, item| {
                let item = l.settled(item);
                if let Some(found) = l.apply_optional(f, vec![item]) {
                    l.when(found.some.clone(), &mut |l| {
                        let item = l.item_of(&found);
                        each(l, item);
                    });
                }
            }),
            With::TakeWhile => {
                let label = label.unwrap_or_else(|| self.exits.fresh());
                self.run(inner, Some(label), &mut |l, item| {
                    let item = l.shared(item);
                    let on = l.decide(f, &item);
                    l.leave_unless(&on, Exit::Break(label));
                    each(l, item);
                });
            }
            With::MapWhile => {
                let label = label.unwrap_or_else(|| self.exits.fresh());
                self.run(inner, Some(label), &mut |l, item| {
                    let item = l.settled(item);
                    if let Some(found) = l.apply_optional(f, vec![item]) {
                        l.leave_unless(&found.some.clone(), Exit::Break(label));
                        let item = l.item_of(&found);
                        each(l, item);
                    }
                });
            }
            With::SkipWhile => {
                let skipping = self.flag("skipping", true);
                self.run(inner, label, &mut |l, item| {
                    let item = l.shared(item);
                    let still = l.read(Place::of(skipping));
                    let still = l.operand(still);
                    l.when(still, &mut |l| {
                        let on = l.decide(f, &item);
                        l.store(Place::of(skipping), on);
                    });
                    let still = l.read(Place::of(skipping));
                    let still = l.operand(still);
                    let past = l.operand(Value::new(Op::Unary(UnOp::Not, still), Ty::Bool));
                    l.when(past, &mut |l| each(l, item.clone()));
                });
            }
        }
    }

    /// The element after the last is not asked for: that may have an effect, or
    /// never come.
    fn run_take(
        &mut self,
        inner: &Sequence,
        n: &Operand,
        label: Option<Label>,
        each: Each<'_, 'a>,
    ) {
        let label = label.unwrap_or_else(|| self.exits.fresh());
        let counter = self.counter();
        let some = self.compare_counts(int(0, self.span), BinOp::Lt, n);
        self.when(some, &mut |l| {
            l.run(inner, Some(label), &mut |l, item| {
                let k = l.step(counter);
                let mut holes = vec![l.hole(k)];
                let (k, n) = (hole_name(0), l.spelled(n, &mut holes));
                let last = l.made(parse_quote!(#k + 1 == #n), holes, Ty::Bool, true);
                let last = l.operand(last);
                each(l, item);
                l.leave_if(last, Exit::Break(label));
            });
        });
    }

    /// A predicate on a reference to the item.
    pub(super) fn decide(&mut self, f: &Function, item: &Item) -> Operand {
        let seen = self.by_reference(item);
        let item = self.apply(f, vec![seen]);
        self.decision(item)
    }

    /// A condition: a temporary or a literal.
    pub(super) fn decision(&mut self, item: Item) -> Operand {
        let mut value = self.item_value(item);
        value.ty = Ty::Bool;
        Operand::Var(self.variable(value))
    }

    /// `if on { .. }`
    pub(super) fn when(&mut self, on: Operand, f: &mut dyn FnMut(&mut Self)) {
        let span = self.span;
        let (then, _) = self.block(f);
        self.span = span;
        self.push(StmtKind::If(on, then, Block::default()));
    }

    pub(super) fn leave_if(&mut self, on: Operand, exit: Exit) {
        self.when(on, &mut |l| l.push(StmtKind::Exit(exit)));
    }

    pub(super) fn leave_unless(&mut self, on: &Operand, exit: Exit) {
        let exit = Block(vec![crate::ir::Stmt {
            kind: StmtKind::Exit(exit),
            span: self.span,
        }]);
        self.push(StmtKind::If(on.clone(), Block::default(), exit));
    }

    /// A memory that counts from zero.
    pub(super) fn counter(&mut self) -> Var {
        let ty = self.usize();
        let name = syn::Ident::new("count", self.span);
        self.declare_with(&name, Value::operand(int(0, self.span), ty))
    }

    pub(super) fn flag(&mut self, name: &str, on: bool) -> Var {
        let name = syn::Ident::new(name, self.span);
        let on = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(on, self.span)));
        self.declare_with(&name, Value::operand(on, Ty::Bool))
    }

    /// The number in a counter, which goes on by one.
    pub(super) fn step(&mut self, counter: Var) -> Operand {
        let k = self.read(Place::of(counter));
        let k = self.operand(k);
        let next = self.count_of(
            k.clone(),
            &int(1, self.span),
            |k, one| parse_quote!(#k + #one),
        );
        self.store(Place::of(counter), next);
        k
    }

    pub(super) fn compare_counts(&mut self, a: Operand, op: BinOp, b: &Operand) -> Operand {
        self.operand(Value::new(Op::Binary(op, a, b.clone()), Ty::Bool))
    }
}
