//! The methods of `f64`, alone and composed.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn trigonometric(x: f64, y: f64) -> f64 {
    x.sin() * y.cos() + (x * y).tan() - (0.5 * x).asin() + (0.5 * y).acos() * x.atan()
}

#[program()]
#[conservative_grad]
fn hyperbolic(x: f64, y: f64) -> f64 {
    x.sinh() + y.cosh() * x.tanh() + y.asinh() + (2.5 + x).acosh() * (0.5 * y).atanh()
}

#[program(on(0.2, 2.0))]
#[conservative_grad]
fn exponentials(x: f64, y: f64) -> f64 {
    x.exp() * y.ln() + x.exp2() + y.exp_m1() - x.log2() * y.log10()
        + (x * y).ln_1p()
        + x.log(y + 1.5)
}

#[program(on(0.2, 2.0))]
#[conservative_grad]
fn roots_and_powers(x: f64, y: f64) -> f64 {
    x.sqrt() + y.cbrt() * x.powi(3) - y.powi(-2)
        + x.powf(y)
        + x.powf(1.5)
        + 2.0_f64.powf(y)
        + x.recip()
}

#[program(n = 4)]
#[conservative_grad]
fn integer_powers(x: f64, n: i32) -> f64 {
    x.powi(n) + x.powi(0) * x.powi(1) - x.powi(2)
}

#[program(on(0.3, 2.0))]
#[conservative_grad]
fn two_operands(x: f64, y: f64) -> f64 {
    x.hypot(y) + x.atan2(y) * y.mul_add(x, 3.0) + x.mul_add(y, x)
}

#[program()]
#[conservative_grad]
fn selections(x: f64, y: f64) -> f64 {
    x.max(y) * y.min(0.3) + x.abs() + (x * y).clamp(-0.4, 0.4) - x.max(0.1)
}

#[program()]
#[conservative_grad]
fn path_calls(x: f64, y: f64) -> f64 {
    f64::max(x, y) + f64::sin(x) * f64::abs(y) - f64::powi(x, 3)
}

#[program(on(0.2, 3.0))]
#[conservative_grad]
fn jumps(x: f64, y: f64) -> f64 {
    x * y.floor() + x.fract() * y - y.ceil() * x * x + x.trunc() + y.round() * x + x.signum() * y
}

#[program()]
#[conservative_grad]
fn signs(x: f64, y: f64) -> f64 {
    x.copysign(y) * y + x.signum() * x
}

#[program(on(0.4, 3.0))]
#[conservative_grad]
fn euclidean(x: f64, y: f64) -> f64 {
    (4.0 * x).rem_euclid(y) + x.div_euclid(y) * x
}

#[program()]
#[conservative_grad]
fn angles(x: f64, y: f64) -> f64 {
    x.to_radians() * y.to_degrees() + x.midpoint(y)
}

#[program()]
#[conservative_grad]
fn sine_and_cosine(x: f64) -> f64 {
    let (s, c) = x.sin_cos();
    s * s * c - c
}

#[program()]
#[conservative_grad]
fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[program()]
#[conservative_grad]
fn gelu(x: f64) -> f64 {
    let inner = 0.797_884_560_802_865_4 * (x + 0.044_715 * x.powi(3));
    0.5 * x * (1.0 + inner.tanh())
}

#[program()]
#[conservative_grad]
fn soft_maximum(a: f64, b: f64) -> f64 {
    let m = a.max(b);
    m + ((a - m).exp() + (b - m).exp()).ln()
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn gaussian_log_density(x: f64, mean: f64, deviation: f64) -> f64 {
    let z = (x - mean) / deviation;
    -0.5 * z * z - deviation.ln() - 0.5 * (2.0 * std::f64::consts::PI).ln()
}

#[program(stops())]
#[conservative_grad]
fn kept_from_differentiation(x: f64, y: f64) -> f64 {
    let weight = ad_runtime::constant(x.exp() * y);
    weight * x + y
}
