//! Bounds, `where` clauses, several parameters, lifetimes, const generics, turbofish.

use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{AddAssign, MulAssign};

use ad_runtime::conservative_grad;
use num_traits::{Float, FloatConst, FromPrimitive, NumAssign};
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn sum_of_squares<T: Float + Debug + AddAssign + Sum + 'static>(x: &[T]) -> T {
    let mut sum = T::zero();
    for v in x {
        sum += *v * *v;
    }
    sum
}

#[program(x[4])]
#[conservative_grad]
fn squares(x: &[f64]) -> f64 {
    sum_of_squares(x) + sum_of_squares::<f64>(&x[1..])
}

#[program(x[4])]
#[conservative_grad]
fn single_squares(x: &[f32]) -> f32 {
    sum_of_squares(x)
}

#[twin]
#[conservative_grad]
fn horner<T>(coefficients: &[T], x: T) -> T
where
    T: Float,
    T: FromPrimitive + MulAssign,
{
    let mut value = T::zero();
    for c in coefficients.iter().rev() {
        value *= x;
        value = value + *c;
    }
    value / T::from_usize(coefficients.len()).unwrap()
}

#[program(c[5])]
#[conservative_grad]
fn polynomial(c: &[f64], x: f64) -> f64 {
    horner(c, x) * horner::<f64>(&c[2..], x)
}

#[program(c[5])]
#[conservative_grad]
fn single_polynomial(c: &[f32], x: f32) -> f32 {
    horner(c, x)
}

#[twin]
#[conservative_grad]
fn assigned<T: Float + NumAssign>(x: T, y: T) -> T {
    let mut z = x;
    z += y;
    z *= x;
    z -= T::one();
    z /= T::one() + y * y;
    z
}

#[program]
#[conservative_grad]
fn all_assignments(x: f64, y: f64) -> f64 {
    assigned(x, y)
}

#[twin]
#[conservative_grad]
fn matrix_vector<T: Float, const N: usize, const M: usize>(a: &[[T; M]; N], x: [T; M]) -> [T; N] {
    let mut y = [T::zero(); N];
    for i in 0..N {
        for j in 0..M {
            y[i] = y[i] + a[i][j] * x[j];
        }
    }
    y
}

#[twin]
#[conservative_grad]
fn trace_of<T, const N: usize>(a: [[T; N]; N]) -> T
where
    T: Float + Sum,
{
    let mut sum = -T::zero();
    for i in 0..N {
        sum = sum + a[i][i];
    }
    sum
}

#[program]
#[conservative_grad]
fn matrices(a: [[f64; 3]; 2], x: [f64; 3]) -> f64 {
    let y = matrix_vector(&a, x);
    let z = matrix_vector::<f64, 2, 3>(&a, [y[0], y[1], x[0] * y[0]]);
    y[0] * z[1] + trace_of::<f64, 2>([[z[0], y[1]], [y[0], z[1]]])
}

#[program(stops())]
#[conservative_grad]
fn stops(x: f64) -> f64 {
    power::<f64>(ad_runtime::constant(x), 2) * power(x, 3)
}

#[twin]
#[conservative_grad]
fn weighted<'a, 'b: 'a, T: Float>(x: &'a [T], w: &'b [T]) -> T {
    let mut sum = T::zero();
    for (x, w) in x.iter().zip(w.iter()) {
        if *x > *w {
            sum = sum + *x * *w;
        } else {
            sum = sum - T::epsilon().sqrt() * *w * *w;
        }
    }
    sum
}

#[program(x[4], w[4])]
#[conservative_grad]
fn lifetimes(x: &[f64], w: &[f64]) -> f64 {
    weighted(x, w)
}

/// Two number types in one function; the second is not converted.
#[twin]
#[conservative_grad]
fn two_types<S: Float, T: Float + FloatConst>(x: S, y: T) -> (S, T) {
    (x.sin() * x, (y * T::PI()).cos() - y / T::E())
}

#[program]
#[conservative_grad]
fn pairs(x: f64, y: f64) -> f64 {
    let (a, b) = two_types(x, y);
    let (c, _) = two_types::<f64, f64>(b, a);
    a * b + c
}

/// A type parameter that is no number passes through.
#[twin]
#[conservative_grad]
fn labelled<T: Float, L: Clone + Debug>(x: T, label: L) -> T {
    let _copy = label.clone();
    x * x
}

#[program]
#[conservative_grad]
fn labels(x: f64) -> f64 {
    labelled(x, "label") + labelled(x, 3_u8) * labelled(x, vec![1_u8])
}

/// Recursion with a turbofish, a local function of its own generics.
#[twin]
#[conservative_grad]
fn power<T: Float>(x: T, n: u32) -> T {
    if n == 0 {
        T::one()
    } else if n % 2 == 0 {
        let half = power::<T>(x, n / 2);
        half * half
    } else {
        x * power(x, n - 1)
    }
}

#[program(n = 11)]
#[conservative_grad]
fn recursive(x: f64, n: u32) -> f64 {
    power(x, n)
}

/// Newton's method with a tolerance of the type.
#[twin]
#[conservative_grad]
fn root<T: Float>(a: T) -> T {
    let two = T::one() + T::one();
    let mut x = a;
    loop {
        let next = (x + a / x) / two;
        if (next - x).abs() < T::epsilon().sqrt() * next {
            return next;
        }
        x = next;
    }
}

#[program(on(0.5, 3.0))]
#[conservative_grad]
fn newton(a: f64) -> f64 {
    root(a) + root(a * a)
}

/// What is kept in columns and on the stack, in a generic type.
#[twin]
#[conservative_grad]
fn recurrence<T: Float>(x: &mut [T], a: T) {
    let mut s = a;
    for v in x.iter_mut() {
        s = (s * *v).tanh() + a.exp() * *v;
        let mut k = 0;
        while s.abs() > T::one() + T::one() {
            s = s / (T::one() + a * a);
            k += 1;
            if k > 5 {
                break;
            }
        }
        *v = s * *v;
    }
}

#[program(x[6])]
#[conservative_grad]
fn in_place(x: &mut [f64], a: f64) -> f64 {
    recurrence(x, a);
    recurrence::<f64>(&mut x[1..3], a * a);
    x[0] * x[5]
}
