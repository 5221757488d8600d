//! The gradient of an ordinary function: `cargo run --example quickstart`.

use ad_runtime::conservative_grad;

/// Mean absolute error of the line `theta[0] + theta[1] * x`.
#[conservative_grad(wrt(theta))]
fn mean_absolute_error(theta: [f64; 2], xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (theta[0] + theta[1] * x - y).abs();
    }
    sum / xs.len() as f64
}

fn main() {
    let (xs, ys) = ([0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 4.0, 7.0]);
    let (value, gradient, trace) = mean_absolute_error::grad_trace([1.0, 1.5], &xs, &ys);
    println!("error {value}, gradient {gradient:?}: {}", trace.verdict());
    for tie in trace.ties() {
        println!("tie: {} in line {}", tie.site.source, tie.site.line);
    }
    let (_, slope) = mean_absolute_error::jvp([1.0, 1.5], [0.0, 1.0], &xs, &ys);
    println!("derivative along the second parameter {slope}");
}
