//! Whether the iterations of a loop depend on each other, and if so where: in sums alone, or in
//! what one writes and another one reads or writes.

use std::collections::BTreeMap;

use proc_macro2::Span;

use crate::diag::Errors;
use crate::ir::visit::{Access, all_block_stmts, block_bound, stmt_places};
use crate::ir::{Effect, For, Func, Op, Operand, Place, Proj, Stmt, StmtKind, Var};

/// What an iteration does to a memory that it does not bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Read,
    /// Its length alone is looked at.
    Shape,
    /// Something is added or subtracted.
    Sum,
    Store,
    /// A cotangent is moved out.
    Take,
    /// Anything else that changes it.
    Change,
}

#[derive(Clone, Debug)]
pub struct Touch {
    pub how: How,
    pub place: Place,
    /// The element whose index is the loop's counter, and nothing else.
    pub own: bool,
    /// The place without its indices.
    pub form: String,
    pub span: Span,
}

/// What the body does to the memories around the loop, in the order of the text.
pub fn touches(l: &For) -> BTreeMap<Var, Vec<Touch>> {
    let mut bound = block_bound(&l.body);
    let mut windows = Vec::new();
    all_block_stmts(&l.body, &mut |stmt| {
        if let StmtKind::For(inner) = &stmt.kind {
            for window in &inner.windows {
                bound.insert(window.alias);
                bound.extend(block_bound(&window.start));
                windows.push((window.clone(), stmt.span));
            }
        }
    });
    let mut touches: BTreeMap<Var, Vec<Touch>> = BTreeMap::new();
    let mut touch = |place: &Place, how, span| {
        if !bound.contains(&place.root) && place.root != l.index {
            touches.entry(place.root).or_default().push(Touch {
                how,
                place: place.clone(),
                own: is_own(place, l.index),
                form: form(place),
                span,
            });
        }
    };
    all_block_stmts(&l.body, &mut |stmt| {
        stmt_places(stmt, &mut |place, access| {
            touch(place, how(stmt, access), stmt.span)
        });
    });
    // The part of a memory that an inner loop of the reverse sweep works on: what it changes
    // there is a sum, for it could not store there in the forward sweep.
    for (window, span) in windows {
        let how = if window.mutable { How::Sum } else { How::Read };
        touch(&window.place, how, span);
        for stmt in &window.start.0 {
            stmt_places(stmt, &mut |place, _| touch(place, How::Read, span));
        }
    }
    touches
}

fn how(stmt: &Stmt, access: Access) -> How {
    match (&stmt.kind, access) {
        (_, Access::Read) => How::Read,
        (_, Access::Shape) => How::Shape,
        (StmtKind::Update { .. }, _) => How::Sum,
        // What a callee is handed for a cotangent, it adds to.
        (StmtKind::CallReverse(_), _) => How::Sum,
        (StmtKind::Store(..), _) => How::Store,
        (StmtKind::Let(_, Op::Take(_)), _) => How::Take,
        _ => How::Change,
    }
}

fn is_own(place: &Place, counter: Var) -> bool {
    matches!(place.proj.as_slice(), [Proj::Index(Operand::Var(i))] if *i == counter)
}

/// Places of one form differ in their indices only. Empty: it has another kind of part.
fn form(place: &Place) -> String {
    let part = |proj: &Proj| match proj {
        Proj::Index(_) => Some("[]".to_owned()),
        Proj::Field(syn::Member::Named(name)) => Some(format!(".{name}")),
        Proj::Field(syn::Member::Unnamed(k)) => Some(format!(".{}", k.index)),
        _ => None,
    };
    let parts: Option<String> = place.proj.iter().map(part).collect();
    parts.map_or_else(String::new, |parts| format!("_{parts}"))
}

/// Two touches of one memory, of which the order would matter.
pub struct Conflict {
    pub memory: Var,
    pub first: Touch,
    pub second: Touch,
}

/// Where iterations add to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sums {
    /// To the memory itself, in their order: all places are of one form.
    InOrder,
    /// To a memory of the same shape, in any order.
    Apart,
}

/// The first conflict: each memory is only read, or only summed into, or touched by each
/// iteration at its own element alone.
pub fn conflict(touches: &BTreeMap<Var, Vec<Touch>>, sums: Sums) -> Option<Conflict> {
    for (memory, touches) in touches {
        let all: Vec<&Touch> = touches.iter().filter(|t| t.how != How::Shape).collect();
        let Some(first) = all.iter().find(|t| t.how != How::Read) else {
            continue;
        };
        let fits = |t: &&&Touch| match first.how {
            How::Sum => {
                let one_form = t.form == first.form && !t.form.is_empty();
                t.how == How::Sum && (sums == Sums::Apart || one_form)
            }
            How::Store | How::Take => t.own && (t.how == first.how || t.how == How::Read),
            _ => false,
        };
        if let Some(other) = all.iter().find(|t| !fits(t)) {
            // A write that conflicts with itself, in another iteration.
            return Some(Conflict {
                memory: *memory,
                first: (*first).clone(),
                second: (*other).clone(),
            });
        }
    }
    None
}

/// Refuses loops under `#[parallel]` whose iterations depend on each other.
pub fn refuse_dependent(func: &Func, errors: &mut Errors) {
    all_block_stmts(&func.body, &mut |stmt| {
        let StmtKind::For(l) = &stmt.kind else { return };
        if !l.parallel {
            return;
        }
        all_block_stmts(&l.body, &mut |stmt| {
            if let StmtKind::Effect(effect) = &stmt.kind
                && says_something(effect)
            {
                errors.push(
                    stmt.span,
                    "the iterations of a loop under `#[parallel]` run in any order, and so would this",
                    "keep what is to be said in a `Vec`, and say it after the loop",
                );
            }
        });
        let Some(Conflict {
            memory,
            first,
            second,
        }) = conflict(&touches(l), Sums::InOrder)
        else {
            return;
        };
        let name = &func.vars[memory.0 as usize].name;
        let help = "declare it inside the loop, add to it with `+=` and read the sum after the loop, or write the element of the loop's own counter: `out[k] = ..`";
        errors.push(
            first.span,
            format!("the iterations of a loop under `#[parallel]` run at once, and this one changes `{name}`"),
            help,
        );
        if second.how != first.how || second.form != first.form || second.own != first.own {
            let what = match second.how {
                How::Read => "reads",
                _ => "changes",
            };
            errors.push(
                second.span,
                format!("while another iteration {what} `{name}` here"),
                help,
            );
        }
    });
}

fn says_something(effect: &Effect) -> bool {
    !effect.assert_like && !effect.diverges() && !matches!(effect.stmt, syn::Stmt::Item(_))
}

#[cfg(test)]
#[path = "independent_tests.rs"]
mod tests;
