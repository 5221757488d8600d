//! The greatest and the least of many floats: one selection among all of them.
//!
//! A list is folded from its first element on, or from an initial value. At a tie
//! of `k` active operands each has the weight `1/k` (`MinNorm`, `Mean`), or the
//! first or last of them has all (`Left`, `Right`); the initial value comes before
//! the list. Where an operand that is not active ties as well, the tie is one with
//! a constant: the active operands share what the rule gives a single one that
//! ties with a constant, under `Mean` in proportion to their number.

use crate::follow::{decide_among, piece};
use crate::guard::distance;
use crate::log::Log;
use crate::scalar::Scalar;
use crate::select::{Rule, Selector};
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// Which operand of a fold is the result.
enum Pick {
    /// All that are equal to the result, which is not NaN.
    Equal,
    /// All operands are NaN: the last of them.
    Last,
}

fn pick<T: Scalar>(result: T) -> Pick {
    match result.is_nan() {
        true => Pick::Last,
        false => Pick::Equal,
    }
}

/// The operands that tie, by number; the initial value has the first place and
/// the number after the last element.
fn tied<T: Scalar>(result: T, init: Option<T>, list: &[T]) -> impl Iterator<Item = usize> {
    let n = list.len();
    let of_init = init.map(|x| (n, x));
    let of_list = list.iter().copied().enumerate();
    let all = of_init.into_iter().chain(of_list);
    let last = match pick(result) {
        Pick::Last if n > 0 => Some(n - 1),
        Pick::Last => Some(n),
        Pick::Equal => None,
    };
    all.filter(move |(k, x)| match last {
        Some(last) => *k == last,
        None => *x == result,
    })
    .map(|(k, _)| k)
}

/// The weights of the elements, then that of the initial value.
fn weights<S: Selector, T: Scalar>(
    tape: &mut Tape,
    [on_init, on_list]: [bool; 2],
    single: f64,
    result: T,
    init: Option<T>,
    list: &[T],
) -> Vec<T> {
    let n = list.len();
    let mut weights = tape.vec_filled(T::zero(), n + 1);
    let on = |k: usize| if k == n { on_init } else { on_list };
    if S::FOLLOWS && n + usize::from(init.is_some()) > 1 {
        let chosen = piece(tape, 0) as usize;
        if on(chosen) {
            weights[chosen] = T::one();
        }
        return weights;
    }
    let active = tied(result, init, list).filter(|k| on(*k)).count();
    let constant = tied(result, init, list).any(|k| !on(k));
    // Of the rules only `Mean` splits a tie with a constant.
    let all = match constant {
        false => 1.0,
        true if single == 0.5 => active as f64 / (active as f64 + 1.0),
        true => single,
    };
    if active == 0 || all == 0.0 {
        return weights;
    }
    let mut chosen = tied(result, init, list).filter(|k| on(*k));
    let only = match S::Rule::SPLIT {
        1.0 => chosen.next(),
        0.0 => chosen.last(),
        _ => {
            let share = T::__from_f64(all / active as f64);
            chosen.for_each(|k| weights[k] = share);
            return weights;
        }
    };
    if let Some(k) = only {
        weights[k] = T::__from_f64(all);
    }
    weights
}

/// Notes the operand that is taken and its distance from the next.
fn note<S: Selector, T: Scalar>(
    tape: &mut Tape,
    site: &'static Site,
    on: [bool; 2],
    (single, sign): (f64, f64),
    result: T,
    init: Option<T>,
    list: &[T],
) {
    let n = list.len();
    if n + usize::from(init.is_some()) < 2 {
        // Nothing is chosen.
        return;
    }
    if S::FOLLOWS {
        let numbers: Vec<u32> = tied(result, init, list).map(|k| k as u32).collect();
        // The tangent of the initial value comes first.
        let start = usize::from(init.is_some());
        let slopes = tape.path.heading.clone();
        let slope = |k: u32| {
            let at = if k as usize == n {
                0
            } else {
                start + k as usize
            };
            slopes.get(at).copied().unwrap_or(0.0)
        };
        let margin = margin(result, init, list);
        decide_among(tape, site, &numbers, slope, sign, margin);
        return;
    }
    let weights = weights::<S, T>(tape, on, single, result, init, list);
    let heaviest = |a: Option<usize>, k: usize| match a {
        Some(a) if weights[a] >= weights[k] => Some(a),
        _ => Some(k),
    };
    let is_on = |k: usize| if k == n { on[0] } else { on[1] };
    // With a weight below one half it is the constant that is taken.
    let constant = tied(result, init, list).find(|k| !is_on(*k));
    let chosen = tied(result, init, list).fold(None, heaviest);
    let piece = match (constant, chosen) {
        (Some(constant), Some(k)) if weights[k] < T::__from_f64(0.5) => constant,
        (_, Some(k)) => k,
        (_, None) => 0,
    };
    let margin = margin(result, init, list);
    S::Log::see(tape, site, piece as u32, margin, Verdict::Tied);
}

/// The distance of the result from the next best operand.
fn margin<T: Scalar>(result: T, init: Option<T>, list: &[T]) -> f64 {
    let best = result.__to_f64();
    let mut margin = f64::INFINITY;
    let mut seen = false;
    let operands = init.into_iter().chain(list.iter().copied());
    for x in operands.map(T::__to_f64) {
        if x.is_nan() {
            // A NaN is no rival, but it has decided.
            margin = f64::NAN;
        } else if x == best && !seen {
            seen = true;
        } else if !margin.is_nan() {
            margin = margin.min(distance(best, x).abs());
        }
    }
    margin
}

macro_rules! extremes {
    ($($name:ident $weights:ident $note:ident $method:ident $single:ident $sign:literal;)*) => {$(
        /// The value of the fold; NaN of an empty list without an initial value.
        #[inline]
        pub fn $name<T: Scalar>(init: Option<T>, list: &[T]) -> T {
            let mut all = init.into_iter().chain(list.iter().copied());
            let Some(first) = all.next() else {
                return T::nan();
            };
            all.fold(first, T::$method)
        }

        /// The weights of the elements, then that of the initial value.
        pub fn $weights<S: Selector, T: Scalar>(
            _: S,
            tape: &mut Tape,
            on: [bool; 2],
            init: Option<T>,
            list: &[T],
        ) -> Vec<T> {
            let result = $name(init, list);
            weights::<S, T>(tape, on, S::Rule::$single, result, init, list)
        }

        /// Notes the selection.
        pub fn $note<S: Selector, T: Scalar>(
            _: S,
            tape: &mut Tape,
            site: &'static Site,
            on: [bool; 2],
            init: Option<T>,
            list: &[T],
        ) {
            if S::LOGS && (on[0] || on[1]) {
                let result = $name(init, list);
                note::<S, T>(tape, site, on, (S::Rule::$single, $sign), result, init, list);
            }
        }
    )*};
}

extremes! {
    greatest greatest_weights note_greatest max RISING 1.0;
    least least_weights note_least min FALLING -1.0;
}
