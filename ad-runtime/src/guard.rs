//! Guards of user control flow, and the probe that finds out whether a
//! comparison of unknown types is one of floats.

use std::cmp::Ordering;

use crate::follow::{decide, sides_of_guard};
use crate::kink;
use crate::log::Log;
use crate::scalar::Scalar;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// What the probe of a guard found.
pub trait MarginValue {
    /// The guard compares floats.
    const SITE: bool;
    /// The signed distance from the tie.
    fn get(self) -> f64;
}

/// A guard that does not compare floats.
#[derive(Clone, Copy, Debug)]
pub struct NoMargin;

/// The margin of a guard on floats, as the two sides compare.
#[derive(Clone, Copy, Debug)]
pub struct Margin<T>(T, T);

impl MarginValue for NoMargin {
    const SITE: bool = false;
    #[inline(always)]
    fn get(self) -> f64 {
        f64::INFINITY
    }
}

impl<T: Scalar> MarginValue for Margin<T> {
    const SITE: bool = true;
    #[inline(always)]
    fn get(self) -> f64 {
        distance(self.0.__widen(), self.1.__widen())
    }
}

/// `a - b`, where equal infinities are at distance zero, and others never are.
#[inline(always)]
pub(crate) fn distance<W: Scalar>(a: W, b: W) -> f64 {
    let difference = (a - b).__to_f64();
    if a == b {
        0.0
    } else if difference == 0.0 {
        f64::from_bits(1).copysign(if a < b { -1.0 } else { 1.0 })
    } else {
        difference
    }
}

/// A distance from a tie as it is noted: one that is not zero stays so.
#[inline(always)]
pub(crate) fn to_margin<W: Scalar>(distance: W) -> f64 {
    let margin = distance.__to_f64();
    if margin == 0.0 && distance != W::zero() {
        f64::from_bits(1).copysign(if distance < W::zero() { -1.0 } else { 1.0 })
    } else {
        margin
    }
}

/// The margin of a guard that compares floats.
#[inline(always)]
pub fn margin<T: Scalar>(a: T, b: T) -> Margin<T> {
    Margin(a, b)
}

/// A probe: `(&Guard(&a, &b)).margin()` is a [`Margin`] where `a` and `b` are
/// floats or references to floats, else [`NoMargin`]. The inherent method wins
/// over the traits, and the traits stand one reference level apart.
#[derive(Clone, Copy, Debug)]
pub struct Guard<A, B>(pub A, pub B);

impl<T: Scalar> Guard<&T, &T> {
    /// Both sides are floats.
    #[inline(always)]
    pub fn margin(&self) -> Margin<T> {
        Margin(*self.0, *self.1)
    }
    /// A quotient of floats is noted.
    #[inline(always)]
    pub fn div<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]) {
        kink::div(sel, tape, site, on, [*self.0, *self.1]);
    }
    /// A remainder of floats is noted.
    #[inline(always)]
    pub fn rem<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]) {
        kink::rem(sel, tape, site, on, [*self.0, *self.1]);
    }
    /// A cast of a float to an integer is noted.
    #[inline(always)]
    pub fn cast<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 1]) {
        kink::cast(sel, tape, site, on, [*self.0]);
    }
}

/// Both sides are references to floats.
pub trait SiteThroughRef<T> {
    /// The margin of the floats behind the references.
    fn margin(&self) -> Margin<T>;
    /// A quotient of floats is noted.
    fn div<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]);
    /// A remainder of floats is noted.
    fn rem<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]);
}

impl<T: Scalar> SiteThroughRef<T> for Guard<&&T, &&T> {
    #[inline(always)]
    fn margin(&self) -> Margin<T> {
        Margin(**self.0, **self.1)
    }
    #[inline(always)]
    fn div<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]) {
        kink::div(sel, tape, site, on, [**self.0, **self.1]);
    }
    #[inline(always)]
    fn rem<S: Selector>(&self, sel: S, tape: &mut Tape, site: &'static Site, on: [bool; 2]) {
        kink::rem(sel, tape, site, on, [**self.0, **self.1]);
    }
}

/// Everything else.
pub trait NotASite {
    /// No margin.
    #[inline(always)]
    fn margin(&self) -> NoMargin {
        NoMargin
    }
    /// Nothing is noted.
    #[inline(always)]
    fn div<S: Selector>(&self, _: S, _: &mut Tape, _: &'static Site, _: [bool; 2]) {}
    /// Nothing is noted.
    #[inline(always)]
    fn rem<S: Selector>(&self, _: S, _: &mut Tape, _: &'static Site, _: [bool; 2]) {}
    /// Nothing is noted.
    #[inline(always)]
    fn cast<S: Selector>(&self, _: S, _: &mut Tape, _: &'static Site, _: [bool; 1]) {}
}

impl<A, B> NotASite for &Guard<&A, &B> {}

/// Notes a guard; returns what the user's comparison said.
///
/// `on`: an active value decides. The margin is computed only where it is noted.
#[inline(always)]
pub fn guard<S: Selector, M: MarginValue>(
    _: S,
    tape: &mut Tape,
    site: &'static Site,
    on: bool,
    taken: bool,
    margin: impl FnOnce() -> M,
) -> bool {
    if S::FOLLOWS && M::SITE && on {
        let executed = (u32::from(!taken), sides_of_guard(site.kind));
        let margin = margin().get();
        return decide(tape, site, executed, margin, [1.0, -1.0], Verdict::Tied) == 0;
    }
    if S::LOGS && M::SITE && on {
        S::Log::see(tape, site, u32::from(!taken), margin().get(), Verdict::Tied);
    }
    taken
}

/// An answer of a comparison.
pub trait Ordered: Sized {
    /// The answer `Less` or, of other pieces than that of the operands, `Greater`.
    fn of(piece: u32) -> Self;
    /// The answer is `Less`.
    fn is_less(&self) -> bool;
}

impl Ordered for Ordering {
    fn of(piece: u32) -> Self {
        if piece == 0 {
            Ordering::Less
        } else {
            Ordering::Greater
        }
    }
    fn is_less(&self) -> bool {
        *self == Ordering::Less
    }
}

impl Ordered for Option<Ordering> {
    fn of(piece: u32) -> Self {
        Some(Ordering::of(piece))
    }
    fn is_less(&self) -> bool {
        *self == Some(Ordering::Less)
    }
}

/// The answer of a comparison of which `decide` says whether it is `Less`: in a run
/// that follows choices, another one than that of the operands.
#[inline(always)]
pub fn ordered<S: Selector, O: Ordered>(_: S, answer: O, decide: impl FnOnce(&O) -> bool) -> O {
    let less = answer.is_less();
    let decided = decide(&answer);
    if S::FOLLOWS && decided != less {
        O::of(u32::from(!decided))
    } else {
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Off, Recording, finish_trace};
    use crate::select::{MinNorm, Select};
    use crate::site::{SiteKind, site};

    static LESS: Site = site(0, SiteKind::Less, "f", "f.rs", 1, 1, "a < b");

    fn is_site<M: MarginValue>(_: M) -> bool {
        M::SITE
    }

    #[expect(clippy::needless_borrow, reason = "the probe needs the reference")]
    fn generic<T: Scalar>(a: T, b: T) -> bool {
        is_site((&Guard(&a, &b)).margin()) && is_site((&Guard(&&a, &&b)).margin())
    }

    #[test]
    #[expect(clippy::needless_borrow, reason = "the probe needs the reference")]
    fn the_probe_tells_floats_from_the_rest() {
        let (a, b) = (1.0, 2.0);
        assert!(is_site((&Guard(&a, &b)).margin()));
        let (a, b) = (&1.0_f32, &2.0_f32);
        assert!(is_site((&Guard(&a, &b)).margin()));
        assert!(generic(1.0, 2.0) && generic(1.0_f32, 2.0));
        assert!(!is_site((&Guard(&1_usize, &2_usize)).margin()));
        assert!(!is_site((&Guard(&"a", &"b")).margin()));
        assert!(!is_site((&Guard(&Some(1.0), &None::<f64>)).margin()));
    }

    #[test]
    fn equal_operands_tie_and_nans_have_no_margin() {
        assert_eq!(margin(2.0, 5.0).get(), -3.0);
        assert_eq!(margin(f64::INFINITY, f64::INFINITY).get(), 0.0);
        assert_eq!(margin(0.0, -0.0).get(), 0.0);
        assert_eq!(margin(f32::MAX, -f32::MAX).get(), 2.0 * f64::from(f32::MAX));
        assert!(margin(f64::NAN, 1.0).get().is_nan());
    }

    #[test]
    fn a_guard_is_noted_iff_it_is_active_and_asked_for() {
        let mut tape = Tape::new();
        let record = Select::<MinNorm, Recording>::default();
        let silent = || -> Margin<f64> { panic!("computed for nothing") };
        assert!(guard(
            Select::<MinNorm, Off>::default(),
            &mut tape,
            &LESS,
            true,
            true,
            silent
        ));
        assert!(!guard(record, &mut tape, &LESS, false, false, silent));
        assert!(!guard(record, &mut tape, &LESS, true, false, || margin(
            3.0, 1.0
        )));
        assert!(guard(record, &mut tape, &LESS, true, 1 < 2, || (&Guard(
            &1, &2
        ))
            .margin()));
        let trace = finish_trace(&mut tape, true);
        let [only] = trace.selections() else {
            panic!("{trace}")
        };
        assert_eq!((only.piece, only.margin, only.site), (1, 2.0, &LESS));
    }
}
