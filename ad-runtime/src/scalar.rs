//! Floats.

use std::fmt::Debug;
use std::ops::{AddAssign, SubAssign};

use crate::finite::AllFinite;
use crate::lowered::{CastTangent, Placeholder};
use crate::record::{Record, Word};
use crate::rules::{AddVjp, DivVjp, MulVjp, NegVjp, RemVjp, SubVjp};
use crate::tangent::{Differentiable, Tangent};

/// A float that can be differentiated: what a type parameter bounded by
/// `num_traits::Float` may stand for. `f32` and `f64` are floats of this kind, and
/// types for which [`impl_scalar!`](crate::impl_scalar) is called.
///
/// It is the bound of a function that is generic itself and asks for the gradient of a
/// generic function:
///
/// ```
/// use ad_runtime::{Float, Scalar, conservative_grad};
///
/// #[conservative_grad]
/// fn bowl<T: Float>(x: T) -> T {
///     x * x
/// }
///
/// fn downhill<T: Scalar>(start: T, rate: T) -> T {
///     (0..100).fold(start, |x, _| x - rate * bowl::grad(x).1)
/// }
/// assert!(downhill(1.0, 0.25) < 1e-20);
/// assert!(downhill(1.0_f32, 0.25) < 1e-20);
/// ```
// A bound `T: Scalar` brings the methods of its supertraits into generated code, so
// its own names are mangled.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a float that can be differentiated",
    note = "the floats are `f32`, `f64`, and number types for which `ad_runtime::impl_scalar!` is called in their crate; other number types are wrapped: `ad_runtime::Number(x)`",
    note = "help: a type parameter of a caller is bounded by `ad_runtime::Scalar`"
)]
pub trait Scalar:
    num_traits::Float
    + Differentiable<Tangent = Self>
    + Tangent
    + Word
    + Record
    + AllFinite
    + Placeholder
    + CastTangent
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
    /// The type in which differences of values are zero at ties only.
    #[doc(hidden)]
    type Wide: Scalar;
    #[doc(hidden)]
    fn __widen(self) -> Self::Wide;
    #[doc(hidden)]
    fn __to_f64(self) -> f64;
    #[doc(hidden)]
    fn __from_f64(x: f64) -> Self;
    /// `x.midpoint(y)`, which `num_traits::Float` does not have.
    #[doc(hidden)]
    #[inline(always)]
    fn __midpoint(self, other: Self) -> Self {
        (self + other) / (Self::one() + Self::one())
    }
}

impl Scalar for f64 {
    type Wide = f64;
    #[inline(always)]
    fn __widen(self) -> f64 {
        self
    }
    #[inline(always)]
    fn __to_f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn __from_f64(x: f64) -> f64 {
        x
    }
    #[inline(always)]
    fn __midpoint(self, other: f64) -> f64 {
        self.midpoint(other)
    }
}

impl Scalar for f32 {
    type Wide = f64;
    #[inline(always)]
    fn __widen(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn __to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn __from_f64(x: f64) -> f32 {
        x as f32
    }
    #[inline(always)]
    fn __midpoint(self, other: f32) -> f32 {
        self.midpoint(other)
    }
}

/// A tangent or cotangent in another precision.
#[inline(always)]
pub fn convert<B: Scalar, A: Scalar>(a: A) -> B {
    B::__from_f64(a.__to_f64())
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
