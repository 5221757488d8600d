//! Memory that several callees overwrite: some of them read again what they find there, others
//! only write, and only their own macros know.

use ad_runtime::conservative_grad;
use twin::{program, twin};

/// Reads nothing of `out`.
#[twin]
#[conservative_grad]
fn fill(x: &[f64], by: f64, out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = x[i % x.len()] * by;
    }
}

/// Reads what it overwrites.
#[twin]
#[conservative_grad]
fn square(a: &mut [f64]) {
    for v in a.iter_mut() {
        *v = *v * *v;
    }
}

/// Linear in `a`, so it need not read it, but in `by` as well, so it must.
#[twin]
#[conservative_grad]
fn scale(a: &mut [f64], by: f64) {
    for v in a.iter_mut() {
        *v *= by;
    }
}

/// Linear, with a constant: reads nothing.
#[twin]
#[conservative_grad]
fn halve(a: &mut [f64]) {
    for v in a.iter_mut() {
        *v *= 0.5;
    }
}

#[twin]
#[conservative_grad]
fn total(a: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in a {
        s += v;
    }
    s
}

#[program(x[3], n = 18, on(0.3, 1.1))]
#[conservative_grad]
fn readers_and_writers_in_turn(x: &[f64], n: usize) -> f64 {
    let mut w = vec![0.0; n];
    let mut s = x[0];
    for round in 0..3 {
        fill(x, s, &mut w);
        square(&mut w);
        halve(&mut w);
        if round == 1 {
            scale(&mut w, x[1]);
        }
        s += 0.1 * total(&w);
        fill(x, x[2], &mut w);
        scale(&mut w, s);
        s += w[3] * 0.1;
    }
    s
}

#[program(x[3], on(0.3, 1.1))]
#[conservative_grad]
fn only_writers(x: &[f64]) -> f64 {
    let mut w = [0.0; 17];
    let mut s = x[0];
    for _ in 0..3 {
        fill(x, s, &mut w);
        halve(&mut w);
        s += 0.1 * total(&w);
    }
    s * s
}

#[program(x[3], on(0.3, 1.1))]
#[conservative_grad]
fn stored_between_calls(x: &[f64]) -> f64 {
    let mut w = vec![1.0; 5];
    let mut s = 0.0;
    for i in 0..4 {
        halve(&mut w);
        w[i] += x[i % 3] * w[4];
        scale(&mut w[1..], x[0]);
        fill(&w.clone(), x[1], &mut w[..2]);
        w.swap(0, 3);
        s += w[0] * w[i];
    }
    s
}

/// A `&mut` is passed on for a `&`, and to callees of both kinds.
#[program(x[3], w[17], on(0.3, 1.1))]
#[conservative_grad]
fn passed_to_both_kinds(x: &[f64], w: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..2 {
        s += total(w) * x[i];
        halve(w);
        fill(x, s, &mut w[..9]);
        square(w);
        fill(w, x[2], &mut [s, 1.0]);
    }
    s
}

#[twin]
#[conservative_grad]
fn even(a: &mut [f64], x: f64, depth: usize) -> f64 {
    if depth == 0 {
        return a[0] * x;
    }
    halve(a);
    let y = odd(a, x * 0.9, depth - 1);
    square(a);
    y + a[depth] * x
}

#[twin]
#[conservative_grad]
fn odd(a: &mut [f64], x: f64, depth: usize) -> f64 {
    if depth == 0 {
        return a[1] - x;
    }
    for i in 0..a.len() {
        a[i] += x;
    }
    even(a, x, depth - 1) * x
}

#[program(x[3], on(0.3, 1.1))]
#[conservative_grad]
fn in_mutual_recursion(x: &[f64]) -> f64 {
    let mut w = vec![x[1]; 16];
    let mut s = 0.0;
    for depth in 2..5 {
        s += even(&mut w, x[2], depth);
        halve(&mut w);
        s *= x[0];
    }
    s + total(&w)
}

#[twin]
#[conservative_grad]
fn two(a: &mut [f64], b: &mut [f64], x: f64) {
    for i in 0..a.len() {
        a[i] = b[i] * x;
        b[i] = x;
    }
}

#[program(x[2], on(0.3, 1.1))]
#[conservative_grad]
fn one_of_two_is_read(x: &[f64]) -> f64 {
    let mut a = vec![x[0]; 16];
    let mut b = vec![x[1]; 16];
    let mut s = 0.0;
    for _ in 0..3 {
        two(&mut a, &mut b, x[0] + s);
        s += a[2] * b[1];
        two(&mut b, &mut a, x[1]);
        std::mem::swap(&mut a, &mut b);
        s += a[0];
    }
    s
}
