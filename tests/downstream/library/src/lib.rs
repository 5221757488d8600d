//! Two layouts of re-export, side by side.
//!
//! `valley` is re-exported from a module of another name: function and derivative share one name.
//! `rosenbrock` sits in a module of its own name, where the derivative's name is given.

mod double;
mod losses;
pub mod potentials;
pub mod rosenbrock;
pub mod shapes;

pub use double::Double;
pub use losses::{Clamped, valley};
pub use rosenbrock::*;

/// The name of a type here shows that type and function names live apart.
pub mod norms {
    use ad_runtime::conservative_grad;

    /// Sum of absolute values.
    #[conservative_grad]
    pub fn taxicab(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for v in x {
            sum += v.abs();
        }
        sum
    }

    /// The largest absolute value, in any number type.
    #[conservative_grad]
    pub fn maximum<T: num_traits::Float>(x: &[T]) -> T {
        let mut largest = T::zero();
        for v in x {
            largest = largest.max(v.abs());
        }
        largest
    }

    /// Scales in place.
    #[conservative_grad]
    pub fn scale(x: &mut [f64], a: f64) {
        for v in x.iter_mut() {
            *v *= a;
        }
    }
}

/// Derivatives that are given.
pub mod given {
    use ad_runtime::conservative_grad;

    /// The positive root of `x * x + b * x = 1`, with a rule.
    #[conservative_grad(custom(vjp = root_vjp, jvp = root_jvp))]
    pub fn root(b: f64) -> f64 {
        2.0 / (b + (b * b + 4.0).sqrt())
    }

    fn root_vjp(b: f64, seed: f64) -> (f64, f64) {
        let x = root(b);
        (x, -seed * x / (2.0 * x + b))
    }

    fn root_jvp(b: f64, b_tan: f64) -> (f64, f64) {
        root_vjp(b, b_tan)
    }

    /// The largest size, held fixed.
    #[conservative_grad(constant)]
    pub fn scale_of(x: &[f64]) -> f64 {
        x.iter().fold(0.0, |m, v| v.abs().max(m))
    }
}
