//! Expressions: casts, literals, functions by path, integer methods, comparisons as values.

// Users write braces and parentheses that are not needed.
#![allow(unused_braces, unused_parens)]

use ad_runtime::conservative_grad;
use twin::program;

#[program(stops())]
#[conservative_grad]
fn single_casts_there_and_back(x: f64, y: f64) -> f64 {
    let a = x as f32 as f64;
    let n = (y * 3.0) as i64 as f64;
    let b = (x as f32 * 2.0f32) as f64;
    a * y + n + b * f64::from(x as f32)
}

#[program()]
#[conservative_grad]
fn single_precision(x: f32, a: [f32; 2]) -> f32 {
    let mut s = 1.5;
    for i in 0..2 {
        s = s * a[i] + x.sin();
    }
    let t = s.max(0.5).powi(2);
    if t > 1.0f32 { t * x } else { t + x }
}

#[program()]
#[conservative_grad]
fn functions_by_path(x: f64, y: f64) -> f64 {
    let a = f64::max(x, y);
    let b = f64::powi(a, 2) + f64::sin(x);
    let c = f64::hypot(x, y) + f64::mul_add(x, y, 1.0);
    let (s, co) = f64::sin_cos(x);
    a + b * c + s * co + f64::clamp(x, -0.5, 0.5) + f64::abs(y)
}

#[program()]
#[conservative_grad]
fn constants_by_path(x: f64) -> f64 {
    use std::f64::consts;
    let a = x * std::f64::consts::PI + consts::E;
    let b = a.min(f64::MAX) + f64::EPSILON * core::f64::consts::LN_2;
    let c = if x > f64::NEG_INFINITY { b } else { f64::NAN };
    let d = x.max(f64::MIN_POSITIVE) * f64::from(3.0f32);
    c * d
}

#[program()]
#[conservative_grad]
fn literal_forms(x: f64) -> f64 {
    let a = 2. * x + 1e-3 + 1_000.0 / (x * x + 1e1_f64) + 0.5f64;
    let b = -1.0f64 * x - -2.0;
    let n = 0x1F_usize + 0b11 + 1_0;
    a * b + n as f64 + (-x).powi(2) + -x.powi(2) + 2.0_f64.powf(x)
}

#[program(n = 5)]
#[conservative_grad]
fn integer_methods(x: f64, n: usize) -> f64 {
    let i = n.pow(2) % 7;
    let j = n.saturating_sub(9).max(1);
    let k = (n as i32 - 8).abs() as u32;
    let l = n.checked_sub(2).unwrap_or(0);
    let m = usize::MAX.count_ones().min(3) + u32::from(true) + i32::signum(-4) as u32 % 2;
    let o = n.is_power_of_two() as usize + n.ilog2() as usize + n.div_ceil(2) + n.abs_diff(7);
    let p = (n & 3) | (n >> 1) ^ 1;
    x.powi(k as i32) * i as f64 + x * (j + l + o + p) as f64 + m as f64
}

#[program()]
#[conservative_grad]
fn comparisons_as_values(x: f64, y: f64) -> f64 {
    let b = x < y;
    let c = (x > 0.0) as i32 as f64;
    let d = b && (c > 0.5) != (y == x);
    let e = x.is_sign_negative() || x.is_nan();
    let f = x.total_cmp(&y) == std::cmp::Ordering::Less;
    let g = x.partial_cmp(&y).unwrap().is_lt();
    x * c + if d { y } else { x } + if e ^ f { x * y } else { 1.0 } + (g as u8) as f64
}

#[program()]
#[conservative_grad]
fn chained_methods(x: f64, y: f64) -> f64 {
    (x * y)
        .sin()
        .abs()
        .sqrt()
        .max(0.1)
        .ln()
        .exp()
        .min(x.cosh())
        .mul_add(y, x.atan2(y + 3.0))
        .clamp(-3.0, 3.0)
}

#[program()]
#[conservative_grad]
fn powers_of_itself(x: f64) -> f64 {
    let mut s = x;
    s *= s;
    s += s * s;
    s -= s / (s + 3.0);
    s /= 1.0 + s;
    s
}

#[program()]
#[conservative_grad]
fn remainders(x: f64, y: f64) -> f64 {
    let mut a = x * 5.0 % 2.0;
    a %= 1.5;
    a + (y * 3.0).rem_euclid(2.0) + x.fract() + y.trunc() * x
}

#[program()]
#[conservative_grad]
fn parentheses_and_attributes(x: f64) -> f64 {
    #[allow(unused_variables)]
    let unused = x * 2.0;
    #[allow(clippy::all)]
    let y = (x) * (x + 1.0);
    #[rustfmt::skip]
    let z = (y);
    (z) * (x)
}

#[program()]
#[conservative_grad]
fn tuple_state_updates(x: f64) -> (f64, f64) {
    let mut p = (x, 1.0);
    for _ in 0..3 {
        p = (p.0 * x + p.1, p.0 - 0.5);
        p.1 *= x;
    }
    let q = (p.1, p.0);
    (q.0 * p.0, q.1)
}

#[program()]
#[conservative_grad]
fn several_results(x: f64, y: [f64; 2]) -> ([f64; 2], (f64, usize), Vec<f64>) {
    let v = vec![x * y[0], y[1]];
    ([x * y[0], x], (y[1] * y[1], 3), v)
}

#[program()]
#[conservative_grad]
fn statement_results(x: f64) -> f64 {
    let _ = x * x;
    let _y = x.exp();
    _ = x.cos();
    x * 2.0
}

#[program()]
#[conservative_grad]
fn explicit_derefs(x: &f64, v: &[f64; 2]) -> f64 {
    let y = (*x).sin() + (*v)[0] * v[1] + x.powi(2);
    let z = (&y).abs();
    let w = *&z;
    (*v).len() as f64 * w
}

#[program()]
#[conservative_grad]
fn discarded_in_cfg(x: f64) -> f64 {
    let y = if cfg!(debug_assertions) { x * x } else { x * x };
    y
}

#[program()]
#[conservative_grad]
fn shifts_of_type(x: f64) -> f64 {
    let n = 7_i64;
    let m = n as f64;
    let h = (n / 2) as usize;
    let a = [x; 4];
    a[h] * m / n as f64 * (n % 4) as f64 + !n as f64 * x
}
