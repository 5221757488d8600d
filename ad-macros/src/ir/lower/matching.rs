//! `match`: a chain of tests in the order of the arms.
//!
//! Patterns of integers stay patterns (`matches!`); those of floats become
//! comparisons, because they decide by a value that may be active.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Arm, Expr, ExprMatch, Pat, RangeLimits, parse_quote};

use super::method::hole_name;
use super::opaque::pattern_names;
use super::structs::destructured;
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Block, Op, Operand, Passing, Place, Proj, StmtKind, Ty, UnOp, Var};
use crate::syntax::fence;

impl Lower<'_> {
    pub(super) fn match_(&mut self, e: &ExprMatch, dest: Option<Var>) {
        let changes = e.arms.iter().any(|arm| borrows_mutably(&arm.pat));
        let item = self.matched(&e.expr, changes);
        let item = self.settled(item);
        self.arms(&e.arms, &item, dest);
    }

    /// What patterns are tried on; one with `ref mut` `changes` it in its place.
    pub(super) fn matched(&mut self, e: &Expr, changes: bool) -> Item {
        if changes && let Some((place, _)) = self.place(e) {
            return Item::Place(place, Passing::Value);
        }
        self.item(e)
    }

    fn arms(&mut self, arms: &[Arm], item: &Item, dest: Option<Var>) {
        let Some((arm, rest)) = arms.split_first() else {
            return;
        };
        self.span = arm.pat.span();
        let (pat, guard) = match &arm.pat {
            Pat::Guard(g) => (&*g.pat, Some(&*g.guard)),
            pat => (pat, None),
        };
        if let (Pat::Or(or), Some(_)) = (pat, guard)
            && binds_alternatives(pat)
        {
            // The guard is tried for each alternative: each is an arm of its own.
            let split = or.cases.iter().map(|case| {
                let mut arm = arm.clone();
                match &mut arm.pat {
                    Pat::Guard(g) => *g.pat = case.clone(),
                    pat => *pat = case.clone(),
                }
                arm
            });
            let arms: Vec<Arm> = split.chain(rest.iter().cloned()).collect();
            self.arms(&arms, item, dest);
            return;
        }
        // A match is exhaustive: the last arm needs no test.
        let test = if rest.is_empty() && guard.is_none() {
            None
        } else {
            self.test(pat, item)
        };
        let test = match (test, guard) {
            (None, None) => {
                self.arm(pat, item, &arm.body, dest);
                return;
            }
            (test, None) => test,
            (test, Some(guard)) => Some(self.guarded(test, pat, item, guard)),
        };
        let (then, then_ends) = self.block(|l| l.arm(pat, item, &arm.body, dest));
        let (other, other_ends) = self.block(|l| l.arms(rest, item, dest));
        self.span = arm.pat.span();
        if let Some(test) = test {
            self.push(StmtKind::If(test, then, other));
            self.dead |= then_ends && other_ends;
        }
    }

    fn arm(&mut self, pat: &Pat, item: &Item, body: &Expr, dest: Option<Var>) {
        self.scopes.push();
        self.bind_matched(pat, item.clone());
        self.into(body, dest);
        self.scopes.pop();
    }

    /// A pattern with a guard, which sees the pattern's names.
    pub(super) fn guarded(
        &mut self,
        test: Option<Operand>,
        pat: &Pat,
        item: &Item,
        guard: &Expr,
    ) -> Operand {
        let Some(test) = test else {
            self.scopes.push();
            self.bind_matched(pat, item.clone());
            let guard = self.condition(guard);
            self.scopes.pop();
            return guard;
        };
        self.lazily(test, |l| {
            l.scopes.push();
            l.bind_matched(pat, item.clone());
            let guard = l.condition(guard);
            l.scopes.pop();
            guard
        })
    }

    /// `test && more`
    pub(super) fn lazily(
        &mut self,
        test: Operand,
        more: impl FnOnce(&mut Self) -> Operand,
    ) -> Operand {
        let name = syn::Ident::new(super::UNNAMED, self.span);
        let memory = self.declare_with(&name, Value::operand(test.clone(), Ty::Bool));
        let (then, _) = self.block(|l| {
            let more = more(l);
            l.store(Place::of(memory), more);
        });
        self.push(StmtKind::If(test, then, Block::default()));
        self.operand(Value::new(Op::Read(Place::of(memory)), Ty::Bool))
    }

    /// Whether the pattern matches; `None`: always.
    pub(super) fn test(&mut self, pat: &Pat, item: &Item) -> Option<Operand> {
        if let Some(test) = self.test_optional(pat, item) {
            return test;
        }
        match pat {
            Pat::Wild(_) | Pat::Rest(_) => None,
            Pat::Ident(p) => match &p.subpat {
                Some((_, sub)) => self.test(sub, item),
                None if is_constant(p) && self.is_float(item) => {
                    let constant = &p.ident;
                    Some(self.compare(item, BinOp::Eq, &parse_quote!(#constant), pat))
                }
                None if is_constant(p) => Some(self.pattern_test(pat, item)),
                None => None,
            },
            Pat::Paren(p) => self.test(&p.pat, item),
            Pat::Reference(p) => self.test(&p.pat, &behind(item.clone())),
            Pat::Type(p) => self.test(&p.pat, item),
            Pat::Slice(p) => self.test_slice(p, item),
            Pat::Tuple(p) => {
                let items = self.parts(item, p.elems.len());
                let mut all: Option<Operand> = None;
                for (part, item) in p.elems.iter().zip(&items) {
                    all = match all {
                        None => self.test(part, item),
                        Some(so_far) if is_float_pattern(part) || self.is_float(item) => Some(
                            self.lazily(so_far.clone(), |l| l.test(part, item).unwrap_or(so_far)),
                        ),
                        Some(so_far) => match self.test(part, item) {
                            None => Some(so_far),
                            Some(next) => Some(self.both(so_far, next)),
                        },
                    };
                }
                all
            }
            Pat::Or(p)
                if is_float_pattern(pat)
                    || self.is_float(item)
                    || p.cases
                        .iter()
                        .any(|c| matches!(c, Pat::Tuple(_)) || destructured(c).is_some()) =>
            {
                self.any(&p.cases.iter().collect::<Vec<_>>(), item)
            }
            Pat::Lit(syn::ExprLit {
                lit: syn::Lit::Bool(truth),
                ..
            }) => {
                let value = self.item_value(item.clone());
                let operand = self.operand(value);
                if truth.value {
                    return Some(operand);
                }
                Some(self.operand(Value::new(Op::Unary(UnOp::Not, operand), Ty::Bool)))
            }
            Pat::Lit(p) if is_float_pattern(pat) => {
                let value = expression(p);
                Some(self.compare(item, BinOp::Eq, &value, pat))
            }
            Pat::Path(p) if self.is_float(item) => {
                let constant = Expr::Path(p.clone());
                Some(self.compare(item, BinOp::Eq, &constant, pat))
            }
            Pat::Range(p) if is_float_pattern(pat) || self.is_float(item) => {
                let upper = match p.limits {
                    RangeLimits::HalfOpen(_) => BinOp::Lt,
                    RangeLimits::Closed(_) => BinOp::Le,
                };
                match (&p.start, &p.end) {
                    (Some(lo), Some(hi)) => {
                        let lower = self.compare(item, BinOp::Ge, lo, pat);
                        Some(self.lazily(lower, |l| l.compare(item, upper, hi, pat)))
                    }
                    (Some(lo), None) => Some(self.compare(item, BinOp::Ge, lo, pat)),
                    (None, Some(hi)) => Some(self.compare(item, upper, hi, pat)),
                    (None, None) => None,
                }
            }
            Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) | Pat::Or(_) | Pat::Const(_) => {
                Some(self.pattern_test(pat, item))
            }
            _ => {
                if let Some(pattern) = destructured(pat) {
                    return self.test_struct(&pattern, item);
                }
                let (what, help) = fence::pattern(pat);
                self.refuse(pat.span(), what, help);
                None
            }
        }
    }

    /// Whether what is matched is a float: then constants in patterns decide as
    /// comparisons do.
    fn is_float(&self, item: &Item) -> bool {
        let ty = match item {
            Item::Value(value) => value.ty.clone(),
            Item::Place(place, _) => self.ty_of(place),
            Item::Tuple(_) | Item::Optional(_) => Ty::Unit,
        };
        matches!(ty, Ty::Float(_))
    }

    /// Whether one of several patterns matches, each tried if those before fail.
    fn any(&mut self, cases: &[&Pat], item: &Item) -> Option<Operand> {
        let (first, rest) = cases.split_first()?;
        let first = self.test(first, item)?;
        if rest.is_empty() {
            return Some(first);
        }
        let name = syn::Ident::new(super::UNNAMED, self.span);
        let memory = self.declare_with(&name, Value::operand(first.clone(), Ty::Bool));
        let (other, _) = self.block(|l| {
            let truth = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, l.span)));
            let next = l.any(rest, item).unwrap_or(truth);
            l.store(Place::of(memory), next);
        });
        self.push(StmtKind::If(first, Block::default(), other));
        Some(self.operand(Value::new(Op::Read(Place::of(memory)), Ty::Bool)))
    }

    /// A pattern without names, tested by rustc itself.
    fn pattern_test(&mut self, pat: &Pat, item: &Item) -> Operand {
        if let Item::Place(place, by) = item
            && matches!(
                self.ty_of(place),
                Ty::Unknown | Ty::Option(_) | Ty::Result(_)
            )
        {
            // A string or an enum is matched where it stands.
            let name = hole_name(0);
            let test = match by {
                Passing::Value => parse_quote!(::core::matches!(#name, #pat)),
                _ => parse_quote!(::core::matches!(&#name, #pat)),
            };
            let value = self.made(test, vec![place.clone()], Ty::Bool, true);
            return self.operand(value);
        }
        let value = self.item_value(item.clone());
        let operand = self.operand(value);
        let holes = vec![self.hole(operand)];
        let name = hole_name(0);
        let value = self.made(
            parse_quote!(::core::matches!(#name, #pat)),
            holes,
            Ty::Bool,
            true,
        );
        self.operand(value)
    }

    fn both(&mut self, a: Operand, b: Operand) -> Operand {
        let holes = vec![self.hole(a), self.hole(b)];
        let (a, b) = (hole_name(0), hole_name(1));
        let value = self.made(parse_quote!(#a && #b), holes, Ty::Bool, true);
        self.operand(value)
    }

    fn compare(&mut self, item: &Item, op: BinOp, with: &Expr, pat: &Pat) -> Operand {
        let value = self.item_value(item.clone());
        let ty = value.ty.clone();
        let x = self.operand(value);
        let (y, y_ty) = self.typed(with);
        self.span = pat.span();
        let value = self.binary_value(op, (x, ty), (y, y_ty), pat);
        self.operand(value)
    }

    /// The parts of a matched tuple.
    fn parts(&mut self, item: &Item, n: usize) -> Vec<Item> {
        match item {
            Item::Tuple(items) if items.len() == n => items.clone(),
            other => {
                let (place, by) = self.item_place(other.clone());
                let part = |k: usize| Item::Place(place.clone().then(Proj::Field(k.into())), by);
                (0..n).map(part).collect()
            }
        }
    }

    /// Binds the names of a pattern that has matched.
    pub(super) fn bind_matched(&mut self, pat: &Pat, item: Item) {
        if let (Item::Optional(optional), Some(content)) =
            (&item, super::holders::content_pattern(pat))
        {
            let item = self.content(optional);
            return self.bind_matched(content, item);
        }
        match pat {
            Pat::Ident(p) if is_constant(p) => {}
            Pat::Ident(p) => match &p.subpat {
                Some((_, sub)) => {
                    self.bind_matched(sub, item.clone());
                    let mut name = p.clone();
                    name.subpat = None;
                    self.bind(&Pat::Ident(name), item);
                }
                None => self.bind(pat, item),
            },
            Pat::Paren(p) => self.bind_matched(&p.pat, item),
            Pat::Tuple(p) if !pattern_names(pat).is_empty() => {
                let items = self.parts(&item, p.elems.len());
                for (part, item) in p.elems.iter().zip(items) {
                    self.bind_matched(part, item);
                }
            }
            Pat::Or(p) => {
                let mut names = pattern_names(pat);
                names.retain(|name| !starts_upper(name));
                names.sort();
                names.dedup();
                if !names.is_empty() {
                    self.bind_alternatives(&p.cases.iter().collect::<Vec<_>>(), &item, &names);
                }
            }
            Pat::Reference(p) => {
                let item = behind(item);
                self.bind_matched(&p.pat, item);
            }
            Pat::Type(_) => self.bind(pat, item),
            Pat::Slice(p) if !pattern_names(pat).is_empty() => self.bind_slice(p, item),
            _ => {
                if let Some(pattern) = destructured(pat).filter(|_| !pattern_names(pat).is_empty())
                {
                    let (place, by) = self.item_place(item);
                    for (part, item) in pattern.parts(&place, by) {
                        let item = self.taken_apart(part, item);
                        self.bind_matched(part, item);
                    }
                }
                // Patterns without names bind nothing.
            }
        }
    }
}

/// What a reference points to.
fn behind(item: Item) -> Item {
    match item {
        Item::Place(place, _) => Item::Place(place, Passing::Value),
        other => other,
    }
}

/// Whether a pattern matches whatever it is given.
pub(super) fn always_matches(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(p) => p.subpat.is_none() && !is_constant(p),
        Pat::Paren(p) => always_matches(&p.pat),
        Pat::Reference(p) => always_matches(&p.pat),
        _ => false,
    }
}

/// Whether a pattern has names that stand for different parts.
fn binds_alternatives(pat: &Pat) -> bool {
    struct Found(bool);
    impl<'ast> syn::visit::Visit<'ast> for Found {
        fn visit_pat_or(&mut self, p: &'ast syn::PatOr) {
            self.0 |= p
                .cases
                .iter()
                .flat_map(pattern_names)
                .any(|n| !starts_upper(&n));
        }
    }
    let mut found = Found(false);
    syn::visit::Visit::visit_pat(&mut found, pat);
    found.0
}

/// Whether a name is bound by `ref mut`.
pub(super) fn borrows_mutably(pat: &Pat) -> bool {
    struct Found(bool);
    impl<'ast> syn::visit::Visit<'ast> for Found {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0 |= p.by_ref.is_some() && p.mutability.is_some();
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut found = Found(false);
    syn::visit::Visit::visit_pat(&mut found, pat);
    found.0
}

/// A name in a pattern that is the name of a constant.
fn is_constant(p: &syn::PatIdent) -> bool {
    let plain = p.by_ref.is_none() && p.mutability.is_none() && p.subpat.is_none();
    plain && starts_upper(&p.ident.to_string())
}

fn starts_upper(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Whether a pattern shows a float.
fn is_float_pattern(pat: &Pat) -> bool {
    fn has_float(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Literal(l) => {
                matches!(syn::Lit::new(l), syn::Lit::Float(_))
            }
            proc_macro2::TokenTree::Ident(i) => i == "f64" || i == "f32",
            proc_macro2::TokenTree::Group(g) => has_float(g.stream()),
            proc_macro2::TokenTree::Punct(_) => false,
        })
    }
    has_float(pat.to_token_stream())
}

/// The value of a literal pattern.
fn expression(lit: &impl ToTokens) -> Expr {
    parse_quote!(#lit)
}
