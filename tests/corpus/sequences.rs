//! Loops over all that can be looped over.

use ad_runtime::conservative_grad;
use twin::program;

#[program(xs[4])]
#[conservative_grad]
fn enumerated_in_reverse(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for (i, &x) in xs.iter().enumerate().rev() {
        s = s * x + i as f64;
    }
    for (i, x) in xs.iter().rev().enumerate() {
        s += *x * i as f64 * s;
    }
    s
}

#[program(xs[4], ys[4], zs[4])]
#[conservative_grad]
fn three_zipped(xs: &[f64], ys: &mut [f64], zs: &[f64]) -> f64 {
    let mut s = 0.0;
    for ((x, y), &z) in xs.iter().zip(ys.iter_mut()).zip(zs) {
        *y *= x * z;
        s += *y;
    }
    for (i, (x, z)) in xs.iter().zip(zs.iter()).enumerate().skip(1) {
        s += x * z * i as f64;
    }
    s
}

#[program()]
#[conservative_grad]
fn arrays_by_value(a: [f64; 3], m: [[f64; 2]; 2]) -> f64 {
    let mut s = 0.0;
    for x in a {
        s += x * x;
    }
    for [p, q] in m {
        s *= p + q;
    }
    for row in m.iter() {
        for x in row {
            s += *x;
        }
    }
    for x in [s, a[0], 2.0] {
        s += x * a[1];
    }
    for (i, row) in m.iter().enumerate() {
        s += row[i] * row[1 - i];
    }
    s
}

#[program()]
#[conservative_grad]
fn negative_steps(x: f64) -> f64 {
    let mut s = x;
    for i in (0..10).rev().step_by(3) {
        s = s * 0.5 + x * i as f64;
    }
    for i in (1..8usize).step_by(2).rev() {
        s += x * s * 0.01 * i as f64;
    }
    for i in (-3i32..3).rev() {
        s -= x * i as f64;
    }
    s
}

#[program(xs[6])]
#[conservative_grad]
fn windows_and_chunks(xs: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for w in xs.windows(2) {
        s += (w[1] - w[0]) * w[0];
    }
    for c in xs.chunks(4) {
        s += c[0] * c[c.len() - 1];
    }
    for c in xs.chunks_mut(3) {
        c[0] *= c[1];
        let t = c[2];
        c[1] = t * c[0];
    }
    for (i, c) in xs.chunks_exact(2).enumerate() {
        s += c[0] * c[1] * i as f64;
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn subslices_of_subslices(xs: &mut [f64]) -> f64 {
    let (a, b) = xs.split_at_mut(2);
    a[0] *= b[0];
    b[1] += a[1] * a[0];
    let tail = &b[1..];
    let inner = &tail[..=1];
    let mut s = 0.0;
    for x in inner {
        s += x * x;
    }
    let k = 3;
    s * xs[1..k][0] + xs[k..].len() as f64 * xs[2]
}

#[program()]
#[conservative_grad]
fn vectors_of_tuples(x: f64, y: f64) -> f64 {
    let mut v: Vec<(f64, usize)> = Vec::with_capacity(3);
    v.push((x, 1));
    v.push((x * y, 2));
    v.push((y, 0));
    let mut s = 0.0;
    for &(a, k) in &v {
        s += a * v[k].0;
    }
    for (a, k) in v.iter() {
        s *= *a + *k as f64;
    }
    v[1].0 *= s;
    for (a, _) in v {
        s += a;
    }
    s
}

#[program(xs[4])]
#[conservative_grad]
fn standard_reductions(xs: &[f64]) -> f64 {
    let a: f64 = xs.iter().sum();
    let b = xs[..2].iter().sum::<f64>();
    let c = xs[1..].iter().copied().sum::<f64>();
    a * b + c
}

#[program(xs[4])]
#[conservative_grad]
fn vector_methods(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let w = v.clone();
    v.extend_from_slice(&w[..2]);
    v.swap(0, 3);
    v[1..3].copy_from_slice(&w[2..]);
    v[4..].fill(w[0] * w[1]);
    if v.is_empty() {
        return 0.0;
    }
    let mut s = 0.0;
    for i in 0..v.len() {
        s = s * 0.5 + v[i] * w[i % w.len()];
    }
    s
}

#[program(xs[4])]
#[conservative_grad]
fn index_arrays(xs: &[f64]) -> f64 {
    let mut order = [0usize; 4];
    for i in 0..4 {
        order[i] = (i * 3 + 1) % 4;
    }
    order.swap(0, 2);
    let mut counts = vec![0; 4];
    for &o in &order {
        counts[o] += 1;
    }
    let mut s = 0.0;
    for (k, &i) in order.iter().enumerate() {
        s += xs[i] * xs[k] * counts[i] as f64;
    }
    let n: usize = order.iter().sum();
    let m = order.iter().copied().max().unwrap();
    s * n as f64 + m as f64
}

#[program(a[3], b[3])]
#[conservative_grad]
fn element_through_iter_mut(a: &mut [f64], b: &mut [f64]) {
    for (i, (x, y)) in a.iter_mut().zip(b.iter_mut()).enumerate() {
        let t = *x;
        *x = *y * t;
        *y = t + i as f64 * *x;
    }
    for x in a.iter_mut().rev() {
        *x = x.sin();
    }
    for x in &mut *b {
        *x += 1.0;
    }
    for x in b {
        *x *= 2.0;
    }
}

#[program(v[3])]
#[conservative_grad]
fn vectors_by_value(v: Vec<f64>, x: f64) -> f64 {
    let mut w = v;
    w.push(x);
    let mut s = 0.0;
    for a in w {
        s += a * x;
    }
    s
}

#[program(rows = 3)]
#[conservative_grad]
fn matrix_by_rows(x: f64, rows: usize) -> f64 {
    let mut m = vec![[0.0; 2]; rows];
    for (i, row) in m.iter_mut().enumerate() {
        row[0] = x * i as f64;
        row[1] = row[0] * x;
    }
    let mut s = 0.0;
    for [a, b] in &m {
        s += a * b;
    }
    for &[a, b] in m.iter() {
        s -= a / (1.0 + b * b);
    }
    s
}

#[program(xs[3])]
#[conservative_grad]
fn ranges_of_expressions(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    let n = xs.len();
    for i in n / 2..n.min(3) {
        for j in (i + 1..n).rev() {
            s += xs[i] * xs[j];
        }
        for j in 0..=i {
            s *= xs[j] + 1.0;
        }
    }
    s
}

#[program()]
#[conservative_grad]
fn growing_list(x: f64) -> f64 {
    let mut v = vec![x];
    let mut i = 0;
    while v.len() < 5 {
        let last = v[v.len() - 1];
        v.push(last * x + v[i] * 0.5);
        i += 1;
    }
    v[4] + v[2]
}
