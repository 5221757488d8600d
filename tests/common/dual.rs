//! Dual numbers with one tangent: the oracle of the corpus, written from textbook derivatives.
//!
//! A value is computed by exactly the operation of the program, so values agree bit for bit.
//! Comparisons look at values only, and at a kink the tangent is that of *some* piece:
//! documented answers at ties are not modelled, the oracle is for points away from them.

use std::iter::{Product, Sum};
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

/// `e as T` between integers, floats and dual numbers.
pub trait Cast<T> {
    /// The value as a `T`; the tangent is lost unless `T` is dual.
    fn cast(self) -> T;
}

/// The argument without its tangent.
pub fn constant<T: Constant>(x: T) -> T {
    x.without_tangent()
}

/// What [`constant`] accepts.
pub trait Constant {
    /// The same value, tangent zero.
    fn without_tangent(self) -> Self;
}

macro_rules! binary {
    ($dual:ident, $float:ident, $op:ident::$method:ident, $assign:ident::$assign_method:ident, |$a:ident, $b:ident| $body:expr) => {
        impl $op for $dual {
            type Output = $dual;
            fn $method(self, other: $dual) -> $dual {
                let ($a, $b) = (self, other);
                $body
            }
        }
        binary!(@mixed $dual, $op::$method, $dual, &$dual, |x, y| $op::$method(x, *y));
        binary!(@mixed $dual, $op::$method, &$dual, $dual, |x, y| $op::$method(*x, y));
        binary!(@mixed $dual, $op::$method, &$dual, &$dual, |x, y| $op::$method(*x, *y));
        binary!(@mixed $dual, $op::$method, $dual, $float, |x, y| $op::$method(x, $dual::lit(y)));
        binary!(@mixed $dual, $op::$method, $float, $dual, |x, y| $op::$method($dual::lit(x), y));
        impl $assign for $dual {
            fn $assign_method(&mut self, other: $dual) {
                *self = $op::$method(*self, other);
            }
        }
        impl $assign<&$dual> for $dual {
            fn $assign_method(&mut self, other: &$dual) {
                *self = $op::$method(*self, *other);
            }
        }
        impl $assign<$float> for $dual {
            fn $assign_method(&mut self, other: $float) {
                *self = $op::$method(*self, $dual::lit(other));
            }
        }
    };
    (@mixed $dual:ident, $op:ident::$method:ident, $left:ty, $right:ty, |$x:ident, $y:ident| $body:expr) => {
        impl $op<$right> for $left {
            type Output = $dual;
            fn $method(self, other: $right) -> $dual {
                let ($x, $y) = (self, other);
                $body
            }
        }
    };
}

/// One-argument functions: value, then derivative.
macro_rules! unary {
    ($dual:ident: $($name:ident |$x:ident| $partial:expr;)*) => {
        impl $dual {
            $(
                /// As the float's own method.
                pub fn $name(self) -> $dual {
                    let $x = self.v;
                    $dual { v: $x.$name(), d: if self.d == 0.0 { 0.0 } else { $partial * self.d } }
                }
            )*
        }
    };
}

macro_rules! dual {
    ($dual:ident, $float:ident) => {
        /// A value with one tangent.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $dual {
            /// The value.
            pub v: $float,
            /// The tangent.
            pub d: $float,
        }

        binary!($dual, $float, Add::add, AddAssign::add_assign, |a, b| {
            $dual {
                v: a.v + b.v,
                d: a.d + b.d,
            }
        });
        binary!($dual, $float, Sub::sub, SubAssign::sub_assign, |a, b| {
            $dual {
                v: a.v - b.v,
                d: a.d - b.d,
            }
        });
        binary!($dual, $float, Mul::mul, MulAssign::mul_assign, |a, b| {
            $dual {
                v: a.v * b.v,
                d: a.d * b.v + a.v * b.d,
            }
        });
        binary!($dual, $float, Div::div, DivAssign::div_assign, |a, b| {
            $dual {
                v: a.v / b.v,
                d: (a.d * b.v - a.v * b.d) / (b.v * b.v),
            }
        });
        binary!($dual, $float, Rem::rem, RemAssign::rem_assign, |a, b| {
            $dual {
                v: a.v % b.v,
                d: a.d - (a.v / b.v).trunc() * b.d,
            }
        });

        impl Neg for $dual {
            type Output = $dual;
            fn neg(self) -> $dual {
                $dual {
                    v: -self.v,
                    d: -self.d,
                }
            }
        }
        impl Neg for &$dual {
            type Output = $dual;
            fn neg(self) -> $dual {
                -*self
            }
        }
        impl std::fmt::Display for $dual {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.v.fmt(f)
            }
        }
        impl PartialEq for $dual {
            fn eq(&self, other: &$dual) -> bool {
                self.v == other.v
            }
        }
        impl PartialOrd for $dual {
            fn partial_cmp(&self, other: &$dual) -> Option<std::cmp::Ordering> {
                self.v.partial_cmp(&other.v)
            }
        }
        impl PartialEq<$float> for $dual {
            fn eq(&self, other: &$float) -> bool {
                self.v == *other
            }
        }
        impl PartialOrd<$float> for $dual {
            fn partial_cmp(&self, other: &$float) -> Option<std::cmp::Ordering> {
                self.v.partial_cmp(other)
            }
        }
        // The start of a sum is that of std's own float sum.
        impl Sum for $dual {
            fn sum<I: Iterator<Item = $dual>>(items: I) -> $dual {
                items.fold($dual::lit(std::iter::empty::<$float>().sum()), |a, b| a + b)
            }
        }
        impl<'a> Sum<&'a $dual> for $dual {
            fn sum<I: Iterator<Item = &'a $dual>>(items: I) -> $dual {
                items.copied().sum()
            }
        }
        impl Product for $dual {
            fn product<I: Iterator<Item = $dual>>(items: I) -> $dual {
                items.fold($dual::lit(1.0), |a, b| a * b)
            }
        }
        impl<'a> Product<&'a $dual> for $dual {
            fn product<I: Iterator<Item = &'a $dual>>(items: I) -> $dual {
                items.copied().product()
            }
        }
        impl From<$float> for $dual {
            fn from(x: $float) -> $dual {
                $dual::lit(x)
            }
        }
        impl Cast<$dual> for $dual {
            fn cast(self) -> $dual {
                self
            }
        }
        impl Cast<$dual> for bool {
            fn cast(self) -> $dual {
                $dual::lit(u8::from(self).into())
            }
        }
        impl Constant for $dual {
            fn without_tangent(self) -> $dual {
                $dual::lit(self.v)
            }
        }

        unary! { $dual:
            sin |x| x.cos();
            cos |x| -x.sin();
            tan |x| 1.0 / (x.cos() * x.cos());
            asin |x| 1.0 / (1.0 - x * x).sqrt();
            acos |x| -1.0 / (1.0 - x * x).sqrt();
            atan |x| 1.0 / (1.0 + x * x);
            sinh |x| x.cosh();
            cosh |x| x.sinh();
            tanh |x| 1.0 / (x.cosh() * x.cosh());
            asinh |x| 1.0 / (x * x + 1.0).sqrt();
            acosh |x| 1.0 / (x * x - 1.0).sqrt();
            atanh |x| 1.0 / (1.0 - x * x);
            exp |x| x.exp();
            exp2 |x| std::$float::consts::LN_2 * x.exp2();
            exp_m1 |x| x.exp();
            ln |x| 1.0 / x;
            log2 |x| 1.0 / (x * std::$float::consts::LN_2);
            log10 |x| 1.0 / (x * std::$float::consts::LN_10);
            ln_1p |x| 1.0 / (1.0 + x);
            sqrt |x| 0.5 / x.sqrt();
            cbrt |x| 1.0 / (3.0 * x.cbrt() * x.cbrt());
            recip |x| -1.0 / (x * x);
            abs |x| x.signum();
            floor |_x| 0.0;
            ceil |_x| 0.0;
            round |_x| 0.0;
            round_ties_even |_x| 0.0;
            trunc |_x| 0.0;
            signum |_x| 0.0;
            fract |_x| 1.0;
            to_degrees |_x| 180.0 / std::$float::consts::PI;
            to_radians |_x| std::$float::consts::PI / 180.0;
        }

        impl $dual {
            /// A constant.
            pub fn lit(v: $float) -> $dual {
                $dual { v, d: 0.0 }
            }

            /// A variable with a tangent.
            pub fn with_tangent(v: $float, d: $float) -> $dual {
                $dual { v, d }
            }

            /// As the float's own method.
            pub fn max(self, other: $dual) -> $dual {
                let left = self.v > other.v || other.v.is_nan();
                $dual {
                    v: self.v.max(other.v),
                    d: if left { self.d } else { other.d },
                }
            }

            /// As the float's own method.
            pub fn min(self, other: $dual) -> $dual {
                let left = self.v < other.v || other.v.is_nan();
                $dual {
                    v: self.v.min(other.v),
                    d: if left { self.d } else { other.d },
                }
            }

            /// As the float's own method.
            pub fn clamp(self, low: $dual, high: $dual) -> $dual {
                let d = if self.v < low.v {
                    low.d
                } else if self.v > high.v {
                    high.d
                } else {
                    self.d
                };
                $dual {
                    v: self.v.clamp(low.v, high.v),
                    d,
                }
            }

            /// As the float's own method.
            pub fn powi(self, n: i32) -> $dual {
                let d = if n == 0 {
                    0.0
                } else {
                    n as $float * self.v.powi(n - 1) * self.d
                };
                $dual {
                    v: self.v.powi(n),
                    d,
                }
            }

            /// As the float's own method.
            pub fn powf(self, p: $dual) -> $dual {
                let dx = if self.d == 0.0 {
                    0.0
                } else {
                    p.v * self.v.powf(p.v - 1.0) * self.d
                };
                let dp = if p.d == 0.0 {
                    0.0
                } else {
                    self.v.powf(p.v) * self.v.ln() * p.d
                };
                $dual {
                    v: self.v.powf(p.v),
                    d: dx + dp,
                }
            }

            /// As the float's own method.
            pub fn log(self, base: $dual) -> $dual {
                let (l, b) = (self.v.ln(), base.v.ln());
                let d = self.d / (self.v * b) - l * base.d / (b * b * base.v);
                $dual {
                    v: self.v.log(base.v),
                    d,
                }
            }

            /// As the float's own method.
            pub fn hypot(self, other: $dual) -> $dual {
                let z = self.v.hypot(other.v);
                $dual {
                    v: z,
                    d: (self.v * self.d + other.v * other.d) / z,
                }
            }

            /// As the float's own method.
            pub fn atan2(self, x: $dual) -> $dual {
                let square = self.v * self.v + x.v * x.v;
                $dual {
                    v: self.v.atan2(x.v),
                    d: (x.v * self.d - self.v * x.d) / square,
                }
            }

            /// As the float's own method.
            pub fn mul_add(self, a: $dual, b: $dual) -> $dual {
                $dual {
                    v: self.v.mul_add(a.v, b.v),
                    d: self.d * a.v + self.v * a.d + b.d,
                }
            }

            /// As the float's own method.
            pub fn copysign(self, sign: $dual) -> $dual {
                let same = self.v.is_sign_negative() == sign.v.is_sign_negative();
                $dual {
                    v: self.v.copysign(sign.v),
                    d: if same { self.d } else { -self.d },
                }
            }

            /// As the float's own method.
            pub fn rem_euclid(self, other: $dual) -> $dual {
                let quotient = self.v.div_euclid(other.v);
                $dual {
                    v: self.v.rem_euclid(other.v),
                    d: self.d - quotient * other.d,
                }
            }

            /// As the float's own method.
            pub fn div_euclid(self, other: $dual) -> $dual {
                $dual::lit(self.v.div_euclid(other.v))
            }

            /// As the float's own method.
            pub fn midpoint(self, other: $dual) -> $dual {
                $dual {
                    v: self.v.midpoint(other.v),
                    d: 0.5 * (self.d + other.d),
                }
            }

            /// As the float's own method.
            pub fn sin_cos(self) -> ($dual, $dual) {
                let (s, c) = self.v.sin_cos();
                (
                    $dual {
                        v: s,
                        d: c * self.d,
                    },
                    $dual {
                        v: c,
                        d: -s * self.d,
                    },
                )
            }

            /// As the float's own method.
            pub fn is_nan(self) -> bool {
                self.v.is_nan()
            }

            /// As the float's own method.
            pub fn is_finite(self) -> bool {
                self.v.is_finite()
            }

            /// As the float's own method.
            pub fn is_sign_negative(self) -> bool {
                self.v.is_sign_negative()
            }

            /// As the float's own method.
            pub fn is_sign_positive(self) -> bool {
                self.v.is_sign_positive()
            }

            /// As the float's own method.
            pub fn total_cmp(&self, other: &$dual) -> std::cmp::Ordering {
                self.v.total_cmp(&other.v)
            }
        }
    };
}

dual!(D, f64);
dual!(D32, f32);

impl From<D32> for D {
    fn from(x: D32) -> D {
        x.cast()
    }
}
impl Cast<D> for D32 {
    fn cast(self) -> D {
        D {
            v: f64::from(self.v),
            d: f64::from(self.d),
        }
    }
}
impl Cast<D32> for D {
    fn cast(self) -> D32 {
        D32 {
            v: self.v as f32,
            d: self.d as f32,
        }
    }
}
impl Cast<D> for f64 {
    fn cast(self) -> D {
        D::lit(self)
    }
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        impl Cast<D> for $int {
            fn cast(self) -> D { D::lit(self as f64) }
        }
        impl Cast<D32> for $int {
            fn cast(self) -> D32 { D32::lit(self as f32) }
        }
        impl Cast<$int> for D {
            fn cast(self) -> $int { self.v as $int }
        }
        impl Cast<$int> for D32 {
            fn cast(self) -> $int { self.v as $int }
        }
        impl Cast<$int> for bool {
            fn cast(self) -> $int { self as $int }
        }
        integers!(@to $int: u8 i8 u16 i16 u32 i32 u64 i64 usize isize);
    )*};
    (@to $int:ident: $($to:ident)*) => {$(
        impl Cast<$to> for $int {
            fn cast(self) -> $to { self as $to }
        }
    )*};
}
integers!(u8 i8 u16 i16 u32 i32 u64 i64 usize isize);
