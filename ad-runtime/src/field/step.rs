//! How far it is to the next change of selection.

use std::fmt;

use super::limiting::Direction;
use super::program::{Program, Way};
use crate::follow::{Met, Side};
use crate::scalar::Scalar;
use crate::site::{Site, SiteKind};
use crate::tangent::Tangent;

/// The step along a direction to the next change of selection, by the slopes of the guards.
///
/// ```
/// use ad_runtime::{Direction, conservative_grad};
///
/// #[conservative_grad]
/// fn f(x: f64) -> f64 {
///     (2.0 * x - 3.0).abs() + x.max(5.0)
/// }
/// let step = f::step(0.0, &Direction::Along(1.0));
/// assert_eq!((step.length, step.exact), (1.5, true));
/// assert_eq!(step.site.unwrap().source, "(2.0 * x - 3.0).abs()");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Step {
    /// In multiples of the direction; infinite where no guard is approached.
    pub length: f64,
    /// The site whose selection changes there.
    pub site: Option<&'static Site>,
    /// All guards are affine along the line up to there, which was seen half way, so that the
    /// length is exact up to rounding. Else it is an estimate.
    pub exact: bool,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.exact { "" } else { "about " };
        match self.site {
            Some(site) => write!(f, "{about}{:?} to {site}", self.length),
            None => write!(f, "no selection is approached"),
        }
    }
}

/// What `f::step` calls. The selections along the direction count from the point on: a tie is left
/// behind.
#[doc(hidden)]
pub fn step<A: Tangent, T: Scalar>(
    mut program: Program<'_, A, T>,
    direction: &Direction<A>,
) -> Step {
    let along = direction.components(program.dimension);
    let mut step = Step {
        length: f64::INFINITY,
        site: None,
        exact: false,
    };
    let way = Way {
        lexicographic: true,
        all: true,
        ..Way::default()
    };
    let Ok(here) = program.run(&along, &way) else {
        step.length = f64::NAN;
        return step;
    };
    for met in &here.met {
        let Some(slope) = slope(met) else {
            continue;
        };
        let length = ahead(met, slope);
        if length < step.length {
            (step.length, step.site) = (length, Some(met.site));
        }
    }
    let half = if step.length.is_finite() {
        step.length / 2.0
    } else {
        1.0
    };
    let way = Way {
        all: true,
        moved: Some((&along, half)),
        ..Way::default()
    };
    step.exact = program.run(&along, &way).is_ok_and(|there| {
        here.met.len() == there.met.len()
            && here
                .met
                .iter()
                .zip(&there.met)
                .all(|(a, b)| is_affine(a, b, half))
    });
    step
}

/// How fast the margin grows into the chosen piece.
fn slope(met: &Met) -> Option<f64> {
    let row = *met.rows.first()?;
    let row = match met.side {
        // Both sides are the same piece.
        Side::Both => row.abs() * (row * met.margin).signum(),
        _ => row,
    };
    (!row.is_nan() && row != 0.0).then_some(row)
}

/// How far it is to the tie that lies ahead. `slope` is positive into the chosen piece.
fn ahead(met: &Met, slope: f64) -> f64 {
    let margin = met.margin.abs();
    let towards = slope < 0.0;
    let distance = match met.site.kind {
        // A tie at every integer.
        SiteKind::Floor
        | SiteKind::Ceil
        | SiteKind::Round
        | SiteKind::RoundTiesEven
        | SiteKind::Trunc
        | SiteKind::Fract
        | SiteKind::Cast => {
            if towards {
                margin
            } else {
                1.0 - margin
            }
        }
        _ if margin == 0.0 => f64::INFINITY,
        _ if towards => margin,
        _ => f64::INFINITY,
    };
    distance / slope.abs()
}

/// The guard has changed by its slope, and has the same slope. Of a reduction or a sort only what
/// ties has slopes: how fast the next rival comes closer is not known.
fn is_affine(here: &Met, there: &Met, t: f64) -> bool {
    let ([slope], [later]) = (&here.rows[..], &there.rows[..]) else {
        return false;
    };
    let periodic = matches!(
        here.site.kind,
        SiteKind::Rem | SiteKind::RemEuclid | SiteKind::DivEuclid
    );
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (a.abs() + b.abs());
    here.chosen == there.chosen
        && !periodic
        && close(*slope, *later)
        && (here.site.kind.is_jump() || close(there.margin.abs(), here.margin.abs() + slope * t))
}
