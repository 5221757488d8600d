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
//! **What these checks cannot see.** A difference quotient knows nothing about a
//! point where the function has no derivative: at a tie it cannot judge which
//! element of the field was returned, and [`check_grad`] says so instead of
//! passing. [`check_jvp`] compares the two modes with each other, there too, but
//! an error that both have in common passes. A derivative that is wrong by less
//! than the error of the differences, or at other points only, passes as well.

use std::fmt;

mod differences;

use differences::{Estimate, derivative};

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

/// What a check found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Everything could be judged, and agrees.
    Agrees,
    /// Something is wrong.
    Disagrees,
    /// Nothing is wrong as far as one can see, but something could not be judged.
    CannotJudge,
}

/// One comparison of a check.
#[derive(Clone, Debug, PartialEq)]
struct Finding {
    /// What is compared: a component, the value, a direction.
    what: String,
    /// What the derivative says.
    given: f64,
    /// What it is compared with.
    expected: f64,
    /// By how much the two may differ.
    tolerance: f64,
    /// Why it cannot be judged.
    obstacle: Option<&'static str>,
}

impl Finding {
    fn outcome(&self) -> Outcome {
        let agrees = (self.given - self.expected).abs() <= self.tolerance
            || self.given.to_bits() == self.expected.to_bits();
        match self.obstacle {
            Some(_) => Outcome::CannotJudge,
            None if agrees => Outcome::Agrees,
            None => Outcome::Disagrees,
        }
    }
}

/// The result of [`check_grad`] or [`check_jvp`].
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a report tells nobody unless it is looked at: `.assert_ok()`"]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// The result over all comparisons: one that disagrees makes it disagree.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let any = |outcome| {
            self.findings
                .iter()
                .any(|finding| finding.outcome() == outcome)
        };
        if any(Outcome::Disagrees) {
            Outcome::Disagrees
        } else if any(Outcome::CannotJudge) {
            Outcome::CannotJudge
        } else {
            Outcome::Agrees
        }
    }

    /// Passes iff everything could be judged and agrees.
    ///
    /// # Panics
    ///
    /// With the report, if something disagrees or could not be judged.
    #[track_caller]
    pub fn assert_ok(&self) {
        assert!(self.outcome() == Outcome::Agrees, "{self}");
    }

    /// Joins the findings of another check of the same derivative.
    pub fn and(mut self, other: Report) -> Report {
        self.findings.extend(other.findings);
        self
    }
}

/// One line a comparison.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.outcome() {
            Outcome::Agrees => "the derivative agrees",
            Outcome::Disagrees => "the derivative disagrees",
            Outcome::CannotJudge => "the derivative cannot be judged here",
        })?;
        for finding in &self.findings {
            let Finding {
                what,
                given,
                expected,
                tolerance,
                obstacle,
            } = finding;
            write!(
                f,
                "\n  {what}: {given:?}, expected {expected:?} within {tolerance:.1e}"
            )?;
            match (finding.outcome(), obstacle) {
                (Outcome::Disagrees, _) => f.write_str(": WRONG")?,
                (_, Some(obstacle)) => write!(f, ": not judged, {obstacle}")?,
                _ => {}
            }
        }
        Ok(())
    }
}

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
    for (i, given) in gradient.iter().copied().enumerate().take(point.len()) {
        let mut moved = point.clone();
        let estimate = derivative(point[i], primal, |coordinate| {
            moved[i] = coordinate;
            f(P::arg(&moved))
        });
        let Estimate {
            slope,
            error,
            obstacle,
        } = estimate;
        let tolerance = 10.0 * error + 1e-9 * slope.abs();
        findings.push(Finding {
            what: format!("component {i}"),
            given,
            expected: slope,
            tolerance,
            obstacle,
        });
    }
    Report { findings }
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
    for (name, direction) in directions(point.len()) {
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

/// A comparison of every bit; NaNs are equal to each other.
fn exact(what: &str, given: f64, expected: f64) -> Finding {
    let (given, expected) = if given.is_nan() && expected.is_nan() {
        (f64::NAN, f64::NAN)
    } else {
        (given, expected)
    };
    // A zero of the wrong sign is not a wrong zero: `max` leaves it open.
    Finding {
        what: what.to_owned(),
        given,
        expected,
        tolerance: 0.0,
        obstacle: None,
    }
}

/// The axes, and three directions that are in general position.
fn directions(n: usize) -> impl Iterator<Item = (String, Vec<f64>)> {
    let axes = (0..n).map(move |i| {
        let axis = (0..n).map(|j| f64::from(u8::from(i == j))).collect();
        (format!("along axis {i}"), axis)
    });
    // Multiples of the golden ratio, spread over (-1, 1).
    let mixed = (0..3).map(move |k| {
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
}
