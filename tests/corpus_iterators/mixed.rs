//! Programs nobody thought of.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(xs[6], n = 4)]
#[conservative_grad]
fn nested_closures_in_loops(xs: &[f64], n: usize) -> f64 {
    let mut acc = vec![0.0; n];
    for i in 0..n {
        let w = xs[i];
        let kernel = |d: f64| (-(d * d) * w.abs()).exp();
        let value = |j: usize| kernel(xs[j] - xs[i]) * xs[j];
        acc[i] = (0..n).filter(|j| *j != i).map(|j| value(j)).sum::<f64>() + kernel(w);
    }
    acc.iter().enumerate().fold(
        1.0,
        |p, (i, a)| if i % 2 == 0 { p * (1.0 + a) } else { p - a },
    )
}

#[program(xs[6])]
#[conservative_grad]
fn early_exit_from_nested_iterators(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    'rows: for (i, row) in xs.chunks(2).enumerate().filter(|(i, _)| *i != 7) {
        for (j, x) in row.iter().chain(&xs[..1]).enumerate() {
            if *x > 0.6 && j > 0 {
                continue 'rows;
            }
            if s > 3.0 {
                break 'rows;
            }
            s += x * x * (i + j) as f64;
        }
        s *= 1.0 + row[0] * row[0];
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn returns_from_a_loop_over_filtered(xs: &[f64]) -> f64 {
    for x in xs.iter().filter(|x| x.abs() > 0.3).skip(1) {
        if *x < 0.5 {
            return x * x * xs[0];
        }
    }
    xs.iter().rev().take(2).product()
}

#[program(xs[5])]
#[conservative_grad]
fn state_in_closures_across_iterators(xs: &[f64]) -> f64 {
    let mut last = 0.0;
    let diffs: Vec<f64> = xs
        .iter()
        .map(|&x| {
            let d = x - last;
            last = x * 0.5;
            d
        })
        .collect();
    let mut calls = 0;
    let mut tally = |y: f64| {
        calls += 1;
        y * calls as f64 + last
    };
    let total: f64 = diffs.iter().map(|d| tally(*d)).sum();
    total * last + calls as f64
}

#[program(xs[5])]
#[conservative_grad]
fn fold_with_vectors(xs: &[f64]) -> f64 {
    let powers = xs.iter().fold(vec![1.0], |mut acc, x| {
        let last = acc[acc.len() - 1];
        acc.push(last * x + 0.5);
        acc
    });
    let (even, odd): (Vec<f64>, Vec<f64>) = powers.windows(2).map(|w| (w[0] * w[1], w[1])).unzip();
    even.iter()
        .zip(odd.iter().rev())
        .map(|(a, b)| a * b)
        .sum::<f64>()
        + powers[5]
}

#[program(xs[4], rows = 3)]
#[conservative_grad]
fn matrices_of_vectors(xs: &[f64], rows: usize) -> f64 {
    let m: Vec<Vec<f64>> = (0..rows)
        .map(|i| xs.iter().map(|x| x.powi(i as i32 + 1)).collect())
        .collect();
    let t: Vec<Vec<f64>> = (0..xs.len())
        .map(|j| m.iter().map(|row| row[j]).collect())
        .collect();
    let gram: f64 = m
        .iter()
        .flat_map(|a| {
            m.iter()
                .map(move |b| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>())
        })
        .map(|g| g * g)
        .sum();
    gram + t.iter().map(|c| c.iter().product::<f64>()).sum::<f64>()
}

#[program(xs[5])]
#[conservative_grad]
fn argmax_then_use(xs: &[f64]) -> f64 {
    let (best, _) = xs
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.partial_cmp(b.1).unwrap())
        .unwrap();
    let score = |i: usize| xs[i] * xs[(i + 1) % xs.len()];
    let worst = (0..xs.len())
        .min_by(|&i, &j| score(i).partial_cmp(&score(j)).unwrap())
        .unwrap();
    score(best) - xs[worst] * xs[worst]
}

#[program(xs[6])]
#[conservative_grad]
fn sort_of_mapped_then_windows(xs: &[f64]) -> f64 {
    let mut ys: Vec<f64> = xs.iter().map(|x| x.sin() * 2.0).collect();
    for round in 0..2 {
        ys.sort_by(|a, b| {
            (b - round as f64)
                .abs()
                .total_cmp(&(a - round as f64).abs())
        });
        ys[0] *= ys[1];
    }
    ys.windows(2).map(|w| (w[1] - w[0]) * w[0]).sum()
}

#[program(xs[5], ys[5])]
#[conservative_grad]
fn in_place_pipelines(xs: &mut [f64], ys: &mut [f64]) -> f64 {
    for (x, y) in xs.iter_mut().zip(ys.iter_mut()).rev().step_by(2) {
        std::mem::swap(x, y);
        *x *= *y;
    }
    let (left, right) = xs.split_at_mut(2);
    for (a, b) in left.iter_mut().zip(right.iter()) {
        *a += b * b;
    }
    right.iter_mut().for_each(|b| *b = b.cos());
    ys.iter_mut()
        .enumerate()
        .filter(|(i, _)| i % 2 == 0)
        .for_each(|(i, y)| *y *= i as f64);
    xs.iter().chain(ys.iter()).sum()
}

#[program(xs[6])]
#[conservative_grad]
fn counts_decide(xs: &[f64]) -> f64 {
    let positive = xs.iter().filter(|&&x| x > 0.0).count();
    let first = xs.iter().position(|x| *x < 0.0).unwrap_or(xs.len());
    let power = xs.iter().take(first).map(|x| x * x).sum::<f64>();
    let tail: f64 = xs.iter().skip(positive).map(|x| x.exp()).sum();
    if xs.iter().any(|x| x * power > 0.5) {
        power - tail
    } else {
        tail * power
    }
}

#[program()]
#[conservative_grad]
fn array_map(x: f64, y: f64) -> f64 {
    let v = [x, y, x * y];
    let [a, b, c] = v.map(|t| t * t + x);
    let w = [a, b].map(f64::sin);
    w[0] * c + w[1] * v[2]
}

#[twin]
#[conservative_grad]
fn penalty(v: &[f64], at: f64) -> f64 {
    v.iter().map(|x| (x - at).max(0.0).powi(2)).sum()
}

#[program(xs[5])]
#[conservative_grad]
fn calls_with_lists(xs: &[f64], a: f64) -> f64 {
    let ys: Vec<f64> = xs.iter().map(|x| x * a).collect();
    let parts: Vec<f64> = ys.chunks(2).map(|c| penalty(c, a)).collect();
    let worst = parts.iter().copied().fold(0.1, f64::max);
    parts.iter().map(|p| p / (1.0 + worst)).sum::<f64>() + penalty(&ys, worst)
}

#[program(xs[4])]
#[conservative_grad]
fn values_of_closures_in_control_flow(xs: &[f64]) -> f64 {
    let f = |i: usize| {
        let v = xs[i];
        match i {
            0 => v,
            1 | 2 if v > 0.0 => v * v,
            _ => {
                let mut s = v;
                while s < 0.5 {
                    s = s + 0.4 * (1.0 + v * v);
                }
                s
            }
        }
    };
    let g = |a: f64, b: f64| -> (f64, f64) { if a < b { (a, b) } else { (b, a) } };
    let (lo, hi) = g(f(0), f(1));
    let (lo2, _) = g(f(2) * hi, f(3));
    lo * lo2 + hi
}

#[program(xs[6])]
#[conservative_grad]
fn running_best(xs: &[f64]) -> f64 {
    let best: Vec<f64> = xs
        .iter()
        .scan(f64::NEG_INFINITY, |m, &x| {
            *m = m.max(x);
            Some(*m)
        })
        .collect();
    let area: f64 = best.iter().zip(xs).map(|(b, x)| b - x).sum();
    area * best.iter().rev().skip_while(|b| **b > 0.8).count() as f64 + best[3]
}

#[program(xs[6])]
#[conservative_grad]
fn pops_until(xs: &[f64]) -> f64 {
    let mut heap: Vec<[f64; 2]> = xs.chunks_exact(2).map(|c| [c[0], c[1]]).collect();
    let mut s = 0.0;
    let mut steps = 0;
    while heap.len() > 1 && steps < 6 {
        heap.sort_by(|a, b| a[0].partial_cmp(&b[0]).unwrap());
        let [a, b] = heap.pop().unwrap();
        s = s * b + a;
        if steps % 2 == 0 {
            heap.insert(0, [a * b, s]);
        }
        steps += 1;
        heap[0][1] *= 0.5 + s * s;
    }
    s + heap[0][0] * heap[0][1]
}

#[twin]
#[conservative_grad]
fn toolbox(v: &[f64], a: f64, w: [f64; 3]) -> f64 {
    let top = v.iter().copied().fold(a, f64::max);
    let low = w.iter().copied().reduce(f64::min).unwrap();
    let mut sorted = v.to_vec();
    sorted.sort_by(|x, y| x.total_cmp(y));
    sorted.push(a * 2.0);
    let last = sorted.pop().unwrap();
    sorted.truncate(2);
    let best = v
        .iter()
        .zip(&w)
        .max_by(|x, y| x.0.total_cmp(y.0))
        .map(|(x, y)| x * y)
        .unwrap();
    let scaled: Vec<f64> = v.iter().filter(|x| **x < 5.0).map(|x| x * a).collect();
    let total = scaled.iter().zip(w).map(|(s, w)| s * w).sum::<f64>();
    top * low + sorted[0] * last + best * total
}

/// Some arguments are constants: their parts of the callee are switched off.
#[program(xs[3])]
#[conservative_grad]
fn partly_active(xs: &[f64], a: f64) -> f64 {
    let p = toolbox(xs, 0.5, [1.0, 2.0, 0.25]);
    let q = toolbox(&[0.3, -0.2, 0.7], a, [0.5, 0.1, 0.9]);
    let r = toolbox(&[0.3, -0.2, 0.7], 0.25, [a, xs[0], xs[1]]);
    let s = toolbox(&xs[..3], a, [0.5, 1.5, 0.25]);
    p * q + r * s
}

#[program(xs[5])]
#[conservative_grad]
fn reductions_of_what_changes(xs: &mut [f64], a: f64) -> f64 {
    let mut s = 0.0;
    for k in 0..4 {
        let top = xs.iter().copied().fold(a, f64::max);
        let low = xs[k..].iter().copied().reduce(f64::min).unwrap();
        xs[k] *= top * 0.5;
        xs[4 - k] += low * a;
        s = s * 0.5 + xs.iter().map(|x| x * top).fold(low, f64::min);
    }
    s
}

#[program(xs[4])]
#[conservative_grad]
fn evaluated_in_order(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let pair = (v.iter().copied().max_by(|a, b| a.total_cmp(b)).unwrap(), {
        v[0] = 9.0;
        v[3] *= 2.0;
        v.iter().copied().max_by(|a, b| a.total_cmp(b)).unwrap()
    });
    let mut total = 0.0;
    let mut note = |x: f64| {
        total = total * 2.0 + x;
        total
    };
    let w = [note(xs[1]), note(xs[2]), note(pair.0)];
    w[0] * w[1] - w[2] * pair.1 + total
}

#[program(xs[5])]
#[conservative_grad]
fn elements_written_through_search(xs: &mut [f64], a: f64) -> f64 {
    *xs.iter_mut().find(|x| **x < 0.5).unwrap() *= a;
    let top = xs.iter_mut().max_by(|p, q| p.total_cmp(q)).unwrap();
    *top = *top * *top + a;
    *xs.last_mut().unwrap() += 1.0;
    if xs.len() > 3 {
        *xs.get_mut(2).unwrap() *= 3.0;
    }
    xs.iter().sum()
}

#[twin]
#[conservative_grad]
fn shifted(x: f64) -> f64 {
    x * x - 0.25
}

#[program(xs[5])]
#[conservative_grad]
fn unknown_types_of_calls(xs: &[f64]) -> f64 {
    let s: f64 = xs.iter().map(|x| shifted(*x)).sum();
    let p = xs.iter().map(|x| shifted(*x)).product::<f64>();
    let v: Vec<f64> = xs.iter().copied().map(shifted).collect();
    let w = xs
        .iter()
        .map(|x| shifted(*x))
        .filter(|y| *y > 0.0)
        .collect::<Vec<_>>();
    let t = xs.iter().map(|x| shifted(*x)).fold(0.5, |a, y| a * y + y);
    let m = xs
        .iter()
        .map(|x| shifted(*x))
        .min_by(|a, b| a.total_cmp(b))
        .unwrap();
    let top = xs.iter().map(|x| shifted(*x)).fold(0.0, f64::max);
    s * p + v[0] * t - m * top + w.iter().sum::<f64>()
}

#[program(xs[6])]
#[conservative_grad]
fn nested_sorts_and_closures(xs: &[f64]) -> f64 {
    let median = |v: &[f64]| -> f64 {
        let mut w = v.to_vec();
        w.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let n = w.len();
        if n % 2 == 1 {
            w[n / 2]
        } else {
            0.5 * (w[n / 2 - 1] + w[n / 2])
        }
    };
    let m = median(xs);
    let deviations: Vec<f64> = xs.iter().map(|x| (x - 0.9 * m).abs()).collect();
    let mad = median(&deviations);
    xs.chunks(3).map(|c| median(c) * mad).sum::<f64>() + m
}

#[program(xs[6])]
#[conservative_grad]
fn groups_by_pushes(xs: &[f64]) -> f64 {
    let mut groups: Vec<Vec<f64>> = vec![Vec::new(), Vec::new(), Vec::new()];
    for (i, x) in xs.iter().enumerate() {
        groups[i % 3].push(x * x);
        if *x > 0.4 {
            let moved = groups[i % 3].pop().unwrap();
            groups[(i + 1) % 3].push(moved * x);
        }
    }
    groups
        .iter()
        .filter(|g| !g.is_empty())
        .map(|g| g.iter().sum::<f64>() / g.len() as f64)
        .fold(1.0, |p, m| p * (m + 0.5))
}
