//! Iterators that are asked for one element after the other.

use ad_runtime::conservative_grad;
use twin::program;

#[program(xs[5])]
#[conservative_grad]
fn two_at_a_time(xs: &[f64]) -> f64 {
    let mut it = xs.iter();
    let mut s = 0.0;
    while let Some(x) = it.next() {
        s += x * x;
        if let Some(y) = it.next() {
            s *= y;
        }
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn the_first_is_the_start(xs: &[f64]) -> f64 {
    let mut it = xs.iter();
    let first = *it.next().unwrap();
    let mut s = first * first;
    for x in it {
        s = s * 0.5 + x * first;
    }
    s
}

#[program(xs[6])]
#[conservative_grad]
fn what_was_found_is_gone(xs: &[f64]) -> f64 {
    let mut it = xs.iter();
    let a = it.find(|x| **x > 0.3).copied().unwrap_or(0.5);
    let b = it.find(|x| **x > 0.3).copied().unwrap_or(0.25);
    let any = it.any(|x| *x > 0.6);
    let place = it.position(|x| *x > 0.5).unwrap_or(3) as f64;
    let rest = it.map(|x| x * x).sum::<f64>();
    a * b * b + rest * if any { 2.0 } else { 3.0 } + place * a
}

#[program(xs[6])]
#[conservative_grad]
fn parts_of_a_mapped_iterator(xs: &[f64]) -> f64 {
    let mut it = xs.iter().map(|x| x * x).peekable();
    let s = it.by_ref().take(2).sum::<f64>();
    let p = it.next().unwrap_or(1.0);
    let q = it.nth(1);
    let r = it.nth(7);
    s * p + q.unwrap_or(0.0) * 2.0 + r.unwrap_or(p)
}

#[program(xs[5])]
#[conservative_grad]
fn the_next_one_is_seen_before(xs: &[f64]) -> f64 {
    let mut it = xs.iter().peekable();
    let mut s = 0.0;
    while let Some(x) = it.next() {
        if let Some(y) = it.peek() {
            s += x * **y;
        } else {
            s += x;
        }
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn a_loop_over_what_is_borrowed(xs: &[f64]) -> f64 {
    let mut it = xs.iter().enumerate();
    let mut s = 1.0;
    for (i, x) in &mut it {
        s *= x;
        if i == 1 {
            break;
        }
    }
    for (i, x) in it.by_ref() {
        s += x * i as f64;
        if i == 2 {
            break;
        }
    }
    let copy = it.clone();
    s + it.map(|(i, x)| x * x * i as f64).sum::<f64>() * copy.map(|(_, x)| *x).product::<f64>()
}

#[program(xs[4], ys[4])]
#[conservative_grad]
fn merged(xs: &[f64], ys: &[f64]) -> f64 {
    let (mut a, mut b) = (xs.to_vec(), ys.to_vec());
    a.sort_by(|x, y| x.total_cmp(y));
    b.sort_by(|x, y| x.total_cmp(y));
    let mut left = a.iter().peekable();
    let mut right = b.iter().peekable();
    let mut s = 0.0;
    let mut weight = 1.0;
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(x), Some(y)) if *x < *y => left.next(),
            (Some(_), None) => left.next(),
            _ => right.next(),
        };
        let Some(x) = next else { break };
        s += weight * x * x;
        weight *= 0.5;
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn backwards(xs: &[f64]) -> f64 {
    let mut it = xs.iter().rev().zip(1..);
    let mut s = 1.0;
    while let Some((x, k)) = it.next() {
        s = s * x + k as f64;
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn the_first_of_a_nameless_one(xs: &[f64]) -> f64 {
    let positive = xs
        .iter()
        .filter(|x| **x > 0.0)
        .next()
        .copied()
        .unwrap_or(0.5);
    positive * xs.iter().next().unwrap() * xs.iter().rev().next().unwrap()
}

#[program(xs[5], n = 3)]
#[conservative_grad]
fn integers_asked(xs: &[f64], n: usize) -> f64 {
    let order = [n, 0, 1, n, 4];
    let mut it = order.iter();
    let mut s = 0.0;
    while let Some(&i) = it.next() {
        s += xs[i] * xs[i];
        if let Some(j) = it.next() {
            s += xs[*j] * xs[i];
        }
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn drained(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let mut s = 0.0;
    for x in v.drain(..) {
        s += x * x;
    }
    v.push(s);
    v.extend(xs.iter().map(|x| x * 2.0));
    let head = v.drain(1..3).collect::<Vec<_>>();
    v.drain(..=0);
    head[0] * v[0] + head[1] * v[1] * s * v.len() as f64
}

#[program(xs[5])]
#[conservative_grad]
fn drained_in_a_loop(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let mut s = 1.0;
    for _ in 0..3 {
        let part = v.drain(v.len() - 2..).map(|x| x * s).sum::<f64>();
        s += part;
        v.push(part * part);
    }
    s * v.iter().sum::<f64>()
}

#[program(xs[5])]
#[conservative_grad]
fn what_options_hold(xs: &[f64]) -> f64 {
    let v: Vec<Option<f64>> = xs
        .iter()
        .map(|&x| if x > 0.4 { Some(x * x) } else { None })
        .collect();
    let flat = xs
        .iter()
        .flat_map(|&x| if x > 0.6 { Some(x * x) } else { None });
    v.iter().flatten().sum::<f64>() * 2.0 + flat.sum::<f64>() + v.into_iter().flatten().sum::<f64>()
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn run_through_an_option(a: f64, x: f64) -> f64 {
    let o = if a > 1.0 { Some(a * x) } else { None };
    let mut s = x;
    for y in o {
        s *= y;
    }
    for y in o.iter() {
        s *= y;
    }
    s + o.iter().map(|y| y * y).sum::<f64>() + o.into_iter().chain([x, a]).sum::<f64>()
}
