//! Methods of lists in annotated functions, where only rustc knows that the receiver
//! is one: `self.rows.swap(i, j)`. As in [`crate::methods`], they are the hidden
//! functions of the methods, by mangled names.

use crate::activity::Activity;
use crate::select::Selector;
use crate::tangent::{Differentiable, Tan};
use crate::tape::Tape;

/// Methods that exchange elements, so that the same exchange undoes them.
#[allow(
    missing_docs,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "those of hidden methods"
)]
pub trait ListMethods: Differentiable {
    fn __exchange(&mut self, i: usize, j: usize);
    fn __exchange_tangents(tan: &mut Tan<Self>, i: usize, j: usize);
    #[inline]
    fn swap__needs_conservative_grad(
        &mut self,
        _: &mut Tape,
        _: impl Selector,
        _: impl Sized,
        i: usize,
        j: usize,
    ) {
        self.__exchange(i, j);
    }
    #[inline]
    fn __swap_run(&mut self, _: &mut Tape, _: impl Selector, _: impl Sized, i: usize, j: usize) {
        self.__exchange(i, j);
    }
    #[inline]
    fn __swap_rev<A: Activity, B: Activity, C: Activity>(
        &mut self,
        slot: &mut Tan<Self>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B, C),
        i: usize,
        (): &mut (),
        j: usize,
        (): &mut (),
        (): &(),
    ) {
        if A::RESTORE {
            self.__exchange(i, j);
        }
        if A::ON {
            Self::__exchange_tangents(slot, i, j);
        }
    }
    #[inline]
    fn __swap_jvp<A: Activity, B: Activity, C: Activity>(
        &mut self,
        tan: &mut Tan<Self>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B, C),
        i: usize,
        (): &(),
        j: usize,
        (): &(),
    ) -> ((), ()) {
        if A::ON {
            Self::__exchange_tangents(tan, i, j);
        }
        self.__exchange(i, j);
        ((), ())
    }
    #[inline]
    fn __swap_fwd_tan<A: Activity, B: Activity, C: Activity>(
        &mut self,
        tan: &mut Tan<Self>,
        tape: &mut Tape,
        sel: impl Selector,
        act: (A, B, C),
        i: usize,
        (): &(),
        j: usize,
        (): &(),
    ) -> ((), ()) {
        self.__swap_jvp(tan, tape, sel, act, i, &(), j, &())
    }
    #[inline]
    fn __swap_rev_tan<A: Activity, B: Activity, C: Activity>(
        &mut self,
        tan: &mut Tan<Self>,
        slot: &mut Tan<Self>,
        slot_tan: &mut Tan<Self>,
        _: &mut Tape,
        _: impl Selector,
        _: (A, B, C),
        i: usize,
        (): &(),
        (): &mut (),
        (): &mut (),
        j: usize,
        (): &(),
        (): &mut (),
        (): &mut (),
        (): &(),
        (): &(),
    ) {
        if A::RESTORE {
            self.__exchange(i, j);
            if A::ON {
                Self::__exchange_tangents(tan, i, j);
            }
        }
        if A::ON {
            Self::__exchange_tangents(slot, i, j);
            Self::__exchange_tangents(slot_tan, i, j);
        }
    }
}

impl<T: Differentiable> ListMethods for Vec<T> {
    #[inline]
    fn __exchange(&mut self, i: usize, j: usize) {
        self.swap(i, j);
    }
    #[inline]
    fn __exchange_tangents(tan: &mut Vec<Tan<T>>, i: usize, j: usize) {
        tan.swap(i, j);
    }
}

impl<T: Differentiable, const N: usize> ListMethods for [T; N] {
    #[inline]
    fn __exchange(&mut self, i: usize, j: usize) {
        self.swap(i, j);
    }
    #[inline]
    fn __exchange_tangents(tan: &mut [Tan<T>; N], i: usize, j: usize) {
        tan.swap(i, j);
    }
}
