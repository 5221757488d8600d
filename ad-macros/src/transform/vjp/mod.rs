//! Reverse mode: a forward sweep that keeps what is needed, and a reverse sweep
//! that walks the same statements backward.
//!
//! *The law of state.* When the reverse sweep stands at a statement, every
//! memory that it will read again has the value that it had there in the forward
//! sweep: overwrites are undone in reverse order. Which overwrites must be undone
//! follows from which reads the reverse sweep repeats, and that from how it is
//! written; so the sweep is built, its reads are collected, and it is built
//! again until the undone overwrites cover them. The set only grows.
//!
//! *Keep, recompute, undo.* Temporaries that the reverse sweep needs are
//! recomputed where that is cheap and all they depend on is at hand, else kept
//! (`keep`). A scalar memory is never undone: its needed reads are kept. Arrays
//! are undone by the element.

mod block;
mod call;
mod checkpoint;
mod keep;
mod lazy;
mod loops;
mod stmt;
mod value;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Vars, root, tangent_ty};
use super::structure::placeholders_of_kept;
use crate::analysis::activity::Activity;
use crate::analysis::flow::{At, Flow, flow};
use crate::analysis::kinks::Sites;
use crate::ir::visit::{Access, all_block_stmts, stmt_places};
use crate::ir::{
    Adjoint, Block, Func, Op, Passing, Place, Reader, Stmt, StmtKind, Ty, Var, VarKind,
};
use crate::syntax::signature::Signature;

pub fn vjp(func: &Func, sig: &Signature, act: &Activity, sites: &Sites) -> Adjoint {
    let flow = flow(&func.vars, &func.body);
    let (mut undo, mut undo_for) = (BTreeSet::new(), Readers::new());
    loop {
        let mut reverse = Reverse::new(func, act, sites, &flow, &undo, &undo_for);
        let mut adjoint = reverse.function(func, sig);
        let required = reverse.required_undos();
        let required_for = reverse.required_by_callees();
        if required.is_subset(&undo) && required_for == undo_for {
            placeholders_of_kept(&mut adjoint);
            adjoint.rereads = rereads(&adjoint);
            return adjoint;
        }
        undo.extend(required);
        undo_for = required_for;
    }
}

/// For the positions of calls: the callees that may read again what the call overwrites.
type Readers = BTreeMap<usize, Vec<Reader>>;

/// The parameters by reference that the reverse sweep reads, or hands to a callee that may. What it
/// stores there puts values back for others to read.
fn rereads(adjoint: &Adjoint) -> BTreeSet<usize> {
    let mut read = BTreeSet::new();
    all_block_stmts(&adjoint.reverse, &mut |stmt| {
        stmt_places(stmt, &mut |place, access| {
            let sized = matches!(
                adjoint.vars[place.root.0 as usize].ty,
                Ty::Slice(_) | Ty::Array(_) | Ty::Float(_) | Ty::Int(_)
            );
            let shape = access == Access::Shape && sized && place.proj.is_empty();
            if access != Access::Write && !shape {
                read.insert(place.root);
            }
        });
    });
    let param = |var: &Var| match adjoint.vars[var.0 as usize].kind {
        VarKind::Param {
            index,
            passing: Passing::Ref | Passing::RefMut,
        } => Some(index),
        _ => None,
    };
    read.iter().filter_map(param).collect()
}

struct Reverse<'a> {
    vars: Vars,
    act: &'a Activity,
    sites: &'a Sites,
    flow: &'a Flow,
    /// Positions of the statements whose overwrites are undone.
    undo: &'a BTreeSet<usize>,
    /// Positions of calls whose overwrites are undone only if a callee reads them.
    undo_for: &'a Readers,
    /// The cotangent variable of each variable.
    adj: BTreeMap<Var, Var>,
    /// The variable of each cotangent variable.
    primal: BTreeMap<Var, Var>,
    /// Variables that the forward sweep binds: the user's program has the first
    /// `user_vars`, the others are trip counts and overwritten values.
    user_vars: u32,
    bound_forward: BTreeSet<Var>,
    /// Memories that the reverse sweep reads again, and the point of the forward
    /// sweep whose value it expects.
    memory_reads: Vec<(Var, At)>,
    /// The same for `&mut` arguments, which a callee may read.
    callee_reads: Vec<(Var, At, Reader)>,
    /// Positions of calls that can ask their callees to undo what these overwrite.
    asking: BTreeSet<usize>,
    /// The same for memories of which it only reads a length.
    shape_reads: Vec<(Var, At)>,
    /// Overwrites that are undone in any case.
    forced_undo: BTreeSet<usize>,
    /// Memories that the reverse sweep of a call may leave in any state: a callee
    /// that is not asked to restore them undoes what its own sweep needs undone.
    disturbed: BTreeSet<Var>,
    /// `&mut` parameters.
    mutable_params: BTreeMap<Var, usize>,
    /// Parameters with a cotangent slot.
    with_slot: BTreeSet<Var>,
    /// Variables of `Option` or `Result` whose zero cotangent is `None`.
    lazy: BTreeSet<Var>,
}

impl<'a> Reverse<'a> {
    fn new(
        func: &Func,
        act: &'a Activity,
        sites: &'a Sites,
        flow: &'a Flow,
        undo: &'a BTreeSet<usize>,
        undo_for: &'a Readers,
    ) -> Self {
        let mut mutable_params = BTreeMap::new();
        for var in &func.params {
            if let VarKind::Param {
                index,
                passing: Passing::RefMut,
            } = func.vars[var.0 as usize].kind
            {
                mutable_params.insert(*var, index);
            }
        }
        Reverse {
            vars: Vars(func.vars.clone()),
            act,
            sites,
            flow,
            undo,
            undo_for,
            callee_reads: Vec::new(),
            asking: BTreeSet::new(),
            adj: BTreeMap::new(),
            primal: BTreeMap::new(),
            user_vars: u32::try_from(func.vars.len()).expect("fewer than 2^32 variables"),
            bound_forward: BTreeSet::new(),
            memory_reads: Vec::new(),
            shape_reads: Vec::new(),
            forced_undo: BTreeSet::new(),
            disturbed: BTreeSet::new(),
            mutable_params,
            with_slot: BTreeSet::new(),
            lazy: lazy::lazy(func),
        }
    }

    fn function(&mut self, func: &Func, sig: &Signature) -> Adjoint {
        let mut slots = Vec::new();
        for (param, var) in sig.params.iter().zip(&func.params) {
            if param.active {
                self.with_slot.insert(*var);
                slots.push(Some(self.adj_var(*var)));
            } else {
                slots.push(None);
            }
        }
        let span = func
            .params
            .first()
            .map_or_else(proc_macro2::Span::call_site, |v| self.vars.info(*v).span);
        let mut seed = None;
        if func.result.is_some() {
            let of = Passing::Value;
            let ty = tangent_ty(&sig.output.ty);
            let kind = VarKind::Slot {
                index: usize::MAX,
                of,
            };
            seed = Some(self.vars.fresh("seed", kind, ty, span));
        }
        let (forward, reverse, frame) = self.top(func, seed);
        Adjoint {
            vars: std::mem::take(&mut self.vars.0),
            params: func.params.clone(),
            forward,
            reverse,
            frame,
            result: func.result.clone(),
            slots,
            seed,
            rereads: BTreeSet::new(),
            primal: std::mem::take(&mut self.primal),
        }
    }

    /// The overwrites of memories that the reverse sweep reads again with an
    /// older value.
    fn required_undos(&self) -> BTreeSet<usize> {
        let outside = At {
            position: 0,
            loops: BTreeSet::new(),
        };
        let mut undo = self.forced_undo.clone();
        let values = self
            .memory_reads
            .iter()
            .map(|read| (read, &self.flow.writes));
        let shapes = self
            .shape_reads
            .iter()
            .map(|read| (read, &self.flow.reshapes));
        for ((memory, read), writes) in values.chain(shapes) {
            let declared = self.flow.declared.get(memory).unwrap_or(&outside);
            for write in writes.get(memory).into_iter().flatten() {
                if read.can_precede(write, declared) {
                    undo.insert(write.position);
                }
            }
        }
        for (write, _) in self.overwritten_for_callees() {
            if !self.asking.contains(&write.position) {
                undo.insert(write.position);
            }
        }
        undo
    }

    /// The callees for which calls must undo what they overwrite.
    fn required_by_callees(&self) -> Readers {
        let mut readers = Readers::new();
        for (write, reader) in self.overwritten_for_callees() {
            let known = readers.entry(write.position).or_default();
            if self.asking.contains(&write.position) && !known.contains(reader) {
                known.push(reader.clone());
            }
        }
        readers
    }

    /// The overwrites of memories that a callee may read again with an older value.
    fn overwritten_for_callees(&self) -> impl Iterator<Item = (&At, &Reader)> {
        self.callee_reads.iter().flat_map(|(memory, read, reader)| {
            let writes = self.flow.writes.get(memory).into_iter().flatten();
            let declared = self.flow.declared.get(memory);
            let outside = At {
                position: 0,
                loops: BTreeSet::new(),
            };
            writes
                .filter(move |write| read.can_precede(write, declared.unwrap_or(&outside)))
                .map(move |write| (write, reader))
        })
    }

    /// `&mut` parameters that the reverse sweep changes back: after a call from
    /// outside they must hold their final values all the same.
    fn final_values(&self, func: &Func) -> (Vec<Stmt>, Vec<Stmt>) {
        let mut save = Vec::new();
        let mut restore = Vec::new();
        for var in func
            .params
            .iter()
            .filter(|v| self.mutable_params.contains_key(v))
        {
            let span = self.vars.info(*var).span;
            let mut writes = self.flow.writes.get(var).into_iter().flatten();
            if writes.any(|w| self.undo.contains(&w.position)) || self.disturbed.contains(var) {
                save.push(Stmt {
                    kind: StmtKind::SaveFinal(*var),
                    span,
                });
                restore.push(Stmt {
                    kind: StmtKind::RestoreFinal(*var),
                    span,
                });
            }
        }
        (save, restore)
    }

    fn is_active(&self, var: Var) -> bool {
        self.act.contains_key(&var)
    }

    fn adj_var(&mut self, var: Var) -> Var {
        if let Some(adj) = self.adj.get(&var) {
            return *adj;
        }
        let info = self.vars.info(var).clone();
        let kind = match info.kind {
            VarKind::Param { index, passing } if self.with_slot.contains(&var) => {
                VarKind::Slot { index, of: passing }
            }
            _ => VarKind::Memory,
        };
        let ty = match (tangent_ty(&info.ty), &kind) {
            // The owned cotangent of a slice is a vector.
            (Ty::Slice(t), VarKind::Memory) => Ty::Vec(t),
            (ty, _) => ty,
        };
        let on_tape = info.on_tape.filter(|_| kind == VarKind::Memory);
        let adj = self
            .vars
            .fresh(&format!("{}_adj", info.name), kind, ty, info.span);
        self.vars.0[adj.0 as usize].on_tape = on_tape;
        self.adj.insert(var, adj);
        self.primal.insert(adj, var);
        adj
    }

    /// The cotangent's place of a place, if the place is active.
    fn adj_place(&mut self, place: &Place) -> Option<Place> {
        if !self.is_active(place.root) || !place.carries() {
            return None;
        }
        Some(super::build::at(place, self.adj_var(place.root)))
    }

    /// The zero that a cotangent variable starts from.
    fn zero_of(&self, var: Var) -> Op {
        match self.vars.info(var).ty {
            Ty::Float(_) => Op::Zero,
            _ if self.lazy.contains(&var) => Op::Use(lazy::none()),
            _ => Op::ZeroLike(root(var)),
        }
    }

    /// Whether the forward sweep binds a variable (parameters included).
    fn is_forward(&self, var: Var) -> bool {
        var.0 < self.user_vars || self.bound_forward.contains(&var)
    }
}

fn block_of(stmts: Vec<Stmt>) -> Block {
    Block(stmts)
}

#[cfg(test)]
mod tests;
