//! The order in which a sort puts its elements, and how far it is from another.

use std::cmp::Ordering;

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
/// in this order before, 1 if not; the margin is their distance.
#[inline]
pub fn note_order<S: Selector, T, M: MarginValue>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: bool,
    list: &[T],
    order: &[usize],
    between: impl Fn(&T, &T) -> M,
) {
    if S::LOGS && M::SITE && on {
        for pair in order.windows(2) {
            let margin = between(&list[pair[0]], &list[pair[1]]).get().abs();
            let piece = u32::from(pair[0] > pair[1]);
            S::Log::see(tape, site, piece, margin, Verdict::Tied);
        }
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
