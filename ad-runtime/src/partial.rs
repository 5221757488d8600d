//! Helper functions of the rule table: partials that no short expression gives
//! right at special values.

use crate::scalar::Scalar;

/// The derivative of `x.powi(n)`; 0 for `n == 0`, also at `x == 0`.
#[inline]
pub fn powi_dx<T: Scalar>(x: T, n: i32) -> T {
    let factor = T::__from_f64(f64::from(n));
    match n {
        0 => T::zero(),
        i32::MIN => factor * x.powf(T::__from_f64(f64::from(n) - 1.0)),
        _ => factor * x.powi(n - 1),
    }
}

/// The `k`-th derivative of `x.powi(n)`: `n (n-1) .. (n-k+1) x^(n-k)`, 0 where the
/// factor is 0.
#[inline]
pub fn powi_nth<T: Scalar>(x: T, n: i32, k: u32) -> T {
    let n_float = f64::from(n);
    let factor = (0..k).fold(1.0, |c, i| c * (n_float - f64::from(i)));
    if factor == 0.0 {
        return T::zero();
    }
    // n - k leaves the exponents of `powi` only for n at their end.
    let power = match n.checked_sub_unsigned(k) {
        Some(exponent) => x.powi(exponent),
        None => x.powf(T::__from_f64(n_float - f64::from(k))),
    };
    T::__from_f64(factor) * power
}

/// The derivative of `x.powf(p)` by `x`; 0 for `p == 0`, also at `x == 0`.
#[inline]
pub fn powf_dx<T: Scalar>(x: T, p: T) -> T {
    if p == T::zero() {
        T::zero()
    } else {
        p * x.powf(p - T::one())
    }
}

/// The derivative of `x.powf(p)` by `p`; 0 at `x == 0` for `p > 0`.
#[inline]
pub fn powf_dp<T: Scalar>(x: T, p: T) -> T {
    let z = x.powf(p);
    if z == T::zero() && x >= T::zero() {
        T::zero()
    } else {
        z * x.ln()
    }
}

/// The derivative of `x.powf(p)`, `k` times by `x` and `m` times by `p`: the sum
/// over `j` of `C(m, j) c_j x^(p-k) ln(x)^(m-j)`, where `c_j` is the `j`-th
/// derivative of `p (p-1) .. (p-k+1)`. A vanishing factor hides an infinite one.
pub fn powf_nth<T: Scalar>(x: T, p: T, k: u32, m: u32) -> T {
    let power = x.powf(p - T::__from_f64(f64::from(k)));
    if power == T::zero() && x >= T::zero() {
        return T::zero();
    }
    let log = x.ln();
    let mut sum = T::zero();
    let mut binomial = 1.0;
    let mut log_power = T::one();
    for i in 0..=m {
        let c = falling(p, k, m - i);
        if c != T::zero() {
            sum += T::__from_f64(binomial) * c * power * log_power;
        }
        binomial = binomial * f64::from(m - i) / f64::from(i + 1);
        log_power = log_power * log;
    }
    sum
}

/// The `j`-th derivative of `p (p-1) .. (p-k+1)` by `p`: each factor in turn is
/// kept or differentiated away.
fn falling<T: Scalar>(p: T, k: u32, j: u32) -> T {
    if j > k {
        return T::zero();
    }
    if k == 0 {
        return T::one();
    }
    let last = falling(p, k - 1, j) * (p - T::__from_f64(f64::from(k - 1)));
    if j == 0 {
        last
    } else {
        last + T::__from_f64(f64::from(j)) * falling(p, k - 1, j - 1)
    }
}

/// The derivative of `y.atan2(x)` by `y`.
#[inline]
pub fn atan2_dy<T: Scalar>(y: T, x: T) -> T {
    over_square(x, y)
}

/// The derivative of `y.atan2(x)` by `x`.
#[inline]
pub fn atan2_dx<T: Scalar>(y: T, x: T) -> T {
    -over_square(y, x)
}

/// `a / (a^2 + b^2)` without overflow or underflow of the squares; NaN for `a`
/// and `b` zero.
#[inline]
fn over_square<T: Scalar>(a: T, b: T) -> T {
    let (size_a, size_b) = (a.abs(), b.abs());
    let m = if size_a > size_b { size_a } else { size_b };
    if m == T::infinity() {
        return T::zero();
    }
    let (a, b) = (a / m, b / m);
    a / (a * a + b * b) / m
}

/// The derivative of the logistic function.
#[inline]
pub fn sigmoid_dx<T: Scalar>(x: T) -> T {
    let negative = (-x.abs()).exp();
    let sum = T::one() + negative;
    negative / (sum * sum)
}

/// The derivative of Huber's loss by `x`.
#[inline]
pub fn huber_dx<T: Scalar>(x: T, d: T) -> T {
    match huber_is_outside(x, d) {
        None => T::nan(),
        Some(false) => x,
        Some(true) => d.copysign(x),
    }
}

/// The derivative of Huber's loss by `d`.
#[inline]
pub fn huber_dd<T: Scalar>(x: T, d: T) -> T {
    match huber_is_outside(x, d) {
        None => T::nan(),
        Some(false) => T::zero(),
        Some(true) => x.abs() - d,
    }
}

/// The second derivatives of Huber's loss: by `x` twice, by both, by `d` twice.
#[inline]
pub fn huber_nth<T: Scalar>(x: T, d: T, k: u32) -> T {
    let (inside, outside) = match k {
        0 => (T::one(), T::zero()),
        1 => (T::zero(), T::one().copysign(x)),
        _ => (T::zero(), -T::one()),
    };
    match huber_is_outside(x, d) {
        None => T::nan(),
        Some(false) => inside,
        Some(true) => outside,
    }
}

/// On which piece of Huber's loss the operands are; absent outside the domain.
#[inline]
fn huber_is_outside<T: Scalar>(x: T, d: T) -> Option<bool> {
    if d >= T::zero() && !x.is_nan() {
        Some(x.abs() > d)
    } else {
        None
    }
}

/// One component of the direction of a vector of length `r`: `x / r`, and 0 at
/// the origin, where 0 is the least element of the subdifferential of the norm.
#[inline]
pub fn direction<T: Scalar>(x: T, r: T) -> T {
    if r == T::zero() { T::zero() } else { x / r }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-14 * (1.0 + b.abs()), "{a} is not {b}");
    }

    #[test]
    fn powers_at_zero() {
        assert_eq!(powi_dx(0.0, 0), 0.0);
        assert_eq!(powi_dx(0.0, 1), 1.0);
        assert_eq!(powi_dx(0.0, 2), 0.0);
        assert_eq!(powi_dx(0.0, -1), f64::NEG_INFINITY);
        assert_eq!(powf_dx(0.0, 0.0), 0.0);
        assert_eq!(powf_dx(0.0, 1.0), 1.0);
        assert_eq!(powf_dx(0.0, 0.5), f64::INFINITY);
        assert_eq!(powf_dp(0.0, 2.0), 0.0);
        assert_eq!(powf_dp(0.0, 0.0), f64::NEG_INFINITY);
        assert!(powf_dp(-1.0_f64, 2.0).is_nan());
    }

    #[test]
    fn powers_elsewhere() {
        close(powi_dx(3.0, 4), 108.0);
        close(powi_dx(2.0_f32, -2).into(), -0.25);
        assert_eq!(powi_dx(1.0, i32::MIN), f64::from(i32::MIN));
        assert_eq!(powi_nth(1.0, i32::MIN, 1), f64::from(i32::MIN));
        close(powi_nth(2.0, 5, 3), 60.0 * 4.0);
        assert_eq!(powi_nth(0.0, 2, 3), 0.0);
        close(powi_nth(2.0, 5, 0), 32.0);
        close(powf_dx(4.0, 1.5), 3.0);
        close(powf_dp(2.0, 3.0), 8.0 * 2.0_f64.ln());
    }

    #[test]
    fn higher_derivatives_agree_with_the_first() {
        let (x, p) = (1.7, 2.3);
        close(powf_nth(x, p, 0, 0), x.powf(p));
        close(powf_nth(x, p, 1, 0), powf_dx(x, p));
        close(powf_nth(x, p, 0, 1), powf_dp(x, p));
        // d/dp (p x^(p-1)) = x^(p-1) (1 + p ln x)
        close(powf_nth(x, p, 1, 1), x.powf(p - 1.0) * (1.0 + p * x.ln()));
        close(powf_nth(x, p, 2, 0), p * (p - 1.0) * x.powf(p - 2.0));
        close(powf_nth(x, p, 0, 2), x.powf(p) * x.ln() * x.ln());
        assert_eq!(powf_nth(0.0, 3.0, 1, 1), 0.0);
        assert_eq!(powf_nth(-2.0, 2.0, 2, 0), 2.0);
    }

    #[test]
    fn a_direction_without_length_is_zero() {
        assert_eq!(direction(0.0, 0.0), 0.0);
        assert_eq!(direction(-3.0_f32, 4.0), -0.75);
    }

    #[test]
    fn angles_do_not_overflow() {
        close(atan2_dy(3.0, 4.0), 4.0 / 25.0);
        close(atan2_dx(3.0, 4.0), -3.0 / 25.0);
        assert_eq!(atan2_dy(0.0, 1e200), 1e-200);
        assert_eq!(atan2_dx(1e-200, 0.0), -1e200);
        assert_eq!(atan2_dy(f64::INFINITY, 1.0), 0.0);
        assert!(atan2_dy(0.0_f64, 0.0).is_nan());
    }
}
