//! The two sweeps of a loop under `#[checkpoint(n)]`.
//!
//! *The state* is every memory from outside that the body changes. The forward sweep keeps
//! copies of it before some iterations and nothing else; the reverse sweep runs from the last
//! copy to the iteration whose turn it is, and then both sweeps of this iteration. Which
//! iterations are kept is the runtime's to say (`ad-runtime/src/checkpoint.rs`).
//!
//! *The law of state* holds: in front of the loop the reverse sweep has put the first copy
//! back, so that no overwrite of the body need be undone for what stands before the loop. What
//! the body reads and does not change is read again by the reverse sweep, as any other read.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;

use super::Reverse;
use super::stmt::Sweeps;
use crate::analysis::flow::At;
use crate::ir::types::is_scalar;
use crate::ir::visit::{Access, all_block_stmts, block_bound, stmt_places};
use crate::ir::{Back, Block, Checkpointed, For, Op, Operand, Stmt, StmtKind, Ty, Var, VarKind};
use crate::transform::build::{Code, index, root};

/// What a body does to the memories that it does not bind.
struct Outside {
    /// Those that an iteration changes and may read.
    state: BTreeSet<Var>,
    /// Those into which it only writes numbers: they are no state, because no iteration
    /// depends on them.
    written: BTreeSet<Var>,
}

impl Reverse<'_> {
    pub(super) fn checkpointed(
        &mut self,
        l: &For,
        snapshots: &Operand,
        at: &At,
        span: Span,
    ) -> Sweeps {
        let outside = self.outside(&l.body, at);
        let mut loops = at.loops.clone();
        loops.insert(at.position);
        let swept = self.block(&l.body, at.position + 1, &loops, Vec::new(), &[]);
        let (mut forward, mut reverse) = (swept.forward, swept.reverse);
        if reverse.0.is_empty() {
            let kind = StmtKind::For(Box::new(For {
                body: forward,
                checkpoint: None,
                ..l.clone()
            }));
            return (vec![Stmt { kind, span }], Vec::new());
        }
        // Numbers stay in the scope of the iteration; what owns memory moves through the tape.
        let moved = |v: &Var| {
            let info = self.vars.info(*v);
            info.kind != VarKind::Temp || !is_scalar(&info.ty)
        };
        let frame = swept.frame.into_iter().filter(moved).collect();
        super::block::push_pop(&mut forward, &mut reverse, frame);
        let (keep, restore) = self.snapshot(&outside.state, span);
        let sweep = |back| {
            let kind = StmtKind::Checkpointed(Box::new(Checkpointed {
                snapshots: snapshots.clone(),
                index: l.index,
                lo: l.lo.clone(),
                hi: l.hi.clone(),
                inclusive: l.inclusive,
                descending: l.descending,
                keep: keep.clone(),
                forward: forward.clone(),
                back,
            }));
            Stmt { kind, span }
        };
        let there = sweep(None);
        let back = sweep(Some(Back { restore, reverse }));
        let (mut before, after) = self.keep_written(&outside.written, at, &l.body, span);
        before.push(there);
        let mut reverse = vec![back];
        reverse.extend(after);
        (before, reverse)
    }

    /// Notes what the reverse sweep reads again of the memories that the body does not change.
    fn outside(&mut self, body: &Block, at: &At) -> Outside {
        let bound = block_bound(body);
        let mut uses: BTreeMap<Var, (bool, bool)> = BTreeMap::new();
        let mut reads = Vec::new();
        all_block_stmts(body, &mut |stmt| {
            stmt_places(stmt, &mut |place, access| {
                if bound.contains(&place.root) {
                    return;
                }
                let (changed, read) = uses.entry(place.root).or_default();
                *changed |= access.writes();
                let number = is_scalar(&self.vars.place_ty(place)) && !place.proj.is_empty();
                *read |= !matches!(access, Access::Write | Access::Shape)
                    || access == Access::Write && !number;
                reads.push((place.root, access));
            });
        });
        let mut outside = Outside {
            state: BTreeSet::new(),
            written: BTreeSet::new(),
        };
        for (var, (changed, read)) in &uses {
            match (changed, read) {
                (true, true) => drop(outside.state.insert(*var)),
                (true, false) => drop(outside.written.insert(*var)),
                (false, _) => {}
            }
            // The reverse sweep leaves them as they were before the loop.
            if *changed && self.mutable_params.contains_key(var) {
                self.disturbed.insert(*var);
            }
        }
        for (var, access) in reads {
            match access {
                _ if uses[&var].0 => {}
                Access::Shape => self.shape_reads.push((var, at.clone())),
                _ => self.memory_reads.push((var, at.clone())),
            }
        }
        outside
    }

    /// Copies of memories to the tape, and back.
    fn snapshot(&mut self, state: &BTreeSet<Var>, span: Span) -> (Block, Block) {
        let mut keep = Code::new(&mut self.vars, span);
        let mut copies = Vec::new();
        for memory in state {
            let info = keep.vars.info(*memory).clone();
            let in_vec = info.on_tape.is_some() || matches!(info.ty, Ty::Slice(_) | Ty::Vec(_));
            let (ty, op) = match info.ty {
                Ty::Slice(t) | Ty::Vec(t) | Ty::Array(t) if in_vec => {
                    (Ty::Vec(t), Op::ToVec(root(*memory)))
                }
                ty => (ty, Op::Read(root(*memory))),
            };
            let name = format!("{}_then", info.name);
            let copy = keep.vars.fresh(&name, VarKind::Temp, ty, span);
            keep.stmt(StmtKind::Let(copy, op));
            copies.push(copy);
        }
        let mut kept = keep.stmts;
        kept.push(Stmt {
            kind: StmtKind::Push(copies.clone()),
            span,
        });
        let mut back = Code::new(&mut self.vars, span);
        back.stmt(StmtKind::Pop(copies.clone()));
        for (memory, copy) in state.iter().zip(&copies) {
            let info = back.vars.info(*memory);
            if info.on_tape.is_some() || matches!(info.ty, Ty::Slice(_)) {
                back.for_each(&root(*copy), |code, k| {
                    let value = code.read(index(&root(*copy), k.clone()));
                    code.stmt(StmtKind::Store(index(&root(*memory), k), value));
                });
            } else {
                back.stmt(StmtKind::Store(root(*memory), Operand::Var(*copy)));
            }
        }
        (Block(kept), Block(back.stmts))
    }

    /// What the body only writes is kept as a whole where someone reads it again with the
    /// value before the loop, or the caller wants it back.
    fn keep_written(
        &mut self,
        written: &BTreeSet<Var>,
        at: &At,
        body: &Block,
        span: Span,
    ) -> Sweeps {
        let end = at.position
            + 1
            + body
                .0
                .iter()
                .map(crate::analysis::flow::size)
                .sum::<usize>();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for memory in written {
            let writes = self.flow.writes.get(memory).into_iter().flatten();
            let mut inside = writes.filter(|w| (at.position..end).contains(&w.position));
            let own = inside.any(|w| self.undo.contains(&w.position));
            let param = self.mutable_params.get(memory).copied().filter(|_| !own);
            if !own && param.is_none() {
                continue;
            }
            let (keep, mut put_back) = self.keep_whole(&root(*memory), span);
            match param {
                None => {
                    before.extend(keep);
                    put_back.append(&mut after);
                    after = put_back;
                }
                Some(param) => {
                    let wished = |stmts| Stmt {
                        kind: StmtKind::IfRestore(param, Block(stmts)),
                        span,
                    };
                    before.push(wished(keep));
                    after.insert(0, wished(put_back));
                }
            }
        }
        (before, after)
    }
}
