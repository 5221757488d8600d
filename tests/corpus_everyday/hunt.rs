//! Programs that try to make the others wrong.

use ad_runtime::conservative_grad;
use twin::program;

#[program(xs[5])]
#[conservative_grad]
fn pulled_by_a_closure(xs: &[f64]) -> f64 {
    let mut acc = vec![0.0; 3];
    let mut it = xs.iter().copied();
    let mut pull = || it.next().unwrap_or(1.0);
    for i in 0..3 {
        let a = pull();
        let b = pull();
        acc[i] = a * b + if i > 0 { acc[i - 1] } else { 0.0 };
    }
    acc[2] * acc[1]
}
#[program(xs[5])]
#[conservative_grad]
fn asked_for_places(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    {
        let mut it = v.iter_mut();
        if let Some(first) = it.next() {
            *first *= 2.0;
        }
        it.next();
        while let Some(x) = it.next() {
            *x = *x * *x;
        }
    }
    v.iter().product()
}
#[program(xs[5])]
#[conservative_grad]
fn pairs_of_the_next(xs: &[f64]) -> f64 {
    let v = xs.to_vec();
    let mut a = v.into_iter();
    let mut s = 0.0;
    while let (Some(x), Some(y)) = (a.next(), a.next()) {
        s += x * y * s + x;
    }
    s
}
#[program(xs[5])]
#[conservative_grad]
fn rows_asked(xs: &[f64]) -> f64 {
    let mut rows = xs.chunks(2);
    let head = rows.next().unwrap();
    let mut s = head[0] * head.len() as f64;
    for row in rows.by_ref().take(1) {
        s *= row.iter().sum::<f64>();
    }
    while let Some(row) = rows.next() {
        s += row[0] * s;
    }
    s
}
#[program(xs[5])]
#[conservative_grad]
fn a_fold_in_a_fold(xs: &[f64]) -> f64 {
    let r = xs.iter().try_fold((0.0, 1.0), |(s, p), &x| {
        let inner = xs
            .iter()
            .try_fold(0.0, |a, &y| if y > 50.0 { None } else { Some(a + x * y) })?;
        if p > 1e9 {
            None
        } else {
            Some((s + inner * x, p * x))
        }
    });
    match r {
        Some((s, p)) => s * p,
        None => 0.0,
    }
}
#[program(xs[5], k = 1)]
#[conservative_grad]
fn choices_of_choices(xs: &[f64], k: usize) -> f64 {
    let mut a = xs.to_vec();
    let mut b = xs.iter().map(|x| x + 1.0).collect::<Vec<_>>();
    let mut s = 0.0;
    for i in 0..3 {
        let (p, q) = if i % 2 == 0 {
            (&mut a, &mut b)
        } else {
            (&mut b, &mut a)
        };
        let t = match k {
            0 => &mut p[..2],
            _ => &mut q[1..],
        };
        t[0] *= t[1];
        s += t[0] * p[0];
        p[1] += q[0];
    }
    s + a[1] * b[2]
}
#[program(xs[5])]
#[conservative_grad]
fn drained_from_behind(xs: &[f64]) -> f64 {
    let mut stack: Vec<(f64, f64)> = xs.iter().map(|&x| (x, x * x)).collect();
    let mut s = 1.0;
    while stack.len() > 1 {
        let tail: Vec<(f64, f64)> = stack.drain(stack.len() - 2..).collect();
        s += tail[0].0 * tail[1].1;
        if stack.len() > 1 {
            stack.push((s, tail[0].1));
        }
        if stack.len() > 4 {
            break;
        }
    }
    s
}
#[program(xs[5])]
#[conservative_grad]
fn clones_go_their_own_way(xs: &[f64]) -> f64 {
    let mut it = xs.iter().enumerate().skip(1);
    let mut other = it.clone();
    let a = it.nth(1).map(|(i, x)| x * i as f64).unwrap_or(0.0);
    let b = other.next().map(|(i, x)| x * x * i as f64).unwrap_or(0.0);
    let it = it.map(|(_, x)| x * a);
    it.sum::<f64>() * b + other.last().map_or(0.0, |(_, x)| *x)
}
#[program(xs[5])]
#[conservative_grad]
fn what_was_read_is_overwritten(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let mut it = v.iter();
    let a = *it.next().unwrap();
    let b = *it.next().unwrap();
    v[0] = a * b;
    v[1] = v[0] * a;
    let mut it = v.iter().rev();
    let c = it.next().unwrap() * it.next().unwrap();
    c * v[1] + it.map(|x| x * x).sum::<f64>()
}
#[program(xs[5])]
#[conservative_grad]
fn options_changed_in_place(xs: &[f64]) -> f64 {
    let mut v: Vec<Option<f64>> = xs.iter().map(|&x| (x > 0.5).then_some(x)).collect();
    for x in v.iter_mut().flatten() {
        *x *= *x;
    }
    v.iter().flatten().zip(xs).map(|(a, b)| a * b).sum()
}
#[program(xs[5])]
#[conservative_grad]
fn choices_in_closures(xs: &[f64]) -> f64 {
    let f = |flag: bool| {
        let part = if flag { &xs[..2] } else { &xs[2..] };
        part.iter().map(|x| x * x).sum::<f64>()
    };
    let g = |k: usize| -> f64 {
        let p = match k {
            0 => &xs[..1],
            1 => return xs[3],
            _ => &xs[1..],
        };
        p[0]
    };
    f(true) * f(false) + g(0) * g(1) * g(2)
}
