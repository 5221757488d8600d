//! Points and results of checked functions.

/// A point at which a function is checked: `f64`, `[f64; N]`, `&[f64; N]`,
/// `&[f64]`, `&Vec<f64>` or `Vec<f64>`.
///
/// A reference to an array is a point whose gradient is an array, as it is for a
/// function that takes `&[f64; N]`; for one that takes `&[f64]` write `&x[..]`.
///
/// A function of several arguments is checked through a closure that takes one
/// array and splits it:
///
/// ```
/// use ad_runtime::{conservative_grad, testing::check_grad};
///
/// #[conservative_grad]
/// fn power(mass: f64, speed: f64) -> f64 {
///     0.5 * mass * speed.powi(3)
/// }
///
/// let f = |x: [f64; 2]| power(x[0], x[1]);
/// let grad = |x: [f64; 2]| {
///     let (value, (mass, speed)) = power::grad(x[0], x[1]);
///     (value, [mass, speed])
/// };
/// check_grad(f, grad, [2.0, 3.0]).assert_ok();
/// ```
pub trait Point {
    /// How the checked functions receive the point.
    type Arg<'a>;
    /// The gradient at the point, as `f::grad` returns it.
    type Gradient;
    #[doc(hidden)]
    fn coordinates(&self) -> Vec<f64>;
    #[doc(hidden)]
    fn arg(coordinates: &[f64]) -> Self::Arg<'_>;
    #[doc(hidden)]
    fn components(gradient: &Self::Gradient) -> Vec<f64>;
}

impl Point for f64 {
    type Arg<'a> = f64;
    type Gradient = f64;
    fn coordinates(&self) -> Vec<f64> {
        vec![*self]
    }
    fn arg(coordinates: &[f64]) -> f64 {
        coordinates[0]
    }
    fn components(gradient: &f64) -> Vec<f64> {
        vec![*gradient]
    }
}

fn as_array<const N: usize>(coordinates: &[f64]) -> &[f64; N] {
    match coordinates.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("a point keeps its length"),
    }
}

macro_rules! points {
    ($([$($generics:tt)*] $point:ty, $arg:ty, $gradient:ty, $make:expr;)*) => {$(
        impl<$($generics)*> Point for $point {
            type Arg<'a> = $arg;
            type Gradient = $gradient;
            fn coordinates(&self) -> Vec<f64> {
                self.to_vec()
            }
            fn arg(coordinates: &[f64]) -> Self::Arg<'_> {
                $make(coordinates)
            }
            fn components(gradient: &$gradient) -> Vec<f64> {
                gradient.to_vec()
            }
        }
    )*};
}

points! {
    [const N: usize] [f64; N], [f64; N], [f64; N], |x| *as_array(x);
    [const N: usize] &[f64; N], &'a [f64; N], [f64; N], as_array;
    [] &[f64], &'a [f64], Vec<f64>, |x| x;
    [] &Vec<f64>, &'a [f64], Vec<f64>, |x| x;
    [] Vec<f64>, Vec<f64>, Vec<f64>, <[f64]>::to_vec;
}
