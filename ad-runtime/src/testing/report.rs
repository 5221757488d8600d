//! What a check found out.

use std::fmt;

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
pub(super) struct Finding {
    /// What is compared: a component, the value, a direction.
    pub(super) what: String,
    /// What the derivative says.
    pub(super) given: f64,
    /// What it is compared with.
    pub(super) expected: f64,
    /// By how much the two may differ.
    pub(super) tolerance: f64,
    /// Why it cannot be judged.
    pub(super) obstacle: Option<&'static str>,
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

/// The result of [`check_grad`](super::check_grad), [`check_vjp`](super::check_vjp) or
/// [`check_jvp`](super::check_jvp).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a report tells nobody unless it is looked at: `.assert_ok()`"]
pub struct Report {
    pub(super) findings: Vec<Finding>,
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

/// A comparison of every bit; NaNs are equal to each other.
pub(super) fn exact(what: &str, given: f64, expected: f64) -> Finding {
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
