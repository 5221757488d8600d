//! Values on the tape: words, and what is made of words.

use std::marker::PhantomData;

use crate::pool::Pooled;
use crate::tangent::Differentiable;
use crate::tape::Tape;

/// A scalar that a column of the tape can hold, one a row.
pub trait Word: Copy {
    /// What a row holds: a word, or, of a type that fits none, the value itself.
    type Row: Row;
    /// The row of the value.
    fn to_word(self) -> Self::Row;
    /// The value of a row that [`Word::to_word`] made.
    fn from_word(row: Self::Row) -> Self;
}

/// An element of a column.
pub trait Row: Copy + Default {
    /// A column of `n` rows of arbitrary content.
    fn column(tape: &mut Tape, n: usize) -> Vec<Self>;
    /// Puts a column on the stack of columns.
    fn keep(column: Vec<Self>, tape: &mut Tape);
    /// Takes the last kept column from the stack of columns.
    fn restore(tape: &mut Tape) -> Vec<Self>;
    /// Gives the memory of a column back.
    fn recycle(column: Vec<Self>, tape: &mut Tape);
}

impl Row for u64 {
    #[inline(always)]
    fn column(tape: &mut Tape, n: usize) -> Vec<u64> {
        tape.column(n)
    }
    #[inline(always)]
    fn keep(column: Vec<u64>, tape: &mut Tape) {
        tape.keep_column(column);
    }
    #[inline(always)]
    fn restore(tape: &mut Tape) -> Vec<u64> {
        tape.restore_column()
    }
    #[inline(always)]
    fn recycle(column: Vec<u64>, tape: &mut Tape) {
        tape.recycle_column(column);
    }
}

/// A value that can be moved to the tape and back.
///
/// Values come back in the opposite order. The trait is named by path only: a
/// method `push` in scope would capture the user's own.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` must be kept for the reverse sweep, and the tape cannot hold it",
    label = "this value is needed again in the reverse sweep",
    note = "help: derive `ad_runtime::Differentiable` for it, or compute the needed numbers into locals of type `f64` first"
)]
pub trait Record: Sized {
    /// Moves the value to the tape.
    fn push(self, tape: &mut Tape);
    /// Moves the last value back.
    fn pop(tape: &mut Tape) -> Self;
}

/// A differentiable type whose values the tape can hold: every one but those that
/// borrow, or hold what cannot be sent to another thread.
///
/// Generated functions ask it of their type parameters that are bounded by
/// [`Differentiable`]. It is to be written where they cannot: of the type parameters of
/// an `impl` of an annotated trait whose functions make values of them.
///
/// ```
/// use ad_runtime::{Differentiable, Keep, conservative_grad};
///
/// #[conservative_grad]
/// trait Shape {
///     fn new(size: f64) -> Self;
///     fn area(&self) -> f64;
/// }
///
/// #[derive(Clone, Differentiable)]
/// struct Pair<S>(S, S);
///
/// #[conservative_grad]
/// impl<S: Shape + Clone + Keep> Shape for Pair<S> {
///     fn new(size: f64) -> Self {
///         Pair(S::new(size), S::new(2.0 * size))
///     }
///     fn area(&self) -> f64 {
///         self.0.area() + self.1.area()
///     }
/// }
/// ```
pub trait Keep: Differentiable + Record + Pooled {}
impl<T: Differentiable + Record + Pooled> Keep for T {}

macro_rules! words {
    ($($t:ty: $x:ident => $to:expr, $word:ident => $from:expr;)*) => {$(
        impl Word for $t {
            type Row = u64;
            #[inline(always)]
            fn to_word(self) -> u64 {
                let $x = self;
                $to
            }
            #[inline(always)]
            fn from_word($word: u64) -> Self {
                $from
            }
        }
        impl Record for $t {
            #[inline(always)]
            fn push(self, tape: &mut Tape) {
                tape.push_word(self.to_word());
            }
            #[inline(always)]
            fn pop(tape: &mut Tape) -> Self {
                Self::from_word(tape.pop_word())
            }
        }
    )*};
}

words! {
    f64: x => x.to_bits(), w => f64::from_bits(w);
    f32: x => u64::from(x.to_bits()), w => f32::from_bits(w as u32);
    u64: x => x, w => w;
    u32: x => u64::from(x), w => w as u32;
    u16: x => u64::from(x), w => w as u16;
    u8: x => u64::from(x), w => w as u8;
    usize: x => x as u64, w => w as usize;
    // Sign extension and truncation are inverse to each other.
    i64: x => x as u64, w => w as i64;
    i32: x => x as u64, w => w as i32;
    i16: x => x as u64, w => w as i16;
    i8: x => x as u64, w => w as i8;
    isize: x => x as u64, w => w as isize;
    bool: x => u64::from(x), w => w != 0;
    char: x => u64::from(x), w => char::from_u32(w as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
}

impl Record for () {
    #[inline(always)]
    fn push(self, _: &mut Tape) {}
    #[inline(always)]
    fn pop(_: &mut Tape) {}
}

impl Record for u128 {
    #[inline]
    fn push(self, tape: &mut Tape) {
        tape.push_word(self as u64);
        tape.push_word((self >> 64) as u64);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        let high = u128::from(tape.pop_word());
        high << 64 | u128::from(tape.pop_word())
    }
}

impl Record for i128 {
    #[inline]
    fn push(self, tape: &mut Tape) {
        (self as u128).push(tape);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        u128::pop(tape) as i128
    }
}

impl<T: Record, const N: usize> Record for [T; N] {
    // Pushed from the back, so that the front comes off first.
    #[inline]
    fn push(self, tape: &mut Tape) {
        for element in self.into_iter().rev() {
            element.push(tape);
        }
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        std::array::from_fn(|_| T::pop(tape))
    }
}

impl<T: Record> Record for Option<T> {
    #[inline]
    fn push(self, tape: &mut Tape) {
        let is_some = self.is_some();
        if let Some(value) = self {
            value.push(tape);
        }
        is_some.push(tape);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        if bool::pop(tape) {
            Some(T::pop(tape))
        } else {
            None
        }
    }
}

/// An error is no number: it moves as a whole.
impl<T: Record, E: Pooled> Record for Result<T, E> {
    #[inline]
    fn push(self, tape: &mut Tape) {
        let is_ok = self.is_ok();
        match self {
            Ok(value) => value.push(tape),
            Err(error) => push_whole(error, tape),
        }
        is_ok.push(tape);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        if bool::pop(tape) {
            Ok(T::pop(tape))
        } else {
            Err(pop_whole(tape))
        }
    }
}

impl<T: Record> Record for Box<T> {
    #[inline]
    fn push(self, tape: &mut Tape) {
        (*self).push(tape);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        Box::new(T::pop(tape))
    }
}

impl<T: ?Sized> Record for PhantomData<T> {
    #[inline(always)]
    fn push(self, _: &mut Tape) {}
    #[inline(always)]
    fn pop(_: &mut Tape) -> Self {
        PhantomData
    }
}

macro_rules! moved {
    ($($t:ty)*) => {$(
        impl Record for $t {
            #[inline]
            fn push(self, tape: &mut Tape) {
                push_whole(self, tape);
            }
            #[inline]
            fn pop(tape: &mut Tape) -> Self {
                pop_whole(tape)
            }
        }
    )*};
}
moved!(String &'static str);

/// Moves a value that is not made of words to the tape.
#[inline]
pub fn push_whole<T: Pooled>(value: T, tape: &mut Tape) {
    let mut one = tape.vec_empty(1);
    Vec::push(&mut one, value);
    tape.keep_vec(one);
}

/// Moves back what [`push_whole`] has moved.
#[inline]
pub fn pop_whole<T: Pooled>(tape: &mut Tape) -> T {
    let mut one = tape.restore_vec::<T>();
    let value = Vec::pop(&mut one);
    tape.give(one);
    match value {
        Some(value) => value,
        None => unreachable!("one value was pushed"),
    }
}

/// The `Vec` itself moves; no element is copied.
impl<T: Pooled> Record for Vec<T> {
    #[inline]
    fn push(self, tape: &mut Tape) {
        tape.keep_vec(self);
    }
    #[inline]
    fn pop(tape: &mut Tape) -> Self {
        tape.restore_vec()
    }
}

macro_rules! tuples {
    ($([$($T:ident)*] [$($field:tt)*];)*) => {$(
        impl<$($T: Record),*> Record for ($($T,)*) {
            // Pushed from the back, so that the front comes off first.
            #[inline(always)]
            fn push(self, tape: &mut Tape) {
                $(self.$field.push(tape);)*
            }
            #[inline(always)]
            fn pop(tape: &mut Tape) -> Self {
                ($($T::pop(tape),)*)
            }
        }
    )*};
}

tuples! {
    [A] [0];
    [A B] [1 0];
    [A B C] [2 1 0];
    [A B C D] [3 2 1 0];
    [A B C D E] [4 3 2 1 0];
    [A B C D E F] [5 4 3 2 1 0];
    [A B C D E F G] [6 5 4 3 2 1 0];
    [A B C D E F G H] [7 6 5 4 3 2 1 0];
    [A B C D E F G H I] [8 7 6 5 4 3 2 1 0];
    [A B C D E F G H I J] [9 8 7 6 5 4 3 2 1 0];
    [A B C D E F G H I J K] [10 9 8 7 6 5 4 3 2 1 0];
    [A B C D E F G H I J K L] [11 10 9 8 7 6 5 4 3 2 1 0];
}

/// A witness of a type that the macro cannot name: what is pushed through it in
/// the forward sweep fixes the type of what is popped in the reverse sweep.
pub struct Ty<T>(PhantomData<fn(T) -> T>);

impl<T> Clone for Ty<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ty<T> {}

/// A witness; rustc infers the type from its uses.
#[inline(always)]
pub fn witness<T>() -> Ty<T> {
    Ty(PhantomData)
}

impl<T: Record> Ty<T> {
    /// Moves a value to the tape.
    #[inline(always)]
    pub fn push(self, value: T, tape: &mut Tape) {
        value.push(tape);
    }
    /// Moves the last value back.
    #[inline(always)]
    pub fn pop(self, tape: &mut Tape) -> T {
        T::pop(tape)
    }
}

/// Columns of values that are not words, a row for each iteration.
impl<T: Pooled + Clone> Ty<T> {
    /// A column for `n` rows.
    #[inline(always)]
    pub fn rows(self, n: usize, tape: &mut Tape) -> Vec<T> {
        tape.vec_empty(n.max(1))
    }
    /// Adds the next row.
    #[inline(always)]
    pub fn add_row(self, column: &mut Vec<T>, value: T) {
        Vec::push(column, value);
    }
    /// The rows of a column that was kept.
    #[inline(always)]
    pub fn restore_rows(self, tape: &mut Tape) -> Vec<T> {
        tape.restore_vec()
    }
    /// Reads row `row`.
    #[inline(always)]
    pub fn row(self, column: &[T], row: usize) -> T {
        column[row].clone()
    }
    /// Takes the last row.
    #[inline(always)]
    pub fn last_row(self, column: &mut Vec<T>) -> T {
        match Vec::pop(column) {
            Some(value) => value,
            None => unreachable!("each iteration has added a row"),
        }
    }
}

impl<T: Word> Ty<T> {
    /// A column of `n` rows.
    #[inline(always)]
    pub fn column(self, tape: &mut Tape, n: usize) -> Vec<T::Row> {
        T::Row::column(tape, n)
    }
    /// Puts a column on the stack of columns.
    #[inline(always)]
    pub fn keep(self, column: Vec<T::Row>, tape: &mut Tape) {
        T::Row::keep(column, tape);
    }
    /// Takes the last kept column from the stack of columns.
    #[inline(always)]
    pub fn restore(self, tape: &mut Tape) -> Vec<T::Row> {
        T::Row::restore(tape)
    }
    /// Gives the memory of a column back.
    #[inline(always)]
    pub fn recycle(self, column: Vec<T::Row>, tape: &mut Tape) {
        T::Row::recycle(column, tape);
    }
    /// Writes row `row` of a column.
    #[inline(always)]
    pub fn set(self, column: &mut [T::Row], row: usize, value: T) {
        column[row] = value.to_word();
    }
    /// Reads row `row` of a column.
    #[inline(always)]
    pub fn get(self, column: &[T::Row], row: usize) -> T {
        T::from_word(column[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip<T: Record + Clone + PartialEq + std::fmt::Debug>(value: T) {
        let mut tape = Tape::new();
        1_u8.push(&mut tape);
        value.clone().push(&mut tape);
        assert_eq!(T::pop(&mut tape), value);
        assert_eq!(u8::pop(&mut tape), 1);
    }

    #[test]
    fn values_come_back() {
        round_trip(-1.5_f64);
        round_trip(f32::MIN_POSITIVE);
        round_trip(i8::MIN);
        round_trip(i64::MIN);
        round_trip(isize::MIN);
        round_trip(i128::MIN + 5);
        round_trip('\u{10FFFF}');
        round_trip((
            1.0,
            (),
            [(1_u8, true), (2, false)],
            Some(vec![1.0, 2.0]),
            None::<f32>,
        ));
        round_trip([vec![vec![1]], vec![vec![2, 3], vec![]]]);
        round_trip((Ok::<f64, String>(1.0), Err::<f64, _>("no".to_owned())));
        round_trip((String::from("a"), "b", Box::new(1.5)));
    }

    #[test]
    fn words_keep_every_bit() {
        for x in [-0.0, f64::NAN, f64::INFINITY, 5e-324] {
            assert_eq!(f64::from_word(x.to_word()).to_bits(), x.to_bits());
        }
    }

    #[test]
    fn a_witness_takes_its_type_from_the_push() {
        let mut tape = Tape::new();
        let w = witness();
        w.push((1.0_f32, 2_usize), &mut tape);
        let (a, b) = w.pop(&mut tape);
        assert_eq!((a, b), (1.0, 2));
        let w = witness();
        let mut column = w.column(&mut tape, 3);
        w.set(&mut column, 2, -7_i32);
        assert_eq!(w.get(&column, 2), -7);
    }
}
