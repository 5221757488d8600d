//! What a loop's reverse sweep takes from the reverse sweep of what follows the loop, computed
//! before the loop: from the seed and from values that are there by then.
//!
//! Only arithmetic of numbers is computed early. It cannot panic, so that a panic of the
//! loop's still comes first.

use std::collections::BTreeSet;

use super::memory::{Wanted, uses};
use super::{Fuse, Plan, Site};
use crate::ir::visit::{op_uses, stmt_uses, written_roots};
use crate::ir::{Op, Opaque, Operand, Place, Stmt, StmtKind, Ty, Var, VarKind};

impl Fuse<'_> {
    /// Finds all statements that must run early; absent: one of them cannot.
    pub(super) fn known_early(
        &self,
        site: &Site<'_>,
        wanted: Wanted,
        plan: &mut Plan,
    ) -> Option<()> {
        let mut early = Early {
            fuse: self,
            site,
            plan,
            named: BTreeSet::new(),
            open: Vec::new(),
        };
        for var in wanted.values {
            early.name(var);
        }
        while let Some(var) = early.open.pop() {
            early.settle(var)?;
        }
        for var in wanted.declared {
            early.declare(var)?;
        }
        early.keeps_order().then_some(())
    }
}

struct Early<'a> {
    fuse: &'a Fuse<'a>,
    site: &'a Site<'a>,
    plan: &'a mut Plan,
    /// Variables of the reverse sweep whose value is wanted.
    named: BTreeSet<Var>,
    open: Vec<Var>,
}

impl Early<'_> {
    fn name(&mut self, var: Var) {
        if self.named.insert(var) {
            self.open.push(var);
        }
    }

    /// All that gives a variable of the reverse sweep its value before the loop's turn.
    fn settle(&mut self, var: Var) -> Option<()> {
        if matches!(self.kind(var), VarKind::Slot { .. }) {
            // What a caller has put there, unless what follows the loop changes it.
            let mut later = self.site.before_back().iter();
            return later
                .all(|stmt| !written_roots(stmt).contains(&var))
                .then_some(());
        }
        if !self.site.bound_reverse.contains_key(&var) && self.site.bound_forward.contains_key(&var)
        {
            // A value that only the rest of the function computes.
            return self.copy(var);
        }
        for (i, stmt) in self.site.before_back().iter().enumerate() {
            let bound = self.site.bound_reverse.get(&var) == Some(&i);
            if !bound && !written_roots(stmt).contains(&var) {
                continue;
            }
            let used = self.arithmetic(stmt)?;
            if self.plan.moved.insert(i) {
                used.into_iter().try_for_each(|used| self.input(used))?;
            }
        }
        Some(())
    }

    /// A variable that an early statement uses.
    fn input(&mut self, var: Var) -> Option<()> {
        let is_cotangent = self.fuse.adjoint.primal.contains_key(&var);
        if self.named.contains(&var) {
            return Some(());
        }
        if self.site.is_there(var) && !is_cotangent {
            return self.is_settled(var).then_some(());
        }
        match self.site.bound_reverse.get(&var) {
            Some(at) if *at > self.site.back => None,
            _ => {
                self.name(var);
                Some(())
            }
        }
    }

    /// Whether neither the loop nor what follows changes what is there.
    fn is_settled(&self, var: Var) -> bool {
        let mut later = self.site.forward[self.site.ahead..].iter();
        self.kind(var) == &VarKind::Temp || later.all(|stmt| !written_roots(stmt).contains(&var))
    }

    /// A temporary that what follows the loop computes is computed early as well.
    fn copy(&mut self, var: Var) -> Option<()> {
        let at = *self.site.bound_forward.get(&var)?;
        if at < self.site.ahead {
            return Some(());
        }
        let stmt = &self.site.forward[at];
        let once = self.kind(var) == &VarKind::Temp && at != self.site.ahead;
        let used = self.arithmetic(stmt).filter(|_| once)?;
        if self.plan.copied.insert(at) {
            for used in used {
                match self.site.is_there(used) {
                    true if self.is_settled(used) => {}
                    true => return None,
                    false => self.copy(used)?,
                }
            }
        }
        Some(())
    }

    /// A cotangent that the loop adds to.
    fn declare(&mut self, var: Var) -> Option<()> {
        let Some(at) = self.site.bound_reverse.get(&var).copied() else {
            return Some(());
        };
        if at > self.site.back {
            return None;
        }
        let StmtKind::Declare(_, Some(op)) = &self.site.reverse[at].kind else {
            return None;
        };
        match op {
            Op::Zero => drop(self.plan.moved.insert(at)),
            Op::ZeroLike(place) if self.has_its_shape(place) => {
                self.plan.moved.insert(at);
            }
            _ if first_part(op).is_some() && self.is_number(var) => {
                if !self.plan.moved.contains(&at) {
                    self.plan.split.insert(at);
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether a memory is there, with the shape that it keeps.
    fn has_its_shape(&self, place: &Place) -> bool {
        place.proj.is_empty()
            && self.site.is_there(place.root)
            && self.fuse.overwrites.keeps_length(place.root)
    }

    /// Whether what stays behind sees the same: it reads nothing that an early statement
    /// which stood after it changes, and no part of a sum that is wanted is left behind.
    fn keeps_order(&self) -> bool {
        let moved = &self.plan.moved;
        let stays = |i: &usize| !moved.contains(i) && !self.plan.split.contains(i);
        let before = self.site.before_back();
        (0..self.site.back).filter(stays).all(|i| {
            let later = moved.range(i + 1..).map(|j| &before[*j]);
            let mut changed = later.flat_map(written_roots);
            changed.all(|root| !uses(&before[i], root))
        })
    }

    /// What a statement uses that only computes a number; absent: it may do more.
    fn arithmetic(&self, stmt: &Stmt) -> Option<Vec<Var>> {
        let plain = match &stmt.kind {
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
                self.is_number(*var) && self.only_computes(op)
            }
            StmtKind::Update { place, .. } => place.proj.is_empty() && self.is_number(place.root),
            _ => false,
        };
        let mut used = Vec::new();
        stmt_uses(stmt, &mut |v| used.push(v));
        plain.then_some(used)
    }

    fn only_computes(&self, op: &Op) -> bool {
        match op {
            Op::Use(_)
            | Op::Unary(..)
            | Op::Prim(..)
            | Op::Cast(..)
            | Op::Len(_)
            | Op::Zero
            | Op::Scale(..)
            | Op::When(..) => {
                let mut numbers = true;
                if !matches!(op, Op::Len(_)) {
                    op_uses(op, &mut |v| numbers &= self.is_number(v));
                }
                numbers
            }
            Op::Binary(op_, ..) => {
                let mut floats = true;
                op_uses(op, &mut |v| floats &= self.is_float(v));
                floats && !op_.is_comparison() && !op_.is_assigning()
            }
            Op::Read(place) => place.proj.is_empty(),
            Op::Opaque(opaque) => opaque.pure && opaque.gap.is_none() && never_panics(opaque),
            _ => false,
        }
    }

    fn is_number(&self, var: Var) -> bool {
        matches!(
            self.fuse.adjoint.vars[var.0 as usize].ty,
            Ty::Float(_) | Ty::Int(_)
        )
    }

    fn is_float(&self, var: Var) -> bool {
        matches!(self.fuse.adjoint.vars[var.0 as usize].ty, Ty::Float(_))
    }

    fn kind(&self, var: Var) -> &VarKind {
        &self.fuse.adjoint.vars[var.0 as usize].kind
    }
}

/// Casts of lengths: `x.len() as f64`.
fn never_panics(opaque: &Opaque) -> bool {
    fn holds(expr: &syn::Expr) -> bool {
        match expr {
            syn::Expr::Paren(e) => holds(&e.expr),
            syn::Expr::Group(e) => holds(&e.expr),
            syn::Expr::Cast(e) => holds(&e.expr),
            syn::Expr::MethodCall(call) => {
                call.method == "len" && call.args.is_empty() && holds(&call.receiver)
            }
            syn::Expr::Lit(_) | syn::Expr::Path(_) => true,
            _ => false,
        }
    }
    opaque.holes.iter().all(|place| place.proj.is_empty()) && holds(&opaque.expr)
}

/// What a cotangent is declared with that its first contribution feeds, and its sign.
fn first_part(op: &Op) -> Option<(&Operand, bool)> {
    match op {
        Op::Use(value) => Some((value, false)),
        Op::Unary(crate::ir::UnOp::Neg, value) => Some((value, true)),
        _ => None,
    }
}

/// Takes the declaration out of a statement that declares a cotangent and feeds it.
pub fn split(stmt: &mut Stmt) -> Stmt {
    let declared = stmt.clone();
    let StmtKind::Declare(var, Some(op)) = &declared.kind else {
        return declared;
    };
    if let Some((value, negate)) = first_part(op) {
        stmt.kind = StmtKind::Update {
            place: crate::transform::build::root(*var),
            negate,
            value: value.clone(),
        };
    }
    Stmt {
        kind: StmtKind::Declare(*var, Some(Op::Zero)),
        span: stmt.span,
    }
}
