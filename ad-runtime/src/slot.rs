//! The slot of an argument that is inactive: it exists, and nothing is read
//! from it or written to it.

use crate::tangent::Tangent;

/// A type of cotangent slot with an empty instance: every [`Tangent`], and
/// slices of them.
pub trait EmptySlot {
    /// What holds the empty instance.
    type Store;
    /// A store.
    fn store() -> Self::Store;
    /// The slot in a store.
    fn slot(store: &mut Self::Store) -> &mut Self;
    /// The slot in a store, shared.
    fn shared(store: &Self::Store) -> &Self;
}

impl<T: Tangent> EmptySlot for T {
    type Store = T;
    #[inline(always)]
    fn store() -> T {
        T::empty()
    }
    #[inline(always)]
    fn slot(store: &mut T) -> &mut T {
        store
    }
    #[inline(always)]
    fn shared(store: &T) -> &T {
        store
    }
}

impl<T: Tangent> EmptySlot for [T] {
    type Store = [T; 0];
    #[inline(always)]
    fn store() -> [T; 0] {
        []
    }
    #[inline(always)]
    fn slot(store: &mut [T; 0]) -> &mut [T] {
        store
    }
    #[inline(always)]
    fn shared(store: &[T; 0]) -> &[T] {
        store
    }
}

/// Holds an empty slot for the time of a call; the type comes from the callee.
pub struct Hold<T: ?Sized + EmptySlot>(T::Store);

impl<T: ?Sized + EmptySlot> Hold<T> {
    /// A new empty slot.
    #[inline(always)]
    #[expect(
        clippy::new_without_default,
        reason = "written by the macro, under this name only"
    )]
    pub fn new() -> Self {
        Hold(T::store())
    }
    /// The slot.
    #[inline(always)]
    pub fn slot(&mut self) -> &mut T {
        T::slot(&mut self.0)
    }
    /// The slot, shared.
    #[inline(always)]
    pub fn shared(&self) -> &T {
        T::shared(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callee(
        x: &mut f64,
        w: &mut [f64],
        (): &mut (),
        o: &mut Option<Vec<f32>>,
        t: &[[f32; 2]],
    ) -> usize {
        w.len() + t.len() + usize::from(o.is_some()) + *x as usize
    }

    #[test]
    fn the_callee_gives_the_type() {
        let none = callee(
            Hold::new().slot(),
            Hold::new().slot(),
            Hold::new().slot(),
            Hold::new().slot(),
            Hold::new().shared(),
        );
        assert_eq!(none, 0);
    }
}
