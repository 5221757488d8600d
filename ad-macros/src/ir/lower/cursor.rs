//! Iterators that are asked for one element after the other: `let mut it = xs.iter()`,
//! `it.next()`. The name stands for a description, as every iterator does, and for a
//! memory with the number of the element that comes next.

use syn::{Expr, ExprMethodCall, Pat};

use super::elements::int;
use super::optional::{Found, What};
use super::place::strip;
use super::sequence::Sequence;
use super::{Item, Lower};
use crate::ir::{BinOp, Operand, Place, Proj, Var};
use crate::syntax::fence;

/// Whether a pattern binds a name that may be changed.
pub(super) fn is_mutable(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(p) => p.mutability.is_some(),
        Pat::Paren(p) => is_mutable(&p.pat),
        Pat::Type(p) => is_mutable(&p.pat),
        _ => false,
    }
}

impl<'a> Lower<'a> {
    /// An iterator as what is left of it.
    pub(super) fn asked(&mut self, mut sequence: Sequence) -> Sequence {
        if !sequence.is_indexed() {
            return Sequence::InParts(Box::new(sequence));
        }
        self.prepare(&mut sequence);
        let at = self.counter();
        Sequence::Rest(Box::new(sequence), at)
    }

    /// The sequence that a name stands for when it is used up.
    pub(super) fn used_up(&mut self, sequence: Sequence) -> Sequence {
        match sequence {
            Sequence::Rest(inner, at) => self.rest(inner, at),
            Sequence::InParts(inner) => *inner,
            sequence => sequence,
        }
    }

    fn rest(&mut self, inner: Box<Sequence>, at: Var) -> Sequence {
        let k = self.read(Place::of(at));
        let k = self.operand(k);
        Sequence::Skip(inner, k)
    }

    /// The sequence of an expression whose iterator goes on afterwards, if it has a name.
    pub(super) fn borrowed_sequence(&mut self, e: &Expr) -> Option<Sequence> {
        match self.named_sequence(e).cloned() {
            Some(Sequence::Rest(inner, at)) => {
                let rest = self.rest(inner, at);
                Some(Sequence::Taking(Box::new(rest), at))
            }
            Some(Sequence::InParts(_)) => {
                let (what, help) = fence::IN_PARTS;
                self.refuse(syn::spanned::Spanned::span(e), what, help);
                None
            }
            _ => self.sequence(e),
        }
    }

    /// `chunks.remainder()`: what exact chunks leave over.
    pub(super) fn remainder(&mut self, chunks: &Expr) -> Option<Place> {
        let chunks = match self.named_sequence(chunks).cloned() {
            Some(Sequence::Rest(inner, _)) => *inner,
            Some(sequence) => sequence,
            None if self.is_sequence(chunks) => self.sequence(chunks)?,
            None => return None,
        };
        let Sequence::Chunks {
            place,
            size,
            exact: true,
            ..
        } = chunks
        else {
            return None;
        };
        let len = self.len(&place);
        let lo = self.count_of(len, &size, |n, size| syn::parse_quote!(#n - #n % #size));
        Some(place.then(Proj::Range {
            lo: Some(lo),
            hi: None,
            inclusive: false,
        }))
    }

    /// The iterator that a name stands for.
    pub(super) fn named_sequence(&self, e: &Expr) -> Option<&Sequence> {
        match strip(e) {
            Expr::Path(p) => self.scopes.sequence(&p.path.get_ident()?.to_string()),
            Expr::Reference(r) => self.named_sequence(&r.expr),
            _ => None,
        }
    }

    /// Whether a name stands for what is left of an iterator.
    pub(super) fn is_asked(&self, e: &Expr) -> bool {
        matches!(
            self.named_sequence(e),
            Some(Sequence::Rest(..) | Sequence::InParts(_))
        )
    }

    /// Whether a call asks an iterator with a name for an element.
    pub(super) fn is_next(&self, m: &ExprMethodCall) -> bool {
        let args = m.args.len();
        (m.method == "next" && args == 0 || m.method == "nth" && args == 1)
            && self.is_asked(&m.receiver)
    }

    /// `it.next()`, `it.nth(n)`, `it.peek()`.
    pub(super) fn next_of(&mut self, m: &ExprMethodCall) -> Option<Found> {
        let Some(Sequence::Rest(inner, at)) = self.named_sequence(&m.receiver).cloned() else {
            let (what, help) = fence::IN_PARTS;
            self.refuse(m.method.span(), what, help);
            return None;
        };
        self.span = m.method.span();
        if let Some(n) = m.args.first() {
            let n = self.value(n);
            let k = self.read(Place::of(at));
            let k = self.operand(k);
            let k = self.count_of(
                k,
                &n,
                |k, n| syn::parse_quote!(usize::saturating_add(#k, #n)),
            );
            self.store(Place::of(at), k);
        }
        let k = self.read(Place::of(at));
        let k = self.operand(k);
        let some = match self.length(&inner) {
            Some(len) => self.compare_counts(k.clone(), BinOp::Lt, &len),
            None => Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span))),
        };
        if m.method == "peek" {
            if !inner.is_pure() {
                let (what, help) = fence::method("peek");
                self.refuse(m.method.span(), what, help);
                return None;
            }
            return Some(Found::new(some, What::Element(inner, k)).behind(true));
        }
        let one = int(1, self.span);
        let next = |l: &mut Self, k: &Operand| {
            let next = l.count_of(k.clone(), &one, |k, one| syn::parse_quote!(#k + #one));
            l.store(Place::of(at), next);
        };
        if inner.is_pure() {
            self.when(some.clone(), &mut |l| next(l, &k));
            return Some(Found::new(some, What::Element(inner, k)));
        }
        // The function that makes the element runs once.
        let start = self.out.len();
        let mut shape = None;
        self.when(some.clone(), &mut |l| {
            next(l, &k);
            let item: Item = l.element(&inner, k.clone());
            let item = l.shared(item);
            let kept = l.kept_like("next", &item);
            l.put(&kept, item);
            shape = Some(kept);
        });
        let shape = shape?;
        self.declare_shape(start, &shape);
        Some(Found::new(some, What::Kept(shape)))
    }
}
