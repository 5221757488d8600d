//! Activity markers: which operands a derivative flows through, decided at
//! compile time by zero-sized types.

use std::marker::PhantomData;

/// Whether a value is active. Implemented by zero-sized markers only, so that
/// code under `if A::ON` of an inactive value is removed by the compiler.
pub trait Activity: Copy + Send + Sync {
    /// The value is active: its cotangent slot exists and is written.
    const ON: bool;
    /// A `&mut` parameter must come back with its initial value.
    const RESTORE: bool;
    /// What `RESTORE` says, as a type: chains of calls that hand on what their
    /// caller wants (recursion) must not make a new type at every call.
    type Wish: Wish;
    /// This activity without what is asked of the callee: `Active` or `Inactive`.
    type Plain: Activity;
    /// The activity of a result that depends on this value and on one of activity
    /// `B`; a plain marker.
    type Or<B: Activity>: Activity;
    /// The marker of [`Activity::Plain`].
    fn plain(self) -> Self::Plain;
    /// The marker of [`Activity::Or`].
    fn or<B: Activity>(self, other: B) -> Self::Or<B>;
    /// This marker, asking the callee to restore a `&mut` parameter.
    #[inline(always)]
    fn restoring(self) -> Restoring<Self> {
        Restoring(self)
    }
    /// This marker, asking the callee to restore a `&mut` parameter iff the
    /// caller's own parameter of marker `B` is to be restored.
    #[inline(always)]
    fn restoring_as<B: Activity>(self, _: B) -> RestoringAs<Self, B::Wish> {
        RestoringAs(self, PhantomData)
    }
}

/// Whether a `&mut` parameter is to be restored.
pub trait Wish: Copy + Send + Sync {
    /// It is.
    const RESTORE: bool;
}

/// The [`Wish`] of [`Restoring`].
#[derive(Clone, Copy, Debug)]
pub struct Restored;

/// The [`Wish`] of plain markers.
#[derive(Clone, Copy, Debug)]
pub struct Unrestored;

impl Wish for Restored {
    const RESTORE: bool = true;
}

impl Wish for Unrestored {
    const RESTORE: bool = false;
}

/// The marker of an active value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Active;

/// The marker of an inactive value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inactive;

/// The marker of a `&mut` parameter that must come back with its initial value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Restoring<A>(A);

/// The marker of a `&mut` parameter that must come back with its initial value
/// where `W` says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct RestoringAs<A, W>(A, PhantomData<fn(W)>);

impl Activity for Active {
    const ON: bool = true;
    const RESTORE: bool = false;
    type Wish = Unrestored;
    type Plain = Active;
    type Or<B: Activity> = Active;
    #[inline(always)]
    fn plain(self) -> Active {
        self
    }
    #[inline(always)]
    fn or<B: Activity>(self, _: B) -> Active {
        Active
    }
}

impl Activity for Inactive {
    const ON: bool = false;
    const RESTORE: bool = false;
    type Wish = Unrestored;
    type Plain = Inactive;
    type Or<B: Activity> = B::Plain;
    #[inline(always)]
    fn plain(self) -> Inactive {
        self
    }
    #[inline(always)]
    fn or<B: Activity>(self, other: B) -> B::Plain {
        other.plain()
    }
}

impl<A: Activity> Activity for Restoring<A> {
    const ON: bool = A::ON;
    const RESTORE: bool = true;
    type Wish = Restored;
    type Plain = A::Plain;
    type Or<B: Activity> = A::Or<B>;
    #[inline(always)]
    fn plain(self) -> A::Plain {
        self.0.plain()
    }
    #[inline(always)]
    fn or<B: Activity>(self, other: B) -> A::Or<B> {
        self.0.or(other)
    }
}

impl<A: Activity, W: Wish> Activity for RestoringAs<A, W> {
    const ON: bool = A::ON;
    const RESTORE: bool = W::RESTORE;
    type Wish = W;
    type Plain = A::Plain;
    type Or<B: Activity> = A::Or<B>;
    #[inline(always)]
    fn plain(self) -> A::Plain {
        self.0.plain()
    }
    #[inline(always)]
    fn or<B: Activity>(self, other: B) -> A::Or<B> {
        self.0.or(other)
    }
}

/// The activity of an argument whose parameter stands outside `wrt(..)`. An
/// active value there would lose its derivative, so only inactive markers
/// implement it.
#[diagnostic::on_unimplemented(
    message = "an active value is passed to a parameter that the callee's `wrt(..)` leaves out",
    label = "the derivative through this argument would be lost",
    note = "help: add the parameter to the callee's `wrt(..)`, or pass `ad_runtime::constant(..)`"
)]
pub trait NotDifferentiated: Activity {}

impl NotDifferentiated for Inactive {}
impl NotDifferentiated for Restoring<Inactive> {}
impl<W: Wish> NotDifferentiated for RestoringAs<Inactive, W> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn on<A: Activity>(_: A) -> (bool, bool) {
        (A::ON, A::RESTORE)
    }

    #[test]
    fn or_is_the_logical_or_and_forgets_restoring() {
        assert_eq!(on(Inactive.or(Inactive)), (false, false));
        assert_eq!(on(Inactive.or(Active)), (true, false));
        assert_eq!(on(Active.or(Inactive)), (true, false));
        assert_eq!(on(Active.restoring()), (true, true));
        assert_eq!(on(Active.restoring().or(Inactive)), (true, false));
        assert_eq!(on(Inactive.restoring().or(Inactive)), (false, false));
        assert_eq!(on(Inactive.or(Active.restoring())), (true, false));
        assert_eq!(on(Active.restoring().or(Inactive)), (true, false));
        assert_eq!(on(Active.restoring_as(Inactive.restoring())), (true, true));
        assert_eq!(on(Active.restoring_as(Active)), (true, false));
        assert_eq!(
            on(Active.restoring_as(Inactive.restoring()).or(Inactive)),
            (true, false)
        );
    }

    #[test]
    fn markers_are_zero_sized() {
        assert_eq!(size_of::<(Active, Inactive, Restoring<Active>)>(), 0);
    }
}
