//! Smooth functions of floats.

use num_traits::Float;

use super::Methods as _;
use crate::conservative_grad;

/// The smooth positive part, `ln(1 + exp(x))`, without overflow.
///
/// Its derivative is [`sigmoid`](fn@sigmoid). There is no site: it is smooth everywhere.
///
/// ```
/// use ad_runtime::softplus;
/// assert_eq!(softplus(0.0), 2_f64.ln());
/// assert_eq!(softplus::grad(1000.0), (1000.0, 1.0));
/// assert_eq!(softplus::grad(-1000.0), (0.0, 0.0));
/// ```
#[conservative_grad(crate = "crate", second_order)]
#[inline]
#[must_use]
pub fn softplus<T: Float>(x: T) -> T {
    x.__softplus()
}

/// The logistic function, `1 / (1 + exp(-x))`, without overflow.
///
/// Its derivative is `sigmoid(x) * sigmoid(-x)`. There is no site.
///
/// ```
/// use ad_runtime::sigmoid;
/// assert_eq!(sigmoid::grad(0.0), (0.5, 0.25));
/// assert_eq!(sigmoid::grad(-1000.0), (0.0, 0.0));
/// ```
#[conservative_grad(crate = "crate", second_order)]
#[inline]
#[must_use]
pub fn sigmoid<T: Float>(x: T) -> T {
    x.__sigmoid()
}

/// `ln(exp(a) + exp(b))` without overflow.
///
/// Its derivatives are `sigmoid(a - b)` and `sigmoid(b - a)`; there is no tie where `a == b`. Where
/// both are the same infinity, the value is that infinity and the derivatives are NaN.
///
/// ```
/// use ad_runtime::log_add_exp;
/// assert_eq!(log_add_exp::grad(1000.0, 1000.0).1, (0.5, 0.5));
/// assert_eq!(log_add_exp::grad(f64::NEG_INFINITY, 3.0), (3.0, (0.0, 1.0)));
/// ```
#[conservative_grad(crate = "crate", second_order)]
#[inline]
#[must_use]
pub fn log_add_exp<T: Float>(a: T, b: T) -> T {
    a.__log_add_exp(b)
}

/// Huber's loss: `x * x / 2` for `|x| <= delta`, else `delta * (|x| - delta / 2)`.
///
/// Its derivatives are `x` limited to `-delta ..= delta`, and `max(|x| - delta, 0)`. They are
/// continuous, so there is no site. The domain is `delta >= 0`; for a negative `delta` value and
/// derivatives are NaN.
///
/// ```
/// use ad_runtime::huber;
/// assert_eq!(huber::grad(0.5, 1.0), (0.125, (0.5, 0.0)));
/// assert_eq!(huber::grad(-3.0, 1.0), (2.5, (-1.0, 2.0)));
/// ```
#[conservative_grad(crate = "crate", second_order)]
#[inline]
#[must_use]
pub fn huber<T: Float>(x: T, delta: T) -> T {
    x.__huber(delta)
}
