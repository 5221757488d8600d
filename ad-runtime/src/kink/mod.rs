//! Notes of kinked, jumping and singular primitives: the executed piece and the
//! margin, one function a row of the rule table.
//!
//! Every function takes the strategy, the tape, the site, the constant activity
//! `on` of the float operands, and the operands. It does nothing unless the
//! strategy logs and an operand is active. Margins are computed in a type in which
//! the operands keep their ties: `f64` for `f32`, else their own.

mod jump;
pub mod landing;
mod singular;

pub use jump::{
    cast, ceil, copysign, div_euclid, floor, fract, rem, rem_euclid, round, round_ties_even,
    signum, trunc,
};
pub use singular::{
    acos, acosh, asin, atan2, atanh, cbrt, div, ln, ln_1p, log, log2, log10, powf, powi, recip,
    sqrt,
};

use num_traits::{Float as _, Zero as _};

use crate::follow::{Decision, decide, heading};
use crate::guard::{distance, to_margin};
use crate::log::Log;
use crate::scalar::Scalar;
use crate::select::{Rule, Selector};
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;
use crate::weight::{clamp_ties, of_first};

/// What a run says about a site that it passes.
struct Note {
    piece: u32,
    margin: f64,
    at_tie: Verdict,
    follow: Pieces,
}

/// What a run that follows choices may do.
struct Pieces {
    /// The pieces at negative and at positive margins; absent where the piece
    /// cannot be changed.
    sides: Option<[u32; 2]>,
    /// The slope of the margin in the first two operands.
    slope: [f64; 2],
}

impl Pieces {
    const fn of(sides: [u32; 2], slope: [f64; 2]) -> Self {
        Pieces {
            sides: Some(sides),
            slope,
        }
    }

    const FIXED: Pieces = Pieces {
        sides: None,
        slope: [0.0; 2],
    };
}

/// Notes a selection. The note is computed only where it is wanted.
#[inline(always)]
fn note<S: Selector, T: Scalar, const N: usize>(
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; N],
    x: [T; N],
    about: impl FnOnce([T::Wide; N]) -> Note,
) {
    if S::LOGS && on.contains(&true) {
        let Note {
            piece,
            margin,
            at_tie,
            follow,
        } = about(x.map(T::__widen));
        match follow.sides {
            Some(sides) if S::FOLLOWS => {
                decide(tape, site, (piece, sides), margin, follow.slope, at_tie);
            }
            _ => S::Log::see(tape, site, piece, margin, at_tie),
        }
    }
}

/// Of two distances, the one nearer to its tie; NaN if one is.
#[inline(always)]
fn nearer(a: f64, b: f64) -> f64 {
    if a.is_nan() || a.abs() <= b.abs() {
        a
    } else {
        b
    }
}

/// The second piece is executed: strictly, or by the rule's weight of the first
/// operand at a tie.
#[inline(always)]
fn second(strictly: bool, tie: bool, of_first: f64) -> bool {
    strictly | (tie & (of_first < 0.5))
}

/// `a.max(b)`: pieces `a`, `b`.
#[inline(always)]
pub fn max<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    note::<S, T, 2>(tape, site, on, x, |[a, b]| {
        let second = second(
            (a < b) | a.is_nan(),
            a == b,
            of_first::<S::Rule>(on, S::Rule::RISING),
        );
        Note {
            piece: u32::from(second),
            margin: distance(a, b),
            at_tie: Verdict::Tied,
            follow: Pieces::of([1, 0], [1.0, -1.0]),
        }
    });
}

/// `a.min(b)`: pieces `a`, `b`.
#[inline(always)]
pub fn min<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    note::<S, T, 2>(tape, site, on, x, |[a, b]| {
        let second = second(
            (a > b) | a.is_nan(),
            a == b,
            of_first::<S::Rule>(on, S::Rule::FALLING),
        );
        Note {
            piece: u32::from(second),
            margin: distance(a, b),
            at_tie: Verdict::Tied,
            follow: Pieces::of([0, 1], [1.0, -1.0]),
        }
    });
}

/// `x.abs()`: pieces `-x`, `x`.
#[inline(always)]
pub fn abs<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 1],
    x: [T; 1],
) {
    note::<S, T, 1>(tape, site, on, x, |[x]| {
        let zero = T::Wide::zero();
        let right = (x > zero) | ((x == zero) & (S::Rule::ABS > 0.0));
        Note {
            piece: u32::from(right),
            margin: to_margin(x),
            at_tie: Verdict::Tied,
            follow: Pieces::of([0, 1], [1.0, 0.0]),
        }
    });
}

/// `a.abs_sub(b)`: pieces `0`, `a - b`.
#[inline(always)]
pub fn abs_sub<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    note::<S, T, 2>(tape, site, on, x, |[a, b]| {
        let of_difference = if on[0] {
            S::Rule::RISING
        } else {
            S::Rule::FALLING
        };
        let right = (a > b) | ((a == b) & (of_difference > 0.5));
        Note {
            piece: u32::from(right),
            margin: distance(a, b),
            at_tie: Verdict::Tied,
            follow: Pieces::of([0, 1], [1.0, -1.0]),
        }
    });
}

/// `x.clamp(lo, hi)`: pieces `lo`, `x`, `hi`. Two inactive operands do not tie.
#[inline(always)]
pub fn clamp<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 3],
    x: [T; 3],
) {
    if S::FOLLOWS && on.contains(&true) {
        return follow_clamp(tape, site, on, x.map(T::__widen));
    }
    note::<S, T, 3>(tape, site, on, x, |[x, lo, hi]| {
        let [tie_low, tie_high] = clamp_ties::<S::Rule>(on);
        let raised = if x < lo { lo } else { x };
        let piece = if second(raised > hi, raised == hi, tie_high) {
            2
        } else {
            u32::from(!second(x < lo, x == lo, tie_low))
        };
        let mut margin = f64::INFINITY;
        if on[0] | on[1] {
            margin = nearer(distance(x, lo), margin);
        }
        if on[0] | on[2] {
            margin = nearer(distance(x, hi), margin);
        }
        // Bounds that meet above x: raised to `lo`, it ties with `hi`.
        if (on[1] | on[2]) & (lo == hi) & (x <= lo) {
            margin = 0.0;
        }
        Note {
            piece,
            margin,
            at_tie: Verdict::Tied,
            follow: Pieces::FIXED,
        }
    });
}

/// As `x.max(lo).min(hi)`: two decisions.
fn follow_clamp<W: Scalar>(tape: &mut Tape, site: &'static Site, on: [bool; 3], x: [W; 3]) {
    let [x, lo, hi] = x;
    let slopes = [0, 1, 2].map(|k| heading(tape, k));
    let decide = |tape: &mut Tape, on, margin: f64, slope, sides: [u32; 2]| {
        // Two constants do not decide.
        let piece = sides[usize::from(margin >= 0.0)];
        let (margin, slope) = if on {
            (margin, slope)
        } else {
            (f64::INFINITY, 0.0)
        };
        let at_tie = Verdict::Tied;
        tape.path.decide(&Decision {
            site,
            piece,
            sides,
            margin,
            slope,
            at_tie,
        })
    };
    let low = decide(
        tape,
        on[0] | on[1],
        distance(x, lo),
        slopes[0] - slopes[1],
        [0, 1],
    );
    let (raised, slope) = if low == 0 {
        (lo, slopes[1])
    } else {
        (x, slopes[0])
    };
    decide(
        tape,
        on[0] | on[2] | (on[1] & (low == 0)),
        distance(raised, hi),
        slope - slopes[2],
        [1, 2],
    );
}

/// `x.hypot(y)`: one piece, the tie is the origin.
#[inline(always)]
pub fn hypot<S: Selector, T: Scalar>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    x: [T; 2],
) {
    note::<S, T, 2>(tape, site, on, x, |[x, y]| Note {
        piece: 0,
        margin: to_margin(x.hypot(y)),
        at_tie: Verdict::Tied,
        follow: Pieces::FIXED,
    });
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::log::{Recording, finish_trace};
    use crate::select::{Left, Mean, MinNorm, Right, Select};
    use crate::site::{SiteKind, site};
    use crate::trace::Trace;

    pub(crate) static SITE: Site = site(0, SiteKind::Max, "f", "f.rs", 1, 1, "..");
    pub(crate) static SINGULAR: Site = site(1, SiteKind::Sqrt, "f", "f.rs", 1, 1, "..");

    /// The trace of one note.
    macro_rules! traced {
        ($rule:ident, $site:expr, $row:ident, $on:expr, $($x:expr),*) => {{
            let mut tape = $crate::tape::Tape::new();
            let sel = $crate::select::Select::<$crate::select::$rule, $crate::log::Recording>::default();
            $crate::kink::$row(sel, &mut tape, $site, $on, $($x),*);
            $crate::log::finish_trace(&mut tape, true)
        }};
    }
    pub(crate) use traced;

    /// Piece and margin of the only selection.
    pub(crate) fn only(trace: &Trace) -> (u32, f64) {
        let [selection] = trace.selections() else {
            panic!("{trace}")
        };
        (selection.piece, selection.margin)
    }

    macro_rules! pieces {
        ($row:ident, $on:expr, $x:expr) => {
            [
                only(&traced!(MinNorm, &SITE, $row, $on, $x)).0,
                only(&traced!(Left, &SITE, $row, $on, $x)).0,
                only(&traced!(Right, &SITE, $row, $on, $x)).0,
                only(&traced!(Mean, &SITE, $row, $on, $x)).0,
            ]
        };
    }

    #[test]
    fn max_and_min_name_the_operand_that_is_taken() {
        assert_eq!(
            only(&traced!(MinNorm, &SITE, max, [true; 2], [1.0, 3.0])),
            (1, -2.0)
        );
        assert_eq!(
            only(&traced!(MinNorm, &SITE, min, [true; 2], [1.0, 3.0])),
            (0, -2.0)
        );
        assert_eq!(pieces!(max, [true, true], [1.0, 1.0]), [0, 0, 1, 0]);
        // x.max(c): left takes c, right takes x.
        assert_eq!(pieces!(max, [true, false], [1.0, 1.0]), [1, 1, 0, 0]);
        assert_eq!(pieces!(max, [false, true], [1.0, 1.0]), [0, 0, 1, 0]);
        assert_eq!(pieces!(min, [true, false], [1.0, 1.0]), [1, 0, 1, 0]);
        assert_eq!(pieces!(max, [true; 2], [f64::NAN, 1.0]), [1; 4]);
        assert_eq!(pieces!(min, [true; 2], [1.0, f64::NAN]), [0; 4]);
    }

    #[test]
    fn equal_infinities_tie_and_a_nan_is_undefined() {
        let trace = traced!(MinNorm, &SITE, max, [true; 2], [f64::INFINITY; 2]);
        assert_eq!((only(&trace).1, trace.verdict()), (0.0, Verdict::Tied));
        let trace = traced!(MinNorm, &SITE, max, [true; 2], [f64::NAN, 0.0]);
        assert_eq!(trace.verdict(), Verdict::Undefined);
        assert!(
            traced!(MinNorm, &SITE, max, [false; 2], [0.0, 0.0])
                .selections()
                .is_empty()
        );
    }

    #[test]
    fn abs_is_its_own_margin() {
        assert_eq!(
            only(&traced!(MinNorm, &SITE, abs, [true], [-2.5_f32])),
            (0, -2.5)
        );
        assert_eq!(pieces!(abs, [true], [-0.0]), [0, 0, 1, 0]);
        assert_eq!(
            traced!(MinNorm, &SITE, abs, [true], [-0.0]).verdict(),
            Verdict::Tied
        );
    }

    #[test]
    fn clamp_has_three_pieces_and_the_margin_of_the_nearer_bound() {
        let on = [true, false, false];
        let at = |x: f64| only(&traced!(MinNorm, &SITE, clamp, on, [x, 0.0, 1.0]));
        assert_eq!(at(-10.0), (0, -10.0));
        assert_eq!(at(0.25), (1, 0.25));
        assert_eq!(at(0.75), (1, -0.25));
        assert_eq!(at(4.0), (2, 3.0));
        assert_eq!(pieces!(clamp, on, [0.0, 0.0, 1.0]), [0, 0, 1, 1]);
        assert_eq!(pieces!(clamp, on, [1.0, 0.0, 1.0]), [2, 1, 2, 1]);
        assert_eq!(
            only(&traced!(
                MinNorm,
                &SITE,
                clamp,
                [false, true, true],
                [-1.0, 2.0, 2.0]
            ))
            .1,
            0.0
        );
        assert_eq!(
            only(&traced!(MinNorm, &SITE, clamp, on, [-1.0, 2.0, 2.0])).1,
            -3.0
        );
        assert!(
            only(&traced!(MinNorm, &SITE, clamp, on, [f64::NAN, 0.0, 1.0]))
                .1
                .is_nan()
        );
    }

    #[test]
    fn hypot_ties_at_the_origin_only() {
        assert_eq!(
            only(&traced!(MinNorm, &SITE, hypot, [true; 2], [3.0, 4.0])),
            (0, 5.0)
        );
        assert_eq!(
            traced!(MinNorm, &SITE, hypot, [true; 2], [0.0, -0.0]).verdict(),
            Verdict::Tied
        );
        assert_eq!(
            traced!(MinNorm, &SITE, abs_sub, [true; 2], [1.0, 1.0]).verdict(),
            Verdict::Tied
        );
    }

    /// The piece that is noted is that of the larger weight.
    #[test]
    fn pieces_agree_with_weights() {
        fn check<R: Rule>() {
            let sel = Select::<R, Recording>::default();
            let mut tape = Tape::new();
            for on in [[true, true], [true, false], [false, true]] {
                for x in [[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]] {
                    max(sel, &mut tape, &SITE, on, x);
                    let piece = only(&finish_trace(&mut tape, true)).0 as usize;
                    let weights = crate::weight::max(sel, &mut tape, on, x);
                    assert!(
                        weights[1 - piece] <= 0.5,
                        "{on:?} {x:?} {weights:?} {piece}"
                    );
                }
            }
        }
        check::<MinNorm>();
        check::<Left>();
        check::<Right>();
        check::<Mean>();
    }
}
