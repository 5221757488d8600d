//! Memories of which a block reads only what it has written itself: nothing flows into
//! the block through them, neither a value nor, backward, a cotangent.
//!
//! A memory is overwritten by a store to the whole of it, by a loop over all its
//! elements whose iterations begin with a store to their own, or by a callee that
//! does either of these.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;

use super::flow::{Flow, flow};
use crate::ir::visit::{Access, all_block_stmts, all_stmts, stmt_parts, stmt_places};
use crate::ir::{
    Arg, Block, Call, Callee, For, Func, Op, Operand, Place, Proj, Stmt, StmtKind, Ty, Var,
    VarKind, visit::Part,
};

/// A callee and one of its parameters, which it must overwrite first: only its own
/// macro knows whether it does.
pub type Given = (syn::ExprPath, usize);

/// What a function tells about lengths and about where memories change.
pub struct Overwrites<'a> {
    func: &'a Func,
    flow: Flow,
    /// What each temporary is bound to, each memory declared with.
    defs: BTreeMap<Var, &'a Op>,
    loops: BTreeMap<Var, &'a For>,
}

impl<'a> Overwrites<'a> {
    pub fn of(func: &'a Func) -> Self {
        let (mut defs, mut loops) = (BTreeMap::new(), BTreeMap::new());
        collect(&func.body, &mut |stmt| match &stmt.kind {
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
                defs.insert(*var, op);
            }
            StmtKind::For(l) => drop(loops.insert(l.index, &**l)),
            _ => {}
        });
        Overwrites {
            func,
            flow: flow(&func.vars, &func.body),
            defs,
            loops,
        }
    }

    /// Whether a memory keeps its length.
    pub fn keeps_length(&self, memory: Var) -> bool {
        !self.flow.reshapes.contains_key(&memory)
    }

    /// What must hold of callees so that no iteration of a loop, which is known by its
    /// counter, reads of a memory what it has not written itself. Absent: one may. A length
    /// that changes is carried from iteration to iteration, whatever the elements are.
    pub fn by_iterations(&self, counter: Var, memory: Var) -> Option<Vec<Given>> {
        if !self.keeps_length(memory) {
            return None;
        }
        let done = self.block(&self.loops.get(&counter)?.body, memory)?;
        Some(done.given)
    }

    /// Whether the function overwrites a `&mut` parameter before it reads it,
    /// whatever its callees do.
    pub fn by_function(&self, param: Var) -> bool {
        let done = self.block(&self.func.body, param);
        self.keeps_length(param) && done.is_some_and(|done| done.whole && done.given.is_empty())
    }

    /// Absent: something is read that the block has not written.
    fn block(&self, block: &Block, memory: Var) -> Option<Done> {
        let mut done = Done::default();
        for stmt in block.0.iter().filter(|stmt| touches(stmt, memory)) {
            let more = self.stmt(stmt, memory)?;
            done.given.extend(more.given);
            done.whole = more.whole;
            if done.whole {
                break;
            }
        }
        Some(done)
    }

    fn stmt(&self, stmt: &Stmt, memory: Var) -> Option<Done> {
        let whole = Done {
            whole: true,
            given: Vec::new(),
        };
        match &stmt.kind {
            StmtKind::Store(place, _) => {
                let all = place.root == memory && place.proj.is_empty();
                (all && has_fixed_shape(&self.func.vars[memory.0 as usize].ty)).then_some(whole)
            }
            StmtKind::For(l) if self.is_over_all(l, memory) && writes_own_first(l, memory) => {
                Some(whole)
            }
            // It may not run at all.
            StmtKind::For(l) => Some(self.block(&l.body, memory)?.in_part()),
            StmtKind::Loop(l) => Some(self.block(&l.body, memory)?.in_part()),
            StmtKind::Let(_, Op::Call(call)) | StmtKind::Declare(_, Some(Op::Call(call))) => {
                let given = vec![handed_over(call, memory)?];
                Some(Done { given, ..whole })
            }
            StmtKind::If(_, a, b) => {
                let (mut a, b) = (self.block(a, memory)?, self.block(b, memory)?);
                a.whole &= b.whole;
                a.given.extend(b.given);
                Some(a)
            }
            _ => None,
        }
    }

    /// Whether a loop counts all elements of a memory.
    fn is_over_all(&self, l: &For, memory: Var) -> bool {
        let from_zero = self.extent(&l.lo) == Some(Extent::Number("0".to_owned()));
        let whole = Some(Extent::Length(memory));
        let to = self.extent(&l.hi);
        from_zero
            && !l.inclusive
            && self.keeps_length(memory)
            && to.is_some()
            && (to == whole || to == self.length(memory))
    }

    /// The length that a memory is declared with.
    fn length(&self, memory: Var) -> Option<Extent> {
        match self.defs.get(&memory)? {
            Op::VecRepeat(_, n) => self.extent(n),
            Op::Repeat(_, n) => Some(Extent::Number(n.to_token_stream().to_string())),
            Op::Array(list) | Op::VecOf(list) => Some(Extent::Number(list.len().to_string())),
            Op::ToVec(place) => self.length_of(place),
            _ => None,
        }
    }

    fn length_of(&self, place: &Place) -> Option<Extent> {
        let fixed = place.proj.is_empty() && self.keeps_length(place.root);
        fixed.then_some(Extent::Length(place.root))
    }

    fn extent(&self, operand: &Operand) -> Option<Extent> {
        match operand {
            Operand::Lit(syn::Lit::Int(n)) => Some(Extent::Number(n.base10_digits().to_owned())),
            Operand::Lit(_) => None,
            Operand::Const(e) => Some(Extent::Number(e.to_token_stream().to_string())),
            Operand::Var(var) => match self.defs.get(var) {
                Some(Op::Use(operand)) => self.extent(operand),
                Some(Op::Len(place)) => self.length_of(place).or(Some(Extent::Value(*var))),
                Some(Op::Read(place))
                    if place.proj.is_empty() && !self.flow.writes.contains_key(&place.root) =>
                {
                    Some(Extent::Value(place.root))
                }
                _ => Some(Extent::Value(*var)),
            },
        }
    }
}

/// What a block does with a memory of which it reads only what it has written.
#[derive(Default)]
struct Done {
    /// It writes all of it.
    whole: bool,
    given: Vec<Given>,
}

impl Done {
    fn in_part(self) -> Done {
        Done {
            whole: false,
            ..self
        }
    }
}

/// A number of elements: two that are equal here are equal at run time.
#[derive(PartialEq, Eq)]
enum Extent {
    /// A literal or constant.
    Number(String),
    /// Of a temporary, or of a memory that never changes.
    Value(Var),
    /// The length of a memory that keeps it.
    Length(Var),
}

fn collect<'a>(block: &'a Block, f: &mut dyn FnMut(&'a Stmt)) {
    for stmt in &block.0 {
        f(stmt);
        match &stmt.kind {
            StmtKind::If(_, a, b) => {
                collect(a, f);
                collect(b, f);
            }
            StmtKind::For(l) => collect(&l.body, f),
            StmtKind::Loop(l) => collect(&l.body, f),
            _ => {}
        }
    }
}

/// Whether another value of the type is written whole by a store.
fn has_fixed_shape(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int(_) | Ty::Bool | Ty::Unit => true,
        Ty::Array(t) => has_fixed_shape(t),
        Ty::Tuple(types) => types.iter().all(has_fixed_shape),
        Ty::Slice(_) | Ty::Vec(_) | Ty::Option(_) | Ty::Result(_) | Ty::Unknown => false,
    }
}

/// Whether a statement does anything with a memory but ask for its length.
fn touches(stmt: &Stmt, memory: Var) -> bool {
    let mut touches = false;
    all_stmts(stmt, &mut |s| {
        stmt_parts(s, &mut |part| {
            touches |= match part {
                Part::Place(place, access) => place.root == memory && access != Access::Shape,
                Part::Operand(Operand::Var(v)) | Part::Name(v) | Part::Bind(v) => *v == memory,
                Part::Operand(_) => false,
            };
        });
    });
    touches
}

/// Whether each iteration stores to its own element of a memory before anything
/// else, and touches no other one.
fn writes_own_first(l: &For, memory: Var) -> bool {
    let own = |place: &Place| matches!(place.proj.first(), Some(Proj::Index(Operand::Var(i))) if *i == l.index);
    let Some(first) = l.body.0.iter().find(|stmt| touches(stmt, memory)) else {
        return false;
    };
    let StmtKind::Store(place, _) = &first.kind else {
        return false;
    };
    let mut alone = place.root == memory && place.proj.len() == 1;
    all_block_stmts(&l.body, &mut |stmt| {
        stmt_places(stmt, &mut |place, access| {
            alone &= place.root != memory || access == Access::Shape || own(place);
        });
    });
    alone
}

/// The parameter of a free function that a memory is handed to as a whole.
fn handed_over(call: &Call, memory: Var) -> Option<Given> {
    let Callee::Function(path) = &call.callee else {
        return None;
    };
    let uses: BTreeSet<usize> = call
        .args
        .iter()
        .enumerate()
        .filter(|(_, arg)| match arg {
            Arg::Value(Operand::Var(v)) => *v == memory,
            Arg::Value(_) => false,
            Arg::Ref(place) | Arg::RefMut(place) => place.root == memory,
        })
        .map(|(k, _)| k)
        .collect();
    let k = *uses.first()?;
    match &call.args[k] {
        Arg::RefMut(place) if uses.len() == 1 && place.proj.is_empty() => Some((path.clone(), k)),
        _ => None,
    }
}

/// For each parameter of a function, whether it is a `&mut` that is overwritten before
/// it is read.
pub fn overwritten_params(func: &Func) -> Vec<bool> {
    let overwrites = Overwrites::of(func);
    let by_reference = |var: &Var| {
        let of = crate::ir::Passing::RefMut;
        matches!(func.vars[var.0 as usize].kind, VarKind::Param { passing, .. } if passing == of)
    };
    let params = func.params.iter();
    params
        .map(|var| by_reference(var) && overwrites.by_function(*var))
        .collect()
}

#[cfg(test)]
#[path = "overwrite_tests.rs"]
mod tests;
