//! Fusion of independent iterations: a loop whose iterations depend on one another only
//! through sums runs the reverse sweep of each iteration right after its forward sweep.
//! Nothing of the loop is on the tape beyond one iteration, and what the forward sweep
//! computed is still at hand.
//!
//! It is possible where the cotangents that the loop's reverse sweep takes from what
//! follows the loop are known before the loop runs ([`early`]): the rest of the function is
//! linear in the sums. Only a call from outside knows its seed before the forward sweep, so
//! the result is one more program, beside the two sweeps that callers use.
//!
//! *What makes iterations independent* ([`memory`]). A memory from outside the loop that an
//! iteration changes is
//! * a sum: only added to, and read neither in the loop nor by its reverse sweep; or
//! * the iteration's own for its time: overwritten before it is read, and not used after the
//!   loop, so that no cotangent enters or leaves an iteration through it; or
//! * without derivative, and not put back by the reverse sweep: it goes from iteration to
//!   iteration in the user's order, as ever.
//!
//! The primal runs in the user's order throughout, so its value is the same to the bit.

mod early;
mod memory;

use std::collections::{BTreeMap, BTreeSet};

use super::affine::is_plain;
use crate::analysis::activity::Activity;
use crate::analysis::overwrite::{Given, Overwrites};
use crate::ir::types::is_scalar;
use crate::ir::visit::{all_block_stmts, stmt_binds, stmt_blocks_mut};
use crate::ir::{Adjoint, Block, For, Func, Fused, Rows, Stmt, StmtKind, Toward, Var};

/// Absent: no loop can be fused.
pub fn fuse(func: &Func, act: &Activity, adjoint: &Adjoint) -> Option<Fused> {
    let mut sweeps = adjoint.clone();
    unasked(&mut sweeps.forward);
    unasked(&mut sweeps.reverse);
    let mut fuse = Fuse {
        act,
        adjoint,
        overwrites: Overwrites::of(func),
        given: Vec::new(),
        loops: 0,
    };
    let (forward, reverse) = (&mut sweeps.forward.0, &mut sweeps.reverse.0);
    let handed = fuse.pair(forward, reverse);
    sweeps.frame.extend(handed);
    (fuse.loops > 0).then_some(Fused {
        sweeps,
        given: fuse.given,
    })
}

/// A call from outside asks for nothing to be put back.
fn unasked(block: &mut Block) {
    block
        .0
        .retain(|stmt| !matches!(stmt.kind, StmtKind::IfRestore(..)));
    for stmt in &mut block.0 {
        stmt_blocks_mut(stmt, &mut unasked);
    }
}

struct Fuse<'a> {
    act: &'a Activity,
    adjoint: &'a Adjoint,
    overwrites: Overwrites<'a>,
    given: Vec<Given>,
    loops: usize,
}

/// A loop of a forward sweep, and the same loop of its reverse sweep, each at its place
/// in a block.
struct Site<'b> {
    forward: &'b [Stmt],
    ahead: usize,
    reverse: &'b [Stmt],
    back: usize,
    /// Where the statements of each block bind what.
    bound_forward: BTreeMap<Var, usize>,
    bound_reverse: BTreeMap<Var, usize>,
}

/// What is done to fuse a loop.
#[derive(Default)]
struct Plan {
    /// Statements of the forward sweep after the loop that run before it as well.
    copied: BTreeSet<usize>,
    /// Statements of the reverse sweep before the loop's that run before the loop.
    moved: BTreeSet<usize>,
    /// Statements of the reverse sweep that declare a cotangent with what first
    /// feeds it: the declaration alone runs before the loop.
    split: BTreeSet<usize>,
    given: Vec<Given>,
}

impl Fuse<'_> {
    /// Fuses the loops of two sweeps of one block; gives the variables of the reverse sweep
    /// that the forward sweep binds then.
    fn pair(&mut self, forward: &mut Vec<Stmt>, reverse: &mut Vec<Stmt>) -> Vec<Var> {
        let mut handed = Vec::new();
        let mut ahead = 0;
        while ahead < forward.len() {
            if let Some(back) = partner(&forward[ahead], reverse) {
                let site = Site::new(forward, ahead, reverse, back);
                if let Some(plan) = self.plan(&site) {
                    ahead = self.apply(plan, forward, ahead, reverse, back, &mut handed);
                }
            }
            ahead += 1;
        }
        handed
    }

    fn plan(&self, site: &Site<'_>) -> Option<Plan> {
        let (l, r) = site.loops()?;
        if is_asked_otherwise(l) || is_asked_otherwise(r) || is_faster_apart(l, r) {
            return None;
        }
        let mut plan = Plan::default();
        let wanted = self.independent(site, &mut plan)?;
        self.known_early(site, wanted, &mut plan)?;
        Some(plan)
    }

    /// Rewrites both blocks; gives where the fused loop is.
    fn apply(
        &mut self,
        plan: Plan,
        forward: &mut Vec<Stmt>,
        ahead: usize,
        reverse: &mut Vec<Stmt>,
        back: usize,
        handed: &mut Vec<Var>,
    ) -> usize {
        self.given.extend(plan.given);
        self.loops += 1;
        let span = forward[ahead].span;
        let turn = |toward| Stmt {
            kind: StmtKind::Turn(toward),
            span,
        };
        let mut before: Vec<Stmt> = plan.copied.iter().map(|g| forward[*g].clone()).collect();
        before.push(turn(Toward::Reverse));
        let copied = before.len();
        let mut rest = Vec::new();
        let mut loop_back = None;
        for (i, mut stmt) in std::mem::take(reverse).into_iter().enumerate() {
            if i == back {
                loop_back = Some(stmt);
                continue;
            }
            if plan.split.contains(&i) {
                before.push(early::split(&mut stmt));
            }
            match plan.moved.contains(&i) {
                true => before.push(stmt),
                false => rest.push(stmt),
            }
        }
        *reverse = rest;
        for stmt in &before[copied..] {
            stmt_binds(stmt, &mut |v| handed.push(v));
        }
        before.push(turn(Toward::Forward));
        let at = ahead + before.len();
        if let (StmtKind::For(l), Some(StmtKind::For(r))) =
            (&forward[ahead].kind, loop_back.map(|stmt| stmt.kind))
        {
            let fused = self.merge(l, *r, span);
            forward[ahead].kind = StmtKind::For(Box::new(fused));
        }
        forward.splice(ahead..ahead, before);
        at
    }

    /// One iteration: forward, then back.
    fn merge(&mut self, l: &For, r: For, span: proc_macro2::Span) -> For {
        let (mut forward, mut reverse) = (l.body.0.clone(), r.body.0);
        if let (Some(StmtKind::Push(kept)), Some(StmtKind::Pop(bound))) = (
            forward.last().map(|stmt| &stmt.kind),
            reverse.first().map(|stmt| &stmt.kind),
        ) && kept == bound
        {
            // All of it is in scope.
            forward.pop();
            reverse.remove(0);
        }
        self.pair(&mut forward, &mut reverse);
        // What the forward sweep has computed is there.
        let bound: BTreeSet<Var> = forward
            .iter()
            .filter_map(|stmt| match stmt.kind {
                StmtKind::Let(var, _) => Some(var),
                _ => None,
            })
            .collect();
        let vars = &self.adjoint.vars;
        reverse.retain(|stmt| match stmt.kind {
            StmtKind::Let(var, _) => !bound.contains(&var) || !is_scalar(&vars[var.0 as usize].ty),
            _ => true,
        });
        forward.push(Stmt {
            kind: StmtKind::Turn(Toward::Reverse),
            span,
        });
        forward.extend(reverse);
        For {
            body: Block(forward),
            rows: Vec::new(),
            rows_are: Rows::Bound,
            ..l.clone()
        }
    }
}

/// Two loops that keep nothing are fast alone: the reverse sweep's has no order and
/// vectorises, the forward sweep's waits for the sum in the user's order. A short reverse
/// sweep fits into that wait.
fn is_faster_apart(l: &For, r: &For) -> bool {
    const SHORT: usize = 12;
    let keeps = !l.rows.is_empty() || !is_plain(&l.body) || !is_plain(&r.body);
    let operations = r.body.0.iter();
    let operations = operations.filter(|stmt| matches!(stmt.kind, StmtKind::Let(..)));
    !keeps && operations.count() > SHORT
}

/// The user has said how the loop runs, or one in it: in parallel, or from checkpoints.
fn is_asked_otherwise(l: &For) -> bool {
    let mut asked = l.parallel;
    all_block_stmts(&l.body, &mut |stmt| {
        asked |= match &stmt.kind {
            StmtKind::For(l) => l.parallel,
            StmtKind::Checkpointed(_) => true,
            _ => false,
        };
    });
    asked
}

/// Where the reverse sweep has the loop that a statement of the forward sweep is.
fn partner(stmt: &Stmt, reverse: &[Stmt]) -> Option<usize> {
    let StmtKind::For(l) = &stmt.kind else {
        return None;
    };
    let written = l.rows_are == Rows::Written;
    let same = |stmt: &Stmt| matches!(&stmt.kind, StmtKind::For(r) if r.index == l.index && r.rows_are == Rows::Bound);
    let mut found = reverse.iter().enumerate().filter(|(_, stmt)| same(stmt));
    let (back, _) = found.next().filter(|_| written)?;
    found.next().is_none().then_some(back)
}

impl<'b> Site<'b> {
    fn new(forward: &'b [Stmt], ahead: usize, reverse: &'b [Stmt], back: usize) -> Self {
        Site {
            forward,
            ahead,
            reverse,
            back,
            bound_forward: bound(forward),
            bound_reverse: bound(reverse),
        }
    }

    /// The loop in both sweeps.
    fn loops(&self) -> Option<(&'b For, &'b For)> {
        match (
            &self.forward[self.ahead].kind,
            &self.reverse[self.back].kind,
        ) {
            (StmtKind::For(l), StmtKind::For(r)) => Some((l, r)),
            _ => None,
        }
    }

    /// The reverse sweep of what follows the loop.
    fn before_back(&self) -> &'b [Stmt] {
        &self.reverse[..self.back]
    }

    /// What follows the loop.
    fn after(&self) -> &'b [Stmt] {
        &self.forward[self.ahead + 1..]
    }

    /// Whether a variable is in scope before the loop.
    fn is_there(&self, var: Var) -> bool {
        match self.bound_forward.get(&var) {
            Some(at) => *at < self.ahead,
            // Of a block around this one, unless the reverse sweep binds it.
            None => !self.bound_reverse.contains_key(&var),
        }
    }
}

/// Where the statements of a block bind what, at its top level.
fn bound(stmts: &[Stmt]) -> BTreeMap<Var, usize> {
    let mut bound = BTreeMap::new();
    for (at, stmt) in stmts.iter().enumerate() {
        stmt_binds(stmt, &mut |v| {
            bound.entry(v).or_insert(at);
        });
    }
    bound
}

#[cfg(test)]
mod tests;
