//! Closures that do not escape.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program()]
#[conservative_grad]
fn called_twice(x: f64, y: f64) -> f64 {
    let square = |a: f64| a * a;
    let scaled = |a, b| square(a) * y + b;
    scaled(x, y) - scaled(y, square(x))
}

/// A name means what it meant where the closure was written.
#[program()]
#[conservative_grad]
fn captures_what_was_there(x: f64, y: f64) -> f64 {
    let a = x * 2.0;
    let f = |b: f64| a * b + y;
    let a = y.sin();
    let y = 3.0 * a;
    f(a) + y
}

#[program(xs[4])]
#[conservative_grad]
fn captures_mutably(xs: &[f64]) -> f64 {
    let mut total = 1.0;
    let mut count = 0;
    let mut add = |v: f64| {
        total = total * 0.5 + v * v;
        count += 1;
        total
    };
    let mut s = 0.0;
    for x in xs {
        s += add(*x);
    }
    s * add(xs[0]) + total * count as f64
}

/// A `move` closure has its own copy.
#[program()]
#[conservative_grad]
fn moves_copies(x: f64, y: f64) -> f64 {
    let mut a = x;
    let mut table = [x, y];
    let mut own = move |b: f64| {
        a = a * b;
        table[0] += a;
        table[0] + table[1]
    };
    let p = own(y);
    let q = own(y + 1.0);
    a += 1.0;
    table[1] *= 2.0;
    p + q * a + table[1] * table[0]
}

#[program()]
#[conservative_grad]
fn returns_early(x: f64, y: f64) -> f64 {
    let f = |a: f64, b: f64| -> f64 {
        if a > b {
            return a * a;
        }
        for k in 0..3 {
            if b > k as f64 * 0.5 {
                return b * a * k as f64 + a;
            }
        }
        b.sin()
    };
    f(x, y) + f(y, x) * f(x, 1.5)
}

#[program(xs[5])]
#[conservative_grad]
fn gives_references_and_tuples(xs: &[f64]) -> f64 {
    let n = xs.len();
    let at = |i: usize| &xs[i % n];
    let pair = |i: usize| (at(i) * 2.0, *at(i + 1));
    let (a, b) = pair(3);
    let (c, d) = pair(4);
    a * b - c / (2.0 + d * d)
}

#[program()]
#[conservative_grad]
fn takes_patterns(x: f64, y: f64) -> f64 {
    let cross = |(a, b): (f64, f64), [c, d]: [f64; 2]| a * d - b * c;
    let norm = |p: &(f64, f64)| p.0 * p.0 + p.1 * p.1;
    let p = (x, y);
    cross(p, [y, x * x]) + norm(&p)
}

#[program()]
#[conservative_grad]
fn called_in_branches(x: f64, y: f64) -> f64 {
    let smooth = |t: f64| t * t * (3.0 - 2.0 * t);
    let mut s = if x > 0.0 { smooth(x) } else { -smooth(-x) };
    let mut i = 0;
    while smooth(s) < 0.75 && i < 4 {
        s += 0.3 * smooth(y).abs();
        i += 1;
    }
    s
}

#[program(xs[3])]
#[conservative_grad]
fn writes_through_a_captured_slice(xs: &mut [f64], a: f64) -> f64 {
    let mut scale = |i: usize, f: f64| {
        xs[i] *= f;
        xs[(i + 1) % 3] += xs[i];
    };
    scale(0, a);
    scale(2, a * a);
    xs[0] * xs[1]
}

#[program()]
#[conservative_grad]
fn literal_called_at_once(x: f64) -> f64 {
    let y = (|a: f64| a.exp() * x)(x);
    let z = (|| y + x)();
    y * z
}

#[twin]
#[conservative_grad]
fn cubed(x: f64) -> f64 {
    x * x * x
}

#[program(n = 4)]
#[conservative_grad]
fn calls_functions(x: f64, n: usize) -> f64 {
    let f = |t: f64| cubed(t) + t.cos();
    let g = f64::sin;
    let h = &f;
    let integral = |a: f64, b: f64| {
        let step = (b - a) / n as f64;
        let mut s = 0.0;
        for k in 0..n {
            s += h(a + (k as f64 + 0.5) * step);
        }
        s * step
    };
    integral(0.0, x) * g(x)
}

#[program(xs[4])]
#[conservative_grad]
fn integers_and_conditions(xs: &[f64]) -> f64 {
    let wrap = |i: usize| (i + 1) % xs.len();
    let above = |i: usize| xs[i] > xs[wrap(i)];
    let mut s = 0.0;
    for i in 0..xs.len() {
        if above(i) && !above(wrap(i)) {
            s += xs[i] * xs[wrap(i)];
        } else {
            s -= xs[i];
        }
    }
    s
}

#[program()]
#[conservative_grad]
fn shadows_its_own_name(x: f64) -> f64 {
    let f = |a: f64| a * 2.0;
    let f = |a: f64| f(a) + f(x);
    let x = f(x * x);
    f(x)
}
