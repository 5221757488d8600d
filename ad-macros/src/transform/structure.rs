//! Removes `break`, `continue` and `return`: afterwards control leaves every
//! block at its end, as the reverse sweep needs it.
//!
//! What follows an `if` with an arm that leaves goes into the other arm; nothing
//! is duplicated. Only where both arms may go on, a flag says whether control
//! has left, and the rest stands under a test of it.

use std::collections::BTreeSet;

use proc_macro2::Span;

use super::unroll_for;
use crate::analysis::initial::initial;
use crate::ir::types::is_scalar;
use crate::ir::visit::{Access, Part, all_block_stmts, stmt_blocks_mut, stmt_parts};
use crate::ir::{
    Adjoint, Block, Exit, Func, Label, Loop, Op, Operand, Place, Stmt, StmtKind, Ty, Var, VarInfo,
    VarKind,
};

/// The function without exits and labels.
pub fn structure(mut func: Func) -> Func {
    let body = std::mem::take(&mut func.body);
    let mut structure = Structure {
        vars: func.vars,
        scopes: Vec::new(),
        flags: BTreeSet::new(),
    };
    let (body, _) = structure.seq(body.0);
    func.vars = std::mem::take(&mut structure.vars);
    func.body = Block(body);
    drop_unread(&structure.flags, &mut func.body);
    placeholders(&func.vars, &mut func.body);
    func
}

/// How control arrives at the end of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Falls,
    /// Some paths have left.
    MayLeave,
    Leaves,
}

/// A loop or labelled block around the code at hand.
struct Scope {
    label: Label,
    /// Set when control leaves the block before its end.
    left: Var,
    /// Of a loop that may be left: whether it runs again, and what decides that
    /// where control arrives at the end.
    again: Option<(Var, Operand)>,
}

struct Structure {
    vars: Vec<VarInfo>,
    scopes: Vec<Scope>,
    /// The `left` of every scope.
    flags: BTreeSet<Var>,
}

impl Structure {
    fn seq(&mut self, stmts: Vec<Stmt>) -> (Vec<Stmt>, End) {
        let mut out = Vec::new();
        let mut rest = stmts.into_iter();
        while let Some(stmt) = rest.next() {
            let span = stmt.span;
            match stmt.kind {
                StmtKind::Exit(exit) => {
                    self.exit(exit, span, &mut out);
                    return (out, End::Leaves);
                }
                StmtKind::If(c, mut a, mut b) => {
                    if is_one_store(rest.as_slice()) && (has_exit(&a) || has_exit(&b)) {
                        // It costs less twice than a flag.
                        a.0.extend(rest.as_slice().iter().cloned());
                        let again = rest.by_ref().filter(|stmt| !self.repeats(stmt, &c));
                        b.0.extend(again);
                    }
                    let (mut a, a_end) = self.seq(a.0);
                    let (mut b, b_end) = self.seq(b.0);
                    let end = match (a_end, b_end) {
                        (End::Falls, End::Falls) => None,
                        (End::Leaves, End::Leaves) => Some(End::Leaves),
                        (End::Leaves, _) => {
                            Some(self.rest(&mut b, b_end, rest.by_ref().collect(), span))
                        }
                        (_, End::Leaves) => {
                            Some(self.rest(&mut a, a_end, rest.by_ref().collect(), span))
                        }
                        _ => {
                            out.push(Stmt {
                                kind: StmtKind::If(c, Block(a), Block(b)),
                                span,
                            });
                            let end = self.rest(&mut out, End::MayLeave, rest.collect(), span);
                            return (out, end);
                        }
                    };
                    out.push(Stmt {
                        kind: StmtKind::If(c, Block(a), Block(b)),
                        span,
                    });
                    match end {
                        None => {}
                        // One arm has left in any case.
                        Some(End::Falls) => return (out, End::MayLeave),
                        Some(end) => return (out, end),
                    }
                }
                StmtKind::Labeled(label, block) => {
                    let outward = leads_out(&block, label);
                    let left = self.left();
                    self.scopes.push(Scope {
                        label,
                        left,
                        again: None,
                    });
                    let (block, _) = self.seq(block.0);
                    self.scopes.pop();
                    out.push(declare(left, span));
                    out.extend(block);
                    if outward {
                        let end = self.rest(&mut out, End::MayLeave, rest.collect(), span);
                        return (out, end);
                    }
                }
                StmtKind::For(mut l) => {
                    let label = l.label.take();
                    let leaves = label
                        .is_some_and(|label| breaks(&l.body, label) || leads_out(&l.body, label))
                        || label.is_none() && has_exit(&l.body);
                    if let (true, Some(label)) = (leaves, label) {
                        // A counted loop that is left early counts by itself.
                        let stmts = unroll_for::unroll(&mut self.vars, *l, label, span);
                        let stmts = stmts.into_iter().chain(rest).collect();
                        let (stmts, end) = self.seq(stmts);
                        out.extend(stmts);
                        return (out, end);
                    }
                    let left = self.left();
                    let label = label.unwrap_or(Label(u32::MAX));
                    self.scopes.push(Scope {
                        label,
                        left,
                        again: None,
                    });
                    let (body, _) = self.seq(std::mem::take(&mut l.body).0);
                    self.scopes.pop();
                    l.body.0 = std::iter::once(declare(left, span)).chain(body).collect();
                    out.push(Stmt {
                        kind: StmtKind::For(l),
                        span,
                    });
                }
                StmtKind::Loop(l) => {
                    let outward = l.label.is_none_or(|label| leads_out(&l.body, label));
                    let l = self.loop_(*l, span);
                    out.push(Stmt {
                        kind: StmtKind::Loop(Box::new(l)),
                        span,
                    });
                    if outward {
                        let end = self.rest(&mut out, End::MayLeave, rest.collect(), span);
                        return (out, end);
                    }
                }
                _ => out.push(stmt),
            }
        }
        (out, End::Falls)
    }

    fn loop_(&mut self, l: Loop, span: Span) -> Loop {
        let Loop {
            label,
            body,
            again,
            trips,
        } = l;
        let Some(label) = label else {
            let (body, _) = self.seq(body.0);
            return Loop {
                label: None,
                body: Block(body),
                again,
                trips,
            };
        };
        let left = self.left();
        if !breaks(&body, label) && !leads_out(&body, label) {
            self.scopes.push(Scope {
                label,
                left,
                again: None,
            });
            let (stmts, _) = self.seq(body.0);
            self.scopes.pop();
            let body = Block(std::iter::once(declare(left, span)).chain(stmts).collect());
            return Loop {
                label: None,
                body,
                again,
                trips,
            };
        }
        // Whoever leaves the body early leaves `go` false.
        let mut body = body.0;
        let go = fresh(&mut self.vars, "go", VarKind::Memory, Ty::Bool);
        body.push(store(go, again.clone(), span));
        self.scopes.push(Scope {
            label,
            left,
            again: Some((go, again)),
        });
        let (stmts, _) = self.seq(body);
        self.scopes.pop();
        let (read, again) = self.read(go, span);
        let mut body = vec![declare(left, span), declare(go, span)];
        body.extend(stmts);
        body.push(read);
        Loop {
            label: None,
            body: Block(body),
            again,
            trips,
        }
    }

    /// Appends what follows to a block that control may have left.
    fn rest(&mut self, out: &mut Vec<Stmt>, so_far: End, rest: Vec<Stmt>, span: Span) -> End {
        let (rest, end) = self.seq(rest);
        let flag = match (so_far, self.scopes.last()) {
            (End::MayLeave, Some(scope)) if !rest.is_empty() => scope.left,
            _ => {
                out.extend(rest);
                return if so_far == End::Falls { end } else { so_far };
            }
        };
        let (read, left) = self.read(flag, span);
        out.push(read);
        out.push(Stmt {
            kind: StmtKind::If(left, Block::default(), Block(rest)),
            span,
        });
        if end == End::Leaves {
            End::Leaves
        } else {
            End::MayLeave
        }
    }

    /// Whether a statement gives the loop's flag, which is false, the value of a
    /// condition that is false here.
    fn repeats(&self, stmt: &Stmt, condition: &Operand) -> bool {
        let go = self
            .scopes
            .last()
            .and_then(|scope| scope.again.as_ref())
            .map(|(go, _)| *go);
        match (&stmt.kind, condition) {
            (StmtKind::Store(p, Operand::Var(v)), Operand::Var(c)) => v == c && go == Some(p.root),
            _ => false,
        }
    }

    fn exit(&mut self, exit: Exit, span: Span, out: &mut Vec<Stmt>) {
        let (Exit::Break(target) | Exit::Continue(target)) = exit;
        for scope in self.scopes.iter().rev() {
            out.push(store(scope.left, truth(true, span), span));
            if scope.label == target {
                if let (Exit::Continue(_), Some((go, again))) = (exit, &scope.again) {
                    out.push(store(*go, again.clone(), span));
                }
                return;
            }
        }
    }

    fn left(&mut self) -> Var {
        let flag = fresh(&mut self.vars, "left", VarKind::Memory, Ty::Bool);
        self.flags.insert(flag);
        flag
    }

    fn read(&mut self, memory: Var, span: Span) -> (Stmt, Operand) {
        let name = self.vars[memory.0 as usize].name.clone();
        let temp = fresh(&mut self.vars, &name, VarKind::Temp, Ty::Bool);
        let kind = StmtKind::Let(temp, Op::Read(Place::of(memory)));
        (Stmt { kind, span }, Operand::Var(temp))
    }
}

/// A new variable of the compiler's own.
pub(super) fn fresh(vars: &mut Vec<VarInfo>, name: &str, kind: VarKind, ty: Ty) -> Var {
    let var = Var(vars.len() as u32);
    vars.push(VarInfo {
        name: name.to_string(),
        kind,
        ty,
        span: Span::call_site(),
        on_tape: None,
        function: None,
        by_reference: [false; 2],
    });
    var
}

fn truth(value: bool, span: Span) -> Operand {
    Operand::Lit(syn::Lit::Bool(syn::LitBool::new(value, span)))
}

/// A flag, false at first.
fn declare(flag: Var, span: Span) -> Stmt {
    Stmt {
        kind: StmtKind::Declare(flag, Some(Op::Use(truth(false, span)))),
        span,
    }
}

fn store(flag: Var, value: Operand, span: Span) -> Stmt {
    Stmt {
        kind: StmtKind::Store(Place::of(flag), value),
        span,
    }
}

fn is_one_store(stmts: &[Stmt]) -> bool {
    matches!(
        stmts,
        [Stmt {
            kind: StmtKind::Store(..),
            ..
        }]
    )
}

fn exits(block: &Block) -> Vec<Exit> {
    let mut found = Vec::new();
    all_block_stmts(block, &mut |stmt| {
        if let StmtKind::Exit(exit) = &stmt.kind {
            found.push(*exit);
        }
    });
    found
}

fn has_exit(block: &Block) -> bool {
    !exits(block).is_empty()
}

fn breaks(block: &Block, label: Label) -> bool {
    exits(block).contains(&Exit::Break(label))
}

/// Whether an exit leads further out than the block with this label.
fn leads_out(block: &Block, label: Label) -> bool {
    let mut inside = BTreeSet::from([label]);
    all_block_stmts(block, &mut |stmt| match &stmt.kind {
        StmtKind::Labeled(label, _) => {
            inside.insert(*label);
        }
        StmtKind::For(l) => inside.extend(l.label),
        StmtKind::Loop(l) => inside.extend(l.label),
        _ => {}
    });
    exits(block).iter().any(|exit| {
        let (Exit::Break(target) | Exit::Continue(target)) = exit;
        !inside.contains(target)
    })
}

/// Flags that nothing tests go, with all that sets them.
fn drop_unread(flags: &BTreeSet<Var>, body: &mut Block) {
    let mut unread = flags.clone();
    all_block_stmts(body, &mut |stmt| {
        stmt_parts(stmt, &mut |part| {
            if let Part::Place(p, Access::Read) = part {
                unread.remove(&p.root);
            }
        });
    });
    fn sweep(block: &mut Block, gone: &BTreeSet<Var>) {
        block.0.retain(|stmt| match &stmt.kind {
            StmtKind::Declare(v, _) => !gone.contains(v),
            StmtKind::Store(p, _) => !gone.contains(&p.root),
            _ => true,
        });
        for stmt in &mut block.0 {
            stmt_blocks_mut(stmt, &mut |b| sweep(b, gone));
        }
    }
    sweep(body, &unread);
}

/// Gives a value to memories that rustc cannot see to be assigned before they
/// are read, now that flags stand for control flow. An overwrite of anything but
/// a scalar may also have to read the old value, to keep it.
fn placeholders(vars: &[VarInfo], body: &mut Block) {
    let mut needed = initial(body).unclear;
    needed.retain(|v| !is_scalar(&vars[v.0 as usize].ty));
    assigned(body, &mut BTreeSet::new(), &mut needed);
    fill(body, &needed);
}

/// The same for what the forward sweep hands to the reverse sweep: a memory that a
/// path leaves without a value is handed on all the same.
pub fn placeholders_of_kept(adjoint: &mut Adjoint) {
    let (mut open, mut needed) = (BTreeSet::new(), BTreeSet::new());
    assigned(&adjoint.forward, &mut open, &mut needed);
    needed.extend(adjoint.frame.iter().filter(|v| open.contains(v)));
    fill(&mut adjoint.forward, &needed);
}

fn fill(block: &mut Block, needed: &BTreeSet<Var>) {
    for stmt in &mut block.0 {
        if let StmtKind::Declare(v, value @ None) = &mut stmt.kind
            && needed.contains(v)
        {
            *value = Some(Op::Placeholder);
        }
        stmt_blocks_mut(stmt, &mut |b| fill(b, needed));
    }
}

/// Follows rustc's analysis: `open` holds the memories that may be unassigned.
fn assigned(block: &Block, open: &mut BTreeSet<Var>, needed: &mut BTreeSet<Var>) {
    for stmt in &block.0 {
        match &stmt.kind {
            StmtKind::Declare(v, None) => {
                open.insert(*v);
            }
            StmtKind::If(_, a, b) => {
                let mut other = open.clone();
                assigned(a, open, needed);
                assigned(b, &mut other, needed);
                open.append(&mut other);
            }
            StmtKind::For(l) => assigned(&l.body, &mut open.clone(), needed),
            StmtKind::Checkpointed(c) => {
                assigned(&c.keep, &mut open.clone(), needed);
                assigned(&c.forward, &mut open.clone(), needed);
            }
            StmtKind::Loop(l) => {
                assigned(&l.body, open, needed);
                if matches!(&l.again, Operand::Lit(syn::Lit::Bool(b)) if b.value) {
                    open.clear();
                }
            }
            StmtKind::Effect(e) if e.diverges() => open.clear(),
            _ => stmt_parts(stmt, &mut |part| match part {
                Part::Place(p, Access::Write) if p.proj.is_empty() => {
                    open.remove(&p.root);
                }
                Part::Place(Place { root: v, .. }, _) | Part::Name(v) if open.contains(v) => {
                    needed.insert(*v);
                }
                _ => {}
            }),
        }
    }
}

#[cfg(test)]
#[path = "structure_tests.rs"]
mod tests;
