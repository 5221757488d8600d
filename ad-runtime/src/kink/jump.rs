//! Primitives that are discontinuous at their ties.

use super::{Note, nearer, note};
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

use super::singular::at_singular_point;

/// The note of a jump at signed distance `margin`; at the jump itself, `right`
/// tells which side is executed.
#[inline(always)]
fn jump(margin: f64, right: bool) -> Note {
    let piece = u32::from((margin > 0.0) | ((margin == 0.0) & right));
    Note {
        piece,
        margin,
        at_tie: Verdict::Jump,
    }
}

/// Distance to the nearest integer. An infinite operand is far from any jump.
#[inline(always)]
fn to_integer(x: f64) -> f64 {
    if x.is_infinite() { x } else { x - x.round() }
}

/// Distance to the nearest integer other than zero.
#[inline(always)]
fn to_nonzero_integer(x: f64) -> f64 {
    if x.abs() < 1.0 {
        x - 1.0_f64.copysign(x)
    } else {
        to_integer(x)
    }
}

/// Distance to the nearest half of an odd integer. The fraction is taken of
/// `|x|`, where it is exact.
#[inline(always)]
fn to_half(x: f64) -> f64 {
    let size = x.abs();
    let distance = (size - size.floor()) - 0.5;
    if x.is_infinite() {
        x
    } else if x < 0.0 {
        -distance
    } else {
        distance
    }
}

/// Distance of `x` to the nearest multiple of `y`: the remainder is exact.
#[inline(always)]
fn to_multiple(x: f64, y: f64) -> f64 {
    let rest = x % y;
    if rest.abs() <= y.abs() - rest.abs() {
        rest
    } else {
        rest - y.abs().copysign(rest)
    }
}

macro_rules! unary {
    ($($(#[$doc:meta])* $row:ident: $margin:expr, $right:expr;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub fn $row<S: Selector, T: Scalar>(_: S, tape: &mut Tape, site: &'static Site, on: [bool; 1], x: [T; 1]) {
            note::<S, T, 1>(tape, site, on, x, |[x]| jump($margin(x), $right(x)));
        }
    )*};
}

unary! {
    /// `x.floor()` continues to the right of an integer.
    floor: to_integer, |_| true;
    /// `x.ceil()` continues to the left.
    ceil: to_integer, |_| false;
    /// `x.round()` rounds halves away from zero.
    round: to_half, |x: f64| x > 0.0;
    /// `x.round_ties_even()`
    round_ties_even: to_half, |x: f64| x.round_ties_even() > x;
    /// `x.trunc()` has no jump at zero.
    trunc: to_nonzero_integer, |x: f64| x > 0.0;
    /// `x.fract()`
    fract: to_nonzero_integer, |x: f64| x > 0.0;
    /// `x as i32`; the jumps of `trunc`, also where the integer type saturates.
    cast: to_nonzero_integer, |x: f64| x > 0.0;
    /// `x.signum()`: the sign of a zero decides.
    signum: |x| x, f64::is_sign_positive;
}

/// `x.copysign(s)` jumps where `s` is zero, and has a kink where `x` is.
#[inline(always)]
pub fn copysign<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    note::<S, T, 2>(tape, site, on, x, |[x, s]| {
        let piece = u32::from(s.is_sign_positive());
        match on {
            [_, false] => Note {
                piece,
                margin: x,
                at_tie: Verdict::Tied,
            },
            [false, true] => Note {
                piece,
                margin: s,
                at_tie: Verdict::Jump,
            },
            _ => {
                let at_tie = if s == 0.0 {
                    Verdict::Jump
                } else {
                    Verdict::Tied
                };
                Note {
                    piece,
                    margin: nearer(s, x),
                    at_tie,
                }
            }
        }
    });
}

/// `x % y` jumps at the multiples of `y` other than zero; `y == 0` is singular.
#[inline(always)]
pub fn rem<S: Selector, T: Scalar>(
    sel: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    let singular = at_singular_point(sel, tape, site, on, x, |[x, y]| x.is_finite() & (y == 0.0));
    if !singular {
        note::<S, T, 2>(tape, site, on, x, |[x, y]| {
            let margin = if x.abs() < y.abs() {
                x - y.abs().copysign(x)
            } else {
                to_multiple(x, y)
            };
            jump(margin, x > 0.0)
        });
    }
}

/// `x.rem_euclid(y)` jumps at the multiples of `y`, zero included.
#[inline(always)]
pub fn rem_euclid<S: Selector, T: Scalar>(
    sel: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    let singular = at_singular_point(sel, tape, site, on, x, |[x, y]| x.is_finite() & (y == 0.0));
    if !singular {
        note::<S, T, 2>(tape, site, on, x, |[x, y]| jump(to_multiple(x, y), true));
    }
}

/// `x.div_euclid(y)` jumps where `x.rem_euclid(y)` does.
#[inline(always)]
pub fn div_euclid<S: Selector, T: Scalar>(
    sel: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    rem_euclid(sel, tape, site, on, x);
}

#[cfg(test)]
mod tests {
    use crate::kink::tests::{SITE, only, traced};
    use crate::trace::Verdict;

    macro_rules! unary {
        ($row:ident, $x:expr) => {
            only(&traced!(MinNorm, &SITE, $row, [true], [$x]))
        };
    }

    macro_rules! binary {
        ($row:ident, $x:expr, $y:expr) => {
            only(&traced!(MinNorm, &SITE, $row, [true, true], [$x, $y]))
        };
    }

    #[test]
    fn steps_at_integers() {
        assert_eq!(unary!(floor, 2.0), (1, 0.0));
        assert_eq!(unary!(ceil, 2.0), (0, 0.0));
        assert_eq!(unary!(floor, 1.75), (0, -0.25));
        assert_eq!(unary!(ceil, -0.0), (0, -0.0));
        assert_eq!(unary!(floor, f64::INFINITY), (1, f64::INFINITY));
        assert_eq!(
            traced!(MinNorm, &SITE, floor, [true], [3.0]).verdict(),
            Verdict::Jump
        );
        assert_eq!(
            traced!(MinNorm, &SITE, floor, [true], [3.5]).verdict(),
            Verdict::Classical
        );
        assert_eq!(
            traced!(MinNorm, &SITE, floor, [true], [f64::NAN]).verdict(),
            Verdict::Undefined
        );
    }

    #[test]
    fn truncation_has_no_step_at_zero() {
        assert_eq!(unary!(trunc, 0.0), (0, -1.0));
        assert_eq!(unary!(trunc, -0.0), (1, 1.0));
        assert_eq!(unary!(trunc, 1.0), (1, 0.0));
        assert_eq!(unary!(fract, -1.0), (0, 0.0));
        assert_eq!(unary!(cast, 0.75), (0, -0.25));
        assert_eq!(unary!(cast, -1.25), (0, -0.25));
    }

    #[test]
    fn rounding_steps_at_halves() {
        assert_eq!(unary!(round, 0.5), (1, 0.0));
        assert_eq!(unary!(round, -0.5), (0, 0.0));
        assert_eq!(unary!(round_ties_even, 0.5), (0, 0.0));
        assert_eq!(unary!(round_ties_even, 1.5), (1, 0.0));
        assert_eq!(unary!(round, 0.25), (0, -0.25));
        assert_eq!(unary!(round, -0.75), (0, -0.25));
        for near in [
            0.5_f64.next_down(),
            -0.5_f64.next_down(),
            4503599627370497.0,
            1e300,
        ] {
            assert_ne!(unary!(round, near).1, 0.0, "{near}");
        }
    }

    #[test]
    fn the_sign_of_zero_decides() {
        assert_eq!(unary!(signum, 0.0), (1, 0.0));
        assert_eq!(unary!(signum, -0.0), (0, -0.0));
        let at = |on, x: [f64; 2]| traced!(MinNorm, &SITE, copysign, on, x).verdict();
        assert_eq!(at([true, true], [1.0, -0.0]), Verdict::Jump);
        assert_eq!(at([true, false], [1.0, 0.0]), Verdict::Classical);
        assert_eq!(at([true, false], [0.0, 1.0]), Verdict::Tied);
        assert_eq!(at([true, true], [0.0, 1.0]), Verdict::Tied);
        assert_eq!(at([true, true], [0.0, 0.0]), Verdict::Jump);
        assert_eq!(at([false, true], [0.0, 1.0]), Verdict::Classical);
    }

    #[test]
    fn remainders_step_at_multiples() {
        assert_eq!(binary!(rem, 6.0, 3.0), (1, 0.0));
        assert_eq!(binary!(rem, -6.0, 3.0), (0, -0.0));
        assert_eq!(binary!(rem, 0.0, 3.0), (0, -3.0));
        assert_eq!(binary!(rem, 7.0, -3.0), (1, 1.0));
        assert_eq!(binary!(rem, 5.0, 3.0), (0, -1.0));
        assert_eq!(binary!(rem_euclid, 0.0, 3.0), (1, 0.0));
        assert_eq!(binary!(rem_euclid, -1e-30, 3.0), (0, -1e-30));
        assert_eq!(binary!(div_euclid, 5.0, 3.0), (0, -1.0));
        assert_eq!(
            traced!(MinNorm, &SITE, rem, [true, true], [1.0, 0.0]).verdict(),
            Verdict::NotLipschitz
        );
        assert_eq!(
            traced!(MinNorm, &SITE, rem_euclid, [true, true], [3.0, 3.0]).verdict(),
            Verdict::Jump
        );
    }
}
