//! `m[(i, j)]` on types of the user's: where in the tangent an element has its place.

use std::marker::PhantomData;
use std::ops::IndexMut;

use crate::pool::Pooled;
use crate::record::Record;
use crate::tangent::{Differentiable, Tan};
use crate::tape::Tape;

/// A type whose `impl` of `Index<I>` is annotated. The tangent has no shape of its own to
/// compute a place from, so that the place is computed from the value and then found in
/// both.
#[diagnostic::on_unimplemented(
    message = "indexing `{Self}` by `{I}` has no derivative",
    label = "this index reaches an active value",
    note = "help: put `#[conservative_grad]` on the `impl` of `Index`"
)]
pub trait Indexed<I>: Differentiable {
    /// The type of an element.
    type Element: Differentiable;
    /// What tells the place of an element.
    type Place: Clone + Record + Pooled;
    /// How the place is computed, as text.
    #[doc(hidden)]
    const BODY: &'static str;
    #[doc(hidden)]
    fn __place(&self, index: I) -> Self::Place;
    #[doc(hidden)]
    fn __tan<'t>(tan: &'t Tan<Self>, place: &Self::Place) -> &'t Tan<Self::Element>;
    #[doc(hidden)]
    fn __tan_mut<'t>(tan: &'t mut Tan<Self>, place: &Self::Place) -> &'t mut Tan<Self::Element>;
}

/// A type whose `impl` of `IndexMut<I>` is annotated.
#[diagnostic::on_unimplemented(
    message = "changing an element of `{Self}` by the index `{I}` has no derivative",
    label = "an active value is changed through this index",
    note = "help: put `#[conservative_grad]` on the `impl` of `IndexMut`"
)]
pub trait IndexedMut<I>: Indexed<I> + IndexMut<I> {
    /// Both lead to the same place: that of [`Indexed`] is used for the tangent.
    #[doc(hidden)]
    const SAME: ();
}

/// The place of an element in a value of type `M` and in its tangent.
#[derive(Debug)]
pub struct Key<M: Indexed<I>, I> {
    place: M::Place,
    of: PhantomData<fn(M, I)>,
}

impl<M: Indexed<I>, I> Clone for Key<M, I> {
    #[inline(always)]
    fn clone(&self) -> Self {
        Key {
            place: self.place.clone(),
            of: PhantomData,
        }
    }
}

impl<M: Indexed<I>, I> Record for Key<M, I> {
    #[inline(always)]
    fn push(self, tape: &mut Tape) {
        self.place.push(tape);
    }
    #[inline(always)]
    fn pop(tape: &mut Tape) -> Self {
        Key {
            place: Record::pop(tape),
            of: PhantomData,
        }
    }
}

/// The place of `m[index]`.
#[inline(always)]
#[track_caller]
pub fn key<M: Indexed<I>, I>(m: &M, index: I) -> Key<M, I> {
    Key {
        place: m.__place(index),
        of: PhantomData,
    }
}

/// `m[index]`, to be changed.
#[inline(always)]
#[track_caller]
pub fn index_mut<M: IndexedMut<I>, I>(m: &mut M, index: I) -> &mut M::Output {
    let () = M::SAME;
    m.index_mut(index)
}

/// The tangent of an element.
#[inline(always)]
#[track_caller]
pub fn tan<'t, M: Indexed<I>, I>(tan: &'t Tan<M>, key: &Key<M, I>) -> &'t Tan<M::Element> {
    M::__tan(tan, &key.place)
}

/// As [`tan`], to be changed.
#[inline(always)]
#[track_caller]
pub fn tan_mut<'t, M: Indexed<I>, I>(
    tan: &'t mut Tan<M>,
    key: &Key<M, I>,
) -> &'t mut Tan<M::Element> {
    M::__tan_mut(tan, &key.place)
}

/// Whether two texts are the same, as a constant.
pub const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut k = 0;
    while k < a.len() {
        if a[k] != b[k] {
            return false;
        }
        k += 1;
    }
    true
}
