//! Methods of floats and integers in annotated functions, where only rustc knows
//! the type of the receiver: `self.x.max(0.0)`, `self.n.max(1)`.
//!
//! Generated code calls a method of a mangled name, which a type of the user's gets
//! from `#[conservative_grad]` and the types of the language have here. The traits
//! are brought into scope without a name.

use crate::activity::Activity;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::tangent::{Differentiable, Tan, Tangent};
use crate::tape::Tape;

ad_macros::float_methods!(crate);
ad_macros::integer_methods!(crate);

/// Methods of `f32` and `f64` that `num_traits::Float` does not have, by the
/// algorithms of the standard library.
pub trait MoreOfFloat: Scalar {
    /// `x.rem_euclid(y)`
    #[inline(always)]
    fn rem_euclid(self, y: Self) -> Self {
        let rest = self % y;
        if rest < Self::zero() {
            rest + y.abs()
        } else {
            rest
        }
    }
    /// `x.midpoint(y)`
    #[inline(always)]
    fn midpoint(self, y: Self) -> Self {
        self.__midpoint(y)
    }
    /// `x.div_euclid(y)`
    #[inline(always)]
    fn div_euclid(self, y: Self) -> Self {
        let quotient = (self / y).trunc();
        if self % y < Self::zero() {
            if y > Self::zero() {
                quotient - Self::one()
            } else {
                quotient + Self::one()
            }
        } else {
            quotient
        }
    }
}

impl<T: Scalar> MoreOfFloat for T {}

/// The hidden methods of vectors: a field of type `Vec` is pushed to.
#[allow(
    missing_docs,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "those of a hidden method"
)]
pub trait VecMethods {
    type Element: Differentiable;
    fn push__needs_conservative_grad(
        &mut self,
        _: &mut Tape,
        _: impl Selector,
        _: impl Sized,
        x: Self::Element,
    );
    fn __push_run(&mut self, _: &mut Tape, _: impl Selector, _: impl Sized, x: Self::Element);
    fn __push_rev<A: Activity, B: Activity>(
        &mut self,
        slot: &mut Vec<Tan<Self::Element>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        _: Self::Element,
        x_slot: &mut Tan<Self::Element>,
        _: &(),
    );
    fn __push_jvp<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<Self::Element>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        x: Self::Element,
        x_tan: &Tan<Self::Element>,
    ) -> ((), ());
    fn __push_fwd_tan<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<Self::Element>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        x: Self::Element,
        x_tan: &Tan<Self::Element>,
    ) -> ((), ());
    fn __push_rev_tan<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<Self::Element>>,
        slot: &mut Vec<Tan<Self::Element>>,
        slot_tan: &mut Vec<Tan<Self::Element>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        _: Self::Element,
        _: &Tan<Self::Element>,
        x_slot: &mut Tan<Self::Element>,
        x_slot_tan: &mut Tan<Self::Element>,
        _: &(),
        _: &(),
    );
}

#[allow(clippy::too_many_arguments, reason = "those of a hidden method")]
impl<T: Differentiable> VecMethods for Vec<T> {
    type Element = T;
    #[inline]
    fn push__needs_conservative_grad(
        &mut self,
        _: &mut Tape,
        _: impl Selector,
        _: impl Sized,
        x: T,
    ) {
        self.push(x);
    }
    #[inline]
    fn __push_run(&mut self, _: &mut Tape, _: impl Selector, _: impl Sized, x: T) {
        self.push(x);
    }
    #[inline]
    fn __push_rev<A: Activity, B: Activity>(
        &mut self,
        slot: &mut Vec<Tan<T>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        _: T,
        x_slot: &mut Tan<T>,
        (): &(),
    ) {
        if A::RESTORE {
            self.pop();
        }
        give_back::<A, B, T>(slot, x_slot);
    }
    #[inline]
    fn __push_jvp<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<T>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        x: T,
        x_tan: &Tan<T>,
    ) -> ((), ()) {
        if A::ON {
            tan.push(if B::ON { x_tan.clone() } else { x.zero_like() });
        }
        self.push(x);
        ((), ())
    }
    #[inline]
    fn __push_fwd_tan<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<T>>,
        tape: &mut Tape,
        sel: impl Selector,
        act: (A, B),
        x: T,
        x_tan: &Tan<T>,
    ) -> ((), ()) {
        self.__push_jvp(tan, tape, sel, act, x, x_tan)
    }
    #[inline]
    fn __push_rev_tan<A: Activity, B: Activity>(
        &mut self,
        tan: &mut Vec<Tan<T>>,
        slot: &mut Vec<Tan<T>>,
        slot_tan: &mut Vec<Tan<T>>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B),
        _: T,
        _: &Tan<T>,
        x_slot: &mut Tan<T>,
        x_slot_tan: &mut Tan<T>,
        (): &(),
        (): &(),
    ) {
        if A::RESTORE {
            self.pop();
            tan.pop();
        }
        give_back::<A, B, T>(slot, x_slot);
        give_back::<A, B, T>(slot_tan, x_slot_tan);
    }
}

/// The cotangent of the last element goes to what was pushed.
#[inline]
fn give_back<A: Activity, B: Activity, T: Differentiable>(
    slot: &mut Vec<Tan<T>>,
    x_slot: &mut Tan<T>,
) {
    if A::ON
        && let Some(last) = slot.pop()
        && B::ON
    {
        x_slot.add(&last);
    }
}
