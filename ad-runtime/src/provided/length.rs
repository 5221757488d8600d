//! The Euclidean norm.

use num_traits::Float;

use crate::conservative_grad;

/// The Euclidean norm, without overflow or underflow of the squares; 0 for an empty slice.
///
/// Its derivative is `x / norm(x)`. At the origin it is 0 under every rule, and the run is at a
/// tie: the margin is the norm itself. An infinite element gives `inf`, a NaN gives NaN.
///
/// ```
/// use ad_runtime::{Verdict, norm};
/// assert_eq!(norm::grad(&[3.0, 4.0]), (5.0, vec![0.6, 0.8]));
/// let (value, gradient, trace) = norm::grad_trace(&[0.0, 0.0]);
/// assert_eq!((value, gradient), (0.0, vec![0.0, 0.0]));
/// assert_eq!(trace.verdict(), Verdict::Tied);
/// assert_eq!(norm(&[3e300, 0.0]), 3e300);
/// ```
#[conservative_grad(crate = "crate", provided = rule)]
#[must_use]
pub fn norm<T: Float>(xs: &[T]) -> T {
    let squares = xs.iter().fold(T::zero(), |sum, x| sum + *x * *x);
    // Sums of this size have lost nothing to underflow, and nothing to overflow.
    let least = T::min_positive_value() / T::epsilon();
    if squares >= least && squares < T::infinity() {
        return squares.sqrt();
    }
    let largest = xs.iter().fold(T::zero(), |m, x| {
        if m.is_nan() || x.is_nan() {
            T::nan()
        } else {
            m.max(x.abs())
        }
    });
    if largest == T::zero() || !largest.is_finite() {
        return largest;
    }
    // A power of two, so that to divide by it is exact; the next one of the largest floats is
    // none.
    let power = largest.log2().floor().exp2();
    let scale = if power.is_finite() { power } else { largest };
    let squares = xs.iter().fold(T::zero(), |sum, x| {
        let part = *x / scale;
        sum + part * part
    });
    scale * squares.sqrt()
}

#[doc(hidden)]
pub mod rule {
    use super::super::Run;
    use crate::guard::to_margin;
    use crate::log::Log;
    use crate::partial::direction;
    use crate::scalar::{Scalar, scale};
    use crate::select::Selector;
    use crate::site::Site;
    use crate::tape::Tape;
    use crate::trace::Verdict;

    pub const SITES: &[Site] = crate::sites!(norm: Norm "norm(xs)");

    pub fn forward<S: Selector, T: Scalar>(_: S, tape: &mut Tape, run: Run<1>, xs: &[T]) -> (T, T) {
        let norm = super::norm(xs);
        // No element, no kink.
        if S::LOGS && run.on[0] && !xs.is_empty() {
            S::Log::see(tape, &SITES[0], 0, to_margin(norm), Verdict::Tied);
        }
        (norm, norm)
    }

    pub fn reverse<S: Selector, T: Scalar>(
        _: S,
        _: &mut Tape,
        run: Run<1>,
        norm: T,
        xs: &[T],
        slot: &mut [T],
        seed: &T,
    ) {
        if run.on[0] {
            for (slot, x) in slot.iter_mut().zip(xs) {
                *slot += scale(direction(*x, norm), *seed);
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
        let (norm, _) = forward(sel, tape, run, xs);
        let mut tangent = T::zero();
        if run.on[0] {
            for (x, slot) in xs.iter().zip(slot) {
                tangent += scale(direction(*x, norm), *slot);
            }
        }
        (norm, tangent)
    }
}
