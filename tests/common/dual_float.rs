//! The traits of `num_traits` for dual numbers: generic functions are their own twins.

use std::num::FpCategory;

use num_traits::{Float, FloatConst, FromPrimitive, Num, NumCast, One, ToPrimitive, Zero};

use crate::dual::{D, D32};

macro_rules! traits {
    ($dual:ident, $float:ident) => {
        impl Zero for $dual {
            fn zero() -> Self {
                $dual::lit(0.0)
            }
            fn is_zero(&self) -> bool {
                self.v == 0.0
            }
        }
        impl One for $dual {
            fn one() -> Self {
                $dual::lit(1.0)
            }
        }
        impl Num for $dual {
            type FromStrRadixErr = num_traits::ParseFloatError;
            fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
                <$float as Num>::from_str_radix(text, radix).map($dual::lit)
            }
        }
        // The tangent is lost where a program leaves the dual numbers: such conversions are
        // compared with differences instead.
        impl ToPrimitive for $dual {
            fn to_i64(&self) -> Option<i64> {
                self.v.to_i64()
            }
            fn to_u64(&self) -> Option<u64> {
                self.v.to_u64()
            }
            fn to_f64(&self) -> Option<f64> {
                self.v.to_f64()
            }
        }
        impl NumCast for $dual {
            fn from<N: ToPrimitive>(n: N) -> Option<Self> {
                <$float as NumCast>::from(n).map($dual::lit)
            }
        }
        impl FromPrimitive for $dual {
            fn from_i64(n: i64) -> Option<Self> {
                $float::from_i64(n).map($dual::lit)
            }
            fn from_u64(n: u64) -> Option<Self> {
                $float::from_u64(n).map($dual::lit)
            }
            fn from_f64(n: f64) -> Option<Self> {
                $float::from_f64(n).map($dual::lit)
            }
        }
        impl Float for $dual {
            traits! { constants $dual, $float:
                nan infinity neg_infinity neg_zero min_value min_positive_value max_value epsilon
            }
            traits! { functions $dual:
                floor() ceil() round() trunc() fract() abs() signum() mul_add(a, b) recip() powf(p)
                sqrt() exp() exp2() ln() log(base) log2() log10() max(other) min(other)
                clamp(low, high) cbrt() hypot(other) sin() cos() tan() asin() acos() atan()
                atan2(other) exp_m1() ln_1p() sinh() cosh() tanh() asinh() acosh() atanh()
                copysign(sign) to_degrees() to_radians()
            }
            traits! { questions
                is_nan is_infinite is_finite is_normal is_sign_positive is_sign_negative
            }
            fn abs_sub(self, other: Self) -> Self {
                let above = if self.v > other.v { 1.0 } else { 0.0 };
                #[allow(deprecated)]
                let v = Float::abs_sub(self.v, other.v);
                $dual::with_tangent(v, above * (self.d - other.d))
            }
            fn classify(self) -> FpCategory {
                self.v.classify()
            }
            fn powi(self, n: i32) -> Self {
                $dual::powi(self, n)
            }
            fn sin_cos(self) -> (Self, Self) {
                $dual::sin_cos(self)
            }
            fn integer_decode(self) -> (u64, i16, i8) {
                Float::integer_decode(self.v)
            }
        }
        impl FloatConst for $dual {
            traits! { consts $dual, $float:
                E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4
                FRAC_PI_6 FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2
            }
        }
    };
    (constants $dual:ident, $float:ident: $($name:ident)*) => {$(
        fn $name() -> Self {
            $dual::lit(<$float as Float>::$name())
        }
    )*};
    (consts $dual:ident, $float:ident: $($name:ident)*) => {$(
        fn $name() -> Self {
            $dual::lit(<$float as FloatConst>::$name())
        }
    )*};
    (functions $dual:ident: $($name:ident($($more:ident),*))*) => {$(
        fn $name(self $(, $more: Self)*) -> Self {
            $dual::$name(self $(, $more)*)
        }
    )*};
    (questions $($name:ident)*) => {$(
        fn $name(self) -> bool {
            self.v.$name()
        }
    )*};
}

traits!(D, f64);
traits!(D32, f32);
