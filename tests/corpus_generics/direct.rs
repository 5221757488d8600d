//! Generic functions called at several types, with every mode of their own and at ties.

use ad_runtime::{Left, Mean, MinNorm, Number, Right, Rule, Tape, Verdict, conservative_grad};
use num_traits::Float;

#[conservative_grad]
fn hinge<T: Float>(w: &[T], x: &[T], target: T) -> T {
    let mut sum = T::zero();
    for (w, x) in w.iter().zip(x) {
        sum = sum + *w * *x;
    }
    (T::one() - target * sum).max(T::zero())
}

/// Every mode, at one type.
macro_rules! modes {
    ($t:ty, $number:expr) => {{
        let n: fn(f64) -> $t = $number;
        let (w, x) = ([n(0.5), n(-0.25)], [n(-0.5), n(1.0)]);
        let (value, (w_adj, x_adj, t_adj)) = hinge::grad(&w, &x, n(0.5));
        assert_eq!(value, n(1.25));
        assert_eq!(
            (w_adj.clone(), x_adj.clone()),
            (vec![n(0.25), n(-0.5)], vec![n(-0.25), n(0.125)])
        );
        assert_eq!(t_adj, n(0.5));
        let mut tape = Tape::new();
        for round in 1..3 {
            let (mut wa, mut xa, mut ta) = ([n(1.0); 2], [n(0.0); 2], n(0.0));
            let again =
                hinge::vjp_into(&mut tape, &w, &mut wa, &x, &mut xa, n(0.5), &mut ta, n(2.0));
            assert_eq!(
                (again, wa, ta),
                (value, [n(1.5), n(0.0)], n(1.0)),
                "{round}"
            );
            assert_eq!(xa, [n(-0.5), n(0.25)]);
        }
        let (again, tangent) =
            hinge::jvp(&w, &[n(1.0), n(0.0)], &x, &[n(0.0), n(2.0)], n(0.5), n(1.0));
        assert_eq!((again, tangent), (value, n(0.25 + 0.25 + 0.5)));
        let (_, trace) = hinge::trace(&w, &x, n(0.5));
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Classical, Some(1.25))
        );
        let (_, _, ties) = hinge::grad_ties(&w, &x, n(0.5));
        assert_eq!(
            (ties.selections, ties.ties, ties.min_margin),
            (1, 0, Some(1.25))
        );

        // At the kink: w x = -0.5, target = -2.
        let at = |f: fn(&[$t], &[$t], $t) -> ($t, (Vec<$t>, Vec<$t>, $t))| {
            let (value, (_, _, t_adj)) = f(&w, &x, n(-2.0));
            assert_eq!(value, n(0.0));
            t_adj
        };
        assert_eq!(at(hinge::grad_with::<MinNorm, _>), n(0.0));
        assert_eq!(at(hinge::grad_with::<Left, _>), n(0.0));
        assert_eq!(at(hinge::grad_with::<Right, _>), n(0.5));
        assert_eq!(at(hinge::grad_with::<Mean, _>), n(0.25));
        let (_, _, trace) = hinge::grad_trace(&w, &x, n(-2.0));
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Tied, Some(0.0))
        );
    }};
}

#[test]
fn one_function_at_several_types() {
    modes!(f64, |x| x);
    modes!(f32, |x| x as f32);
    modes!(Number<f64>, |x| Number(x));
    modes!(Number<f32>, |x| Number(x as f32));
}

#[conservative_grad]
fn signs<T: Float>(x: T) -> T {
    let magnitude = x.abs();
    if x.is_sign_negative() {
        magnitude * x
    } else {
        x.sqrt()
    }
}

#[test]
fn zeros_of_either_sign() {
    macro_rules! at {
        ($n:expr) => {{
            let n = $n;
            let (_, _, trace) = signs::grad_trace(n(-0.0));
            assert_eq!(trace.verdict(), Verdict::Tied);
            assert_eq!(trace.ties().count(), 2);
            let (_, _, trace) = signs::grad_trace(n(0.0));
            assert_eq!(trace.verdict(), Verdict::NotLipschitz);
        }};
    }
    at!(|x: f64| x);
    at!(|x: f64| x as f32);
    at!(Number::<f64>);
    at!(|x: f64| Number(x as f32));
}

/// A generic caller outside: bounds of generated functions name `Rule` only.
fn under<R: Rule>(x: f64) -> f64 {
    signs::grad_with::<R, f64>(x).1
}

#[test]
fn a_rule_is_named_before_the_number_type() {
    assert_eq!(under::<Left>(4.0), 0.25);
}
