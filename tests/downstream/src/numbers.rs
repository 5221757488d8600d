//! Generic functions at number types of other crates: one whose crate made it differentiable, and
//! one whose crate knows nothing of it.

use ad_runtime::conservative_grad;
use num_traits::Float;

/// Values are kept in a column for each iteration, and on the stack by the inner loop.
#[conservative_grad]
pub fn recurrence<T: Float>(x: &[T], a: T) -> T {
    let mut s = a;
    for v in x {
        s = s * *v + a;
        let mut rounds = 0;
        while s.abs() > T::one() && rounds < 3 {
            s = s * a / (T::one() + a);
            rounds += 1;
        }
    }
    s + library::norms::maximum(x)
}

/// A kink whose two sides differ in the last digits only.
#[conservative_grad]
pub fn kink<T: Float>(x: T, y: T) -> T {
    if x < y {
        x.max(y) * y
    } else {
        (x - y).abs() + x.floor()
    }
}

#[cfg(test)]
mod tests {
    use super::{kink, recurrence};
    use ad_runtime::{Left, Mean, Number, Right, Tape, Verdict};
    use half::f16;
    use library::Double;
    use num_traits::Float;

    fn double(x: f64) -> Double {
        x.into()
    }

    #[test]
    fn derivatives_have_the_precision_of_their_type() {
        let third = Double::from(1.0) / 3.0.into();
        let x = [third, double(2.0) / 7.0.into(), double(-0.75)];
        let a = double(1.0) / 5.0.into();
        let (value, (x_adj, a_adj)) = recurrence::grad(&x, a);
        assert_eq!(value, recurrence(&x, a));
        // s = ((a x0 + a) x1 + a) x2 + a, and |x2| is the largest.
        let one = double(1.0);
        let by_hand = [
            a * x[1] * x[2],
            (a * x[0] + a) * x[2],
            ((a * x[0] + a) * x[1] + a) - one,
        ];
        let slope = ((x[0] + one) * x[1] + one) * x[2] + one;
        for (given, expected) in x_adj
            .iter()
            .chain([&a_adj])
            .zip(by_hand.iter().chain([&slope]))
        {
            assert!(
                (*given - *expected).abs().high < 1e-30,
                "{given:?}, {expected:?}"
            );
        }
        // The nearest `f64` is not enough to tell.
        assert!(x_adj[0].low != 0.0 && a_adj.low != 0.0);
        let single = recurrence::grad(&x.map(|x| x.high), a.high);
        assert!((single.1.1 - a_adj.high).abs() < 1e-14);
    }

    #[test]
    fn every_mode_runs_with_one_tape() {
        let (x, a) = ([0.5, 4.0, -3.0].map(double), double(1.5));
        let (value, (x_adj, a_adj)) = recurrence::grad(&x, a);
        let mut tape = Tape::new();
        for _ in 0..2 {
            let (mut xs, mut b) = ([double(0.0); 3], double(0.0));
            let again = recurrence::vjp_into(&mut tape, &x, &mut xs, a, &mut b, double(1.0));
            assert_eq!((again, xs.to_vec(), b), (value, x_adj.clone(), a_adj));
        }
        let (_, tangent) = recurrence::jvp(&x, &[1.0, 0.0, 0.0].map(double), a, double(0.0));
        assert!((tangent - x_adj[0]).abs().high < 1e-28);
        // The same decisions as in `f64`.
        let (_, (_, plain)) = recurrence::grad(&x.map(|x| x.high), 1.5);
        assert!((plain - a_adj.high).abs() < 1e-12);
        let (_, _, ties) = recurrence::grad_ties(&x, a);
        let (_, trace) = recurrence::trace(&x.map(|x| x.high), 1.5);
        assert_eq!(ties.selections, trace.selections().len() as u64);
        assert_eq!((ties.ties, ties.verdict()), (0, Verdict::Classical));
    }

    #[test]
    fn ties_are_those_of_the_type() {
        let (one, above) = (double(1.0), Double::sum(1.0, 1e-20));
        let (_, trace) = kink::trace(one, above);
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Classical, Some(1e-20))
        );
        let (value, (x_adj, y_adj)) = kink::grad(one, above);
        assert_eq!(
            (value, x_adj, y_adj),
            (above * above, double(0.0), above + above)
        );
        // Just above an integer, by less than `f64` shows.
        let (_, trace) = kink::trace(above, one);
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Classical, Some(1e-20))
        );
        let (_, trace) = kink::trace(above, above);
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Tied, Some(0.0))
        );
        let (_, trace) = kink::trace(one, double(0.5));
        assert_eq!(trace.verdict(), Verdict::Jump);
    }

    #[test]
    fn rules_and_signs_of_zero() {
        for zero in [0.0, -0.0].map(double) {
            let x = [zero];
            assert_eq!(library::norms::maximum::grad(&x).1, [double(0.0)]);
            assert_eq!(
                library::norms::maximum::grad_with::<Left, _>(&x).1,
                [double(0.0)]
            );
            assert_eq!(
                library::norms::maximum::grad_with::<Right, _>(&x).1,
                [double(1.0)]
            );
            assert_eq!(
                library::norms::maximum::grad_with::<Mean, _>(&x).1,
                [double(0.0)]
            );
            let (_, _, trace) = library::norms::maximum::grad_trace(&x);
            assert_eq!((trace.verdict(), trace.ties().count()), (Verdict::Tied, 2));
        }
    }

    #[test]
    fn a_type_that_knows_nothing_is_wrapped() {
        let n = |x: f32| Number(f16::from_f32(x));
        let (x, a) = ([0.5, -0.25].map(n), n(0.5));
        let (value, (x_adj, a_adj)) = recurrence::grad(&x, a);
        assert_eq!(value.0, f16::from_f32(0.8125));
        assert_eq!(x_adj, [0.875, 0.75].map(n));
        assert_eq!(a_adj, n(0.625));
        let (_, _, trace) = kink::grad_trace(n(0.5), n(0.5));
        assert_eq!(
            (trace.verdict(), trace.min_margin()),
            (Verdict::Tied, Some(0.0))
        );
        let (_, trace) = kink::trace(n(0.5), n(0.5).0.into());
        assert_eq!(trace.verdict(), Verdict::Tied);
        assert!(Number::<f16>::epsilon() > n(0.0));
    }
}
