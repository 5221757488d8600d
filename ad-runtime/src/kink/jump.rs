//! Primitives that are discontinuous at their ties.

use num_traits::{Float as _, Zero as _};

use super::{Note, Pieces, nearer, note};
use crate::guard::to_margin;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

use super::singular::at_singular_point;

/// The note of a jump at signed distance `margin`; at the jump itself, `right`
/// tells which side is executed.
#[inline(always)]
fn jump<W: Scalar>(margin: W, right: bool) -> Note {
    let zero = W::zero();
    let piece = u32::from((margin > zero) | ((margin == zero) & right));
    Note {
        piece,
        margin: to_margin(margin),
        at_tie: Verdict::Jump,
        follow: Pieces::of([0, 1], [1.0, 0.0]),
    }
}

/// The margin of a remainder has the slope of `x`; where the divisor is active, its
/// partial belongs to the piece that the operands say.
#[inline(always)]
fn of_remainder(on: [bool; 2], note: Note) -> Note {
    let follow = if on[1] { Pieces::FIXED } else { note.follow };
    Note { follow, ..note }
}

/// Distance to the nearest integer. An infinite operand is far from any jump.
#[inline(always)]
fn to_integer<W: Scalar>(x: W) -> W {
    if x.is_infinite() { x } else { x - x.round() }
}

/// Distance to the nearest integer other than zero.
#[inline(always)]
fn to_nonzero_integer<W: Scalar>(x: W) -> W {
    if x.abs() < W::one() {
        x - W::one().copysign(x)
    } else {
        to_integer(x)
    }
}

/// Distance to the nearest half of an odd integer. The fraction is taken of
/// `|x|`, where it is exact.
#[inline(always)]
fn to_half<W: Scalar>(x: W) -> W {
    let size = x.abs();
    let distance = (size - size.floor()) - W::__from_f64(0.5);
    if x.is_infinite() {
        x
    } else if x < W::zero() {
        -distance
    } else {
        distance
    }
}

/// Whether a half of an odd integer is rounded up to an even one.
#[inline(always)]
fn rounds_up_to_even<W: Scalar>(x: W) -> bool {
    let two = W::one() + W::one();
    x.floor() % two != W::zero()
}

/// Distance of `x` to the nearest multiple of `y`: the remainder is exact.
#[inline(always)]
fn to_multiple<W: Scalar>(x: W, y: W) -> W {
    let rest = x % y;
    if rest.abs() <= y.abs() - rest.abs() {
        rest
    } else {
        rest - y.abs().copysign(rest)
    }
}

#[inline(always)]
fn is_positive<W: Scalar>(x: W) -> bool {
    x > W::zero()
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
    round: to_half, is_positive;
    /// `x.round_ties_even()`
    round_ties_even: to_half, rounds_up_to_even;
    /// `x.trunc()` has no jump at zero.
    trunc: to_nonzero_integer, is_positive;
    /// `x.fract()`
    fract: to_nonzero_integer, is_positive;
    /// `x as i32`; the jumps of `trunc`, also where the integer type saturates.
    cast: to_nonzero_integer, is_positive;
    /// `x.signum()`: the sign of a zero decides.
    signum: |x| x, T::Wide::is_sign_positive;
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
                margin: to_margin(x),
                at_tie: Verdict::Tied,
                follow: Pieces::FIXED,
            },
            [false, true] => Note {
                piece,
                margin: to_margin(s),
                at_tie: Verdict::Jump,
                follow: Pieces::FIXED,
            },
            _ => {
                let at_tie = if s.is_zero() {
                    Verdict::Jump
                } else {
                    Verdict::Tied
                };
                Note {
                    piece,
                    margin: nearer(to_margin(s), to_margin(x)),
                    at_tie,
                    follow: Pieces::FIXED,
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
    let singular = at_singular_point(sel, tape, site, on, x, |[x, y]| x.is_finite() & y.is_zero());
    if !singular {
        note::<S, T, 2>(tape, site, on, x, |[x, y]| {
            let margin = if x.abs() < y.abs() {
                x - y.abs().copysign(x)
            } else {
                to_multiple(x, y)
            };
            of_remainder(on, jump(margin, is_positive(x)))
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
    let singular = at_singular_point(sel, tape, site, on, x, |[x, y]| x.is_finite() & y.is_zero());
    if !singular {
        note::<S, T, 2>(tape, site, on, x, |[x, y]| {
            of_remainder(on, jump(to_multiple(x, y), true))
        });
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
