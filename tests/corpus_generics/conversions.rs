//! Numbers of one type made of those of another.

use ad_runtime::conservative_grad;
use num_traits::{Float, FromPrimitive, One, ToPrimitive, Zero};
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn constants<T: Float + FromPrimitive>(x: T, n: usize) -> T {
    let two = T::from(2.0).unwrap();
    let half = T::from_i8(5).expect("a five");
    let count = T::from_usize(n).unwrap() + T::from(n).unwrap();
    let third = <T as num_traits::NumCast>::from(3_u8).unwrap().recip();
    two * x.powi(2) + half * x - count * x.sin() + third
}

#[program(n = 3)]
#[conservative_grad]
fn made_of_constants(x: f64, n: usize) -> f64 {
    constants(x, n) * constants::<f64>(x * x, n + 1)
}

#[program(n = 3)]
#[conservative_grad]
fn single_constants(x: f32, n: usize) -> f32 {
    constants(x, n)
}

#[twin]
#[conservative_grad]
fn identities<T: Float>(x: T, y: T) -> T {
    if x.is_zero() || (y * y).is_one() {
        T::zero()
    } else if x > T::min_positive_value() && y < T::infinity() {
        <T as Zero>::zero() + <T as One>::one() * x * y
    } else {
        x - y.max(T::zero()) * T::neg_zero()
    }
}

#[program]
#[conservative_grad]
fn compared_with_identities(x: f64, y: f64) -> f64 {
    identities(x, y)
}

/// The mean by a count, and a branch on a constant of the type.
#[twin]
#[conservative_grad]
fn mean<T: Float>(x: &[T]) -> T {
    let mut sum = T::zero();
    for &v in x {
        sum = sum + v;
    }
    let n = T::from(x.len()).unwrap();
    if n < T::from(2).unwrap() {
        sum
    } else {
        sum / (n - T::one())
    }
}

#[program(x[5])]
#[conservative_grad]
fn means(x: &[f64]) -> f64 {
    mean(x) * mean(&x[..2]) + mean(&x[4..])
}

// Where an active value leaves its type, dual numbers do not follow: these are compared with
// derivatives by hand.

#[conservative_grad]
fn to_double<T: Float + ToPrimitive>(x: T, y: T) -> f64 {
    let wide = x.to_f64().unwrap();
    wide * wide * (x * y).to_f64().expect("finite")
}

#[conservative_grad]
fn from_double<T: Float + FromPrimitive>(a: f64, x: T) -> T {
    let scale = T::from(a).unwrap();
    let again = T::from_f64(a * a).unwrap();
    scale * x + again * num_traits::cast::<f64, T>(a.sin()).unwrap()
        - num_traits::cast::<i32, T>(7).unwrap() * T::from_f64(0.0).unwrap()
}

#[conservative_grad]
fn through_another<S: Float, T: Float>(x: S) -> T {
    let y: T = T::from(x * x).unwrap();
    y * num_traits::NumCast::from(x).unwrap()
}

#[conservative_grad]
fn into_double<T: Float + Into<f64>>(x: T) -> f64 {
    let y: f64 = x.into();
    let z = f64::from(x.to_f32().unwrap());
    2.0 * y * y * z
}

#[conservative_grad]
fn made_from<T: Float + From<f32>>(x: f32) -> T {
    let y = <T as From<f32>>::from(x);
    y * y
}

#[conservative_grad]
fn last_into<T: Float + Into<f64>>(x: T) -> f64 {
    (x * x).into()
}

#[conservative_grad]
fn to_integers<T: Float>(x: T, table: &[f64]) -> f64 {
    let i = x.to_usize().unwrap();
    let frac = x - T::from(i).unwrap();
    let frac = frac.to_f64().unwrap();
    table[i] * (1.0 - frac) + table[i + 1] * frac
}

#[test]
fn doubles_are_made_and_used() {
    assert_eq!(to_double::grad(3.0, 2.0), (54.0, (54.0, 27.0)));
    assert_eq!(to_double::grad(3.0_f32, 2.0), (54.0, (54.0, 27.0)));
    assert_eq!(to_double::jvp(3.0_f32, 1.0, 2.0, 10.0), (54.0, 324.0));
    let (sin, cos) = 0.5_f64.sin_cos();
    let (value, (a_adj, x_adj)) = from_double::grad(0.5, 3.0);
    assert_eq!(value, 1.5 + 0.25 * sin);
    assert!((a_adj - (3.0 + sin + 0.25 * cos)).abs() < 1e-15);
    assert_eq!(x_adj, 0.5);
    let (_, (a_single, x_single)) = from_double::grad(0.5, 3.0_f32);
    assert!((a_single - a_adj).abs() < 1e-6 && x_single == 0.5);
    let (_, tangent) = from_double::jvp(0.5, 1.0, 3.0_f32, 0.0);
    assert!((f64::from(tangent) - a_adj).abs() < 1e-6);
}

#[test]
fn precisions_meet() {
    assert_eq!(through_another::grad::<f32, f64>(3.0), (27.0, 27.0));
    assert_eq!(through_another::grad::<f64, f32>(3.0), (27.0, 27.0));
    assert_eq!(through_another::jvp::<f64, f32>(3.0, 2.0), (27.0, 54.0));
    assert_eq!(into_double::grad(2.0_f32), (16.0, 24.0));
    assert_eq!(into_double::grad(2.0_f64), (16.0, 24.0));
    assert_eq!(into_double::jvp(2.0_f32, 0.5), (16.0, 12.0));
    assert_eq!(made_from::grad::<f64>(3.0), (9.0, 6.0));
    assert_eq!(made_from::jvp::<f64>(3.0, 2.0), (9.0, 12.0));
    assert_eq!(last_into::grad(3.0_f32), (9.0, 6.0));
    assert_eq!(last_into::jvp(3.0_f32, 1.0), (9.0, 6.0));
}

#[test]
fn an_integer_is_taken_at_a_jump() {
    use ad_runtime::Verdict;
    let table = [1.0, 3.0, 7.0];
    assert_eq!(
        to_integers::grad(0.5, &table),
        (2.0, (2.0, vec![0.5, 0.5, 0.0]))
    );
    let (_, _, trace) = to_integers::grad_trace(1.25_f32, &table);
    assert_eq!(
        (trace.verdict(), trace.min_margin()),
        (Verdict::Classical, Some(0.25))
    );
    let (_, _, trace) = to_integers::grad_trace(1.0_f32, &table);
    assert_eq!(trace.verdict(), Verdict::Jump);
}
