//! Number types other than `f32` and `f64`.

use std::fmt;
use std::num::FpCategory;
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use num_traits::{Float, FloatConst, FromPrimitive, Num, NumCast, One, ToPrimitive, Zero};

/// Makes number types differentiable: the derivatives of functions that are
/// generic over `T: num_traits::Float` then exist at these types, too.
///
/// It is called in the crate of the type: `ad_runtime::impl_scalar!(DoubleDouble);`.
/// The type implements `num_traits::Float`, `Default`, `Debug`, `AddAssign`,
/// `SubAssign`, `Send` and `Sync`, and borrows nothing. For a type of another crate
/// there is [`Number`].
///
/// Derivatives are computed in the type's own arithmetic, and so are ties: values
/// that differ beyond the precision of `f64` do not tie. Margins are `f64`. The
/// constants in a few derivatives (`ln 2` in those of `exp2` and `log2`, `ln 10` in
/// that of `log10`, the factors of `to_degrees` and `to_radians`) have the precision
/// of `f64`.
#[macro_export]
macro_rules! impl_scalar {
    ($($t:ty),+ $(,)?) => {
        $($crate::__impl_scalar! { [] $t })+
    };
}

/// [`impl_scalar!`] of a type with generic parameters.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_scalar {
    ([$($generics:tt)*] $t:ty) => {
        #[allow(clippy::assign_op_pattern, reason = "the type may lack `+=`")]
        impl<$($generics)*> $crate::Differentiable for $t {
            type Tangent = $t;
            #[inline(always)]
            fn zero_like(&self) -> $t {
                $crate::__private::zero()
            }
            fn displace(&mut self, tangent: &$t, by: f64) -> bool {
                *self = *self + *tangent * $crate::__private::from_f64::<$t>(by);
                true
            }
        }
        #[allow(clippy::assign_op_pattern, reason = "the type may lack `*=`")]
        impl<$($generics)*> $crate::Tangent for $t {
            type Lanes<const __N: usize> = [$t; __N];
            #[inline(always)]
            fn join<const __N: usize>(parts: [$t; __N]) -> [$t; __N] {
                parts
            }
            #[inline(always)]
            fn lane<const __N: usize>(lanes: &[$t; __N], k: usize) -> $t {
                lanes[k]
            }
            #[inline(always)]
            fn put<const __N: usize>(self, lanes: &mut [$t; __N], k: usize) {
                lanes[k] = self;
            }
            #[inline(always)]
            fn empty() -> $t {
                $crate::__private::zero()
            }
            #[inline(always)]
            fn add(&mut self, other: &$t) {
                *self = *self + *other;
            }
            #[inline(always)]
            fn sub(&mut self, other: &$t) {
                *self = *self - *other;
            }
            #[inline(always)]
            fn scale(&mut self, factor: f64) {
                *self = *self * $crate::__private::from_f64::<$t>(factor);
            }
            #[inline(always)]
            fn dot(&self, other: &$t) -> f64 {
                $crate::__private::to_f64(*self * *other)
            }
            #[inline(always)]
            fn clear(&mut self) {
                *self = $crate::__private::zero();
            }
            fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
                let x = f($crate::__private::to_f64(*self));
                *self = $crate::__private::from_f64::<$t>(x);
            }
            #[inline(always)]
            fn take(&mut self) -> $t {
                ::core::mem::replace(self, $crate::__private::zero())
            }
        }
        impl<$($generics)*> $crate::__private::Word for $t {
            type Row = $t;
            #[inline(always)]
            fn to_word(self) -> $t {
                self
            }
            #[inline(always)]
            fn from_word(row: $t) -> $t {
                row
            }
        }
        impl<$($generics)*> $crate::__private::Row for $t {
            #[inline]
            fn column(tape: &mut $crate::Tape, n: usize) -> ::std::vec::Vec<$t> {
                tape.vec_filled($crate::__private::zero(), n)
            }
            #[inline]
            fn keep(column: ::std::vec::Vec<$t>, tape: &mut $crate::Tape) {
                tape.keep_vec(column);
            }
            #[inline]
            fn restore(tape: &mut $crate::Tape) -> ::std::vec::Vec<$t> {
                tape.restore_vec()
            }
            #[inline]
            fn recycle(column: ::std::vec::Vec<$t>, tape: &mut $crate::Tape) {
                tape.give(column);
            }
        }
        impl<$($generics)*> $crate::__private::Record for $t {
            #[inline]
            fn push(self, tape: &mut $crate::Tape) {
                $crate::__private::push_whole(self, tape);
            }
            #[inline]
            fn pop(tape: &mut $crate::Tape) -> $t {
                $crate::__private::pop_whole(tape)
            }
        }
        impl<$($generics)*> $crate::__private::AllFinite for $t {
            #[inline(always)]
            fn all_finite(&self) -> bool {
                $crate::__private::Float::is_finite(*self)
            }
        }
        impl<$($generics)*> $crate::__private::Placeholder for $t {
            #[inline(always)]
            fn placeholder() -> $t {
                $crate::__private::zero()
            }
        }
        impl<$($generics)*> $crate::__private::CastTangent for $t {
            #[inline(always)]
            fn back(seed: f64) -> $t {
                $crate::__private::from_f64(seed)
            }
            #[inline(always)]
            fn ahead(tangent: &$t) -> f64 {
                $crate::__private::to_f64(*tangent)
            }
        }
        impl<$($generics)*> $crate::__private::Scalar for $t {
            type Wide = $t;
            #[inline(always)]
            fn __widen(self) -> $t {
                self
            }
            #[inline(always)]
            fn __to_f64(self) -> f64 {
                $crate::__private::to_f64(self)
            }
            #[inline(always)]
            fn __from_f64(x: f64) -> $t {
                $crate::__private::from_f64(x)
            }
        }
        $crate::__float_rules! { [$($generics)*] $t }
    };
}

/// The zero of a number type.
#[inline(always)]
pub fn zero<T: Float>() -> T {
    T::zero()
}

/// The nearest `f64`; NaN if the type has none.
#[inline(always)]
pub fn to_f64<T: Float>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

/// The nearest number of the type.
#[inline(always)]
pub fn from_f64<T: Float>(x: f64) -> T {
    T::from(x).unwrap_or_else(T::nan)
}

/// A number type of another crate, made differentiable.
///
/// The derivatives of a function over `T: num_traits::Float` exist at
/// `Number<T>` for every `T` that implements `Float`. See [`impl_scalar!`] for what
/// holds at such types; that macro is for the crate of the type itself.
///
/// ```
/// use ad_runtime::{Number, conservative_grad};
/// use num_traits::Float;
///
/// #[conservative_grad]
/// fn cube<T: Float>(x: T) -> T {
///     x * x * x
/// }
/// // Here `f32` stands for the number type of another crate.
/// let (value, gradient) = cube::grad(Number(2.0_f32));
/// assert_eq!((value.0, gradient.0), (8.0, 12.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number<T>(pub T);

__impl_scalar! { [T: Float + fmt::Debug + Send + Sync + 'static] Number<T> }

impl<T: Float> Default for Number<T> {
    fn default() -> Self {
        Number(T::zero())
    }
}

impl<T> From<T> for Number<T> {
    fn from(x: T) -> Self {
        Number(x)
    }
}

impl<T: fmt::Display> fmt::Display for Number<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! operators {
    ($($Op:ident::$op:ident $Assign:ident::$assign:ident;)*) => {$(
        impl<T: Float> $Op for Number<T> {
            type Output = Self;
            #[inline(always)]
            fn $op(self, other: Self) -> Self {
                Number($Op::$op(self.0, other.0))
            }
        }
        impl<T: Float> $Assign for Number<T> {
            #[inline(always)]
            fn $assign(&mut self, other: Self) {
                self.0 = $Op::$op(self.0, other.0);
            }
        }
    )*};
}

operators! {
    Add::add AddAssign::add_assign;
    Sub::sub SubAssign::sub_assign;
    Mul::mul MulAssign::mul_assign;
    Div::div DivAssign::div_assign;
    Rem::rem RemAssign::rem_assign;
}

impl<T: Float> Neg for Number<T> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Number(-self.0)
    }
}

impl<T: Float> std::iter::Sum for Number<T> {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Number::zero(), Add::add)
    }
}

impl<T: Float> std::iter::Product for Number<T> {
    fn product<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Number::one(), Mul::mul)
    }
}

impl<T: Float> Zero for Number<T> {
    fn zero() -> Self {
        Number(T::zero())
    }
    fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

impl<T: Float> One for Number<T> {
    fn one() -> Self {
        Number(T::one())
    }
}

impl<T: Float> Num for Number<T> {
    type FromStrRadixErr = T::FromStrRadixErr;
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(text, radix).map(Number)
    }
}

impl<T: Float> ToPrimitive for Number<T> {
    fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }
    fn to_u64(&self) -> Option<u64> {
        self.0.to_u64()
    }
    fn to_f64(&self) -> Option<f64> {
        self.0.to_f64()
    }
}

impl<T: Float> NumCast for Number<T> {
    fn from<N: ToPrimitive>(n: N) -> Option<Self> {
        <T as NumCast>::from(n).map(Number)
    }
}

impl<T: FromPrimitive> FromPrimitive for Number<T> {
    fn from_i64(n: i64) -> Option<Self> {
        T::from_i64(n).map(Number)
    }
    fn from_u64(n: u64) -> Option<Self> {
        T::from_u64(n).map(Number)
    }
    fn from_f64(n: f64) -> Option<Self> {
        T::from_f64(n).map(Number)
    }
}

macro_rules! forwarded {
    (constants $($name:ident)*) => {$(
        fn $name() -> Self {
            Number(T::$name())
        }
    )*};
    (questions $($name:ident)*) => {$(
        #[inline]
        fn $name(self) -> bool {
            self.0.$name()
        }
    )*};
    (functions $($name:ident($($more:ident),*))*) => {$(
        #[inline]
        fn $name(self $(, $more: Self)*) -> Self {
            Number(self.0.$name($($more.0),*))
        }
    )*};
}

impl<T: Float> Float for Number<T> {
    forwarded! { constants
        nan infinity neg_infinity neg_zero min_value min_positive_value max_value epsilon
    }
    forwarded! { questions
        is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive is_sign_negative
    }
    forwarded! { functions
        floor() ceil() round() trunc() fract() abs() signum() mul_add(a, b) recip() powf(p) sqrt()
        exp() exp2() ln() log(base) log2() log10() max(other) min(other) clamp(low, high)
        abs_sub(other) cbrt() hypot(other) sin() cos() tan() asin() acos() atan() atan2(other)
        exp_m1() ln_1p() sinh() cosh() tanh() asinh() acosh() atanh() copysign(sign)
        to_degrees() to_radians()
    }
    fn classify(self) -> FpCategory {
        self.0.classify()
    }
    fn powi(self, n: i32) -> Self {
        Number(self.0.powi(n))
    }
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.0.sin_cos();
        (Number(sin), Number(cos))
    }
    fn integer_decode(self) -> (u64, i16, i8) {
        self.0.integer_decode()
    }
}

impl<T: FloatConst> FloatConst for Number<T> {
    forwarded! { constants
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4
        FRAC_PI_6 FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2
    }
}
