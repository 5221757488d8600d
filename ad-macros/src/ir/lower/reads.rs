//! Shares the reads of scalars: a memory that was not written since is not read
//! again, and what a loop does not write is read before it. The program between
//! two writes then has one variable for a value, with one cotangent.

use std::collections::{BTreeMap, BTreeSet};

use super::UNNAMED;
use crate::ir::types::is_scalar;
use crate::ir::visit::{
    all_block_stmts, all_block_vars_mut, block_bound, block_written_roots, written_roots,
};
use crate::ir::{Block, Func, Op, Operand, Passing, Place, Stmt, StmtKind, Var, VarInfo, VarKind};

/// The temporary that holds the present value of a memory.
type Known = BTreeMap<Var, Var>;

pub(super) fn share(func: &mut Func) {
    let Func {
        vars, params, body, ..
    } = func;
    let mut reads = Reads {
        vars,
        renamed: BTreeMap::new(),
    };
    let mut known = Known::new();
    let mut top = Vec::new();
    let used = reads.read_in(body);
    for param in params.iter().filter(|param| used.contains(param)) {
        let kind = &reads.vars[param.0 as usize].kind;
        if !matches!(
            kind,
            VarKind::Param {
                passing: Passing::RefMut,
                ..
            }
        ) {
            let span = reads.vars[param.0 as usize].span;
            top.push(reads.read(*param, span, &mut known));
        }
    }
    reads.block(body, &mut known);
    let renamed = std::mem::take(&mut reads.renamed);
    top.append(&mut body.0);
    body.0 = top;
    let rename = |v: &mut Var| {
        while let Some(new) = renamed.get(v) {
            *v = *new;
        }
    };
    all_block_vars_mut(body, &mut |v| rename(v));
    if let Some(Operand::Var(v)) = &mut func.result {
        rename(v);
    }
}

struct Reads<'a> {
    vars: &'a mut Vec<VarInfo>,
    /// Temporaries that are gone, and what they are now.
    renamed: BTreeMap<Var, Var>,
}

impl Reads<'_> {
    /// The scalar memory that an operation reads whole.
    fn scalar(&self, op: &Op) -> Option<Var> {
        match op {
            Op::Read(Place { root, proj }) if proj.is_empty() => {
                let info = &self.vars[root.0 as usize];
                (info.kind != VarKind::Temp && is_scalar(&info.ty)).then_some(*root)
            }
            _ => None,
        }
    }

    fn read_in(&self, block: &Block) -> BTreeSet<Var> {
        let mut read = BTreeSet::new();
        all_block_stmts(block, &mut |stmt| {
            if let StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op)) = &stmt.kind {
                read.extend(self.scalar(op));
            }
        });
        read
    }

    /// A new temporary for the value of a memory.
    fn read(&mut self, memory: Var, span: proc_macro2::Span, known: &mut Known) -> Stmt {
        let temp = Var(self.vars.len() as u32);
        let info = self.vars[memory.0 as usize].clone();
        self.vars.push(VarInfo {
            kind: VarKind::Temp,
            ..info
        });
        known.insert(memory, temp);
        Stmt {
            kind: StmtKind::Let(temp, Op::Read(Place::of(memory))),
            span,
        }
    }

    fn block(&mut self, block: &mut Block, known: &mut Known) {
        for mut stmt in std::mem::take(&mut block.0) {
            if let StmtKind::Let(temp, op) = &stmt.kind
                && let Some(memory) = self.scalar(op)
            {
                if let Some(same) = known.get(&memory) {
                    self.take_name(*same, *temp);
                    self.renamed.insert(*temp, *same);
                    continue;
                }
                known.insert(memory, *temp);
                if self.vars[temp.0 as usize].name == UNNAMED {
                    self.vars[temp.0 as usize].name = self.vars[memory.0 as usize].name.clone();
                }
                block.0.push(stmt);
                continue;
            }
            if let StmtKind::Declare(_, Some(op)) = &mut stmt.kind
                && let Some(memory) = self.scalar(op)
                && let Some(same) = known.get(&memory)
            {
                *op = Op::Use(Operand::Var(*same));
            }
            if matches!(stmt.kind, StmtKind::For(_) | StmtKind::Loop(_)) {
                self.hoist(&stmt, known, &mut block.0);
            }
            let written = written_roots(&stmt);
            match &mut stmt.kind {
                StmtKind::If(_, a, b) => {
                    self.block(a, &mut known.clone());
                    self.block(b, &mut known.clone());
                }
                StmtKind::For(l) => self.inner(&mut l.body, known, &written),
                StmtKind::Loop(l) => self.inner(&mut l.body, known, &written),
                StmtKind::Labeled(_, b) => self.inner(b, known, &written),
                _ => {}
            }
            known.retain(|memory, _| !written.contains(memory));
            self.forward(&stmt, known);
            block.0.push(stmt);
        }
    }

    /// A block that may run again after it has written.
    fn inner(&mut self, body: &mut Block, known: &Known, written: &BTreeSet<Var>) {
        let mut known = known.clone();
        known.retain(|memory, _| !written.contains(memory));
        self.block(body, &mut known);
    }

    /// Reads before a loop what the loop reads and does not write.
    fn hoist(&mut self, stmt: &Stmt, known: &mut Known, out: &mut Vec<Stmt>) {
        let (StmtKind::For(_) | StmtKind::Loop(_)) = &stmt.kind else {
            return;
        };
        let mut body = Block::default();
        crate::ir::visit::stmt_blocks(stmt, &mut |b| body.0.extend(b.0.iter().cloned()));
        let (written, bound) = (block_written_roots(&body), block_bound(&body));
        for memory in self.read_in(&body) {
            let outer = !written.contains(&memory) && !bound.contains(&memory);
            if outer && !known.contains_key(&memory) {
                out.push(self.read(memory, stmt.span, known));
            }
        }
    }

    /// A memory that was just given the value of a temporary holds it.
    fn forward(&mut self, stmt: &Stmt, known: &mut Known) {
        let (memory, temp) = match &stmt.kind {
            StmtKind::Store(place, Operand::Var(v)) if place.proj.is_empty() => (place.root, *v),
            StmtKind::Declare(memory, Some(Op::Use(Operand::Var(v)))) => (*memory, *v),
            _ => return,
        };
        if is_scalar(&self.vars[memory.0 as usize].ty) {
            known.insert(memory, temp);
        }
    }

    /// A temporary that the user did not name takes the name of one that is gone.
    fn take_name(&mut self, kept: Var, gone: Var) {
        if self.vars[kept.0 as usize].name == UNNAMED {
            self.vars[kept.0 as usize].name = self.vars[gone.0 as usize].name.clone();
        }
    }
}
