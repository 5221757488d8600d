//! Ranges of any integer, counted with `usize`.

/// An integer that a `for` loop can run over.
pub trait Counted: Copy {
    /// The number of steps from `lo` up to `hi`; 0 if `hi` is below.
    fn steps(lo: Self, hi: Self) -> usize;
    /// `lo` after `k` steps.
    #[must_use]
    fn nth(lo: Self, k: usize) -> Self;
}

/// The bits that the difference of two integers of a type can have.
const fn mask(bits: u32) -> usize {
    if bits < usize::BITS {
        (1 << bits) - 1
    } else {
        usize::MAX
    }
}

macro_rules! counted {
    ($($t:ty)*) => {$(
        impl Counted for $t {
            #[inline(always)]
            fn steps(lo: Self, hi: Self) -> usize {
                // Differences of the narrow types wrap around to the right number.
                if lo < hi { hi.wrapping_sub(lo) as usize & mask(<$t>::BITS) } else { 0 }
            }

            #[inline(always)]
            fn nth(lo: Self, k: usize) -> Self {
                lo.wrapping_add(k as Self)
            }
        }
    )*};
}
counted!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// The number of elements of `lo..hi`.
#[inline(always)]
#[must_use]
pub fn range_len<T: Counted>(lo: T, hi: T) -> usize {
    T::steps(lo, hi)
}

/// The number of elements of `lo..=hi`.
///
/// # Panics
///
/// Panics if it does not fit `usize`.
#[inline(always)]
#[must_use]
pub fn range_len_inclusive<T: Counted + PartialOrd>(lo: T, hi: T) -> usize {
    if lo > hi {
        0
    } else {
        T::steps(lo, hi)
            .checked_add(1)
            .expect("a range longer than usize")
    }
}

/// Element number `k` of a range from `lo` on.
#[inline(always)]
#[must_use]
pub fn range_nth<T: Counted>(lo: T, k: usize) -> T {
    T::nth(lo, k)
}

#[cfg(test)]
mod tests {
    use super::{range_len, range_len_inclusive, range_nth};

    #[test]
    fn lengths_are_those_of_std() {
        for (lo, hi) in [(-3_i8, 100), (-128, 127), (5, 5), (5, 4)] {
            assert_eq!(range_len(lo, hi), (lo..hi).count());
            assert_eq!(range_len_inclusive(lo, hi), (lo..=hi).count());
        }
        assert_eq!(range_len(0_u64, 1 << 40), 1 << 40);
        assert_eq!(range_len(i32::MIN, i32::MAX), (1 << 32) - 1);
    }

    #[test]
    fn elements_are_those_of_std() {
        for (k, i) in (-100_i8..120).enumerate() {
            assert_eq!(range_nth(-100_i8, k), i);
        }
    }
}
