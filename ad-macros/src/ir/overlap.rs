//! Whether two places share memory, as far as their text tells.

use quote::ToTokens;

use super::{Operand, Place, Proj};

/// Whether two places surely share nothing: other memories, other fields, other
/// elements by literal indices, or the two sides of one cut.
pub fn disjoint(p: &Place, q: &Place) -> bool {
    if p.root != q.root {
        return true;
    }
    for (a, b) in p.proj.iter().zip(&q.proj) {
        if same(a, b) {
            continue;
        }
        return match (a, b) {
            (Proj::Field(_), Proj::Field(_)) => true,
            (Proj::Payload(a), Proj::Payload(b)) => a.variant == b.variant,
            (Proj::Index(i), Proj::Index(j)) => {
                matches!((literal(i), literal(j)), (Some(i), Some(j)) if i != j)
            }
            (a, b) => cut(a, b) || cut(b, a),
        };
    }
    false
}

/// Whether one place is the other or a part of it, or may be for all that ranges tell.
pub fn within(p: &Place, q: &Place) -> bool {
    let is_index = |proj: &Proj| matches!(proj, Proj::Index(_));
    let mut pairs = p.proj.iter().zip(&q.proj);
    let differs = pairs.find(|(a, b)| !same(a, b));
    !disjoint(p, q) && differs.is_none_or(|(a, b)| !(is_index(a) && is_index(b)))
}

/// Whether `a` ends where `b` begins.
pub fn cut(a: &Proj, b: &Proj) -> bool {
    match (end(a), start(b)) {
        (Some(end), Some(start)) => same_operand(end, start),
        _ => false,
    }
}

/// The end of `..end`.
pub fn end(proj: &Proj) -> Option<&Operand> {
    match proj {
        Proj::Range {
            lo: None,
            hi,
            inclusive: false,
        } => hi.as_ref(),
        _ => None,
    }
}

/// The start of `start..`.
pub fn start(proj: &Proj) -> Option<&Operand> {
    match proj {
        Proj::Range { lo, hi: None, .. } => lo.as_ref(),
        _ => None,
    }
}

/// Whether two places are one.
pub fn same_place(a: &Place, b: &Place) -> bool {
    let parts = || a.proj.iter().zip(&b.proj);
    a.root == b.root && a.proj.len() == b.proj.len() && parts().all(|(a, b)| same(a, b))
}

/// Whether two projections lead to the same part.
pub fn same(a: &Proj, b: &Proj) -> bool {
    let both = |a: &Option<Operand>, b: &Option<Operand>| match (a, b) {
        (Some(a), Some(b)) => same_operand(a, b),
        (None, None) => true,
        _ => false,
    };
    match (a, b) {
        (Proj::Field(i), Proj::Field(j)) => i == j,
        (Proj::Index(i), Proj::Index(j)) | (Proj::Key(i), Proj::Key(j)) => same_operand(i, j),
        (Proj::Element(a), Proj::Element(b)) => same_operand(&a.key, &b.key),
        (Proj::Deref, Proj::Deref) | (Proj::Content(_), Proj::Content(_)) => true,
        (Proj::Payload(a), Proj::Payload(b)) => a.variant == b.variant && a.field == b.field,
        (
            Proj::Range { lo, hi, inclusive },
            Proj::Range {
                lo: lo_b,
                hi: hi_b,
                inclusive: inclusive_b,
            },
        ) => inclusive == inclusive_b && both(lo, lo_b) && both(hi, hi_b),
        _ => false,
    }
}

/// The number of a literal index.
pub fn literal(index: &Operand) -> Option<usize> {
    match index {
        Operand::Lit(syn::Lit::Int(n)) => n.base10_parse().ok(),
        _ => None,
    }
}

/// Temporaries never change, and constants are what they are.
fn same_operand(a: &Operand, b: &Operand) -> bool {
    match (a, b) {
        (Operand::Var(a), Operand::Var(b)) => a == b,
        (Operand::Lit(a), Operand::Lit(b)) => a == b,
        (Operand::Const(a), Operand::Const(b)) => {
            a.to_token_stream().to_string() == b.to_token_stream().to_string()
        }
        _ => false,
    }
}
