//! A trait of another crate: implemented here, called there, and the other way around.

use ad_runtime::{Differentiable, conservative_grad};
use library::potentials::{Matrix, Potential, Spring, total};

/// A well of this crate.
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Well {
    depth: f64,
    width: f64,
}

#[conservative_grad]
impl Potential for Well {
    fn energy(&self, r: f64) -> f64 {
        -self.depth * (-(r / self.width).powi(2)).exp()
    }
    fn name(&self) -> &str {
        "a well"
    }
}

/// Generic code of this crate over the trait of the other.
#[conservative_grad]
pub fn difference<A: Potential + Differentiable, B: Potential + Differentiable>(
    a: &A,
    b: &B,
    r: f64,
) -> f64 {
    a.energy(r) - b.within(r, 2.0 * r)
}

/// Types of both crates in generic code of both.
#[conservative_grad]
pub fn mixed(k: f64, depth: f64, x: &[f64]) -> f64 {
    let spring = Spring { k };
    let well = Well { depth, width: 1.5 };
    total(&well, x, 3.0) + total(&spring, x, k) + difference(&spring, &well, x[0])
}

/// An indexed type of the other crate.
#[conservative_grad]
pub fn rotated<T: num_traits::Float>(m: &Matrix<T>, angle: T) -> T {
    let mut r = m.clone();
    for j in 0..r.cols {
        let (a, b) = (r[(0, j)], r[(1, j)]);
        r[(0, j)] = a * angle.cos() - b * angle.sin();
        r[(1, j)] = a * angle.sin() + b * angle.cos();
    }
    r[(0, 0)] * r[(1, 1)]
}

#[cfg(test)]
mod tests {
    use super::{mixed, rotated};
    use library::potentials::Matrix;

    #[test]
    fn traits_cross_the_boundary() {
        let x = [0.3, -0.7, 1.2];
        let (value, (k, depth, x_adj)) = mixed::grad(0.8, 1.1, &x);
        assert_eq!(value.to_bits(), mixed(0.8, 1.1, &x).to_bits());
        let h = 1e-6;
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-7, "{a} {b}");
        close(
            k,
            (mixed(0.8 + h, 1.1, &x) - mixed(0.8 - h, 1.1, &x)) / (2.0 * h),
        );
        close(
            depth,
            (mixed(0.8, 1.1 + h, &x) - mixed(0.8, 1.1 - h, &x)) / (2.0 * h),
        );
        for (i, adjoint) in x_adj.iter().enumerate() {
            let (mut above, mut below) = (x, x);
            above[i] += h;
            below[i] -= h;
            close(
                *adjoint,
                (mixed(0.8, 1.1, &above) - mixed(0.8, 1.1, &below)) / (2.0 * h),
            );
        }
        let tangent = mixed::jvp(0.8, 0.0, 1.1, 0.0, &x, &[0.0, 1.0, 0.0]).1;
        assert!((tangent - x_adj[1]).abs() < 1e-12);
    }

    #[test]
    fn indices_cross_the_boundary() {
        let m = Matrix {
            cols: 2,
            data: vec![1.0, 2.0, 3.0, 4.0],
        };
        let (_, (m_adj, angle)) = rotated::grad(&m, 0.4);
        let at = |m: &Matrix<f64>, angle| rotated(m, angle);
        let h = 1e-6;
        assert!((angle - (at(&m, 0.4 + h) - at(&m, 0.4 - h)) / (2.0 * h)).abs() < 1e-7);
        for k in 0..4 {
            let (mut above, mut below) = (m.clone(), m.clone());
            above.data[k] += h;
            below.data[k] -= h;
            let difference = (at(&above, 0.4) - at(&below, 0.4)) / (2.0 * h);
            assert!((difference - m_adj.data[k]).abs() < 1e-7);
        }
        let single = Matrix {
            cols: 2,
            data: vec![1.0_f32, 2.0, 3.0, 4.0],
        };
        assert!((rotated::grad(&single, 0.4).1.1 - angle as f32).abs() < 1e-4);
    }
}
