//! The strongest statement about a gradient.

use std::fmt;

use super::program::{Leaf, Program, Reach, Tie, Way, direction};
use super::{FieldError, FieldOptions, agree, components, explore, hull};
use crate::scalar::Scalar;
use crate::site::Site;
use crate::tangent::Tangent;
use crate::trace::{Selection, Verdict};

/// What can be said about the gradient of a program at a point, with the evidence.
///
/// It is printed as a report. [`Trace::verdict`](crate::Trace::verdict) assumes that the sides of a
/// tied branch agree; here they are evaluated.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Certificate {
    verdict: Verdict,
    value: f64,
    gradient: Vec<f64>,
    ties: Vec<Selection>,
    leaves: usize,
    bounds: Option<Vec<(f64, f64)>>,
    jumps: Vec<Jump>,
    singular: Option<&'static Site>,
    assumed: Vec<&'static Site>,
    unchecked: Vec<&'static Site>,
    min_margin: Option<(f64, &'static Site)>,
    too_many: Option<FieldError>,
}

/// A discontinuity that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Jump {
    /// The site at whose tie the sides differ.
    pub site: &'static Site,
    /// How much they differ in value. Zero where the sides agree at the point but come apart along
    /// the tie surface, and NaN where the other side cannot be evaluated.
    pub size: f64,
}

impl Certificate {
    fn new(verdict: Verdict, value: f64, gradient: Vec<f64>) -> Self {
        Certificate {
            verdict,
            value,
            gradient,
            ties: Vec::new(),
            leaves: 1,
            bounds: None,
            jumps: Vec::new(),
            singular: None,
            assumed: Vec::new(),
            unchecked: Vec::new(),
            min_margin: None,
            too_many: None,
        }
    }

    /// The strongest verdict that can be given.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The value of the function.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The components of the gradient that is certified.
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// The ties of the run, in its order. A guard that no active input reaches along the executed
    /// pieces is none.
    #[must_use]
    pub fn ties(&self) -> &[Selection] {
        &self.ties
    }

    /// The number of paths that meet at the point.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.leaves
    }

    /// The least and the largest of each component of the gradients of all paths; absent where the
    /// paths were not evaluated.
    #[must_use]
    pub fn bounds(&self) -> Option<&[(f64, f64)]> {
        self.bounds.as_deref()
    }

    /// The discontinuities that were found.
    #[must_use]
    pub fn jumps(&self) -> &[Jump] {
        &self.jumps
    }

    /// The operation without conservative field, or where a NaN was met.
    #[must_use]
    pub fn singular(&self) -> Option<&'static Site> {
        self.singular
    }

    /// The guards of the program at whose ties continuity near the point is assumed: it was tested
    /// at the point, and to first order along the tie surface where the guard has a gradient, which
    /// is a proof for one input only.
    #[must_use]
    pub fn assumes_continuity(&self) -> &[&'static Site] {
        &self.assumed
    }

    /// The ties at which continuity was not even tested: a side cannot be evaluated.
    #[must_use]
    pub fn unchecked(&self) -> &[&'static Site] {
        &self.unchecked
    }

    /// The smallest margin of a selection that is no tie, and its site.
    #[must_use]
    pub fn min_margin(&self) -> Option<(f64, &'static Site)> {
        self.min_margin
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let says = match self.verdict {
            Verdict::Classical => {
                "the function is strictly differentiable, and this is its gradient"
            }
            Verdict::Tied => "an element of the conservative field",
            Verdict::Jump => "the derivative of the executed piece, and nothing else",
            Verdict::NotLipschitz => "what IEEE arithmetic gives",
            Verdict::Undefined => "no derivative",
        };
        write!(f, "{}: {says}", self.verdict)?;
        write!(f, "\n  value {:?}", self.value)?;
        let first = |shown: &[f64]| {
            let text: Vec<String> = shown.iter().map(|x| format!("{x:?}")).collect();
            text.join(", ")
        };
        let shown = self.gradient.len().min(8);
        let more = self.gradient.len() - shown;
        write!(f, "\n  gradient [{}", first(&self.gradient[..shown]))?;
        match more {
            0 => f.write_str("]")?,
            more => write!(f, ", and {more} more]")?,
        }
        if let Some(site) = self.singular {
            write!(f, "\n  no derivative at {site}")?;
        }
        for tie in &self.ties {
            write!(f, "\n  {tie}")?;
        }
        if !self.ties.is_empty() && self.too_many.is_none() {
            write!(f, "\n  {} paths meet here", self.leaves)?;
        }
        for jump in &self.jumps {
            match jump.size {
                0.0 => write!(f, "\n  opens along the tie surface at {}", jump.site)?,
                size if size.is_nan() => write!(f, "\n  jumps at {}", jump.site)?,
                size => write!(f, "\n  jumps by {size:?} at {}", jump.site)?,
            }
        }
        if let Some(bounds) = self
            .bounds
            .as_ref()
            .filter(|_| self.verdict == Verdict::Tied)
        {
            for (k, (low, high)) in bounds
                .iter()
                .enumerate()
                .filter(|(_, (a, b))| a != b)
                .take(8)
            {
                write!(
                    f,
                    "\n  component {k} of the paths' gradients is between {low:?} and {high:?}"
                )?;
            }
        }
        if let Some(error) = &self.too_many {
            write!(f, "\n  the paths were not evaluated: {error}")?;
        }
        for site in &self.assumed {
            write!(
                f,
                "\n  assumes that the sides agree near the point at {site}"
            )?;
        }
        for site in &self.unchecked {
            write!(f, "\n  continuity not checked at {site}")?;
        }
        if let Some((margin, site)) = self.min_margin {
            write!(f, "\n  smallest margin {margin:?} at {site}")?;
        }
        Ok(())
    }
}

/// What `f::certify` calls.
#[doc(hidden)]
pub fn certify<A: Tangent, T: Scalar>(mut program: Program<'_, A, T>) -> Certificate {
    let (value, gradient) = program.gradient();
    let value = value.__to_f64();
    let gradient = components(&gradient);
    let finite = value.is_finite() && gradient.iter().all(|x| x.is_finite());
    let own = program.leaf(&Default::default(), false);
    let mut certificate = Certificate::new(own.worst, value, gradient);
    certificate.ties = own.ties.iter().map(selection).collect();
    certificate.min_margin = min_margin(&mut program);
    certificate.singular = own.weakest;
    let explained = own.worst == Verdict::NotLipschitz;
    if own.nan || (!finite || own.failed) && !explained {
        certificate.verdict = Verdict::Undefined;
        return certificate;
    }
    if own.worst == Verdict::NotLipschitz {
        return certificate;
    }
    certificate.verdict = Verdict::Classical;
    if own.ties.is_empty() {
        return certificate;
    }
    let leaves = match explore(&mut program, &FieldOptions::default()) {
        Ok(leaves) => leaves,
        Err(error) => {
            let jump = own.ties.iter().find(|t| t.met.site.kind.is_jump());
            certificate.jumps.extend(jump.map(|t| Jump {
                site: t.met.site,
                size: f64::NAN,
            }));
            certificate.verdict = match jump {
                Some(_) => Verdict::Jump,
                None => Verdict::Tied,
            };
            let guards = own.ties.iter().filter(|t| t.met.site.kind.is_guard());
            certificate.unchecked = distinct(guards.map(|t| t.met.site));
            certificate.too_many = Some(error);
            return certificate;
        }
    };
    certificate.leaves = leaves.len();
    judge(&mut program, &mut certificate, &leaves);
    certificate
}

fn selection(tie: &Tie) -> Selection {
    Selection::new(tie.met.site, tie.met.chosen, tie.met.margin)
}

fn min_margin<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
) -> Option<(f64, &'static Site)> {
    let way = Way {
        all: true,
        ..Way::default()
    };
    let still = vec![0.0; program.dimension];
    let met = program.run(&still, &way).ok()?.met;
    let apart = met
        .iter()
        .filter(|met| met.margin != 0.0 && !met.margin.is_nan());
    let least = apart.min_by(|a, b| a.margin.abs().total_cmp(&b.margin.abs()))?;
    Some((least.margin.abs(), least.site))
}

fn distinct(sites: impl Iterator<Item = &'static Site>) -> Vec<&'static Site> {
    let mut all: Vec<&'static Site> = Vec::new();
    for site in sites {
        if !all.contains(&site) {
            all.push(site);
        }
    }
    all
}

/// The verdict of the paths that meet at the point.
fn judge<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    certificate: &mut Certificate,
    leaves: &[Leaf],
) {
    let epsilon = program.epsilon;
    let own = &leaves[0];
    let mut jumps: Vec<Jump> = Vec::new();
    let mut found = |site: &'static Site, size: f64| {
        if !jumps.iter().any(|jump| jump.site == site) {
            jumps.push(Jump { site, size });
        }
    };
    let mut unchecked = Vec::new();
    let (mut bounds, mut all_agree) = (bounds_of(&own.gradient), true);
    for leaf in &leaves[1..] {
        let Some(site) = parting(own, leaf) else {
            continue;
        };
        if leaf.failed {
            all_agree = false;
            match near(program, own.value) {
                Some(true) => {}
                Some(false) => found(site, f64::NAN),
                None => unchecked.push(site),
            }
            continue;
        }
        for ((low, high), x) in bounds.iter_mut().zip(&leaf.gradient) {
            (*low, *high) = (low.min(*x), high.max(*x));
        }
        let agrees = agree(&leaf.gradient, &own.gradient, epsilon);
        all_agree &= agrees;
        let reach = leaf.reach();
        if reach == Reach::Nowhere {
            continue;
        }
        let size = (leaf.value - own.value).abs();
        let scale =
            leaf.value.abs() + own.value.abs() + magnitude(&own.gradient) * f64::MIN_POSITIVE;
        if size > 64.0 * epsilon * scale {
            if reach == Reach::Open || near(program, own.value) == Some(false) {
                found(site, size);
            }
            continue;
        }
        if !agrees && opens(own, leaf, epsilon) {
            found(site, 0.0);
        }
    }
    let guards = |tie: &&Tie| tie.met.site.kind.is_guard() && tie.met.margin == 0.0;
    let assumed = leaves
        .iter()
        .flat_map(|leaf| leaf.ties.iter().filter(guards));
    let one = program.dimension == 1;
    let assumed = assumed.filter(|tie| !one || tie.rows.is_empty() || tie.is_flat());
    let jumping = |site: &&'static Site| jumps.iter().any(|jump| jump.site == *site);
    let assumed = assumed.map(|tie| tie.met.site);
    certificate.assumed = distinct(assumed.filter(|site| !jumping(site)));
    certificate.unchecked = distinct(unchecked.into_iter());
    certificate.bounds = Some(bounds);
    // A primitive that jumps is at its jump whether or not the program hides it.
    for tie in own.ties.iter().filter(|t| t.met.site.kind.is_jump()) {
        if !jumps.iter().any(|jump| jump.site == tie.met.site) {
            jumps.push(Jump {
                site: tie.met.site,
                size: f64::NAN,
            });
        }
    }
    certificate.verdict = match (jumps.is_empty(), all_agree) {
        (false, _) => Verdict::Jump,
        (true, true) => Verdict::Classical,
        (true, false) => Verdict::Tied,
    };
    certificate.jumps = jumps;
}

fn bounds_of(gradient: &[f64]) -> Vec<(f64, f64)> {
    gradient.iter().map(|x| (*x, *x)).collect()
}

fn magnitude(gradient: &[f64]) -> f64 {
    hull::norm(gradient)
}

/// Where two paths part.
fn parting(own: &Leaf, leaf: &Leaf) -> Option<&'static Site> {
    let parts = |tie: &&Tie| own.script.get(&tie.met.number) != Some(&tie.met.chosen);
    leaf.ties.iter().find(parts).map(|tie| tie.met.site)
}

/// Whether the sides of a guard come apart along the surface where it ties: the difference of
/// their gradients is no combination of the gradients of the guards.
fn opens(own: &Leaf, leaf: &Leaf, epsilon: f64) -> bool {
    let ties = || {
        own.ties
            .iter()
            .chain(&leaf.ties)
            .filter(|t| t.met.margin == 0.0)
    };
    // Primitives that tie are continuous.
    let parts = |tie: &Tie| own.script.get(&tie.met.number) != Some(&tie.met.chosen);
    let guards = leaf.ties.iter().filter(|t| parts(t) && t.may_jump());
    let mut flat = true;
    for guard in guards {
        if guard.is_unknown() {
            return false;
        }
        flat &= guard.is_flat();
    }
    // Without a gradient there is no surface to look along.
    if flat {
        return false;
    }
    let rows: Vec<Vec<f64>> = ties().flat_map(|t| t.rows.iter().cloned()).collect();
    let rows: Vec<Vec<f64>> = rows.into_iter().filter(|r| hull::norm(r) > 0.0).collect();
    let apart = hull::difference(&leaf.gradient, &own.gradient);
    let size = hull::norm(&leaf.gradient) + hull::norm(&own.gradient);
    hull::distance_from_span(&rows, &apart) > 1e3 * epsilon * size
}

/// Whether the value near the point comes close to that at it, at the rate of the distance, in a
/// few directions. Absent where it cannot be tried.
fn near<A: Tangent, T: Scalar>(program: &mut Program<'_, A, T>, value: f64) -> Option<bool> {
    let still = vec![0.0; program.dimension];
    for seed in 0..4 {
        let away = direction(program.dimension, seed);
        let mut apart = [0.0; 2];
        for (k, t) in [1e-4, 1e-6].into_iter().enumerate() {
            for sign in [1.0, -1.0] {
                let way = Way {
                    moved: Some((&away, sign * t)),
                    ..Way::default()
                };
                let ran = program.run(&still, &way).ok()?;
                if !ran.value.is_finite() {
                    return None;
                }
                apart[k] = (ran.value - value).abs().max(apart[k]);
            }
        }
        // A step a hundred times smaller brings them closer by about as much.
        if apart[1] > 0.1 * apart[0] && apart[1] > 1e-12 * value.abs() {
            return Some(false);
        }
    }
    Some(true)
}
