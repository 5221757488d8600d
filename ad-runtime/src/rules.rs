//! Derivatives of the operators, for operands whose types the macro does not
//! know: rustc finds the rule by the types.
//!
//! Generated code calls functions, `rules::mul_left(&a, &b, &seed)`; the traits have mangled method names, since
//! a bound `T: Scalar` brings them into scope.

use crate::activity::{Active, Activity};
use crate::finite::AllFinite;
use crate::lanes::{self, TanLanes, Width};
use crate::log::Off;
use crate::scalar::Scalar;
use crate::select::{MinNorm, Select, Selector};
use crate::tangent::{Differentiable, Tan};
use crate::tape::Tape;

macro_rules! operators {
    ($($Trait:ident $message:literal: $left:ident $right:ident $jvp:ident $left_tan:ident $right_tan:ident;)*) => {$(
        #[doc = concat!("The derivative of an operator: ", $message, " where this is missing.")]
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "this operator is applied to an active value",
            note = "help: put `#[conservative_grad]` on the `impl` of the operator"
        )]
        pub trait $Trait<B: Differentiable = Self>: Differentiable {
            /// The type of the result.
            type Out: Differentiable;
            #[doc(hidden)]
            fn __left(&self, b: &B, seed: &Tan<Self::Out>) -> Tan<Self> {
                self.__left_in(b, &mut Tape::new(), alone(), (Active, Active), seed)
            }
            #[doc(hidden)]
            fn __right(&self, b: &B, seed: &Tan<Self::Out>) -> Tan<B> {
                self.__right_in(b, &mut Tape::new(), alone(), (Active, Active), seed)
            }
            #[doc(hidden)]
            fn __jvp(&self, b: &B, a_tan: &Tan<Self>, b_tan: &Tan<B>) -> Tan<Self::Out> {
                self.__jvp_in(b, &mut Tape::new(), alone(), (Active, Active), a_tan, b_tan)
            }
            #[doc(hidden)]
            fn __left_tan(
                &self, b: &B, a_tan: &Tan<Self>, b_tan: &Tan<B>, seed: &Tan<Self::Out>, seed_tan: &Tan<Self::Out>,
            ) -> Tan<Self> {
                self.__left_tan_in(b, &mut Tape::new(), alone(), (Active, Active), a_tan, b_tan, seed, seed_tan)
            }
            #[doc(hidden)]
            fn __right_tan(
                &self, b: &B, a_tan: &Tan<Self>, b_tan: &Tan<B>, seed: &Tan<Self::Out>, seed_tan: &Tan<Self::Out>,
            ) -> Tan<B> {
                self.__right_tan_in(b, &mut Tape::new(), alone(), (Active, Active), a_tan, b_tan, seed, seed_tan)
            }
            /// Notes what the operator selects.
            #[doc(hidden)]
            #[inline(always)]
            fn __note<S: Selector, P: Activity, Q: Activity>(&self, _: &B, _: &mut Tape, _: S, _: (P, Q)) {}
            #[doc(hidden)]
            #[inline(always)]
            fn __left_in<S: Selector, P: Activity, Q: Activity>(
                &self, b: &B, _: &mut Tape, _: S, _: (P, Q), seed: &Tan<Self::Out>,
            ) -> Tan<Self> {
                self.__left(b, seed)
            }
            #[doc(hidden)]
            #[inline(always)]
            fn __right_in<S: Selector, P: Activity, Q: Activity>(
                &self, b: &B, _: &mut Tape, _: S, _: (P, Q), seed: &Tan<Self::Out>,
            ) -> Tan<B> {
                self.__right(b, seed)
            }
            #[doc(hidden)]
            #[inline(always)]
            fn __jvp_in<S: Selector, P: Activity, Q: Activity>(
                &self, b: &B, _: &mut Tape, _: S, _: (P, Q), a_tan: &Tan<Self>, b_tan: &Tan<B>,
            ) -> Tan<Self::Out> {
                self.__jvp(b, a_tan, b_tan)
            }
            #[doc(hidden)]
            #[inline(always)]
            #[expect(clippy::too_many_arguments, reason = "those of the rule")]
            fn __lanes_in<S: Selector, P: Activity, Q: Activity, const N: usize>(
                &self, b: &B, tape: &mut Tape, sel: S, act: (P, Q), _: Width<N>,
                a_tan: &TanLanes<Self, N>, b_tan: &TanLanes<B, N>,
            ) -> TanLanes<Self::Out, N> {
                lanes::each(|k| {
                    let (a_tan, b_tan) = (lanes::lane(a_tan, k), lanes::lane(b_tan, k));
                    self.__jvp_in(b, tape, sel, act, &a_tan, &b_tan)
                })
            }
            #[doc(hidden)]
            #[inline(always)]
            #[expect(clippy::too_many_arguments, reason = "those of the rule")]
            fn __left_tan_in<S: Selector, P: Activity, Q: Activity>(
                &self, b: &B, _: &mut Tape, _: S, _: (P, Q), a_tan: &Tan<Self>, b_tan: &Tan<B>,
                seed: &Tan<Self::Out>, seed_tan: &Tan<Self::Out>,
            ) -> Tan<Self> {
                self.__left_tan(b, a_tan, b_tan, seed, seed_tan)
            }
            #[doc(hidden)]
            #[inline(always)]
            #[expect(clippy::too_many_arguments, reason = "those of the rule")]
            fn __right_tan_in<S: Selector, P: Activity, Q: Activity>(
                &self, b: &B, _: &mut Tape, _: S, _: (P, Q), a_tan: &Tan<Self>, b_tan: &Tan<B>,
                seed: &Tan<Self::Out>, seed_tan: &Tan<Self::Out>,
            ) -> Tan<B> {
                self.__right_tan(b, a_tan, b_tan, seed, seed_tan)
            }
        }

        /// The cotangent of the left operand.
        #[inline(always)]
        pub fn $left<A: $Trait<B>, B: Differentiable>(a: &A, b: &B, seed: &Tan<A::Out>) -> Tan<A> {
            a.__left(b, seed)
        }
        /// The cotangent of the right operand.
        #[inline(always)]
        pub fn $right<A: $Trait<B>, B: Differentiable>(a: &A, b: &B, seed: &Tan<A::Out>) -> Tan<B> {
            a.__right(b, seed)
        }
        /// The tangent of the result.
        #[inline(always)]
        pub fn $jvp<A: $Trait<B>, B: Differentiable>(a: &A, b: &B, a_tan: &Tan<A>, b_tan: &Tan<B>) -> Tan<A::Out> {
            a.__jvp(b, a_tan, b_tan)
        }
        /// The tangent of the cotangent of the left operand.
        #[inline(always)]
        pub fn $left_tan<A: $Trait<B>, B: Differentiable>(
            a: &A, b: &B, a_tan: &Tan<A>, b_tan: &Tan<B>, seed: &Tan<A::Out>, seed_tan: &Tan<A::Out>,
        ) -> Tan<A> {
            a.__left_tan(b, a_tan, b_tan, seed, seed_tan)
        }
        /// The tangent of the cotangent of the right operand.
        #[inline(always)]
        pub fn $right_tan<A: $Trait<B>, B: Differentiable>(
            a: &A, b: &B, a_tan: &Tan<A>, b_tan: &Tan<B>, seed: &Tan<A::Out>, seed_tan: &Tan<A::Out>,
        ) -> Tan<B> {
            a.__right_tan(b, a_tan, b_tan, seed, seed_tan)
        }
    )*};
}

operators! {
    AddVjp "`+` between `{Self}` and `{B}` has no derivative":
        add_left add_right add_jvp add_left_tan add_right_tan;
    SubVjp "`-` between `{Self}` and `{B}` has no derivative":
        sub_left sub_right sub_jvp sub_left_tan sub_right_tan;
    MulVjp "`*` between `{Self}` and `{B}` has no derivative":
        mul_left mul_right mul_jvp mul_left_tan mul_right_tan;
    DivVjp "`/` between `{Self}` and `{B}` has no derivative":
        div_left div_right div_jvp div_left_tan div_right_tan;
    RemVjp "`%` between `{Self}` and `{B}` has no derivative":
        rem_left rem_right rem_jvp rem_left_tan rem_right_tan;
    AddAssignVjp "`+=` between `{Self}` and `{B}` has no derivative":
        add_assign_left add_assign_right add_assign_jvp add_assign_left_tan add_assign_right_tan;
    SubAssignVjp "`-=` between `{Self}` and `{B}` has no derivative":
        sub_assign_left sub_assign_right sub_assign_jvp sub_assign_left_tan sub_assign_right_tan;
    MulAssignVjp "`*=` between `{Self}` and `{B}` has no derivative":
        mul_assign_left mul_assign_right mul_assign_jvp mul_assign_left_tan mul_assign_right_tan;
    DivAssignVjp "`/=` between `{Self}` and `{B}` has no derivative":
        div_assign_left div_assign_right div_assign_jvp div_assign_left_tan div_assign_right_tan;
    RemAssignVjp "`%=` between `{Self}` and `{B}` has no derivative":
        rem_assign_left rem_assign_right rem_assign_jvp rem_assign_left_tan rem_assign_right_tan;
    BitAndVjp "`&` between `{Self}` and `{B}` has no derivative":
        bitand_left bitand_right bitand_jvp bitand_left_tan bitand_right_tan;
    BitOrVjp "`|` between `{Self}` and `{B}` has no derivative":
        bitor_left bitor_right bitor_jvp bitor_left_tan bitor_right_tan;
    BitXorVjp "`^` between `{Self}` and `{B}` has no derivative":
        bitxor_left bitxor_right bitxor_jvp bitxor_left_tan bitxor_right_tan;
    ShlVjp "`<<` between `{Self}` and `{B}` has no derivative":
        shl_left shl_right shl_jvp shl_left_tan shl_right_tan;
    ShrVjp "`>>` between `{Self}` and `{B}` has no derivative":
        shr_left shr_right shr_jvp shr_left_tan shr_right_tan;
}

/// The rules of a float type, with the generic parameters of its `impl`.
#[doc(hidden)]
#[macro_export]
macro_rules! __float_rules {
    ([$($generics:tt)*] $t:ty) => {
        $crate::__float_rules! { [$($generics)*] $t; |a, b, at, bt, s, st|
            AddVjp { s; s; at + bt; st; st; at; bt }
            SubVjp { s; -s; at - bt; st; -st; at; -bt }
            MulVjp { s * b; s * a; at * b + a * bt; st * b + s * bt; st * a + s * at; at * b; a * bt }
            DivVjp {
                s / b;
                -(s / b) * (a / b);
                (at - a / b * bt) / b;
                (st - s / b * bt) / b;
                -((st - s / b * bt) / b * (a / b) + s / b * ((at - a / b * bt) / b));
                at / b;
                -(a / b * bt) / b
            }
            // The quotient of a remainder is constant on its piece.
            RemVjp {
                s;
                -s * $crate::__private::Float::round((a - a % b) / b);
                at - $crate::__private::Float::round((a - a % b) / b) * bt;
                st;
                -st * $crate::__private::Float::round((a - a % b) / b);
                at;
                -$crate::__private::Float::round((a - a % b) / b) * bt
            }
        }
        $crate::__float_rules! { @negation [$($generics)*] $t, $t }
        $crate::__float_rules! { @negation [$($generics)*] &$t, $t }
    };
    ([$($generics:tt)*] $t:ty; |$($name:ident),*| $($Trait:ident $rules:tt)*) => {
        $crate::__float_rules! { @each [$($generics)*] $t, [$($name)*] [$($Trait $rules)*] }
    };
    (@each $generics:tt $t:ty, $names:tt [$($Trait:ident $rules:tt)*]) => {
        $($crate::__float_rules! { @rule $generics $t, $names $Trait $rules })*
    };
    (@rule [$($generics:tt)*] $t:ty, [$a:ident $b:ident $at:ident $bt:ident $s:ident $st:ident]
        $Trait:ident {
            $left:expr; $right:expr; $jvp:expr; $left_tan:expr; $right_tan:expr; $of_left:expr; $of_right:expr
        }) => {
        #[allow(unused_variables, reason = "not every partial uses both operands")]
        impl<$($generics)*> $crate::__private::rules::$Trait<$t> for $t {
            type Out = $t;
            #[inline(always)]
            fn __left(&self, b: &$t, seed: &$t) -> $t {
                let ($a, $b, $s) = (*self, *b, *seed);
                $left
            }
            #[inline(always)]
            fn __right(&self, b: &$t, seed: &$t) -> $t {
                let ($a, $b, $s) = (*self, *b, *seed);
                $right
            }
            #[inline(always)]
            fn __jvp(&self, b: &$t, a_tan: &$t, b_tan: &$t) -> $t {
                let ($a, $b, $at, $bt) = (*self, *b, *a_tan, *b_tan);
                $jvp
            }
            #[inline(always)]
            fn __left_tan(&self, b: &$t, a_tan: &$t, b_tan: &$t, seed: &$t, seed_tan: &$t) -> $t {
                let ($a, $b, $at, $bt, $s, $st) = (*self, *b, *a_tan, *b_tan, *seed, *seed_tan);
                $left_tan
            }
            #[inline(always)]
            fn __lanes_in<
                S: $crate::__private::Selector,
                P: $crate::__private::Activity,
                Q: $crate::__private::Activity,
                const N: usize,
            >(
                &self, b: &$t, _: &mut $crate::Tape, _: S, _: (P, Q),
                _: $crate::__private::lanes::Width<N>, a_tan: &[$t; N], b_tan: &[$t; N],
            ) -> [$t; N] {
                let ($a, $b) = (*self, *b);
                match (P::ON, Q::ON) {
                    (true, false) => $crate::__private::lanes::map(*a_tan, |$at| $of_left),
                    (false, true) => $crate::__private::lanes::map(*b_tan, |$bt| $of_right),
                    _ => $crate::__private::lanes::zip(*a_tan, *b_tan, |$at, $bt| $jvp),
                }
            }
            #[inline(always)]
            fn __right_tan(&self, b: &$t, a_tan: &$t, b_tan: &$t, seed: &$t, seed_tan: &$t) -> $t {
                let ($a, $b, $at, $bt, $s, $st) = (*self, *b, *a_tan, *b_tan, *seed, *seed_tan);
                $right_tan
            }
        }
    };
    (@negation [$($generics:tt)*] $A:ty, $t:ty) => {
        impl<$($generics)*> $crate::__private::rules::NegVjp for $A {
            type Out = $t;
            #[inline(always)]
            fn __vjp_in<S: $crate::__private::Selector, P: $crate::__private::Activity>(
                &self, _: &mut $crate::Tape, _: S, _: (P,), seed: &$t,
            ) -> $t {
                -*seed
            }
            #[inline(always)]
            fn __jvp_in<S: $crate::__private::Selector, P: $crate::__private::Activity>(
                &self, _: &mut $crate::Tape, _: S, _: (P,), a_tan: &$t,
            ) -> $t {
                -*a_tan
            }
            #[inline(always)]
            fn __vjp_tan_in<S: $crate::__private::Selector, P: $crate::__private::Activity>(
                &self, _: &mut $crate::Tape, _: S, _: (P,), _: &$t, _: &$t, seed_tan: &$t,
            ) -> $t {
                -*seed_tan
            }
        }
    };
}
__float_rules! { [] f32 }
__float_rules! { [] f64 }

/// A right operand that no one has. With it a float has two rules besides that of its
/// own type, so that rustc does not take the one there is for the one that is meant,
/// and reports a missing rule as missing.
#[derive(Debug)]
pub enum NoOperand {}

impl AllFinite for NoOperand {
    fn all_finite(&self) -> bool {
        match *self {}
    }
}

impl Differentiable for NoOperand {
    type Tangent = ();
    fn zero_like(&self) {}
}

/// References to floats have the rules of floats.
macro_rules! through_references {
    ($($Trait:ident)*) => {$(
        impl<T: Scalar> $Trait<NoOperand> for T {
            type Out = T;
            fn __left(&self, b: &NoOperand, _: &T) -> T {
                match *b {}
            }
            fn __right(&self, b: &NoOperand, _: &T) {
                match *b {}
            }
            fn __jvp(&self, b: &NoOperand, _: &T, (): &()) -> T {
                match *b {}
            }
            fn __left_tan(&self, b: &NoOperand, _: &T, (): &(), _: &T, _: &T) -> T {
                match *b {}
            }
            fn __right_tan(&self, b: &NoOperand, _: &T, (): &(), _: &T, _: &T) {
                match *b {}
            }
        }
        through_references!(@impl $Trait, &T, T, |a, b| (*a, b));
        through_references!(@impl $Trait, T, &T, |a, b| (a, *b));
        through_references!(@impl $Trait, &T, &T, |a, b| (*a, *b));
    )*};
    (@impl $Trait:ident, $A:ty, $B:ty, |$a:ident, $b:ident| ($left:expr, $right:expr)) => {
        impl<T: Scalar> $Trait<$B> for $A {
            type Out = T;
            #[inline(always)]
            fn __left(&self, $b: &$B, seed: &T) -> T {
                let $a = self;
                $Trait::__left($left, $right, seed)
            }
            #[inline(always)]
            fn __right(&self, $b: &$B, seed: &T) -> T {
                let $a = self;
                $Trait::__right($left, $right, seed)
            }
            #[inline(always)]
            fn __jvp(&self, $b: &$B, a_tan: &T, b_tan: &T) -> T {
                let $a = self;
                $Trait::__jvp($left, $right, a_tan, b_tan)
            }
            #[inline(always)]
            fn __left_tan(&self, $b: &$B, a_tan: &T, b_tan: &T, seed: &T, seed_tan: &T) -> T {
                let $a = self;
                $Trait::__left_tan($left, $right, a_tan, b_tan, seed, seed_tan)
            }
            #[inline(always)]
            fn __lanes_in<S: Selector, P: Activity, Q: Activity, const N: usize>(
                &self, $b: &$B, tape: &mut Tape, sel: S, act: (P, Q), width: Width<N>,
                a_tan: &TanLanes<T, N>, b_tan: &TanLanes<T, N>,
            ) -> TanLanes<T, N> {
                let $a = self;
                $Trait::__lanes_in($left, $right, tape, sel, act, width, a_tan, b_tan)
            }
            #[inline(always)]
            fn __right_tan(&self, $b: &$B, a_tan: &T, b_tan: &T, seed: &T, seed_tan: &T) -> T {
                let $a = self;
                $Trait::__right_tan($left, $right, a_tan, b_tan, seed, seed_tan)
            }
        }
    };
}

through_references!(AddVjp SubVjp MulVjp DivVjp RemVjp);

/// The operators that assign have the rules of the others.
macro_rules! assigning {
    ($($Trait:ident $Of:ident;)*) => {$(
        assigning!(@impl $Trait $Of, T);
        assigning!(@impl $Trait $Of, &T);
    )*};
    (@impl $Trait:ident $Of:ident, $B:ty) => {
        impl<T: Scalar> $Trait<$B> for T {
            type Out = T;
            #[inline(always)]
            fn __left(&self, b: &$B, seed: &T) -> T {
                $Of::__left(self, b, seed)
            }
            #[inline(always)]
            fn __right(&self, b: &$B, seed: &T) -> T {
                $Of::__right(self, b, seed)
            }
            #[inline(always)]
            fn __jvp(&self, b: &$B, a_tan: &T, b_tan: &T) -> T {
                $Of::__jvp(self, b, a_tan, b_tan)
            }
            #[inline(always)]
            fn __left_tan(&self, b: &$B, a_tan: &T, b_tan: &T, seed: &T, seed_tan: &T) -> T {
                $Of::__left_tan(self, b, a_tan, b_tan, seed, seed_tan)
            }
            #[inline(always)]
            fn __lanes_in<S: Selector, P: Activity, Q: Activity, const N: usize>(
                &self, b: &$B, tape: &mut Tape, sel: S, act: (P, Q), width: Width<N>,
                a_tan: &TanLanes<T, N>, b_tan: &TanLanes<T, N>,
            ) -> TanLanes<T, N> {
                $Of::__lanes_in(self, b, tape, sel, act, width, a_tan, b_tan)
            }
            #[inline(always)]
            fn __right_tan(&self, b: &$B, a_tan: &T, b_tan: &T, seed: &T, seed_tan: &T) -> T {
                $Of::__right_tan(self, b, a_tan, b_tan, seed, seed_tan)
            }
        }
    };
}
assigning! {
    AddAssignVjp AddVjp;
    SubAssignVjp SubVjp;
    MulAssignVjp MulVjp;
    DivAssignVjp DivVjp;
    RemAssignVjp RemVjp;
}

/// Operators on values without tangents: nothing flows.
macro_rules! discrete_rules {
    ($($t:ty)*; $Traits:tt) => {
        $(discrete_rules!(@type $t, $Traits);)*
    };
    (@type $t:ty, [$($Trait:ident)*]) => {$(
        discrete_rules!(@impl $t, $t, $t, $Trait);
        discrete_rules!(@impl $t, &$t, $t, $Trait);
        discrete_rules!(@impl $t, $t, &$t, $Trait);
        discrete_rules!(@impl $t, &$t, &$t, $Trait);
    )*};
    (@impl $t:ty, $A:ty, $B:ty, $Trait:ident) => {
        impl $Trait<$B> for $A {
            type Out = $t;
            #[inline(always)]
            fn __left(&self, _: &$B, (): &()) {}
            #[inline(always)]
            fn __right(&self, _: &$B, (): &()) {}
            #[inline(always)]
            fn __jvp(&self, _: &$B, (): &(), (): &()) {}
            #[inline(always)]
            fn __left_tan(&self, _: &$B, (): &(), (): &(), (): &(), (): &()) {}
            #[inline(always)]
            fn __right_tan(&self, _: &$B, (): &(), (): &(), (): &(), (): &()) {}
        }
    };
}

discrete_rules! {
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    [AddVjp SubVjp MulVjp DivVjp RemVjp BitAndVjp BitOrVjp BitXorVjp ShlVjp ShrVjp
     AddAssignVjp SubAssignVjp MulAssignVjp DivAssignVjp RemAssignVjp]
}
discrete_rules! { bool; [BitAndVjp BitOrVjp BitXorVjp] }

/// The derivative of the unary `-`.
#[diagnostic::on_unimplemented(
    message = "unary `-` of `{Self}` has no derivative",
    label = "this operator is applied to an active value",
    note = "help: put `#[conservative_grad]` on the `impl` of the operator"
)]
pub trait NegVjp: Differentiable {
    /// The type of the result.
    type Out: Differentiable;
    /// Notes what the operator selects.
    #[doc(hidden)]
    #[inline(always)]
    fn __note<S: Selector, P: Activity>(&self, _: &mut Tape, _: S, _: (P,)) {}
    #[doc(hidden)]
    fn __vjp_in<S: Selector, P: Activity>(
        &self,
        tape: &mut Tape,
        sel: S,
        act: (P,),
        seed: &Tan<Self::Out>,
    ) -> Tan<Self>;
    #[doc(hidden)]
    fn __jvp_in<S: Selector, P: Activity>(
        &self,
        tape: &mut Tape,
        sel: S,
        act: (P,),
        a_tan: &Tan<Self>,
    ) -> Tan<Self::Out>;
    #[doc(hidden)]
    #[inline(always)]
    fn __lanes_in<S: Selector, P: Activity, const N: usize>(
        &self,
        tape: &mut Tape,
        sel: S,
        act: (P,),
        _: Width<N>,
        a_tan: &TanLanes<Self, N>,
    ) -> TanLanes<Self::Out, N> {
        lanes::each(|k| self.__jvp_in(tape, sel, act, &lanes::lane(a_tan, k)))
    }
    #[doc(hidden)]
    fn __vjp_tan_in<S: Selector, P: Activity>(
        &self,
        tape: &mut Tape,
        sel: S,
        act: (P,),
        a_tan: &Tan<Self>,
        seed: &Tan<Self::Out>,
        seed_tan: &Tan<Self::Out>,
    ) -> Tan<Self>;
}

/// The strategy of a rule that is asked for alone.
#[inline(always)]
fn alone() -> Select<MinNorm, Off> {
    Select::default()
}

macro_rules! negations {
    ($($t:ty)*) => {$(
        negations!(@impl $t, $t);
        negations!(@impl &$t, $t);
    )*};
    (@impl $A:ty, $t:ty) => {
        impl NegVjp for $A {
            type Out = $t;
            #[inline(always)]
            fn __vjp_in<S: Selector, P: Activity>(&self, _: &mut Tape, _: S, _: (P,), (): &()) {}
            #[inline(always)]
            fn __jvp_in<S: Selector, P: Activity>(&self, _: &mut Tape, _: S, _: (P,), (): &()) {}
            #[inline(always)]
            fn __vjp_tan_in<S: Selector, P: Activity>(
                &self, _: &mut Tape, _: S, _: (P,), (): &(), (): &(), (): &(),
            ) {}
        }
    };
}

negations!(i8 i16 i32 i64 i128 isize);

#[cfg(test)]
mod tests {
    use super::*;

    fn generic<T: Scalar>(a: T, b: T, seed: T) -> [T; 4] {
        [
            mul_left(&a, &b, &seed),
            mul_right(&a, &b, &seed),
            mul_left::<&T, T>(&&a, &b, &seed),
            mul_right::<T, &T>(&a, &&b, &seed),
        ]
    }

    #[test]
    fn products_of_any_float() {
        assert_eq!(generic(2.0, 3.0, 10.0), [30.0, 20.0, 30.0, 20.0]);
        assert_eq!(generic(2.0_f32, 3.0, 10.0), [30.0, 20.0, 30.0, 20.0]);
        // Literals wait for rustc's fallback.
        let (a, b) = (2.0, 3.0);
        assert_eq!(mul_jvp(&a, &b, &1.0, &1.0), 5.0);
        assert_eq!(mul_left(&&a, &&b, &1.0), 3.0);
    }

    #[test]
    fn integers_carry_nothing() {
        let () = add_left(&1_usize, &2, &());
        let () = shl_right(&1_u8, &&2, &());
        let () = bitand_left(&true, &false, &());
    }

    /// Every rule against the others: the adjoint against the tangent, and the
    /// tangent of the adjoint against a difference of adjoints.
    #[test]
    fn rules_agree() {
        macro_rules! check {
            ($($f:expr, $left:ident $right:ident $jvp:ident $left_tan:ident $right_tan:ident;)*) => {$(
                for (a, b) in [(7.3_f64, 2.1_f64), (-5.0, 1.7), (0.4, -3.0)] {
                    let f: fn(f64, f64) -> f64 = $f;
                    let (at, bt, s, st, h) = (0.7, -0.4, 1.3, 0.6, 1e-5);
                    let jvp = $jvp(&a, &b, &at, &bt);
                    let vjp = $left(&a, &b, &1.0) * at + $right(&a, &b, &1.0) * bt;
                    assert!((jvp - vjp).abs() < 1e-14, "{}", stringify!($jvp));
                    let difference = (f(a + h * at, b + h * bt) - f(a - h * at, b - h * bt)) / (2.0 * h);
                    assert!((jvp - difference).abs() < 1e-8, "{}", stringify!($jvp));
                    let along = |h: f64| (a + h * at, b + h * bt, s + h * st);
                    let ((a1, b1, s1), (a0, b0, s0)) = (along(h), along(-h));
                    let left = ($left(&a1, &b1, &s1) - $left(&a0, &b0, &s0)) / (2.0 * h);
                    let right = ($right(&a1, &b1, &s1) - $right(&a0, &b0, &s0)) / (2.0 * h);
                    assert!(($left_tan(&a, &b, &at, &bt, &s, &st) - left).abs() < 1e-8, "{}", stringify!($jvp));
                    assert!(($right_tan(&a, &b, &at, &bt, &s, &st) - right).abs() < 1e-8, "{}", stringify!($jvp));
                }
            )*};
        }
        check! {
            |a, b| a + b, add_left add_right add_jvp add_left_tan add_right_tan;
            |a, b| a - b, sub_left sub_right sub_jvp sub_left_tan sub_right_tan;
            |a, b| a * b, mul_left mul_right mul_jvp mul_left_tan mul_right_tan;
            |a, b| a / b, div_left div_right div_jvp div_left_tan div_right_tan;
            |a, b| a % b, rem_left rem_right rem_jvp rem_left_tan rem_right_tan;
        }
        let (tape, act) = (&mut Tape::new(), (Active,));
        assert_eq!(
            [
                2.0_f64.__vjp_in(tape, alone(), act, &3.0),
                NegVjp::__jvp_in(&2.0_f64, tape, alone(), act, &3.0),
                2.0_f64.__vjp_tan_in(tape, alone(), act, &0.0, &1.0, &3.0)
            ],
            [-3.0; 3]
        );
    }
}
