//! `let`, patterns, references, assignment.

// Users write braces and parentheses that are not needed.
#![allow(unused_braces, unused_parens)]

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn deferred_in_match(x: f64, y: f64) -> f64 {
    let (a, b);
    let c: f64;
    match (x > 0.0, y > 0.0) {
        (true, true) => {
            a = x * y;
            b = y;
            c = 1.0;
        }
        (false, _) => {
            b = x.exp();
            a = b * y;
            c = x;
        }
        _ => {
            a = y;
            b = x * x;
            c = a * b;
        }
    }
    a * b + c
}

#[program()]
#[conservative_grad]
fn nested_tuples(x: f64, y: f64) -> f64 {
    let ((a, b), [c, d], e) = ((x * y, x), [y, x + y], (x, (y, x)));
    let (f, (g, h)) = e;
    let t = ((a, b), (c, (d, f)));
    let u = (t.1.1.0 * t.0.0 + g) * h;
    u + t.1.0 * b
}

#[program()]
#[conservative_grad]
fn destructured_copies(arr: [f64; 2], p: (f64, [f64; 2])) -> f64 {
    let [a, b] = arr;
    let [first, ..] = arr;
    let (q, [r, _]) = p;
    let (.., last) = p;
    a * b + first * q + r * last[1]
}

#[program()]
#[conservative_grad]
fn mutable_in_patterns(x: f64, y: f64) -> f64 {
    let (mut a, b) = (x, y);
    let [mut c, mut d] = [x * y, x];
    a += b * c;
    c *= a;
    d -= c;
    (a, d) = (d, a);
    [c, _] = [a * d, 0.0];
    (_, a) = (c, c * a);
    a + c + d
}

#[program()]
#[conservative_grad]
fn local_references(x: f64, y: f64) -> f64 {
    let mut a = x;
    let mut arr = [x, y, x * y];
    {
        let r = &mut a;
        *r += 1.0;
        *r *= y;
        let q = &mut arr[1];
        *q += *r * 2.0;
        *q = *q * *q;
    }
    let s = &arr;
    let t = &s[1];
    let u = &&x;
    *t * a + **u + s[2]
}

#[program()]
#[conservative_grad]
fn reference_operators(x: &f64, y: &f64) -> f64 {
    let a = x * y + *x;
    let b = x - 2.0 * y;
    let c = -x;
    let d = &(a * b);
    if *x > *y && x > y {
        d * c
    } else {
        d / (1.0 + c * c)
    }
}

#[program(ys[4])]
#[conservative_grad]
fn reference_parameters(x: &mut f64, ys: &mut [f64], z: &f64) -> f64 {
    *x *= *z;
    ys[0] += *x;
    let y = &mut ys[1..];
    y[0] = y[0] * y[1] + *z;
    y[2] -= *x * y[0];
    for v in y.iter_mut() {
        *v *= 0.5;
    }
    *x + ys[3]
}

#[program()]
#[conservative_grad]
fn nested_indices(x: f64, m: [[f64; 2]; 2]) -> f64 {
    let mut a = m;
    a[0][1] *= x;
    a[1][0] /= 1.0 + x * x;
    a[1] = [a[0][0], a[0][1] * x];
    let row = a[1];
    let r = &a[0];
    row[0] * row[1] + r[0] * a[1][1]
}

#[program(rows = 2)]
#[conservative_grad]
fn nested_vectors(x: f64, rows: usize) -> f64 {
    let mut a: Vec<Vec<f64>> = vec![vec![x; 2]; rows];
    a[0][1] *= x;
    a[1][0] += a[0][1];
    a.push(vec![x, 1.0]);
    let mut s = 0.0;
    for row in &a {
        for v in row {
            s += v * x;
        }
    }
    s
}

#[program(n = 2)]
#[conservative_grad]
fn integers_of_all_kinds(x: f64, n: i32) -> f64 {
    let idx: [u8; 3] = [2, 0, 1];
    let w = [x, x * x, 1.0];
    let mut s = 0.0;
    for i in -n..=n {
        s += x * i as f64;
    }
    for &k in idx.iter() {
        s += w[k as usize] * (k as f64);
    }
    for k in idx {
        s *= w[usize::from(k)];
    }
    let p = n.pow(2) as usize;
    let q = p.saturating_sub(3).min(2);
    let r = usize::min(q, 7) + std::cmp::max(q, 1);
    let big = 1u64 << 3;
    s * w[q] + r as f64 + (big as f64) * x + (n.abs() % 3) as f64 + n.rem_euclid(3) as f64 * x
}

#[program()]
#[conservative_grad]
fn mutable_value_parameters(mut x: f64, mut a: [f64; 2], (mut p, q): (f64, f64)) -> f64 {
    x *= 2.0;
    a[0] += x;
    p = p * q + a[0];
    a[1] *= p;
    x + a[1]
}

#[program()]
#[conservative_grad]
fn pattern_of_reference(&x: &f64, &[a, b]: &[f64; 2], (p, [q, r]): (f64, [f64; 2])) -> f64 {
    x * a + b * p * q - r
}

#[program()]
#[conservative_grad]
fn typed_bindings(x: f64) -> f64 {
    let y: f64 = 2.0;
    let (a, b): (f64, usize) = (x * y, 3);
    let mut v: Vec<f64> = Vec::new();
    v.push(a);
    let w: [f64; 2] = [x; 2];
    let z: f64;
    z = w[0] * v[0];
    let k: i32 = -2;
    z * b as f64 + w[1].powi(k.abs())
}

#[program()]
#[conservative_grad]
fn blocks_as_values(x: f64, y: f64) -> f64 {
    let a = {
        let t = x * y;
        t * t
    } + {
        let t = x - y;
        t
    };
    let b = if a > 0.0 { a } else { -a } * if x > y { 2.0 } else { y };
    let c = (match 3 {
        1 => x,
        _ => y,
    }) * { x };
    let d = [if x > 0.0 { x } else { y }, { a }];
    b + c + d[0] * d[1]
}

#[program()]
#[conservative_grad]
fn assigned_blocks(x: f64, y: f64) -> f64 {
    let mut a = x;
    a = if a > y { a * y } else { a + y };
    a += if x > 0.0 { a * a } else { y };
    a *= match (x > y) as usize {
        0 => a,
        _ => y,
    };
    let mut b = [a, x];
    b[(y > 0.0) as usize] = { a * y };
    b[0] * b[1]
}

#[program()]
#[conservative_grad]
fn swapped(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x * x, y);
    std::mem::swap(&mut a, &mut b);
    let old = std::mem::replace(&mut a, b * y);
    (a, b) = (b * old, a);
    a * b + b
}

#[program(xs[3])]
#[conservative_grad]
fn array_patterns(xs: &[f64]) -> f64 {
    let pair = [xs[0], xs[1]];
    let [a, b] = &pair;
    let [c, d] = pair;
    let sum = a + b * c;
    let t = (sum, xs[2]);
    let (u, v) = &t;
    u * v * d
}
