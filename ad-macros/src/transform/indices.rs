//! What the lowering adds to `m[(i, j)]` for the sake of a derivative is taken away where
//! there is none: then the type of `m` may be any that has the index.

use std::collections::BTreeSet;

use crate::analysis::activity::Activity;
use crate::ir::visit::{PartMut, stmt_blocks_mut, stmt_parts_mut};
use crate::ir::{Block, Func, Operand, Place, Proj, StmtKind, Var};

/// Makes plain indices of those that no active value is reached through.
pub fn plain_indices(func: &mut Func, act: &Activity) {
    let mut keys = BTreeSet::new();
    let mut plain = |place: &mut Place| {
        if act.contains_key(&place.root) {
            return;
        }
        for proj in &mut place.proj {
            if let Proj::Element(element) = proj {
                if let Operand::Var(key) = element.key {
                    keys.insert(key);
                }
                *proj = Proj::Index(element.index.clone());
            }
        }
    };
    walk(&mut func.body, &mut plain);
    remove(&mut func.body, &keys);
}

fn walk(block: &mut Block, plain: &mut dyn FnMut(&mut Place)) {
    for stmt in &mut block.0 {
        stmt_parts_mut(stmt, &mut |part| {
            if let PartMut::Place(place, _) = part {
                plain(place);
            }
        });
        stmt_blocks_mut(stmt, &mut |b| walk(b, plain));
    }
}

fn remove(block: &mut Block, keys: &BTreeSet<Var>) {
    block
        .0
        .retain(|stmt| !matches!(&stmt.kind, StmtKind::Let(v, _) if keys.contains(v)));
    for stmt in &mut block.0 {
        stmt_blocks_mut(stmt, &mut |b| remove(b, keys));
    }
}
