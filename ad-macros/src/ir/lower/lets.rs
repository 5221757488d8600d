//! `let` where it may fail: `if let`, `while let`, `let .. else`, chains of them,
//! `matches!`, and `?`.

use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{BinOp as SynOp, Expr, ExprIf, ExprTry, ExprWhile, Local, Pat, Token, parse_quote};

use super::matching::borrows_mutably;
use super::method::hole_name;
use super::{Item, Lower, Value};
use crate::ir::{Block, Exit, Operand, Passing, Place, StmtKind, Ty, Var};

/// `a && let P = b && c`: its parts in order.
fn chain(e: &Expr) -> Vec<&Expr> {
    match e {
        Expr::Binary(b) if matches!(b.op, SynOp::And(_)) => {
            let mut parts = chain(&b.left);
            parts.extend(chain(&b.right));
            parts
        }
        Expr::Paren(p) => chain(&p.expr),
        Expr::Group(g) => chain(&g.expr),
        e => vec![e],
    }
}

/// Whether a condition binds names.
pub(super) fn binds(condition: &Expr) -> bool {
    chain(condition)
        .iter()
        .any(|part| matches!(part, Expr::Let(_)))
}

/// The value, the pattern and the guard of `matches!`.
struct Matches {
    value: Expr,
    pat: Pat,
    guard: Option<Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Matches { value, pat, guard })
    }
}

impl Lower<'_> {
    /// `if` with a condition that binds names.
    pub(super) fn if_let(&mut self, e: &ExprIf, dest: Option<Var>) {
        let parts = chain(&e.cond);
        let otherwise = |l: &mut Self| match &e.else_branch {
            Some((_, other)) => l.into(other, dest),
            None => l.unit_into(dest),
        };
        if let [part] = parts.as_slice() {
            let Some(test) = self.condition_part(part) else {
                self.scopes.push();
                self.bind_part(part);
                self.block_into(&e.then_branch, dest);
                self.scopes.pop();
                return;
            };
            let (item, test) = test;
            let (then, then_ends) = self.block(|l| {
                l.bind_tested(part, item);
                l.block_into(&e.then_branch, dest);
            });
            let (other, other_ends) = self.block(otherwise);
            self.span = e.if_token.span;
            self.push(StmtKind::If(test, then, other));
            self.dead |= then_ends && other_ends;
            return;
        }
        let label = self.exits.fresh_label();
        let mut done = false;
        let (block, ends) = self.block(|l| {
            l.where_all(&parts, &mut |l| {
                l.block_into(&e.then_branch, dest);
                if !l.dead {
                    done = true;
                    l.exit(Exit::Break(label));
                }
            });
            otherwise(l);
        });
        self.span = e.if_token.span;
        self.push(StmtKind::Labeled(label, block));
        self.dead |= ends && !done;
    }

    /// Runs `then` where all parts of a condition hold, with their names bound.
    fn where_all(&mut self, parts: &[&Expr], then: &mut dyn FnMut(&mut Self)) {
        let Some((part, rest)) = parts.split_first() else {
            then(self);
            return;
        };
        match self.condition_part(part) {
            Some((item, test)) => {
                let (block, _) = self.block(|l| {
                    l.bind_tested(part, item);
                    l.where_all(rest, then);
                });
                self.span = part.span();
                self.push(StmtKind::If(test, block, Block::default()));
            }
            None => {
                self.scopes.push();
                self.bind_part(part);
                self.where_all(rest, then);
                self.scopes.pop();
            }
        }
    }

    /// The test of a part of a condition, with what its pattern is matched with;
    /// absent: it always holds, and nothing was evaluated.
    fn condition_part(&mut self, part: &Expr) -> Option<(Option<Item>, Operand)> {
        let Expr::Let(l) = part else {
            return Some((None, self.condition(part)));
        };
        if super::matching::always_matches(&l.pat) {
            return None;
        }
        let item = self.matched(&l.expr, borrows_mutably(&l.pat));
        let item = self.shared(item);
        self.span = l.pat.span();
        let test = self.test(&l.pat, &item).unwrap_or_else(|| {
            let truth = syn::LitBool::new(true, part.span());
            Operand::Lit(syn::Lit::Bool(truth))
        });
        Some((Some(item), test))
    }

    fn bind_tested(&mut self, part: &Expr, item: Option<Item>) {
        if let (Expr::Let(l), Some(item)) = (part, item) {
            self.bind_matched(&l.pat, item);
        }
    }

    fn bind_part(&mut self, part: &Expr) {
        if let Expr::Let(l) = part {
            let item = self.matched(&l.expr, borrows_mutably(&l.pat));
            self.bind_matched(&l.pat, item);
        }
    }

    /// `while` with a condition that binds names: a loop that is left where it
    /// fails.
    pub(super) fn while_let(&mut self, e: &ExprWhile) {
        let label = self.exits.enter(e.label.as_ref(), true, None);
        let parts = chain(&e.cond);
        let (body, _) = self.block(|l| {
            if let [part] = parts.as_slice()
                && let Some((item, test)) = l.condition_part(part)
            {
                let (then, _) = l.block(|l| {
                    l.bind_tested(part, item);
                    l.block_into(&e.body, None);
                });
                let (other, _) = l.block(|l| l.exit(Exit::Break(label)));
                l.push(StmtKind::If(test, then, other));
                return;
            }
            l.where_all(&parts, &mut |l| {
                l.block_into(&e.body, None);
                l.exit(Exit::Continue(label));
            });
            l.exit(Exit::Break(label));
        });
        self.exits.leave();
        self.span = e.while_token.span;
        self.endless(Some(label), body);
    }

    /// `let P = e else { .. };`
    pub(super) fn let_else(&mut self, local: &Local, e: &Expr, diverge: &Expr) {
        let (pat, ty) = match &local.pat {
            Pat::Type(p) => (&*p.pat, Some(&p.ty)),
            pat => (pat, None),
        };
        let item = self.matched(e, borrows_mutably(pat));
        let item = match ty {
            Some(written) => {
                let ty = self.ty(written);
                self.annotated(item, ty, written)
            }
            None => item,
        };
        let item = self.shared(item);
        self.span = pat.span();
        if let Some(test) = self.test(pat, &item) {
            let (other, _) = self.block(|l| l.into(diverge, None));
            self.span = pat.span();
            self.push(StmtKind::If(test, Block::default(), other));
        }
        self.bind_matched(pat, item);
    }

    /// `matches!(e, P if c)`
    pub(super) fn matches(&mut self, mac: &syn::Macro) -> Value {
        let Matches { value, pat, guard } = match Matches::parse.parse2(mac.tokens.clone()) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.errors.push_syn(&error);
                return Value::unit();
            }
        };
        let item = self.item(&value);
        let item = self.shared(item);
        self.span = pat.span();
        let test = self.test(&pat, &item);
        let test = match (test, &guard) {
            (Some(test), None) => test,
            (None, None) => Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span))),
            (test, Some(guard)) => self.guarded(test, &pat, &item, guard),
        };
        Value::operand(test, Ty::Bool)
    }

    /// `e?`: leaves the function, or goes on with the content.
    pub(super) fn try_(&mut self, e: &ExprTry) -> Item {
        let Some((label, dest)) = self.exits.function() else {
            self.no_target(e.question_token.span);
            return Item::Value(Value::unit());
        };
        let item = self.item(&e.expr);
        let item = self.shared(item);
        self.span = e.question_token.span;
        let on = self.look(item);
        let (leaves, _) = self.block(|l| {
            if let Some(memory) = dest {
                match &on.of {
                    Some(place) => {
                        let hole = hole_name(0);
                        let leave = match on.is_of_reference() {
                            true => parse_quote!(::ad_runtime::__private::leave_ref(&#hole)),
                            false => parse_quote!(::ad_runtime::__private::leave(#hole)),
                        };
                        let value = l.made(leave, vec![place.clone()], Ty::Unknown, false);
                        let value = l.operand(value);
                        l.push(StmtKind::Store(Place::of(memory), value));
                    }
                    None => l.store_none(&Place::of(memory)),
                }
            }
            l.exit(Exit::Break(label));
        });
        self.push(StmtKind::If(on.test.clone(), Block::default(), leaves));
        // Bound here: what follows may be evaluated in between.
        match self.content(&on) {
            Item::Place(place, Passing::Value) => {
                let value = self.by_value(place);
                self.settled(Item::Value(value))
            }
            content => content,
        }
    }
}
