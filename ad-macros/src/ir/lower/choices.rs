//! References that are chosen by a branch: `let v = if c { &a[..] } else { &b[..] };`.
//! References have no variables, so that what follows in the block is lowered in each
//! branch, where the name stands for one place.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::Visit;
use syn::{Block, Expr, Local, Pat, Stmt, parse_quote};

use super::Lower;
use super::closure::identifiers;
use super::opaque::pattern_names;
use super::place::strip;
use crate::ir::types::diverges;
use crate::ir::{Passing, Ty};

/// How often a function may be continued twice.
const MAX_CHOICES: usize = 64;

impl Lower<'_> {
    /// The branches with the rest of the block in each, where a statement chooses a
    /// reference.
    pub(super) fn choice_of_reference(&mut self, stmt: &Stmt, rest: &[Stmt]) -> Option<Expr> {
        let Stmt::Local(local) = stmt else {
            return None;
        };
        let init = local.init.as_ref()?;
        if init.diverge.is_some() || self.choices >= MAX_CHOICES {
            return None;
        }
        let choice = match strip(&init.expr) {
            e @ (Expr::If(_) | Expr::Match(_)) => e,
            _ => return None,
        };
        if !self.refers(choice) {
            return None;
        }
        let mut words = BTreeSet::new();
        for stmt in rest {
            identifiers(stmt.to_token_stream(), &mut words);
        }
        let rest = Rest { local, rest, words };
        let continued = rest.continued(choice)?;
        self.choices += 1;
        Some(continued)
    }

    /// Whether a value is made of references to what has no copy: a `&mut`, a slice, an
    /// iterator.
    fn refers(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Reference(r) => {
                let part = matches!(strip(&r.expr), Expr::Index(i)
                    if matches!(strip(&i.index), Expr::Range(_)));
                r.mutability.is_some() || part
            }
            Expr::Path(p) => {
                let name = p.path.get_ident().map(ToString::to_string);
                let binding = name.and_then(|name| self.scopes.find(&name));
                binding.is_some_and(|b| match b.by {
                    Passing::Value => false,
                    Passing::Ref => matches!(self.ty_of(&b.place), Ty::Slice(_)),
                    Passing::RefMut => true,
                })
            }
            Expr::Tuple(t) => t.elems.iter().any(|e| self.refers(e)),
            Expr::MethodCall(m) => {
                let slice = m.method == "as_slice" || m.method == "as_mut_slice";
                slice || self.is_sequence(e) && !self.is_discrete_only(e)
            }
            Expr::Block(b) => self.tail_refers(&b.block),
            Expr::If(i) => {
                let other = i.else_branch.as_ref();
                self.tail_refers(&i.then_branch) || other.is_some_and(|(_, e)| self.refers(e))
            }
            Expr::Match(m) => m.arms.iter().any(|arm| self.refers(&arm.body)),
            _ => false,
        }
    }

    fn tail_refers(&self, block: &Block) -> bool {
        matches!(block.stmts.last(), Some(Stmt::Expr(e, None)) if self.refers(e))
    }
}

/// What follows a statement.
struct Rest<'s> {
    local: &'s Local,
    rest: &'s [Stmt],
    /// The words in it.
    words: BTreeSet<String>,
}

impl Rest<'_> {
    /// The expression with the rest at each of its ends. Absent where a name that it
    /// binds would be taken for another one in the rest.
    fn continued(&self, e: &Expr) -> Option<Expr> {
        match strip(e) {
            Expr::If(i) => {
                self.leaves_names_alone(&i.cond)?;
                let mut i = i.clone();
                i.then_branch = self.block(&i.then_branch)?;
                let (token, other) = i.else_branch.take()?;
                let other: Expr = match self.continued(&other)? {
                    other @ (Expr::If(_) | Expr::Block(_)) => other,
                    other => parse_quote!({ #other }),
                };
                i.else_branch = Some((token, Box::new(other)));
                Some(Expr::If(i))
            }
            Expr::Match(m) => {
                let mut m = m.clone();
                for arm in &mut m.arms {
                    self.allows(&pattern_names(&arm.pat))?;
                    *arm.body = self.continued(&arm.body)?;
                }
                Some(Expr::Match(m))
            }
            Expr::Block(b) if b.label.is_none() => {
                let mut b = b.clone();
                b.block = self.block(&b.block)?;
                Some(Expr::Block(b))
            }
            end => {
                let end: Block = parse_quote!({ #end });
                let block = self.block(&end)?;
                Some(parse_quote!(#block))
            }
        }
    }

    fn block(&self, block: &Block) -> Option<Block> {
        let (last, init) = block.stmts.split_last()?;
        for stmt in init {
            if let Stmt::Local(local) = stmt {
                self.allows(&pattern_names(&local.pat))?;
            }
        }
        let value = match last {
            // The rest is not reached.
            Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) => {
                return Some(block.clone());
            }
            Stmt::Macro(m) if diverges(&m.mac) => return Some(block.clone()),
            Stmt::Expr(Expr::Macro(m), _) if diverges(&m.mac) => return Some(block.clone()),
            Stmt::Expr(value, None) => value,
            _ => return None,
        };
        let mut local = self.local.clone();
        *local.init.as_mut()?.expr = value.clone();
        let rest = self.rest;
        Some(parse_quote!({ #(#init)* #local #(#rest)* }))
    }

    fn allows(&self, names: &[String]) -> Option<()> {
        (!names.iter().any(|name| self.words.contains(name))).then_some(())
    }

    /// The names that an `if let` binds.
    fn leaves_names_alone(&self, condition: &Expr) -> Option<()> {
        struct Bound(Vec<String>);
        impl<'ast> Visit<'ast> for Bound {
            fn visit_pat(&mut self, pat: &'ast Pat) {
                self.0.extend(pattern_names(pat));
            }
        }
        let mut bound = Bound(Vec::new());
        bound.visit_expr(condition);
        self.allows(&bound.0)
    }
}
