//! Sources and adaptors.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(xs[4], ys[4])]
#[conservative_grad]
fn mapped_and_zipped(xs: &[f64], ys: &[f64]) -> f64 {
    let dot: f64 = xs.iter().zip(ys).map(|(x, y)| x * y).sum();
    let norm = xs.iter().map(|x| x * x).sum::<f64>().sqrt();
    let weighted: f64 = xs
        .iter()
        .zip(ys.iter())
        .enumerate()
        .map(|(i, (&x, &y))| (i as f64 + 1.0) * x * y.sin())
        .sum();
    dot / norm + weighted
}

#[program(xs[6])]
#[conservative_grad]
fn filtered(xs: &[f64]) -> f64 {
    let positive: f64 = xs.iter().filter(|x| **x > 0.0).map(|x| x * x).sum();
    let odd: f64 = xs
        .iter()
        .enumerate()
        .filter(|(i, _)| i % 2 == 1)
        .map(|(_, x)| x.exp())
        .sum();
    let both: f64 = xs
        .iter()
        .copied()
        .filter(|&x| x < 0.5)
        .map(|x| 1.0 - x)
        .filter(|y| *y < 1.25)
        .product();
    positive + odd * both
}

#[program(xs[6])]
#[conservative_grad]
fn filter_mapped(xs: &[f64]) -> f64 {
    let a: f64 = xs
        .iter()
        .filter_map(|&x| if x > 0.1 { Some(x.ln()) } else { None })
        .sum();
    let b: f64 = xs
        .iter()
        .enumerate()
        .filter_map(|(i, x)| {
            if i == 2 {
                return None;
            }
            let y = x * x;
            match i % 3 {
                0 => Some((y, 2.0)),
                1 if y > 0.2 => None,
                _ => Some((x.sin(), y)),
            }
        })
        .map(|(a, b)| a * b)
        .sum();
    let c: f64 = xs.iter().filter_map(|x| (*x < 0.3).then(|| x * 3.0)).sum();
    let d: f64 = xs
        .iter()
        .filter_map(|x| (*x < 0.3).then_some(x.cos()))
        .sum();
    a + b * c - d
}

#[program(xs[6])]
#[conservative_grad]
fn taken_and_skipped(xs: &[f64]) -> f64 {
    let a: f64 = xs.iter().skip(1).step_by(2).take(2).map(|x| x * x).sum();
    let b: f64 = xs
        .iter()
        .take_while(|x| x.abs() < 0.9)
        .map(|x| x.sin())
        .sum();
    let c: f64 = xs.iter().skip_while(|&&x| x > -0.5).map(|x| x * 2.0).sum();
    let d: f64 = xs.iter().filter(|x| **x > -0.3).skip(1).take(2).sum();
    let e: f64 = xs.iter().filter(|x| **x > -0.5).step_by(2).product();
    let f: f64 = xs
        .iter()
        .map_while(|x| if *x < 0.8 { Some(x * x) } else { None })
        .sum();
    a + b * c - d + e * f
}

#[program(xs[5])]
#[conservative_grad]
fn reversed(xs: &[f64]) -> f64 {
    let a = xs.iter().rev().fold(0.0, |acc, x| acc * 0.5 + x);
    let b = xs
        .iter()
        .map(|x| x * x)
        .rev()
        .fold(0.0, |acc, x| acc * x + 1.0);
    let c = xs
        .iter()
        .filter(|x| **x > 0.0)
        .rev()
        .fold(1.0, |acc, x| acc - x * acc);
    let d = xs
        .iter()
        .enumerate()
        .rev()
        .skip(1)
        .fold(0.0, |acc, (i, x)| acc * x + i as f64);
    let e = (0..5)
        .rev()
        .map(|i| xs[i] * i as f64)
        .fold(0.0, |acc, x| acc * x + x);
    a + b - c + d * e
}

#[program(xs[5], ys[3])]
#[conservative_grad]
fn chained(xs: &[f64], ys: &[f64]) -> f64 {
    let a = xs.iter().chain(ys).fold(1.0, |acc, x| acc * 0.9 + x * x);
    let mut s = 0.0;
    for (i, x) in xs.iter().chain(ys.iter()).enumerate() {
        if i == 1 {
            continue;
        }
        if i == 6 {
            break;
        }
        s = s * x + i as f64;
    }
    let b = xs
        .iter()
        .copied()
        .chain(std::iter::once(2.5))
        .chain(ys.iter().map(|y| y * y))
        .rev()
        .fold(0.5, |acc, x| acc * x + 1.0);
    a * s + b
}

#[program(xs[6])]
#[conservative_grad]
fn flattened(xs: &[f64]) -> f64 {
    let n = 3;
    let pairs: f64 = (0..n)
        .flat_map(|i| (i + 1..n).map(move |j| (i, j)))
        .map(|(i, j)| (xs[i] - xs[j]) * (xs[i] - xs[j]))
        .sum();
    let rows = vec![vec![xs[0], xs[1]], vec![xs[2]], vec![]];
    let all: f64 = rows.iter().flatten().map(|x| x * x * x).sum();
    let each: f64 = xs.chunks(2).flat_map(|c| c.iter()).map(|x| x.exp()).sum();
    let mut s = 0.0;
    'outer: for x in xs.iter().flat_map(|x| [*x, x * x]) {
        for k in 0..2 {
            if k == 1 && x < -0.4 {
                continue 'outer;
            }
            if x > 0.95 {
                break 'outer;
            }
            s += x * (k as f64 + s);
        }
    }
    pairs + all * each + s
}

#[program(xs[7])]
#[conservative_grad]
fn windows_and_chunks(xs: &[f64]) -> f64 {
    let tv: f64 = xs.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
    let second: f64 = xs
        .windows(3)
        .map(|w| w[0] - 2.0 * w[1] + w[2])
        .map(|d| d * d)
        .sum();
    let means: f64 = xs
        .chunks(3)
        .map(|c| c.iter().sum::<f64>() / c.len() as f64)
        .map(|m| m * m)
        .sum();
    let exact: f64 = xs.chunks_exact(2).map(|c| c[0] * c[1]).sum();
    let backwards = xs
        .chunks(2)
        .rev()
        .fold(0.0, |acc, c| acc * 0.5 + c[0] * c[0]);
    tv + second * means - exact + backwards
}

#[program(xs[4])]
#[conservative_grad]
fn ranges(xs: &[f64], a: f64) -> f64 {
    let n = xs.len();
    let poly: f64 = (0..n).map(|k| xs[k] * a.powi(k as i32)).sum();
    let inclusive: f64 = (1..=3).map(|k| a / k as f64).product();
    let stepped: f64 = (0..n).step_by(2).map(|i| xs[i] * xs[i + 1]).sum();
    let endless: f64 = (1..).map(|k| xs[0] / k as f64).take(3).sum();
    let until: f64 = (1..)
        .map(|k| a.abs() * k as f64)
        .take_while(|y| *y < 2.0 && *y > 0.1)
        .take(5)
        .sum();
    let named: f64 = (0..).zip(xs).map(|(i, x)| i as f64 * x).sum();
    poly * inclusive + stepped - endless + until * named
}

#[program(xs[4], ys[4])]
#[conservative_grad]
fn written_through(xs: &mut [f64], ys: &[f64], a: f64) {
    xs.iter_mut().for_each(|x| *x *= a);
    xs.iter_mut().zip(ys).for_each(|(x, y)| *x += y * y);
    for (x, y) in xs.iter_mut().zip(ys).filter(|(_, y)| **y > 0.0) {
        *x = x.sin() * y;
    }
    xs.iter_mut().skip(1).step_by(2).for_each(|x| *x = *x * *x);
    for pair in xs.chunks_mut(2).rev() {
        pair[0] += pair[1] * a;
    }
}

#[program(xs[5])]
#[conservative_grad]
fn bound_to_names(xs: &[f64]) -> f64 {
    let squares = xs.iter().map(|x| x * x);
    let big = squares.clone().filter(|y| *y > 0.1);
    let total: f64 = squares.sum();
    let mut s = total;
    for (i, y) in big.enumerate() {
        s += y * i as f64;
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn zipped_with_filtered(xs: &[f64]) -> f64 {
    let a: f64 = xs
        .iter()
        .filter(|x| **x > 0.0)
        .zip(xs)
        .map(|(x, y)| x * y)
        .sum();
    let b: f64 = xs
        .iter()
        .take(2)
        .zip(xs.iter().filter(|x| **x < 0.4))
        .map(|(x, y)| x - y * y)
        .sum();
    let c: f64 = std::iter::zip(xs, &xs[1..]).map(|(x, y)| x * y).sum();
    let d: f64 = std::iter::repeat(xs[0])
        .zip(xs.iter().skip(2))
        .map(|(x, y)| x * y)
        .sum();
    a + b * c + d
}

#[program(xs[5])]
#[conservative_grad]
fn scanned(xs: &[f64]) -> f64 {
    let sums: Vec<f64> = xs
        .iter()
        .scan(0.0, |acc, x| {
            *acc += x * x;
            Some(*acc)
        })
        .collect();
    let stopped: f64 = xs
        .iter()
        .scan(1.0, |p, &x| {
            *p *= x + 1.1;
            if *p > 2.0 { None } else { Some(*p * x) }
        })
        .sum();
    sums[4] * sums[2] + stopped
}

#[twin]
#[conservative_grad]
fn squared(x: f64) -> f64 {
    x * x
}

#[twin]
#[conservative_grad]
fn blended(a: f64, x: f64) -> f64 {
    a * 0.5 + x.sin()
}

#[program(xs[4])]
#[conservative_grad]
fn functions_by_name(xs: &[f64]) -> f64 {
    let a: f64 = xs.iter().copied().map(f64::exp).sum();
    let b: f64 = xs.iter().cloned().map(squared).map(f64::sqrt).sum();
    let c = xs.iter().copied().fold(0.0, blended);
    let f = |x: f64| x * x + 1.0;
    let d: f64 = xs.iter().copied().map(f).sum();
    let e: f64 = xs.iter().copied().map(&f).map(f64::ln).product();
    a * b + c - d * e
}

#[program(xs[4])]
#[conservative_grad]
fn inspected(xs: &[f64]) -> f64 {
    let mut seen = 0.0;
    let total: f64 = xs.iter().map(|x| x * x).inspect(|y| seen += *y * 0.5).sum();
    let mut order = 0;
    let mut s = 0.0;
    for y in xs
        .iter()
        .map(|x| {
            order += 1;
            x * order as f64
        })
        .filter(|y| *y > 0.0)
    {
        s += y * y;
    }
    total * seen + s + order as f64
}

#[program(v[4])]
#[conservative_grad]
fn owned_vectors_and_arrays(v: Vec<f64>, a: [f64; 3]) -> f64 {
    let x: f64 = a.into_iter().map(|x| x * x).sum();
    let y: f64 = a.iter().zip([1.0, 2.0, 3.0]).map(|(x, w)| x * w).sum();
    let z = v
        .into_iter()
        .map(|x| x.cos())
        .fold(1.0, |p, c| p * (1.0 + c));
    let w: f64 = [x, y, z].iter().map(|t| t.sin()).sum();
    w * x
}
