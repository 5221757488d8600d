//! Whether a point is stationary.

use std::fmt;

use super::hull;
use super::limiting::{Direction, LimitingError};

/// How hard [`stationary`] looks.
#[derive(Clone, Debug, PartialEq)]
pub struct StationaryOptions {
    /// How close to 0 the nearest point of the hull must be: `1e-9`.
    pub tolerance: f64,
    /// How many random directions are tried: 64.
    pub samples: usize,
    /// The seed of the directions.
    pub seed: u64,
    /// What AD answers at the point, to be told whether it is artificial: the gradient that `grad`
    /// returns.
    pub gradient: Option<Vec<f64>>,
    /// All limiting gradients, where they are known: those of a [`Field`](crate::Field) without
    /// undecided generators.
    pub complete: Option<Vec<Vec<f64>>>,
}

impl Default for StationaryOptions {
    fn default() -> Self {
        StationaryOptions {
            tolerance: 1e-9,
            samples: 64,
            seed: 0,
            gradient: None,
            complete: None,
        }
    }
}

/// What is known about a point as a candidate for a minimum.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Stationarity {
    /// 0 is, within the tolerance, a convex combination of limiting gradients: proved.
    ClarkeStationary {
        /// The limiting gradients.
        gradients: Vec<Vec<f64>>,
        /// Their weights.
        weights: Vec<f64>,
        /// The length of the combination.
        distance: f64,
    },
    /// A step that lowers the function: proved. It says nothing about Clarke's subdifferential.
    NotLocalMin {
        /// The step.
        direction: Vec<f64>,
        /// By how much it lowers the function.
        decrease: f64,
    },
    /// The gradient of AD is zero and the limiting gradients are all known, and 0 is not in their
    /// hull: the zero belongs to the program, not to the function.
    Artificial {
        /// All limiting gradients.
        gradients: Vec<Vec<f64>>,
        /// The distance of their hull from 0.
        distance: f64,
    },
    /// None of the others was shown.
    Unknown {
        /// The limiting gradients that were found.
        gradients: Vec<Vec<f64>>,
        /// The distance of their hull from 0; infinite if none was found.
        distance: f64,
    },
}

impl fmt::Display for Stationarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stationarity::ClarkeStationary {
                gradients,
                distance,
                ..
            } => write!(
                f,
                "Clarke stationary: 0 is within {distance:.1e} of the hull of {} limiting gradients",
                gradients.len()
            ),
            Stationarity::NotLocalMin {
                direction,
                decrease,
            } => {
                write!(
                    f,
                    "no local minimum: the step {direction:?} decreases by {decrease:e}"
                )
            }
            Stationarity::Artificial { distance, .. } => write!(
                f,
                "artificial: AD answers 0, the limiting gradients are {distance:.1e} away from it"
            ),
            Stationarity::Unknown {
                gradients,
                distance,
            } => write!(
                f,
                "unknown: 0 is {distance:.1e} from the hull of {} limiting gradients found",
                gradients.len()
            ),
        }
    }
}

/// Whether `x` is stationary, from limiting gradients in several directions.
///
/// `limiting` returns the value of the function and a limiting gradient at a point, as
/// `f::limiting` does. A gradient whose hull with the others comes close to 0 proves Clarke
/// stationarity; else the step against the nearest point of the hull is tried.
///
/// ```
/// use ad_runtime::{Direction, Stationarity, StationaryOptions, conservative_grad, stationary};
///
/// // The minimiser is (1, 0), where AD does not answer 0.
/// #[conservative_grad]
/// fn lasso(x: &[f64]) -> f64 {
///     0.5 * (x[0] - 2.0).powi(2) + 0.5 * (x[1] - 0.5).powi(2) + x[0].abs() + x[1].abs()
/// }
/// let limiting = |x: &[f64], d: &Direction<Vec<f64>>| lasso::limiting(x, d);
/// let options = StationaryOptions::default();
/// assert_eq!(lasso::grad(&[1.0, 0.0]).1, [0.0, -0.5]);
/// let at_minimum = stationary(&limiting, &[1.0, 0.0], &options);
/// assert!(matches!(at_minimum, Stationarity::ClarkeStationary { .. }));
/// let at_zero = stationary(&limiting, &[0.0, 0.0], &options);
/// assert!(matches!(at_zero, Stationarity::NotLocalMin { .. }));
/// ```
pub fn stationary<F>(limiting: &F, x: &[f64], options: &StationaryOptions) -> Stationarity
where
    F: Fn(&[f64], &Direction<Vec<f64>>) -> Result<(f64, Vec<f64>), LimitingError>,
{
    let mut found = Vec::new();
    let mut value = f64::NAN;
    let mut add = |direction: Direction<Vec<f64>>, found: &mut Vec<Vec<f64>>| {
        if let Ok((v, gradient)) = limiting(x, &direction) {
            value = v;
            if !found.contains(&gradient) {
                found.push(gradient);
            }
            return true;
        }
        false
    };
    // One input has two directions, and no more limiting gradients than these.
    let sides = if x.len() == 1 {
        vec![1.0, -1.0]
    } else {
        Vec::new()
    };
    let mut both = !sides.is_empty();
    for side in sides {
        both &= add(Direction::Along(vec![side]), &mut found);
    }
    for k in 0..options.samples as u64 {
        let (nearest, _) = hull::min_norm(&found);
        if !found.is_empty() && hull::norm(&nearest) <= options.tolerance {
            break;
        }
        // Against the hull: where the function falls, if it does.
        if k % 2 == 1 && !found.is_empty() {
            let against = nearest.iter().map(|x| -x).collect();
            add(Direction::Along(against), &mut found);
        } else {
            add(Direction::Random(options.seed.wrapping_add(k)), &mut found);
        }
    }
    let (nearest, weights) = hull::min_norm(&found);
    let distance = if found.is_empty() {
        f64::INFINITY
    } else {
        hull::norm(&nearest)
    };
    if distance <= options.tolerance {
        return Stationarity::ClarkeStationary {
            gradients: found,
            weights,
            distance,
        };
    }
    let complete = match (&options.complete, both) {
        (Some(all), _) => Some(all.clone()),
        (None, true) => Some(found.clone()),
        (None, false) => None,
    };
    let zero = |g: &Vec<f64>| hull::norm(g) <= options.tolerance;
    if let (Some(all), true) = (complete, options.gradient.as_ref().is_some_and(zero)) {
        let (nearest, _) = hull::min_norm(&all);
        let distance = hull::norm(&nearest);
        if distance > options.tolerance {
            return Stationarity::Artificial {
                gradients: all,
                distance,
            };
        }
    }
    if let Some((direction, decrease)) = descent(limiting, x, value, &nearest) {
        return Stationarity::NotLocalMin {
            direction,
            decrease,
        };
    }
    Stationarity::Unknown {
        gradients: found,
        distance,
    }
}

/// A step against `gradient` that lowers the value by more than rounding.
fn descent<F>(limiting: &F, x: &[f64], value: f64, gradient: &[f64]) -> Option<(Vec<f64>, f64)>
where
    F: Fn(&[f64], &Direction<Vec<f64>>) -> Result<(f64, Vec<f64>), LimitingError>,
{
    let length = hull::norm(gradient);
    let mut t = 0.1 * (1.0 + hull::norm(x));
    while length > 0.0 && t > 1e-9 {
        let step: Vec<f64> = gradient.iter().map(|g| -t * g / length).collect();
        let there: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x + s).collect();
        if let Ok((lower, _)) = limiting(&there, &Direction::Random(1)) {
            let decrease = value - lower;
            if decrease > 1e-12 * (value.abs() + lower.abs()) {
                return Some((step, decrease));
            }
        }
        t /= 4.0;
    }
    None
}
