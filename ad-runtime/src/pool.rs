//! Memory of `Vec`s that is used again, by element type.

use std::any::Any;

/// What the tape can hold in a pooled `Vec`.
#[diagnostic::on_unimplemented(
    message = "a `Vec` of `{Self}` cannot live in the memory of the tape",
    label = "this element type borrows, or cannot be sent to another thread",
    note = "help: keep an owned type of numbers in the `Vec`, such as `f64` or `[f64; 3]`"
)]
pub trait Pooled: Send + Sync + 'static {}
impl<T: Send + Sync + 'static> Pooled for T {}

/// The `Vec`s of one element type: those on the side stack of the tape, and
/// those whose memory waits for its next use.
///
/// Waiting buffers are sorted into classes by their capacity, a power of two. A
/// request takes from its own class, so a sequence of calls that is repeated
/// finds in every class what it left there. What is requested empty will grow to
/// an unknown size: such buffers have capacities of their own, never a power of
/// two, and come back in the order in which sweeps nest.
pub(crate) struct Pool<T> {
    pub(crate) kept: Vec<Vec<T>>,
    /// By class; as long as the highest class that was ever used.
    free: Vec<Vec<Vec<T>>>,
    /// The last one given is taken first.
    growing: Vec<Vec<T>>,
    /// One bit for each class that has a waiting buffer.
    available: u64,
}

/// The first capacity of what grows. `Vec` doubles it, so no later one is a power
/// of two.
const SEED: usize = 12;

impl<T> Pool<T> {
    pub(crate) const fn new() -> Self {
        Pool {
            kept: Vec::new(),
            free: Vec::new(),
            growing: Vec::new(),
            available: 0,
        }
    }

    /// An owned buffer of capacity `n` or more; its elements are those of its last
    /// use. For `n == 0` it is one that will probably grow.
    #[inline]
    pub(crate) fn take(&mut self, n: usize) -> Vec<T> {
        if n == 0 {
            return self
                .growing
                .pop()
                .unwrap_or_else(|| Vec::with_capacity(SEED));
        }
        let class = n.next_power_of_two().ilog2();
        let large_enough = self.available >> class;
        match large_enough {
            0 => Vec::with_capacity(1 << class),
            _ => self.pop(class + large_enough.trailing_zeros()),
        }
    }

    #[inline]
    fn pop(&mut self, class: u32) -> Vec<T> {
        let waiting = &mut self.free[class as usize];
        let buffer = waiting.pop().unwrap_or_default();
        if waiting.is_empty() {
            self.available &= !(1 << class);
        }
        buffer
    }

    #[inline]
    pub(crate) fn give(&mut self, buffer: Vec<T>) {
        // Elements without size have no memory that could be used again.
        if size_of::<T>() == 0 {
            return;
        }
        match buffer.capacity() {
            0 => {}
            capacity if capacity.is_power_of_two() => self.give_sized(capacity.ilog2(), buffer),
            _ => self.growing.push(buffer),
        }
    }

    #[inline]
    fn give_sized(&mut self, class: u32, buffer: Vec<T>) {
        let at = class as usize;
        if at >= self.free.len() {
            self.free.resize_with(at + 1, Vec::new);
        }
        self.free[at].push(buffer);
        self.available |= 1 << class;
    }

    /// Frees the side stack; the memory waits for its next use.
    pub(crate) fn begin(&mut self) {
        self.rewind(0);
    }

    /// Frees all of the side stack but the first `n`.
    pub(crate) fn rewind(&mut self, n: usize) {
        while self.kept.len() > n
            && let Some(buffer) = self.kept.pop()
        {
            self.give(buffer);
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let buffers = self
            .kept
            .iter()
            .chain(&self.growing)
            .chain(self.free.iter().flatten());
        // Elements without size have any capacity and no memory.
        let elements: usize = match size_of::<T>() {
            0 => 0,
            _ => buffers.map(Vec::capacity).sum(),
        };
        let in_classes: usize = self.free.iter().map(Vec::capacity).sum();
        let listed = self.kept.capacity() + self.growing.capacity() + in_classes;
        elements * size_of::<T>()
            + listed * size_of::<Vec<T>>()
            + self.free.capacity() * size_of::<Vec<Vec<T>>>()
    }

    pub(crate) fn shrink(&mut self) {
        self.free = Vec::new();
        self.growing = Vec::new();
        self.available = 0;
        self.kept.shrink_to_fit();
    }
}

/// A pool of some element type.
pub(crate) trait AnyPool: Any + Send + Sync {
    fn begin(&mut self);
    fn kept(&self) -> usize;
    fn rewind(&mut self, n: usize);
    fn bytes(&self) -> usize;
    fn shrink(&mut self);
}

impl<T: Pooled> AnyPool for Pool<T> {
    fn begin(&mut self) {
        Pool::begin(self);
    }
    fn kept(&self) -> usize {
        self.kept.len()
    }
    fn rewind(&mut self, n: usize) {
        Pool::rewind(self, n);
    }
    fn bytes(&self) -> usize {
        Pool::bytes(self)
    }
    fn shrink(&mut self) {
        Pool::shrink(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_without_size_leave_nothing_behind() {
        let mut pool = Pool::<()>::new();
        for _ in 0..3 {
            let buffer = pool.take(5);
            pool.give(buffer);
        }
        assert_eq!(pool.bytes(), 0);
    }

    #[test]
    fn the_buffer_that_fits_is_found_again() {
        let mut pool = Pool::<u64>::new();
        pool.give(Vec::with_capacity(1024));
        pool.give(Vec::with_capacity(8));
        assert_eq!(pool.take(900).capacity(), 1024);
        assert_eq!(pool.take(5).capacity(), 8);
        assert_eq!(pool.take(3).capacity(), 4);
        pool.give(Vec::with_capacity(16));
        assert_eq!(
            pool.take(2).capacity(),
            16,
            "without one in its class, a larger one"
        );
    }

    #[test]
    fn buffers_that_grew_are_found_by_those_that_grow() {
        let mut pool = Pool::<u8>::new();
        let capacities = |pool: &mut Pool<u8>| {
            let (mut first, mut second) = (pool.take(0), pool.take(0));
            let found = [first.capacity(), second.capacity()];
            first.clear();
            second.clear();
            (0..100).for_each(|_| first.push(0));
            (0..1000).for_each(|_| second.push(0));
            pool.give(second);
            pool.give(first);
            found
        };
        assert_eq!(capacities(&mut pool), [SEED; 2]);
        assert_eq!(capacities(&mut pool), [192, 1536]);
        assert_eq!(pool.take(64).capacity(), 64);
    }

    #[test]
    fn elements_without_size_need_no_memory() {
        let mut pool = Pool::<()>::new();
        pool.give(vec![(); 5]);
        assert_eq!(
            (pool.take(9).capacity(), pool.bytes() % size_of::<usize>()),
            (usize::MAX, 0)
        );
    }
}
