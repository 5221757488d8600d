//! Generic code over operators: bounds of `ad_runtime::ops`.

use ad_runtime::{conservative_grad, ops};

mod types {
    use ad_runtime::{Differentiable, conservative_grad};
    use std::ops::{Add, AddAssign, Index, IndexMut, Mul, Neg, Sub};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct V {
        pub x: f64,
        pub y: f64,
    }
    #[conservative_grad]
    impl Add for V {
        type Output = V;
        fn add(self, o: V) -> V {
            V {
                x: self.x + o.x,
                y: self.y + o.y,
            }
        }
    }
    #[conservative_grad]
    impl Sub for V {
        type Output = V;
        fn sub(self, o: V) -> V {
            V {
                x: self.x - o.x,
                y: self.y - o.y,
            }
        }
    }
    #[conservative_grad]
    impl Mul<f64> for V {
        type Output = V;
        fn mul(self, k: f64) -> V {
            V {
                x: self.x * k,
                y: self.y * k,
            }
        }
    }
    /// The inner product.
    #[conservative_grad]
    impl Mul for V {
        type Output = f64;
        fn mul(self, o: V) -> f64 {
            self.x * o.x + self.y * o.y
        }
    }
    #[conservative_grad]
    impl Neg for V {
        type Output = V;
        fn neg(self) -> V {
            V {
                x: -self.x,
                y: -self.y,
            }
        }
    }
    #[conservative_grad]
    impl AddAssign for V {
        fn add_assign(&mut self, o: V) {
            self.x += o.x;
            self.y += o.y * 1.5;
        }
    }
    #[derive(Clone, Debug, Differentiable)]
    pub struct Table {
        pub cols: usize,
        pub data: Vec<f64>,
    }
    #[conservative_grad]
    impl Index<(usize, usize)> for Table {
        type Output = f64;
        fn index(&self, (i, j): (usize, usize)) -> &f64 {
            &self.data[i * self.cols + j]
        }
    }
    #[conservative_grad]
    impl IndexMut<(usize, usize)> for Table {
        fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
            &mut self.data[i * self.cols + j]
        }
    }
}

#[conservative_grad]
fn middle<P>(a: P, b: P, t: f64) -> P
where
    P: Copy + ad_runtime::Differentiable,
    P: ops::Add<Output = P> + ops::Sub<Output = P> + ops::Mul<f64, Output = P>,
{
    a + (b - a) * t
}

#[conservative_grad]
fn energy<P>(points: &[P], k: f64) -> f64
where
    P: Copy + ad_runtime::Differentiable + ops::Neg<Output = P> + ops::AddAssign,
    P: ops::Mul<Output = f64>,
{
    let mut sum = points[0];
    for p in points {
        sum += *p;
    }
    let back = -sum;
    back * sum * k
}

#[conservative_grad]
fn mirrored<M>(m: &mut M, k: f64) -> f64
where
    M: Clone + ad_runtime::Differentiable + ops::IndexMut<(usize, usize), Output = f64>,
{
    m[(1, 0)] = m[(0, 1)] * k;
    m[(0, 1)] * m[(1, 0)]
}

#[test]
fn generic_operators() {
    let v = |x, y| types::V { x, y };
    let tan = |x, y| types::VTangent { x, y };
    let (value, (a, b, t)) = middle::vjp(v(1.0, 2.0), v(3.0, 5.0), 0.25, tan(1.0, 10.0));
    assert_eq!((value.x, value.y), (1.5, 2.75));
    assert_eq!((a, b, t), (tan(0.75, 7.5), tan(0.25, 2.5), 32.0));
    let (of_a, of_b) = (tan(1.0, 0.0), tan(0.0, 1.0));
    let (_, slope) = middle::jvp(v(1.0, 2.0), of_a, v(3.0, 5.0), of_b, 0.25, 1.0);
    assert_eq!(slope, tan(2.75, 3.25));
    assert_eq!(middle::vjp(1.0, 3.0, 0.25, 1.0), (1.5, (0.75, 0.25, 2.0)));
    let points = [v(1.0, 2.0), v(0.5, -1.0)];
    let (value, (of_points, of_k)) = energy::grad(&points, 2.0);
    let at = |points: &[types::V], k| energy(points, k);
    assert_eq!(value, at(&points, 2.0));
    assert_eq!(of_k, value / 2.0);
    let h = 1e-6;
    for (k, adjoint) in of_points.iter().enumerate() {
        let moved = |dx: f64, dy: f64| {
            let mut points = points;
            points[k] = v(points[k].x + dx, points[k].y + dy);
            at(&points, 2.0)
        };
        let dx = (moved(h, 0.0) - moved(-h, 0.0)) / (2.0 * h);
        let dy = (moved(0.0, h) - moved(0.0, -h)) / (2.0 * h);
        assert!((dx - adjoint.x).abs() < 1e-6 && (dy - adjoint.y).abs() < 1e-6);
    }
}

#[test]
fn generic_indices() {
    let mut m = types::Table {
        cols: 2,
        data: vec![1.0, 3.0, 0.0, 0.0],
    };
    let mut adj = types::TableTangent { data: vec![0.0; 4] };
    let (value, of_k) = mirrored::grad(&mut m, &mut adj, 2.0);
    assert_eq!((value, of_k), (18.0, 9.0));
    assert_eq!(adj.data, [0.0, 12.0, 0.0, 0.0]);
    assert_eq!(m.data, [1.0, 3.0, 6.0, 0.0]);
}
