//! The order in which a sort puts its elements, and how far it is from another.

use std::cmp::Ordering;

use crate::follow::decide_among;
use crate::guard::MarginValue;
use crate::log::Log;
use crate::record::Word;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// The numbers of the elements in the order of a stable sort.
#[must_use]
pub fn order<T>(list: &[T], mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by(|&i, &j| compare(&list[i], &list[j]));
    order
}

/// As [`order`], by a key of each element.
#[must_use]
pub fn order_by_key<T, K: Ord>(list: &[T], mut key: impl FnMut(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|&i| key(&list[i]));
    order
}

/// The numbers of the elements in the order of an unstable sort of floats.
///
/// Which of two equal zeros comes first is up to the sort, so it is asked; of
/// equal elements with the same bits, the first comes first.
#[must_use]
pub fn order_unstable<T: Scalar>(
    list: &[T],
    compare: impl FnMut(&T, &T) -> Ordering,
) -> Vec<usize> {
    unstable(list, compare, same)
}

/// As [`order_unstable`], of integers.
#[must_use]
pub fn order_unstable_words<T: Word<Row = u64>>(
    list: &[T],
    compare: impl FnMut(&T, &T) -> Ordering,
) -> Vec<usize> {
    unstable(list, compare, |a, b| a.to_word() == b.to_word())
}

fn unstable<T: Copy>(
    list: &[T],
    mut compare: impl FnMut(&T, &T) -> Ordering,
    same: impl Fn(T, T) -> bool,
) -> Vec<usize> {
    let mut sorted = list.to_vec();
    sorted.sort_unstable_by(&mut compare);
    let mut order = order(list, &mut compare);
    for k in 0..order.len() {
        if let Some(at) = (k..order.len()).find(|&at| same(list[order[at]], sorted[k])) {
            order[k..=at].rotate_right(1);
        }
    }
    order
}

/// Whether two numbers are the same, the sign of a zero and the bits of a NaN
/// included.
fn same<T: Scalar>(a: T, b: T) -> bool {
    let bits = |x: T| x.__to_f64().to_bits();
    (a == b || a.is_nan()) && bits(a) == bits(b)
}

/// Notes each pair of neighbours of a list in its order: piece 0 if the two stood
/// in this order before, 1 if not; the margin is their distance. Returns the order,
/// in which a run that follows choices may have exchanged elements that tie.
#[inline]
pub fn note_order<S: Selector, T, M: MarginValue>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: bool,
    list: &[T],
    order: Vec<usize>,
    between: impl Fn(&T, &T) -> M,
) -> Vec<usize> {
    let mut order = order;
    if S::LOGS && M::SITE && on {
        let margin = |order: &[usize], k: usize| {
            let (a, b) = (&list[order[k - 1]], &list[order[k]]);
            between(a, b).get().abs()
        };
        if S::FOLLOWS {
            // Which of two elements comes first in a direction, only the comparison knows.
            let slope = |_: u32| f64::NAN;
            follow_order(tape, site, &mut order, &margin, slope);
            return order;
        }
        for k in 1..order.len() {
            let piece = u32::from(order[k - 1] > order[k]);
            S::Log::see(tape, site, piece, margin(&order, k), Verdict::Tied);
        }
    }
    order
}

/// Decides the order of the elements that tie, one place after the other: the element
/// that grows least comes first. `margin` is the distance of the elements at `k - 1`
/// and `k` of an order.
pub(crate) fn follow_order(
    tape: &mut Tape,
    site: &'static Site,
    order: &mut [usize],
    margin: &dyn Fn(&[usize], usize) -> f64,
    slope: impl Fn(u32) -> f64,
) {
    let mut start = 0;
    while start < order.len() {
        let tied = (start + 1..order.len()).take_while(|k| margin(order, *k) == 0.0);
        let end = start + 1 + tied.count();
        let ahead = match end < order.len() {
            true => margin(order, end),
            false => f64::INFINITY,
        };
        for at in start..end {
            let left: Vec<u32> = order[at..end].iter().map(|k| *k as u32).collect();
            let margin = if left.len() > 1 { 0.0 } else { ahead };
            let chosen = decide_among(tape, site, &left, &slope, -1.0, margin) as usize;
            if let Some(k) = order[at..end].iter().position(|k| *k == chosen) {
                order[at..=at + k].rotate_right(1);
            }
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_elements_keep_their_order() {
        let list = [2.0, 1.0, 2.0, 1.0];
        let by_value = |a: &f64, b: &f64| a.total_cmp(b);
        assert_eq!(order(&list, by_value), [1, 3, 0, 2]);
        assert_eq!(order_unstable(&list, by_value), [1, 3, 0, 2]);
        assert_eq!(order_by_key(&[3, 1, 2], |k| *k), [1, 2, 0]);
        assert_eq!(order_unstable_words(&[3, 1, 2], i32::cmp), [1, 2, 0]);
    }

    #[test]
    fn an_unstable_order_puts_zeros_where_the_sort_puts_them() {
        let mut list: Vec<f64> = (0..200)
            .map(|k| if k % 3 == 0 { -0.0 } else { f64::from(k % 2) })
            .collect();
        let compare = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
        let order = order_unstable(&list, compare);
        let moved: Vec<u64> = order.iter().map(|&i| list[i].to_bits()).collect();
        list.sort_unstable_by(compare);
        let sorted: Vec<u64> = list.iter().map(|x| x.to_bits()).collect();
        assert_eq!(moved, sorted);
    }
}
