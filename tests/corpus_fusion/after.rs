//! What follows the loop decides whether the cotangents of its sums are known before it.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[5])]
#[conservative_grad]
fn mean(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    s / x.len() as f64
}

#[program(x[5])]
#[conservative_grad]
fn scaled(x: &[f64], a: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    let b = x[0].exp();
    a * s * b + s
}

#[program(x[5])]
#[conservative_grad]
fn square_root(x: &[f64]) -> f64 {
    let mut s = 1.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    s.sqrt()
}

#[program(x[5])]
#[conservative_grad]
fn one_after_the_other(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    let mut t = 0.0;
    for i in 0..x.len() {
        t += x[i] * s;
    }
    let mut u = 0.0;
    for i in 0..x.len() {
        u += x[i].sin();
    }
    t - u
}

#[program(x[5])]
#[conservative_grad]
fn centred(x: &[f64]) -> f64 {
    let mut mean = 0.0;
    for i in 0..x.len() {
        mean += x[i] / x.len() as f64;
    }
    let mut s = 0.0;
    for i in 0..x.len() {
        s += (x[i] - mean) * (x[i] - mean);
    }
    s / (x.len() - 1) as f64
}

#[program(x[5])]
#[conservative_grad]
fn changed_factor(x: &[f64]) -> f64 {
    let mut c = 2.0;
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i] * c;
    }
    c += x[1];
    let d = c;
    c *= d;
    s * c + d
}

#[program(x[5])]
#[conservative_grad]
fn changed_memory(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    y[0] = x[1] * x[2];
    let mut s = 0.0;
    for i in 0..x.len() {
        s += y[i] * y[i];
    }
    y[0] = 3.0 * x[4];
    y[2] *= y[0];
    s * 0.5 + y[2] * y[0]
}

#[program(x[5])]
#[conservative_grad]
fn changed_sum(x: &[f64]) -> f64 {
    let mut s = x[3];
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    s *= x[0];
    s += x[1];
    s
}

#[program(x[5])]
#[conservative_grad]
fn sum_of_both(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    let half = s;
    for i in 0..x.len() {
        s += x[i].sin();
    }
    s + 2.0 * half
}

#[program(x[5])]
#[conservative_grad]
fn sum_between(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
    }
    let half = s;
    for i in 0..x.len() {
        s += x[i] * half;
    }
    s
}

#[twin]
#[conservative_grad]
fn penalty(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v;
    }
    s.sqrt()
}

#[program(x[5])]
#[conservative_grad]
fn with_a_penalty(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i].exp();
    }
    let regular: f64 = penalty(x);
    s + 0.1 * regular
}

#[program(x[5])]
#[conservative_grad]
fn chosen_after(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i].exp();
    }
    if s > 3.0 { s * 2.0 } else { s - 1.0 }
}

#[program(x[5])]
#[conservative_grad]
fn greater_of(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut t = 0.0;
    for i in 0..x.len() {
        s += x[i].exp();
        t += x[i].cos();
    }
    s.max(t) + s.min(x[0]) * 0.0
}

#[program(x[5])]
#[conservative_grad]
fn parameter_feeds_too(x: &[f64], a: f64) -> f64 {
    let mut s = 0.0;
    let mut b = a;
    for i in 0..x.len() {
        s += x[i] * a * b;
    }
    b = b * a;
    s + a * a + b
}

#[program(x[5])]
#[conservative_grad]
fn indexed_after(x: &[f64], k: [f64; 2]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * k[0];
    }
    s * x[2] + k[1]
}

#[program(x[5], n = 5)]
#[conservative_grad]
fn early_return(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    if n == 0 {
        return x[0];
    }
    for i in 0..n {
        s += x[i] * x[i];
    }
    if n == 3 {
        return s;
    }
    s / n as f64
}
