//! The reverse sweep of a block, and the choice between keeping and recomputing
//! each temporary that it needs.
//!
//! The block is walked backward once. When the walk comes to the definition of a
//! temporary, all that the reverse sweep needs it for is already written; it is
//! then recomputed just before the first of these places, or kept in the block's
//! frame.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reverse, block_of};
use crate::analysis::flow::{At, reshaped_roots, size};
use crate::ir::visit::{
    Access, all_stmts, op_places, op_uses, stmt_binds, stmt_places, stmt_uses, written_roots,
};
use crate::ir::{Block, Func, Op, Operand, Stmt, StmtKind, Ty, UnOp, Var, VarKind};
use crate::transform::build::{Code, root};

/// A block taken apart: the walk fills it from the last statement to the first.
pub struct Walk<'b> {
    pub stmts: &'b [Stmt],
    pub at: Vec<At>,
    pub written: Vec<BTreeSet<Var>>,
    pub reshaped: Vec<BTreeSet<Var>>,
    /// Where each temporary of this block is bound.
    pub defs: BTreeMap<Var, usize>,
    /// The memories of this block whose keeping costs a copy: those of a nested
    /// block, which go to the tape.
    pub dear: BTreeSet<Var>,
    /// The reverse sweep of each statement; the one past the end is the seed's.
    reverse: Vec<Vec<Stmt>>,
    /// What must stand before the reverse sweep of each statement.
    prelude: Vec<Vec<Stmt>>,
    /// The first statement (in reverse order) whose sweep needs a variable.
    pub needed: BTreeMap<Var, usize>,
    /// How many statements of the reverse sweep change a memory.
    changes: BTreeMap<Var, usize>,
    frame: BTreeSet<Var>,
}

/// The two sweeps of a block and what the second uses of the first's scope.
pub struct Swept {
    pub forward: Block,
    pub reverse: Block,
    pub frame: Vec<Var>,
}

impl Reverse<'_> {
    /// The whole function.
    pub fn top(&mut self, func: &Func, seed: Option<Var>) -> (Block, Block, Vec<Var>) {
        let mut first = Vec::new();
        if let (Some(seed), Some(Operand::Var(result))) = (seed, &func.result)
            && self.is_active(*result)
        {
            let span = self.vars.info(*result).span;
            let adj = self.adj_var(*result);
            let mut code = Code::new(&mut self.vars, span);
            let value = code.read(root(seed));
            code.stmt(StmtKind::Update {
                place: root(adj),
                negate: false,
                value,
            });
            first = code.stmts;
        }
        let swept = self.block(&func.body, 0, &BTreeSet::new(), first, &func.params);
        let (save, restore) = self.final_values(func);
        let mut reverse = save;
        reverse.extend(swept.reverse.0);
        reverse.extend(restore);
        (swept.forward, block_of(reverse), swept.frame)
    }

    /// A nested block: its frame goes to the tape.
    pub fn nested(
        &mut self,
        block: &Block,
        start: usize,
        loops: &BTreeSet<usize>,
    ) -> (Block, Block) {
        let swept = self.block(block, start, loops, Vec::new(), &[]);
        let Swept {
            mut forward,
            mut reverse,
            frame,
        } = swept;
        push_pop(&mut forward, &mut reverse, frame);
        (forward, reverse)
    }

    /// `first` stands before the reverse sweep of the last statement; `params`
    /// are bound before the first.
    pub fn block(
        &mut self,
        block: &Block,
        start: usize,
        loops: &BTreeSet<usize>,
        first: Vec<Stmt>,
        params: &[Var],
    ) -> Swept {
        let stmts = &block.0;
        let n = stmts.len();
        let mut position = start;
        let mut at = Vec::with_capacity(n);
        let mut defs = BTreeMap::new();
        let mut dear = BTreeSet::new();
        for (i, stmt) in stmts.iter().enumerate() {
            at.push(At {
                position,
                loops: loops.clone(),
            });
            position += size(stmt);
            match stmt.kind {
                StmtKind::Let(var, _) => drop(defs.insert(var, i)),
                StmtKind::Declare(var, _) if start > 0 => drop(dear.insert(var)),
                _ => {}
            }
        }
        let mut walk = Walk {
            stmts,
            at,
            written: stmts.iter().map(written_roots).collect(),
            reshaped: stmts
                .iter()
                .map(|stmt| reshaped_roots(&self.vars.0, stmt))
                .collect(),
            defs,
            dear,
            reverse: vec![Vec::new(); n + 1],
            prelude: vec![Vec::new(); n + 1],
            needed: BTreeMap::new(),
            changes: BTreeMap::new(),
            frame: BTreeSet::new(),
        };
        self.note(&mut walk, n, &first);
        walk.reverse[n] = first;
        let mut forward = vec![Vec::new(); n];
        for i in (0..n).rev() {
            let (fwd, rev) = self.stmt(&stmts[i], &walk.at[i].clone(), &walk.needed);
            self.note(&mut walk, i, &rev);
            walk.reverse[i] = rev;
            self.bindings(&mut walk, i, &fwd);
            forward[i] = fwd;
        }
        for param in params {
            self.declare_adjoint(&mut walk, *param);
        }
        let mut reverse = Vec::new();
        for i in (0..=n).rev() {
            reverse.append(&mut walk.prelude[i]);
            reverse.append(&mut walk.reverse[i]);
        }
        Swept {
            forward: block_of(forward.concat()),
            reverse: block_of(reverse),
            frame: walk.frame.into_iter().collect(),
        }
    }

    /// Notes what the reverse sweep of statement `i` uses.
    fn note(&self, walk: &mut Walk<'_>, i: usize, reverse: &[Stmt]) {
        for var in free_uses(reverse, &mut walk.changes) {
            if self.is_forward(var) || self.primal.contains_key(&var) {
                walk.needed.entry(var).or_insert(i);
            }
        }
    }

    /// Settles the variables that statement `i` binds in the forward sweep.
    fn bindings(&mut self, walk: &mut Walk<'_>, i: usize, forward: &[Stmt]) {
        let mut bound = Vec::new();
        for stmt in forward {
            stmt_binds(stmt, &mut |v| bound.push(v));
        }
        if let StmtKind::For(_) = walk.stmts[i].kind {
            // The index is bound inside; the reverse loop binds it again.
            bound.clear();
        }
        for var in bound {
            self.declare_adjoint(walk, var);
            let Some(&j) = walk.needed.get(&var) else {
                continue;
            };
            match &walk.stmts[i].kind {
                StmtKind::Let(own, op) if *own == var && self.recompute(walk, i, j, op) => {
                    let again = Stmt {
                        kind: StmtKind::Let(var, op.clone()),
                        span: walk.stmts[i].span,
                    };
                    op_uses(op, &mut |used| need(walk, used, j));
                    self.note_memory_reads(op, &walk.at[i]);
                    walk.prelude[j].insert(0, again);
                }
                _ => drop(walk.frame.insert(var)),
            }
        }
    }

    /// Declares the cotangent of a variable before its first use in the reverse
    /// sweep of the block that binds the variable.
    fn declare_adjoint(&mut self, walk: &mut Walk<'_>, var: Var) {
        let Some(adj) = self.adj.get(&var).copied() else {
            return;
        };
        if matches!(self.vars.info(adj).kind, VarKind::Slot { .. }) {
            return;
        }
        let Some(&j) = walk.needed.get(&adj) else {
            return;
        };
        if self.bind_first(walk, adj, j) {
            return;
        }
        let zero = self.zero_of(var);
        op_uses(&zero, &mut |used| need(walk, used, j));
        let span = self.vars.info(var).span;
        walk.prelude[j].insert(
            0,
            Stmt {
                kind: StmtKind::Declare(adj, Some(zero)),
                span,
            },
        );
    }

    /// A cotangent whose first contribution (in reverse order) is a statement of
    /// this block is bound by it and needs no zero to start from; if it is the
    /// only one, the cotangent never changes.
    fn bind_first(&mut self, walk: &mut Walk<'_>, adj: Var, j: usize) -> bool {
        if matches!(self.vars.info(adj).ty, Ty::Vec(_)) {
            return false;
        }
        let first = walk.reverse[j].iter_mut().find(|stmt| {
            let mut uses = false;
            all_stmts(stmt, &mut |s| stmt_uses(s, &mut |v| uses |= v == adj));
            uses
        });
        let Some(Stmt { kind, .. }) = first else {
            return false;
        };
        let StmtKind::Update {
            place,
            negate,
            value,
        } = kind
        else {
            return false;
        };
        if place.root != adj || !place.proj.is_empty() {
            return false;
        }
        let op = match negate {
            true => Op::Unary(UnOp::Neg, value.clone()),
            false => Op::Use(value.clone()),
        };
        *kind = if walk.changes.get(&adj) == Some(&1) {
            self.vars.0[adj.0 as usize].kind = VarKind::Temp;
            StmtKind::Let(adj, op)
        } else {
            StmtKind::Declare(adj, Some(op))
        };
        true
    }

    fn note_memory_reads(&mut self, op: &Op, at: &At) {
        op_places(op, &mut |place, access| {
            let reads = match access {
                Access::Shape => &mut self.shape_reads,
                _ => &mut self.memory_reads,
            };
            reads.push((place.root, at.clone()));
        });
    }
}

/// A variable is needed from statement `j` on, or from later in the text if that
/// is known already.
fn need(walk: &mut Walk<'_>, var: Var, j: usize) {
    let first = walk.needed.entry(var).or_insert(j);
    *first = (*first).max(j);
}

/// The variables that statements use and do not bind themselves; their changes
/// of memories are counted.
fn free_uses(stmts: &[Stmt], changes: &mut BTreeMap<Var, usize>) -> BTreeSet<Var> {
    let mut used = BTreeSet::new();
    let mut bound = BTreeSet::new();
    for stmt in stmts {
        all_stmts(stmt, &mut |stmt| {
            stmt_uses(stmt, &mut |v| {
                used.insert(v);
            });
            stmt_binds(stmt, &mut |v| {
                bound.insert(v);
            });
            stmt_places(stmt, &mut |place, access| {
                if access.writes() {
                    *changes.entry(place.root).or_insert(0) += 1;
                }
            });
        });
    }
    &used - &bound
}

/// Keeps a frame at the end of a block and binds it again at the start of the
/// block's reverse sweep.
pub fn push_pop(forward: &mut Block, reverse: &mut Block, frame: Vec<Var>) {
    if frame.is_empty() {
        return;
    }
    let span = forward
        .0
        .last()
        .map_or_else(proc_macro2::Span::call_site, |s| s.span);
    forward.0.push(Stmt {
        kind: StmtKind::Push(frame.clone()),
        span,
    });
    reverse.0.insert(
        0,
        Stmt {
            kind: StmtKind::Pop(frame),
            span,
        },
    );
}
