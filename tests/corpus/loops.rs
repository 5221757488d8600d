//! Counted and dynamic loops, labels, `break`, `continue`.

use ad_runtime::conservative_grad;
use twin::program;

#[program(n = 5)]
#[conservative_grad]
fn power_by_loop(x: f64, n: usize) -> f64 {
    let mut p = 1.0;
    for _ in 0..n {
        p *= x;
    }
    p
}

#[program(n = 4)]
#[conservative_grad]
fn recurrence(x: f64, r: f64, n: usize) -> f64 {
    let mut s = x;
    for i in 1..=n {
        s = r * s * (1.0 - s) + i as f64 * 0.1;
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn sum_of_squares(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x * x;
    }
    sum
}

#[program(theta[2], xs = [0.5, -1.0, 2.0], ys = [1.0, 0.3, -0.7])]
#[conservative_grad(wrt(theta))]
fn mean_absolute_error(theta: &[f64], xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (theta[0] + theta[1] * x - y).abs();
    }
    sum / xs.len() as f64
}

#[program(xs[6])]
#[conservative_grad]
fn total_variation(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..xs.len() {
        sum += (xs[i] - xs[i - 1]).abs();
    }
    sum
}

#[program(x[6])]
#[conservative_grad]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
    }
    sum
}

#[program(xs[6])]
#[conservative_grad]
fn backwards(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for i in (0..xs.len()).rev() {
        s = s * xs[i] + xs[i] * i as f64;
    }
    s
}

#[program(xs[7])]
#[conservative_grad]
fn strided(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in (0..xs.len()).step_by(3) {
        s += xs[i] * xs[i] * xs[0];
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn enumerated(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for (i, &x) in xs.iter().enumerate() {
        s += x * s * (i + 1) as f64;
    }
    s
}

#[program(a[4], b[4], c[4])]
#[conservative_grad]
fn three_in_step(a: &[f64], b: &[f64], c: &[f64]) -> f64 {
    let mut s = 0.0;
    for ((x, y), z) in a.iter().zip(b.iter()).zip(c) {
        s += x * y * z;
    }
    s
}

#[program(on(1.0, 6.0))]
#[conservative_grad]
fn halving(x: f64) -> f64 {
    let mut t = x;
    let mut s = 0.0;
    while t > 1.0 {
        s += t * t;
        t *= 0.5;
    }
    s + t
}

#[program(on(0.5, 3.5))]
#[conservative_grad]
fn clipped_sum(x: f64) -> f64 {
    let mut s = 0.0;
    let mut t = x;
    while t > 0.0 {
        s += t.min(1.0);
        t -= 1.0;
    }
    s
}

#[program(on(1.0, 9.0))]
#[conservative_grad]
fn newton_square_root(x: f64) -> f64 {
    let mut r = x;
    loop {
        let next = 0.5 * (r + x / r);
        if (next - r).abs() < 1e-3 {
            break next;
        }
        r = next;
    }
}

#[program(xs[6])]
#[conservative_grad]
fn skips_and_stops(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    for &x in xs {
        if x < 0.0 {
            continue;
        }
        s += x * x;
        if s > 2.0 {
            break;
        }
        s *= 1.5;
    }
    s
}

#[program(xs[6])]
#[conservative_grad]
fn finds_first(xs: &[f64]) -> f64 {
    for (i, x) in xs.iter().enumerate() {
        if *x > 0.5 {
            return x * i as f64 + xs[0];
        }
    }
    xs[0] * xs[1]
}

#[program(xs[6])]
#[conservative_grad]
fn labelled(xs: &[f64]) -> f64 {
    let mut s = 0.1;
    'outer: for i in 0..xs.len() {
        for j in i..xs.len() {
            if xs[j] < -1.0 {
                continue 'outer;
            }
            s += xs[i] * xs[j];
            if s > 4.0 {
                break 'outer;
            }
        }
        s *= 1.1;
    }
    s
}

#[program(on(0.3, 2.0))]
#[conservative_grad]
fn labelled_block(x: f64, y: f64) -> f64 {
    let z = 'found: {
        if x > y {
            break 'found x * x;
        }
        let t = x * y;
        if t > 1.0 {
            break 'found t;
        }
        t + y
    };
    z * x
}

#[program(n = 3, m = 4)]
#[conservative_grad]
fn nested_counts(x: f64, y: f64, n: usize, m: usize) -> f64 {
    let mut s = x;
    for i in 0..n {
        let mut row = y;
        for j in 0..m {
            if (i + j) % 2 == 0 {
                row = row * x + 0.1;
            } else {
                row += s;
            }
        }
        s = s * 0.3 + row;
    }
    s
}

#[program(n = 0)]
#[conservative_grad]
fn empty_loop(x: f64, n: usize) -> f64 {
    let mut s = x;
    for i in 0..n {
        s *= i as f64;
    }
    s
}

#[program(n = 5)]
#[conservative_grad]
fn triangular(x: f64, n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        let mut t = x;
        for _ in 0..i {
            t = t * x + 0.2;
        }
        s += t;
    }
    s
}

#[program(n = 3)]
#[conservative_grad]
fn while_in_for(x: f64, n: usize) -> f64 {
    let mut s = 0.0;
    for k in 0..n {
        let mut t = x * x + k as f64;
        while t > 0.7 {
            t *= 0.6;
            s += t * x;
        }
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn largest(xs: &[f64]) -> f64 {
    let mut m = f64::NEG_INFINITY;
    for &x in xs {
        m = m.max(x);
    }
    m * m
}

#[program(xs[5])]
#[conservative_grad]
fn largest_by_index(xs: &[f64]) -> f64 {
    let mut best = 0;
    for i in 1..xs.len() {
        if xs[i] > xs[best] {
            best = i;
        }
    }
    xs[best] * xs[best] + xs[0]
}

#[program(z[4])]
#[conservative_grad]
fn log_sum_exp(z: &[f64]) -> f64 {
    let mut m = z[0];
    for k in 1..z.len() {
        m = m.max(z[k]);
    }
    let mut s = 0.0;
    for k in 0..z.len() {
        s += (z[k] - m).exp();
    }
    m + s.ln()
}

#[program(xs[5])]
#[conservative_grad]
fn standard_sum(xs: &[f64]) -> f64 {
    let mean = xs.iter().sum::<f64>() / xs.len() as f64;
    let mut v = 0.0;
    for x in xs.iter().rev() {
        v += (x - mean) * (x - mean);
    }
    v
}
