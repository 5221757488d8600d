//! Tangent and cotangent spaces.

use crate::finite::AllFinite;
use crate::record::Record;
use crate::tape::Tape;

/// A type that can be differentiated: it has a space of tangents.
///
/// Floats are their own tangents; integers, `bool`, `char` and strings carry
/// `()`; containers have the containers of their elements' tangents. The tangent
/// of a `Result` is that of its `Ok` side.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be differentiated: it has no tangent space",
    label = "this value reaches a derivative",
    note = "help: add `#[derive(ad_runtime::Differentiable)]` to `{Self}`",
    note = "help: or leave it out of `wrt(..)`, or wrap it in `ad_runtime::constant(..)`"
)]
pub trait Differentiable: AllFinite {
    /// The type of tangents and cotangents.
    type Tangent: Tangent;
    /// The zero tangent at this value, of the same shape.
    fn zero_like(&self) -> Self::Tangent;
    /// The zero tangent at this value, in memory of the tape.
    #[inline(always)]
    fn zero_in(&self, tape: &mut Tape) -> Self::Tangent {
        let _ = tape;
        self.zero_like()
    }
    /// Adds `by` times a tangent to the value; false where it is not the owner of its floats, and
    /// stays as it is.
    #[doc(hidden)]
    fn displace(&mut self, tangent: &Self::Tangent, by: f64) -> bool {
        let _ = (tangent, by);
        false
    }
}

/// The tangent of `T`.
pub type Tan<T> = <T as Differentiable>::Tangent;

/// A vector space whose zero has the shape of the value it belongs to: tangents
/// and cotangents. `#[derive(Differentiable)]` writes it for the tangent of a type.
///
/// Generated code names it by path only: a method `add` in scope would capture a
/// user's own.
pub trait Tangent:
    Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static + Record + AllFinite
{
    /// `N` tangents: the lanes of floats lie innermost, `[f64; N]`.
    type Lanes<const N: usize>: Tangent;
    /// The lanes that these tangents of one shape are.
    fn join<const N: usize>(parts: [Self; N]) -> Self::Lanes<N>;
    /// The tangent of a lane.
    fn lane<const N: usize>(lanes: &Self::Lanes<N>, k: usize) -> Self;
    /// Makes it the tangent of a lane.
    fn put<const N: usize>(self, lanes: &mut Self::Lanes<N>, k: usize);
    /// The tangent of no value: nothing is ever read from it.
    fn empty() -> Self;
    /// Adds a tangent of the same shape.
    fn add(&mut self, other: &Self);
    /// Subtracts a tangent of the same shape.
    fn sub(&mut self, other: &Self);
    /// Multiplies by a number.
    fn scale(&mut self, factor: f64);
    /// The sum of the products of the components.
    fn dot(&self, other: &Self) -> f64;
    /// Makes it zero; the shape stays.
    fn clear(&mut self);
    /// Replaces each component by what `f` makes of it, in the order of the fields.
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64);
    /// Moves it out and leaves zero of the same shape.
    fn take(&mut self) -> Self;
    /// Gives its memory to the tape.
    #[inline(always)]
    fn recycle(self, tape: &mut Tape) {
        let _ = tape;
    }
}

/// [`Differentiable::zero_like`] by path.
#[inline(always)]
pub fn zero_like<T: Differentiable + ?Sized>(x: &T) -> T::Tangent {
    x.zero_like()
}
/// [`Differentiable::zero_in`] by path.
#[inline(always)]
pub fn zero_in<T: Differentiable + ?Sized>(x: &T, tape: &mut Tape) -> T::Tangent {
    x.zero_in(tape)
}
/// [`Tangent::empty`] by path.
#[inline(always)]
pub fn empty<T: Tangent>() -> T {
    T::empty()
}
/// [`Tangent::add`] by path.
#[inline(always)]
pub fn add<T: Tangent>(a: &mut T, b: &T) {
    a.add(b);
}
/// [`Tangent::sub`] by path.
#[inline(always)]
pub fn sub<T: Tangent>(a: &mut T, b: &T) {
    a.sub(b);
}
/// [`Tangent::clear`] by path.
#[inline(always)]
pub fn clear<T: Tangent>(a: &mut T) {
    a.clear();
}
/// [`Tangent::take`] by path.
#[inline(always)]
pub fn take<T: Tangent>(a: &mut T) -> T {
    a.take()
}
/// [`Tangent::recycle`] by path.
#[inline(always)]
pub fn recycle<T: Tangent>(a: T, tape: &mut Tape) {
    a.recycle(tape);
}

/// A tangent was given that does not fit the value it belongs to.
#[cold]
#[inline(never)]
#[track_caller]
pub fn no_payload() -> ! {
    panic!("the tangent of an enum is of another variant than its value")
}

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Differentiable for $t {
            type Tangent = $t;
            #[inline(always)]
            fn zero_like(&self) -> $t {
                0.0
            }
            fn displace(&mut self, tangent: &$t, by: f64) -> bool {
                *self += (by * f64::from(*tangent)) as $t;
                true
            }
        }
        impl Tangent for $t {
            type Lanes<const N: usize> = [$t; N];
            #[inline(always)]
            fn join<const N: usize>(parts: [$t; N]) -> [$t; N] {
                parts
            }
            #[inline(always)]
            fn lane<const N: usize>(lanes: &[$t; N], k: usize) -> $t {
                lanes[k]
            }
            #[inline(always)]
            fn put<const N: usize>(self, lanes: &mut [$t; N], k: usize) {
                lanes[k] = self;
            }
            #[inline(always)]
            fn empty() -> $t {
                0.0
            }
            #[inline(always)]
            fn add(&mut self, other: &$t) {
                *self += *other;
            }
            #[inline(always)]
            fn sub(&mut self, other: &$t) {
                *self -= *other;
            }
            #[inline(always)]
            fn scale(&mut self, factor: f64) {
                *self *= factor as $t;
            }
            #[inline(always)]
            fn dot(&self, other: &$t) -> f64 {
                f64::from(*self) * f64::from(*other)
            }
            #[inline(always)]
            fn clear(&mut self) {
                *self = 0.0;
            }
            fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
                *self = f(f64::from(*self)) as $t;
            }
            #[inline(always)]
            fn take(&mut self) -> $t {
                std::mem::replace(self, 0.0)
            }
        }
    )*};
}
floats!(f32 f64);

macro_rules! discrete {
    ($($t:ty)*) => {$(
        impl Differentiable for $t {
            type Tangent = ();
            #[inline(always)]
            fn zero_like(&self) {}
            fn displace(&mut self, (): &(), _: f64) -> bool {
                true
            }
        }
    )*};
}
discrete! {
    () u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char str String std::cmp::Ordering
    std::num::FpCategory
}

impl Tangent for () {
    type Lanes<const N: usize> = ();
    #[inline(always)]
    fn join<const N: usize>(_: [(); N]) {}
    #[inline(always)]
    fn lane<const N: usize>((): &(), _: usize) {}
    #[inline(always)]
    fn put<const N: usize>(self, (): &mut (), _: usize) {}
    #[inline(always)]
    fn empty() {}
    #[inline(always)]
    fn add(&mut self, (): &()) {}
    #[inline(always)]
    fn sub(&mut self, (): &()) {}
    #[inline(always)]
    fn scale(&mut self, _: f64) {}
    #[inline(always)]
    fn dot(&self, (): &()) -> f64 {
        0.0
    }
    #[inline(always)]
    fn clear(&mut self) {}
    fn each(&mut self, _: &mut dyn FnMut(f64) -> f64) {}
    #[inline(always)]
    fn take(&mut self) {}
}

macro_rules! references {
    ($($t:ty)*) => {$(
        impl<T: Differentiable + ?Sized> Differentiable for $t {
            type Tangent = T::Tangent;
            #[inline(always)]
            fn zero_like(&self) -> T::Tangent {
                (**self).zero_like()
            }
            #[inline(always)]
            fn zero_in(&self, tape: &mut Tape) -> T::Tangent {
                (**self).zero_in(tape)
            }
        }
    )*};
}
references!(&T &mut T);

impl<T: Differentiable + ?Sized> Differentiable for Box<T> {
    type Tangent = T::Tangent;
    #[inline(always)]
    fn zero_like(&self) -> T::Tangent {
        (**self).zero_like()
    }
    #[inline(always)]
    fn zero_in(&self, tape: &mut Tape) -> T::Tangent {
        (**self).zero_in(tape)
    }
    fn displace(&mut self, tangent: &T::Tangent, by: f64) -> bool {
        (**self).displace(tangent, by)
    }
}

impl<T: ?Sized> Differentiable for std::marker::PhantomData<T> {
    type Tangent = ();
    #[inline(always)]
    fn zero_like(&self) {}
    fn displace(&mut self, (): &(), _: f64) -> bool {
        true
    }
}

impl<T: Differentiable> Differentiable for [T] {
    type Tangent = Vec<T::Tangent>;
    #[inline]
    fn zero_like(&self) -> Vec<T::Tangent> {
        self.iter().map(T::zero_like).collect()
    }
    #[inline]
    fn zero_in(&self, tape: &mut Tape) -> Vec<T::Tangent> {
        let mut zero = tape.vec_empty(self.len());
        zero.extend(self.iter().map(|x| x.zero_in(tape)));
        zero
    }
    fn displace(&mut self, tangent: &Vec<T::Tangent>, by: f64) -> bool {
        let mut pairs = self.iter_mut().zip(tangent);
        pairs.all(|(x, t)| x.displace(t, by))
    }
}

impl<T: Differentiable> Differentiable for Vec<T> {
    type Tangent = Vec<T::Tangent>;
    #[inline]
    fn zero_like(&self) -> Vec<T::Tangent> {
        self[..].zero_like()
    }
    #[inline]
    fn zero_in(&self, tape: &mut Tape) -> Vec<T::Tangent> {
        self[..].zero_in(tape)
    }
    fn displace(&mut self, tangent: &Vec<T::Tangent>, by: f64) -> bool {
        self[..].displace(tangent, by)
    }
}

impl<T: Tangent> Tangent for Vec<T> {
    type Lanes<const N: usize> = Vec<T::Lanes<N>>;
    #[inline]
    fn join<const N: usize>(mut parts: [Self; N]) -> Vec<T::Lanes<N>> {
        let len = parts.first().map_or(0, Vec::len);
        let lanes = |i: usize| T::join(std::array::from_fn(|k| parts[k][i].take()));
        (0..len).map(lanes).collect()
    }
    #[inline]
    fn lane<const N: usize>(lanes: &Vec<T::Lanes<N>>, k: usize) -> Self {
        lanes.iter().map(|lanes| T::lane(lanes, k)).collect()
    }
    #[inline]
    fn put<const N: usize>(self, lanes: &mut Vec<T::Lanes<N>>, k: usize) {
        for (one, lanes) in self.into_iter().zip(lanes) {
            one.put(lanes, k);
        }
    }
    #[inline]
    fn empty() -> Self {
        Vec::new()
    }
    #[inline]
    fn add(&mut self, other: &Self) {
        for (a, b) in self.iter_mut().zip(other) {
            a.add(b);
        }
    }
    #[inline]
    fn sub(&mut self, other: &Self) {
        for (a, b) in self.iter_mut().zip(other) {
            a.sub(b);
        }
    }
    #[inline]
    fn scale(&mut self, factor: f64) {
        for a in self {
            a.scale(factor);
        }
    }
    #[inline]
    fn dot(&self, other: &Self) -> f64 {
        self.iter().zip(other).map(|(a, b)| a.dot(b)).sum()
    }
    #[inline]
    fn clear(&mut self) {
        for a in self {
            a.clear();
        }
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        for a in self {
            a.each(f);
        }
    }
    #[inline]
    fn take(&mut self) -> Self {
        self.iter_mut().map(T::take).collect()
    }
    #[inline]
    fn recycle(mut self, tape: &mut Tape) {
        // Elements that own memory give it back, too; for numbers this is nothing.
        if std::mem::needs_drop::<T>() {
            for element in self.drain(..) {
                element.recycle(tape);
            }
        }
        tape.give(self);
    }
}

impl<T: Differentiable, const N: usize> Differentiable for [T; N] {
    type Tangent = [T::Tangent; N];
    #[inline(always)]
    fn zero_like(&self) -> [T::Tangent; N] {
        std::array::from_fn(|i| self[i].zero_like())
    }
    #[inline(always)]
    fn zero_in(&self, tape: &mut Tape) -> [T::Tangent; N] {
        std::array::from_fn(|i| self[i].zero_in(tape))
    }
    fn displace(&mut self, tangent: &[T::Tangent; N], by: f64) -> bool {
        let mut pairs = self.iter_mut().zip(tangent);
        pairs.all(|(x, t)| x.displace(t, by))
    }
}

impl<T: Tangent, const N: usize> Tangent for [T; N] {
    type Lanes<const M: usize> = [T::Lanes<M>; N];
    #[inline(always)]
    fn join<const M: usize>(mut parts: [Self; M]) -> [T::Lanes<M>; N] {
        std::array::from_fn(|i| T::join(std::array::from_fn(|k| parts[k][i].take())))
    }
    #[inline(always)]
    fn lane<const M: usize>(lanes: &[T::Lanes<M>; N], k: usize) -> Self {
        std::array::from_fn(|i| T::lane(&lanes[i], k))
    }
    #[inline(always)]
    fn put<const M: usize>(self, lanes: &mut [T::Lanes<M>; N], k: usize) {
        for (one, lanes) in self.into_iter().zip(lanes) {
            one.put(lanes, k);
        }
    }
    #[inline(always)]
    fn empty() -> Self {
        std::array::from_fn(|_| T::empty())
    }
    #[inline(always)]
    fn add(&mut self, other: &Self) {
        for (a, b) in self.iter_mut().zip(other) {
            a.add(b);
        }
    }
    #[inline(always)]
    fn sub(&mut self, other: &Self) {
        for (a, b) in self.iter_mut().zip(other) {
            a.sub(b);
        }
    }
    #[inline]
    fn scale(&mut self, factor: f64) {
        for a in self {
            a.scale(factor);
        }
    }
    #[inline]
    fn dot(&self, other: &Self) -> f64 {
        self.iter().zip(other).map(|(a, b)| a.dot(b)).sum()
    }
    #[inline(always)]
    fn clear(&mut self) {
        for a in self {
            a.clear();
        }
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        for a in self {
            a.each(f);
        }
    }
    #[inline(always)]
    fn take(&mut self) -> Self {
        std::array::from_fn(|i| self[i].take())
    }
    #[inline(always)]
    fn recycle(self, tape: &mut Tape) {
        for element in self {
            element.recycle(tape);
        }
    }
}

impl<T: Differentiable> Differentiable for Option<T> {
    type Tangent = Option<T::Tangent>;
    #[inline(always)]
    fn zero_like(&self) -> Option<T::Tangent> {
        self.as_ref().map(T::zero_like)
    }
    #[inline(always)]
    fn zero_in(&self, tape: &mut Tape) -> Option<T::Tangent> {
        self.as_ref().map(|x| x.zero_in(tape))
    }
    fn displace(&mut self, tangent: &Option<T::Tangent>, by: f64) -> bool {
        match (self, tangent) {
            (Some(x), Some(t)) => x.displace(t, by),
            _ => true,
        }
    }
}

impl<T: Differentiable, E> Differentiable for Result<T, E> {
    type Tangent = Option<T::Tangent>;
    #[inline(always)]
    fn zero_like(&self) -> Option<T::Tangent> {
        self.as_ref().ok().map(T::zero_like)
    }
    #[inline(always)]
    fn zero_in(&self, tape: &mut Tape) -> Option<T::Tangent> {
        self.as_ref().ok().map(|x| x.zero_in(tape))
    }
    fn displace(&mut self, tangent: &Option<T::Tangent>, by: f64) -> bool {
        match (self, tangent) {
            (Ok(x), Some(t)) => x.displace(t, by),
            _ => true,
        }
    }
}

/// `None` is the zero of every shape: what is added to it stays.
impl<T: Tangent> Tangent for Option<T> {
    type Lanes<const N: usize> = Option<T::Lanes<N>>;
    #[inline]
    fn join<const N: usize>(mut parts: [Self; N]) -> Option<T::Lanes<N>> {
        let mut zero = parts.iter().flatten().next()?.clone();
        zero.clear();
        let part = |k: usize| parts[k].take().unwrap_or_else(|| zero.clone());
        Some(T::join(std::array::from_fn(part)))
    }
    #[inline(always)]
    fn lane<const N: usize>(lanes: &Option<T::Lanes<N>>, k: usize) -> Self {
        lanes.as_ref().map(|lanes| T::lane(lanes, k))
    }
    #[inline]
    fn put<const N: usize>(self, lanes: &mut Option<T::Lanes<N>>, k: usize) {
        match (self, &mut *lanes) {
            (Some(one), Some(lanes)) => one.put(lanes, k),
            (None, Some(lanes)) => {
                let mut zero = T::lane(lanes, k);
                zero.clear();
                zero.put(lanes, k);
            }
            (Some(one), None) => {
                let mut zero = one.clone();
                zero.clear();
                let mut all = T::join(std::array::from_fn(|_| zero.clone()));
                one.put(&mut all, k);
                *lanes = Some(all);
            }
            (None, None) => {}
        }
    }
    #[inline(always)]
    fn empty() -> Self {
        None
    }
    #[inline(always)]
    fn add(&mut self, other: &Self) {
        match (self, other) {
            (Some(a), Some(b)) => a.add(b),
            (a @ None, Some(b)) => *a = Some(b.clone()),
            (_, None) => {}
        }
    }
    #[inline(always)]
    fn sub(&mut self, other: &Self) {
        match (self, other) {
            (Some(a), Some(b)) => a.sub(b),
            (a @ None, Some(b)) => {
                let mut b = b.clone();
                b.scale(-1.0);
                *a = Some(b);
            }
            (_, None) => {}
        }
    }
    #[inline(always)]
    fn scale(&mut self, factor: f64) {
        if let Some(a) = self {
            a.scale(factor);
        }
    }
    #[inline(always)]
    fn dot(&self, other: &Self) -> f64 {
        match (self, other) {
            (Some(a), Some(b)) => a.dot(b),
            _ => 0.0,
        }
    }
    #[inline(always)]
    fn clear(&mut self) {
        if let Some(a) = self {
            a.clear();
        }
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        if let Some(a) = self {
            a.each(f);
        }
    }
    #[inline(always)]
    fn take(&mut self) -> Self {
        self.as_mut().map(T::take)
    }
    #[inline(always)]
    fn recycle(self, tape: &mut Tape) {
        if let Some(a) = self {
            a.recycle(tape);
        }
    }
}

macro_rules! tuples {
    ($($($T:ident $i:tt)*;)*) => {$(
        impl<$($T: Differentiable),*> Differentiable for ($($T,)*) {
            type Tangent = ($($T::Tangent,)*);
            #[inline(always)]
            fn zero_like(&self) -> Self::Tangent {
                ($(self.$i.zero_like(),)*)
            }
            #[inline(always)]
            fn zero_in(&self, tape: &mut Tape) -> Self::Tangent {
                ($(self.$i.zero_in(tape),)*)
            }
            fn displace(&mut self, tangent: &Self::Tangent, by: f64) -> bool {
                true $(&& self.$i.displace(&tangent.$i, by))*
            }
        }
        impl<$($T: Tangent),*> Tangent for ($($T,)*) {
            type Lanes<const N: usize> = ($($T::Lanes<N>,)*);
            #[inline(always)]
            fn join<const N: usize>(mut parts: [Self; N]) -> Self::Lanes<N> {
                ($($T::join(std::array::from_fn(|k| parts[k].$i.take())),)*)
            }
            #[inline(always)]
            fn lane<const N: usize>(lanes: &Self::Lanes<N>, k: usize) -> Self {
                ($($T::lane(&lanes.$i, k),)*)
            }
            #[inline(always)]
            fn put<const N: usize>(self, lanes: &mut Self::Lanes<N>, k: usize) {
                $(self.$i.put(&mut lanes.$i, k);)*
            }
            #[inline(always)]
            fn empty() -> Self {
                ($($T::empty(),)*)
            }
            #[inline(always)]
            fn add(&mut self, other: &Self) {
                $(self.$i.add(&other.$i);)*
            }
            #[inline(always)]
            fn sub(&mut self, other: &Self) {
                $(self.$i.sub(&other.$i);)*
            }
            #[inline(always)]
            fn scale(&mut self, factor: f64) {
                $(self.$i.scale(factor);)*
            }
            #[inline(always)]
            fn dot(&self, other: &Self) -> f64 {
                0.0 $(+ self.$i.dot(&other.$i))*
            }
            #[inline(always)]
            fn clear(&mut self) {
                $(self.$i.clear();)*
            }
            fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
                $(self.$i.each(f);)*
            }
            #[inline(always)]
            fn take(&mut self) -> Self {
                ($(self.$i.take(),)*)
            }
            #[inline(always)]
            fn recycle(self, tape: &mut Tape) {
                $(self.$i.recycle(tape);)*
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_have_the_shape_of_the_value() {
        let value = (
            1.0,
            3_usize,
            vec![[1.0_f32; 2]; 3],
            Some(2.0),
            Err::<f64, _>("no"),
            None::<f64>,
        );
        let zero = value.zero_like();
        assert_eq!(zero, (0.0, (), vec![[0.0; 2]; 3], Some(0.0), None, None));
        let mut tape = Tape::new();
        assert_eq!(value.zero_in(&mut tape), zero);
        assert_eq!([1.0, 2.0][..].zero_like(), [0.0, 0.0]);
        assert_eq!((&&3.0_f64).zero_like(), 0.0);
        let () = "text".zero_like();
    }

    #[test]
    fn tangents_are_a_vector_space() {
        let mut a = (vec![1.0, 2.0], [Some(3.0)], ());
        let b = a.clone();
        a.add(&b);
        assert_eq!(a, (vec![2.0, 4.0], [Some(6.0)], ()));
        a.sub(&b);
        assert_eq!(a, b);
        assert_eq!(take(&mut a), b);
        assert_eq!(a, b.zero_like());
        a.add(&b);
        a.clear();
        assert_eq!(a, b.zero_like());
    }

    #[test]
    fn recycled_tangents_are_used_again() {
        let mut tape = Tape::new();
        let value = vec![vec![1.0; 10]; 4];
        for _ in 0..2 {
            let zero = value.zero_in(&mut tape);
            recycle(zero, &mut tape);
        }
        let bytes = tape.bytes();
        let zero = value.zero_in(&mut tape);
        assert_eq!(zero, value.zero_like());
        recycle(zero, &mut tape);
        assert_eq!(tape.bytes(), bytes);
    }
}
