//! Whether the iterations of a loop depend on one another only through sums.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fuse, Plan, Site};
use crate::ir::visit::{
    Access, Part, all_block_stmts, all_stmts, block_bound, stmt_binds, stmt_parts, stmt_uses,
};
use crate::ir::{Arg, Block, Op, Operand, Passing, Place, Stmt, StmtKind, Var, VarKind};

/// What a loop's reverse sweep takes from outside.
#[derive(Default)]
pub struct Wanted {
    /// Variables whose value it reads.
    pub values: BTreeSet<Var>,
    /// Cotangents that it only needs to be there.
    pub declared: BTreeSet<Var>,
}

/// What a block does with a memory.
#[derive(Clone, Copy, Default)]
struct Acts {
    reads: bool,
    /// Adds to it.
    sums: bool,
    /// Anything else that changes it.
    writes: bool,
}

impl Fuse<'_> {
    pub(super) fn independent(&self, site: &Site<'_>, plan: &mut Plan) -> Option<Wanted> {
        let (l, r) = site.loops()?;
        let mut inside = block_bound(&l.body);
        inside.extend(block_bound(&r.body));
        inside.extend(r.rows.iter().chain(&l.rows).chain([&l.index]));
        let (ahead, back) = (acts(&l.body, &inside), acts(&r.body, &inside));
        let mut own = BTreeSet::new();
        for (memory, acts) in &ahead {
            if !acts.sums && !acts.writes {
                continue;
            }
            let acts_back = back.get(memory).copied().unwrap_or_default();
            let put_back = acts_back.writes || acts_back.sums;
            let is_sum = !acts.reads && !acts.writes && !acts_back.reads && !put_back;
            let carried = !self.act.contains_key(memory) && !put_back;
            if is_sum || carried {
                continue;
            }
            if self.is_the_callers(*memory) || used_around(site, *memory) {
                return None;
            }
            let given = self.overwrites.by_iterations(l.index, *memory)?;
            plan.given.extend(given);
            own.insert(*memory);
        }
        let mut wanted = Wanted::default();
        for (root, acts) in &back {
            if self.adjoint.seed == Some(*root) {
                continue;
            }
            match self.adjoint.primal.get(root) {
                Some(of) if own.contains(of) => {
                    if site.before_back().iter().any(|stmt| feeds(stmt, *root)) {
                        return None;
                    }
                    wanted.declared.insert(*root);
                }
                Some(_) if acts.sums && !acts.reads && !acts.writes => {
                    // What follows the loop adds to it, too, and does nothing else: it would
                    // see the sums of the loop.
                    if site.before_back().iter().any(|stmt| takes(stmt, *root)) {
                        return None;
                    }
                    wanted.declared.insert(*root);
                }
                _ if acts.sums || acts.writes => {
                    // Only what the forward sweep overwrites is put back.
                    if !own.contains(root) {
                        return None;
                    }
                }
                Some(_) => drop(wanted.values.insert(*root)),
                None if site.is_there(*root) => {}
                None => drop(wanted.values.insert(*root)),
            }
        }
        all_block_stmts(&r.body, &mut |stmt| {
            stmt_uses(stmt, &mut |v| {
                let known = inside.contains(&v) || back.contains_key(&v) || site.is_there(v);
                if !known {
                    wanted.values.insert(v);
                }
            });
        });
        Some(wanted)
    }

    /// Whether a caller sees what is written to a memory.
    fn is_the_callers(&self, memory: Var) -> bool {
        let kind = &self.adjoint.vars[memory.0 as usize].kind;
        let by = Passing::RefMut;
        matches!(kind, VarKind::Param { passing, .. } if *passing == by)
    }
}

/// Whether anything that runs between the loop and its reverse sweep uses a memory.
fn used_around(site: &Site<'_>, memory: Var) -> bool {
    let mut around = site.after().iter().chain(site.before_back());
    around.any(|stmt| uses(stmt, memory))
}

/// Whether a statement does more with a memory than ask for its shape.
pub fn uses(stmt: &Stmt, memory: Var) -> bool {
    let mut uses = false;
    all_stmts(stmt, &mut |s| {
        stmt_parts(s, &mut |part| {
            uses |= match part {
                Part::Place(place, access) => place.root == memory && access != Access::Shape,
                Part::Operand(Operand::Var(v)) | Part::Name(v) => *v == memory,
                Part::Operand(_) | Part::Bind(_) => false,
            };
        });
    });
    uses
}

/// Whether a statement uses a cotangent, or declares it with more than zero.
fn feeds(stmt: &Stmt, cotangent: Var) -> bool {
    match &stmt.kind {
        StmtKind::Declare(v, Some(op)) if *v == cotangent => {
            !matches!(op, Op::Zero | Op::ZeroLike(_))
        }
        _ => {
            let mut feeds = uses(stmt, cotangent);
            stmt_binds(stmt, &mut |v| feeds |= v == cotangent);
            feeds
        }
    }
}

/// Whether a statement does more with a cotangent than declare it or add to it.
fn takes(stmt: &Stmt, cotangent: Var) -> bool {
    let block = Block(vec![stmt.clone()]);
    acts(&block, &BTreeSet::new())
        .get(&cotangent)
        .is_some_and(|acts| acts.reads || acts.writes)
}

/// What a block does with the memories that it does not bind itself.
fn acts(block: &Block, inside: &BTreeSet<Var>) -> BTreeMap<Var, Acts> {
    let mut all: BTreeMap<Var, Acts> = BTreeMap::new();
    all_block_stmts(block, &mut |stmt| {
        let sum =
            |place: &Place| matches!(stmt.kind, StmtKind::Update { .. }) || only_adds(stmt, place);
        stmt_parts(stmt, &mut |part| match part {
            Part::Place(place, access) if !inside.contains(&place.root) => {
                let acts = all.entry(place.root).or_default();
                match access {
                    Access::Change if sum(place) => acts.sums = true,
                    Access::Change => (acts.reads, acts.writes) = (true, true),
                    Access::Write => acts.writes = true,
                    Access::Read => acts.reads = true,
                    Access::Shape => {}
                }
            }
            // Kept, given back or moved as a whole.
            Part::Name(v) if !inside.contains(v) => {
                all.entry(*v).or_default().reads = true;
            }
            _ => {}
        });
    });
    all
}

/// Whether a place of a statement is the slot of an argument that the callee cannot change:
/// its reverse sweep only adds to it.
fn only_adds(stmt: &Stmt, place: &Place) -> bool {
    let StmtKind::CallReverse(reverse) = &stmt.kind else {
        return false;
    };
    let mut slots = reverse.slots.iter().zip(&reverse.call.args);
    slots.any(|((_, slot), arg)| {
        let here = slot.as_ref().is_some_and(|slot| std::ptr::eq(slot, place));
        here && !matches!(arg, Arg::RefMut(_))
    })
}
