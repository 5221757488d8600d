//! Two layouts of re-export, side by side.
//!
//! `valley` is re-exported from a module of another name: function and derivative share one name.
//! `rosenbrock` sits in a module of its own name, where the derivative's name is given.

mod double;
mod losses;
pub mod rosenbrock;

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
