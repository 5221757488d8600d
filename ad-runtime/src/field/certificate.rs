//! The report of `f::certify`.

use std::fmt;

use super::FieldError;
use crate::site::Site;
use crate::trace::{Selection, Verdict};

/// What can be said about the gradient of a program at a point, with the evidence.
///
/// It is printed as a report. [`Trace::verdict`](crate::Trace::verdict) assumes that the sides of a
/// tied branch agree; here they are evaluated.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Certificate {
    pub(super) verdict: Verdict,
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) ties: Vec<Selection>,
    pub(super) leaves: usize,
    pub(super) bounds: Option<Vec<(f64, f64)>>,
    pub(super) jumps: Vec<Jump>,
    pub(super) singular: Option<&'static Site>,
    pub(super) assumed: Vec<&'static Site>,
    pub(super) unchecked: Vec<&'static Site>,
    pub(super) min_margin: Option<(f64, &'static Site)>,
    pub(super) too_many: Option<FieldError>,
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
    pub(super) fn new(verdict: Verdict, value: f64, gradient: Vec<f64>) -> Self {
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
