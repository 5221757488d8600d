//! Functions that the runtime provides with exact rules: where the derivative of
//! the formula would overflow, be undefined at a kink, or depend on how the
//! formula is written.
//!
//! Smooth functions of floats are rows of the rule table, reached through
//! [`Methods`]. The others have a module with three functions (`provided =
//! module`): `forward` is the function, notes what it decides and keeps what the
//! reverse sweep needs; `reverse` adds to the slots; `tangent` is forward mode.

mod length;
mod methods;
mod order;
mod reduce;
mod scalar;
mod smooth;
mod sums;

pub use length::norm;
pub use methods::Methods;
pub use order::{median, sort};
pub use reduce::{argmax, max_of, min_of};
pub use scalar::{leaky_relu, relu, smooth_abs};
pub use smooth::{huber, log_add_exp, sigmoid, softplus};
pub use sums::{dot, log_sum_exp, softmax};

/// What a rule is told about a run.
#[derive(Clone, Copy, Debug)]
pub struct Run<const N: usize> {
    /// Which arguments are active.
    pub on: [bool; N],
    /// Which `&mut` arguments must come back with their initial values.
    pub restore: [bool; N],
    /// A reverse sweep will follow.
    pub keep: bool,
}
