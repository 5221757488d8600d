//! A number type of this crate's own: about thirty digits as the sum of two `f64`.

use std::num::FpCategory;
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use num_traits::{Float, Num, NumCast, One, ToPrimitive, Zero};

/// A number with twice the digits of `f64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Double {
    /// The nearest `f64`.
    pub high: f64,
    /// The rest.
    pub low: f64,
}

ad_runtime::impl_scalar!(Double);

impl From<f64> for Double {
    fn from(high: f64) -> Self {
        Double { high, low: 0.0 }
    }
}

impl Double {
    /// The sum of two numbers, without rounding.
    #[must_use]
    pub fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        if !high.is_finite() {
            return high.into();
        }
        let part = high - a;
        let low = (a - (high - part)) + (b - part);
        Double { high, low }
    }

    fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        let low = if high.is_finite() {
            a.mul_add(b, -high)
        } else {
            0.0
        };
        Double { high, low }
    }

    /// A function at the high part, corrected to first order.
    fn by(self, f: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> Self {
        match self.low == 0.0 {
            true => f(self.high).into(),
            false => Double::sum(f(self.high), slope(self.high) * self.low),
        }
    }

    fn whole(self, round: impl Fn(f64) -> f64) -> Self {
        match self.high.fract() == 0.0 {
            true => Double::sum(self.high, round(self.low)),
            false => round(self.high).into(),
        }
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (sum, rest) = (
            Double::sum(self.high, other.high),
            Double::sum(self.low, other.low),
        );
        let sum = Double::sum(sum.high, sum.low + rest.high);
        Double::sum(sum.high, sum.low + rest.low)
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Double {
            high: -self.high,
            low: -self.low,
        }
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = Double::product(self.high, other.high);
        let rest = self.high * other.low + self.low * other.high;
        Double::sum(product.high, product.low + rest)
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        if !first.is_finite() || first == 0.0 {
            return first.into();
        }
        let rest = self - other * first.into();
        let second = rest.high / other.high;
        let rest = rest - other * second.into();
        Double::sum(first, second) + (rest.high / other.high).into()
    }
}

impl Rem for Double {
    type Output = Self;
    fn rem(self, other: Self) -> Self {
        self - (self / other).trunc() * other
    }
}

macro_rules! assignments {
    ($($Assign:ident::$assign:ident $op:tt;)*) => {$(
        impl $Assign for Double {
            fn $assign(&mut self, other: Self) {
                *self = *self $op other;
            }
        }
    )*};
}
assignments! {
    AddAssign::add_assign +;
    SubAssign::sub_assign -;
    MulAssign::mul_assign *;
    DivAssign::div_assign /;
    RemAssign::rem_assign %;
}

impl Zero for Double {
    fn zero() -> Self {
        0.0.into()
    }
    fn is_zero(&self) -> bool {
        self.high == 0.0
    }
}

impl One for Double {
    fn one() -> Self {
        1.0.into()
    }
}

impl Num for Double {
    type FromStrRadixErr = num_traits::ParseFloatError;
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        f64::from_str_radix(text, radix).map(Into::into)
    }
}

impl ToPrimitive for Double {
    fn to_i64(&self) -> Option<i64> {
        self.high.to_i64()
    }
    fn to_u64(&self) -> Option<u64> {
        self.high.to_u64()
    }
    fn to_f64(&self) -> Option<f64> {
        Some(self.high)
    }
}

impl NumCast for Double {
    fn from<N: ToPrimitive>(n: N) -> Option<Self> {
        n.to_f64().map(Into::into)
    }
}

macro_rules! by_parts {
    (constants $($name:ident)*) => {$(
        fn $name() -> Self {
            <f64 as Float>::$name().into()
        }
    )*};
    (questions $($name:ident)*) => {$(
        fn $name(self) -> bool {
            self.high.$name()
        }
    )*};
    (functions $($name:ident |$x:ident| $slope:expr;)*) => {$(
        fn $name(self) -> Self {
            self.by(f64::$name, |$x: f64| $slope)
        }
    )*};
}

impl Float for Double {
    by_parts! { constants
        nan infinity neg_infinity neg_zero min_value min_positive_value max_value
    }
    by_parts! { questions
        is_nan is_infinite is_finite is_normal is_sign_positive is_sign_negative
    }
    by_parts! { functions
        exp |x| x.exp();
        exp2 |x| x.exp2() * std::f64::consts::LN_2;
        exp_m1 |x| x.exp();
        ln |x| 1.0 / x;
        log2 |x| 1.0 / (x * std::f64::consts::LN_2);
        log10 |x| 1.0 / (x * std::f64::consts::LN_10);
        ln_1p |x| 1.0 / (1.0 + x);
        cbrt |x| 1.0 / (3.0 * x.cbrt().powi(2));
        sin |x| x.cos();
        cos |x| -x.sin();
        tan |x| 1.0 + x.tan().powi(2);
        asin |x| 1.0 / (1.0 - x * x).sqrt();
        acos |x| -1.0 / (1.0 - x * x).sqrt();
        atan |x| 1.0 / (1.0 + x * x);
        sinh |x| x.cosh();
        cosh |x| x.sinh();
        tanh |x| 1.0 - x.tanh().powi(2);
        asinh |x| 1.0 / x.hypot(1.0);
        acosh |x| 1.0 / (x * x - 1.0).sqrt();
        atanh |x| 1.0 / (1.0 - x * x);
    }
    fn epsilon() -> Self {
        f64::EPSILON.powi(2).into()
    }
    fn floor(self) -> Self {
        self.whole(f64::floor)
    }
    fn ceil(self) -> Self {
        self.whole(f64::ceil)
    }
    fn round(self) -> Self {
        (self.abs() + 0.5.into()).floor().copysign(self)
    }
    fn trunc(self) -> Self {
        self.abs().floor().copysign(self)
    }
    fn fract(self) -> Self {
        self - self.trunc()
    }
    fn abs(self) -> Self {
        if self.high.is_sign_negative() {
            -self
        } else {
            self
        }
    }
    fn signum(self) -> Self {
        self.high.signum().into()
    }
    fn copysign(self, sign: Self) -> Self {
        let same = self.high.is_sign_negative() == sign.high.is_sign_negative();
        if same { self } else { -self }
    }
    fn mul_add(self, a: Self, b: Self) -> Self {
        self * a + b
    }
    fn recip(self) -> Self {
        Self::one() / self
    }
    fn powi(self, n: i32) -> Self {
        let power = (0..n.unsigned_abs()).fold(Self::one(), |power, _| power * self);
        if n < 0 { power.recip() } else { power }
    }
    fn powf(self, p: Self) -> Self {
        (p * self.ln()).exp()
    }
    fn log(self, base: Self) -> Self {
        self.ln() / base.ln()
    }
    fn sqrt(self) -> Self {
        let near = self.high.sqrt();
        if !near.is_normal() {
            return near.into();
        }
        let rest = self - Double::product(near, near);
        Double::sum(near, rest.high / (2.0 * near))
    }
    fn hypot(self, other: Self) -> Self {
        (self * self + other * other).sqrt()
    }
    fn atan2(self, x: Self) -> Self {
        self.high.atan2(x.high).into()
    }
    fn sin_cos(self) -> (Self, Self) {
        (self.sin(), self.cos())
    }
    fn max(self, other: Self) -> Self {
        if self > other || other.is_nan() {
            self
        } else {
            other
        }
    }
    fn min(self, other: Self) -> Self {
        if self < other || other.is_nan() {
            self
        } else {
            other
        }
    }
    fn abs_sub(self, other: Self) -> Self {
        (self - other).max(Self::zero())
    }
    fn classify(self) -> FpCategory {
        self.high.classify()
    }
    fn integer_decode(self) -> (u64, i16, i8) {
        self.high.integer_decode()
    }
}
