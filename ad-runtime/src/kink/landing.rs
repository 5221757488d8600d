//! The values of primitives with jumps where a run follows another piece than that
//! of the operands.

use num_traits::NumCast;

use crate::follow::landed;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::tape::Tape;

/// The side of a jump that the run is told to be on, 0 left and 1 right of it; absent
/// away from jumps.
#[inline(always)]
fn side<S: Selector, const N: usize>(tape: &Tape, on: [bool; N]) -> Option<u32> {
    if S::FOLLOWS && on.contains(&true) {
        landed(tape)
    } else {
        None
    }
}

macro_rules! unary {
    ($($(#[$doc:meta])* $row:ident: $left:expr, $right:expr;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub fn $row<S: Selector, T: Scalar>(_: S, tape: &mut Tape, on: [bool; 1], [x]: [T; 1], value: T) -> T {
            match side::<S, 1>(tape, on) {
                Some(0) => $left(x),
                Some(_) => $right(x),
                None => value,
            }
        }
    )*};
}

/// One half.
fn half<T: Scalar>() -> T {
    T::__from_f64(0.5)
}

/// The integer part of a number just below (`up` false) or above an integer.
fn part<T: Scalar>(x: T, up: bool) -> T {
    let away = (x > T::zero()) == up;
    if away { x } else { x - T::one().copysign(x) }
}

unary! {
    /// `x.floor()` at an integer.
    floor: |x: T| x - T::one(), |x| x;
    /// `x.ceil()` at an integer.
    ceil: |x| x, |x: T| x + T::one();
    /// `x.round()` at a half.
    round: |x: T| x - half::<T>(), |x: T| x + half::<T>();
    /// `x.round_ties_even()` at a half.
    round_ties_even: |x: T| x - half::<T>(), |x: T| x + half::<T>();
    /// `x.trunc()` at an integer other than zero.
    trunc: |x: T| part(x, false), |x: T| part(x, true);
    /// `x.fract()` at an integer other than zero.
    fract: |x: T| x - part(x, false), |x: T| x - part(x, true);
    /// `x.signum()` at zero.
    signum: |_| -T::one(), |_| T::one();
}

/// `x.copysign(s)` is not followed.
#[inline(always)]
pub fn copysign<S: Selector, T: Scalar>(
    _: S,
    _: &mut Tape,
    _: [bool; 2],
    _: [T; 2],
    value: T,
) -> T {
    value
}

macro_rules! of_quotient {
    ($($(#[$doc:meta])* $row:ident: |$x:ident, $y:ident, $left:ident| $landed:expr;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub fn $row<S: Selector, T: Scalar>(
            _: S,
            tape: &mut Tape,
            on: [bool; 2],
            [$x, $y]: [T; 2],
            value: T,
        ) -> T {
            match side::<S, 2>(tape, on) {
                // With an active divisor the piece is that of the operands.
                Some(side) if on == [true, false] => {
                    let $left = side == 0;
                    $landed
                }
                _ => value,
            }
        }
    )*};
}

of_quotient! {
    /// `x % y` at a multiple of `y`: it has the sign of `x` and grows with it.
    rem: |x, y, left| match (left, x > T::zero()) {
        (true, true) => y.abs(),
        (false, false) => -y.abs(),
        _ => T::zero(),
    };
    /// `x.rem_euclid(y)` at a multiple of `y`.
    rem_euclid: |_x, y, left| if left { y.abs() } else { T::zero() };
    /// `x.div_euclid(y)` at a multiple of `y`: to the left of it the remainder is `|y|`.
    div_euclid: |x, y, left| {
        let quotient = (x / y).round();
        if left { quotient - T::one().copysign(y) } else { quotient }
    };
}

/// `x as i32` at an integer other than zero.
#[inline(always)]
pub fn cast<S: Selector, T: Scalar, I: NumCast>(
    _: S,
    tape: &mut Tape,
    on: [bool; 1],
    [x]: [T; 1],
    value: I,
) -> I {
    match side::<S, 1>(tape, on) {
        // Where the integer type ends, there is no other side.
        Some(side) => num_traits::cast(part(x, side == 1)).unwrap_or(value),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow::Follow;
    use crate::heading::head;
    use crate::kink;
    use crate::kink::tests::SITE;
    use crate::select::{MinNorm, Select};

    /// The value left and right of the point, and just beside it.
    macro_rules! sides {
        ($row:ident, $x:expr, $f:expr) => {{
            let sel = Select::<MinNorm, Follow>::default();
            [-1.0, 1.0].map(|slope: f64| {
                let mut tape = Tape::new();
                tape.path.limit = 10;
                tape.path.lexicographic = true;
                head(sel, &mut tape, [slope]);
                kink::$row(sel, &mut tape, &SITE, [true], [$x]);
                let x: f64 = $x;
                let landed = $row(sel, &mut tape, [true], [x], $f(x));
                let near: f64 = $f(x + slope * 1e-9);
                assert!((landed - near).abs() < 1e-8, "{landed} {near}");
                landed
            })
        }};
    }

    #[test]
    fn values_continue_each_side() {
        assert_eq!(sides!(floor, 2.0, f64::floor), [1.0, 2.0]);
        assert_eq!(sides!(ceil, 2.0, f64::ceil), [2.0, 3.0]);
        assert_eq!(sides!(round, 2.5, f64::round), [2.0, 3.0]);
        assert_eq!(
            sides!(round_ties_even, 2.5, f64::round_ties_even),
            [2.0, 3.0]
        );
        assert_eq!(sides!(trunc, 2.0, f64::trunc), [1.0, 2.0]);
        assert_eq!(sides!(trunc, -2.0, f64::trunc), [-2.0, -1.0]);
        assert_eq!(sides!(fract, 2.0, f64::fract), [1.0, 0.0]);
        assert_eq!(sides!(fract, -2.0, f64::fract), [0.0, -1.0]);
        assert_eq!(sides!(signum, 0.0, f64::signum), [-1.0, 1.0]);
    }
}
