//! One element of many: the largest, the smallest, and where it stands.

use num_traits::Float;

use super::Run;
use crate::conservative_grad;
use crate::follow::decide_among;
use crate::guard::distance;
use crate::log::Log;
use crate::scalar::{Scalar, scale};
use crate::select::{Rule, Selector};
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// The largest element; NaN if one is.
///
/// It is one decision, not a chain of `max`: where `k` elements are the largest, each has the
/// derivative `1/k` under `min_norm` and `mean`, the first has 1 under `left`, the last under
/// `right`. The piece is the index of the element, the margin its distance from the next smaller
/// one (infinite for a single element).
///
/// ```
/// use ad_runtime::{Left, max_of};
/// assert_eq!(max_of::grad(&[1.0, 3.0, 2.0]), (3.0, vec![0.0, 1.0, 0.0]));
/// assert_eq!(max_of::grad(&[2.0, 1.0, 2.0]).1, [0.5, 0.0, 0.5]);
/// assert_eq!(max_of::grad_with::<Left, _>(&[2.0, 1.0, 2.0]).1, [1.0, 0.0, 0.0]);
/// ```
///
/// # Panics
///
/// If the slice is empty.
#[conservative_grad(crate = "crate", provided = max_of_rule)]
#[must_use]
#[track_caller]
pub fn max_of<T: Float>(xs: &[T]) -> T {
    assert!(!xs.is_empty(), "max_of: the slice is empty");
    xs[Best::of(xs, |a, b| a > b).first]
}

/// The smallest element; NaN if one is.
///
/// As [`max_of`](fn@max_of): one decision, in which `k` tied elements have `1/k` each.
///
/// ```
/// use ad_runtime::min_of;
/// assert_eq!(min_of::grad(&[1.0, 3.0, 1.0]), (1.0, vec![0.5, 0.0, 0.5]));
/// ```
///
/// # Panics
///
/// If the slice is empty.
#[conservative_grad(crate = "crate", provided = min_of_rule)]
#[must_use]
#[track_caller]
pub fn min_of<T: Float>(xs: &[T]) -> T {
    assert!(!xs.is_empty(), "min_of: the slice is empty");
    xs[Best::of(xs, |a, b| a < b).first]
}

/// The index of the largest element, the first of several; that of the first NaN if there is one.
///
/// The result is an integer and has no derivative. It jumps where elements tie: the verdict is
/// [`Verdict::Jump`] there. For the element itself write [`max_of`](fn@max_of), which does not jump.
///
/// ```
/// use ad_runtime::argmax;
/// assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
/// assert_eq!(argmax::trace(&[1.0, 3.0]).1.selections()[0].margin, 2.0);
/// ```
///
/// # Panics
///
/// If the slice is empty.
#[conservative_grad(crate = "crate", provided = argmax_rule)]
#[must_use]
#[track_caller]
pub fn argmax<T: Float>(xs: &[T]) -> usize {
    assert!(!xs.is_empty(), "argmax: the slice is empty");
    Best::of(xs, |a, b| a > b).first
}

/// The best of the elements of a slice that is not empty.
struct Best {
    first: usize,
    last: usize,
    count: usize,
}

impl Best {
    fn of<T: Float>(xs: &[T], better: impl Fn(T, T) -> bool) -> Best {
        let mut best = Best::only(0);
        for (i, x) in xs.iter().enumerate() {
            if x.is_nan() {
                return Best::only(i);
            }
            if better(*x, xs[best.first]) {
                best = Best::only(i);
            } else if *x == xs[best.first] && i > 0 {
                best.last = i;
                best.count += 1;
            }
        }
        best
    }

    fn only(index: usize) -> Best {
        Best {
            first: index,
            last: index,
            count: 1,
        }
    }

    /// The weight of each element that ties, and the range in which they stand.
    fn weight<R: Rule>(&self) -> (f64, std::ops::RangeInclusive<usize>) {
        if R::SPLIT == 1.0 {
            (1.0, self.first..=self.first)
        } else if R::SPLIT == 0.0 {
            (1.0, self.last..=self.last)
        } else {
            (1.0 / self.count as f64, self.first..=self.last)
        }
    }

    /// The element that a run follows.
    fn follow<T: Scalar>(
        &self,
        tape: &mut Tape,
        site: &'static Site,
        xs: &[T],
        slot: &[T],
        sign: f64,
    ) -> usize {
        let range = self.first..=self.last;
        let tied = range.filter(|i| *i == self.first || xs[*i] == xs[self.first]);
        let tied: Vec<u32> = tied.map(|i| i as u32).collect();
        let slope = |k: u32| slot[k as usize].__to_f64();
        decide_among(tape, site, &tied, slope, sign, self.margin(xs)) as usize
    }

    /// The distance from the next best element.
    fn margin<T: Scalar>(&self, xs: &[T]) -> f64 {
        let best = xs[self.first].__widen();
        if self.count > 1 {
            return 0.0;
        }
        if best.is_nan() {
            return f64::NAN;
        }
        let others = xs.iter().enumerate().filter(|(i, _)| *i != self.first);
        let distances = others.map(|(_, x)| distance(best, x.__widen()).abs());
        distances.fold(f64::INFINITY, f64::min)
    }
}

/// The hidden functions of a reduction to one element.
macro_rules! rules {
    ($($rule:ident: $function:ident $kind:ident $source:literal $sign:literal $better:expr;)*) => {$(
        #[doc(hidden)]
        pub mod $rule {
            use super::*;

            pub const SITES: &[Site] = crate::sites!($function: $kind $source);

            pub fn forward<S: Selector, T: Scalar>(
                _: S, tape: &mut Tape, run: Run<1>, xs: &[T]
            ) -> (T, ()) {
                let value = $function(xs);
                if S::LOGS && run.on[0] {
                    let best = Best::of(xs, $better);
                    let (_, chosen) = best.weight::<S::Rule>();
                    let piece = *chosen.start() as u32;
                    S::Log::see(tape, &SITES[0], piece, best.margin(xs), Verdict::Tied);
                }
                (value, ())
            }

            pub fn reverse<S: Selector, T: Scalar>(
                _: S, _: &mut Tape, run: Run<1>, (): (), xs: &[T], slot: &mut [T], seed: &T
            ) {
                if run.on[0] {
                    let best = Best::of(xs, $better);
                    let (weight, chosen) = best.weight::<S::Rule>();
                    let share = scale(T::__from_f64(weight), *seed);
                    for i in chosen {
                        if i == best.first || xs[i] == xs[best.first] {
                            slot[i] += share;
                        }
                    }
                }
            }

            pub fn tangent<S: Selector, T: Scalar>(
                sel: S, tape: &mut Tape, run: Run<1>, xs: &[T], slot: &[T]
            ) -> (T, T) {
                if S::FOLLOWS && run.on[0] {
                    let value = $function(xs);
                    let chosen = Best::of(xs, $better).follow(tape, &SITES[0], xs, slot, $sign);
                    return (value, slot[chosen]);
                }
                let (value, ()) = forward(sel, tape, run, xs);
                let mut tangent = T::zero();
                if run.on[0] {
                    let best = Best::of(xs, $better);
                    let (weight, chosen) = best.weight::<S::Rule>();
                    for i in chosen {
                        if i == best.first || xs[i] == xs[best.first] {
                            tangent += scale(T::__from_f64(weight), slot[i]);
                        }
                    }
                }
                (value, tangent)
            }
        }
    )*};
}

rules! {
    max_of_rule: max_of MaxOf "max_of(xs)" 1.0 |a, b| a > b;
    min_of_rule: min_of MinOf "min_of(xs)" -1.0 |a, b| a < b;
}

#[doc(hidden)]
pub mod argmax_rule {
    use super::*;

    pub const SITES: &[Site] = crate::sites!(argmax: ArgMax "argmax(xs)");

    pub fn forward<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &[T],
    ) -> (usize, ()) {
        let index = argmax(xs);
        if S::LOGS && run.on[0] {
            let margin = Best::of(xs, |a, b| a > b).margin(xs);
            S::Log::see(tape, &SITES[0], index as u32, margin, Verdict::Jump);
        }
        (index, ())
    }

    /// An integer has no derivative.
    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        _: Run<1>,
        (): (),
        _: &[T],
        _: &mut [T],
        (): &(),
    ) {
    }

    pub fn tangent<S: Selector, T: Scalar>(
        sel: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &[T],
        _: &[T],
    ) -> (usize, ()) {
        forward(sel, tape, run, xs)
    }
}
