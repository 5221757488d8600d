//! Functions that are given to annotated functions: what generated code has in the
//! place of an `impl Fn(..)` parameter.
//!
//! The item of an annotated function (`g {}`) is one, and so is what an annotated
//! caller makes of a closure: a struct of what the closure captures. Its tangent is
//! that of the captures, so that derivatives flow to them through the callee.
//!
//! The functions of the traits are those of a method `call_given` that takes its
//! receiver by reference: a callee calls `f(x)` as it calls any method.

use std::marker::PhantomData;

use crate::activity::Activity;
use crate::select::Selector;
use crate::slot::EmptySlot;
use crate::tangent::{Differentiable, Tan};
use crate::tape::Tape;

/// How a function takes one argument, as far as its companions are concerned.
pub trait Companions {
    /// What the reference to the cotangent points to.
    type Slot: ?Sized + EmptySlot;
    /// The tangent that is passed in forward mode.
    type Tangent<'t>
    where
        Self: 't;
}

/// The companions of an argument that is passed by value or by `&`.
#[derive(Debug)]
pub struct Kept<S: ?Sized>(PhantomData<S>);

/// The companions of an argument that is passed by `&mut`.
#[derive(Debug)]
pub struct Changed<S: ?Sized>(PhantomData<S>);

impl<S: ?Sized + EmptySlot> Companions for Kept<S> {
    type Slot = S;
    type Tangent<'t>
        = &'t S
    where
        Self: 't;
}

impl<S: ?Sized + EmptySlot> Companions for Changed<S> {
    type Slot = S;
    type Tangent<'t>
        = &'t mut S
    where
        Self: 't;
}

/// There is no second derivative: an error of the build where one is made.
fn missing<T, S>(_: S) -> T {
    struct Missing<S>(S);
    impl<S> Missing<S> {
        const NOW: () = panic!(
            "a function that is given to another one has no second derivative, and one goes through it"
        );
    }
    let () = Missing::<S>::NOW;
    unreachable!()
}

macro_rules! function_traits {
    ($($Function:ident ($($a:ident $A:ident $P:ident $M:ident $slot:ident $tan:ident $slot_tan:ident)*))*) => {$(
        /// A differentiated function of as many arguments as its name says, with their
        /// companions, its result `R` and the tangent `S` of the result.
        #[diagnostic::on_unimplemented(
            message = "a function of these types, with a derivative, is wanted here",
            label = "this is none",
            note = "help: give an annotated function as its item, `g {{}}`; in an annotated function a \
                    closure, or the function's name",
            note = "help: a closure may need types: `|x: &[f64]| -> f64 {{ .. }}`"
        )]
        #[allow(missing_docs, non_snake_case, clippy::too_many_arguments)]
        pub trait $Function<$($A, $P: Companions,)* R, S>: Differentiable + Clone {
            fn call_given(&self, $($a: $A,)*) -> R;
            fn call_given__needs_conservative_grad<
                __M0: Activity, $($M: Activity,)*
            >(&self, tape: &mut Tape, sel: impl Selector, act: (__M0, $($M,)*), $($a: $A,)*) -> R;
            fn __call_given_run<
                __M0: Activity, $($M: Activity,)*
            >(&self, tape: &mut Tape, sel: impl Selector, act: (__M0, $($M,)*), $($a: $A,)*) -> R;
            fn __call_given_rev<__M0: Activity, $($M: Activity,)*>(
                &self,
                slot: &mut Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $slot: &mut $P::Slot,)*
                seed: &S,
            );
            fn __call_given_jvp<__M0: Activity, $($M: Activity,)*>(
                &self,
                tan: &Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $tan: $P::Tangent<'_>,)*
            ) -> (R, S);
            fn __call_given_fwd_tan<__M0: Activity, $($M: Activity,)*>(
                &self,
                _: &Tan<Self>,
                _: &mut Tape,
                sel: impl Selector,
                _: (__M0, $($M,)*),
                $(_: $A, _: $P::Tangent<'_>,)*
            ) -> (R, S) {
                missing(sel)
            }
            fn __call_given_rev_tan<__M0: Activity, $($M: Activity,)*>(
                &self,
                _: &Tan<Self>,
                _: &mut Tan<Self>,
                _: &mut Tan<Self>,
                _: &mut Tape,
                sel: impl Selector,
                _: (__M0, $($M,)*),
                $(_: $A, _: $P::Tangent<'_>, _: &mut $P::Slot, _: &mut $P::Slot,)*
                _: &S,
                _: &S,
            ) {
                missing(sel)
            }
        }

        #[allow(non_snake_case, clippy::too_many_arguments)]
        impl<F, $($A, $P: Companions,)* R, S> $Function<$($A, $P,)* R, S> for &F
        where
            F: $Function<$($A, $P,)* R, S>,
        {
            #[inline(always)]
            fn call_given(&self, $($a: $A,)*) -> R {
                (**self).call_given($($a,)*)
            }
            #[inline(always)]
            fn call_given__needs_conservative_grad<
                __M0: Activity, $($M: Activity,)*
            >(&self, tape: &mut Tape, sel: impl Selector, act: (__M0, $($M,)*), $($a: $A,)*) -> R {
                (**self).call_given__needs_conservative_grad(tape, sel, act, $($a,)*)
            }
            #[inline(always)]
            fn __call_given_run<
                __M0: Activity, $($M: Activity,)*
            >(&self, tape: &mut Tape, sel: impl Selector, act: (__M0, $($M,)*), $($a: $A,)*) -> R {
                (**self).__call_given_run(tape, sel, act, $($a,)*)
            }
            #[inline(always)]
            fn __call_given_rev<__M0: Activity, $($M: Activity,)*>(
                &self,
                slot: &mut Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $slot: &mut $P::Slot,)*
                seed: &S,
            ) {
                (**self).__call_given_rev(slot, tape, sel, act, $($a, $slot,)* seed);
            }
            #[inline(always)]
            fn __call_given_jvp<__M0: Activity, $($M: Activity,)*>(
                &self,
                tan: &Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $tan: $P::Tangent<'_>,)*
            ) -> (R, S) {
                (**self).__call_given_jvp(tan, tape, sel, act, $($a, $tan,)*)
            }
            #[inline(always)]
            fn __call_given_fwd_tan<__M0: Activity, $($M: Activity,)*>(
                &self,
                tan: &Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $tan: $P::Tangent<'_>,)*
            ) -> (R, S) {
                (**self).__call_given_fwd_tan(tan, tape, sel, act, $($a, $tan,)*)
            }
            #[inline(always)]
            fn __call_given_rev_tan<__M0: Activity, $($M: Activity,)*>(
                &self,
                tan: &Tan<Self>,
                own_slot: &mut Tan<Self>,
                own_slot_tan: &mut Tan<Self>,
                tape: &mut Tape,
                sel: impl Selector,
                act: (__M0, $($M,)*),
                $($a: $A, $tan: $P::Tangent<'_>, $slot: &mut $P::Slot, $slot_tan: &mut $P::Slot,)*
                seed: &S,
                seed_tan: &S,
            ) {
                (**self).__call_given_rev_tan(
                    tan, own_slot, own_slot_tan, tape, sel, act,
                    $($a, $tan, $slot, $slot_tan,)* seed, seed_tan,
                );
            }
        }
    )*};
}

function_traits! {
    Function0 ()
    Function1 (a A P M1 a_slot a_tan a_slot_tan)
    Function2 (a A P M1 a_slot a_tan a_slot_tan b B Q M2 b_slot b_tan b_slot_tan)
    Function3 (
        a A P M1 a_slot a_tan a_slot_tan b B Q M2 b_slot b_tan b_slot_tan
        c C U M3 c_slot c_tan c_slot_tan
    )
    Function4 (
        a A P M1 a_slot a_tan a_slot_tan b B Q M2 b_slot b_tan b_slot_tan
        c C U M3 c_slot c_tan c_slot_tan d D V M4 d_slot d_tan d_slot_tan
    )
}

/// The methods of a function trait, each by the call behind it.
///
/// `item` is the struct beside a free function, which has associated functions;
/// `closure` is a struct that has methods of the same names already.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_impl {
    (
        item $plain:ident, $second:ident,
        [$($a:ident $M:ident $slot:ident $tan:ident $slot_tan:ident: $A:ty, $P:ty;)*], $R:ty, $S:ty
    ) => {
            #[inline(always)]
            fn call_given(&self, $($a: $A,)*) -> $R {
                $plain($($a,)*)
            }
            #[inline(always)]
            fn call_given__needs_conservative_grad<
                __M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*
            >(
                &self, tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                (_, $($a,)*): (__M0, $($M,)*), $($slot: $A,)*
            ) -> $R {
                if Self::__RECOMPUTE && $crate::__private::is_plain(sel) {
                    Self::__run(tape, sel, ($($a,)*), $($slot,)*)
                } else {
                    Self::__fwd(tape, sel, ($($a,)*), $($slot,)*)
                }
            }
            #[inline(always)]
            fn __call_given_run<
                __M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*
            >(
                &self, tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                (_, $($a,)*): (__M0, $($M,)*), $($slot: $A,)*
            ) -> $R {
                Self::__run(tape, sel, ($($a,)*), $($slot,)*)
            }
            #[inline(always)]
            fn __call_given_rev<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
                &self, _: &mut (), tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                (_, $($tan,)*): (__M0, $($M,)*),
                $($a: $A, $slot: &mut <$P as $crate::__private::Companions>::Slot,)* seed: &$S,
            ) {
                if Self::__RECOMPUTE && $crate::__private::is_plain(sel) {
                    let sel = $crate::__private::Selector::quiet(sel);
                    Self::__both(tape, sel, ($($tan,)*), $($a, $slot,)* seed);
                } else {
                    Self::__rev(tape, sel, ($($tan,)*), $($a, $slot,)* seed);
                }
            }
            #[inline(always)]
            fn __call_given_jvp<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
                &self, _: &(), tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                (_, $($slot,)*): (__M0, $($M,)*),
                $($a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,)*
            ) -> ($R, $S) {
                Self::__jvp(tape, sel, ($($slot,)*), $($a, $tan,)*)
            }
            $crate::__function_impl! {
                @item $second [$($a $M $slot $tan $slot_tan: $A, $P;)*] $R, $S
            }
    };
    (@item first $($rest:tt)*) => {};
    (
        @item second
        [$($a:ident $M:ident $slot:ident $tan:ident $slot_tan:ident: $A:ty, $P:ty;)*] $R:ty, $S:ty
    ) => {
        #[inline(always)]
        fn __call_given_fwd_tan<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
            &self, _: &(), tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
            (_, $($slot,)*): (__M0, $($M,)*),
            $($a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,)*
        ) -> ($R, $S) {
            Self::__fwd_tan(tape, sel, ($($slot,)*), $($a, $tan,)*)
        }
        #[inline(always)]
        fn __call_given_rev_tan<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
            &self, _: &(), _: &mut (), _: &mut (), tape: &mut $crate::Tape,
            sel: impl $crate::__private::Selector, act: (__M0, $($M,)*),
            $(
                $a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,
                $slot: &mut <$P as $crate::__private::Companions>::Slot,
                $slot_tan: &mut <$P as $crate::__private::Companions>::Slot,
            )*
            seed: &$S, seed_tan: &$S,
        ) {
            let (_, $($M,)*) = act;
            Self::__rev_tan(tape, sel, ($($M,)*), $($a, $tan, $slot, $slot_tan,)* seed, seed_tan);
        }
    };
    (
        closure $second:ident,
        [$($a:ident $M:ident $slot:ident $tan:ident $slot_tan:ident: $A:ty, $P:ty;)*], $R:ty, $S:ty
    ) => {
            #[inline(always)]
            fn call_given(&self, $($a: $A,)*) -> $R {
                Self::call_given(self, $($a,)*)
            }
            #[inline(always)]
            fn call_given__needs_conservative_grad<
                __M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*
            >(
                &self, tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                act: (__M0, $($M,)*), $($a: $A,)*
            ) -> $R {
                Self::call_given__needs_conservative_grad(self, tape, sel, act, $($a,)*)
            }
            #[inline(always)]
            fn __call_given_run<
                __M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*
            >(
                &self, tape: &mut $crate::Tape, sel: impl $crate::__private::Selector,
                act: (__M0, $($M,)*), $($a: $A,)*
            ) -> $R {
                Self::__call_given_run(self, tape, sel, act, $($a,)*)
            }
            #[inline(always)]
            fn __call_given_rev<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
                &self, own: &mut $crate::__private::Tan<Self>, tape: &mut $crate::Tape,
                sel: impl $crate::__private::Selector, act: (__M0, $($M,)*),
                $($a: $A, $slot: &mut <$P as $crate::__private::Companions>::Slot,)* seed: &$S,
            ) {
                Self::__call_given_rev(self, own, tape, sel, act, $($a, $slot,)* seed);
            }
            #[inline(always)]
            fn __call_given_jvp<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
                &self, own: &$crate::__private::Tan<Self>, tape: &mut $crate::Tape,
                sel: impl $crate::__private::Selector, act: (__M0, $($M,)*),
                $($a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,)*
            ) -> ($R, $S) {
                Self::__call_given_jvp(self, own, tape, sel, act, $($a, $tan,)*)
            }
            $crate::__function_impl! {
                @closure $second [$($a $M $slot $tan $slot_tan: $A, $P;)*] $R, $S
            }
    };
    (@closure first $($rest:tt)*) => {};
    (
        @closure second
        [$($a:ident $M:ident $slot:ident $tan:ident $slot_tan:ident: $A:ty, $P:ty;)*] $R:ty, $S:ty
    ) => {
        #[inline(always)]
        fn __call_given_fwd_tan<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
            &self, own: &$crate::__private::Tan<Self>, tape: &mut $crate::Tape,
            sel: impl $crate::__private::Selector, act: (__M0, $($M,)*),
            $($a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,)*
        ) -> ($R, $S) {
            Self::__call_given_fwd_tan(self, own, tape, sel, act, $($a, $tan,)*)
        }
        #[inline(always)]
        fn __call_given_rev_tan<__M0: $crate::__private::Activity, $($M: $crate::__private::Activity,)*>(
            &self, own_tan: &$crate::__private::Tan<Self>,
            own: &mut $crate::__private::Tan<Self>, own_slot_tan: &mut $crate::__private::Tan<Self>,
            tape: &mut $crate::Tape, sel: impl $crate::__private::Selector, act: (__M0, $($M,)*),
            $(
                $a: $A, $tan: <$P as $crate::__private::Companions>::Tangent<'_>,
                $slot: &mut <$P as $crate::__private::Companions>::Slot,
                $slot_tan: &mut <$P as $crate::__private::Companions>::Slot,
            )*
            seed: &$S, seed_tan: &$S,
        ) {
            Self::__call_given_rev_tan(
                self, own_tan, own, own_slot_tan, tape, sel, act,
                $($a, $tan, $slot, $slot_tan,)* seed, seed_tan,
            );
        }
    };
}
