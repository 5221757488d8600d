//! What a run notes about its selections: nothing, counts, or everything.
//!
//! The three logs are zero-sized types; what they note lives in the tape, so
//! that a call that does not ask for it does not pay for it.

use std::fmt::Debug;

use crate::site::Site;
use crate::tape::Tape;
use crate::trace::{Selection, Ties, Trace, Verdict};

/// The notes of a run. Its memory is kept from call to call.
#[derive(Debug)]
pub(crate) struct Noted {
    selections: Vec<Selection>,
    /// The length of the last trace, which is moved out: the next one is
    /// probably as long.
    last_length: usize,
    count: u64,
    ties: u64,
    /// The bits of the smallest `|margin|`. Bits of positive floats are ordered
    /// as the floats, and integers have no NaN to look after.
    min_bits: u64,
    first: Option<&'static Site>,
    /// The weakest verdict of a tie.
    worst: Verdict,
    nan: bool,
}

const INFINITY_BITS: u64 = f64::INFINITY.to_bits();

impl Default for Noted {
    fn default() -> Self {
        Noted {
            selections: Vec::new(),
            last_length: 0,
            count: 0,
            ties: 0,
            min_bits: u64::MAX,
            first: None,
            worst: Verdict::Classical,
            nan: false,
        }
    }
}

impl Noted {
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.selections.clear();
        self.count = 0;
        self.ties = 0;
        self.min_bits = u64::MAX;
        self.first = None;
        self.worst = Verdict::Classical;
        self.nan = false;
    }

    pub(crate) fn bytes(&self) -> usize {
        self.selections.capacity() * size_of::<Selection>()
    }

    pub(crate) fn shrink(&mut self) {
        self.selections.shrink_to_fit();
        self.last_length = 0;
    }

    /// Notes a tie (margin bits 0) or a NaN (bits above infinity); others are not
    /// noted here.
    #[inline(always)]
    fn unusual(&mut self, site: &'static Site, bits: u64, at_tie: Verdict) {
        // One comparison for both: zero wraps around.
        if bits.wrapping_sub(1) >= INFINITY_BITS {
            if bits == 0 {
                self.ties += 1;
                if self.first.is_none() {
                    self.first = Some(site);
                }
                self.worst = self.worst.max(at_tie);
            } else {
                self.nan = true;
            }
        }
    }

    /// Adds the notes of a run that came after this one, and clears those.
    #[cfg(feature = "rayon")]
    pub(crate) fn append(&mut self, later: &mut Noted) {
        self.selections.append(&mut later.selections);
        self.count += later.count;
        self.ties += later.ties;
        self.min_bits = self.min_bits.min(later.min_bits);
        self.first = self.first.or(later.first);
        self.worst = self.worst.max(later.worst);
        self.nan |= later.nan;
        later.clear();
    }

    /// The verdict of the run, given whether value and gradient are finite.
    fn verdict(&self, finite: bool) -> Verdict {
        let explained = self.worst == Verdict::NotLipschitz;
        if self.nan || !(finite || explained) {
            Verdict::Undefined
        } else {
            self.worst
        }
    }
}

/// Strategy of noting selections: [`Off`], [`Count`] or [`Recording`].
pub trait Log: Copy + Default + Debug + Send + Sync + 'static {
    /// Something is noted.
    const ON: bool;
    /// The run follows choices at its ties.
    const FOLLOWS: bool = false;
    /// Notes a selection; `at_tie` is what the site does to the verdict at a tie.
    fn see(tape: &mut Tape, site: &'static Site, piece: u32, margin: f64, at_tie: Verdict);
    /// Notes a selection that is no decision: a singular primitive at a point
    /// where `verdict` is the most that can be said.
    fn singular(tape: &mut Tape, site: &'static Site, piece: u32, verdict: Verdict);
}

/// Notes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Off;

/// Notes numbers only: no memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count;

/// Notes every selection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recording;

impl Log for Off {
    const ON: bool = false;
    #[inline(always)]
    fn see(_: &mut Tape, _: &'static Site, _: u32, _: f64, _: Verdict) {}
    #[inline(always)]
    fn singular(_: &mut Tape, _: &'static Site, _: u32, _: Verdict) {}
}

impl Log for Count {
    const ON: bool = true;
    // No call and no unconditional branch, so that in a loop the counters stay
    // in registers.
    #[inline(always)]
    fn see(tape: &mut Tape, site: &'static Site, _: u32, margin: f64, at_tie: Verdict) {
        let bits = margin.abs().to_bits();
        let log = &mut tape.log;
        log.count += 1;
        log.min_bits = log.min_bits.min(bits);
        log.unusual(site, bits, at_tie);
    }
    #[inline(always)]
    fn singular(tape: &mut Tape, site: &'static Site, _: u32, verdict: Verdict) {
        tape.log.count += 1;
        tape.log.unusual(site, 0, verdict);
    }
}

impl Log for Recording {
    const ON: bool = true;
    #[inline(always)]
    fn see(tape: &mut Tape, site: &'static Site, piece: u32, margin: f64, at_tie: Verdict) {
        let log = &mut tape.log;
        if log.selections.capacity() == 0 {
            log.selections.reserve(log.last_length);
        }
        log.selections.push(Selection::new(site, piece, margin));
        log.unusual(site, margin.abs().to_bits(), at_tie);
    }
    #[inline(always)]
    fn singular(tape: &mut Tape, site: &'static Site, piece: u32, verdict: Verdict) {
        Self::see(tape, site, piece, 0.0, verdict);
    }
}

/// The trace of a call that ran with [`Recording`]. `finite`: its value and its
/// gradient, if there is one, are.
#[must_use]
pub fn finish_trace(tape: &mut Tape, finite: bool) -> Trace {
    let verdict = tape.log.verdict(finite);
    let selections = std::mem::take(&mut tape.log.selections);
    tape.log.last_length = selections.len();
    tape.log.clear();
    Trace::new(selections, verdict)
}

/// The counts of a call that ran with [`Count`]. `finite` as in [`finish_trace`].
#[must_use]
pub fn finish_ties(tape: &mut Tape, finite: bool) -> Ties {
    let log = &mut tape.log;
    let min_margin = (log.min_bits <= INFINITY_BITS).then(|| f64::from_bits(log.min_bits));
    let ties = Ties::new(
        log.count,
        log.ties,
        min_margin,
        log.first,
        log.verdict(finite),
    );
    log.clear();
    ties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{SiteKind, site};

    static KINK: Site = site(0, SiteKind::Max, "f", "f.rs", 1, 1, "x.max(0.0)");
    static ROOT: Site = site(1, SiteKind::Sqrt, "f", "f.rs", 2, 1, "x.sqrt()");

    /// Both logs must tell the same.
    fn run(finite: bool, notes: impl Fn(&mut dyn FnMut(&'static Site, f64, Verdict))) -> Trace {
        let mut tape = Tape::new();
        tape.begin();
        notes(&mut |site, margin, at_tie| {
            if site.kind.is_singular() {
                Count::singular(&mut tape, site, 0, at_tie);
            } else {
                Count::see(&mut tape, site, 0, margin, at_tie);
            }
        });
        let ties = finish_ties(&mut tape, finite);
        notes(&mut |site, margin, at_tie| {
            if site.kind.is_singular() {
                Recording::singular(&mut tape, site, 0, at_tie);
            } else {
                Recording::see(&mut tape, site, 0, margin, at_tie);
            }
        });
        let trace = finish_trace(&mut tape, finite);
        assert_eq!(ties.verdict(), trace.verdict());
        assert_eq!(ties.selections, trace.selections().len() as u64);
        assert_eq!(ties.ties, trace.ties().count() as u64);
        assert_eq!(ties.min_margin, trace.min_margin());
        assert_eq!(ties.first, trace.ties().next().map(|s| s.site));
        trace
    }

    #[test]
    fn verdicts_follow_the_weakest_note() {
        use Verdict::{Classical, Jump, NotLipschitz, Tied, Undefined};
        assert_eq!(run(true, |_| ()).verdict(), Classical);
        assert_eq!(
            run(true, |note| note(&KINK, 0.5, Tied)).verdict(),
            Classical
        );
        assert_eq!(run(true, |note| note(&KINK, -0.0, Tied)).verdict(), Tied);
        let both = |note: &mut dyn FnMut(&'static Site, f64, Verdict)| {
            note(&KINK, 0.0, Jump);
            note(&KINK, 0.0, Tied);
        };
        assert_eq!(run(true, both).verdict(), Jump);
        assert_eq!(run(false, both).verdict(), Undefined);
        let root = |note: &mut dyn FnMut(&'static Site, f64, Verdict)| {
            note(&KINK, 3.0, Tied);
            note(&ROOT, 0.0, NotLipschitz);
        };
        assert_eq!(run(true, root).verdict(), NotLipschitz);
        assert_eq!(run(false, root).verdict(), NotLipschitz);
        let nan = |note: &mut dyn FnMut(&'static Site, f64, Verdict)| {
            note(&ROOT, 0.0, NotLipschitz);
            note(&KINK, f64::NAN, Tied);
        };
        assert_eq!(run(true, nan).verdict(), Undefined);
    }

    #[test]
    fn the_smallest_margin_leaves_out_singular_points_and_nans() {
        use Verdict::{NotLipschitz, Tied};
        let trace = run(true, |note| {
            note(&KINK, -2.0, Tied);
            note(&ROOT, 0.0, NotLipschitz);
            note(&KINK, f64::INFINITY, Tied);
        });
        assert_eq!(trace.min_margin(), Some(2.0));
        assert_eq!(
            run(true, |note| note(&ROOT, 0.0, NotLipschitz)).min_margin(),
            None
        );
        assert_eq!(
            run(true, |note| note(&KINK, f64::NAN, Tied)).min_margin(),
            None
        );
        assert_eq!(
            run(true, |note| note(&KINK, f64::NEG_INFINITY, Tied)).min_margin(),
            Some(f64::INFINITY)
        );
    }

    #[test]
    fn a_trace_prints_its_ties() {
        let trace = run(true, |note| note(&KINK, 0.0, Verdict::Tied));
        assert_eq!(
            trace.to_string(),
            "tied: 1 selection, 1 tie\n  f.rs:1:1: x.max(0.0) chose piece 0, a tie"
        );
        let trace = run(true, |note| note(&ROOT, 0.0, Verdict::NotLipschitz));
        assert_eq!(
            trace.to_string(),
            "not Lipschitz: 1 selection, 1 tie\n  f.rs:2:1: x.sqrt() is at its singular point"
        );
    }
}
