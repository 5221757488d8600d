//! The same in generic code and in methods.

use ad_runtime::{Float, conservative_grad};
use twin::{program, twin};

#[conservative_grad]
fn trapezoid<T: Float>(f: impl Fn(T) -> T, a: T, b: T) -> T {
    let half = T::from(0.5).unwrap();
    half * (b - a) * (f(a) + f(b))
}

#[conservative_grad]
fn cube<T: Float>(x: T) -> T {
    x * x * x
}

#[conservative_grad]
fn area<T: Float>(k: T, b: T) -> T {
    trapezoid(|x| k * x.sin(), T::zero(), b) + trapezoid(cube, k, b) + trapezoid(|x| x, k, b)
}

#[test]
fn generic_in_the_number() {
    let (k, b) = (1.5_f64, 0.7_f64);
    // (k sin(b) + (k^3 + b^3)(b - k) / k .. ) by hand
    let value =
        0.5 * b * k * b.sin() + 0.5 * (b - k) * (k.powi(3) + b.powi(3)) + 0.5 * (b * b - k * k);
    let by_k = 0.5 * b * b.sin() + 0.5 * (-(k.powi(3) + b.powi(3)) + (b - k) * 3.0 * k * k) - k;
    let by_b = 0.5 * k * (b.sin() + b * b.cos())
        + 0.5 * (k.powi(3) + b.powi(3) + (b - k) * 3.0 * b * b)
        + b;
    let (found, (dk, db)) = area::grad(k, b);
    assert_eq!(found, area(k, b));
    assert!((found - value).abs() < 1e-12);
    assert!((dk - by_k).abs() < 1e-12 && (db - by_b).abs() < 1e-12);
    let (_, tangent) = area::jvp(k, 2.0, b, -1.0);
    assert!((tangent - (2.0 * by_k - by_b)).abs() < 1e-12);
    let (_, (dk, db)) = area::grad(k as f32, b as f32);
    assert!((dk - by_k as f32).abs() < 1e-5 && (db - by_b as f32).abs() < 1e-5);
    let (_, db) = trapezoid::grad(cube {}, 1.0_f64, 2.0);
    assert_eq!(db, (0.5 * (-9.0 + 3.0), 0.5 * (9.0 + 12.0)));
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn single_precision(k: f32, b: f32) -> f32 {
    single(|x| k * x * x, b)
}

#[twin]
#[conservative_grad]
fn single(f: impl Fn(f32) -> f32, x: f32) -> f32 {
    f(x) * f(2.0 * x)
}

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Spring {
        pub k: f64,
        pub rest: f64,
        pub n: usize,
    }

    #[conservative_grad]
    impl Spring {
        pub fn work(&self, from: f64, to: f64) -> f64 {
            crate::closures::integrate(
                |x| self.k * (x - self.rest) * self.n as f64,
                from,
                to,
                self.n,
            )
        }
        pub fn both(&self, f: impl Fn(f64) -> f64, x: f64) -> f64 {
            f(x) * self.k + f(self.rest)
        }
        pub fn twice(self, x: f64) -> f64 {
            self.both(|y| y * x + self.both(|z| z * self.k, y), x)
        }
        pub fn force(&self, x: f64) -> f64 {
            self.k * (self.rest - x)
        }
        pub fn by_method(&self, x: f64) -> f64 {
            crate::closures::integrate(|y| self.force(y) * Self::unit(y), 0.0, x, 3)
        }
        pub fn unit(x: f64) -> f64 {
            x.exp()
        }
    }
}

#[program(n = 3, on(0.5, 1.5))]
#[conservative_grad]
fn methods_with_closures(k: f64, rest: f64, a: f64, b: f64, n: usize) -> f64 {
    let s = types::Spring { k, rest, n };
    s.work(a, b) + s.twice(b) * s.by_method(a)
}

#[program(n = 3, on(0.5, 1.5))]
#[conservative_grad]
fn captures_a_struct(k: f64, rest: f64, a: f64, n: usize) -> f64 {
    let s: types::Spring = types::Spring { k, rest, n };
    worked(&s, a)
}

#[twin]
#[conservative_grad]
fn worked(s: &types::Spring, a: f64) -> f64 {
    super::closures::integrate(|x| s.force(x) * s.k + x, 0.0, a, 3)
}
