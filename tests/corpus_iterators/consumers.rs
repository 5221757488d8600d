//! Consumers.

use ad_runtime::conservative_grad;
use twin::program;

#[program(xs[5])]
#[conservative_grad]
fn folds(xs: &[f64]) -> f64 {
    let a = xs.iter().fold(0.0, |acc, x| acc + x * x);
    let b = xs.iter().fold(1.0, |acc, &x| acc * (1.0 + x));
    let (mean, m2) = xs
        .iter()
        .enumerate()
        .fold((0.0, 0.0), |(mean, m2), (i, &x)| {
            let delta = x - mean;
            let mean = mean + delta / (i + 1) as f64;
            (mean, m2 + delta * (x - mean))
        });
    let c = xs.iter().fold([0.0; 2], |mut acc, x| {
        acc[0] += x;
        acc[1] += x * x;
        acc
    });
    let horner = xs.iter().rev().fold(0.0, |acc, c| acc * a + c);
    a * b + m2 / mean.abs().max(0.1) + c[1] - c[0] * c[0] + horner
}

#[program(xs[5])]
#[conservative_grad]
fn quantified(xs: &[f64]) -> f64 {
    let mut s = xs[0];
    if xs.iter().any(|x| *x > 0.8) {
        s *= xs[1];
    }
    if xs.iter().all(|&x| x < 0.9) {
        s += xs[2] * xs[2];
    }
    if xs.windows(2).all(|w| w[0] <= w[1])
        || xs.iter().enumerate().any(|(i, x)| *x < -0.3 * i as f64)
    {
        s -= xs[3].sin();
    }
    let n = xs.iter().filter(|x| **x > 0.0).count();
    s * (n as f64 + 1.0) + xs.iter().skip(2).count() as f64 * s
}

#[program(xs[5], ys[5])]
#[conservative_grad]
fn collected(xs: &[f64], ys: &[f64]) -> f64 {
    let squares: Vec<f64> = xs.iter().map(|x| x * x).collect();
    let positive = ys.iter().copied().filter(|y| *y > 0.0).collect::<Vec<_>>();
    let pairs: Vec<(f64, f64)> = xs.iter().zip(ys).map(|(a, b)| (a * b, a - b)).collect();
    let rows: Vec<Vec<f64>> = xs
        .iter()
        .map(|x| ys.iter().map(|y| x * y).collect())
        .collect();
    let mut s = 0.0;
    for (i, p) in positive.iter().enumerate() {
        s += p * squares[i];
    }
    for (a, b) in &pairs {
        s += a * b * b;
    }
    for row in &rows {
        s += row[0] * row[4];
    }
    s
}

#[program(xs[4])]
#[conservative_grad]
fn collected_result(xs: &[f64]) -> Vec<f64> {
    let top: f64 = xs.iter().map(|x| x.exp()).sum();
    xs.iter().map(|x| x.exp() / top).collect()
}

#[program(xs[5])]
#[conservative_grad]
fn unzipped(xs: &[f64]) -> f64 {
    let (a, b): (Vec<f64>, Vec<f64>) = xs.iter().map(|x| (x * x, x.sin())).unzip();
    a.iter().zip(&b).map(|(a, b)| a * b).sum()
}

#[program(xs[5], ys[5])]
#[conservative_grad]
fn extremes(xs: &[f64], ys: &[f64]) -> f64 {
    let top = xs.iter().max_by(|a, b| a.total_cmp(b)).unwrap();
    let low = *xs.iter().min_by(|a, b| a.partial_cmp(b).unwrap()).unwrap();
    let (i, m) = xs
        .iter()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap())
        .unwrap();
    let nearest = ys
        .iter()
        .map(|y| (y - xs[0]).abs())
        .min_by(|a, b| a.total_cmp(b))
        .unwrap();
    let far = xs
        .iter()
        .zip(ys)
        .max_by(|a, b| (a.0 * a.0).total_cmp(&(b.0 * b.0)))
        .map(|(x, y)| x * y)
        .unwrap();
    top * ys[i] + low * m + nearest * far
}

#[program(xs[5])]
#[conservative_grad]
fn extremes_by_key(xs: &[f64]) -> f64 {
    let keys = [3, 1, 4, 1, 4];
    let (_, a) = xs.iter().enumerate().max_by_key(|(i, _)| keys[*i]).unwrap();
    let (_, b) = xs.iter().enumerate().min_by_key(|(i, _)| keys[*i]).unwrap();
    let c = (0..5)
        .map(|i| xs[i] * xs[4 - i])
        .max_by_key(|y| (*y * 100.0) as i64)
        .unwrap();
    a * a * b + c
}

#[program(xs[5])]
#[conservative_grad]
fn searched(xs: &[f64]) -> f64 {
    let first = xs.iter().find(|x| **x > 0.2).copied().unwrap_or(0.5);
    let at = xs.iter().position(|&x| x < 0.0).unwrap_or(0);
    let product = xs
        .iter()
        .map(|x| x * x)
        .find(|y| *y > 0.3)
        .unwrap_or_else(|| xs[0] * 2.0);
    let found = xs
        .iter()
        .find_map(|x| if *x < -0.5 { Some(x.sin()) } else { None })
        .unwrap_or(xs[1]);
    let last = xs.iter().rev().last().unwrap() * xs.last().unwrap();
    let third = xs.iter().nth(2).unwrap() + xs.iter().filter(|x| **x < 2.0).nth(1).unwrap();
    let got = xs.get(at + 3).copied().unwrap_or(1.5) * xs.first().expect("not empty");
    let mapped = xs.iter().find(|x| **x < 0.1).map_or(0.25, |x| x * x);
    first * xs[at] + product * found + last * third + got * mapped
}

#[program(xs[5])]
#[conservative_grad]
fn reduced(xs: &[f64]) -> f64 {
    let a = xs.iter().copied().reduce(|a, b| a * b + a).unwrap();
    let b = xs.iter().map(|x| x * x).reduce(|a, b| a.max(b)).unwrap();
    let c = xs
        .iter()
        .filter(|x| **x > 3.0)
        .copied()
        .reduce(|a, b| a + b)
        .unwrap_or(xs[2]);
    a * b + c
}

#[program(xs[6])]
#[conservative_grad]
fn counts_of_floats(xs: &[f64]) -> f64 {
    let above: i32 = xs.iter().map(|x| if *x > 0.0 { 1 } else { 0 }).sum();
    let signs: usize = xs.windows(2).filter(|w| w[0] * w[1] < 0.0).count();
    let bins = xs.iter().map(|x| (x * 3.0) as i64).max().unwrap();
    xs[0] * above as f64 + xs[1] * signs as f64 + xs[2] * bins as f64
}

#[program(xs[5], ys[4])]
#[conservative_grad]
fn greatest_and_least(xs: &[f64], ys: [f64; 4], a: f64) -> f64 {
    let top = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = xs.iter().fold(f64::INFINITY, |m, &x| m.min(x));
    let from = ys.iter().copied().fold(a, f64::max);
    let squares = xs.iter().map(|x| x * x).fold(0.0, f64::max);
    let reduced = xs[1..].iter().copied().reduce(f64::min).unwrap();
    let pairs = xs
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .reduce(f64::max)
        .unwrap_or(0.0);
    let none = xs
        .iter()
        .copied()
        .filter(|x| *x > 5.0)
        .reduce(f64::max)
        .unwrap_or(a);
    let clipped = ys.into_iter().fold(0.25, f64::min);
    (top - low) * from + squares * reduced - pairs * none + clipped
}

#[program(xs[4], ys[4], stops())]
#[conservative_grad]
fn softmax_cross_entropy(xs: &[f64], ys: &[f64]) -> f64 {
    let top = xs.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
    let exps: Vec<f64> = xs.iter().map(|x| (x - top).exp()).collect();
    let total: f64 = exps.iter().sum();
    exps.iter()
        .zip(ys)
        .map(|(e, y)| y * (e / total).ln())
        .sum::<f64>()
        + top * ad_runtime::constant(top)
}

#[program(rows = 3, columns = 4, m[12])]
#[conservative_grad]
fn worst_row(m: &[f64], rows: usize, columns: usize) -> f64 {
    (0..rows)
        .map(|r| {
            m[r * columns..(r + 1) * columns]
                .iter()
                .map(|x| x.abs())
                .sum::<f64>()
        })
        .fold(0.0, f64::max)
        + m.chunks(columns)
            .map(|row| row.iter().copied().fold(f64::INFINITY, f64::min))
            .sum::<f64>()
}
