//! The two sweeps of each kind of statement.

use std::collections::BTreeMap;

use super::Reverse;
use crate::analysis::flow::{At, size};
use crate::ir::types::element;
use crate::ir::{ActSet, BinOp, Block, Op, Operand, Place, Stmt, StmtKind, Ty, Var, VarKind};
use crate::transform::build::{Code, index, int, root, slot_may_be_empty, tangent_ty, usize_ident};

/// The forward and the reverse sweep of one statement.
pub type Sweeps = (Vec<Stmt>, Vec<Stmt>);

impl Reverse<'_> {
    /// `needed` tells which cotangents the statements after this one feed.
    pub fn stmt(&mut self, stmt: &Stmt, at: &At, needed: &BTreeMap<Var, usize>) -> Sweeps {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::Let(var, Op::Call(call)) | StmtKind::Declare(var, Some(Op::Call(call))) => {
                self.call(stmt, *var, call, at)
            }
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
                let fed = self
                    .adj
                    .get(var)
                    .is_some_and(|adj| needed.contains_key(adj));
                if let Op::Extreme(extreme) = op
                    && fed
                {
                    // Its weights are found by looking at the list again.
                    self.memory_reads.push((extreme.list.root, at.clone()));
                }
                let reverse = if fed {
                    self.value(*var, op, span)
                } else {
                    Vec::new()
                };
                (vec![stmt.clone()], reverse)
            }
            StmtKind::Store(place, value) => self.store(stmt, place, value, at),
            StmtKind::Update {
                place,
                negate,
                value,
            } => {
                let (mut forward, mut reverse) = self.undo(place, at, span);
                forward.push(stmt.clone());
                if let (Some(adj), true) = (self.adj_place(place), self.carries(value)) {
                    reverse.extend(self.at_slot(&adj, span, |this| {
                        let mut code = Code::new(&mut this.vars, span);
                        let seed = code.read(adj.clone());
                        let mut stmts = code.stmts;
                        stmts.extend(this.contribute(value, seed, *negate, span));
                        stmts
                    }));
                }
                (forward, reverse)
            }
            StmtKind::Swap(p, q) => self.swap(stmt, p, q, at),
            StmtKind::VecPush(place, value) => self.vec_push(stmt, place, value, at),
            StmtKind::VecTruncate(place) => self.vec_truncate(stmt, place, at),
            StmtKind::If(cond, a, b) => {
                let first = at.position + 1;
                let second = first + a.0.iter().map(size).sum::<usize>();
                let (forward_a, reverse_a) = self.nested(a, first, &at.loops);
                let (forward_b, reverse_b) = self.nested(b, second, &at.loops);
                let forward = StmtKind::If(cond.clone(), forward_a, forward_b);
                let reverse = if reverse_a.0.is_empty() && reverse_b.0.is_empty() {
                    Vec::new()
                } else {
                    vec![Stmt {
                        kind: StmtKind::If(cond.clone(), reverse_a, reverse_b),
                        span,
                    }]
                };
                (
                    vec![Stmt {
                        kind: forward,
                        span,
                    }],
                    reverse,
                )
            }
            StmtKind::For(l) => self.for_loop(l, at, span),
            StmtKind::Loop(l) => self.dynamic_loop(l, at, span),
            StmtKind::Declare(_, None) | StmtKind::Effect(_) => (vec![stmt.clone()], Vec::new()),
            _ => unreachable!("only the transforms write this statement"),
        }
    }

    /// A store that may change a length takes the cotangent away and leaves zeros
    /// in the shape of the old value, which it must put back for that.
    fn store(&mut self, stmt: &Stmt, place: &Place, value: &Operand, at: &At) -> Sweeps {
        let span = stmt.span;
        let adj = self.adj_place(place);
        let lazy = self.lazy.contains(&place.root);
        let may_reshape = match self.vars.place_ty(place) {
            Ty::Vec(_) | Ty::Unknown => true,
            Ty::Option(_) | Ty::Result(_) => !lazy,
            _ => false,
        };
        let reshapes = may_reshape && !self.flow.first_stores.contains(&at.position);
        if adj.is_some() && reshapes {
            self.forced_undo.insert(at.position);
        }
        let (mut forward, mut reverse) = self.undo(place, at, span);
        forward.push(stmt.clone());
        if let Some(adj) = adj {
            reverse.extend(self.at_slot(&adj, span, |this| {
                let ty = this.vars.place_ty(&adj);
                if reshapes && matches!(ty, Ty::Vec(_)) {
                    return this.exchange(place, adj.clone(), value, span);
                }
                let mut code = Code::new(&mut this.vars, span);
                let seed = code.bind("t", ty.clone(), Op::Take(adj.clone()));
                if lazy {
                    code.stmt(StmtKind::Store(adj.clone(), super::lazy::none()));
                } else if reshapes {
                    let zero = code.bind("zero", ty, Op::ZeroLike(place.clone()));
                    code.stmt(StmtKind::Store(adj.clone(), zero));
                }
                let mut stmts = code.stmts;
                stmts.extend(this.contribute(value, seed, false, span));
                stmts
            }));
        }
        (forward, reverse)
    }

    /// The cotangent of a vector is exchanged for zeros in the shape of the old
    /// value, and goes to the value that was stored.
    fn exchange(
        &mut self,
        place: &Place,
        adj: Place,
        value: &Operand,
        span: proc_macro2::Span,
    ) -> Vec<Stmt> {
        let ty = self.vars.place_ty(&adj);
        let to = match value {
            Operand::Var(v) if self.is_active(*v) => Some(root(self.adj_var(*v))),
            _ => None,
        };
        let mut code = Code::new(&mut self.vars, span);
        let own = code.vars.fresh("t", VarKind::Memory, ty, span);
        code.stmt(StmtKind::Declare(own, Some(Op::ZeroLike(place.clone()))));
        code.stmt(StmtKind::Swap(adj, root(own)));
        if let Some(to) = to {
            code.add_place(&to, &root(own));
        }
        code.stmts
    }

    /// Whether an operand has a cotangent to contribute to.
    pub fn carries(&self, operand: &Operand) -> bool {
        matches!(operand, Operand::Var(v) if self.is_active(*v))
    }

    /// Adds to the cotangent of an operand.
    pub fn contribute(
        &mut self,
        operand: &Operand,
        value: Operand,
        negate: bool,
        span: proc_macro2::Span,
    ) -> Vec<Stmt> {
        let Operand::Var(var) = operand else {
            return Vec::new();
        };
        if !self.is_active(*var) {
            return Vec::new();
        }
        let place = root(self.adj_var(*var));
        vec![Stmt {
            kind: StmtKind::Update {
                place,
                negate,
                value,
            },
            span,
        }]
    }

    /// Statements that touch a place of a cotangent, under the condition that
    /// the slot at its root is there, where it may be an empty slice.
    pub fn at_slot(
        &mut self,
        place: &Place,
        span: proc_macro2::Span,
        stmts: impl FnOnce(&mut Self) -> Vec<Stmt>,
    ) -> Vec<Stmt> {
        let stmts = stmts(self);
        match self.vars.info(place.root).kind {
            VarKind::Slot { index, .. } if slot_may_be_empty(&self.vars, place.root) => {
                let set = ActSet([index].into());
                vec![Stmt {
                    kind: StmtKind::IfActive(set, Block(stmts)),
                    span,
                }]
            }
            _ => stmts,
        }
    }

    /// What keeps the old value of a place before it is overwritten, and what
    /// puts it back. A `&mut` parameter that only the caller wants back is undone
    /// under [`StmtKind::IfRestore`].
    pub fn undo(&mut self, place: &Place, at: &At, span: proc_macro2::Span) -> Sweeps {
        let own = self.undo.contains(&at.position);
        let param = self.mutable_params.get(&place.root).copied();
        if !own && param.is_none() || self.flow.first_stores.contains(&at.position) {
            return (Vec::new(), Vec::new());
        }
        let ty = self.vars.place_ty(place);
        let old = self.vars.fresh("old", VarKind::Temp, ty, span);
        let keep = Stmt {
            kind: StmtKind::Let(old, Op::Read(place.clone())),
            span,
        };
        let put_back = Stmt {
            kind: StmtKind::Store(place.clone(), Operand::Var(old)),
            span,
        };
        let Some(param) = param.filter(|_| !own) else {
            self.bound_forward.insert(old);
            return (vec![keep], vec![put_back]);
        };
        let push = Stmt {
            kind: StmtKind::Push(vec![old]),
            span,
        };
        let pop = Stmt {
            kind: StmtKind::Pop(vec![old]),
            span,
        };
        let guarded = |stmts| Stmt {
            kind: StmtKind::IfRestore(param, Block(stmts)),
            span,
        };
        (
            vec![guarded(vec![keep, push])],
            vec![guarded(vec![pop, put_back])],
        )
    }

    /// A swap is its own inverse. To undo it brings back what was in both memories, so that
    /// both must hold it.
    fn swap(&mut self, stmt: &Stmt, p: &Place, q: &Place, at: &At) -> Sweeps {
        let span = stmt.span;
        let mut reverse = Vec::new();
        if self.undo.contains(&at.position) {
            reverse.push(stmt.clone());
        } else if let Some(param) = self.mutable_params.get(&p.root) {
            let kind = StmtKind::IfRestore(*param, Block(vec![stmt.clone()]));
            reverse.push(Stmt { kind, span });
        }
        if !reverse.is_empty() && p.root != q.root {
            self.memory_reads.push((p.root, at.clone()));
            self.memory_reads.push((q.root, at.clone()));
        }
        if let (Some(p), Some(q)) = (self.adj_place(p), self.adj_place(q)) {
            let kind = StmtKind::Swap(p.clone(), q);
            reverse.extend(self.at_slot(&p, span, |_| vec![Stmt { kind, span }]));
        }
        (vec![stmt.clone()], reverse)
    }

    fn vec_push(&mut self, stmt: &Stmt, place: &Place, value: &Operand, at: &At) -> Sweeps {
        let span = stmt.span;
        let mut reverse = Vec::new();
        let back = Stmt {
            kind: StmtKind::VecTruncate(place.clone()),
            span,
        };
        if self.undo.contains(&at.position) {
            reverse.push(back);
        } else if let Some(param) = self.mutable_params.get(&place.root) {
            let kind = StmtKind::IfRestore(*param, Block(vec![back]));
            reverse.push(Stmt { kind, span });
        }
        if let Some(adj) = self.adj_place(place) {
            let mut code = Code::new(&mut self.vars, span);
            let usize_ty = Ty::Int(Some(usize_ident(span)));
            let n = code.bind("n", usize_ty.clone(), Op::Len(adj.clone()));
            let last = code.bind("last", usize_ty, Op::Binary(BinOp::Sub, n, int(1)));
            let element = index(&adj, last);
            let ty = code.vars.place_ty(&element);
            let seed = code.bind("t", ty, Op::Take(element));
            code.stmt(StmtKind::VecTruncate(adj));
            reverse.extend(code.stmts);
            reverse.extend(self.contribute(value, seed, false, span));
        }
        (vec![stmt.clone()], reverse)
    }

    /// The last element comes back with its value, if that is read again, and with
    /// a cotangent of zero: nothing after the statement has used it.
    fn vec_truncate(&mut self, stmt: &Stmt, place: &Place, at: &At) -> Sweeps {
        let span = stmt.span;
        let adj = self.adj_place(place);
        let element = element(&self.vars.place_ty(place));
        let shaped = adj.is_some() && !matches!(element, Ty::Float(_));
        if shaped || self.mutable_params.contains_key(&place.root) {
            // The zero has the shape of the element, and the caller may read it again.
            self.forced_undo.insert(at.position);
        }
        let (mut forward, mut reverse) = (Vec::new(), Vec::new());
        let mut old = None;
        if self.undo.contains(&at.position) {
            let usize_ty = Ty::Int(Some(usize_ident(span)));
            let mut code = Code::new(&mut self.vars, span);
            let n = code.bind("n", usize_ty.clone(), Op::Len(place.clone()));
            let last = code.bind("last", usize_ty, Op::Binary(BinOp::Sub, n, int(1)));
            let value = code.bind("old", element.clone(), Op::Read(index(place, last)));
            forward = code.stmts;
            if let Operand::Var(var) = value {
                self.bound_forward.insert(var);
                old = Some(var);
            }
            reverse.push(Stmt {
                kind: StmtKind::VecPush(place.clone(), value),
                span,
            });
        }
        forward.push(stmt.clone());
        if let Some(adj) = adj {
            let mut code = Code::new(&mut self.vars, span);
            let zero = match old.filter(|_| shaped) {
                Some(old) => code.bind("zero", tangent_ty(&element), Op::ZeroLike(root(old))),
                None => code.bind("zero", element, Op::Zero),
            };
            code.stmt(StmtKind::VecPush(adj, zero));
            reverse.extend(code.stmts);
        }
        (forward, reverse)
    }
}
