//! The derivative of a function of one variable by central differences, with an
//! honest error.

/// Rounding of the arguments and of what a function computes from them moves a
/// slope by a few units of `f64::EPSILON` times the curvature.
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// What differences tell.
pub(super) struct Estimate {
    pub slope: f64,
    /// An estimate of the error of the slope.
    pub error: f64,
    /// Why the slope means nothing.
    pub obstacle: Option<&'static str>,
}

/// One step of the sweep.
struct Quotient {
    central: f64,
    /// The difference between the right and the left quotient: of a function
    /// with a second derivative it shrinks with the step, at a kink it stays.
    gap: f64,
    /// The rounding error of the quotients.
    noise: f64,
}

/// Steps are `2^-4, 2^-6, .., 2^-26` times the size of the coordinate.
const STEPS: std::ops::RangeInclusive<i32> = 2..=13;

pub(super) fn derivative(x: f64, at_x: f64, mut f: impl FnMut(f64) -> f64) -> Estimate {
    let scale = x.abs().max(1.0);
    let sweep: Vec<Quotient> = STEPS
        .map(|k| {
            let (right, left) = (x + scale * 0.25_f64.powi(k), x - scale * 0.25_f64.powi(k));
            let (f_right, f_left) = (f(right), f(left));
            let (h_right, h_left) = (right - x, x - left);
            let sizes = f_right.abs() + f_left.abs() + at_x.abs();
            Quotient {
                central: (f_right - f_left) / (right - left),
                gap: (f_right - at_x) / h_right - (at_x - f_left) / h_left,
                noise: 4.0 * f64::EPSILON * sizes / h_right,
            }
        })
        .collect();
    // The curvature times the size of the coordinate, from the widest step that
    // can be evaluated. Without it a slope of zero would have no error at a
    // minimum whose value is zero.
    let bend = sweep.iter().zip(STEPS).find(|(q, _)| q.gap.is_finite());
    let rounding = bend.map_or(0.0, |(q, k)| ROUNDING * q.gap.abs() * 4.0_f64.powi(k));
    let best = sweep
        .windows(2)
        .filter(|pair| {
            pair.iter()
                .all(|q| q.central.is_finite() && q.noise.is_finite())
        })
        .map(|pair| extrapolated(pair, rounding))
        .min_by(|a, b| a.error.total_cmp(&b.error));
    best.unwrap_or(Estimate {
        slope: f64::NAN,
        error: f64::NAN,
        obstacle: Some("the function is not finite around the point"),
    })
}

/// The slope from a step and its quarter.
fn extrapolated(pair: &[Quotient], rounding: f64) -> Estimate {
    let (wide, narrow) = (&pair[0], &pair[1]);
    let slope = narrow.central + (narrow.central - wide.central) / 15.0;
    let error = (slope - narrow.central).abs() + narrow.noise + rounding;
    let visible = 1e-5 * (1.0 + slope.abs()) + 10.0 * narrow.noise;
    let obstacle = if narrow.gap.abs() > visible && narrow.gap.abs() > 0.75 * wide.gap.abs() {
        Some("the slopes on the two sides differ: there is a kink or a jump within the stencil")
    } else if error > 1e-4 * (1.0 + slope.abs()) {
        Some("the differences do not settle")
    } else {
        None
    };
    Estimate {
        slope,
        error,
        obstacle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(x: f64, f: fn(f64) -> f64) -> Option<f64> {
        let estimate = derivative(x, f(x), f);
        estimate.obstacle.is_none().then_some(estimate.slope)
    }

    #[test]
    fn smooth_functions_are_judged() {
        for (x, f, slope) in [
            (0.3, f64::sin as fn(f64) -> f64, 0.3_f64.cos()),
            (1e6, |x| x * x, 2e6),
            (1e-3, |x| x.sqrt(), 0.5 / 1e-3_f64.sqrt()),
            (5.0, f64::exp, 5.0_f64.exp()),
            (0.0, |_| 7.0, 0.0),
            (0.0, |x| x.abs() * x, 0.0),
            (0.01, f64::abs, 1.0),
            (3.0, |x| x + 1e9, 1.0),
        ] {
            let Some(found) = judged(x, f) else {
                panic!("not judged at {x}")
            };
            assert!(
                (found - slope).abs() <= 1e-6 * (1.0 + slope.abs()),
                "{found} is not {slope}"
            );
        }
    }

    #[test]
    fn a_minimum_at_zero_is_known_to_rounding() {
        let f = |x: f64| (x - 0.1 - 0.2) * (x - 0.1 - 0.2);
        let x = 0.3;
        let estimate = derivative(x, f(x), f);
        let exact = 2.0 * (x - 0.1 - 0.2);
        assert!(estimate.obstacle.is_none() && estimate.error > 1e-15);
        assert!((estimate.slope - exact).abs() <= estimate.error);
        assert!(estimate.error < 1e-10);
    }

    #[test]
    fn kinks_and_jumps_within_the_stencil_are_not_judged() {
        assert_eq!(judged(0.0, f64::abs), None);
        assert_eq!(judged(0.0, |x| x.max(0.0)), None);
        assert_eq!(judged(1e-12, |x| x.max(0.0)), None);
        assert_eq!(judged(1.0, f64::floor), None);
        assert_eq!(judged(0.0, f64::sqrt), None);
        assert_eq!(judged(0.0, f64::cbrt), None);
        assert_eq!(judged(-1.0, f64::ln), None);
    }
}
