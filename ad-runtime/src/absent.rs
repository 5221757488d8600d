//! What stands for the tangents of fields that hold no float: values without size,
//! which generated code may name and index as if they were there.

use std::marker::PhantomData;
use std::ops::{
    Deref, DerefMut, Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo,
    RangeToInclusive,
};

/// A value without size.
pub trait Absent: Send + Sync + 'static {
    /// The only value.
    const NONE: Self;
}

impl Absent for () {
    const NONE: () = ();
}

/// The absent tangent of a list: every element and part of it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AbsentList<T>(PhantomData<fn() -> T>);

impl<T: Absent> Absent for AbsentList<T> {
    const NONE: Self = AbsentList(PhantomData);
}

/// A reference to a value without size.
#[inline(always)]
pub fn absent<T: Absent>() -> &'static mut T {
    // Without size, nothing is allocated.
    const { assert!(size_of::<T>() == 0) };
    Box::leak(Box::new(T::NONE))
}

impl<T: Absent> Index<usize> for AbsentList<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, _: usize) -> &T {
        absent()
    }
}

impl<T: Absent> IndexMut<usize> for AbsentList<T> {
    #[inline(always)]
    fn index_mut(&mut self, _: usize) -> &mut T {
        absent()
    }
}

macro_rules! ranges {
    ($($range:ty)*) => {$(
        impl<T: Absent> Index<$range> for AbsentList<T> {
            type Output = Self;
            #[inline(always)]
            fn index(&self, _: $range) -> &Self {
                self
            }
        }
        impl<T: Absent> IndexMut<$range> for AbsentList<T> {
            #[inline(always)]
            fn index_mut(&mut self, _: $range) -> &mut Self {
                self
            }
        }
    )*};
}
ranges!(Range<usize> RangeFrom<usize> RangeTo<usize> RangeFull RangeInclusive<usize> RangeToInclusive<usize>);

/// The slot of a callee's list of integers.
impl<T: Absent> Deref for AbsentList<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        &[]
    }
}

impl<T: Absent> DerefMut for AbsentList<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut []
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_there() {
        let list = absent::<AbsentList<AbsentList<()>>>();
        assert_eq!((list[7][3], &list[2..][1][..5][0]), ((), &()));
        list[1][2] = ();
        fn callee(x: &[()]) -> usize {
            x.len()
        }
        assert_eq!(callee(&list[0]), 0);
        assert_eq!(size_of::<AbsentList<()>>(), 0);
    }
}
