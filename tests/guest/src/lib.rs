//! A strict crate: what the attribute adds must not disturb the lints of its host.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    clippy::pedantic
)]

use ad_runtime::conservative_grad;

/// Sum of the squares.
#[conservative_grad]
#[must_use]
pub fn sum_of_squares(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    sum
}

/// Everything at once: a loop, a branch, a call, an output.
#[conservative_grad(wrt(x, y))]
pub fn everything(x: &[f64], y: &mut [f64], threshold: f64, steps: usize) -> f64 {
    let mut total = sum_of_squares(x);
    for step in 0..steps {
        if total > threshold {
            total *= 0.5;
        } else {
            total += helper(x[0], step);
        }
        y[0] += total;
    }
    total.max(y[0])
}

/// Private, and only its `grad` is used, by its annotated caller and in a test.
#[conservative_grad]
#[allow(clippy::cast_precision_loss)]
fn helper(x: f64, step: usize) -> f64 {
    let weight = step as f64;
    x.abs() * weight
}

mod inner {
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    #[inline]
    pub(crate) fn product(a: [f64; 2], b: f64) -> [f64; 2] {
        [a[0] * b, a[1] * b]
    }

    #[cfg(any())]
    #[conservative_grad]
    fn configured_away(x: NoSuchType) -> f64 {
        x
    }
}

/// Calls into a private module.
#[conservative_grad]
#[must_use]
pub fn through_a_module(x: f64) -> f64 {
    let p = inner::product([x, 2.0], x);
    p[0] + p[1]
}

#[cfg(test)]
mod tests {
    use super::{everything, helper, sum_of_squares, through_a_module};

    #[test]
    fn the_guest_works() {
        assert_eq!(sum_of_squares::grad(&[1.0, 2.0]).1, [2.0, 4.0]);
        assert_eq!(helper::grad(-2.0, 3).1.to_bits(), (-3.0_f64).to_bits());
        assert_eq!(through_a_module::grad(3.0).1.to_bits(), 8.0_f64.to_bits());
        let (mut y, mut y_adj) = ([0.0], [0.0]);
        let (value, _) = everything::grad(&[0.1, 0.2], &mut y, &mut y_adj, 1.0, 3);
        assert_eq!(
            value.to_bits(),
            everything(&[0.1, 0.2], &mut [0.0], 1.0, 3).to_bits()
        );
    }
}
