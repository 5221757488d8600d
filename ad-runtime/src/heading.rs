//! The tangents of the operands of a decision, which a run may follow.

use crate::scalar::Scalar;
use crate::select::Selector;
use crate::tape::Tape;

/// The tangents of the operands of the next decision, if they are floats.
#[inline(always)]
pub fn head<S: Selector, const N: usize>(_: S, tape: &mut Tape, slopes: [f64; N]) {
    if S::FOLLOWS {
        tape.path.heading.clear();
        tape.path.heading.extend(slopes);
    }
}

/// The tangent of an operand that is active where `on`.
#[inline(always)]
pub fn slope<T: Scalar>(tangent: T, on: bool) -> f64 {
    if on { tangent.__to_f64() } else { 0.0 }
}

/// The tangent of an operand of the next decision. A probe as [`crate::guard::Guard`]:
/// what is no float has no slope, and no decision by floats either.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a, T: ?Sized>(pub &'a T);

impl<T: Scalar> Heading<'_, T> {
    /// A float.
    pub fn push(&self, tape: &mut Tape) {
        tape.path.heading.push(self.0.__to_f64());
    }
    /// Its tangent, where it is active.
    #[inline(always)]
    pub fn get(&self, on: bool) -> f64 {
        slope(*self.0, on)
    }
}

/// Lists of floats, and references to floats.
pub trait HeadingOfList {
    /// One slope an element.
    fn push(&self, tape: &mut Tape);
    /// That of a single float; a list has none.
    #[inline(always)]
    fn get(&self, _: bool) -> f64 {
        f64::NAN
    }
}

impl<T: Scalar> HeadingOfList for Heading<'_, [T]> {
    fn push(&self, tape: &mut Tape) {
        let slopes = self.0.iter().map(|x| x.__to_f64());
        tape.path.heading.extend(slopes);
    }
}

impl<T: Scalar> HeadingOfList for Heading<'_, Vec<T>> {
    fn push(&self, tape: &mut Tape) {
        Heading(&self.0[..]).push(tape);
    }
}

impl<T: Scalar, const N: usize> HeadingOfList for Heading<'_, [T; N]> {
    fn push(&self, tape: &mut Tape) {
        Heading(&self.0[..]).push(tape);
    }
}

impl<T: Scalar> HeadingOfList for Heading<'_, &T> {
    fn push(&self, tape: &mut Tape) {
        Heading(*self.0).push(tape);
    }
    #[inline(always)]
    fn get(&self, on: bool) -> f64 {
        slope(**self.0, on)
    }
}

/// Everything else.
pub trait NoHeading {
    /// Nothing is known.
    fn push(&self, tape: &mut Tape) {
        tape.path.heading.push(f64::NAN);
    }
    /// Nothing is known.
    #[inline(always)]
    fn get(&self, _: bool) -> f64 {
        f64::NAN
    }
}

impl<T: ?Sized> NoHeading for &Heading<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::needless_borrow, reason = "the probe needs the reference")]
    fn slopes_are_found_by_type() {
        let mut tape = Tape::new();
        (&Heading(&1.5_f32)).push(&mut tape);
        (&Heading(&[2.0, 3.0][..])).push(&mut tape);
        (&Heading(&vec![4.0])).push(&mut tape);
        (&Heading(&())).push(&mut tape);
        assert_eq!(tape.path.heading[..4], [1.5, 2.0, 3.0, 4.0]);
        assert!(tape.path.heading[4].is_nan());
    }
}
