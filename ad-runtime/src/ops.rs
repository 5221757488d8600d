//! The operators of [`core::ops`] with derivatives, as bounds of generic code.
//!
//! Each trait stands for the operator and its derivative at once: `#[conservative_grad]` on
//! the `impl` of an operator implements it, and floats, their references and integers have
//! it. Beside it a type parameter says that it is [`Differentiable`]:
//!
//! ```
//! use ad_runtime::{Differentiable, conservative_grad, ops};
//!
//! /// Half way from one point to another, of any type of points.
//! #[conservative_grad]
//! fn half_way<P>(a: P, b: P) -> P
//! where
//!     P: Copy + Differentiable + ops::Add<Output = P> + ops::Mul<f64, Output = P>,
//! {
//!     (a + b) * 0.5
//! }
//!
//! #[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
//! struct V {
//!     x: f64,
//!     y: f64,
//! }
//!
//! #[conservative_grad]
//! impl std::ops::Add for V {
//!     type Output = V;
//!     fn add(self, o: V) -> V {
//!         V { x: self.x + o.x, y: self.y + o.y }
//!     }
//! }
//!
//! #[conservative_grad]
//! impl std::ops::Mul<f64> for V {
//!     type Output = V;
//!     fn mul(self, k: f64) -> V {
//!         V { x: self.x * k, y: self.y * k }
//!     }
//! }
//!
//! let (a, b) = (V { x: 1.0, y: 2.0 }, V { x: 3.0, y: 5.0 });
//! let (middle, (of_a, _)) = half_way::vjp(a, b, VTangent { x: 1.0, y: 0.0 });
//! assert_eq!(middle, V { x: 2.0, y: 3.5 });
//! assert_eq!((of_a.x, of_a.y), (0.5, 0.0));
//! assert_eq!(half_way::vjp(1.0, 4.0, 1.0), (2.5, (0.5, 0.5)));
//! ```

use crate::index::{Indexed, IndexedMut};
use crate::rules;
use crate::tangent::Differentiable;

macro_rules! binary {
    ($($Name:ident $Rule:ident $symbol:literal;)*) => {$(
        #[doc = concat!("`a ", $symbol, " b` and its derivative.")]
        pub trait $Name<Rhs: Differentiable = Self>:
            core::ops::$Name<Rhs> + rules::$Rule<Rhs, Out = <Self as core::ops::$Name<Rhs>>::Output>
        {
        }
        impl<A, B: Differentiable> $Name<B> for A where
            A: core::ops::$Name<B> + rules::$Rule<B, Out = <A as core::ops::$Name<B>>::Output>
        {
        }
    )*};
}

binary! {
    Add AddVjp "+";
    Sub SubVjp "-";
    Mul MulVjp "*";
    Div DivVjp "/";
    Rem RemVjp "%";
    BitAnd BitAndVjp "&";
    BitOr BitOrVjp "|";
    BitXor BitXorVjp "^";
    Shl ShlVjp "<<";
    Shr ShrVjp ">>";
}

macro_rules! assigning {
    ($($Name:ident $Rule:ident $symbol:literal;)*) => {$(
        #[doc = concat!("`a ", $symbol, " b` and its derivative.")]
        pub trait $Name<Rhs: Differentiable = Self>:
            core::ops::$Name<Rhs> + rules::$Rule<Rhs, Out = Self> + Sized
        {
        }
        impl<A, B: Differentiable> $Name<B> for A where
            A: core::ops::$Name<B> + rules::$Rule<B, Out = A>
        {
        }
    )*};
}

assigning! {
    AddAssign AddAssignVjp "+=";
    SubAssign SubAssignVjp "-=";
    MulAssign MulAssignVjp "*=";
    DivAssign DivAssignVjp "/=";
    RemAssign RemAssignVjp "%=";
}

/// `-a` and its derivative.
pub trait Neg: core::ops::Neg + rules::NegVjp<Out = <Self as core::ops::Neg>::Output> {}
impl<A: core::ops::Neg + rules::NegVjp<Out = <A as core::ops::Neg>::Output>> Neg for A {}

/// `a[(i, j)]` and its derivative.
pub trait Index<I>:
    core::ops::Index<I> + Indexed<I, Element = <Self as core::ops::Index<I>>::Output>
{
}
impl<A, I> Index<I> for A where
    A: core::ops::Index<I> + Indexed<I, Element = <A as core::ops::Index<I>>::Output>
{
}

/// `a[(i, j)] = x` and its derivative.
pub trait IndexMut<I>: Index<I> + IndexedMut<I> {}
impl<A: Index<I> + IndexedMut<I>, I> IndexMut<I> for A {}
