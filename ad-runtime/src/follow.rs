//! Runs of forward mode that follow choices at their ties instead of a rule.
//!
//! Such a run is told which piece to execute at which of its decisions; elsewhere
//! it executes what the operands say, and at a tie that it was told nothing about,
//! the piece of a direction or the one that the program executes. It notes every
//! tie with the pieces that meet there and the slopes of its guard.

use std::collections::BTreeMap;

use crate::log::Log;
use crate::select::Selector;
use crate::site::{Site, SiteKind};
use crate::tape::Tape;
use crate::trace::Verdict;

/// Follows the choices that stand in the tape.
#[derive(Clone, Copy, Debug, Default)]
pub struct Follow;

/// What a run is told, and what it has met.
#[derive(Debug, Default)]
pub(crate) struct Path {
    /// The piece of the decision with this number.
    pub script: BTreeMap<u64, u32>,
    /// Ties are decided by the slopes of their guards.
    pub lexicographic: bool,
    /// The run stops after this many decisions.
    pub limit: u64,
    /// Every decision is noted, not only ties.
    pub all: bool,
    pub met: Vec<Met>,
    pub worst: Verdict,
    pub nan: bool,
    /// The site of the first operation without conservative field, or of a NaN.
    pub weakest: Option<&'static Site>,
    decisions: u64,
    /// The tangents of the operands of the next decision.
    pub heading: Vec<f64>,
    /// Of the last decisions: the piece, and whether it was told or a tie.
    last: [(u32, bool); 2],
}

/// A decision that a run has met.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub site: &'static Site,
    /// Its number in the run.
    pub number: u64,
    pub margin: f64,
    pub chosen: u32,
    /// The pieces that meet at the tie, that of the program first. One alone cannot
    /// be changed: a rule of the user's, a kink with infinitely many derivatives.
    pub options: Vec<u32>,
    /// The slopes that are positive in the directions into the chosen piece.
    pub rows: Vec<f64>,
    pub side: Side,
    /// There are more pieces than can be listed.
    pub unlisted: bool,
}

/// Where the chosen piece of a tie is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Where all rows are positive.
    Inside,
    /// On both sides of the tie: `x != 0`.
    Both,
    /// At the tie alone: `x == 0`.
    Never,
}

/// A decision by the sign of a margin.
pub(crate) struct Decision {
    pub site: &'static Site,
    /// What the program executes.
    pub piece: u32,
    /// The pieces at negative and at positive margins.
    pub sides: [u32; 2],
    pub margin: f64,
    pub slope: f64,
    pub at_tie: Verdict,
}

/// Ends a run that is told to stop.
pub(crate) struct Stopped;

impl Path {
    pub fn begin(&mut self) {
        self.met.clear();
        self.worst = Verdict::Classical;
        self.nan = false;
        self.weakest = None;
        self.decisions = 0;
    }

    fn next(&mut self) -> u64 {
        self.decisions += 1;
        if self.decisions > self.limit {
            std::panic::resume_unwind(Box::new(Stopped));
        }
        self.decisions - 1
    }

    fn weaken(&mut self, site: &'static Site, verdict: Verdict) {
        if verdict > Verdict::Jump && verdict > self.worst {
            self.weakest = Some(site);
        }
        self.worst = self.worst.max(verdict);
    }

    fn meet(&mut self, met: Met, at_tie: Verdict) -> u32 {
        let (piece, tie) = (met.chosen, met.margin == 0.0);
        if met.margin.is_nan() {
            self.nan = true;
            self.weaken(met.site, Verdict::Undefined);
        }
        if tie {
            self.weaken(met.site, at_tie);
        }
        let told = self.script.contains_key(&met.number);
        self.last = [(piece, tie | told), self.last[0]];
        if tie | told | self.all {
            self.met.push(met);
        }
        piece
    }

    pub fn decide(&mut self, decision: &Decision) -> u32 {
        let number = self.next();
        let Decision {
            site,
            piece,
            sides,
            margin,
            slope,
            at_tie,
        } = *decision;
        let tie = margin == 0.0;
        let chosen = match self.script.get(&number) {
            Some(told) => *told,
            None if tie && self.lexicographic && slope < 0.0 => sides[0],
            None if tie && self.lexicographic && slope > 0.0 => sides[1],
            None => piece,
        };
        let mut options = vec![piece];
        options.extend(sides.into_iter().filter(|side| *side != piece));
        options.dedup();
        let (rows, side) = match (sides[0] == chosen, sides[1] == chosen) {
            (true, true) => (vec![slope], Side::Both),
            (true, false) => (vec![-slope], Side::Inside),
            (false, true) => (vec![slope], Side::Inside),
            (false, false) => (vec![slope], Side::Never),
        };
        let met = Met {
            site,
            number,
            margin,
            chosen,
            options,
            rows,
            side,
            unlisted: false,
        };
        self.meet(met, at_tie)
    }

    /// A decision among the operands `tied` with these slopes, of which the program
    /// takes the first; `sign` is 1 where the one that grows is taken.
    fn decide_among(
        &mut self,
        site: &'static Site,
        tied: &[u32],
        slopes: &[f64],
        sign: f64,
        margin: f64,
    ) -> u32 {
        let number = self.next();
        let best = (0..tied.len()).reduce(|best, k| {
            let ahead = sign * slopes[k] > sign * slopes[best];
            if ahead { k } else { best }
        });
        let first = tied.first().copied().unwrap_or(0);
        let chosen = match (self.script.get(&number), best) {
            (Some(told), _) => *told,
            (None, Some(best)) if self.lexicographic => tied[best],
            _ => first,
        };
        let own = tied.iter().position(|k| *k == chosen);
        let rows = own.map_or_else(Vec::new, |own| {
            let others = (0..tied.len()).filter(|k| *k != own);
            others.map(|k| sign * (slopes[own] - slopes[k])).collect()
        });
        let met = Met {
            site,
            number,
            margin,
            chosen,
            options: tied.to_vec(),
            rows,
            side: Side::Inside,
            unlisted: false,
        };
        self.meet(met, Verdict::Tied)
    }

    /// What cannot be changed.
    fn pass(&mut self, site: &'static Site, piece: u32, margin: f64, at_tie: Verdict) {
        let number = self.next();
        let met = Met {
            site,
            number,
            margin,
            chosen: piece,
            options: vec![piece],
            rows: vec![f64::NAN],
            side: Side::Inside,
            unlisted: true,
        };
        self.meet(met, at_tie);
    }

    fn slope(&self, coefficients: [f64; 2]) -> f64 {
        let terms = coefficients.iter().enumerate();
        let terms = terms.filter(|(_, c)| **c != 0.0);
        terms
            .map(|(k, c)| c * self.heading.get(k).copied().unwrap_or(0.0))
            .sum()
    }
}

impl Log for Follow {
    const ON: bool = true;
    const FOLLOWS: bool = true;
    fn see(tape: &mut Tape, site: &'static Site, piece: u32, margin: f64, at_tie: Verdict) {
        tape.path.pass(site, piece, margin, at_tie);
    }
    fn singular(tape: &mut Tape, site: &'static Site, _: u32, verdict: Verdict) {
        tape.path.nan |= verdict == Verdict::Undefined;
        tape.path.weaken(site, verdict);
    }
}

/// Decides by the sign of a margin, whose slope is made of the tangents of the
/// first two operands. Returns the piece to execute.
pub(crate) fn decide(
    tape: &mut Tape,
    site: &'static Site,
    (piece, sides): (u32, [u32; 2]),
    margin: f64,
    coefficients: [f64; 2],
    at_tie: Verdict,
) -> u32 {
    let slope = tape.path.slope(coefficients);
    tape.path.decide(&Decision {
        site,
        piece,
        sides,
        margin,
        slope,
        at_tie,
    })
}

/// Decides among operands of which `tied` are the best. `slope` is that of an operand.
pub(crate) fn decide_among(
    tape: &mut Tape,
    site: &'static Site,
    tied: &[u32],
    slope: impl Fn(u32) -> f64,
    sign: f64,
    margin: f64,
) -> u32 {
    let slopes: Vec<f64> = tied.iter().map(|k| slope(*k)).collect();
    tape.path.decide_among(site, tied, &slopes, sign, margin)
}

/// The tangent of operand `k` of the next decision.
pub(crate) fn heading(tape: &Tape, k: usize) -> f64 {
    tape.path.heading.get(k).copied().unwrap_or(0.0)
}

/// The piece of the last decision but `back`.
pub(crate) fn piece(tape: &Tape, back: usize) -> u32 {
    tape.path.last[back].0
}

/// The piece of the last decision, where it was a tie.
pub(crate) fn landed(tape: &Tape) -> Option<u32> {
    let (piece, tie) = tape.path.last[0];
    tie.then_some(piece)
}

/// The weight of the first of two operands: that of the rule, or of the piece that
/// the run has followed.
#[inline(always)]
pub(crate) fn of_first<S: Selector>(tape: &Tape, first: u32, of_rule: f64) -> f64 {
    if S::FOLLOWS {
        f64::from(u32::from(piece(tape, 0) == first))
    } else {
        of_rule
    }
}

/// The pieces of a guard at negative and at positive margins.
pub(crate) fn sides_of_guard(kind: SiteKind) -> [u32; 2] {
    match kind {
        SiteKind::Greater | SiteKind::GreaterEqual | SiteKind::IsSignPositive => [1, 0],
        SiteKind::Equal => [1, 1],
        SiteKind::NotEqual => [0, 0],
        _ => [0, 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::site;

    static LESS: Site = site(0, SiteKind::Less, "f", "f.rs", 1, 1, "a < b");

    fn tie(slope: f64) -> Decision {
        Decision {
            site: &LESS,
            piece: 1,
            sides: [0, 1],
            margin: 0.0,
            slope,
            at_tie: Verdict::Tied,
        }
    }

    #[test]
    fn a_tie_follows_the_script_then_the_direction_then_the_program() {
        let mut path = Path {
            limit: 10,
            ..Path::default()
        };
        assert_eq!(path.decide(&tie(-1.0)), 1);
        path.begin();
        path.lexicographic = true;
        assert_eq!(path.decide(&tie(-1.0)), 0);
        assert_eq!(path.decide(&tie(2.0)), 1);
        path.begin();
        path.script.insert(1, 0);
        assert_eq!(path.decide(&tie(2.0)), 1);
        assert_eq!(path.decide(&tie(2.0)), 0);
        assert_eq!(path.met[1].rows, [-2.0]);
    }

    #[test]
    fn among_many_the_one_that_grows_fastest() {
        let mut path = Path {
            limit: 10,
            lexicographic: true,
            ..Path::default()
        };
        let slopes = [1.0, 3.0, 2.0];
        assert_eq!(path.decide_among(&LESS, &[4, 7, 9], &slopes, 1.0, 0.0), 7);
        assert_eq!(path.met[0].rows, [2.0, 1.0]);
        assert_eq!(path.decide_among(&LESS, &[4, 7, 9], &slopes, -1.0, 0.0), 4);
    }
}
