//! Associated types, traits with type parameters, generic methods, functions without a
//! receiver.

use ad_runtime::conservative_grad;
use twin::{program, twin};
#[allow(unused_imports)]
use types::{Activation as _, Model as _, Norm as _};
#[allow(unused_imports)]
use types_dual::{Activation as _, Model as _, Norm as _};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};
    use num_traits::Float;

    /// A strategy: its types hold nothing, and need no tangent.
    #[conservative_grad]
    pub trait Law {
        const POWER: i32;
        fn value(x: f64) -> f64;
        fn slope(x: f64) -> f64 {
            Self::value(x) * x.powi(Self::POWER)
        }
    }
    pub struct Cubic;
    pub struct Hinge;
    #[conservative_grad]
    impl Law for Cubic {
        const POWER: i32 = 2;
        fn value(x: f64) -> f64 {
            x * x * x
        }
    }
    #[conservative_grad]
    impl Law for Hinge {
        const POWER: i32 = 1;
        fn value(x: f64) -> f64 {
            (1.0 - x).max(0.0)
        }
        fn slope(x: f64) -> f64 {
            if x < 0.7 { -x } else { x * x }
        }
    }
    #[conservative_grad]
    pub fn apply<L: Law>(x: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n {
            y = L::value(y) * 0.5 + L::slope(x);
        }
        y
    }

    /// Associated types.
    #[conservative_grad]
    pub trait Model {
        type Point: Differentiable + Clone;
        type Out;
        fn at(&self, p: &Self::Point) -> f64;
        fn shifted(p: &Self::Point, d: f64) -> Self::Point;
        fn step(&self, p: Self::Point, d: f64) -> f64 {
            self.at(&Self::shifted(&p, d)) - self.at(&p)
        }
        #[conservative_grad(skip)]
        fn none(&self) -> Option<Self::Out> {
            None
        }
    }
    #[derive(Clone, Debug, Differentiable)]
    pub struct Linear {
        pub w: Vec<f64>,
    }
    #[conservative_grad]
    impl Model for Linear {
        type Point = [f64; 2];
        type Out = String;
        fn at(&self, p: &[f64; 2]) -> f64 {
            self.w[0] * p[0] + self.w[1] * p[1] * p[1]
        }
        fn shifted(p: &Self::Point, d: f64) -> Self::Point {
            [p[0] + d, p[1] * d]
        }
        #[conservative_grad(skip)]
        fn none(&self) -> Option<String> {
            Some("linear".to_string())
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Bump {
        pub c: f64,
    }
    #[conservative_grad]
    impl Model for Bump {
        type Point = f64;
        type Out = usize;
        fn at(&self, p: &f64) -> f64 {
            (*p - self.c).abs().exp()
        }
        fn shifted(p: &f64, d: f64) -> f64 {
            *p + d
        }
    }
    #[conservative_grad]
    pub fn walk<M: Model + Differentiable>(m: &M, p: M::Point, d: f64) -> f64 {
        let q = M::shifted(&p, d);
        let first = m.at(&q);
        first * m.step(q, first * 0.1)
    }

    /// A type parameter that is a number.
    #[conservative_grad]
    pub trait Activation<T: Float> {
        fn run(&self, x: T) -> T;
        fn twice(&self, x: T) -> T {
            self.run(self.run(x) + x)
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Leaky<T> {
        pub slope: T,
    }
    #[conservative_grad]
    impl<T: Float> Activation<T> for Leaky<T> {
        fn run(&self, x: T) -> T {
            if x > T::zero() { x } else { self.slope * x }
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Swish;
    #[conservative_grad]
    impl<T: Float> Activation<T> for Swish {
        fn run(&self, x: T) -> T {
            x / (T::one() + (-x).exp())
        }
    }
    #[conservative_grad]
    pub fn layer<T: Float, A: Activation<T> + Differentiable>(a: &A, x: &[T], w: T) -> T {
        let mut sum = T::zero();
        for v in x {
            sum = sum + a.twice(*v * w);
        }
        sum
    }

    /// Generic methods.
    #[conservative_grad]
    pub trait Norm {
        fn norm<T: Float, const N: usize>(&self, x: &[T; N], p: i32) -> T;
        fn with<M: Model<Point = f64> + Differentiable>(&self, m: &M, x: f64) -> f64 {
            m.at(&x) * self.norm(&[x, x * x], 2)
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Sum;
    #[conservative_grad]
    impl Norm for Sum {
        fn norm<T: Float, const N: usize>(&self, x: &[T; N], p: i32) -> T {
            let mut s = T::zero();
            for i in 0..N {
                s = s + x[i].powi(p);
            }
            s
        }
    }
}

#[program(n = 3, on(0.1, 0.9))]
#[conservative_grad]
fn strategies(x: f64, n: usize) -> f64 {
    types::apply::<types::Cubic>(x, n) - types::apply::<types::Hinge>(x, n)
}

#[program(on(0.2, 1.4))]
#[conservative_grad]
fn models(a: f64, b: f64, d: f64) -> f64 {
    let m = types::Linear { w: vec![a, b] };
    let n = types::Bump { c: a * b };
    types::walk(&m, [a, d], d) + types::walk(&n, b, d) * n.at(&d)
}

#[program(x[3])]
#[conservative_grad]
fn activations(x: &[f64], s: f64, w: f64) -> f64 {
    let leaky = types::Leaky { slope: s };
    types::layer(&leaky, x, w) + types::layer(&types::Swish, x, s) + leaky.twice(w)
}

#[program(on(0.2, 1.4))]
#[conservative_grad]
fn generic_methods(x: f64, c: f64) -> f64 {
    let m = types::Bump { c };
    let n = types::Sum;
    n.with(&m, x) + n.norm(&[x, c, x * c], 3)
}
