//! Tangents behind a `Box`. That of a `Box<T>` is the tangent of `T` itself; only a type that
//! holds itself has a tangent that holds itself, which must be behind a `Box` as well.

use crate::tangent::Tangent;
use crate::tape::Tape;

// Not inlined: these functions call themselves.
impl<T: Tangent> Tangent for Box<T> {
    type Lanes<const N: usize> = Box<T::Lanes<N>>;
    fn join<const N: usize>(parts: [Self; N]) -> Box<T::Lanes<N>> {
        Box::new(T::join(parts.map(|part| *part)))
    }
    fn lane<const N: usize>(lanes: &Box<T::Lanes<N>>, k: usize) -> Self {
        Box::new(T::lane(lanes, k))
    }
    fn put<const N: usize>(self, lanes: &mut Box<T::Lanes<N>>, k: usize) {
        (*self).put(lanes, k);
    }
    fn empty() -> Self {
        Box::new(T::empty())
    }
    #[inline(never)]
    fn add(&mut self, other: &Self) {
        (**self).add(other);
    }
    #[inline(never)]
    fn sub(&mut self, other: &Self) {
        (**self).sub(other);
    }
    #[inline(never)]
    fn scale(&mut self, factor: f64) {
        (**self).scale(factor);
    }
    #[inline(never)]
    fn dot(&self, other: &Self) -> f64 {
        (**self).dot(other)
    }
    #[inline(never)]
    fn clear(&mut self) {
        (**self).clear();
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        (**self).each(f);
    }
    #[inline(never)]
    fn take(&mut self) -> Self {
        Box::new((**self).take())
    }
    #[inline(never)]
    fn recycle(self, tape: &mut Tape) {
        (*self).recycle(tape);
    }
}

/// The tangent of a field as the tangent of its type holds it.
pub trait Boxing<To> {
    /// The same behind the `Box`es of the field.
    fn boxing(self) -> To;
}

impl<T> Boxing<Box<T>> for T {
    #[inline]
    fn boxing(self) -> Box<T> {
        Box::new(self)
    }
}

impl<T: Boxing<U>, U> Boxing<Option<U>> for Option<T> {
    #[inline]
    fn boxing(self) -> Option<U> {
        self.map(T::boxing)
    }
}

/// [`Boxing::boxing`] by path.
pub fn boxing<T: Boxing<U>, U>(tangent: T) -> U {
    tangent.boxing()
}
