//! Forward and adjoint derivatives of ordinary Rust functions, at compile time,
//! with a stated meaning at every kink.
//!
//! The attribute [`conservative_grad`] adds derivatives to a function. This crate
//! is the one that users depend on; it re-exports the attribute and holds what
//! the generated code and its results need: the [`Tape`], the rules at ties
//! ([`MinNorm`], [`Left`], [`Right`], [`Mean`]), and what a run says about itself
//! ([`Site`], [`Selection`], [`Trace`], [`Ties`], [`Verdict`]). The module
//! [`testing`] checks derivatives against differences.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod activity;
mod stop;
mod finite;
mod guard;
mod kink;
mod log;
mod lowered;
mod partial;
mod phase;
mod pool;
mod range;
mod record;
mod rules;
mod scalar;
mod select;
mod site;
mod slot;
mod tangent;
mod tape;
pub mod testing;
mod trace;
mod weight;

pub use stop::constant;
pub use select::{Left, Mean, MinNorm, Right};
pub use site::{Site, SiteKind};
pub use tangent::Differentiable;
pub use tape::Tape;
pub use trace::{Selection, Ties, Trace, Verdict};

pub use ad_macros::conservative_grad;

/// What generated code uses. Nothing here is part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::activity::{
        Active, Activity, Inactive, NotDifferentiated, Restoring, RestoringAs,
    };
    pub use crate::stop::constant;
    pub use crate::finite::{AllFinite, all_finite};
    pub use crate::guard::{
        Guard, Margin, MarginValue, NoMargin, NotASite, SiteThroughRef, guard, margin,
    };
    pub use crate::log::{Count, Log, Off, Recording, finish_ties, finish_trace};
    pub use crate::lowered::*;
    pub use crate::phase::{Both, Forward, Outer, Phase, Primal, Reverse};
    pub use crate::pool::Pooled;
    pub use crate::range::{Counted, range_len, range_len_inclusive, range_nth};
    pub use crate::record::{Record, Ty, Word, witness};
    pub use crate::scalar::{Scalar, scale};
    pub use crate::select::{Left, Mean, MinNorm, Right, Rule, Select, Selector};
    pub use crate::site::{Site, SiteKind, site};
    pub use crate::slot::{EmptySlot, Hold};
    pub use crate::tangent::{
        Differentiable, Tan, Tangent, add, clear, empty, recycle, sub, take, zero_in, zero_like,
    };
    pub use crate::tape::Tape;
    pub use crate::trace::{Selection, Ties, Trace, Verdict};

    /// Notes of primitives that are not smooth.
    pub mod kink {
        pub use crate::kink::*;
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
