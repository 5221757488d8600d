//! Floats of structured values as flat vectors, in order of appearance.

use crate::dual::{D, D32};

/// Floats handed out one after the other; zeros when they are used up.
pub struct Reader<'a, W> {
    floats: &'a [W],
    taken: usize,
}

impl<'a, W: Copy + Default> Reader<'a, W> {
    pub fn new(floats: &'a [W]) -> Self {
        Reader { floats, taken: 0 }
    }

    /// How many floats were asked for.
    pub fn taken(&self) -> usize {
        self.taken
    }

    pub fn one<T: Pack<W>>(&mut self) -> T {
        T::read(self)
    }

    pub fn list<T: Pack<W>>(&mut self, length: usize) -> Vec<T> {
        (0..length).map(|_| T::read(self)).collect()
    }

    fn next(&mut self) -> W {
        let float = self.floats.get(self.taken).copied().unwrap_or_default();
        self.taken += 1;
        float
    }
}

/// What a program leaves: its result and the final contents of its `&mut` parameters.
#[derive(Clone, Debug, Default)]
pub struct Outputs<W> {
    /// Integers included, for the comparison of values.
    pub all: Vec<W>,
    /// What has a tangent.
    pub floats: Vec<W>,
}

impl<W> Outputs<W> {
    pub fn push<T: Pack<W>>(&mut self, value: &T) {
        value.write(true, &mut self.all);
        value.write(false, &mut self.floats);
    }
}

/// A value made of floats of the kind `W` (`f64`, or dual numbers).
pub trait Pack<W>: Sized {
    fn read(reader: &mut Reader<W>) -> Self;
    fn write(&self, integers: bool, out: &mut Vec<W>);
}

/// The tangent of the same shape, read from a vector.
pub trait Shaped {
    type Tangent;
    fn tangent(&self, reader: &mut Reader<f64>) -> Self::Tangent;
}

macro_rules! float {
    ($ty:ty, $wire:ty, |$x:ident| $from:expr, |$y:ident| $to:expr) => {
        impl Pack<$wire> for $ty {
            fn read(reader: &mut Reader<$wire>) -> Self {
                let $x = reader.next();
                $from
            }
            fn write(&self, _: bool, out: &mut Vec<$wire>) {
                let $y = *self;
                out.push($to);
            }
        }
    };
}
float!(f64, f64, |x| x, |y| y);
float!(f32, f64, |x| x as f32, |y| f64::from(y));
float!(D, D, |x| x, |y| y);
float!(D32, D, |x| crate::dual::Cast::cast(x), |y| {
    crate::dual::Cast::cast(y)
});

impl Shaped for f64 {
    type Tangent = f64;
    fn tangent(&self, reader: &mut Reader<f64>) -> f64 {
        reader.one()
    }
}
impl Shaped for f32 {
    type Tangent = f32;
    fn tangent(&self, reader: &mut Reader<f64>) -> f32 {
        reader.one()
    }
}

macro_rules! integer {
    ($($ty:ty)*) => {$(
        impl Pack<f64> for $ty {
            fn read(_: &mut Reader<f64>) -> Self { Self::default() }
            fn write(&self, integers: bool, out: &mut Vec<f64>) {
                if integers { out.push(f64::from(i32::try_from(*self).expect("small"))); }
            }
        }
        impl Pack<D> for $ty {
            fn read(_: &mut Reader<D>) -> Self { Self::default() }
            fn write(&self, integers: bool, out: &mut Vec<D>) {
                if integers { out.push(D::lit(f64::from(i32::try_from(*self).expect("small")))); }
            }
        }
        impl Shaped for $ty {
            type Tangent = ();
            fn tangent(&self, _: &mut Reader<f64>) {}
        }
    )*};
}
integer!(usize i32 i64 u32 bool);

impl<W: Copy + Default, T: Pack<W>, const N: usize> Pack<W> for [T; N] {
    fn read(reader: &mut Reader<W>) -> Self {
        std::array::from_fn(|_| T::read(reader))
    }
    fn write(&self, integers: bool, out: &mut Vec<W>) {
        self.iter().for_each(|x| x.write(integers, out));
    }
}
impl<T: Shaped, const N: usize> Shaped for [T; N] {
    type Tangent = [T::Tangent; N];
    fn tangent(&self, reader: &mut Reader<f64>) -> Self::Tangent {
        std::array::from_fn(|k| self[k].tangent(reader))
    }
}

impl<W, T: Pack<W>> Pack<W> for Vec<T> {
    fn read(_: &mut Reader<W>) -> Self {
        Vec::new()
    }
    fn write(&self, integers: bool, out: &mut Vec<W>) {
        self.iter().for_each(|x| x.write(integers, out));
    }
}
impl<T: Shaped> Shaped for Vec<T> {
    type Tangent = Vec<T::Tangent>;
    fn tangent(&self, reader: &mut Reader<f64>) -> Self::Tangent {
        self.iter().map(|x| x.tangent(reader)).collect()
    }
}

macro_rules! tuple {
    ($($name:ident)*) => {
        #[allow(non_snake_case, unused_variables, clippy::unused_unit)]
        impl<W, $($name: Pack<W>),*> Pack<W> for ($($name,)*) {
            fn read(reader: &mut Reader<W>) -> Self { ($($name::read(reader),)*) }
            fn write(&self, integers: bool, out: &mut Vec<W>) {
                let ($($name,)*) = self;
                $($name.write(integers, out);)*
            }
        }
        #[allow(non_snake_case, unused_variables, clippy::unused_unit)]
        impl<$($name: Shaped),*> Shaped for ($($name,)*) {
            type Tangent = ($($name::Tangent,)*);
            fn tangent(&self, reader: &mut Reader<f64>) -> Self::Tangent {
                let ($($name,)*) = self;
                ($($name.tangent(reader),)*)
            }
        }
    };
}
tuple!();
tuple!(A B);
tuple!(A B C);
tuple!(A B C E);
