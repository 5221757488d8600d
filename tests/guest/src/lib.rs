//! A strict crate: what the attribute adds must not disturb the lints of its host.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    clippy::pedantic
)]

use ad_runtime::{Differentiable, conservative_grad};

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

/// A trait with a default body and a constant.
#[conservative_grad]
pub trait Shape {
    /// How often.
    const TIMES: i32;
    /// Its area.
    #[must_use]
    fn area(&self) -> f64;
    /// Its area, several times.
    fn often(&self) -> f64 {
        self.area() * f64::from(Self::TIMES)
    }
    /// Grows.
    fn grow(&mut self, k: f64);
}

/// A disc.
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Disc {
    /// Its radius.
    pub r: f64,
}

#[conservative_grad]
impl Shape for Disc {
    const TIMES: i32 = 3;
    fn area(&self) -> f64 {
        self.r * self.r.max(0.5)
    }
    fn grow(&mut self, k: f64) {
        self.r *= k;
    }
}

/// Generic code.
#[conservative_grad]
pub fn grown<S: Shape + Differentiable + Clone>(s: &S, k: f64) -> f64 {
    let mut t = s.clone();
    t.grow(k);
    t.often()
}

/// A matrix of two columns.
#[derive(Clone, Debug, Differentiable)]
pub struct Pairs {
    /// By rows.
    pub data: Vec<f64>,
}

#[conservative_grad]
impl core::ops::Index<(usize, usize)> for Pairs {
    type Output = f64;
    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.data[2 * i + j]
    }
}

#[conservative_grad]
impl core::ops::IndexMut<(usize, usize)> for Pairs {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        &mut self.data[2 * i + j]
    }
}

#[conservative_grad]
impl core::ops::Index<usize> for Pairs {
    type Output = f64;
    fn index(&self, i: usize) -> &f64 {
        &self.data[i]
    }
}

/// Both indices.
#[conservative_grad]
pub fn swapped(p: &mut Pairs, k: f64) -> f64 {
    p[(0, 1)] *= k;
    p[(1, 0)] + p[(0, 1)] * p[0]
}

#[cfg(test)]
mod tests {
    use super::{Disc, Shape as _, grown};
    use super::{everything, helper, sum_of_squares, through_a_module};

    #[test]
    fn the_guest_works() {
        assert_eq!(sum_of_squares::grad(&[1.0, 2.0]).1, [2.0, 4.0]);
        assert_eq!(helper::grad(-2.0, 3).1.to_bits(), (-3.0_f64).to_bits());
        assert_eq!(through_a_module::grad(3.0).1.to_bits(), 8.0_f64.to_bits());
        let disc = Disc { r: 2.0 };
        assert_eq!(disc.often_grad().1.r.to_bits(), 12.0_f64.to_bits());
        assert_eq!(grown::grad(&disc, 1.0).1.1.to_bits(), 24.0_f64.to_bits());
        let (mut y, mut y_adj) = ([0.0], [0.0]);
        let (value, _) = everything::grad(&[0.1, 0.2], &mut y, &mut y_adj, 1.0, 3);
        assert_eq!(
            value.to_bits(),
            everything(&[0.1, 0.2], &mut [0.0], 1.0, 3).to_bits()
        );
    }
}
