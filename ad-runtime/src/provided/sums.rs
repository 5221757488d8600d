//! Sums over slices.

use num_traits::Float;

use super::Run;
use crate::conservative_grad;
use crate::scalar::{Scalar, scale};
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;

/// The scalar product; 0 for empty slices.
///
/// ```
/// use ad_runtime::dot;
/// let (value, (a_adj, b_adj)) = dot::grad(&[1.0, 2.0], &[3.0, 4.0]);
/// assert_eq!((value, a_adj, b_adj), (11.0, vec![3.0, 4.0], vec![1.0, 2.0]));
/// ```
///
/// # Panics
///
/// If the lengths differ.
#[conservative_grad(crate = "crate", provided = dot_rule)]
#[must_use]
#[track_caller]
pub fn dot<T: Float>(a: &[T], b: &[T]) -> T {
    assert!(
        a.len() == b.len(),
        "dot: the slices have the lengths {} and {}",
        a.len(),
        b.len()
    );
    a.iter().zip(b).fold(T::zero(), |sum, (x, y)| sum + *x * *y)
}

/// `ln` of the sum of `exp(x)`, without overflow; `-inf` for an empty slice.
///
/// Its derivative is the [`softmax`](fn@softmax). The largest element is not selected by it, so equal ones do
/// not tie. Where all elements are `-inf`, or one is `inf`, the value is that infinity and what is
/// not determined of the derivative is NaN.
///
/// ```
/// use ad_runtime::log_sum_exp;
/// let (value, gradient) = log_sum_exp::grad(&[1000.0, 1000.0, f64::NEG_INFINITY]);
/// assert_eq!((value, gradient), (1000.0 + 2_f64.ln(), vec![0.5, 0.5, 0.0]));
/// ```
#[conservative_grad(crate = "crate", provided = log_sum_exp_rule)]
#[must_use]
pub fn log_sum_exp<T: Float>(xs: &[T]) -> T {
    let [shift, sum] = shift_and_sum(xs);
    shift + sum.ln()
}

/// Replaces each `x` by `exp(x)` divided by the sum of all of them, without overflow.
///
/// The derivative of element `i` by `x[j]` is `y[i] * (1 - y[i])` for `i == j`, else
/// `-y[i] * y[j]`. An element `-inf` becomes 0 with derivative 0. Where all elements are `-inf`, or
/// one is `inf`, the result contains NaN.
///
/// ```
/// use ad_runtime::softmax;
/// let mut xs = [0.0, 0.0, f64::NEG_INFINITY];
/// let mut xs_adj = [1.0, 0.0, 0.0];
/// softmax::vjp(&mut xs, &mut xs_adj);
/// assert_eq!((xs, xs_adj), ([0.5, 0.5, 0.0], [0.25, -0.25, 0.0]));
/// ```
#[conservative_grad(crate = "crate", provided = softmax_rule)]
pub fn softmax<T: Float>(xs: &mut [T]) {
    let [shift, sum] = shift_and_sum(xs);
    for x in xs {
        *x = (*x - shift).exp() / sum;
    }
}

/// A number near the largest element, and the sum of all `exp(x - shift)`. Where
/// the largest is infinite it is no shift: the arithmetic meets the infinities.
fn shift_and_sum<T: Float>(xs: &[T]) -> [T; 2] {
    let largest = xs.iter().fold(T::neg_infinity(), |m, x| m.max(*x));
    let shift = if largest.is_finite() {
        largest
    } else {
        T::zero()
    };
    let sum = xs.iter().fold(T::zero(), |sum, x| sum + (*x - shift).exp());
    [shift, sum]
}

#[doc(hidden)]
pub mod dot_rule {
    use super::*;

    pub const SITES: &[Site] = &[];

    #[track_caller]
    pub fn forward<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        _: Run<2>,
        a: &[T],
        b: &[T],
    ) -> (T, ()) {
        (dot(a, b), ())
    }

    #[expect(clippy::too_many_arguments, reason = "the form of all reverse rules")]
    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<2>,
        (): (),
        a: &[T],
        a_slot: &mut [T],
        b: &[T],
        b_slot: &mut [T],
        seed: &T,
    ) {
        if run.on[0] {
            add_multiple(a_slot, *seed, b);
        }
        if run.on[1] {
            add_multiple(b_slot, *seed, a);
        }
    }

    fn add_multiple<T: Scalar>(slot: &mut [T], factor: T, x: &[T]) {
        for (slot, x) in slot.iter_mut().zip(x) {
            *slot += factor * *x;
        }
    }

    #[track_caller]
    pub fn tangent<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<2>,
        a: &[T],
        a_slot: &[T],
        b: &[T],
        b_slot: &[T],
    ) -> (T, T) {
        let value = dot(a, b);
        let mut tangent = T::zero();
        if run.on[0] {
            tangent += dot(a_slot, b);
        }
        if run.on[1] {
            tangent += dot(a, b_slot);
        }
        (value, tangent)
    }
}

#[doc(hidden)]
pub mod log_sum_exp_rule {
    use super::*;

    pub const SITES: &[Site] = &[];

    /// Keeps the shift and the sum.
    pub fn forward<S: Selector, T: Scalar>(_: S, _: &mut Tape, _: Run<1>, xs: &[T]) -> (T, [T; 2]) {
        let [shift, sum] = shift_and_sum(xs);
        (shift + sum.ln(), [shift, sum])
    }

    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<1>,
        [shift, sum]: [T; 2],
        xs: &[T],
        slot: &mut [T],
        seed: &T,
    ) {
        if run.on[0] {
            for (slot, x) in slot.iter_mut().zip(xs) {
                *slot += scale((*x - shift).exp() / sum, *seed);
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
        let (value, [shift, sum]) = forward(sel, tape, run, xs);
        let mut tangent = T::zero();
        if run.on[0] {
            for (slot, x) in slot.iter().zip(xs) {
                tangent += scale((*x - shift).exp() / sum, *slot);
            }
        }
        (value, tangent)
    }
}

#[doc(hidden)]
pub mod softmax_rule {
    use super::*;

    pub const SITES: &[Site] = &[];

    /// The reverse sweep needs the result, which it finds in place; the initial
    /// elements are kept for a caller that wants them back.
    pub fn forward<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        xs: &mut [T],
    ) -> ((), Option<Vec<T>>) {
        let initial = run.restore[0].then(|| tape.copy_of(xs));
        softmax(xs);
        ((), initial)
    }

    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        tape: &mut Tape,
        run: Run<1>,
        initial: Option<Vec<T>>,
        xs: &mut [T],
        slot: &mut [T],
        (): &(),
    ) {
        if run.on[0] {
            derivative(xs, slot);
        }
        if let Some(initial) = initial {
            xs.copy_from_slice(&initial);
            tape.give(initial);
        }
    }

    pub fn tangent<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<1>,
        xs: &mut [T],
        slot: &mut [T],
    ) -> ((), ()) {
        softmax(xs);
        if run.on[0] {
            derivative(xs, slot);
        }
        ((), ())
    }

    /// Its matrix is symmetric: `v - <v, y>`, times `y`. An element that has become
    /// zero hides an infinite `v`.
    fn derivative<T: Scalar>(y: &[T], v: &mut [T]) {
        let mut inner = T::zero();
        for (y, v) in y.iter().zip(&*v) {
            inner += scale(*y, *v);
        }
        for (y, v) in y.iter().zip(v) {
            *v = scale(*y, *v - inner);
        }
    }
}
