//! The two sweeps of a call.

use super::Reverse;
use crate::analysis::activity::{of_call, of_operand};
use crate::analysis::flow::At;
use crate::ir::overlap::disjoint;
use crate::ir::{
    ActSet, Arg, Block, Call, CallReverse, Callee, Op, Operand, Place, Reader, Restore, Stmt,
    StmtKind, Ty, Var, VarKind, Wish,
};
use crate::rules;
use crate::transform::build::{Code, at as place_at, index, root, tangent_ty};

impl Reverse<'_> {
    pub fn call(&mut self, stmt: &Stmt, var: Var, call: &Call, at: &At) -> (Vec<Stmt>, Vec<Stmt>) {
        if of_call(self.act, call).0.is_empty() {
            return self.inactive_call(stmt, call, at);
        }
        let span = stmt.span;
        let mut before = Vec::new();
        let mut after = Vec::new();
        let mut slots = Vec::new();
        let mut restore = Vec::new();
        let mut taken: Vec<Place> = Vec::new();
        for arg in &call.args {
            let (set, slot) = self.slot(arg, &mut taken, &mut before, &mut after, span);
            slots.push((set, slot));
            restore.push(self.restore(arg, at));
            // The callee reads it again, as it is after the call.
            if let Arg::Ref(place) = arg {
                self.memory_reads.push((place.root, at.clone()));
            }
            if let Arg::RefMut(place) = arg {
                self.disturbed.insert(place.root);
                match &call.callee {
                    Callee::Function(callee) => {
                        let reader = Reader {
                            callee: callee.clone(),
                            param: slots.len() - 1,
                        };
                        self.callee_reads.push((place.root, at.clone(), reader));
                    }
                    _ => self.memory_reads.push((place.root, at.clone())),
                }
            }
        }
        self.asking.insert(at.position);
        // The result's cotangent is declared even where nothing feeds it.
        let seed = root(self.adj_var(var));
        let op = Op::CallForward(call.clone(), restore.clone());
        let forward = match stmt.kind {
            StmtKind::Declare(..) => StmtKind::Declare(var, Some(op)),
            _ => StmtKind::Let(var, op),
        };
        let reverse = CallReverse {
            call: call.clone(),
            slots,
            result: call
                .callee
                .of_type()
                .filter(|name| rules::takes_result(&name.to_string()))
                .map(|_| Operand::Var(var)),
            seed,
            restore,
            tangents: None,
        };
        before.push(Stmt {
            kind: StmtKind::CallReverse(Box::new(reverse)),
            span,
        });
        before.extend(after);
        (
            vec![Stmt {
                kind: forward,
                span,
            }],
            before,
        )
    }

    /// Where the cotangent of an argument is added. An argument that may overlap
    /// with an earlier one gets a memory of its own, which is added afterwards;
    /// a `&mut` one, whose slot brings a cotangent in, never overlaps.
    fn slot(
        &mut self,
        arg: &Arg,
        taken: &mut Vec<Place>,
        before: &mut Vec<Stmt>,
        after: &mut Vec<Stmt>,
        span: proc_macro2::Span,
    ) -> (ActSet, Option<Place>) {
        let (set, value, adj) = match arg {
            Arg::Value(Operand::Var(v)) if self.is_active(*v) => (
                of_operand(self.act, &Operand::Var(*v)),
                root(*v),
                root(self.adj_var(*v)),
            ),
            Arg::Ref(place) | Arg::RefMut(place) if self.is_active(place.root) => {
                let set = self.act[&place.root].clone();
                let adj = place_at(place, self.adj_var(place.root));
                (set, place.clone(), adj)
            }
            _ => return (ActSet::default(), None),
        };
        if matches!(arg, Arg::RefMut(_)) || taken.iter().all(|other| disjoint(other, &adj)) {
            taken.push(adj.clone());
            return (set, Some(adj));
        }
        let ty = match tangent_ty(&self.vars.place_ty(&value)) {
            Ty::Slice(t) => Ty::Vec(t),
            ty => ty,
        };
        let own = self.vars.fresh("again_adj", VarKind::Memory, ty, span);
        before.push(Stmt {
            kind: StmtKind::Declare(own, Some(Op::ZeroLike(value.clone()))),
            span,
        });
        after.extend(self.at_slot(&adj.clone(), span, |this| {
            let mut code = Code::new(&mut this.vars, span);
            code.add_place(&adj, &root(own));
            code.stmts
        }));
        (set, Some(root(own)))
    }

    fn restore(&self, arg: &Arg, at: &At) -> Restore {
        let none = |wish| Restore {
            wish,
            readers: Vec::new(),
        };
        let Arg::RefMut(place) = arg else {
            return none(Wish::No);
        };
        if self.undo.contains(&at.position) {
            return none(Wish::Yes);
        }
        let param = self.mutable_params.get(&place.root);
        Restore {
            wish: param.map_or(Wish::No, |p| Wish::AsParam(*p)),
            readers: self.undo_for.get(&at.position).cloned().unwrap_or_default(),
        }
    }

    /// A call that nothing active reaches is the user's own call. What it
    /// overwrites is kept whole where the reverse sweep needs it back.
    fn inactive_call(&mut self, stmt: &Stmt, call: &Call, at: &At) -> (Vec<Stmt>, Vec<Stmt>) {
        let span = stmt.span;
        let mut forward = Vec::new();
        // One entry an argument.
        let mut reverse: Vec<Vec<Stmt>> = Vec::new();
        for arg in &call.args {
            let Arg::RefMut(place) = arg else { continue };
            let own = self.undo.contains(&at.position);
            let param = self.mutable_params.get(&place.root).copied();
            if !own && param.is_none() {
                continue;
            }
            let (keep, put_back) = self.keep_whole(place, span);
            match param.filter(|_| !own) {
                None => {
                    forward.extend(keep);
                    reverse.push(put_back);
                }
                Some(param) => {
                    forward.push(Stmt {
                        kind: StmtKind::IfRestore(param, Block(keep)),
                        span,
                    });
                    reverse.push(vec![Stmt {
                        kind: StmtKind::IfRestore(param, Block(put_back)),
                        span,
                    }]);
                }
            }
        }
        forward.push(stmt.clone());
        // Later kept values lie on top of earlier ones.
        (forward, reverse.into_iter().rev().flatten().collect())
    }

    /// Pushes a copy of a place; pops it and puts it back.
    pub(super) fn keep_whole(
        &mut self,
        place: &Place,
        span: proc_macro2::Span,
    ) -> (Vec<Stmt>, Vec<Stmt>) {
        // A function without a derivative may have made a list of others longer.
        let (by_element, ty, op) = match self.vars.place_ty(place) {
            Ty::Slice(t) => (true, Ty::Vec(t), Op::ToVec(place.clone())),
            Ty::Vec(t) if matches!(*t, Ty::Float(_)) => {
                (true, Ty::Vec(t), Op::ToVec(place.clone()))
            }
            ty => (false, ty, Op::Read(place.clone())),
        };
        let old = self.vars.fresh("old", VarKind::Temp, ty, span);
        let keep = vec![
            Stmt {
                kind: StmtKind::Let(old, op),
                span,
            },
            Stmt {
                kind: StmtKind::Push(vec![old]),
                span,
            },
        ];
        let mut code = Code::new(&mut self.vars, span);
        code.stmt(StmtKind::Pop(vec![old]));
        if by_element {
            code.for_each(&root(old), |code, k| {
                let value = code.read(index(&root(old), k.clone()));
                code.stmt(StmtKind::Store(index(place, k), value));
            });
        } else {
            code.stmt(StmtKind::Store(place.clone(), Operand::Var(old)));
        }
        (keep, code.stmts)
    }
}
