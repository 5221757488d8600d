//! Floats.

use std::fmt::Debug;
use std::ops::{AddAssign, SubAssign};

use crate::finite::AllFinite;
use crate::lowered::Placeholder;
use crate::record::{Record, Word};
use crate::rules::{AddVjp, DivVjp, MulVjp, NegVjp, RemVjp, SubVjp};
use crate::tangent::{Differentiable, Tangent};

/// A float that can be differentiated: `f32`, `f64`, and what a type parameter
/// bounded by `num_traits::Float` is instantiated with.
///
/// A bound `T: Scalar` brings the methods of its supertraits into generated
/// code, so its own names are mangled.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a float that can be differentiated",
    note = "the floats are `f32`, `f64` and a type parameter bounded by `num_traits::Float`"
)]
pub trait Scalar:
    num_traits::Float
    + Differentiable<Tangent = Self>
    + Tangent
    + Word
    + Record
    + AllFinite
    + Placeholder
    + Default
    + Debug
    + AddAssign
    + SubAssign
    + AddVjp<Self, Out = Self>
    + SubVjp<Self, Out = Self>
    + MulVjp<Self, Out = Self>
    + DivVjp<Self, Out = Self>
    + RemVjp<Self, Out = Self>
    + NegVjp<Out = Self>
{
    #[doc(hidden)]
    fn __to_f64(self) -> f64;
    #[doc(hidden)]
    fn __from_f64(x: f64) -> Self;
}

impl Scalar for f64 {
    #[inline(always)]
    fn __to_f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn __from_f64(x: f64) -> f64 {
        x
    }
}

impl Scalar for f32 {
    #[inline(always)]
    fn __to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn __from_f64(x: f64) -> f32 {
        x as f32
    }
}

/// The contribution of an operand with weight `w`: an operand that was not
/// selected contributes zero, even where its cotangent is infinite.
#[inline(always)]
pub fn scale<T: Scalar>(w: T, x: T) -> T {
    let product = w * x;
    if w == T::zero() { T::zero() } else { product }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_weight_hides_infinities() {
        assert_eq!(scale(0.0, f64::INFINITY), 0.0);
        assert_eq!(scale(-0.0, f64::NAN), 0.0);
        assert_eq!(scale(0.5_f32, 4.0), 2.0);
        assert!(scale(f64::NAN, 0.0).is_nan());
    }
}
