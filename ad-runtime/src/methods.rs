//! Methods of floats and integers in annotated functions, where only rustc knows
//! the type of the receiver: `self.x.max(0.0)`, `self.n.max(1)`.
//!
//! Generated code calls a method of a mangled name, which a type of the user's gets
//! from `#[conservative_grad]` and the types of the language have here. The traits
//! are brought into scope without a name.

use crate::scalar::Scalar;

ad_macros::float_methods!(crate);
ad_macros::integer_methods!(crate);

/// Methods of `f32` and `f64` that `num_traits::Float` does not have, by the
/// algorithms of the standard library.
pub trait MoreOfFloat: Scalar {
    /// `x.rem_euclid(y)`
    #[inline(always)]
    fn rem_euclid(self, y: Self) -> Self {
        let rest = self % y;
        if rest < Self::zero() {
            rest + y.abs()
        } else {
            rest
        }
    }
    /// `x.div_euclid(y)`
    #[inline(always)]
    fn div_euclid(self, y: Self) -> Self {
        let quotient = (self / y).trunc();
        if self % y < Self::zero() {
            if y > Self::zero() {
                quotient - Self::one()
            } else {
                quotient + Self::one()
            }
        } else {
            quotient
        }
    }
}

impl<T: Scalar> MoreOfFloat for T {}
