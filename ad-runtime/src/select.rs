//! The choice at ties, and the strategy of a call.

use std::fmt::Debug;
use std::marker::PhantomData;

use crate::follow::Follow;
use crate::log::{Count, Log, Off, Recording};

/// A rule for the element of the field that is returned at a tie of a primitive.
///
/// The rules are [`MinNorm`], [`Left`], [`Right`] and [`Mean`]; the constants
/// are the rows of the table of ties.
pub trait Rule: Copy + Default + Debug + Send + Sync + 'static {
    /// Weight of the first of two active operands that tie in `max` or `min`.
    #[doc(hidden)]
    const SPLIT: f64;
    /// Weight of the only active operand at a tie of a `max`.
    #[doc(hidden)]
    const RISING: f64;
    /// Weight of the only active operand at a tie of a `min`.
    #[doc(hidden)]
    const FALLING: f64;
    /// Derivative of `abs` at zero.
    #[doc(hidden)]
    const ABS: f64;
    /// The derivative at a kink, given those of its two sides.
    #[doc(hidden)]
    fn between(left: f64, right: f64) -> f64;
}

/// The element of least norm of the primitive's subdifferential in its active
/// operands: the default.
///
/// `abs` at 0 has 0, a tied `max` or `min` of two active operands 1/2 each, of
/// one active operand and a constant 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MinNorm;

/// The left derivative; of two tied active operands, the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Left;

/// The right derivative; of two tied active operands, the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Right;

/// The mean of the left and the right derivative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mean;

/// The least number between two; NaN if one is.
fn least(left: f64, right: f64) -> f64 {
    if left.is_nan() || right.is_nan() {
        f64::NAN
    } else if left.min(right) <= 0.0 && left.max(right) >= 0.0 {
        0.0
    } else if left.abs() < right.abs() {
        left
    } else {
        right
    }
}

macro_rules! rules {
    ($($rule:ident: $split:literal $rising:literal $falling:literal $abs:literal $between:expr;)*) => {$(
        impl Rule for $rule {
            const SPLIT: f64 = $split;
            const RISING: f64 = $rising;
            const FALLING: f64 = $falling;
            const ABS: f64 = $abs;
            fn between(left: f64, right: f64) -> f64 {
                $between(left, right)
            }
        }
    )*};
}

rules! {
    //       split rising falling abs  between
    MinNorm: 0.5   0.0    0.0     0.0  least;
    Left:    1.0   0.0    1.0    -1.0  |left, _| left;
    Right:   0.0   1.0    0.0     1.0  |_, right| right;
    Mean:    0.5   0.5    0.5     0.0  f64::midpoint;
}

/// The strategy of a call: its rule at ties and what it notes. Zero-sized.
pub trait Selector: Copy + Default + Debug + Send + Sync + 'static {
    /// The rule at ties.
    type Rule: Rule;
    /// What is noted.
    type Log: Log;
    /// Selections can be derived again from the operands and in any order, so a
    /// callee may run again in the reverse sweep (under [`Selector::quiet`]).
    const PLAIN: bool;
    /// Something is noted.
    const LOGS: bool;
    /// At ties, what the tape says decides in place of the rule.
    const FOLLOWS: bool = <Self::Log as Log>::FOLLOWS;
    /// The same strategy under another rule.
    type Under<R: Rule>: Selector;
    /// The same rule, noting nothing: for running again what was already noted.
    type Quiet: Selector;
    /// The value of [`Selector::Under`].
    #[inline(always)]
    fn under<R: Rule>(self) -> Self::Under<R> {
        Default::default()
    }
    /// The value of [`Selector::Quiet`].
    #[inline(always)]
    fn quiet(self) -> Self::Quiet {
        Default::default()
    }
}

/// Whether a callee may run again in the reverse sweep, as a constant.
#[inline(always)]
pub fn is_plain<S: Selector>(_: S) -> bool {
    S::PLAIN
}

/// Whether the run follows choices, as a constant.
#[inline(always)]
pub fn follows<S: Selector>(_: S) -> bool {
    S::FOLLOWS
}

/// The strategy with rule `R` and log `L`.
#[derive(Debug)]
pub struct Select<R, L>(PhantomData<fn() -> (R, L)>);

impl<R, L> Clone for Select<R, L> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, L> Copy for Select<R, L> {}

impl<R, L> Default for Select<R, L> {
    #[inline(always)]
    fn default() -> Self {
        Select(PhantomData)
    }
}

macro_rules! selectors {
    ($($log:ident $plain:literal $quiet:ident;)*) => {$(
        impl<R: Rule> Selector for Select<R, $log> {
            type Rule = R;
            type Log = $log;
            const PLAIN: bool = $plain;
            const LOGS: bool = $log::ON;
            type Under<Q: Rule> = Select<Q, $log>;
            type Quiet = Select<R, $quiet>;
        }
    )*};
}

// A callee that runs again in the reverse sweep notes nothing there: these logs
// only watch. A run that follows choices must meet each of its decisions once.
selectors! {
    Off true Off;
    Count true Off;
    Recording true Off;
    Follow false Follow;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strategy_keeps_its_log_under_another_rule() {
        fn logs<S: Selector>(_: S) -> (bool, bool, f64) {
            (S::PLAIN, S::LOGS, S::Rule::ABS)
        }
        let plain = Select::<MinNorm, Off>::default();
        assert_eq!(logs(plain), (true, false, 0.0));
        assert_eq!(logs(plain.under::<Left>()), (true, false, -1.0));
        let counting = Select::<Right, Count>::default();
        assert_eq!(logs(counting.under::<Left>()), (true, true, -1.0));
        assert_eq!(logs(counting.quiet()), (true, false, 1.0));
        assert_eq!(size_of_val(&counting), 0);
    }
}
