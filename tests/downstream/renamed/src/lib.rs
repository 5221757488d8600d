//! The runtime is a dependency of another name, and the types and functions of a crate
//! that calls it by its own are used beside those of this one.

use ad::{Differentiable, conservative_grad};
use library::shapes::{Shape, Vec2, radius};

/// A weighted shape.
#[derive(Clone, Debug, Differentiable)]
#[differentiable(crate = "::ad")]
pub struct Weighted {
    /// What is weighted.
    pub shape: Shape,
    /// By how much.
    pub weight: f64,
    /// Where.
    pub at: Option<Vec2>,
}

/// Which of two.
#[derive(Clone, Debug, Differentiable)]
#[differentiable(crate = "::ad")]
pub enum Either {
    /// The first.
    Left(f64),
    /// The second.
    Right(Weighted),
}

#[conservative_grad(crate = "::ad")]
impl Weighted {
    /// The weighted area, moved by the place.
    pub fn measure(&self, scale: f64) -> f64 {
        let moved = self.at.map_or(0.5, |v| v.length());
        self.weight.max(scale) * self.shape.area() + moved
    }
}

#[conservative_grad(crate = "::ad")]
impl std::ops::MulAssign<f64> for Weighted {
    fn mul_assign(&mut self, by: f64) {
        self.weight *= by;
        self.shape.scale(by);
        if let Some(at) = &mut self.at {
            at.turn(by);
        }
    }
}

/// Loops, iterators, closures, options and results under the other name.
#[conservative_grad(crate = "::ad")]
pub fn renamed(x: &[f64]) -> f64 {
    let mut list: Vec<Either> = Vec::new();
    for (k, &v) in x.iter().enumerate() {
        if k % 2 == 0 {
            list.push(Either::Left(v * v));
        } else {
            let mut one = Weighted {
                shape: Shape::Disc(v),
                weight: x[0],
                at: Some(Vec2::new(v, x[0])),
            };
            one *= 1.0 + v * v;
            list.push(Either::Right(one));
        }
    }
    let scale = x.iter().map(|v| v.abs()).fold(0.0, f64::max);
    let weigh = |e: &Either| match e {
        Either::Left(v) => v * scale,
        Either::Right(w) => w.measure(scale),
    };
    let mut total = 0.0;
    for e in &list {
        total += weigh(e);
    }
    let total: f64 = total + x.windows(2).map(|w| w[0] * w[1]).sum::<f64>();
    radius(total, 0).unwrap_or(0.25) * ad::sigmoid(x[1])
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn the_other_name_is_used() {
        for x in [[0.7, -1.1, 0.4], [1.3, 0.2, -0.8]] {
            let (value, gradient) = renamed::grad(&x);
            assert_eq!(value.to_bits(), renamed(&x).to_bits());
            for k in 0..x.len() {
                let (mut above, mut below) = (x, x);
                above[k] += 1e-6;
                below[k] -= 1e-6;
                let difference = (renamed(&above) - renamed(&below)) / 2e-6;
                assert!((difference - gradient[k]).abs() < 1e-5 * (1.0 + difference.abs()));
                let mut direction = [0.0; 3];
                direction[k] = 1.0;
                let (_, slope) = renamed::jvp(&x, &direction);
                assert!((slope - gradient[k]).abs() < 1e-10 * (1.0 + slope.abs()));
            }
            let (_, _, trace) = renamed::grad_trace(&x);
            assert!(trace.selections().len() > 3);
        }
    }
}
