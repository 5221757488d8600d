//! Weights of the operands of kinked primitives: which element of the
//! subdifferential a rule returns.
//!
//! Every function takes the constant activity `on` of the operands and their
//! values; the weight of an inactive operand is zero, and a tie is resolved as
//! one with a constant. Each weight is a chain of selects, without branches:
//! loops over them vectorise. Where an operand is NaN, the weights are those of
//! the piece that the primal takes.

use crate::follow;
use crate::scalar::Scalar;
use crate::select::{Rule, Selector};
use crate::tape::Tape;

/// `if condition { a } else { b }` of two computed values: one select.
#[inline(always)]
fn select<T: Scalar>(condition: bool, a: T, b: T) -> T {
    if condition { a } else { b }
}

#[inline(always)]
fn masked<T: Scalar>(on: bool, weight: T) -> T {
    if on { weight } else { T::zero() }
}

/// The weight of the first operand at a tie; the second has the rest. `single`
/// is the weight of an active operand that ties with a constant.
#[inline(always)]
pub(crate) fn of_first<R: Rule>(on: [bool; 2], single: f64) -> f64 {
    match on {
        [true, false] => single,
        [false, true] => 1.0 - single,
        _ => R::SPLIT,
    }
}

/// `a.max(b)`
#[inline(always)]
pub fn max<S: Selector, T: Scalar>(_: S, tape: &mut Tape, on: [bool; 2], [a, b]: [T; 2]) -> [T; 2] {
    let tie = follow::of_first::<S>(tape, 0, of_first::<S::Rule>(on, S::Rule::RISING));
    let tie = T::__from_f64(tie);
    // A NaN is ignored by `max`: beside it the other operand is taken.
    let clear = select((a > b) | b.is_nan(), T::one(), T::zero());
    let first = select(S::FOLLOWS | (a == b), tie, clear);
    [masked(on[0], first), masked(on[1], T::one() - first)]
}

/// `a.min(b)`
#[inline(always)]
pub fn min<S: Selector, T: Scalar>(_: S, tape: &mut Tape, on: [bool; 2], [a, b]: [T; 2]) -> [T; 2] {
    let tie = follow::of_first::<S>(tape, 0, of_first::<S::Rule>(on, S::Rule::FALLING));
    let tie = T::__from_f64(tie);
    let clear = select((a < b) | b.is_nan(), T::one(), T::zero());
    let first = select(S::FOLLOWS | (a == b), tie, clear);
    [masked(on[0], first), masked(on[1], T::one() - first)]
}

/// `x.abs()`
#[inline(always)]
pub fn abs<S: Selector, T: Scalar>(_: S, tape: &mut Tape, on: [bool; 1], [x]: [T; 1]) -> [T; 1] {
    let side = T::one().copysign(x);
    let tie = match S::FOLLOWS {
        true => 2.0 * follow::of_first::<S>(tape, 1, 0.0) - 1.0,
        false => S::Rule::ABS,
    };
    let tied = S::FOLLOWS | (x == T::zero());
    [masked(on[0], select(tied, T::__from_f64(tie), side))]
}

/// `a.abs_sub(b)`: `max(a - b, 0)`.
#[inline(always)]
pub fn abs_sub<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    on: [bool; 2],
    [a, b]: [T; 2],
) -> [T; 2] {
    // In `b` alone the function falls.
    let single = if on[0] {
        S::Rule::RISING
    } else {
        S::Rule::FALLING
    };
    let clear = select(a < b, T::zero(), T::one());
    let tie = T::__from_f64(follow::of_first::<S>(tape, 1, single));
    let weight = select(S::FOLLOWS | (a == b), tie, clear);
    [masked(on[0], weight), masked(on[1], -weight)]
}

/// `x.clamp(lo, hi)`: at ties `x.max(lo).min(hi)`; a NaN `x` stays.
#[inline(always)]
pub fn clamp<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    on: [bool; 3],
    [x, lo, hi]: [T; 3],
) -> [T; 3] {
    if S::FOLLOWS {
        // Two decisions: whether `x` is raised, then whether it is lowered.
        let inner = follow::piece(tape, 0) == 1;
        let raised = follow::piece(tape, 1) == 0;
        let chosen = [inner && !raised, inner && raised, !inner];
        let weight = |k: usize| if chosen[k] { T::one() } else { T::zero() };
        return [0, 1, 2].map(|k| masked(on[k], weight(k)));
    }
    let [tie_low, tie_high] = clamp_ties::<S::Rule>(on).map(T::__from_f64);
    let low = select(x == lo, tie_low, select(x < lo, T::zero(), T::one()));
    let raised = select(x < lo, lo, x);
    let high = select(
        raised == hi,
        tie_high,
        select(raised > hi, T::zero(), T::one()),
    );
    [
        masked(on[0], high * low),
        masked(on[1], high * (T::one() - low)),
        masked(on[2], T::one() - high),
    ]
}

/// The weights at ties of `x` in `x.max(lo)`, and of that in `.min(hi)`.
#[inline(always)]
pub(crate) fn clamp_ties<R: Rule>([x, lo, hi]: [bool; 3]) -> [f64; 2] {
    [
        of_first::<R>([x, lo], R::RISING),
        of_first::<R>([x | lo, hi], R::FALLING),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Off;
    use crate::select::{Left, Mean, MinNorm, Right, Select};

    /// The weights under the four rules, in the order of the table of ties.
    macro_rules! under_all {
        ($row:ident, $on:expr, $x:expr) => {{
            let tape = &mut Tape::new();
            [
                $row(Select::<MinNorm, Off>::default(), tape, $on, $x),
                $row(Select::<Left, Off>::default(), tape, $on, $x),
                $row(Select::<Right, Off>::default(), tape, $on, $x),
                $row(Select::<Mean, Off>::default(), tape, $on, $x),
            ]
        }};
    }

    const BOTH: [bool; 2] = [true, true];
    const FIRST: [bool; 2] = [true, false];
    const SECOND: [bool; 2] = [false, true];

    #[test]
    fn abs_at_zero() {
        for zero in [0.0, -0.0] {
            assert_eq!(
                under_all!(abs, [true], [zero]),
                [[0.0], [-1.0], [1.0], [0.0]]
            );
        }
        assert_eq!(under_all!(abs, [true], [-2.0]), [[-1.0]; 4]);
        assert_eq!(under_all!(abs, [true], [3.0_f32]), [[1.0]; 4]);
        assert_eq!(under_all!(abs, [false], [3.0]), [[0.0]; 4]);
    }

    #[test]
    fn max_and_min_at_a_tie_of_active_operands() {
        let table = [[0.5, 0.5], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5]];
        assert_eq!(under_all!(max, BOTH, [2.0, 2.0]), table);
        assert_eq!(under_all!(min, BOTH, [2.0, 2.0]), table);
        assert_eq!(under_all!(max, BOTH, [0.0, -0.0]), table);
        assert_eq!(under_all!(max, BOTH, [f64::INFINITY; 2]), table);
    }

    #[test]
    fn max_and_min_at_a_tie_with_a_constant() {
        let of_max = [0.0, 0.0, 1.0, 0.5];
        let of_min = [0.0, 1.0, 0.0, 0.5];
        assert_eq!(under_all!(max, FIRST, [0.0, 0.0]), of_max.map(|w| [w, 0.0]));
        assert_eq!(
            under_all!(max, SECOND, [0.0, 0.0]),
            of_max.map(|w| [0.0, w])
        );
        assert_eq!(under_all!(min, FIRST, [0.0, 0.0]), of_min.map(|w| [w, 0.0]));
        assert_eq!(
            under_all!(min, SECOND, [0.0, 0.0]),
            of_min.map(|w| [0.0, w])
        );
    }

    #[test]
    fn away_from_ties_the_piece_of_the_primal() {
        let nan = f64::NAN;
        let inf = f64::INFINITY;
        for [a, b] in [
            [1.0, 2.0],
            [2.0, 1.0],
            [nan, 1.0],
            [1.0, nan],
            [-inf, inf],
            [inf, nan],
        ] {
            for ([wa, wb], primal) in [
                (under_all!(max, BOTH, [a, b])[0], f64::max(a, b)),
                (under_all!(min, BOTH, [a, b])[2], f64::min(a, b)),
            ] {
                assert_eq!(wa + wb, 1.0);
                assert_eq!(if wa == 1.0 { a } else { b }, primal);
            }
        }
        assert_eq!(under_all!(max, FIRST, [1.0, 2.0]), [[0.0, 0.0]; 4]);
        assert_eq!(under_all!(max, SECOND, [1.0, 2.0]), [[0.0, 1.0]; 4]);
        assert_eq!(under_all!(max, [false, false], [2.0, 2.0]), [[0.0, 0.0]; 4]);
    }

    #[test]
    fn clamp_at_constant_bounds() {
        let on = [true, false, false];
        let x_only = |weights: [f64; 4]| weights.map(|w| [w, 0.0, 0.0]);
        assert_eq!(
            under_all!(clamp, on, [0.0, 0.0, 1.0]),
            x_only([0.0, 0.0, 1.0, 0.5])
        );
        assert_eq!(
            under_all!(clamp, on, [1.0, 0.0, 1.0]),
            x_only([0.0, 1.0, 0.0, 0.5])
        );
        assert_eq!(under_all!(clamp, on, [0.5, 0.0, 1.0]), x_only([1.0; 4]));
        assert_eq!(under_all!(clamp, on, [-0.5, 0.0, 1.0]), x_only([0.0; 4]));
        assert_eq!(under_all!(clamp, on, [1.5, 0.0, 1.0]), x_only([0.0; 4]));
        assert_eq!(
            under_all!(clamp, on, [f64::NAN, 0.0, 1.0]),
            x_only([1.0; 4])
        );
    }

    #[test]
    fn clamp_at_active_bounds_is_max_then_min() {
        let tape = &mut Tape::new();
        for (x, lo, hi) in [
            (0.0, 0.0, 1.0),
            (1.0, 0.0, 1.0),
            (2.0, 2.0, 2.0),
            (-1.0, 0.0, 0.0),
            (3.0, 0.0, 1.0),
        ] {
            for on in [
                [true; 3],
                [false, true, true],
                [true, false, true],
                [true, true, false],
            ] {
                let sel = Select::<MinNorm, Off>::default();
                let [x_low, lo_low] = max(sel, tape, [on[0], on[1]], [x, lo]);
                let [inner, hi_high] =
                    min(sel, tape, [on[0] | on[1], on[2]], [f64::max(x, lo), hi]);
                let weights = clamp(sel, tape, on, [x, lo, hi]);
                assert_eq!(
                    weights,
                    [inner * x_low, inner * lo_low, hi_high],
                    "{on:?} {x} {lo} {hi}"
                );
            }
        }
        assert_eq!(
            under_all!(clamp, [true; 3], [0.0, 0.0, 1.0])[1],
            [1.0, 0.0, 0.0]
        );
    }

    #[test]
    fn abs_sub_rises_in_its_first_operand_and_falls_in_its_second() {
        assert_eq!(
            under_all!(abs_sub, FIRST, [1.0, 1.0]),
            [[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [0.5, 0.0]]
        );
        assert_eq!(
            under_all!(abs_sub, SECOND, [1.0, 1.0]),
            [[0.0, 0.0], [0.0, -1.0], [0.0, 0.0], [0.0, -0.5]]
        );
        assert_eq!(under_all!(abs_sub, BOTH, [3.0, 1.0]), [[1.0, -1.0]; 4]);
        assert_eq!(under_all!(abs_sub, BOTH, [1.0, 3.0]), [[0.0, 0.0]; 4]);
    }
}
