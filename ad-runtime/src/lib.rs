//! Derivatives of ordinary Rust functions, compiled in, with a stated meaning at
//! every kink.
//!
//! The attribute [`conservative_grad`] reads the source of a function and adds its
//! forward and reverse derivative as Rust code of the same name: the function `f`
//! stays as it is, `f::grad` is its gradient.
//!
//! ```
//! use ad_runtime::{Verdict, conservative_grad};
//!
//! /// Mean absolute error of a line.
//! #[conservative_grad(wrt(theta))]
//! fn mae(theta: [f64; 2], xs: &[f64], ys: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for (x, y) in xs.iter().zip(ys) {
//!         sum += (theta[0] + theta[1] * x - y).abs();
//!     }
//!     sum / xs.len() as f64
//! }
//!
//! let (xs, ys) = ([0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 4.0, 7.0]);
//! let (value, gradient) = mae::grad([0.5, 1.5], &xs, &ys);
//! assert_eq!((value, gradient), (1.0, [-1.0, -1.5]));
//!
//! // This line meets two of the points, where the absolute value has a kink.
//! let (value, gradient, trace) = mae::grad_trace([1.0, 1.5], &xs, &ys);
//! assert_eq!((value, gradient), (0.5, [-0.5, -1.0]));
//! assert_eq!(trace.verdict(), Verdict::Tied);
//! assert_eq!(trace.ties().count(), 2);
//! ```
//!
//! # Where to go on
//!
//! * [`conservative_grad`]: the arguments of the attribute and the functions that
//!   it generates.
//! * [`Tape`]: gradients in a loop, without allocation, by `f::vjp_into`.
//! * [`Verdict`], [`Trace`], [`Ties`], [`Selection`], [`Site`]: what a run says
//!   about the vector that it returned.
//! * [`MinNorm`], [`Left`], [`Right`], [`Mean`]: the choice at ties.
//! * [`constant`]: stops differentiation.
//! * [`relu`](fn@relu), [`softmax`](fn@softmax), [`norm`](fn@norm), [`max_of`](fn@max_of) and
//!   others: functions with better derivatives than their formulas.
//! * [`Notes`], [`sites!`]: hand-written rules that say what they decide.
//! * [`impl_scalar!`], [`Number`]: number types other than `f32` and `f64`.
//! * [`jacobian`]: Jacobians, dense and sparse; [`Lanes`]: several tangents at once.
//! * [`testing`]: checks a derivative against differences.
//!
//! The documentation of your own crate shows for each annotated function what it
//! is differentiated with respect to and a table of its sites: `cargo doc --open`.
//!
//! # What the gradient means
//!
//! Where no decision of the run is at a tie, it is the gradient
//! ([`Verdict::Classical`]). At a tie of a continuous function it is an element of
//! the conservative field of the *program*, and two programs of one function may
//! answer differently ([`Verdict::Tied`]). At a jump ([`Verdict::Jump`]), at a
//! point without Lipschitz constant ([`Verdict::NotLipschitz`]) and after a NaN
//! ([`Verdict::Undefined`]) less is claimed, and the verdict says so. A tie is an
//! exact one: how near the others came is told by [`Trace::min_margin`].
//!
//! # Features
//!
//! * `serde`: sites, selections, traces, ties and verdicts are `Serialize`.
//! * `debug-print`: formats the generated code that a build with the environment
//!   variable `AD_PRINT=name_of_a_function` prints.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod absent;
mod activity;
mod boxed;
mod checked;
mod checkpoint;
mod delegation;
mod extreme;
mod field;
mod finite;
mod follow;
mod functions;
mod guard;
mod heading;
mod holder;
mod index;
pub mod jacobian;
mod kink;
mod lanes;
mod lists;
mod log;
mod lowered;
#[doc = include_str!("meaning.md")]
pub mod meaning {}
mod methods;
mod notes;
mod number;
pub mod ops;
#[cfg(feature = "rayon")]
mod parallel;
mod partial;
mod phase;
mod pool;
mod provided;
mod range;
mod record;
mod rules;
mod scalar;
mod select;
mod site;
mod slot;
mod sorting;
mod stop;
mod tangent;
mod tape;
pub mod testing;
mod trace;
mod weight;

pub use field::{
    Certificate, Direction, Field, FieldError, FieldOptions, Generator, Jump, Limiting,
    LimitingError, Stationarity, StationaryOptions, Step, stationary,
};
pub use lanes::Lanes;
pub use notes::Notes;
pub use number::Number;
pub use provided::{
    argmax, dot, huber, leaky_relu, log_add_exp, log_sum_exp, max_of, median, min_of, norm, relu,
    sigmoid, smooth_abs, softmax, softplus, sort,
};
pub use record::Keep;
pub use scalar::Scalar;
pub use select::{Left, Mean, MinNorm, Right, Rule};
pub use site::{Site, SiteKind};
pub use stop::constant;
#[doc(hidden)]
pub use stop::marker::constant;
pub use tangent::{Differentiable, Tangent};
pub use tape::Tape;
pub use trace::{Selection, Ties, Trace, Verdict};

pub use ad_macros::{Differentiable, conservative_grad};
#[doc(no_inline)]
pub use num_traits::Float;

/// What generated code uses. Nothing here is part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::__function_impl as function_impl;
    pub use crate::absent::{Absent, AbsentList, absent};
    pub use crate::activity::{
        Active, Activity, Inactive, NotDifferentiated, Restoring, RestoringAs,
    };
    pub use crate::boxed::{Boxing, boxing};
    pub use crate::checked::{Checked, Passes, checked};
    pub use crate::finite::{AllFinite, all_finite};
    pub use crate::follow::Follow;
    pub use crate::functions::{
        Changed, Companions, Function0, Function1, Function2, Function3, Function4, Kept,
    };
    pub use crate::guard::{
        Guard, Margin, MarginValue, NoMargin, NotASite, SiteThroughRef, guard, margin, ordered,
    };
    pub use crate::heading::{Heading, head, slope};
    pub use crate::holder::*;
    pub use crate::lanes::Lanes;
    pub use crate::log::{Count, Log, Off, Recording, finish_ties, finish_trace};
    pub use crate::lowered::*;
    pub use crate::notes::{Notes, note_unknown, numbered};
    pub use crate::number::{from_f64, to_f64, zero};
    pub use crate::phase::{Both, Forward, Outer, Phase, Primal, Reverse};
    pub use crate::pool::Pooled;
    pub use crate::provided::{Methods, Run};
    pub use crate::range::{Counted, range_len, range_len_inclusive, range_nth};
    pub use crate::record::{Keep, Record, Row, Ty, Word, pop_whole, push_whole, witness};
    pub use crate::scalar::{Scalar, convert, scale};
    pub use crate::select::{
        Left, Mean, MinNorm, Right, Rule, Select, Selector, follows, is_plain,
    };
    pub use crate::site::{NO_SITE, Site, SiteKind, site};
    pub use crate::slot::{EmptySlot, Hold};
    pub use crate::sorting::{
        note_order, order, order_by_key, order_unstable, order_unstable_words,
    };
    pub use crate::stop::constant;
    pub use crate::tangent::{
        Differentiable, Tan, Tangent, add, clear, empty, no_payload, recycle, sub, take, zero_in,
        zero_like,
    };
    pub use crate::tape::Tape;
    pub use crate::trace::{Selection, Ties, Trace, Verdict};
    pub use num_traits::Float;

    /// Traits whose methods generated code calls on values of types that rustc finds.
    pub mod traits {
        pub use crate::functions::{
            Function0 as _, Function1 as _, Function2 as _, Function3 as _, Function4 as _,
        };
        pub use crate::guard::{NotASite as _, SiteThroughRef as _};
        pub use crate::heading::{HeadingOfList as _, NoHeading as _};
        pub use crate::lists::ListMethods as _;
        pub use crate::methods::{
            FloatMethods as _, IntMethods as _, SignedMethods as _, UnsignedMethods as _,
            VecMethods as _,
        };
    }
    /// Notes of primitives that are not smooth.
    pub mod kink {
        pub use crate::kink::*;
    }
    /// The greatest and the least of many floats.
    pub mod extreme {
        pub use crate::extreme::*;
    }
    /// All pieces that meet at a point.
    pub mod field {
        pub use crate::field::{Program, certify, field, limiting, step};
    }
    /// Methods of traits that call the type's own.
    pub mod delegation {
        pub use crate::delegation::*;
    }
    /// The states of a loop that are kept.
    pub mod checkpoint {
        pub use crate::checkpoint::*;
    }
    /// Loops whose iterations run at once.
    #[cfg(feature = "rayon")]
    pub mod parallel {
        pub use crate::parallel::*;
    }
    /// Indices of types of the user's.
    pub mod index {
        pub use crate::index::*;
    }
    /// Several tangents at once.
    pub mod lanes {
        pub use crate::lanes::*;
    }
    /// Helper functions of the rule table.
    pub mod partial {
        pub use crate::partial::*;
    }
    /// Derivatives of operators, by the types of the operands.
    pub mod rules {
        pub use crate::rules::*;
    }
    /// Weights of the operands of primitives with kinks.
    pub mod weight {
        pub use crate::weight::*;
    }
}

/// The examples of the README are tests, too.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// A caller is built as long as nobody asks for a mode that its callee lacks.
///
/// ```
/// # use ad_runtime::conservative_grad;
/// #[conservative_grad(custom(vjp = square_vjp))]
/// fn square(x: f64) -> f64 {
///     x * x
/// }
/// fn square_vjp(x: f64, seed: f64) -> (f64, f64) {
///     (x * x, 2.0 * x * seed)
/// }
/// #[conservative_grad]
/// pub fn f(x: f64) -> f64 {
///     square(x) + 1.0
/// }
/// assert_eq!(f::grad(3.0), (10.0, 6.0));
/// ```
///
/// ```compile_fail
/// # use ad_runtime::conservative_grad;
/// #[conservative_grad(custom(vjp = square_vjp))]
/// fn square(x: f64) -> f64 {
///     x * x
/// }
/// fn square_vjp(x: f64, seed: f64) -> (f64, f64) {
///     (x * x, 2.0 * x * seed)
/// }
/// #[conservative_grad]
/// pub fn f(x: f64) -> f64 {
///     square(x) + 1.0
/// }
/// f::jvp(3.0, 1.0);
/// ```
///
/// The same of forward mode alone.
///
/// ```
/// # use ad_runtime::conservative_grad;
/// #[conservative_grad(custom(jvp = square_jvp))]
/// fn square(x: f64) -> f64 {
///     x * x
/// }
/// fn square_jvp(x: f64, x_tan: f64) -> (f64, f64) {
///     (x * x, 2.0 * x * x_tan)
/// }
/// #[conservative_grad]
/// pub fn f(x: f64) -> f64 {
///     square(x) + 1.0
/// }
/// assert_eq!(f::jvp(3.0, 1.0), (10.0, 6.0));
/// ```
///
/// ```compile_fail
/// # use ad_runtime::conservative_grad;
/// #[conservative_grad(custom(jvp = square_jvp))]
/// fn square(x: f64) -> f64 {
///     x * x
/// }
/// fn square_jvp(x: f64, x_tan: f64) -> (f64, f64) {
///     (x * x, 2.0 * x * x_tan)
/// }
/// #[conservative_grad]
/// pub fn f(x: f64) -> f64 {
///     square(x) + 1.0
/// }
/// f::grad(3.0);
/// ```
#[cfg(doctest)]
struct MissingModes;
