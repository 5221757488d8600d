//! Small functions that lowered programs call.

use crate::scalar::Scalar;
use crate::tangent::{Differentiable, Tangent, add, sub};

/// A memory of this type can be declared before it is assigned: where control
/// flow is lowered to flags, rustc cannot see that it is assigned before it is
/// read.
#[diagnostic::on_unimplemented(
    message = "a variable of type `{Self}` that is assigned in a branch needs a first value here",
    label = "declared without a value",
    note = "help: give the variable a value where it is declared"
)]
pub trait Placeholder {
    /// Some value that is never read.
    fn placeholder() -> Self;
}

/// [`Placeholder::placeholder`] by path.
#[inline(always)]
#[must_use]
pub fn placeholder<T: Placeholder>() -> T {
    T::placeholder()
}

/// An array as long as another, of elements that are never read.
#[inline(always)]
pub fn array_like<A, B: Placeholder, const N: usize>(_: &[A; N]) -> [B; N] {
    placeholder()
}

macro_rules! placeholders {
    ($($t:ty)*) => {$(
        impl Placeholder for $t {
            #[inline(always)]
            fn placeholder() -> Self {
                Default::default()
            }
        }
    )*};
}
placeholders!(() f32 f64 u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char &str String);

/// What a method decides: an answer that carries no derivative.
#[diagnostic::on_unimplemented(
    message = "a method called like one that decides (`is_nan`, `partial_cmp`, `eq`) gives a `{Self}`",
    label = "its derivative would be lost",
    note = "help: give the method another name, or call it by its path: `Type::method(&x)`"
)]
pub trait Decided {}

macro_rules! decided {
    ($($t:ty)*) => {$(impl Decided for $t {})*};
}
decided!(() bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
decided!(std::cmp::Ordering std::num::FpCategory);

impl<T: Decided> Decided for Option<T> {}

/// The answer itself.
#[inline(always)]
pub fn decided<T: Decided>(answer: T) -> T {
    answer
}

/// Two elements of a list; they are different ones, or rustc had refused the user's program.
#[inline]
pub fn two_of<T>(list: &mut [T], i: usize, j: usize) -> (&mut T, &mut T) {
    let (low, high) = list.split_at_mut(i.max(j));
    if i < j {
        (&mut low[i], &mut high[0])
    } else {
        (&mut high[0], &mut low[j])
    }
}

/// The array in the memory that was made for it.
#[inline(always)]
pub fn as_array<T, const N: usize>(memory: &mut [T]) -> &mut [T; N] {
    match memory.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("the memory has the length of the array"),
    }
}

impl<T: ?Sized> Placeholder for std::marker::PhantomData<T> {
    #[inline(always)]
    fn placeholder() -> Self {
        std::marker::PhantomData
    }
}

impl<T: Placeholder> Placeholder for Box<T> {
    #[inline(always)]
    fn placeholder() -> Self {
        Box::new(T::placeholder())
    }
}

impl<T> Placeholder for Vec<T> {
    #[inline(always)]
    fn placeholder() -> Self {
        Vec::new()
    }
}

impl<T> Placeholder for Option<T> {
    #[inline(always)]
    fn placeholder() -> Self {
        None
    }
}

impl<T: Placeholder, E> Placeholder for Result<T, E> {
    #[inline(always)]
    fn placeholder() -> Self {
        Ok(T::placeholder())
    }
}

impl<T: Placeholder, const N: usize> Placeholder for [T; N] {
    #[inline(always)]
    fn placeholder() -> Self {
        std::array::from_fn(|_| T::placeholder())
    }
}

macro_rules! tuples {
    ($($($T:ident)*;)*) => {$(
        impl<$($T: Placeholder),*> Placeholder for ($($T,)*) {
            #[inline(always)]
            fn placeholder() -> Self {
                ($($T::placeholder(),)*)
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

/// A memory of numbered elements. A type of the user's with a method `len` of its
/// own is none, and is refused by rustc rather than taken for constant.
#[diagnostic::on_unimplemented(
    message = "`len` of `{Self}` is not known here",
    label = "neither a slice, nor an array, nor a `Vec`",
    note = "help: state the type where the variable is declared"
)]
pub trait Length {
    /// The number of elements.
    fn length(&self) -> usize;
}

impl Length for str {
    #[inline(always)]
    fn length(&self) -> usize {
        self.len()
    }
}

impl Length for String {
    #[inline(always)]
    fn length(&self) -> usize {
        self.len()
    }
}

/// [`Length::length`] by path.
#[inline(always)]
pub fn len<T: Length + ?Sized>(x: &T) -> usize {
    x.length()
}

impl<T> Length for [T] {
    #[inline(always)]
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T, const N: usize> Length for [T; N] {
    #[inline(always)]
    fn length(&self) -> usize {
        N
    }
}

impl<T> Length for Vec<T> {
    #[inline(always)]
    fn length(&self) -> usize {
        self.len()
    }
}

macro_rules! references {
    ($($t:ty)*) => {$(
        impl<T: Length + ?Sized> Length for $t {
            #[inline(always)]
            fn length(&self) -> usize {
                (**self).length()
            }
        }
    )*};
}
references!(&T &mut T Box<T> std::rc::Rc<T> std::sync::Arc<T>);

/// The tangent where it is active, else zero of the same shape.
#[inline(always)]
pub fn when<T: Tangent>(on: bool, mut tangent: T) -> T {
    if !on {
        tangent.clear();
    }
    tangent
}

/// The number of times that a `for` over a range runs.
#[inline(always)]
pub fn trips<R: Iterator>(range: &R) -> usize {
    range.size_hint().0
}

/// Adds tangents element by element.
#[inline(always)]
pub fn add_slice<T: Tangent>(a: &mut [T], b: &[T]) {
    for (a, b) in a.iter_mut().zip(b) {
        add(a, b);
    }
}

/// Subtracts tangents element by element.
#[inline(always)]
pub fn sub_slice<T: Tangent>(a: &mut [T], b: &[T]) {
    for (a, b) in a.iter_mut().zip(b) {
        sub(a, b);
    }
}

/// Panics as `copy_from_slice` does where the lengths differ.
///
/// # Panics
///
/// If the lengths are not the same.
#[inline]
#[track_caller]
pub fn check_copy_len(to: usize, from: usize) {
    assert!(
        to == from,
        "copy_from_slice: source slice length ({from}) does not match destination slice length ({to})"
    );
}

/// Checks the length of the cotangent or tangent of an argument.
///
/// # Panics
///
/// If the lengths are not the same.
#[inline]
#[track_caller]
pub fn check_len(buffer: &str, buffer_len: usize, argument: &str, argument_len: usize) {
    assert!(
        buffer_len == argument_len,
        "`{buffer}` has length {buffer_len}, but `{argument}` has length {argument_len}"
    );
}

/// What `x as f64` does to tangents and cotangents, where only rustc knows the
/// type of `x`: an integer has none.
#[diagnostic::on_unimplemented(
    message = "the cast of a value of type `{Self}` has no derivative",
    label = "cast to a float",
    note = "help: write the type where the value is bound: `let v: f64 = ..`"
)]
pub trait CastTangent: Differentiable {
    /// The cotangent of the operand.
    fn back(seed: f64) -> Self::Tangent;
    /// The operand's tangent as a float of the widest kind.
    fn ahead(tangent: &Self::Tangent) -> f64;
}

/// The cotangent that a cast hands to its operand.
#[inline(always)]
pub fn cast_back<T: CastTangent, S: Scalar>(_operand: &T, seed: S) -> T::Tangent {
    T::back(seed.__to_f64())
}

/// The tangent of the operand of a cast.
#[inline(always)]
pub fn cast_ahead<T: CastTangent>(_operand: &T, tangent: &T::Tangent) -> f64 {
    T::ahead(tangent)
}

macro_rules! casts {
    ($($t:ident)*; $($int:ident)*) => {
        $(impl CastTangent for $t {
            #[inline(always)]
            fn back(seed: f64) -> $t {
                seed as $t
            }
            #[inline(always)]
            fn ahead(tangent: &$t) -> f64 {
                f64::from(*tangent)
            }
        })*
        $(impl CastTangent for $int {
            #[inline(always)]
            fn back(_seed: f64) {}
            #[inline(always)]
            fn ahead((): &()) -> f64 {
                0.0
            }
        })*
    };
}
casts!(f32 f64; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_any_integer_are_counted() {
        assert_eq!(trips(&(2..5_usize)), 3);
        assert_eq!(trips(&(2..=5_u64)), 4);
        assert_eq!(trips(&(5..5_i32)), 0);
    }

    #[test]
    fn lengths_and_placeholders() {
        assert_eq!(
            (len(&[1, 2][..]), len(&[1, 2, 3]), len(&&vec![1])),
            (2, 3, 1)
        );
        let value: (f64, [Option<String>; 2], Vec<f64>) = placeholder();
        assert_eq!(value, (0.0, [None, None], vec![]));
        assert_eq!((when(true, 2.0), when(false, vec![2.0])), (2.0, vec![0.0]));
    }

    #[test]
    fn slices_are_added_element_by_element() {
        let mut a = [1.0, 2.0];
        let b = vec![1.0, 1.0];
        add_slice(&mut a, &b);
        sub_slice(&mut a[..1], &[5.0]);
        assert_eq!(a, [-3.0, 3.0]);
    }

    #[test]
    #[should_panic(expected = "`w_adj` has length 3, but `w` has length 4")]
    fn lengths_are_compared() {
        check_len("w_adj", 3, "w", 4);
    }
}
