//! Primitives that have no conservative field at some points of their domain.
//! A run notes them only there.

use crate::log::Log;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// Notes a singular point if the operands are at one.
#[inline(always)]
pub(super) fn at_singular_point<S: Selector, T: Scalar, const N: usize>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; N],
    x: [T; N],
    is_singular: impl FnOnce([T; N]) -> bool,
) -> bool {
    let singular = S::LOGS && on.contains(&true) && is_singular(x);
    if singular {
        S::Log::singular(tape, site, 0, Verdict::NotLipschitz);
    }
    singular
}

macro_rules! rows {
    ($($(#[$doc:meta])* $row:ident($n:literal, $on:pat): $singular:expr;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub fn $row<S: Selector, T: Scalar>(sel: S, tape: &mut Tape, site: &'static Site, on: [bool; $n], x: [T; $n]) {
            let $on = on;
            at_singular_point(sel, tape, site, on, x, $singular);
        }
    )*};
}

rows! {
    /// `x.sqrt()` at 0.
    sqrt(1, _): |[x]| x.is_zero();
    /// `x.cbrt()` at 0.
    cbrt(1, _): |[x]| x.is_zero();
    /// `x.recip()` at 0.
    recip(1, _): |[x]| x.is_zero();
    /// `x.ln()` at 0.
    ln(1, _): |[x]| x.is_zero();
    /// `x.log2()` at 0.
    log2(1, _): |[x]| x.is_zero();
    /// `x.log10()` at 0.
    log10(1, _): |[x]| x.is_zero();
    /// `x.ln_1p()` at -1.
    ln_1p(1, _): |[x]| x == -T::one();
    /// `x.asin()` at -1 and 1.
    asin(1, _): |[x]| x.abs().is_one();
    /// `x.acos()` at -1 and 1.
    acos(1, _): |[x]| x.abs().is_one();
    /// `x.acosh()` at 1.
    acosh(1, _): |[x]| x.is_one();
    /// `x.atanh()` at -1 and 1.
    atanh(1, _): |[x]| x.abs().is_one();
    /// `a / b` at `b == 0`; an infinite or NaN `a` is none of its doing.
    div(2, _): |[a, b]| b.is_zero() & a.is_finite();
    /// `x.log(base)` at `x == 0`, at base 1, and at base 0 if that is active.
    log(2, [_, base_on]): |[x, base]| x.is_zero() | base.is_one() | (base_on & base.is_zero());
    /// `x.powf(p)` at `x == 0` for `p < 1` other than 0; where `p` may move, also at
    /// `p == 1` and at any `x < 0`.
    powf(2, on): |[x, p]| powf_is_singular(on, x, p);
}

/// At `x == 0`, the power is steep for `p < 1` and constant for `p == 0`. Where
/// `p` may move, exponents just below it count, too, and no point `x < 0` has
/// neighbours that are defined.
#[inline(always)]
fn powf_is_singular<T: Scalar>([x_on, p_on]: [bool; 2], x: T, p: T) -> bool {
    let (zero, one) = (T::zero(), T::one());
    let at_zero = (x == zero)
        & match [x_on, p_on] {
            [true, true] => p <= one,
            [true, false] => (p < one) & (p != zero),
            _ => p <= zero,
        };
    // A power with a fraction is NaN there: not defined, rather than singular.
    let left_of_zero = p_on & x.is_finite() & (x < zero) & p.is_finite() & (p.fract() == zero);
    at_zero | left_of_zero
}

/// `x.powi(n)` at `x == 0` for negative `n`.
#[inline(always)]
pub fn powi<S: Selector, T: Scalar>(
    sel: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 1],
    x: [T; 1],
    n: i32,
) {
    at_singular_point(sel, tape, site, on, x, |[x]| x.is_zero() & (n < 0));
}

/// `y.atan2(x)` at the origin; on its cut, the negative half-axis, it jumps.
#[inline(always)]
pub fn atan2<S: Selector, T: Scalar>(
    sel: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    let origin = at_singular_point(sel, tape, site, on, x, |[y, x]| x.is_zero() & y.is_zero());
    // Along the cut, `y` fixed, the angle is constant.
    if S::LOGS && on[0] && !origin {
        let [y, x] = x;
        if y.is_zero() & (x < T::zero()) {
            S::Log::singular(tape, site, u32::from(y.is_sign_negative()), Verdict::Jump);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kink::tests::{SINGULAR, traced};
    use crate::trace::Verdict::{self, Classical, Jump, NotLipschitz};

    macro_rules! verdict {
        ($row:ident, $on:expr, $($x:expr),*) => {
            traced!(MinNorm, &SINGULAR, $row, $on, $($x),*).verdict()
        };
    }

    #[test]
    fn unary_rows_are_noted_at_their_points_only() {
        macro_rules! check {
            ($($row:ident $points:expr;)*) => {$(
                for point in $points {
                    let trace = traced!(MinNorm, &SINGULAR, $row, [true], [point]);
                    assert_eq!(trace.verdict(), NotLipschitz, "{} at {point}", stringify!($row));
                    assert_eq!((trace.ties().count(), trace.min_margin()), (1, None));
                    assert!(traced!(MinNorm, &SINGULAR, $row, [false], [point]).selections().is_empty());
                }
                for elsewhere in [0.5, f64::NAN, f64::INFINITY, -2.0_f64] {
                    assert!(traced!(MinNorm, &SINGULAR, $row, [true], [elsewhere]).selections().is_empty());
                }
            )*};
        }
        check! {
            sqrt [0.0, -0.0]; cbrt [0.0, -0.0]; recip [0.0, -0.0]; ln [0.0]; log2 [0.0]; log10 [0.0];
            ln_1p [-1.0]; asin [1.0, -1.0]; acos [1.0, -1.0]; acosh [1.0]; atanh [1.0, -1.0];
        }
    }

    #[test]
    fn quotients() {
        assert_eq!(verdict!(div, [true, true], [1.0, 0.0]), NotLipschitz);
        assert_eq!(verdict!(div, [false, true], [0.0, -0.0]), NotLipschitz);
        assert_eq!(verdict!(div, [true, true], [0.0, 2.0]), Classical);
        assert_eq!(verdict!(log, [true, false], [0.0, 2.0]), NotLipschitz);
        assert_eq!(verdict!(log, [true, false], [2.0, 1.0]), NotLipschitz);
        assert_eq!(verdict!(log, [true, false], [2.0, 0.0]), Classical);
        assert_eq!(verdict!(log, [true, true], [2.0, 0.0]), NotLipschitz);
    }

    #[test]
    fn powers() {
        let base = |x: f64, p: f64| -> Verdict { verdict!(powf, [true, false], [x, p]) };
        assert_eq!(base(0.0, 0.5), NotLipschitz);
        assert_eq!(base(0.0, -1.0), NotLipschitz);
        assert_eq!(base(0.0, 0.0), Classical);
        assert_eq!(base(0.0, 1.0), Classical);
        assert_eq!(base(0.0, 2.0), Classical);
        assert_eq!(base(-2.0, 3.0), Classical);
        let exponent = |x: f64, p: f64| -> Verdict { verdict!(powf, [false, true], [x, p]) };
        assert_eq!(exponent(0.0, 0.0), NotLipschitz);
        assert_eq!(exponent(0.0, 0.5), Classical);
        assert_eq!(exponent(-2.0, 3.0), NotLipschitz);
        assert_eq!(exponent(2.0, 3.0), Classical);
        assert_eq!(verdict!(powf, [true, true], [0.0, 1.0]), NotLipschitz);
        assert_eq!(verdict!(powf, [true, true], [0.0, 1.5]), Classical);
        assert_eq!(verdict!(powi, [true], [0.0], -1), NotLipschitz);
        assert_eq!(verdict!(powi, [true], [0.0], 0), Classical);
        assert_eq!(verdict!(powi, [true], [1.0_f32], -1), Classical);
    }

    #[test]
    fn atan2_jumps_on_its_cut() {
        assert_eq!(verdict!(atan2, [true, true], [0.0, 0.0]), NotLipschitz);
        assert_eq!(verdict!(atan2, [true, true], [0.0, -1.0]), Jump);
        assert_eq!(verdict!(atan2, [true, true], [-0.0, -1.0]), Jump);
        assert_eq!(verdict!(atan2, [false, true], [0.0, -1.0]), Classical);
        assert_eq!(verdict!(atan2, [true, true], [0.0, 1.0]), Classical);
    }
}
