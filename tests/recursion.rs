//! Deep recursion: each generated frame is a small multiple of the user's, so that what the user
//! can run ten thousand deep on a thread with the usual stack, the derivative can, too.
//!
//! Frames are those of optimised builds; other builds run less deep and measure nothing.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]

use std::cell::Cell;
use std::hint::black_box;

use ad_runtime::{Differentiable, Tape, conservative_grad};

thread_local! {
    static DEEPEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Notes how far down the stack has grown.
#[inline(never)]
fn note() -> usize {
    let here = 0_u8;
    let at = std::ptr::from_ref(black_box(&here)).addr();
    DEEPEST.with(|deepest| deepest.set(deepest.get().min(at)));
    at
}

/// The bottom of a recursion; it is also the last that the reverse sweep comes to from above.
#[conservative_grad(custom(vjp = bottom_vjp, jvp = bottom_jvp))]
#[inline(never)]
fn bottom(x: f64) -> f64 {
    note();
    x
}

#[inline(never)]
fn bottom_vjp(x: f64, seed: f64) -> (f64, f64) {
    note();
    (x, seed)
}

#[inline(never)]
fn bottom_jvp(x: f64, x_tan: f64) -> (f64, f64) {
    note();
    (x, x_tan)
}

#[conservative_grad]
fn number(x: f64, n: usize) -> f64 {
    if n == 0 {
        return bottom(x);
    }
    number(x.sin() * 0.999 + x * 0.001, n - 1) * x
}

#[conservative_grad]
fn branches(x: f64, y: f64, n: usize) -> f64 {
    if n == 0 {
        return bottom(x);
    }
    let a = x * y;
    let b = a.sin();
    if b > 0.5 {
        branches(b, y, n - 1) * a
    } else if n % 3 == 0 {
        branches(b + 0.1, y * 0.999, n - 1).tanh() + a * b
    } else {
        let mut v = [a, b, x];
        v[1] = branches(v[0], v[1], n - 1);
        v[0] * v[1] + v[2]
    }
}

#[conservative_grad]
fn in_place(v: &mut [f64], n: usize) -> f64 {
    if n == 0 {
        return bottom(v[0]);
    }
    for i in 1..v.len() {
        v[i] = (v[i] * v[i - 1]).sin();
    }
    let t = v[1];
    let below = in_place(v, n - 1);
    v[0] *= 0.999;
    below * t + v[0]
}

#[conservative_grad]
fn arrays(p: [f64; 3], c: f64, n: usize) -> f64 {
    if n == 0 {
        return bottom(p[0]);
    }
    let q = [p[1] * c, p[2].sin(), p[0] * p[1]];
    arrays(q, c, n - 1) + q[0] * p[2]
}

#[derive(Clone, Differentiable)]
struct Node {
    a: f64,
    b: f64,
    depth: usize,
}

#[conservative_grad]
fn structures(s: &Node, n: usize) -> f64 {
    if n == 0 {
        return bottom(s.a);
    }
    let next = Node {
        a: s.b * s.a,
        b: s.a.cos(),
        depth: s.depth + 1,
    };
    structures(&next, n - 1) * s.b + s.a
}

#[conservative_grad]
fn fallible(x: f64, n: usize) -> Option<f64> {
    if n == 0 {
        return Some(bottom(x));
    }
    if x > 1e9 {
        return None;
    }
    let y = fallible((x * 1.1).sin(), n - 1)?;
    Some(y * x + 0.1)
}

#[conservative_grad]
fn even(x: f64, n: usize) -> f64 {
    if n == 0 {
        bottom(x)
    } else {
        odd((x * 1.0001).sin(), n - 1) + x
    }
}

#[conservative_grad]
fn odd(x: f64, n: usize) -> f64 {
    if n == 0 {
        bottom(x)
    } else {
        even((x * 0.9999).cos(), n - 1) * x
    }
}

const DEPTH: usize = if cfg!(debug_assertions) { 200 } else { 10_000 };

/// The stack that a call uses.
#[inline(never)]
fn stack<T>(call: impl FnOnce() -> T) -> usize {
    DEEPEST.with(|deepest| deepest.set(usize::MAX));
    let top = note();
    black_box(call());
    top - DEEPEST.with(Cell::get)
}

/// What the user's function uses, and then what each mode uses.
fn compare<const N: usize>(name: &str, all: [usize; N]) {
    let (primal, modes) = (all[0], &all[1..]);
    for (mode, used) in modes.iter().enumerate() {
        let (frame, of_primal) = (used / DEPTH, primal / DEPTH);
        println!("{name}, mode {mode}: {frame} bytes a frame, the primal's {of_primal}");
        assert!(
            cfg!(debug_assertions) || *used <= 4 * primal,
            "{name}, mode {mode}: {frame} bytes a frame, the primal's {of_primal}"
        );
    }
}

fn on_a_small_stack(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(f);
    thread.unwrap().join().unwrap();
}

#[test]
fn ten_thousand_deep() {
    on_a_small_stack(|| {
        let n = DEPTH;
        let mut tape = Tape::new();
        compare(
            "number",
            [
                stack(|| number(0.7, n)),
                stack(|| number::vjp_into(&mut tape, 0.7, &mut 0.0, n, 1.0)),
                stack(|| number::grad(0.7, n)),
                stack(|| number::jvp(0.7, 1.0, n)),
                stack(|| number::grad_ties(0.7, n)),
            ],
        );
        compare(
            "branches",
            [
                stack(|| branches(0.7, 0.9, n)),
                stack(|| branches::grad(0.7, 0.9, n)),
                stack(|| branches::jvp(0.7, 1.0, 0.9, 1.0, n)),
                stack(|| branches::grad_trace(0.7, 0.9, n)),
            ],
        );
        let (mut v, mut v_adj) = ([0.3, 0.4, 0.5], [0.0; 3]);
        compare(
            "in_place",
            [
                stack(|| in_place(&mut v, n)),
                stack(|| in_place::grad(&mut v, &mut v_adj, n)),
                stack(|| in_place::jvp(&mut v, &mut v_adj, n)),
            ],
        );
        let p = [0.3, 0.4, 0.5];
        compare(
            "arrays",
            [
                stack(|| arrays(p, 0.9, n)),
                stack(|| arrays::grad(p, 0.9, n)),
                stack(|| arrays::jvp(p, p, 0.9, 1.0, n)),
            ],
        );
        let s = Node {
            a: 0.3,
            b: 0.4,
            depth: 0,
        };
        let s_tan = s.zero_like();
        compare(
            "structures",
            [
                stack(|| structures(&s, n)),
                stack(|| structures::grad(&s, n)),
                stack(|| structures::jvp(&s, &s_tan, n)),
            ],
        );
        compare(
            "fallible",
            [
                stack(|| fallible(0.3, n)),
                stack(|| fallible::grad(0.3, n)),
                stack(|| fallible::jvp(0.3, 1.0, n)),
            ],
        );
        compare(
            "even",
            [
                stack(|| even(0.3, n)),
                stack(|| even::grad(0.3, n)),
                stack(|| even::jvp(0.3, 1.0, n)),
            ],
        );
    });
}

#[test]
fn the_gradient_of_a_deep_recursion_is_right() {
    on_a_small_stack(|| {
        let (value, g) = number::grad(0.7, DEPTH);
        assert_eq!(value, number(0.7, DEPTH));
        let t = number::jvp(0.7, 1.0, DEPTH).1;
        assert!((g - t).abs() <= 1e-12 * t.abs(), "{g} {t}");
        let (_, g) = even::grad(0.3, DEPTH);
        let (_, t) = even::jvp(0.3, 1.0, DEPTH);
        assert!((g - t).abs() <= 1e-12 * (1.0 + t.abs()), "{g} {t}");
    });
}
