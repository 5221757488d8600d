//! Where a loop stands, what it runs over, and what its body does.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(n = 0)]
#[conservative_grad]
fn no_iteration(x: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(3)]
    for _ in 0..n {
        s *= s;
    }
    s * x
}

#[program(n = 1)]
#[conservative_grad]
fn one_iteration(x: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(1)]
    for _ in 0..n {
        s *= s;
    }
    s * x
}

#[program(n = 9, kept = 50)]
#[conservative_grad]
fn room_for_all(x: f64, n: usize, kept: usize) -> f64 {
    let mut s = x;
    #[checkpoint(kept)]
    for _ in 0..n {
        s = (s * x).cos();
    }
    s
}

#[program(n = 11, kept = 1)]
#[conservative_grad]
fn one_state(x: f64, n: usize, kept: usize) -> f64 {
    let mut s = x;
    #[checkpoint(kept * 1)]
    for _ in 0..n {
        s = (s * x).cos();
    }
    s
}

#[program(lo = -3, hi = 6)]
#[conservative_grad]
fn downward(x: f64, lo: i32, hi: i32) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for k in (lo..=hi).rev() {
        s = s * 0.5 + (x * k as f64).sin();
    }
    #[checkpoint(2)]
    for k in (lo..hi).rev() {
        s = s * s * 0.1 + k as f64;
    }
    s
}

#[program(n = 8)]
#[conservative_grad]
fn inclusive(x: f64, n: u8) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for k in 2..=n {
        s = s * 0.9 + x / k as f64 * s;
    }
    s
}

#[program(xs[9])]
#[conservative_grad]
fn elements(xs: &[f64]) -> f64 {
    let mut s = 0.3;
    #[checkpoint(2)]
    for (k, x) in xs.iter().enumerate() {
        s = (s * x + k as f64).sin();
    }
    s
}

#[program(xs[8])]
#[conservative_grad]
fn changed_elements(xs: &mut [f64]) -> f64 {
    let mut s = 0.3;
    #[checkpoint(2)]
    for x in xs.iter_mut() {
        s = (s * *x).sin();
        *x *= s;
    }
    s
}

#[program(xs[9])]
#[conservative_grad]
fn windows(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    #[checkpoint(2)]
    for w in xs.windows(2) {
        s *= w[1] - w[0] * s;
    }
    s
}

#[program(n = 12)]
#[conservative_grad]
fn kinks(x: f64, y: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(3)]
    for k in 0..n {
        s = (s * 1.3 - y).abs();
        if s > 1.0 {
            s = s.max(y * k as f64) - 1.0;
            continue;
        }
        s = s.min(x) * 1.1;
    }
    s
}

#[program(n = 7)]
#[conservative_grad]
fn dynamic_loop_inside(x: f64, n: usize) -> f64 {
    let mut s = x + 2.0;
    #[checkpoint(2)]
    for _ in 0..n {
        let mut t = s * 2.0;
        while t > 1.0 {
            t *= 0.6 + 0.01 * x;
        }
        s += t;
        for k in 0..3 {
            if k == 1 && s > 3.0 {
                break;
            }
            s *= 1.0 + 0.01 * x;
        }
    }
    s
}

#[program(n = 5, m = 4)]
#[conservative_grad]
fn nested(x: f64, n: usize, m: usize) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for i in 0..n {
        let mut t = s;
        #[checkpoint(2)]
        for j in 0..m {
            t = (t + s * x + (i * j) as f64 * 0.1).sin();
        }
        s += t * 0.5;
    }
    s
}

#[program(n = 4, m = 6)]
#[conservative_grad]
fn in_a_plain_loop(x: f64, n: usize, m: usize) -> f64 {
    let mut s = x;
    let mut total = 0.0;
    for i in 0..n {
        let mut t = s * i as f64;
        #[checkpoint(2)]
        for _ in 0..m {
            t = (t + s * x).sin();
        }
        s += t * 0.5;
        total += s * t;
    }
    total
}

#[program(m = 6)]
#[conservative_grad]
fn in_a_dynamic_loop(x: f64, m: usize) -> f64 {
    let mut s = x + 3.0;
    while s > 1.0 {
        #[checkpoint(2)]
        for _ in 0..m {
            s *= 0.9 + 0.02 * x;
        }
        if s > 2.0 {
            #[checkpoint(2)]
            for _ in 0..m {
                s = s - 0.05 * x * s;
            }
        }
    }
    s
}

#[twin]
#[conservative_grad]
fn step(s: f64, x: f64) -> f64 {
    let mut t = s;
    for _ in 0..3 {
        t = (t * x).sin() + s;
    }
    t
}

#[twin]
#[conservative_grad]
fn short(s: f64, x: f64) -> f64 {
    s * x.sin()
}

#[twin]
#[conservative_grad]
fn smooth(v: &mut [f64], x: f64) {
    for k in 1..v.len() {
        v[k] = 0.5 * (v[k] + v[k - 1] * v[k]) * x;
    }
}

#[program(v[4], n = 7, on(-0.8, 0.8))]
#[conservative_grad]
fn calls(v: &mut [f64], x: f64, n: usize) -> f64 {
    let mut s = x;
    smooth(v, s);
    #[checkpoint(2)]
    for _ in 0..n {
        s = (0.5 * step(s, x) + short(s, x)).sin();
        smooth(v, s);
        s += v[3];
    }
    smooth(v, x);
    s
}

#[program(v[4], n = 3, on(-0.8, 0.8))]
#[conservative_grad]
fn called(v: &mut [f64], x: f64, n: usize) -> f64 {
    let a = calls(v, x, n);
    let b = calls(v, a, n + 3);
    a * b + v[0] * v[2]
}

#[program(out[9], n = 9)]
#[conservative_grad]
fn written_only(x: f64, out: &mut [f64], n: usize) -> f64 {
    let start = out[0] * out[3];
    let mut path = vec![x; n];
    let first = path[2] * path[2];
    let mut s = x + start;
    #[checkpoint(2)]
    for k in 0..n {
        s = (s * x).sin() + 0.1;
        path[k] = s * s;
        out[k] = s * x;
        out[0] = s;
    }
    let mut total = first;
    for k in 0..n {
        total += path[k] * out[k];
    }
    total
}

#[program(out[6], n = 6)]
#[conservative_grad]
fn written_for_a_caller(x: f64, out: &mut [f64], n: usize) -> f64 {
    let before = out[1] * out[1];
    let s = written_only(x, out, n);
    out[2] *= s;
    written_only(s * 0.01, out, n) + before
}

#[program(v[3], n = 6)]
#[conservative_grad]
fn read_before_and_after(v: &[f64], n: usize) -> f64 {
    let mut a = [v[0], v[1], v[2]];
    let mut scale = v[0];
    let early = a[0] * a[1] * a[2];
    a[1] *= early;
    #[checkpoint(2)]
    for _ in 0..n {
        let t = a[0] * scale;
        a[0] = a[1];
        a[1] = a[2] + t;
        a[2] = t.sin();
    }
    scale *= a[0] * a[1];
    let late = a[2] * scale;
    a[2] = late * late;
    scale += 1.0;
    a[0] * a[2] * scale + early
}

#[program(n = 6)]
#[conservative_grad]
fn closures(x: f64, y: f64, n: usize) -> f64 {
    let f = |t: f64| (t * x).sin() + y;
    let mut s = y;
    #[checkpoint(2)]
    for _ in 0..n {
        s = f(s) * f(x);
    }
    s
}

#[program(n = 6)]
#[conservative_grad]
fn in_a_closure(x: f64, y: f64, n: usize) -> f64 {
    let run = |t: f64| {
        let mut s = t;
        #[checkpoint(2)]
        for _ in 0..n {
            s = (s * y).sin();
        }
        s
    };
    run(x) * run(y)
}

#[twin]
#[conservative_grad]
fn fallible(x: f64, n: usize) -> Option<f64> {
    let mut s = x;
    #[checkpoint(3)]
    for _ in 0..n {
        s = (s + x * x + 1.0).sqrt();
    }
    if s > 100.0 {
        return None;
    }
    Some(s * x)
}

#[program(n = 8)]
#[conservative_grad]
fn of_a_fallible(x: f64, n: usize) -> f64 {
    let mut total = x;
    #[checkpoint(2)]
    for k in 1..4 {
        total += match fallible(total, n) {
            Some(s) => s * k as f64,
            None => 0.0,
        };
        if let Some(s) = fallible(total * 3000.0, 1) {
            total += s;
        }
    }
    total
}

#[program(n = 8)]
#[conservative_grad]
fn under_a_branch(x: f64, y: f64, n: usize) -> f64 {
    let mut s = x;
    if x > y {
        #[checkpoint(3)]
        for _ in 0..n {
            s = (s + y).sin();
        }
    } else {
        s *= y;
        #[checkpoint(2)]
        for _ in 0..n {
            s = (s * y).cos();
        }
        s += x;
    }
    s
}

#[program(n = 5)]
#[conservative_grad]
fn labelled(x: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    'steps: for k in 0..n {
        for j in 0..4 {
            if j > k {
                continue 'steps;
            }
            s = (s + x * j as f64).sin();
        }
        s *= 2.0;
    }
    s
}
