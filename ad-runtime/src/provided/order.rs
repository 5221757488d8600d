//! Functions of the order of elements.

use std::cmp::Ordering;

use num_traits::Float;

use super::Run;
use crate::conservative_grad;
use crate::guard::distance;
use crate::log::Log;
use crate::scalar::{Scalar, scale};
use crate::select::Selector;
use crate::site::Site;
use crate::sorting::follow_order;
use crate::tape::Tape;
use crate::trace::Verdict;

/// Sorts in ascending order, equal elements in their order; NaNs come last.
///
/// Its derivative permutes with the elements, equal ones in their order under every rule. Each pair
/// of neighbours in the result is a selection: piece 0 if the two stood in this order before, 1 if
/// not, and the margin is their distance.
///
/// ```
/// use ad_runtime::sort;
/// let (mut xs, mut xs_adj) = ([3.0, 1.0, 2.0], [10.0, 20.0, 30.0]);
/// sort::vjp(&mut xs, &mut xs_adj);
/// assert_eq!((xs, xs_adj), ([1.0, 2.0, 3.0], [30.0, 10.0, 20.0]));
/// ```
#[conservative_grad(crate = "crate", provided = sort_rule)]
pub fn sort<T: Float>(xs: &mut [T]) {
    xs.sort_by(|a, b| ascending(*a, *b));
}

/// The middle element in ascending order, or the mean of the two middle ones; NaN if an element is.
///
/// Its derivative is 1 by the middle element, 1/2 by each of two, and 0 by the others; of equal
/// elements the middle one in their order is taken, under every rule. The piece is the index of the
/// (first) middle element, the margin the distance of a middle element from the nearest other: the
/// two middle ones do not tie with each other.
///
/// ```
/// use ad_runtime::median;
/// assert_eq!(median::grad(&[5.0, 1.0, 3.0]), (3.0, vec![0.0, 0.0, 1.0]));
/// assert_eq!(median::grad(&[5.0, 1.0, 3.0, 9.0]), (4.0, vec![0.5, 0.0, 0.5, 0.0]));
/// ```
///
/// # Panics
///
/// If the slice is empty.
#[conservative_grad(crate = "crate", provided = median_rule)]
#[must_use]
#[track_caller]
pub fn median<T: Float>(xs: &[T]) -> T {
    assert!(!xs.is_empty(), "median: the slice is empty");
    let [low, high] = middle(xs, &mut Vec::new());
    mean(xs[low], xs[high])
}

/// A total order; NaNs are equal and greater than all others.
fn ascending<T: Float>(a: T, b: T) -> Ordering {
    a.partial_cmp(&b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// Ascending, equal elements in their order.
fn stable<T: Float>(xs: &[T]) -> impl Fn(&usize, &usize) -> Ordering + '_ {
    |i, j| ascending(xs[*i], xs[*j]).then(i.cmp(j))
}

/// The indices of the two middle elements, which are one where the length is odd;
/// that of the first NaN if there is one.
fn middle<T: Float>(xs: &[T], indices: &mut Vec<usize>) -> [usize; 2] {
    if let Some(nan) = xs.iter().position(|x| x.is_nan()) {
        return [nan; 2];
    }
    indices.clear();
    indices.extend(0..xs.len());
    let (_, low, above) = indices.select_nth_unstable_by((xs.len() - 1) / 2, stable(xs));
    let high = if xs.len() % 2 == 1 {
        None
    } else {
        above.iter().copied().min_by(stable(xs))
    };
    [*low, high.unwrap_or(*low)]
}

/// Half of each, so that the sum does not overflow.
fn mean<T: Float>(low: T, high: T) -> T {
    let half = (T::one() + T::one()).recip();
    if low == high {
        low
    } else {
        half * low + half * high
    }
}

/// Decides the order of the elements that tie; `sorted` is in the order.
fn follow_ties<T: Scalar>(
    tape: &mut Tape,
    site: &'static Site,
    order: &mut [usize],
    sorted: &[T],
    slot: &[T],
) {
    let distances: Vec<f64> = sorted
        .windows(2)
        .map(|pair| distance(pair[1].__widen(), pair[0].__widen()).abs())
        .collect();
    let slope = |k: u32| slot[k as usize].__to_f64();
    follow_order(tape, site, order, &|_, k| distances[k - 1], slope);
}

#[doc(hidden)]
pub mod sort_rule {
    use super::*;

    pub const SITES: &[Site] = crate::sites!(sort: Sort "sort(xs)");

    /// Keeps the order: `order[k]` is the old index of element `k`.
    pub fn forward<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &mut [T],
    ) -> ((), Vec<usize>) {
        let mut order: Vec<usize> = tape.vec_empty(xs.len());
        order.extend(0..xs.len());
        order.sort_unstable_by(stable(xs));
        let before = tape.copy_of(xs);
        for (x, old) in xs.iter_mut().zip(&order) {
            *x = before[*old];
        }
        tape.give(before);
        if S::LOGS && !S::FOLLOWS && run.on[0] {
            for k in 1..xs.len() {
                let margin = distance(xs[k].__widen(), xs[k - 1].__widen());
                let piece = u32::from(order[k] < order[k - 1]);
                S::Log::see(tape, &SITES[0], piece, margin, Verdict::Tied);
            }
        }
        ((), order)
    }

    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        order: Vec<usize>,
        xs: &mut [T],
        slot: &mut [T],
        (): &(),
    ) {
        if run.on[0] {
            unsort(tape, &order, slot);
        }
        if run.restore[0] {
            unsort(tape, &order, xs);
        }
        tape.give(order);
    }

    pub fn tangent<S: Selector, T: Scalar>(
        sel: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &mut [T],
        slot: &mut [T],
    ) -> ((), ()) {
        let ((), mut order) = forward(sel, tape, run, xs);
        if S::FOLLOWS && run.on[0] {
            follow_ties(tape, &SITES[0], &mut order, xs, slot);
        }
        if run.on[0] {
            let before = tape.copy_of(slot);
            for (slot, old) in slot.iter_mut().zip(&order) {
                *slot = before[*old];
            }
            tape.give(before);
        }
        tape.give(order);
        ((), ())
    }

    fn unsort<T: Scalar>(tape: &mut Tape, order: &[usize], xs: &mut [T]) {
        let sorted = tape.copy_of(xs);
        for (x, old) in sorted.iter().zip(order) {
            xs[*old] = *x;
        }
        tape.give(sorted);
    }
}

#[doc(hidden)]
pub mod median_rule {
    use super::*;

    pub const SITES: &[Site] = crate::sites!(median: Median "median(xs)");

    /// Keeps the indices of the middle elements.
    #[track_caller]
    pub fn forward<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &[T],
    ) -> (T, [usize; 2]) {
        assert!(!xs.is_empty(), "median: the slice is empty");
        let mut indices = tape.vec_empty(xs.len());
        let [low, high] = middle(xs, &mut indices);
        if S::LOGS && !S::FOLLOWS && run.on[0] {
            let margin = margin(xs, [low, high]);
            S::Log::see(tape, &SITES[0], low as u32, margin, Verdict::Tied);
        }
        tape.give(indices);
        (mean(xs[low], xs[high]), [low, high])
    }

    /// The distance of a middle element from the nearest that is not one.
    fn margin<T: Scalar>(xs: &[T], [low, high]: [usize; 2]) -> f64 {
        if xs[low].is_nan() {
            return f64::NAN;
        }
        let others = (0..xs.len()).filter(|i| *i != low && *i != high);
        let nearest = |x: T| {
            let x = x.__widen();
            distance(x, xs[low].__widen())
                .abs()
                .min(distance(x, xs[high].__widen()).abs())
        };
        others.map(|i| nearest(xs[i])).fold(f64::INFINITY, f64::min)
    }

    fn weights<T: Scalar>([low, high]: [usize; 2]) -> T {
        T::__from_f64(if low == high { 1.0 } else { 0.5 })
    }

    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<1>,
        chosen: [usize; 2],
        _: &[T],
        slot: &mut [T],
        seed: &T,
    ) {
        if run.on[0] {
            let share = scale(weights(chosen), *seed);
            slot[chosen[0]] += share;
            if chosen[1] != chosen[0] {
                slot[chosen[1]] += share;
            }
        }
    }

    pub fn tangent<S: Selector, T: Scalar>(
        sel: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &[T],
        slot: &[T],
    ) -> (T, T) {
        let (value, mut chosen) = forward(sel, tape, run, xs);
        if S::FOLLOWS && run.on[0] && !value.is_nan() {
            let mut order: Vec<usize> = (0..xs.len()).collect();
            order.sort_unstable_by(stable(xs));
            let sorted: Vec<T> = order.iter().map(|k| xs[*k]).collect();
            follow_ties(tape, &SITES[0], &mut order, &sorted, slot);
            chosen = [order[(xs.len() - 1) / 2], order[xs.len() / 2]];
        }
        let mut tangent = T::zero();
        if run.on[0] {
            tangent += scale(weights(chosen), slot[chosen[0]]);
            if chosen[1] != chosen[0] {
                tangent += scale(weights(chosen), slot[chosen[1]]);
            }
        }
        (value, tangent)
    }
}
