//! Comparison with the derivatives that `argmin_testfunctions` has written by hand. Hessians are
//! gradients at dual numbers: the annotated functions are generic in the number type.

use ad_runtime::testing::{check_grad, check_jvp};
use argmin_testfunctions as hand;

use crate::argmin;
use crate::dual::D;
use crate::points::Random;

ad_runtime::impl_scalar!(D);

fn close(what: &str, given: &[f64], expected: &[f64]) {
    let scale = expected.iter().fold(1.0_f64, |scale, x| scale.max(x.abs()));
    assert_eq!(given.len(), expected.len(), "{what}");
    for (a, b) in given.iter().zip(expected) {
        assert!(
            (a - b).abs() <= 1e-9 * scale,
            "{what}: {given:?}, by hand {expected:?}"
        );
    }
}

/// Column `k` of a Hessian: the tangent of the gradient along axis `k`.
fn along<const N: usize>(x: [f64; N], k: usize) -> [D; N] {
    std::array::from_fn(|i| D::with_tangent(x[i], if i == k { 1.0 } else { 0.0 }))
}

/// `f: of pairs or slices, with derivative and Hessian by hand`
macro_rules! by_hand {
    ($($test:ident: $f:ident [$n:literal, $low:literal, $high:literal] $value:ident $derivative:ident $hessian:ident $(, $slice:tt)?;)*) => {$(
        #[test]
        fn $test() {
            let mut random = Random::new(11);
            for _ in 0..20 {
                let x: [f64; $n] = random.array(($low, $high));
                let (value, gradient) = argmin::$f::grad(&x $($slice)?);
                assert_eq!(value.to_bits(), argmin::$f(&x $($slice)?).to_bits());
                close("value", &[value], &[hand::$value(&x)]);
                close("gradient", &gradient, &hand::$derivative(&x));
                let by_hand = hand::$hessian(&x);
                for k in 0..$n {
                    let column = argmin::$f::grad(&along(x, k) $($slice)?).1;
                    let column: Vec<f64> = column.iter().map(|d| d.d).collect();
                    let expected: Vec<f64> = by_hand.iter().map(|row| row[k]).collect();
                    close("Hessian", &column, &expected);
                }
                let single = argmin::$f::grad(&x.map(|x| x as f32) $($slice)?).1;
                for (s, d) in single.iter().zip(&gradient) {
                    let scale = gradient.iter().fold(1.0_f64, |scale, x| scale.max(x.abs()));
                    assert!((f64::from(*s) - d).abs() < 2e-3 * scale, "f32: {single:?}, {gradient:?}");
                }
            }
            let mut random = Random::new(12);
            for _ in 0..3 {
                let x: [f64; $n] = random.array(($low, $high));
                check_jvp(
                    |x: &[f64; $n], t: &[f64; $n]| argmin::$f::jvp(&(*x) $($slice)?, &(*t) $($slice)?),
                    |x: &[f64; $n]| {
                        let (value, gradient) = argmin::$f::grad(&(*x) $($slice)?);
                        (value, std::array::from_fn(|i| gradient[i]))
                    },
                    &x,
                )
                .and(check_grad(
                    |x: &[f64; $n]| argmin::$f(&(*x) $($slice)?),
                    |x: &[f64; $n]| {
                        let (value, gradient) = argmin::$f::grad(&(*x) $($slice)?);
                        (value, std::array::from_fn(|i| gradient[i]))
                    },
                    &x,
                ))
                .assert_ok();
            }
        }
    )*};
}

by_hand! {
    sphere: sphere [4, -3.0, 3.0] sphere sphere_derivative sphere_hessian, [..];
    rosenbrock: rosenbrock [5, -2.0, 2.0] rosenbrock rosenbrock_derivative rosenbrock_hessian, [..];
    ackley: ackley [3, -3.0, 3.0] ackley ackley_derivative ackley_hessian, [..];
    rastrigin: rastrigin [4, -3.0, 3.0] rastrigin rastrigin_derivative rastrigin_hessian, [..];
    levy: levy [4, -3.0, 3.0] levy levy_derivative levy_hessian, [..];
    styblinski_tang: styblinski_tang [3, -4.0, 4.0]
        styblinski_tang styblinski_tang_derivative styblinski_tang_hessian, [..];
    zero: zero [3, -4.0, 4.0] zero zero_derivative zero_hessian, [..];
    levy_n13: levy_n13 [2, -3.0, 3.0] levy_n13 levy_n13_derivative levy_n13_hessian;
    beale: beale [2, -3.0, 3.0] beale beale_derivative beale_hessian;
    booth: booth [2, -5.0, 5.0] booth booth_derivative booth_hessian;
    bukin_n6: bukin_n6 [2, -5.0, 3.0] bukin_n6 bukin_n6_derivative bukin_n6_hessian;
    easom: easom [2, 2.0, 4.0] easom easom_derivative easom_hessian;
    eggholder: eggholder [2, -90.0, 90.0] eggholder eggholder_derivative eggholder_hessian;
    goldstein_price: goldstein_price [2, -2.0, 2.0]
        goldsteinprice goldsteinprice_derivative goldsteinprice_hessian;
    himmelblau: himmelblau [2, -5.0, 5.0] himmelblau himmelblau_derivative himmelblau_hessian;
    holder_table: holder_table [2, -5.0, 5.0]
        holder_table holder_table_derivative holder_table_hessian;
    matyas: matyas [2, -5.0, 5.0] matyas matyas_derivative matyas_hessian;
    mccormick: mccormick [2, -3.0, 4.0] mccormick mccormick_derivative mccormick_hessian;
    picheny: picheny [2, 0.0, 1.0] picheny picheny_derivative picheny_hessian;
    schaffer_n2: schaffer_n2 [2, -4.0, 4.0]
        schaffer_n2 schaffer_n2_derivative schaffer_n2_hessian;
    schaffer_n4: schaffer_n4 [2, -4.0, 4.0]
        schaffer_n4 schaffer_n4_derivative schaffer_n4_hessian;
    three_hump_camel: three_hump_camel [2, -2.0, 2.0]
        threehumpcamel threehumpcamel_derivative threehumpcamel_hessian;
}

/// It converts to `f64` inside, where dual numbers end: the Hessian is that of differences.
#[test]
fn cross_in_tray() {
    let mut random = Random::new(13);
    for _ in 0..20 {
        let x: [f64; 2] = random.array((-5.0, 5.0));
        let (value, gradient) = argmin::cross_in_tray::grad(&x);
        close("value", &[value], &[hand::cross_in_tray(&x)]);
        close("gradient", &gradient, &hand::cross_in_tray_derivative(&x));
        let hessian = hand::cross_in_tray_hessian(&x);
        let h = 1e-6;
        for k in 0..2 {
            let moved = |h: f64| {
                let mut x = x;
                x[k] += h;
                argmin::cross_in_tray::grad(&x).1
            };
            let (above, below) = (moved(h), moved(-h));
            for i in 0..2 {
                let slope = (above[i] - below[i]) / (2.0 * h);
                assert!((slope - hessian[i][k]).abs() < 1e-4 * (1.0 + slope.abs()));
            }
        }
        let single = argmin::cross_in_tray::grad(&x.map(|x| x as f32));
        assert!((f64::from(single.1[0]) - gradient[0]).abs() < 1e-3 * (1.0 + gradient[0].abs()));
    }
}
