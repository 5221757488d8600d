//! Checking derivatives against differences.
//!
//! ```
//! use ad_runtime::conservative_grad;
//! use ad_runtime::testing::{check_grad, check_jvp};
//!
//! #[conservative_grad]
//! fn f(x: [f64; 2]) -> f64 {
//!     x[0].sin() * x[1]
//! }
//!
//! check_grad(f, f::grad, [0.3, 2.0]).assert_ok();
//! check_jvp(f::jvp, f::grad, [0.3, 2.0]).assert_ok();
//! ```
//!
//! [`check_vjp`] is for hand-written rules: it also looks at what a rule can get
//! wrong and generated code cannot.
//!
//! **What these checks cannot see.** A difference quotient knows nothing about a
//! point where the function has no derivative: at a tie it cannot judge which
//! element of the field was returned, and [`check_grad`] says so instead of
//! passing. [`check_jvp`] compares the two modes with each other, there too, but
//! an error that both have in common passes. A derivative that is wrong by less
//! than the error of the differences, or at other points only, passes as well.

mod differences;
mod point;
mod report;

use differences::{Estimate, derivative};
pub use point::Point;
use report::{Finding, exact};
pub use report::{Outcome, Report};

/// Checks a gradient against central differences, and its value against the
/// function's, bit for bit.
///
/// `f` is the function, `grad` its gradient `(value, gradient)`, `x` the point.
/// The step of the differences is found by a sweep; where they do not settle, as
/// at a kink within reach of the smallest step, the report says that the
/// component cannot be judged. The function is evaluated at a distance of up to
/// 0.06 times `max(|x_i|, 1)` along each axis.
///
/// # Panics
///
/// If `f` or `grad` does.
pub fn check_grad<P, F, G>(f: F, grad: G, x: P) -> Report
where
    P: Point,
    F: for<'a> Fn(P::Arg<'a>) -> f64,
    G: for<'a> Fn(P::Arg<'a>) -> (f64, P::Gradient),
{
    let point = x.coordinates();
    let (value, gradient) = grad(P::arg(&point));
    let gradient = P::components(&gradient);
    let primal = f(P::arg(&point));
    let mut findings = vec![exact("the value", value, primal)];
    if gradient.len() != point.len() {
        findings.push(exact(
            "the number of components",
            gradient.len() as f64,
            point.len() as f64,
        ));
    }
    findings.extend(compare(&point, &gradient, "component", |x| f(P::arg(x))));
    Report { findings }
}

/// Checks a rule of reverse mode, such as the hand-written one of `custom(vjp = ..)`, against
/// central differences: for each component of the result as the seed, and for a seed in general
/// position, the cotangents it returns. Its value must be the function's, bit for bit.
///
/// `f` is the function, `vjp` takes the point and a seed and returns value and cotangents; point and
/// result are `f64`, an array or a `Vec`, as in [`Point`]. It also compares two calls with each
/// other, and the answer for twice a seed with twice the answer: a rule keeps no state and is linear
/// in the seed.
///
/// ```
/// use ad_runtime::conservative_grad;
/// use ad_runtime::testing::{check_jvp, check_vjp};
///
/// #[conservative_grad(custom(vjp = turn_vjp))]
/// fn turn(x: [f64; 2]) -> [f64; 2] {
///     let (sin, cos) = x[0].sin_cos();
///     [cos * x[1], sin * x[1]]
/// }
///
/// fn turn_vjp(x: [f64; 2], seed: [f64; 2]) -> ([f64; 2], [f64; 2]) {
///     let (sin, cos) = x[0].sin_cos();
///     let by_angle = x[1] * (cos * seed[1] - sin * seed[0]);
///     (turn(x), [by_angle, cos * seed[0] + sin * seed[1]])
/// }
///
/// check_vjp(turn, turn_vjp, [0.3, 2.0]).assert_ok();
/// ```
///
/// **What it cannot see.** At a tie differences know nothing: the report says that they cannot
/// judge, and which element a rule should return there is for its author to test. It does not look
/// at sites and notes (test [`Trace`](crate::Trace)), at the rule of forward mode (compare the two
/// with [`check_jvp`]), at what else the function does, or at other points. Of a function that
/// writes to `&mut` parameters it sees what a closure around it returns.
///
/// # Panics
///
/// If `f` or `vjp` does.
pub fn check_vjp<P, O, F, V>(f: F, vjp: V, x: P) -> Report
where
    P: Point,
    O: for<'a> Point<Arg<'a> = O>,
    F: for<'a> Fn(P::Arg<'a>) -> O,
    V: for<'a> Fn(P::Arg<'a>, O) -> (O, P::Gradient),
{
    let point = x.coordinates();
    let primal = f(P::arg(&point)).coordinates();
    let pulled = |seed: &[f64]| {
        let (value, gradient) = vjp(P::arg(&point), O::arg(seed));
        (value.coordinates(), P::components(&gradient))
    };
    let mut findings = Vec::new();
    for (name, seed) in directions(primal.len(), "component", 1) {
        let (value, gradient) = pulled(&seed);
        let what = |what: &str| format!("{what}, seeded {name}");
        if value.len() == primal.len() {
            for (k, (given, expected)) in value.iter().zip(&primal).enumerate() {
                findings.push(exact(&what(&format!("value {k}")), *given, *expected));
            }
        } else {
            let (given, expected) = (value.len() as f64, primal.len() as f64);
            findings.push(exact("the length of the value", given, expected));
        }
        if gradient.len() != point.len() {
            let (given, expected) = (gradient.len() as f64, point.len() as f64);
            findings.push(exact("the number of cotangents", given, expected));
        }
        findings.extend(compare(&point, &gradient, &what("cotangent"), |x| {
            let value = f(P::arg(x)).coordinates();
            weighted(&value, &seed)
        }));
        let (_, again) = pulled(&seed);
        let twice: Vec<f64> = seed.iter().map(|s| 2.0 * s).collect();
        let (_, doubled) = pulled(&twice);
        for (i, given) in gradient.iter().enumerate() {
            if let Some(again) = again.get(i) {
                findings.push(exact(
                    &what(&format!("cotangent {i} again")),
                    *again,
                    *given,
                ));
            }
            if let Some(doubled) = doubled.get(i) {
                findings.push(Finding {
                    what: what(&format!("cotangent {i} of twice the seed")),
                    given: *doubled,
                    expected: 2.0 * given,
                    tolerance: 1e-9 * given.abs(),
                    obstacle: None,
                });
            }
        }
    }
    Report { findings }
}

/// `<value, seed>`, without what has no weight.
fn weighted(value: &[f64], seed: &[f64]) -> f64 {
    let terms = value.iter().zip(seed).filter(|(_, s)| **s != 0.0);
    terms.map(|(v, s)| v * s).sum()
}

/// Each component of a gradient of `f` with the differences along its axis.
fn compare(
    point: &[f64],
    gradient: &[f64],
    what: &str,
    mut f: impl FnMut(&[f64]) -> f64,
) -> Vec<Finding> {
    let at_point = f(point);
    let mut moved = point.to_vec();
    let mut findings = Vec::new();
    for (i, given) in gradient.iter().copied().enumerate().take(point.len()) {
        let estimate = derivative(point[i], at_point, |coordinate| {
            moved[i] = coordinate;
            f(&moved)
        });
        moved[i] = point[i];
        let Estimate {
            slope,
            error,
            obstacle,
        } = estimate;
        let tolerance = 10.0 * error + 1e-9 * slope.abs();
        findings.push(Finding {
            what: format!("{what} {i}"),
            given,
            expected: slope,
            tolerance,
            obstacle,
        });
    }
    findings
}

/// Compares forward with reverse mode: along each axis and along some fixed
/// directions `d`, the tangent of `jvp(x, d)` with the product of the gradient and
/// `d`, up to rounding; and the two values bit for bit. Ties are no obstacle.
///
/// # Panics
///
/// If `jvp` or `grad` does.
pub fn check_jvp<P, J, G>(jvp: J, grad: G, x: P) -> Report
where
    P: Point,
    J: for<'a> Fn(P::Arg<'a>, P::Arg<'a>) -> (f64, f64),
    G: for<'a> Fn(P::Arg<'a>) -> (f64, P::Gradient),
{
    let point = x.coordinates();
    let (value, gradient) = grad(P::arg(&point));
    let gradient = P::components(&gradient);
    let mut findings = Vec::new();
    for (name, direction) in directions(point.len(), "axis", 3) {
        let (jvp_value, tangent) = jvp(P::arg(&point), P::arg(&direction));
        if jvp_value.to_bits() != value.to_bits() {
            findings.push(exact("the value of forward mode", jvp_value, value));
        }
        let products = gradient.iter().zip(&direction).map(|(g, d)| g * d);
        // What is inactive along d is not multiplied by it: 0 * inf is no product.
        let products = products
            .zip(&direction)
            .map(|(p, d)| if *d == 0.0 { 0.0 } else { p });
        let (sum, size) = products.fold((0.0, 0.0), |(sum, size), p| (sum + p, size + p.abs()));
        let tolerance = 1e-9 * size;
        findings.push(Finding {
            what: name,
            given: tangent,
            expected: sum,
            tolerance,
            obstacle: None,
        });
    }
    Report { findings }
}

/// The axes under a name, and some directions that are in general position.
fn directions(
    n: usize,
    axis: &'static str,
    mixed: usize,
) -> impl Iterator<Item = (String, Vec<f64>)> {
    let axes = (0..n).map(move |i| {
        let unit = (0..n).map(|j| f64::from(u8::from(i == j))).collect();
        (format!("along {axis} {i}"), unit)
    });
    // Multiples of the golden ratio, spread over (-1, 1).
    let mixed = (0..mixed).map(move |k| {
        let direction =
            (0..n).map(|j| 2.0 * ((1 + j + 7 * k) as f64 * 0.618_033_988_749_894_9).fract() - 1.0);
        (format!("along direction {k}"), direction.collect())
    });
    axes.chain(mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(x: &[f64]) -> f64 {
        x.iter().product()
    }

    fn product_grad(x: &[f64]) -> (f64, Vec<f64>) {
        (
            product(x),
            (0..x.len())
                .map(|i| product(&[&x[..i], &x[i + 1..]].concat()))
                .collect(),
        )
    }

    #[test]
    fn every_form_of_point_is_taken() {
        check_grad(|x| x * x, |x| (x * x, 2.0 * x), 3.0).assert_ok();
        check_grad(|x| x[0] * x[1], |x| (x[0] * x[1], [x[1], x[0]]), [3.0, 4.0]).assert_ok();
        check_grad(
            |x| x[0] * x[1],
            |x| (x[0] * x[1], [x[1], x[0]]),
            &[3.0, 4.0],
        )
        .assert_ok();
        check_grad(|x| product(x) + 0.0, product_grad, &[1.0, 2.0, 3.0][..]).assert_ok();
        check_grad(product, product_grad, &vec![1.0, 2.0, 3.0]).assert_ok();
        check_grad(|x| product(&x), |x| product_grad(&x), vec![1.0, -2.0, 3.0]).assert_ok();
    }

    #[test]
    fn wrong_gradients_are_found() {
        let cube = |x: f64| x * x * x;
        for factor in [-1.0, 0.0, 0.999_999, 2.0, f64::NAN, f64::INFINITY] {
            let report = check_grad(cube, |x| (cube(x), factor * 3.0 * x * x), 0.7);
            assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
        }
        let report = check_grad(cube, |x| (cube(x) + 1e-16, 3.0 * x * x), 0.7);
        assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
        let report = check_grad(product, |x| (product(x), vec![2.0]), &[1.0, 2.0][..]);
        assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
    }

    #[test]
    #[should_panic(expected = "component 0: 1.0, expected 2.0 within")]
    fn a_report_panics_with_its_findings() {
        check_grad(|x| x * x, |x| (x * x, x), 1.0).assert_ok();
    }

    #[test]
    fn forward_and_reverse_are_compared_at_ties_too() {
        let abs_grad = |x: f64| (x.abs(), if x == 0.0 { 0.5 } else { x.signum() });
        check_jvp(|x, d| (x.abs(), 0.5 * d), abs_grad, 0.0).assert_ok();
        let report = check_jvp(|x, d| (x.abs(), -0.5 * d), abs_grad, 0.0);
        assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
        let jvp = |x: &[f64], d: &[f64]| {
            (
                product(x),
                product_grad(x).1.iter().zip(d).map(|(g, d)| g * d).sum(),
            )
        };
        check_jvp(jvp, product_grad, &[1.0, 2.0, 3.0][..])
            .and(check_grad(product, product_grad, &[1.0, 2.0, 3.0][..]))
            .assert_ok();
    }

    fn turn(x: [f64; 2]) -> [f64; 2] {
        [x[0].cos() * x[1], x[0].sin() * x[1]]
    }

    fn turn_vjp(x: [f64; 2], seed: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let (sin, cos) = x[0].sin_cos();
        let by_angle = x[1] * (cos * seed[1] - sin * seed[0]);
        (turn(x), [by_angle, cos * seed[0] + sin * seed[1]])
    }

    #[test]
    fn right_rules_pass() {
        check_vjp(turn, turn_vjp, [0.3, 2.0]).assert_ok();
        check_vjp(|x: f64| x * x, |x, s: f64| (x * x, 2.0 * x * s), 3.0).assert_ok();
        let sums = |x: &[f64]| vec![x[0] + x[1], x[1] * x[1], 1.0];
        let sums_vjp = |x: &[f64], s: Vec<f64>| {
            let gradient = vec![s[0], s[0] + 2.0 * x[1] * s[1]];
            (sums(x), gradient)
        };
        check_vjp(sums, sums_vjp, &[0.5, 2.0][..]).assert_ok();
    }

    #[test]
    fn wrong_rules_are_found() {
        let at = [0.3, 2.0];
        let wrong = |rule: &dyn Fn([f64; 2], [f64; 2]) -> ([f64; 2], [f64; 2])| {
            let report = check_vjp(turn, rule, at);
            assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
        };
        // A seed that is left out, one that enters twice, a sign, a value.
        wrong(&|x, _| turn_vjp(x, [1.0, 0.0]));
        wrong(&|x, s| turn_vjp(x, s.map(|s| s * s)));
        wrong(&|x, s| turn_vjp(x, [s[0], -s[1]]));
        wrong(&|x, s| (turn(x).map(|y| y * (1.0 + f64::EPSILON)), turn_vjp(x, s).1));
        // Cotangents that are added up from call to call.
        let sum = std::cell::Cell::new([0.0; 2]);
        wrong(&|x, s| {
            let (value, [a, b]) = turn_vjp(x, s);
            sum.set([sum.get()[0] + a, sum.get()[1] + b]);
            (value, sum.get())
        });
        let short = |x: &[f64], s: f64| (product(x), vec![s * x[1]]);
        let report = check_vjp(product, short, &[1.0, 2.0][..]);
        assert_eq!(report.outcome(), Outcome::Disagrees, "{report}");
    }

    #[test]
    fn a_rule_at_a_tie_is_not_judged() {
        let rule = |x: f64, s: f64| (x.abs(), 0.5 * s);
        let report = check_vjp(f64::abs, rule, 0.0);
        assert_eq!(report.outcome(), Outcome::CannotJudge, "{report}");
    }
}
