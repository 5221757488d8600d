//! How a hand-written rule tells what its function decided.

use std::fmt;

use crate::log::Log;
use crate::select::Selector;
use crate::site::Site;
use crate::tape::Tape;
use crate::trace::Verdict;

/// Takes the selections of a function with hand-written rules: the last parameter of what
/// `custom(trace = ..)` names.
///
/// ```
/// use ad_runtime::{Notes, Site, Verdict, conservative_grad, sites};
///
/// // The positive part, by another formula.
/// #[conservative_grad(custom(vjp = part_vjp, jvp = part_jvp, sites = PART, trace = part_trace))]
/// fn part(x: f64) -> f64 {
///     0.5 * (x + x.abs())
/// }
///
/// const PART: &[Site] = sites!(part: Relu "part(x)");
///
/// fn part_vjp(x: f64, seed: f64) -> (f64, f64) {
///     (part(x), if x > 0.0 { seed } else { 0.0 })
/// }
///
/// fn part_jvp(x: f64, x_tan: f64) -> (f64, f64) {
///     (part(x), if x > 0.0 { x_tan } else { 0.0 })
/// }
///
/// fn part_trace(x: f64, notes: &mut Notes<'_>) {
///     notes.select(&PART[0], u32::from(x > 0.0), x);
/// }
///
/// #[conservative_grad]
/// fn loss(x: f64) -> f64 {
///     3.0 * part(x - 1.0)
/// }
///
/// let (value, gradient, trace) = loss::grad_trace(1.0);
/// assert_eq!((value, gradient), (0.0, 0.0));
/// assert_eq!(trace.verdict(), Verdict::Tied);
/// assert_eq!(loss::grad_trace(1.5).2.selections()[0].margin, 0.5);
/// ```
pub struct Notes<'a> {
    tape: &'a mut Tape,
    /// Of the strategy that the run has: the rule's author need not be generic in it.
    see: fn(&mut Tape, &'static Site, u32, f64, Verdict),
    singular: fn(&mut Tape, &'static Site, u32, Verdict),
}

impl<'a> Notes<'a> {
    #[doc(hidden)]
    pub fn new<S: Selector>(_: S, tape: &'a mut Tape) -> Self {
        Notes {
            tape,
            see: S::Log::see,
            singular: S::Log::singular,
        }
    }

    /// Notes that `site` decided for `piece` at the distance `margin` from the nearest tie: 0
    /// exactly at a tie, NaN where it cannot be told, which makes the verdict
    /// [`Verdict::Undefined`]. What a tie means for the verdict follows from the kind of the site.
    ///
    /// A site of a [singular](crate::SiteKind::is_singular) kind is recorded at margin 0 only.
    pub fn select(&mut self, site: &'static Site, piece: u32, margin: f64) {
        let at_tie = site.kind.at_tie();
        if !site.kind.is_singular() {
            (self.see)(self.tape, site, piece, margin, at_tie);
        } else if margin == 0.0 {
            (self.singular)(self.tape, site, piece, at_tie);
        } else if margin.is_nan() {
            (self.singular)(self.tape, site, piece, Verdict::Undefined);
        }
    }
}

impl fmt::Debug for Notes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes").finish_non_exhaustive()
    }
}

/// Notes for each site of a function that nobody can tell what it decided.
#[doc(hidden)]
pub fn note_unknown<S: Selector>(_: S, tape: &mut Tape, sites: &'static [Site]) {
    for site in sites {
        S::Log::see(tape, site, 0, f64::NAN, Verdict::Undefined);
    }
}

/// The sites of a function with hand-written rules, as a constant table: the name of the function,
/// then the [kind](crate::SiteKind) and the text of each site.
///
/// ```
/// use ad_runtime::{Site, SiteKind, sites};
///
/// const SITES: &[Site] = sites!(soft_threshold: Less "x < -t", Greater "x > t");
/// assert_eq!(SITES[1].kind, SiteKind::Greater);
/// assert_eq!((SITES[1].index, SITES[1].source), (1, "x > t"));
/// ```
#[macro_export]
macro_rules! sites {
    ($function:ident: $($kind:ident $source:literal),* $(,)?) => {
        &const {
            $crate::__private::numbered([$($crate::__private::site(
                0,
                $crate::SiteKind::$kind,
                ::core::stringify!($function),
                ::core::file!(),
                ::core::line!(),
                ::core::column!(),
                $source,
            )),*])
        }
    };
}

/// The sites with their positions in the table.
#[doc(hidden)]
#[must_use]
pub const fn numbered<const N: usize>(mut sites: [Site; N]) -> [Site; N] {
    let mut k = 0;
    while k < N {
        sites[k].index = k as u32;
        k += 1;
    }
    sites
}
