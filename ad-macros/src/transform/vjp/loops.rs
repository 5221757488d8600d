//! The two sweeps of a loop.

use std::collections::{BTreeMap, BTreeSet};

use super::Reverse;
use super::stmt::Sweeps;
use crate::analysis::flow::At;
use crate::analysis::independent::{How, Sums, Touch, conflict, touches};
use crate::ir::visit::{Access, all_block_stmts, stmt_places, written_roots};
use crate::ir::{Block, For, Loop, Op, Operand, Proj, Rows, Stmt, StmtKind, Ty, Var, VarKind};
use crate::transform::build::{int, usize_ident};

impl Reverse<'_> {
    pub(super) fn for_loop(&mut self, l: &For, at: &At, span: proc_macro2::Span) -> Sweeps {
        if let Some(snapshots) = &l.checkpoint {
            return self.checkpointed(l, snapshots, at, span);
        }
        let mut loops = at.loops.clone();
        loops.insert(at.position);
        let swept = self.block(&l.body, at.position + 1, &loops, Vec::new(), &[]);
        let (mut forward, mut reverse) = (swept.forward, swept.reverse);
        let (rows, frame): (Vec<Var>, Vec<Var>) = swept.frame.into_iter().partition(|v| {
            let info = self.vars.info(*v);
            let owns = matches!(info.ty, Ty::Vec(_) | Ty::Slice(_)) || info.on_tape.is_some();
            info.kind == VarKind::Temp && !owns
        });
        super::block::push_pop(&mut forward, &mut reverse, frame);
        let around = self.keep_before_loop(l, &mut forward, &mut reverse, span);
        let parallel = l.parallel && is_independent(l, &forward, &reverse);
        let any_order = self.any_order(l.index, &reverse) && !uses_stack(&forward);
        let new = |body, rows: &[Var], rows_are, descending| {
            let rows = rows.to_vec();
            let kind = StmtKind::For(Box::new(For {
                body,
                rows,
                rows_are,
                descending,
                parallel,
                ..l.clone()
            }));
            vec![Stmt { kind, span }]
        };
        let back = if reverse.0.is_empty() {
            Vec::new()
        } else {
            let descending = if any_order {
                l.descending
            } else {
                !l.descending
            };
            new(reverse, &rows, Rows::Bound, descending)
        };
        let mut sweeps = (around.before_forward, around.before_reverse);
        sweeps
            .0
            .extend(new(forward, &rows, Rows::Written, l.descending));
        sweeps.1.extend(back);
        sweeps.1.extend(around.after_reverse);
        sweeps
    }

    /// Whether the reverse sweeps of a loop's iterations may run in any order: no
    /// iteration touches what another one changes, but for sums. Updates in
    /// ascending order avoid a stall on stores that the next load waits for.
    fn any_order(&self, counter: Var, reverse: &Block) -> bool {
        let bound = crate::ir::visit::block_bound(reverse);
        let mut summed = BTreeSet::new();
        let mut read = BTreeSet::new();
        let mut ordered = false;
        all_block_stmts(reverse, &mut |stmt| {
            let sum = matches!(stmt.kind, StmtKind::Update { .. });
            stmt_places(stmt, &mut |place, access| {
                let own = matches!(place.proj.first(), Some(Proj::Index(Operand::Var(i))) if *i == counter);
                if bound.contains(&place.root) || access == Access::Shape {
                    return;
                }
                match access {
                    Access::Change if sum => drop(summed.insert(place.root)),
                    Access::Read => drop(read.insert((place.root, own))),
                    // What an iteration alone touches has no order either, as
                    // long as nothing is summed there.
                    _ if own => drop(read.insert((place.root, true))),
                    _ => ordered = true,
                }
            });
            ordered |= matches!(
                stmt.kind,
                StmtKind::Push(_)
                    | StmtKind::Pop(_)
                    | StmtKind::CallReverse(_)
                    | StmtKind::IfRestore(..)
                    | StmtKind::Loop(_)
                    | StmtKind::Checkpointed(_)
            );
            ordered |= matches!(&stmt.kind, StmtKind::For(l) if l.parallel || !l.rows.is_empty());
        });
        let mixed: BTreeSet<Var> = read
            .iter()
            .filter(|(_, own)| !own)
            .map(|(v, _)| *v)
            .collect();
        let own: BTreeSet<Var> = read
            .iter()
            .filter(|(_, own)| *own)
            .map(|(v, _)| *v)
            .collect();
        // A place taken at its own index must not be read elsewhere, and nothing
        // that is summed may be read at all. Primal memories are only read here:
        // an undo is a write.
        let written_own = self.written_in(reverse);
        !ordered
            && summed.is_disjoint(&mixed)
            && summed.is_disjoint(&own)
            && mixed.is_disjoint(&written_own)
    }

    /// The roots that a reverse sweep overwrites (by take or store).
    fn written_in(&self, reverse: &Block) -> BTreeSet<Var> {
        let mut written = BTreeSet::new();
        all_block_stmts(reverse, &mut |stmt| {
            if matches!(stmt.kind, StmtKind::Update { .. }) {
                return;
            }
            stmt_places(stmt, &mut |place, access| {
                if access.writes() {
                    written.insert(place.root);
                }
            });
        });
        written
    }

    pub(super) fn dynamic_loop(&mut self, l: &Loop, at: &At, span: proc_macro2::Span) -> Sweeps {
        let mut loops = at.loops.clone();
        loops.insert(at.position);
        let (body, reverse) = self.nested(&l.body, at.position + 1, &loops);
        let usize_ty = Ty::Int(Some(usize_ident(span)));
        let trips = self
            .vars
            .fresh("trips", VarKind::Temp, usize_ty.clone(), span);
        self.bound_forward.insert(trips);
        let forward = Loop {
            label: None,
            body,
            again: l.again.clone(),
            trips: Some(trips),
        };
        let forward = Stmt {
            kind: StmtKind::Loop(Box::new(forward)),
            span,
        };
        if reverse.0.is_empty() {
            return (vec![forward], Vec::new());
        }
        let counter = self.vars.fresh("trip", VarKind::Temp, usize_ty, span);
        let back = For {
            label: None,
            index: counter,
            lo: int(0),
            hi: Operand::Var(trips),
            inclusive: false,
            descending: true,
            user_descending: false,
            body: reverse,
            checkpoint: None,
            parallel: false,
            rows: Vec::new(),
            rows_are: Rows::Bound,
            windows: Vec::new(),
        };
        (
            vec![forward],
            vec![Stmt {
                kind: StmtKind::For(Box::new(back)),
                span,
            }],
        )
    }
}

/// Whether the iterations of both sweeps meet in sums alone, and each stores at most once to
/// what it does not read: stores are put off until all iterations have run.
fn is_independent(l: &For, forward: &Block, reverse: &Block) -> bool {
    let of = |body: &Block, sums| {
        let touches = touches(&For {
            body: body.clone(),
            ..l.clone()
        });
        conflict(&touches, sums).is_none() && stores_once(body, &touches)
    };
    !reverse.0.is_empty() && of(forward, Sums::InOrder) && of(reverse, Sums::Apart)
}

fn stores_once(body: &Block, touches: &BTreeMap<Var, Vec<Touch>>) -> bool {
    let mut repeated = BTreeSet::new();
    all_block_stmts(body, &mut |stmt| {
        if let StmtKind::For(_) | StmtKind::Loop(_) = stmt.kind {
            repeated.extend(written_roots(stmt));
        }
    });
    touches.iter().all(|(memory, touches)| {
        let stored = touches
            .iter()
            .any(|t| matches!(t.how, How::Store | How::Take));
        let looked_at = touches.iter().filter(|t| t.how != How::Shape).count();
        !stored || looked_at == 1 && !repeated.contains(memory)
    })
}

/// Whether a forward sweep keeps anything on the tape's stacks, whose order the
/// reverse sweep must mirror.
fn uses_stack(forward: &Block) -> bool {
    let mut uses = false;
    all_block_stmts(forward, &mut |stmt| {
        uses |= match &stmt.kind {
            StmtKind::Push(_) | StmtKind::Loop(_) | StmtKind::Checkpointed(_) => true,
            StmtKind::Let(_, Op::CallForward(..))
            | StmtKind::Declare(_, Some(Op::CallForward(..))) => true,
            StmtKind::For(l) => l.parallel || !l.rows.is_empty(),
            _ => false,
        };
    });
    uses
}
