//! The methods of `Float`, in every way in which they are named.

use ad_runtime::conservative_grad;
use num_traits::{Float, FloatConst, Signed};
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn smooth<T: Float + FloatConst>(x: T) -> T {
    let a = x.sin() + T::cos(x) * Float::tan(x) - <T as Float>::exp(x);
    let b = x.exp2() * x.exp_m1() + x.sinh() - x.cosh() * x.tanh() + x.asinh();
    let c = x.atan() + x.mul_add(a, b) + (a / T::PI()).atan();
    let (s, k) = x.sin_cos();
    s * k + c.to_degrees() * T::LN_2() + a.to_radians() + num_traits::Float::recip(b * b + T::E())
}

#[program]
#[conservative_grad]
fn smooth_functions(x: f64) -> f64 {
    smooth(x)
}

#[twin]
#[conservative_grad]
fn on_a_domain<T: Float>(x: T, y: T) -> T {
    let a = x.ln() + T::log2(x) * x.log10() - x.ln_1p() + x.log(y + T::one());
    let b = x.sqrt() * Float::cbrt(x) + T::powf(x, y) + x.powi(-3) + T::powi(y, 4);
    let small = x / (T::one() + x + y);
    let c = small.asin() - small.acos() + small.atanh() + (T::one() + x).acosh();
    a * b + c + x.hypot(y) + Float::atan2(y, x)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn singular_functions(x: f64, y: f64) -> f64 {
    on_a_domain(x, y)
}

#[twin]
#[conservative_grad]
#[allow(deprecated)]
fn kinked<T: Float>(x: T, y: T) -> T {
    let a = x.abs() + x.max(y) * T::min(x, y) + Float::max(x, T::zero());
    let b = x.clamp(-T::one(), y.abs()) + x.abs_sub(y);
    let c = x.floor() * y.ceil() + x.round() - T::trunc(y) + x.fract() * y.signum();
    a * b + c + x.copysign(y) + (x * y) % (T::one() + y * y)
}

#[program(on(-2.0, 2.0))]
#[conservative_grad]
fn kinked_functions(x: f64, y: f64) -> f64 {
    kinked(x, y)
}

#[twin]
#[conservative_grad]
fn questions<T: Float>(x: T, y: T) -> T {
    if x.is_nan() || y.is_infinite() || !(x * y).is_finite() {
        return T::nan();
    }
    let z = if x.is_sign_negative() { -x } else { x * y };
    if z.is_normal() && T::is_sign_positive(y) {
        z / y
    } else {
        z * y
    }
}

#[program(on(-2.0, 2.0))]
#[conservative_grad]
fn questions_of_floats(x: f64, y: f64) -> f64 {
    questions(x, y)
}

/// Two bounds with methods of one name: the user's path says which.
#[conservative_grad]
fn ambiguous<T: Float + Signed>(x: T) -> T {
    Float::abs(x) * <T as Float>::signum(x) + Float::powi(x, 3)
}

#[program(on(-2.0, 2.0))]
#[conservative_grad]
fn constants_of_the_type(x: f64) -> f64 {
    let f = <f64 as Float>::sin(x) + Float::max(x, 0.25) + f64::exp(x);
    f * <f64 as Float>::abs(x)
}

#[test]
fn the_named_trait_is_meant() {
    assert_eq!(ambiguous::grad(-2.0), (-10.0, 13.0));
    assert_eq!(ambiguous::grad(2.0_f32), (10.0, 13.0));
}
