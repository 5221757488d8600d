//! The tape: what a forward sweep leaves for its reverse sweep, and memory that
//! is used again from call to call.

use std::any::{Any, TypeId};
use std::fmt;

use crate::follow::Path;
use crate::log::Noted;
use crate::pool::{AnyPool, Pool, Pooled};

/// The memory of a derivative: one type for all functions.
///
/// A tape that is passed to the same calls again allocates nothing. It keeps its
/// memory until [`Tape::shrink`] is called or it is dropped. A call that panicked
/// leaves records behind; the next call clears them, so a tape needs no care
/// after a panic.
///
/// ```
/// use ad_runtime::Tape;
/// let tape = Tape::new();
/// assert_eq!(tape.bytes(), 0);
/// ```
#[derive(Default)]
pub struct Tape {
    /// Scalars, last in, first out.
    words: Vec<u64>,
    /// Columns of counted loops, one word a row.
    columns: Columns,
    /// `Vec`s by element type. A short list that is searched: programs use few
    /// element types.
    pools: Vec<(TypeId, Box<dyn AnyPool>)>,
    pub(crate) log: Noted,
    /// Tapes of threads, waiting for their next use.
    pub(crate) spare: Vec<Tape>,
    /// What a run that follows choices is told and meets.
    pub(crate) path: Path,
}

struct Columns(Pool<u64>);

impl Default for Columns {
    fn default() -> Self {
        Columns(Pool::new())
    }
}

impl Tape {
    /// An empty tape, without memory. (Inlined, so that one that is not used is nothing.)
    #[must_use]
    #[inline]
    pub fn new() -> Tape {
        Tape::default()
    }

    /// The number of bytes of memory that the tape holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let pools: usize = self.pools.iter().map(|(_, pool)| pool.bytes()).sum();
        let list = self.pools.capacity() * size_of::<(TypeId, Box<dyn AnyPool>)>();
        self.words.capacity() * size_of::<u64>()
            + self.columns.0.bytes()
            + list
            + pools
            + self.log.bytes()
            + self.spare.capacity() * size_of::<Tape>()
            + self.spare.iter().map(Tape::bytes).sum::<usize>()
    }

    /// Gives the memory back that is not in use: between calls, all of it.
    pub fn shrink(&mut self) {
        self.words.shrink_to_fit();
        self.columns.0.shrink();
        for (_, pool) in &mut self.pools {
            pool.shrink();
        }
        self.pools.retain(|(_, pool)| pool.bytes() != 0);
        self.pools.shrink_to_fit();
        self.log.shrink();
        self.spare = Vec::new();
    }

    /// Starts a call from outside: whatever a panic left behind is dropped, its
    /// memory is kept.
    #[doc(hidden)]
    #[inline]
    pub fn begin(&mut self) {
        self.words.clear();
        self.columns.0.begin();
        for (_, pool) in &mut self.pools {
            pool.begin();
        }
        self.log.clear();
    }

    /// Marks this point, so that all that is kept after it can be taken back.
    #[doc(hidden)]
    pub fn mark(&mut self) -> usize {
        let at = self.words.len();
        let pools = self.pools.len() as u64;
        self.words.push(pools);
        self.words.push(self.columns.0.kept.len() as u64);
        for (_, pool) in &self.pools {
            self.words.push(pool.kept() as u64);
        }
        self.words.push(pools);
        at
    }

    /// Takes back all that was kept since a mark, and the mark.
    #[doc(hidden)]
    pub fn rewind(&mut self, mark: usize) {
        let known = self.words[mark] as usize;
        self.columns.0.rewind(self.words[mark + 1] as usize);
        for (k, (_, pool)) in self.pools.iter_mut().enumerate() {
            // A pool that is newer was empty.
            let kept = if k < known {
                self.words[mark + 2 + k]
            } else {
                0
            };
            pool.rewind(kept as usize);
        }
        self.words.truncate(mark);
    }

    /// Drops a mark: all that was kept since was taken from the tape again.
    #[doc(hidden)]
    pub fn unmark(&mut self) {
        let pools = self.pop_word() as usize;
        self.words.truncate(self.words.len() - pools - 2);
    }

    /// Pushes one word.
    #[doc(hidden)]
    #[inline(always)]
    pub fn push_word(&mut self, word: u64) {
        self.words.push(word);
    }

    /// Pops one word.
    #[doc(hidden)]
    #[inline(always)]
    pub fn pop_word(&mut self) -> u64 {
        match self.words.pop() {
            Some(word) => word,
            None => unbalanced(),
        }
    }

    /// A column of `n` words of arbitrary content.
    #[doc(hidden)]
    #[inline]
    pub fn column(&mut self, n: usize) -> Vec<u64> {
        if n == 0 {
            return Vec::new();
        }
        let mut column = self.columns.0.take(n);
        column.resize(n, 0);
        column
    }

    /// Puts a column on the stack of columns.
    #[doc(hidden)]
    #[inline]
    pub fn keep_column(&mut self, column: Vec<u64>) {
        self.columns.0.kept.push(column);
    }

    /// Takes the last kept column from the stack of columns.
    #[doc(hidden)]
    #[inline]
    pub fn restore_column(&mut self) -> Vec<u64> {
        match self.columns.0.kept.pop() {
            Some(column) => column,
            None => unbalanced(),
        }
    }

    /// Gives the memory of a column back.
    #[doc(hidden)]
    #[inline]
    pub fn recycle_column(&mut self, column: Vec<u64>) {
        self.columns.0.give(column);
    }

    /// `vec![element; n]` in pooled memory.
    #[doc(hidden)]
    #[inline]
    pub fn vec_filled<T: Clone + Pooled>(&mut self, element: T, n: usize) -> Vec<T> {
        let mut v = self.vec_empty(n);
        v.resize(n, element);
        v
    }

    /// `vec![a, b, c]` in pooled memory.
    #[doc(hidden)]
    #[inline]
    pub fn vec_of<T: Pooled, const N: usize>(&mut self, elements: [T; N]) -> Vec<T> {
        let mut v = self.vec_empty(N);
        v.extend(elements);
        v
    }

    /// `Vec::with_capacity(n)` in pooled memory.
    #[doc(hidden)]
    #[inline]
    pub fn vec_empty<T: Pooled>(&mut self, capacity: usize) -> Vec<T> {
        let mut v = self.pool::<T>().take(capacity);
        v.clear();
        v
    }

    /// `slice.to_vec()` in pooled memory.
    #[doc(hidden)]
    #[inline]
    pub fn copy_of<T: Clone + Pooled>(&mut self, slice: &[T]) -> Vec<T> {
        let mut v = self.vec_empty(slice.len());
        v.extend_from_slice(slice);
        v
    }

    /// Gives the memory of a `Vec` back.
    #[doc(hidden)]
    #[inline]
    pub fn give<T: Pooled>(&mut self, mut v: Vec<T>) {
        v.clear();
        self.pool::<T>().give(v);
    }

    /// Moves a `Vec` to the side stack of its element type.
    #[doc(hidden)]
    #[inline]
    pub fn keep_vec<T: Pooled>(&mut self, v: Vec<T>) {
        self.pool::<T>().kept.push(v);
    }

    /// Moves the last kept `Vec` of this element type back.
    #[doc(hidden)]
    #[inline]
    pub fn restore_vec<T: Pooled>(&mut self) -> Vec<T> {
        match self.pool::<T>().kept.pop() {
            Some(v) => v,
            None => unbalanced(),
        }
    }

    #[inline]
    fn pool<T: Pooled>(&mut self) -> &mut Pool<T> {
        let id = TypeId::of::<T>();
        let at = match self.pools.iter().position(|(other, _)| *other == id) {
            Some(at) => at,
            None => self.add_pool::<T>(id),
        };
        let pool: &mut dyn Any = self.pools[at].1.as_mut();
        match pool.downcast_mut() {
            Some(pool) => pool,
            None => unreachable!("pools are stored under the identity of their element type"),
        }
    }

    #[cold]
    fn add_pool<T: Pooled>(&mut self, id: TypeId) -> usize {
        self.pools.push((id, Box::new(Pool::<T>::new())));
        self.pools.len() - 1
    }
}

#[cold]
#[inline(never)]
fn unbalanced() -> ! {
    panic!("the reverse sweep takes more from the tape than the forward sweep left on it")
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape")
            .field("bytes", &self.bytes())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_send_and_sync<T: Send + Sync>() {}

    /// What a call with nested loops and local `Vec`s does to the tape.
    fn call(tape: &mut Tape, n: usize) {
        tape.begin();
        for outer in 0..n {
            let mut column = tape.column(10 + outer);
            column[0] = outer as u64;
            tape.keep_column(column);
            let local = tape.vec_filled(1.0_f64, 3 * outer);
            tape.keep_vec(local);
            tape.push_word(7);
        }
        for outer in (0..n).rev() {
            assert_eq!(tape.pop_word(), 7);
            let local: Vec<f64> = tape.restore_vec();
            assert_eq!(local.len(), 3 * outer);
            let zero = tape.vec_filled(0.0_f64, 100);
            tape.give(zero);
            tape.give(local);
            let column = tape.restore_column();
            assert_eq!((column.len(), column[0]), (10 + outer, outer as u64));
            tape.recycle_column(column);
        }
    }

    #[test]
    fn the_same_calls_again_do_not_grow_the_tape() {
        is_send_and_sync::<Tape>();
        let mut tape = Tape::new();
        call(&mut tape, 20);
        call(&mut tape, 20);
        let bytes = tape.bytes();
        for _ in 0..10 {
            call(&mut tape, 20);
        }
        assert_eq!(tape.bytes(), bytes);
    }

    #[test]
    fn begin_clears_what_a_panic_left_and_keeps_the_memory() {
        let mut tape = Tape::new();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            tape.push_word(1);
            let column = tape.column(5);
            tape.keep_column(column);
            let v = tape.copy_of(&[1.0, 2.0]);
            tape.keep_vec(v);
            panic!("in the forward sweep");
        }));
        assert!(panicked.is_err());
        let bytes = tape.bytes();
        call(&mut tape, 1);
        assert!(tape.bytes() >= bytes);
        tape.begin();
        assert!(
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| tape.pop_word())).is_err()
        );
    }

    #[test]
    fn what_is_kept_after_a_mark_can_be_taken_back() {
        let mut tape = Tape::new();
        tape.keep_vec(vec![1.0, 2.0]);
        tape.push_word(5);
        let mark = tape.mark();
        tape.keep_vec(vec![3.0]);
        tape.keep_vec(vec!['c']);
        let column = tape.column(4);
        tape.keep_column(column);
        tape.push_word(6);
        let inner = tape.mark();
        tape.push_word(7);
        tape.rewind(inner);
        assert_eq!(tape.pop_word(), 6);
        tape.rewind(mark);
        assert_eq!(tape.pop_word(), 5);
        assert_eq!(tape.restore_vec::<f64>(), [1.0, 2.0]);
        assert!(tape.columns.0.kept.is_empty());
        tape.push_word(8);
        tape.mark();
        tape.unmark();
        assert_eq!(tape.pop_word(), 8);
    }

    #[test]
    fn shrink_gives_all_memory_back_between_calls() {
        let mut tape = Tape::new();
        call(&mut tape, 8);
        tape.begin();
        tape.shrink();
        assert_eq!(tape.bytes(), 0);
    }

    #[test]
    fn pooled_vectors_have_the_asked_content() {
        let mut tape = Tape::new();
        let v = tape.vec_filled(5.0, 10);
        tape.give(v);
        assert_eq!(tape.vec_of([1.0, 2.0]), [1.0, 2.0]);
        assert_eq!(tape.vec_filled(3_u8, 2), [3, 3]);
        assert!(tape.vec_empty::<f64>(4).is_empty());
    }
}
