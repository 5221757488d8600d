//! Functions of floats with a kink.

use num_traits::Float;

use super::Run;
use crate::conservative_grad;
use crate::follow::{decide, piece};
use crate::guard::to_margin;
use crate::heading::head;
use crate::log::Log;
use crate::partial::direction;
use crate::scalar::{Scalar, scale};
use crate::select::{Rule, Selector};
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// The positive part: `x` where it is positive, else 0; NaN for NaN.
///
/// At `x == 0` the derivative is 0 under `min_norm` and `left`, 1 under `right` and 1/2 under
/// `mean`. The pieces are 0 (left) and 1 (right), the margin is `x`.
///
/// ```
/// use ad_runtime::{Right, Verdict, relu};
/// assert_eq!(relu(-2.0), 0.0);
/// assert_eq!(relu::grad(3.0), (3.0, 1.0));
/// let (_, slope, trace) = relu::grad_trace(0.0);
/// assert_eq!((slope, trace.verdict()), (0.0, Verdict::Tied));
/// assert_eq!(relu::grad_with::<Right, _>(0.0).1, 1.0);
/// ```
#[conservative_grad(crate = "crate", provided = relu_rule)]
#[inline]
#[must_use]
pub fn relu<T: Float>(x: T) -> T {
    if x <= T::zero() { T::zero() } else { x }
}

/// `x` where it is not negative, else `slope * x`.
///
/// At `x == 0` the derivative by `x` is `slope` under `left`, 1 under `right`, their mean under
/// `mean`, and under `min_norm` the least number between the two: `slope` for a slope between 0 and
/// 1, 0 for a negative one. The pieces are 0 (left) and 1 (right), the margin is `x`.
///
/// ```
/// use ad_runtime::leaky_relu;
/// assert_eq!(leaky_relu::grad(-2.0, 0.1), (-0.2, (0.1, -2.0)));
/// assert_eq!(leaky_relu::grad(0.0, 0.1), (0.0, (0.1, 0.0)));
/// ```
#[conservative_grad(crate = "crate", provided = leaky_relu_rule)]
#[inline]
#[must_use]
pub fn leaky_relu<T: Float>(x: T, slope: T) -> T {
    if x < T::zero() { slope * x } else { x }
}

/// The smooth absolute value, `sqrt(x * x + eps * eps)`, without overflow.
///
/// Its derivatives are `x / smooth_abs(x, eps)` and `eps / smooth_abs(x, eps)`. For `eps != 0` it
/// is smooth and a run notes nothing. At `x == eps == 0` it is the absolute value at its kink: a
/// tie, with derivative 0 under every rule.
///
/// ```
/// use ad_runtime::smooth_abs;
/// assert_eq!(smooth_abs::grad(3.0, 4.0), (5.0, (0.6, 0.8)));
/// assert_eq!(smooth_abs::grad(0.0, 1e-3).1.0, 0.0);
/// ```
#[conservative_grad(crate = "crate", provided = smooth_abs_rule)]
#[inline]
#[must_use]
pub fn smooth_abs<T: Float>(x: T, eps: T) -> T {
    x.hypot(eps)
}

/// The hidden functions of a function of floats, from two: what a run notes, and
/// the weights of the operands.
macro_rules! rules {
    ($($rule:ident: $function:ident($($x:ident $slot:ident $k:tt),+) $n:literal, $kind:ident $source:literal,
        note $note:expr, weights $weights:ident, follows $follows:literal;)*) => {$(
        #[doc(hidden)]
        pub mod $rule {
            use super::*;

            pub const SITES: &[Site] = crate::sites!($function: $kind $source);

            #[inline(always)]
            pub fn forward<S: Selector, T: Scalar>(
                _: S, tape: &mut Tape, run: Run<$n>, $($x: T),+
            ) -> (T, ()) {
                if S::LOGS && run.on.contains(&true) {
                    let note: Option<(u32, f64)> = $note(run.on, [$(to_margin($x)),+], S::Rule::between);
                    match note {
                        Some((piece, margin)) if S::FOLLOWS && $follows => {
                            decide(tape, &SITES[0], (piece, [0, 1]), margin, [1.0, 0.0], Verdict::Tied);
                        }
                        Some((piece, margin)) => {
                            S::Log::see(tape, &SITES[0], piece, margin, Verdict::Tied);
                        }
                        None => {}
                    }
                }
                ($function($($x),+), ())
            }

            #[allow(clippy::too_many_arguments, reason = "the form of all reverse rules")]
            #[inline(always)]
            pub fn reverse<S: Selector, T: Scalar>(
                _: S, _: &mut Tape, run: Run<$n>, (): (), $($x: T, $slot: &mut T,)+ seed: &T
            ) {
                let weights = $weights([$($x),+], S::Rule::between);
                $(if run.on[$k] {
                    *$slot += scale(weights[$k], *seed);
                })+
            }

            #[inline(always)]
            pub fn tangent<S: Selector, T: Scalar>(
                sel: S, tape: &mut Tape, run: Run<$n>, $($x: T, $slot: &T),+
            ) -> (T, T) {
                head(sel, tape, [$($slot.__to_f64()),+]);
                let (value, ()) = forward(sel, tape, run, $($x),+);
                let weights = $weights([$($x),+], match S::FOLLOWS {
                    // Where the first operand is no selection, its weight is not asked for.
                    true if run.on[0] && $follows => [left, right][piece(tape, 0) as usize],
                    _ => S::Rule::between,
                });
                let mut tangent = T::zero();
                $(if run.on[$k] {
                    tangent += scale(weights[$k], *$slot);
                })+
                (value, tangent)
            }
        }
    )*};
}

rules! {
    relu_rule: relu(x x_slot 0) 1, Relu "relu(x)", note note_relu, weights relu_weights, follows true;
    leaky_relu_rule: leaky_relu(x x_slot 0, slope slope_slot 1) 2, LeakyRelu "leaky_relu(x, slope)",
        note note_leaky_relu, weights leaky_relu_weights, follows true;
    smooth_abs_rule: smooth_abs(x x_slot 0, eps eps_slot 1) 2, SmoothAbs "smooth_abs(x, eps)",
        note note_smooth_abs, weights smooth_abs_weights, follows false;
}

/// The derivative at the kink, given those of its two sides.
type Between = fn(f64, f64) -> f64;

/// The left piece at the kink.
fn left(left: f64, _: f64) -> f64 {
    left
}

/// The right piece at the kink.
fn right(_: f64, right: f64) -> f64 {
    right
}

/// The right piece is executed, or chosen at the tie.
fn is_right(x: f64, between: Between) -> bool {
    !(x < 0.0 || x == 0.0 && between(0.0, 1.0) <= 0.5)
}

fn note_relu(_: [bool; 1], [x]: [f64; 1], between: Between) -> Option<(u32, f64)> {
    Some((u32::from(is_right(x, between)), x))
}

/// The slope decides nothing.
fn note_leaky_relu(on: [bool; 2], [x, _]: [f64; 2], between: Between) -> Option<(u32, f64)> {
    on[0].then(|| (u32::from(is_right(x, between)), x))
}

fn note_smooth_abs(_: [bool; 2], [x, eps]: [f64; 2], _: Between) -> Option<(u32, f64)> {
    (x == 0.0 && eps == 0.0).then_some((0, 0.0))
}

/// `below`, `above` zero, or what the rule says at it; a NaN is above.
#[inline(always)]
fn at<T: Scalar>(x: T, below: T, above: T, between: Between) -> T {
    if x == T::zero() {
        T::__from_f64(between(below.__to_f64(), above.__to_f64()))
    } else if x < T::zero() {
        below
    } else {
        above
    }
}

#[inline(always)]
fn relu_weights<T: Scalar>([x]: [T; 1], between: Between) -> [T; 1] {
    [at(x, T::zero(), T::one(), between)]
}

#[inline(always)]
fn leaky_relu_weights<T: Scalar>([x, slope]: [T; 2], between: Between) -> [T; 2] {
    let by_slope = if x < T::zero() { x } else { T::zero() };
    [at(x, slope, T::one(), between), by_slope]
}

#[inline(always)]
fn smooth_abs_weights<T: Scalar>([x, eps]: [T; 2], _: Between) -> [T; 2] {
    let length = smooth_abs(x, eps);
    [direction(x, length), direction(eps, length)]
}
