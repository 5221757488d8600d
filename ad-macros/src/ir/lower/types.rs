//! Types as the user writes them.

use syn::Type;

use super::Lower;
use crate::ir::{BinOp, Ty};
use crate::syntax::types::{ir_type_in, passing};

/// Whether a name is that of a primitive integer type.
pub(super) fn is_int_name(name: &str) -> bool {
    matches!(
        name,
        "usize"
            | "isize"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
    )
}

impl Lower<'_> {
    /// What the tokens of a type tell; an outer reference is stripped.
    pub(super) fn ty(&self, ty: &Type) -> Ty {
        ir_type_in(passing(ty).1, self.generics)
    }

    /// `f64`, `f32` or a type parameter bounded by `Float`.
    pub(super) fn is_float_name(&self, name: &str) -> bool {
        matches!(name, "f64" | "f32") || self.is_float_generic(name)
    }

    pub(super) fn is_float_generic(&self, name: &str) -> bool {
        self.floats.iter().any(|float| float == name)
    }
}

/// The type of an operation on operands of these types. Beside an unknown type
/// it may be an operator of the user's, whose result is unknown.
pub(super) fn binary(op: BinOp, a: &Ty, b: &Ty) -> Ty {
    match op {
        BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge | BinOp::Eq | BinOp::Ne => Ty::Bool,
        BinOp::Shl | BinOp::Shr => a.clone(),
        op if op.is_assigning() => a.clone(),
        _ => match (a, b) {
            (Ty::Unknown, _) | (_, Ty::Unknown) => Ty::Unknown,
            (Ty::Float(Some(_)), _) => a.clone(),
            (_, Ty::Float(Some(_))) => b.clone(),
            (Ty::Float(None), _) => a.clone(),
            (_, Ty::Float(None)) => b.clone(),
            (Ty::Int(Some(_)), Ty::Int(_)) => a.clone(),
            (Ty::Int(None), Ty::Int(_)) => b.clone(),
            (Ty::Bool, Ty::Bool) => Ty::Bool,
            _ => Ty::Unknown,
        },
    }
}

/// As [`binary`] where both are known to be inactive, so that an unknown type
/// is that of a constant: the other operand shows it.
pub(super) fn binary_of_constants(op: BinOp, a: &Ty, b: &Ty) -> Ty {
    match (a, b) {
        (Ty::Unknown, Ty::Int(_) | Ty::Bool | Ty::Float(_)) => binary(op, b, b),
        (Ty::Int(_) | Ty::Bool | Ty::Float(_), Ty::Unknown) => binary(op, a, a),
        _ => binary(op, a, b),
    }
}

/// The annotation where it tells more than the value.
pub(super) fn refine(known: Ty, annotated: Ty) -> Ty {
    match (known, annotated) {
        (known, Ty::Unknown) => known,
        (_, annotated) => annotated,
    }
}
