//! Fused loops in methods, generic functions and functions with large arrays.

use ad_runtime::conservative_grad;
use num_traits::Float;
use twin::program;

#[program(x[4])]
#[conservative_grad]
fn large_array(x: &[f64]) -> f64 {
    let mut table = [0.5; 3000];
    table[1] = x[0] * x[1];
    let mut room = [0.0; 2048];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..2048 {
            room[j] = x[i] * table[j % 3];
        }
        s += room[0] * room[1] + table[2] * x[i];
    }
    s + table[1]
}

#[program(x[4])]
#[conservative_grad]
fn of_closures(x: &[f64]) -> f64 {
    let scale = x[0].exp();
    let square = |v: f64| v * v * scale;
    let mut s = 0.0;
    for v in x {
        let w = [*v, square(*v)];
        let mut t = 0.0;
        for u in w.iter().rev() {
            t = t * 0.5 + u.sin();
        }
        s += square(t) + w[1];
    }
    s / x.len() as f64
}

#[program(x[4], out[2], on(0.5, 2.0))]
#[conservative_grad]
fn with_an_output(x: &[f64], out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    out[0] *= x[0];
    for i in 0..x.len() {
        let t = x[i] * out[0];
        s += t.ln();
        out[1] += t;
    }
    s
}

#[program(x[4], on(0.5, 2.0))]
#[conservative_grad]
fn by_value(mut x: [f64; 4], a: f64) -> f64 {
    x[1] *= a;
    let mut s = 0.0;
    let mut n = 0.0;
    for i in 0..4 {
        s += x[i].powf(a);
        n += 1.0;
    }
    x[0] = s;
    s / n + x[0] * x[3]
}

#[program(x[6])]
#[conservative_grad]
fn nested_workspace(x: &[f64]) -> f64 {
    let mut y = 0.0;
    let mut z = [0.0; 2];
    let mut s = 0.0;
    for i in 0..3 {
        for j in 0..i {
            y = x[i] * x[j];
            for k in 0..2 {
                z[k] = y * x[k];
                z[k] *= z[k];
            }
            s += y * z[1];
            s -= z[0];
        }
    }
    0.25 * s
}

#[program(x[4])]
#[conservative_grad]
fn rest_depends(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut t = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
        t += x[i].sin();
    }
    s * t
}

#[derive(Clone, ad_runtime::Differentiable)]
struct Line {
    slope: f64,
}

#[conservative_grad]
impl Line {
    fn loss(&self, x: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..x.len() {
            let r = (self.slope * x[i]).tanh();
            s += r * r.exp();
        }
        s / x.len() as f64
    }
}

#[conservative_grad]
fn generic<T: Float + std::ops::AddAssign>(x: &[T], a: T) -> T {
    let mut s = T::zero();
    for v in x {
        let y = *v * a;
        s += y.exp() * y;
    }
    s * a
}

#[test]
fn methods_and_generic_functions() {
    let x: [f64; 3] = [0.3, -0.7, 1.1];
    let (value, gradient) = generic::grad(&x, 0.9);
    assert_eq!(value.to_bits(), generic(&x, 0.9).to_bits());
    let h = 1e-6;
    let by_a = (generic(&x, 0.9 + h) - generic(&x, 0.9 - h)) / (2.0 * h);
    assert!((gradient.1 - by_a).abs() < 1e-7, "{} {by_a}", gradient.1);
    let line = |slope| Line { slope }.loss(&x);
    let (value, gradient) = Line { slope: 0.4 }.loss_grad(&x);
    assert_eq!(value.to_bits(), line(0.4).to_bits());
    let by_x: Vec<f64> = (0..3)
        .map(|k| {
            let at = |d: f64| {
                let mut x = x;
                x[k] += d;
                Line { slope: 0.4 }.loss(&x)
            };
            (at(h) - at(-h)) / (2.0 * h)
        })
        .collect();
    let (_, by_input) = gradient_parts(gradient);
    for (a, b) in by_input.iter().zip(&by_x) {
        assert!((a - b).abs() < 1e-7, "{a} {b}");
    }
}

fn gradient_parts<S>((of_self, of_x): (S, Vec<f64>)) -> (S, Vec<f64>) {
    (of_self, of_x)
}
