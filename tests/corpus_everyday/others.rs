//! Ranges that contain floats, and generic functions of functions.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(xs[5])]
#[conservative_grad]
fn contained(xs: &[f64]) -> f64 {
    let (lo, hi) = (xs[0] * 0.5, xs[1] + 0.5);
    let mut s = 0.0;
    for &x in xs {
        if (lo..=hi).contains(&x) {
            s += x * x * hi;
        }
        if (0.25..).contains(&x) && !(..xs[2] + 0.1).contains(&(x * 1.1)) {
            s += x * lo;
        }
    }
    s
}

#[twin]
#[conservative_grad]
fn weighted<const N: usize>(f: impl Fn(f64) -> f64, x: f64, w: [f64; N]) -> f64 {
    let mut s = 0.0;
    for i in 0..N {
        s += f(x + i as f64) * w[i];
    }
    s
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn of_a_constant_parameter(x: f64, k: f64) -> f64 {
    weighted(|y: f64| y * y * k, x, [1.0, k, 3.0])
}

#[program(xs[4])]
#[conservative_grad]
fn arrays_of_functions(xs: &[f64]) -> f64 {
    let squares = std::array::from_fn::<f64, 3, _>(|i| xs[i] * xs[i + 1]);
    squares[0] * squares[1] + squares[2]
}
