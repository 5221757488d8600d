//! Slices that callees overwrite and callers read again: what each loop overwrote comes back,
//! by the element or as a whole.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn slope(x: &[f64], y: &[f64], out: &mut [f64]) {
    out[0] = x[0];
    for i in 1..x.len() {
        out[i] = x[i] * y[i - 1];
    }
}

#[program(x[20], steps = 3, on(0.3, 1.2))]
#[conservative_grad]
fn a_workspace(x: &[f64], steps: usize) -> f64 {
    let mut y = vec![0.5; x.len()];
    let mut k = vec![0.0; x.len()];
    let mut s = 0.0;
    for _ in 0..steps {
        slope(x, &y, &mut k);
        for i in 0..y.len() {
            y[i] += 0.1 * k[i] * k[i];
            s += k[i] * y[i];
        }
    }
    s
}

#[twin]
#[conservative_grad]
fn triangular(diagonal: &[f64], lower: &[f64], x: &[f64], out: &mut [f64]) {
    let d = x.len();
    for i in 0..d {
        out[i] = diagonal[i] * x[i];
    }
    let mut start = 0;
    for i in 0..d {
        let column = &lower[start..start + d - i - 1];
        for (o, l) in out[i + 1..].iter_mut().zip(column) {
            *o += l * x[i];
        }
        start += d - i - 1;
    }
}

#[twin]
#[conservative_grad]
fn norm(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v;
    }
    s
}

#[program(diagonal[17], lower[136], x[17], n = 3, on(-1.0, 1.0))]
#[conservative_grad]
fn accumulated_products(diagonal: &[f64], lower: &[f64], x: &[f64], n: usize) -> f64 {
    let mut x = x.to_vec();
    let mut out = vec![0.0; x.len()];
    let mut s = 0.0;
    for _ in 0..n {
        triangular(diagonal, lower, &x, &mut out);
        s += (0.01 * norm(&out)).exp();
        for i in 0..x.len() {
            x[i] = 0.5 * x[i] + 0.1 * out[i].sin();
        }
    }
    s
}

/// One loop keeps the whole, one single elements, one is too short for either to matter.
#[twin]
#[conservative_grad]
fn mixed(a: &mut [f64], b: f64, from: usize, to: usize) {
    for v in a.iter_mut() {
        *v = *v * *v + b;
    }
    for i in from..to {
        a[i] *= b;
    }
    a[3] = b * a[4];
    for round in 0..2 {
        for i in (0..a.len()).rev() {
            a[i] += 0.1 * b * round as f64;
        }
        a.swap(round, 5);
    }
    let last = a.len() - 1;
    for i in 0..=last {
        a[last - i] -= b * b;
    }
}

#[program(a[21], from = 4, to = 7, on(0.2, 0.9))]
#[conservative_grad]
fn loops_of_all_lengths(a: &[f64], from: usize, to: usize) -> f64 {
    let mut a = a.to_vec();
    let mut s = 0.0;
    for round in 0..3 {
        s += norm(&a);
        mixed(&mut a, s.sin(), from, to);
        // No iteration at all.
        mixed(&mut a[..21], 0.5, to, from + round - round);
        s += a[3] * a[20];
    }
    s
}

/// The caller's own parameter is passed on: whether it comes back is for its caller to say.
#[twin]
#[conservative_grad]
fn passed_on(a: &mut [f64], x: f64) {
    mixed(a, x, 1, 19);
    let mut k = 0;
    while k < 2 {
        for v in a.iter_mut() {
            *v = (*v * x).cos();
        }
        k += 1;
    }
    for v in &mut a[2..] {
        if *v > 0.3 {
            *v = *v * x;
        }
    }
}

#[program(a[19], on(0.2, 0.9))]
#[conservative_grad]
fn through_two_calls(a: &[f64], x: f64) -> f64 {
    let mut work = a.to_vec();
    let mut s = x;
    for _ in 0..3 {
        passed_on(&mut work, s);
        s += norm(&work) * a[1] * 0.01;
    }
    s * work[0]
}

#[program(a[18], on(0.2, 0.9))]
#[conservative_grad]
fn in_place(a: &mut [f64], x: f64) {
    mixed(a, x, 0, 18);
    for i in 0..18i32 {
        a[i as usize] = a[i as usize].sin() * x;
    }
}

/// The order of a walk lives in a slice of integers.
#[twin]
#[conservative_grad(wrt(x))]
fn walk(x: &[f64], next: &mut [usize], by: usize) -> f64 {
    for i in 0..next.len() {
        next[i] = (next[i] + by) % x.len();
    }
    let mut at = 0;
    let mut s = 0.0;
    for i in 0..x.len() {
        at = next[at];
        s += x[at] * x[i];
    }
    s
}

#[program(x[18], on(0.2, 0.9))]
#[conservative_grad]
fn integers_come_back(x: &[f64]) -> f64 {
    let mut next: Vec<usize> = (0..x.len()).collect();
    let mut s = 0.0;
    for round in 0..3 {
        s += walk(x, &mut next, 5 + round) * x[next[round]];
    }
    s
}

#[twin]
#[conservative_grad]
fn blocks(m: &mut [f64], x: &[f64], first: usize) {
    for i in first..first + 20 {
        for j in 0..2 {
            m[i] += x[j] * m[i] * m[j];
        }
        for j in 0..20 {
            m[j] *= 1.0 + 0.01 * x[j % 3];
        }
    }
}

#[program(x[24], on(0.2, 0.9))]
#[conservative_grad]
fn nested_loops(x: &[f64]) -> f64 {
    let mut m = vec![0.3; 200];
    let mut s = 0.0;
    for k in 0..3 {
        blocks(&mut m, x, 20 * k);
        s += m[20 * k] * m[5] * x[k];
    }
    s + norm(&m)
}
