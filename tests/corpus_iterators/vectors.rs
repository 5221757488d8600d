//! What changes the length or order of a `Vec` or slice.

use ad_runtime::conservative_grad;
use twin::program;

#[program(xs[5])]
#[conservative_grad]
fn stack(xs: &[f64]) -> f64 {
    let mut stack = vec![xs[0]];
    for x in &xs[1..] {
        stack.push(x * x);
        if *x > 0.0 {
            let b = stack.pop().unwrap();
            let a = stack.pop().unwrap();
            stack.push(a * b + x);
        }
    }
    let mut s = 1.0;
    while !stack.is_empty() {
        s = s * 0.5 + stack[stack.len() - 1];
        stack.pop();
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn stack_of_pairs(xs: &[f64]) -> f64 {
    let mut stack: Vec<(f64, [f64; 2])> = Vec::new();
    for w in xs.windows(2) {
        stack.push((w[0], [w[0] * w[1], w[1]]));
        if stack.len() > 2 {
            let (a, [b, c]) = stack.pop().unwrap();
            stack[0].0 += a * b;
            stack[1].1[0] *= c;
        }
    }
    let last = stack.pop().map(|(a, [b, _])| a * b).unwrap_or(0.0);
    stack[0].0 * last
}

#[program(xs[5])]
#[conservative_grad]
fn shortened_and_lengthened(xs: &[f64]) -> f64 {
    let mut v: Vec<f64> = xs.iter().map(|x| x * x).collect();
    v.truncate(3);
    v[2] *= xs[4];
    v.extend(xs.iter().skip(2).map(|x| x.sin()));
    v.resize(8, xs[0] * 2.0);
    let a: f64 = v.iter().enumerate().map(|(i, x)| x * (i + 1) as f64).sum();
    v.clear();
    v.extend_from_slice(xs);
    v.resize(2, 0.5);
    let mut w = vec![a, xs[3]];
    w.append(&mut v);
    w.extend(&xs[..2]);
    w.extend([1.5, a]);
    w.iter().fold(v.len() as f64, |acc, x| acc * 0.5 + x * x)
}

#[program(xs[5])]
#[conservative_grad]
fn inserted_and_removed(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.insert(1, xs[3] * xs[4]);
    let gone = v.remove(3);
    v.insert(v.len(), gone * gone);
    let swapped = v.swap_remove(0);
    v.remove(0);
    v.iter()
        .enumerate()
        .map(|(i, x)| x * swapped * (i as f64 + 1.0))
        .sum()
}

#[program(xs[5], ys[4])]
#[conservative_grad]
fn reordered(xs: &mut [f64], ys: &[f64]) -> f64 {
    xs.reverse();
    xs[1] *= xs[0];
    xs.rotate_left(2);
    let mut v = ys.to_vec();
    v[1..].reverse();
    v.rotate_right(1);
    let mut a = [ys[0], ys[1], ys[2]];
    a.reverse();
    xs.iter().zip(&v).map(|(x, y)| x * y).sum::<f64>() * a[0] + a[2]
}

#[program(xs[6])]
#[conservative_grad]
fn sorted(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.sort_by(|a, b| a.total_cmp(b));
    let median = 0.5 * (v[2] + v[3]);
    let mut down = xs.iter().map(|x| x * x).collect::<Vec<_>>();
    down.sort_by(|a, b| b.partial_cmp(a).unwrap());
    let mut fast = xs.to_vec();
    fast.sort_unstable_by(f64::total_cmp);
    let trimmed: f64 = fast[1..5].iter().sum();
    let mut partly = xs.to_vec();
    partly[2..].sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    median * down[0] + trimmed * down[1] * partly[3]
}

#[program(xs[5], ys[5])]
#[conservative_grad]
fn sorted_pairs(xs: &[f64], ys: &[f64]) -> f64 {
    let mut pairs: Vec<(f64, f64)> = xs.iter().copied().zip(ys.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.partial_cmp(&b.0).unwrap());
    let mut area = 0.0;
    for w in pairs.windows(2) {
        area += (w[1].0 - w[0].0) * (w[0].1 + w[1].1) * 0.5;
    }
    let mut keyed: Vec<(usize, f64)> = xs
        .iter()
        .enumerate()
        .map(|(i, x)| (i * 3 % 5, x * x))
        .collect();
    keyed.sort_by_key(|p| p.0);
    area + keyed[1].1 * keyed[3].1
}

#[program(xs[5], ys[5])]
#[conservative_grad]
fn argsorted(xs: &[f64], ys: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..xs.len()).collect();
    order.sort_by(|&i, &j| xs[i].partial_cmp(&xs[j]).unwrap());
    let ranked: f64 = order
        .iter()
        .enumerate()
        .map(|(rank, &i)| rank as f64 * ys[i])
        .sum();
    order.sort_unstable_by(|a, b| ys[*b].total_cmp(&ys[*a]));
    let top = xs[order[0]] * ys[order[0]];
    order.sort();
    ranked * top + ys[order[2]]
}

#[program(xs[6])]
#[conservative_grad]
fn sorted_in_a_loop(xs: &mut [f64], a: f64) -> f64 {
    let mut s = 0.0;
    for k in 0..3 {
        xs.sort_by(|p, q| p.total_cmp(q));
        s += xs[k] * xs[k + 1];
        xs[k] *= a;
        xs[5 - k] += xs[0];
    }
    s
}

#[program(xs[6])]
#[conservative_grad]
fn pops_in_branches(xs: &[f64]) -> f64 {
    let mut hull: Vec<f64> = Vec::new();
    for &x in xs {
        while hull.len() >= 2 && hull[hull.len() - 1] < x {
            let top = hull.pop().unwrap();
            hull[0] += top * x;
        }
        hull.push(x);
    }
    hull.iter().map(|h| h * h).sum()
}
