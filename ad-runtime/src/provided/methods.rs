//! The smooth functions as methods: generated code calls rows of the rule table
//! as methods of their first operand.

use num_traits::Float;

/// Values of the rows that the runtime adds to the methods of floats. The names
/// are mangled: a user's own method of the plain name is not a row.
pub trait Methods: Float {
    /// `ln(1 + exp(x))`
    fn __softplus(self) -> Self {
        let negative = (-self.abs()).exp();
        self.max(Self::zero()) + negative.ln_1p()
    }

    /// `1 / (1 + exp(-x))`
    fn __sigmoid(self) -> Self {
        let negative = (-self.abs()).exp();
        let numerator = if self >= Self::zero() {
            Self::one()
        } else {
            negative
        };
        numerator / (Self::one() + negative)
    }

    /// `ln(exp(a) + exp(b))`
    fn __log_add_exp(self, b: Self) -> Self {
        // Equal infinities are at distance zero.
        let distance = if self == b {
            Self::zero()
        } else {
            (self - b).abs()
        };
        self.max(b) + (-distance).exp().ln_1p()
    }

    /// Quadratic up to `delta`, then linear.
    fn __huber(self, delta: Self) -> Self {
        let half = (Self::one() + Self::one()).recip();
        let size = self.abs();
        if delta < Self::zero() {
            Self::nan()
        } else if size <= delta {
            half * self * self
        } else {
            delta * (size - half * delta)
        }
    }
}

impl<T: Float> Methods for T {}
