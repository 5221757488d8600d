//! What a run decided: selections, their margins, and the verdict.

use std::fmt;

use crate::site::Site;

/// What is known about the vector that a derivative returned, from the strongest
/// statement to the weakest. Of several that apply, the weakest is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Verdict {
    /// Strictly differentiable at the point (for the run's rounded guards): the
    /// vector is the gradient.
    #[default]
    Classical,
    /// Lipschitz near the point, with a tie: the vector is an element of the
    /// conservative field.
    Tied,
    /// A discontinuous primitive is at its jump: the vector is the derivative of
    /// the executed piece and nothing else is claimed.
    Jump,
    /// An executed operation has no conservative field at its operand: the vector
    /// is what IEEE arithmetic gives.
    NotLipschitz,
    /// A NaN reached a guard, or the value or the gradient is not finite and no
    /// operation without conservative field explains it.
    Undefined,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Verdict::Classical => "classical",
            Verdict::Tied => "tied",
            Verdict::Jump => "at a jump",
            Verdict::NotLipschitz => "not Lipschitz",
            Verdict::Undefined => "undefined",
        })
    }
}

/// One executed decision.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Selection {
    /// Where it was made.
    pub site: &'static Site,
    /// The piece that was executed: 0 the left, first or true piece, 1 the right,
    /// second or false one, further ones in order (`clamp`: below, between, above).
    pub piece: u32,
    /// The signed distance of the guard from its nearest tie; equal operands have
    /// margin 0, infinite ones too. NaN if an operand was NaN.
    pub margin: f64,
}

impl Selection {
    pub(crate) fn new(site: &'static Site, piece: u32, margin: f64) -> Self {
        Selection {
            site,
            piece,
            margin,
        }
    }

    /// The margin is exactly zero, of either sign.
    #[must_use]
    pub fn is_tie(&self) -> bool {
        self.margin == 0.0
    }
}

/// `src/model.rs:12:9: x.max(0.0) chose piece 1, margin -0.25`
impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.site.kind.is_singular() {
            return write!(f, "{} is at its singular point", self.site);
        }
        write!(f, "{} chose piece {}, ", self.site, self.piece)?;
        if self.is_tie() {
            let jump = self.site.kind.is_jump();
            f.write_str(if jump { "at its jump" } else { "a tie" })
        } else {
            write!(f, "margin {:?}", self.margin)
        }
    }
}

/// Everything that a run decided, in execution order.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Trace {
    selections: Vec<Selection>,
    verdict: Verdict,
}

impl Trace {
    pub(crate) fn new(selections: Vec<Selection>, verdict: Verdict) -> Self {
        Trace {
            selections,
            verdict,
        }
    }

    /// The selections in execution order, those of annotated callees included.
    #[must_use]
    pub fn selections(&self) -> &[Selection] {
        &self.selections
    }

    /// The selections at an exact tie.
    pub fn ties(&self) -> impl Iterator<Item = &Selection> {
        self.selections
            .iter()
            .filter(|selection| selection.is_tie())
    }

    /// The smallest `|margin|`, absent if nothing was decided. Singular points
    /// and NaNs do not enter.
    #[must_use]
    pub fn min_margin(&self) -> Option<f64> {
        let of_kinks = self
            .selections
            .iter()
            .filter(|s| !s.site.kind.is_singular());
        let margins = of_kinks.map(|s| s.margin.abs()).filter(|m| !m.is_nan());
        margins.reduce(f64::min)
    }

    /// What is known about the derivative of this run.
    ///
    /// It assumes that the two sides of a tied branch of the program agree; only
    /// `certify` checks it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
}

/// The verdict, then one selection a line.
impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (selections, ties) = (self.selections.len() as u64, self.ties().count() as u64);
        write!(f, "{}: {}", self.verdict, Counted(selections, ties))?;
        for selection in &self.selections {
            write!(f, "\n  {selection}")?;
        }
        Ok(())
    }
}

/// How many decisions a run made, and how close they were.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Ties {
    /// The number of executed selections.
    pub selections: u64,
    /// How many of them were exact ties.
    pub ties: u64,
    /// The smallest `|margin|`, absent if nothing was decided. Singular points
    /// and NaNs do not enter.
    pub min_margin: Option<f64>,
    /// The site of the first tie.
    pub first: Option<&'static Site>,
    verdict: Verdict,
}

impl Ties {
    pub(crate) fn new(
        selections: u64,
        ties: u64,
        min_margin: Option<f64>,
        first: Option<&'static Site>,
        verdict: Verdict,
    ) -> Self {
        Ties {
            selections,
            ties,
            min_margin,
            first,
            verdict,
        }
    }

    /// What is known about the derivative of this run; as [`Trace::verdict`].
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
}

/// `tied: 12 selections, 1 tie, first at src/model.rs:12:9: x.max(0.0)`
impl fmt::Display for Ties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            self.verdict,
            Counted(self.selections, self.ties)
        )?;
        match (self.first, self.min_margin) {
            (Some(first), _) => write!(f, ", first at {first}"),
            (None, Some(margin)) => write!(f, ", smallest margin {margin:?}"),
            (None, None) => Ok(()),
        }
    }
}

/// `12 selections, 1 tie`
struct Counted(u64, u64);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        let Counted(selections, ties) = *self;
        write!(
            f,
            "{selections} selection{}, {ties} tie{}",
            plural(selections),
            plural(ties)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_ordered_from_strongest_to_weakest() {
        use Verdict::{Classical, Jump, NotLipschitz, Tied, Undefined};
        let all = [Classical, Tied, Jump, NotLipschitz, Undefined];
        assert!(all.is_sorted());
        assert_eq!(format!("{:>6}", Tied), "  tied");
    }
}
