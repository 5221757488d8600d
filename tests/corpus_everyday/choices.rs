//! References that are chosen by a branch.

use ad_runtime::conservative_grad;
use twin::program;

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn the_greater_is_doubled(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x, y);
    let r = if a > b { &mut a } else { &mut b };
    *r *= 2.0;
    a * b * b
}

#[program(xs[4], ys[3])]
#[conservative_grad]
fn one_slice_or_the_other(xs: &[f64], ys: &[f64]) -> f64 {
    let (long, short) = if xs[0] > ys[0] { (xs, ys) } else { (ys, xs) };
    let first = if long.len() > 3 { &long[1..] } else { short };
    let s = first.iter().map(|x| x.abs()).sum::<f64>();
    s * long[0] + short.iter().sum::<f64>() * long[1]
}

#[program(xs[5], n = 2)]
#[conservative_grad]
fn two_buffers(xs: &[f64], n: usize) -> f64 {
    let mut a = xs.to_vec();
    let mut b = vec![1.0; xs.len()];
    for step in 0..5 {
        let (src, dst) = if step % 2 == 0 {
            (&a, &mut b)
        } else {
            (&b, &mut a)
        };
        for i in 0..src.len() {
            dst[i] = src[i] * 0.5 + src[(i + n) % src.len()] * src[i];
        }
    }
    a.iter().sum::<f64>() + b[1]
}

#[program(xs[5], ys[5], n = 4)]
#[conservative_grad]
fn chosen_in_a_loop(xs: &[f64], ys: &[f64], n: usize) -> f64 {
    let (mut x, mut y) = (xs.to_vec(), ys.to_vec());
    let mut s = 1.0;
    for i in 0..n {
        let target = match i % 3 {
            0 => &mut x,
            1 => {
                s += y[i];
                &mut y
            }
            _ => continue,
        };
        for t in target.iter_mut() {
            *t = *t * 1.5 + s;
        }
        target[0] *= target[1];
        s += target[i] * target[0];
    }
    s * x[0] * y[0]
}

#[program(xs[4])]
#[conservative_grad]
fn chosen_or_returned(xs: &[f64]) -> f64 {
    let o = if xs[3] > 0.0 { Some(xs[3] * 3.0) } else { None };
    let part = if let Some(w) = o {
        if w > 1.0 { &xs[1..] } else { &xs[..2] }
    } else {
        return xs[0] * xs[1];
    };
    let it = if xs[1] > 0.3 {
        part.iter().rev()
    } else {
        xs.iter().rev()
    };
    it.zip(part).map(|(a, b)| a * b).sum::<f64>() * part[0]
}

#[program(xs[4])]
#[conservative_grad]
fn the_best_so_far(xs: &[f64]) -> f64 {
    let mut best: Option<&f64> = None;
    for v in xs {
        if best.map_or(true, |b| v > b) {
            best = Some(v);
        }
    }
    let mut last = None;
    for (i, v) in xs.iter().enumerate() {
        if *v > 0.0 {
            last = Some((i, v));
        }
    }
    best.unwrap() * last.map(|(i, v)| v * i as f64).unwrap_or(0.5)
}

#[program(xs[7])]
#[conservative_grad]
fn what_chunks_leave_over(xs: &[f64]) -> f64 {
    let mut chunks = xs.chunks_exact(4);
    let mut acc = [0.0; 4];
    for c in chunks.by_ref() {
        for (a, x) in acc.iter_mut().zip(c) {
            *a += x * x;
        }
    }
    let tail = chunks.remainder().iter().sum::<f64>();
    let pairs = xs.chunks_exact(2);
    let last = pairs.remainder();
    acc.iter().sum::<f64>() * tail + pairs.map(|p| p[0] * p[1]).sum::<f64>() * last[0]
}

#[conservative_grad]
fn decided_behind_a_choice(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x, y);
    let r = if x > 1.0 { &mut a } else { &mut b };
    *r = r.abs();
    a.max(b)
}

#[test]
fn what_follows_a_choice_is_noted_once() {
    let (value, gradient, trace) = decided_behind_a_choice::grad_trace(2.0, 2.0);
    assert_eq!((value, gradient), (2.0, (0.5, 0.5)));
    let sources = |trace: &ad_runtime::Trace| -> Vec<&'static str> {
        trace.selections().iter().map(|s| s.site.source).collect()
    };
    assert_eq!(sources(&trace), ["x > 1.0", "r.abs()", "a.max(b)"]);
    let (_, gradient, trace) = decided_behind_a_choice::grad_trace(0.5, -2.0);
    assert_eq!(gradient, (0.0, -1.0));
    assert_eq!(sources(&trace), ["x > 1.0", "r.abs()", "a.max(b)"]);
}
