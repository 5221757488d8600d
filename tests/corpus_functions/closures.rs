//! Closures and annotated functions as arguments of annotated functions.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
pub fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64, n: usize) -> f64 {
    let h = (b - a) / n as f64;
    let mut sum = 0.0;
    for i in 0..n {
        sum += f(a + (i as f64 + 0.5) * h) * h;
    }
    sum
}

#[twin]
#[conservative_grad]
pub fn square(x: f64) -> f64 {
    x * x
}

/// With a loop, so that its forward sweep keeps something.
#[twin]
#[conservative_grad]
pub fn wave(x: f64) -> f64 {
    let mut sum = 0.0;
    for i in 1..4 {
        sum += (x * i as f64).sin() * x;
    }
    sum
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn captures_a_parameter(k: f64, b: f64) -> f64 {
    integrate(|x| k * x * x, 0.0, b, 5)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn functions_by_name(b: f64) -> f64 {
    integrate(wave, 0.0, b, 5) * integrate(square, b, 3.0, 4)
}

#[program(xs[4], v[2], on(0.5, 2.0))]
#[conservative_grad]
fn captures_of_many_kinds(xs: &[f64], p: [f64; 2], q: (f64, f64), v: Vec<f64>, k: f64) -> f64 {
    let w = [k, 2.0 * k];
    let double = 2.0 * xs[0];
    let list: Vec<f64> = xs.iter().map(|x| x * k).collect();
    let n = xs.len();
    let f = |x: f64| {
        let inner = x * w[1] + p[0] * xs[n - 1] + v[0];
        inner * q.0 + double * list[2] - q.1
    };
    integrate(f, 0.0, k, 3) + integrate(&f, k, 2.0, 2)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn closures_in_closures(a: f64, b: f64) -> f64 {
    let scale = |x: f64| a * x;
    let shifted = |x: f64| scale(x) + b;
    integrate(|x| shifted(x) * x, 0.0, b, 3)
        + integrate(|x| integrate(|y| x * y * a, 0.0, x, 2), 0.0, b, 3)
}

#[twin]
#[conservative_grad]
fn adaptive(f: &impl Fn(f64) -> f64, a: f64, b: f64, depth: u32) -> f64 {
    let m = 0.5 * (a + b);
    if depth == 0 {
        return (b - a) * f(m);
    }
    adaptive(f, a, m, depth - 1) + adaptive(f, m, b, depth - 1)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn through_recursion(k: f64, b: f64) -> f64 {
    adaptive(&|x| (k * x).max(x * x), 0.0, b, 3)
}

#[twin]
#[conservative_grad]
fn newton<F, G>(f: F, df: G, mut x: f64) -> f64
where
    F: Fn(f64) -> f64,
    G: Fn(f64) -> f64,
{
    for _ in 0..4 {
        x -= f(x) / df(x);
    }
    x
}

#[program(on(1.0, 2.0))]
#[conservative_grad]
fn root(a: f64) -> f64 {
    newton(|x| x * x * x - a, |x| 3.0 * x * x, a)
}

#[twin]
#[conservative_grad]
fn with_state(mut step: impl FnMut(f64, f64) -> (f64, f64), n: usize, x: f64, v: f64) -> f64 {
    let (mut x, mut v) = (x, v);
    for _ in 0..n {
        let (a, b) = step(x, v);
        x = a;
        v = b;
    }
    x * v
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn pairs(k: f64, x: f64, v: f64) -> f64 {
    let h = 0.1;
    with_state(|x, v| (x + h * v, v - h * k * x), 3, x, v)
}

#[twin]
#[conservative_grad]
fn euler(rhs: impl Fn(f64, &[f64], &mut [f64]), y0: &[f64], h: f64, n: usize) -> Vec<f64> {
    let mut y = y0.to_vec();
    let mut dy = vec![0.0; y.len()];
    let mut t = 0.0;
    for _ in 0..n {
        rhs(t, &y, &mut dy);
        for i in 0..y.len() {
            y[i] += h * dy[i];
        }
        t += h;
    }
    y
}

#[program(y[2], on(0.5, 2.0))]
#[conservative_grad]
fn right_hand_side(k: f64, y: &[f64], h: f64) -> f64 {
    let end = euler(
        |t: f64, y: &[f64], dy: &mut [f64]| {
            dy[0] = y[1] + t;
            dy[1] = -k * y[0] * y[0];
        },
        y,
        h,
        3,
    );
    end[0] * end[1]
}

#[twin]
#[conservative_grad]
fn over(f: impl Fn(&[f64]) -> f64, xs: &[f64]) -> f64 {
    f(xs) * f(&xs[1..])
}

#[twin]
#[conservative_grad]
pub fn total(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x * x;
    }
    sum
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn of_slices(xs: &[f64], k: f64) -> f64 {
    let m: f64 = xs.iter().sum::<f64>() / xs.len() as f64;
    over(total, xs) + over(|v| v.iter().map(|x| (x - m) * k).fold(0.0, f64::max), xs)
}

#[twin]
#[conservative_grad]
fn apply_n(f: impl Fn(f64) -> f64, n: usize) -> f64 {
    let mut x = 1.0;
    for _ in 0..n {
        x = f(x);
    }
    x
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn only_captures(k: f64) -> f64 {
    apply_n(|x| k * x + 1.0, 4)
}

#[twin]
#[conservative_grad]
fn passes_it_on(f: impl Fn(f64) -> f64 + Copy, x: f64) -> f64 {
    let g = f;
    let values: f64 = [x, 2.0 * x].iter().map(|&x| g(x)).sum();
    values * integrate(f, 0.0, x, 3) + integrate(&f, 0.0, 1.0, 2) + Some(x).map(f).unwrap()
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn on_and_on(k: f64, x: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        let c = k * i as f64;
        sum += passes_it_on(|y| (y * c).sin() + y * k, x);
    }
    sum
}

#[twin]
#[conservative_grad]
fn first_positive(f: impl Fn(f64) -> Option<f64>, xs: &[f64]) -> f64 {
    for &x in xs {
        if let Some(y) = f(x) {
            return y * x;
        }
    }
    0.0
}

#[program(xs[4], on(0.5, 1.5))]
#[conservative_grad]
fn optional(xs: &[f64], k: f64) -> f64 {
    first_positive(
        |x| -> Option<f64> { if x > k { Some((x - k).ln()) } else { None } },
        xs,
    )
}

#[program(xs[3], on(0.5, 1.5))]
#[conservative_grad]
fn shadowed_names(xs: &[f64], x: f64, k: f64) -> f64 {
    let k = k * 2.0;
    let y = integrate(
        |x| {
            let k = k + x;
            k * x
        },
        0.0,
        x,
        3,
    );
    let x = y * x;
    let k = k * x;
    y + integrate(
        |y| {
            let s = y * k;
            if s > x { s } else { x * xs[1] }
        },
        0.0,
        1.0,
        3,
    )
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn moved(k: f64, x: f64) -> f64 {
    let mut c = k;
    let f = move |x: f64| c * x;
    c = c * 3.0;
    integrate(f, 0.0, x, 2) * c
}
