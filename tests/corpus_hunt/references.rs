//! References that a branch chooses.

use ad_runtime::testing::check_grad;
use ad_runtime::{Differentiable, conservative_grad};
use twin::program;

#[program(xs[4], on(0.3, 1.7))]
#[conservative_grad]
fn lists_chosen_by_a_branch(xs: &[f64]) -> f64 {
    let (a, b) = (vec![xs[0], xs[1]], vec![xs[2] * xs[3], xs[1], 0.5]);
    let p = if a[0] > b[0] { &a } else { &b };
    let q = if xs[0] > 1.0 { &xs[0] } else { &xs[3] };
    let m = if *q > 1.2 { b[1].max(*q) } else { *q * *q };
    let mut s = 0.0;
    for x in p {
        s += x * q;
    }
    for x in p.iter().rev() {
        s = s * 0.5 + x;
    }
    s * m + p.len() as f64
}

#[program(xs[4], on(0.3, 1.7))]
#[conservative_grad]
fn arrays_chosen_while_they_change(xs: &[f64]) -> f64 {
    let mut a = [xs[0], xs[1]];
    let b = [xs[2], xs[3]];
    let mut t = 0.0;
    for i in 0..3 {
        let p = if t > 1.0 { &b } else { &a };
        t += p[0] * p[1] + i as f64 * p[1];
        let q = *p;
        a[1] *= q[0] + t;
    }
    t
}

#[derive(Clone, Copy, Differentiable)]
struct Point {
    x: f64,
    y: f64,
    k: usize,
}

#[conservative_grad]
fn area(p: &Point) -> f64 {
    p.x * p.y
}

#[conservative_grad]
fn product(list: &[f64]) -> f64 {
    let mut p = 1.0;
    for x in list {
        p *= x;
    }
    p
}

#[conservative_grad]
fn structs_chosen_by_a_branch(xs: [f64; 4]) -> f64 {
    let (a, b) = (
        Point {
            x: xs[0],
            y: xs[1],
            k: 1,
        },
        Point {
            x: xs[2],
            y: 1.0,
            k: 2,
        },
    );
    let chosen = if a.x > b.x { &a } else { &b };
    let copy = *chosen;
    let other = match copy.k {
        1 => chosen,
        _ => &copy,
    };
    let made = Point {
        x: chosen.y,
        ..*chosen
    };
    let (list, other_list) = (vec![xs[3], xs[0]], xs.to_vec());
    area(chosen) * copy.x
        + made.x
        + area(&Point {
            y: other.x,
            ..*other
        })
        + area(if xs[3] > 1.0 { &a } else { &b })
        + product(if xs[3] > 1.0 { &list } else { &other_list })
}

#[test]
fn chosen_structs() {
    for x in [[1.3, 0.9, 0.4, 1.2], [0.3, 0.9, 0.4, 0.7]] {
        check_grad(
            structs_chosen_by_a_branch,
            structs_chosen_by_a_branch::grad,
            x,
        )
        .assert_ok();
    }
}

#[program(xs[4], on(0.3, 1.7))]
#[conservative_grad]
fn patterns_that_borrow_mutably(xs: &[f64]) -> f64 {
    let mut t = (xs[0], xs[1]);
    match t {
        (ref mut a, b) if b > 0.9 => *a *= 2.0,
        (ref mut a, _) => *a += 1.0,
    }
    let mut rows = vec![(xs[2], xs[3]); 2];
    for k in 0..2 {
        match rows[k] {
            (ref mut a, ref mut b) if *a > 0.8 => {
                *a *= *b;
                *b += *a;
            }
            (ref mut a, _) => *a = xs[k] * 2.0,
        }
    }
    t.0 * t.1 * rows[0].0 * rows[1].1
}

#[conservative_grad]
fn options_borrowed_mutably_by_patterns(xs: [f64; 2]) -> f64 {
    let mut o = Some(xs[0]);
    if let Some(ref mut x) = o {
        *x *= 2.0;
    }
    match o {
        Some(ref mut x) => *x *= xs[1],
        None => {}
    }
    let Some(ref mut y) = o else { return 0.0 };
    *y += xs[1];
    o.unwrap() * xs[1]
}

#[test]
fn borrowed_options() {
    let x = [1.3, 0.9];
    let (value, _) = options_borrowed_mutably_by_patterns::grad(x);
    assert_eq!(value, options_borrowed_mutably_by_patterns(x));
    let f = options_borrowed_mutably_by_patterns;
    check_grad(f, options_borrowed_mutably_by_patterns::grad, x).assert_ok();
}

/// A filter sees references to the parts, which are references themselves.
#[program(xs[7])]
#[conservative_grad]
fn filtered_windows(xs: &[f64]) -> f64 {
    let rising: f64 = xs
        .windows(2)
        .filter(|&w| w[1] > w[0])
        .map(|w| w[0] * w[1])
        .sum();
    let large: f64 = xs
        .chunks(3)
        .filter(|&c| c[0] > -0.9)
        .map(|c| c.iter().sum::<f64>().sin())
        .sum();
    rising + large
}

/// The list whose greatest element was taken is overwritten afterwards.
#[program(v[4], n = 5)]
#[conservative_grad]
fn greatest_of_an_overwritten_list(v: &[f64], n: usize) -> f64 {
    let mut w = v.to_vec();
    for k in 0..n {
        let top = w.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        w[k % 4] = (top * w[1] + k as f64).sin();
    }
    w[0] * w[1] - w[2] * w[3]
}

/// The same of a parameter that the caller wants back.
#[program(w[3])]
#[conservative_grad]
fn least_of_a_parameter(w: &mut [f64]) -> f64 {
    let low = w.iter().cloned().fold(f64::INFINITY, f64::min);
    w[0] = w[1] * low;
    w[1] = 3.0;
    w[2] *= low;
    low * low
}
