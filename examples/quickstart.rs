//! The gradient of an ordinary function: `cargo run --example quickstart`.

use ad_runtime::{Tape, conservative_grad};

/// Mean absolute error of the line `theta[0] + theta[1] * x`.
#[conservative_grad(wrt(theta))]
fn mae(theta: [f64; 2], xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (theta[0] + theta[1] * x - y).abs();
    }
    sum / xs.len() as f64
}

fn main() {
    let (xs, ys) = ([0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 4.0, 7.0]);

    let (value, gradient) = mae::grad([0.5, 1.5], &xs, &ys);
    println!("at [0.5, 1.5]: error {value}, gradient {gradient:?}");

    // This line meets two of the points, where the absolute value has a kink.
    let (value, gradient, trace) = mae::grad_trace([1.0, 1.5], &xs, &ys);
    println!("at [1.0, 1.5]: error {value}, gradient {gradient:?}, {trace}");

    let (_, slope) = mae::jvp([0.5, 1.5], [0.0, 1.0], &xs, &ys);
    println!("forward mode, along the second parameter: {slope}");

    // A subgradient method: one tape, no allocation after the first step.
    let (mut theta, mut gradient, mut tape) = ([0.5, 1.5], [0.0; 2], Tape::new());
    for k in 0..2000 {
        gradient.fill(0.0);
        mae::vjp_into(&mut tape, theta, &mut gradient, &xs, &ys, 1.0);
        let step = 0.5 / (1.0 + f64::from(k));
        for (t, g) in theta.iter_mut().zip(gradient) {
            *t -= step * g;
        }
    }
    println!(
        "fitted: [{:.2}, {:.2}], error {:.3}",
        theta[0],
        theta[1],
        mae(theta, &xs, &ys)
    );
}
