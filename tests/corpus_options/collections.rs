//! Nested collections and slice patterns.

use ad_runtime::{Differentiable, conservative_grad};
use twin::{program, twin};

#[derive(Clone, Copy, Debug, Differentiable)]
struct P<T> {
    x: T,
    y: T,
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn slice_patterns(xs: &[f64]) -> f64 {
    let a = match xs {
        [] => 0.0,
        [a] => *a,
        [a, b] => a * b,
        [a, .., b] => a * b * b,
    };
    let b = match &xs[1..3] {
        [a, b] if *a > 0.0 => a * b,
        [..] => 1.0,
    };
    let [c, rest @ ..] = xs else { return 0.0 };
    let d = if let [.., y, z] = rest { y * z } else { 0.0 };
    a * b + c * d
}

#[twin]
#[conservative_grad]
fn recursive(xs: &[f64]) -> f64 {
    match xs {
        [] => 0.0,
        [a] => a * a,
        [a, rest @ ..] => a * rest[0] + recursive(rest),
    }
}

#[program(xs[5])]
#[conservative_grad]
fn slice_patterns_in_recursion(xs: &[f64]) -> f64 {
    recursive(xs) * recursive(&xs[2..])
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn patterns_that_change(xs: &[f64], k: f64) -> f64 {
    let mut v = xs.to_vec();
    if let [first, .., last] = v.as_mut_slice() {
        *first *= k;
        *last += *first * *first;
    }
    if let [a, rest @ ..] = &mut v[..] {
        rest[0] *= *a;
        *a = rest[1];
    }
    let [a, b, c, d] = [v[0], v[1], v[2], v[3]];
    a * b + c * d
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn rows(xs: &[f64]) -> f64 {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for k in 0..3 {
        rows.push(xs[..2 * k].to_vec());
    }
    rows[1][0] *= xs[5];
    rows[2].push(xs[0] * xs[1]);
    for row in rows.iter_mut() {
        if let Some(last) = row.last_mut() {
            *last *= 2.0;
        }
    }
    let mut s = 0.0;
    for row in &rows {
        for (j, v) in row.iter().enumerate() {
            s += v * v * (j + 1) as f64;
        }
    }
    rows.swap(0, 2);
    s * rows[0][4]
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn triples(xs: &[f64]) -> f64 {
    let mut list: Vec<[f64; 3]> = vec![[xs[0], xs[1], xs[2]], [xs[3], xs[4], xs[5]]];
    list.push([xs[0] * xs[5]; 3]);
    for k in 0..list.len() {
        let [a, b, c] = list[k];
        list[k][0] = b * c;
        list[k][2] += a;
    }
    let [first, .., last] = list.as_slice() else {
        return 0.0;
    };
    first[0] * last[1] + list[1][2] * list[1][0]
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn points(xs: &[f64]) -> f64 {
    let mut list = Vec::new();
    for pair in xs.chunks_exact(2) {
        list.push(P {
            x: pair[0],
            y: pair[1],
        });
    }
    for k in 1..list.len() {
        let before = list[k - 1];
        let p = &mut list[k];
        p.x += before.y * before.x;
        p.y *= p.x;
    }
    let (head, tail) = list.split_at_mut(1);
    head[0].x *= tail[1].y;
    tail[0].y = head[0].x;
    std::mem::swap(&mut head[0].y, &mut tail[1].x);
    let mut s = 0.0;
    for P { x, y } in &list {
        s += x * y;
    }
    if let Some(P { x, .. }) = list.last() {
        s *= x;
    }
    if let Some(p) = list.get_mut(0) {
        p.x = p.y * p.y;
        s += p.x;
    }
    s
}

#[twin]
#[conservative_grad]
fn length(ps: &[P<f64>]) -> f64 {
    let mut s = 0.0;
    for w in ps.windows(2) {
        let (dx, dy) = (w[1].x - w[0].x, w[1].y - w[0].y);
        s += (dx * dx + dy * dy).sqrt();
    }
    s
}

#[twin]
#[conservative_grad]
fn shift(ps: &mut [P<f64>], by: P<f64>) {
    for p in ps.iter_mut() {
        p.x += by.x;
        p.y *= by.y;
    }
    if let [first, .., last] = ps {
        std::mem::swap(&mut first.x, &mut last.y);
    }
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn slices_of_structs(xs: &[f64]) -> f64 {
    let mut ps = [
        P { x: xs[0], y: xs[1] },
        P { x: xs[2], y: xs[3] },
        P { x: xs[4], y: xs[5] },
    ];
    let a = length(&ps);
    shift(&mut ps, P { x: a, y: xs[0] });
    let b = length(&ps[..2]);
    shift(&mut ps[1..], P { x: xs[1], y: b });
    a * b + length(&ps) * ps[1].x
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn options_in_lists(xs: &[f64]) -> f64 {
    let mut slots: Vec<Option<f64>> = vec![None; 5];
    for (k, x) in xs.iter().enumerate() {
        slots[k] = Some(x * x);
        if k % 2 == 1 {
            slots[k - 1] = None;
        }
    }
    let mut s = 1.0;
    for slot in &slots {
        match slot {
            Some(v) => s *= v,
            None => s += xs[0],
        }
    }
    for slot in slots.iter_mut() {
        if let Some(v) = slot {
            *v += 1.0;
        }
    }
    s + slots[1].unwrap_or(0.0) * slots[3].unwrap_or(0.0) + slots[0].unwrap_or(xs[1])
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn a_list_that_may_be_absent(xs: &[f64]) -> f64 {
    let mut list: Option<Vec<f64>> = None;
    for x in xs {
        match &mut list {
            Some(v) => v.push(x * v[0]),
            None => list = Some(vec![*x]),
        }
    }
    let Some(v) = list else { return 0.0 };
    let mut s = 0.0;
    for x in &v {
        s += x * x;
    }
    s * v[1]
}

#[twin]
#[conservative_grad]
fn mixed(p: &mut f64, q: &mut f64, k: f64) {
    *p *= k;
    *q += *p;
}

#[twin]
#[conservative_grad]
fn inside(o: &mut Option<P<f64>>, ps: &mut Vec<P<f64>>, k: f64) {
    if let Some(p) = o {
        std::mem::swap(&mut p.x, &mut p.y);
        mixed(&mut p.x, &mut p.y, k);
    }
    for p in ps.iter_mut() {
        mixed(&mut p.y, &mut p.x, k);
    }
    let p = &mut ps[1];
    std::mem::swap(&mut p.x, &mut p.y);
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn two_fields_of_one_element(x: f64, y: f64) -> f64 {
    let mut o = Some(P { x, y });
    let mut ps = vec![P { x: y, y: x }, P { x, y: x * y }];
    inside(&mut o, &mut ps, y);
    let p = &mut ps[0];
    std::mem::swap(&mut p.x, &mut p.y);
    mixed(&mut p.x, &mut p.y, x);
    if let Some(p) = &mut o {
        mixed(&mut p.y, &mut p.x, x);
    }
    let s = ps[0].x * ps[0].y + ps[1].x * ps[1].y;
    o.map_or(s, |p| p.x * p.y * s)
}
