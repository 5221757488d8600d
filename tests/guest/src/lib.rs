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

/// A point with a label.
#[derive(Clone, Debug, Differentiable)]
pub struct Labelled {
    /// Where.
    pub at: [f64; 2],
    /// What it is called.
    pub label: String,
    /// Heavy or not.
    pub weight: Option<f64>,
}

/// Private, with a private tangent.
#[derive(Clone, Debug, Differentiable)]
enum Step {
    Move { by: f64 },
    Weigh(f64),
    Stay,
}

#[conservative_grad]
impl Labelled {
    /// At a place.
    #[must_use]
    pub fn new(x: f64, y: f64) -> Self {
        Self {
            at: [x, y],
            label: String::new(),
            weight: None,
        }
    }

    /// Its distance from the origin.
    #[must_use]
    pub fn distance(&self) -> f64 {
        self.at.iter().map(|v| v * v).sum::<f64>().sqrt()
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Move { by } => self.at[0] += by,
            Step::Weigh(weight) => self.weight = Some(weight * self.at[1]),
            Step::Stay => {}
        }
    }
}

#[conservative_grad]
impl std::ops::MulAssign<f64> for Labelled {
    fn mul_assign(&mut self, by: f64) {
        self.at[1] *= by;
    }
}

/// Steps, one after the other; none may be too large.
///
/// # Errors
/// If one is.
#[conservative_grad]
pub fn walked(x: &[f64]) -> Result<f64, String> {
    let mut at = Labelled::new(1.0, 2.0);
    let half = |v: f64| 0.5 * v;
    for (k, &v) in x.iter().enumerate() {
        if v > 10.0 {
            return Err("too large".to_string());
        }
        let step = match k % 3 {
            0 => Step::Move { by: half(v) },
            1 => Step::Weigh(v),
            _ => Step::Stay,
        };
        at.take(&step);
        at *= v;
    }
    let weight = at.weight.ok_or("no weight")?;
    Ok(at.distance() * weight)
}

/// The largest of the pairwise products.
#[conservative_grad]
#[must_use]
pub fn products<T: num_traits::Float>(x: &[T], y: &[T]) -> Option<T> {
    x.iter().zip(y).map(|(a, b)| *a * *b).reduce(T::max)
}

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
    use super::{Labelled, everything, helper, products, sum_of_squares, through_a_module, walked};

    #[test]
    fn types_work() {
        let (value, slope) = walked::grad(&[1.0, 3.0]).expect("small");
        // (1.5, 6) and the weight 6.
        assert_eq!(value.to_bits(), (6.0 * 38.25_f64.sqrt()).to_bits());
        assert!(slope.iter().all(|s| *s > 0.0));
        assert!(walked::grad(&[11.0]).is_err());
        let (_, tangent) = Labelled::distance_grad(&Labelled::new(3.0, 4.0));
        assert!((tangent.at[0] - 0.6).abs() < 1e-15);
        let (most, (x, _)) = products::grad(&[1.0_f64, 2.0], &[3.0, 4.0]).expect("two");
        assert_eq!((most.to_bits(), x), (8.0_f64.to_bits(), vec![0.0, 4.0]));
    }

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
