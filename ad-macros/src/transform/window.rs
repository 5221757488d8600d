//! No bounds checks in the loops of the reverse sweep: what such a loop reads or
//! writes at `base + i` is cut out of its memory once, before the loop, as a
//! slice exactly as long as the loop, and indexed by the iteration.
//!
//! Only the reverse sweep may do so: the forward sweep has shown that every index
//! is in bounds, while there an index out of bounds must panic where the user's
//! function does. This is the last pass: nothing after it looks into windows.

use std::collections::{BTreeMap, BTreeSet};

use super::affine::{Affine, Indices, is_plain, is_reverse};
use super::build::{Code, Vars, int, root, usize_ident};
use crate::ir::visit::{
    Access, PartMut, op_parts_mut, place_operands, place_operands_mut, stmt_blocks,
    stmt_blocks_mut, stmt_parts_mut, stmt_places, stmt_uses,
};
use crate::ir::{
    ActSet, Block, For, Op, Opaque, Operand, Place, Proj, Stmt, StmtKind, Ty, Var, VarKind, Window,
};

pub fn window(vars: &mut Vars, block: &mut Block) {
    let stmts = std::mem::take(&mut block.0);
    for mut stmt in stmts {
        stmt_blocks_mut(&mut stmt, &mut |b| window(vars, b));
        match stmt.kind {
            StmtKind::For(l) if is_candidate(vars, &l) => {
                block.0.extend(rewrite(vars, *l, stmt.span))
            }
            _ => block.0.push(stmt),
        }
    }
}

fn is_candidate(vars: &Vars, l: &For) -> bool {
    let counts = matches!(&vars.info(l.index).ty, Ty::Int(Some(name)) if name == "usize");
    // The forward sweep of a fused loop has shown nothing yet.
    let mut stmts = l.body.0.iter();
    let fused = stmts.any(|stmt| matches!(stmt.kind, StmtKind::Turn(_)));
    let plain = is_reverse(l) && !l.parallel && !l.inclusive && is_plain(&l.body);
    plain && counts && !fused
}

/// One memory at one base, and what the loop does there.
struct Group {
    /// The place that is cut: the access up to the index that advances.
    prefix: Place,
    /// That index.
    index: Operand,
    under: Option<ActSet>,
    writes: bool,
}

/// A part of a body that is executed in every iteration.
#[derive(Clone, PartialEq)]
enum Where {
    Always,
    Under(ActSet),
    Sometimes,
}

fn rewrite(vars: &mut Vars, mut l: For, span: proc_macro2::Span) -> Vec<Stmt> {
    let groups = groups(vars, &l);
    if groups.is_empty() {
        return vec![Stmt {
            kind: StmtKind::For(Box::new(l)),
            span,
        }];
    }
    let mut before = Vec::new();
    let mut aliases = BTreeMap::new();
    for (key, group) in groups {
        let ty = Ty::Slice(Box::new(
            vars.place_ty(&indexed(&group.prefix, group.index.clone())),
        ));
        let name = format!("{}_part", vars.info(group.prefix.root).name);
        let alias = vars.fresh(&name, VarKind::Window, ty, span);
        let (start, at) = start_of(vars, &l, &group.index, span);
        let Group {
            prefix: place,
            writes: mutable,
            under,
            ..
        } = group;
        l.windows.push(Window {
            alias,
            place,
            start,
            at,
            mutable,
            under,
        });
        aliases.insert(key, alias);
    }
    let counter = count_from_zero(vars, &mut l, &mut before, span);
    let keys = KeyedBy {
        aliases: &aliases,
        counter,
    };
    replace(&mut l.body, &keys);
    drop_unused(&mut l.body);
    before.push(Stmt {
        kind: StmtKind::For(Box::new(l)),
        span,
    });
    before
}

fn indexed(prefix: &Place, index: Operand) -> Place {
    super::build::index(prefix, index)
}

/// The memories that can be cut.
fn groups(vars: &Vars, l: &For) -> BTreeMap<String, Group> {
    let indices = Indices::of(l);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut keys_of: BTreeMap<Var, BTreeSet<String>> = BTreeMap::new();
    let mut written = BTreeSet::new();
    let mut spoiled = BTreeSet::new();
    visit(&l.body, &Where::Always, &mut |place, access, at| {
        if access.writes() {
            written.insert(place.root);
        }
        let found = split(vars, &indices, place).filter(|_| *at != Where::Sometimes);
        let Some((prefix, index)) = found else {
            // Read elsewhere too: fine, unless the memory is written here.
            keys_of.entry(place.root).or_default().insert(String::new());
            return;
        };
        let under = match at {
            Where::Under(set) => Some(set.clone()),
            _ => None,
        };
        let key = key(&prefix, &index);
        keys_of.entry(place.root).or_default().insert(key.clone());
        let group = groups.entry(key.clone()).or_insert_with(|| Group {
            prefix,
            index,
            under: under.clone(),
            writes: false,
        });
        group.writes |= access.writes();
        if group.under != under {
            spoiled.insert(key);
        }
    });
    groups.retain(|key, group| {
        let root = group.prefix.root;
        let alone = keys_of[&root].len() == 1;
        !spoiled.contains(key) && (alone || !written.contains(&root))
    });
    groups
}

/// The place up to the index that advances with the loop, and that index.
fn split(vars: &Vars, indices: &Indices<'_>, place: &Place) -> Option<(Place, Operand)> {
    if !indices.is_outside(place.root) {
        return None;
    }
    let p = place.proj.iter().position(|proj| match proj {
        Proj::Index(i) => matches!(indices.operand(i), Some(Affine { slope: 1, .. })),
        _ => false,
    })?;
    let Proj::Index(index) = place.proj[p].clone() else {
        return None;
    };
    let prefix = Place {
        root: place.root,
        proj: place.proj[..p].to_vec(),
    };
    let mut constant = true;
    place_operands(&prefix, &mut |operand| {
        constant &= matches!(operand, Operand::Var(v) if indices.is_constant(*v))
            || !matches!(operand, Operand::Var(_));
    });
    let cut = matches!(
        vars.place_ty(&prefix),
        Ty::Slice(_) | Ty::Vec(_) | Ty::Array(_)
    );
    (constant && cut).then_some((prefix, index))
}

/// Places with one key are cut as one.
fn key(prefix: &Place, index: &Operand) -> String {
    format!("{prefix:?} {index:?}")
}

fn visit(block: &Block, at: &Where, f: &mut dyn FnMut(&Place, Access, &Where)) {
    for stmt in &block.0 {
        stmt_places(stmt, &mut |place, access| f(place, access, at));
        let inside = match (&stmt.kind, at) {
            (StmtKind::IfActive(set, _), Where::Always) => Where::Under(set.clone()),
            _ => Where::Sometimes,
        };
        stmt_blocks(stmt, &mut |b| visit(b, &inside, f));
    }
}

/// What computes an index for the first element of the loop's range.
fn start_of(
    vars: &mut Vars,
    l: &For,
    index: &Operand,
    span: proc_macro2::Span,
) -> (Block, Operand) {
    let Operand::Var(var) = index else {
        return (Block::default(), index.clone());
    };
    let indices = Indices::of(l);
    let mut chain = Vec::new();
    indices.chain(*var, &mut chain);
    let mut code = Code::new(vars, span);
    let mut renamed = BTreeMap::new();
    let counter = code.vars.info(l.index).ty.clone();
    let first = code.bind("first", counter, Op::Use(l.lo.clone()));
    renamed.insert(l.index, first);
    for var in chain {
        let Some(op) = indices.def(var) else { continue };
        let mut op = op.clone();
        op_parts_mut(&mut op, &mut |part| rename(part, &renamed));
        let info = code.vars.info(var).clone();
        let copy = code.bind(&info.name, info.ty, op);
        renamed.insert(var, copy);
    }
    let at = renamed.get(var).cloned().unwrap_or_else(|| index.clone());
    (Block(code.stmts), at)
}

fn rename(part: PartMut<'_>, names: &BTreeMap<Var, Operand>) {
    match part {
        PartMut::Operand(operand) => {
            if let Operand::Var(v) = operand
                && let Some(name) = names.get(v)
            {
                *operand = name.clone();
            }
        }
        PartMut::Place(place, _) => {
            if let Some(Operand::Var(name)) = names.get(&place.root) {
                place.root = *name;
            }
            place_operands_mut(place, &mut |operand| {
                rename(PartMut::Operand(operand), names)
            });
        }
        PartMut::Name(_) | PartMut::Bind(_) => {}
    }
}

/// Makes the loop count from zero; gives the counter. The user's index is bound
/// in the body.
fn count_from_zero(
    vars: &mut Vars,
    l: &mut For,
    before: &mut Vec<Stmt>,
    span: proc_macro2::Span,
) -> Var {
    if matches!(&l.lo, Operand::Lit(syn::Lit::Int(lit)) if lit.base10_digits() == "0") {
        return l.index;
    }
    let ty = Ty::Int(Some(usize_ident(span)));
    let mut code = Code::new(vars, span);
    let lo = code.bind("lo", ty.clone(), Op::Use(l.lo.clone()));
    let hi = code.bind("hi", ty.clone(), Op::Use(l.hi.clone()));
    let (Operand::Var(lo), Operand::Var(hi)) = (lo, hi) else {
        unreachable!("bind gives variables")
    };
    let pure = |expr, holes: Vec<Place>| {
        Op::Opaque(Box::new(Opaque {
            expr,
            holes,
            pure: true,
            refusal: None,
            gap: None,
        }))
    };
    let length = syn::parse_quote!(usize::saturating_sub(__hole_0, __hole_1));
    let n = code.bind("n", ty.clone(), pure(length, vec![root(hi), root(lo)]));
    before.extend(code.stmts);
    let counter = vars.fresh("k", VarKind::Temp, ty, span);
    let index = pure(
        syn::parse_quote!(__hole_0 + __hole_1),
        vec![root(lo), root(counter)],
    );
    l.body.0.insert(
        0,
        Stmt {
            kind: StmtKind::Let(l.index, index),
            span,
        },
    );
    l.index = counter;
    l.lo = int(0);
    l.hi = n;
    counter
}

struct KeyedBy<'a> {
    aliases: &'a BTreeMap<String, Var>,
    counter: Var,
}

/// Redirects accesses to their windows.
fn replace(block: &mut Block, keys: &KeyedBy<'_>) {
    for stmt in &mut block.0 {
        stmt_parts_mut(stmt, &mut |part| {
            let PartMut::Place(place, _) = part else {
                return;
            };
            for (p, proj) in place.proj.iter().enumerate() {
                let Proj::Index(index) = proj else { continue };
                let prefix = Place {
                    root: place.root,
                    proj: place.proj[..p].to_vec(),
                };
                if let Some(alias) = keys.aliases.get(&key(&prefix, index)) {
                    let mut proj = vec![Proj::Index(Operand::Var(keys.counter))];
                    proj.extend(place.proj[p + 1..].iter().cloned());
                    *place = Place { root: *alias, proj };
                    return;
                }
            }
        });
        stmt_blocks_mut(stmt, &mut |b| replace(b, keys));
    }
}

/// Drops index computations that the windows have made useless.
fn drop_unused(body: &mut Block) {
    let mut used = BTreeSet::new();
    let mut kept = Vec::new();
    while let Some(stmt) = body.0.pop() {
        if let StmtKind::Let(var, Op::Opaque(opaque)) = &stmt.kind
            && opaque.pure
            && !used.contains(var)
        {
            continue;
        }
        crate::ir::visit::all_stmts(&stmt, &mut |s| {
            stmt_uses(s, &mut |v| {
                used.insert(v);
            })
        });
        kept.push(stmt);
    }
    kept.reverse();
    body.0 = kept;
}

#[cfg(test)]
#[path = "window_tests.rs"]
mod tests;
