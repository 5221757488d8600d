//! Whether a value or a gradient is finite, component by component.

/// A value of which every float can be asked whether it is finite.
#[diagnostic::on_unimplemented(
    message = "the floats in `{Self}` cannot be found",
    note = "help: add `#[derive(ad_runtime::Differentiable)]` to `{Self}`"
)]
pub trait AllFinite {
    /// No float in it is infinite or NaN.
    fn all_finite(&self) -> bool;
}

/// [`AllFinite::all_finite`] by path.
#[inline]
pub fn all_finite<T: AllFinite + ?Sized>(x: &T) -> bool {
    x.all_finite()
}

impl AllFinite for f64 {
    #[inline(always)]
    fn all_finite(&self) -> bool {
        self.is_finite()
    }
}

impl AllFinite for f32 {
    #[inline(always)]
    fn all_finite(&self) -> bool {
        self.is_finite()
    }
}

macro_rules! discrete {
    ($($t:ty)*) => {$(
        impl AllFinite for $t {
            #[inline(always)]
            fn all_finite(&self) -> bool {
                true
            }
        }
    )*};
}
discrete! {
    () u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char str String
    std::cmp::Ordering std::num::FpCategory
}

macro_rules! references {
    ($($t:ty)*) => {$(
        impl<T: AllFinite + ?Sized> AllFinite for $t {
            #[inline(always)]
            fn all_finite(&self) -> bool {
                (**self).all_finite()
            }
        }
    )*};
}
references!(&T &mut T Box<T>);

impl<T: ?Sized> AllFinite for std::marker::PhantomData<T> {
    #[inline(always)]
    fn all_finite(&self) -> bool {
        true
    }
}

impl<T: AllFinite> AllFinite for [T] {
    #[inline]
    fn all_finite(&self) -> bool {
        // Every element is looked at, so that the loop vectorises.
        self.iter().fold(true, |all, x| all & x.all_finite())
    }
}

impl<T: AllFinite> AllFinite for Vec<T> {
    #[inline]
    fn all_finite(&self) -> bool {
        self[..].all_finite()
    }
}

impl<T: AllFinite, const N: usize> AllFinite for [T; N] {
    #[inline]
    fn all_finite(&self) -> bool {
        self[..].all_finite()
    }
}

impl<T: AllFinite> AllFinite for Option<T> {
    #[inline]
    fn all_finite(&self) -> bool {
        self.as_ref().is_none_or(T::all_finite)
    }
}

/// Of an error nothing is asked: no derivative flows through it.
impl<T: AllFinite, E> AllFinite for Result<T, E> {
    #[inline]
    fn all_finite(&self) -> bool {
        self.as_ref().ok().is_none_or(T::all_finite)
    }
}

macro_rules! tuples {
    ($($($T:ident $i:tt)*;)*) => {$(
        impl<$($T: AllFinite),*> AllFinite for ($($T,)*) {
            #[inline]
            fn all_finite(&self) -> bool {
                $(self.$i.all_finite())&&*
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
    fn one_bad_component_is_found() {
        assert!(all_finite(&(
            1.0,
            [2.0_f32],
            vec![Some(3.0), None],
            (),
            "text",
            7_u8
        )));
        assert!(!all_finite(&(1.0, vec![(2.0, [f64::NAN])])));
        assert!(!all_finite(&[1.0_f32, f32::INFINITY][..]));
        assert!(!all_finite(&Some(f64::NEG_INFINITY)));
        assert!(all_finite(&Err::<f64, f64>(f64::NAN)));
    }
}
