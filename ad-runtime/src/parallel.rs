//! Loops under `#[parallel]`: chunks of iterations on the threads of rayon.
//!
//! The chunks are the same on every machine, so that what is summed chunk by chunk does not
//! depend on the number of threads. Each has a tape of its own.

use rayon::prelude::*;

use crate::tangent::Tangent;
use crate::tape::Tape;

/// The most chunks of a loop: enough to keep the threads of a machine busy, few enough for each
/// to have cotangents of its own.
const CHUNKS: usize = 8;

/// Iterations `first..end` of chunk `c` of a loop with `n`.
fn bounds(c: usize, n: usize) -> (usize, usize) {
    let chunks = CHUNKS.min(n);
    // No product is larger than a multiple of `n` that fits: the remainder is handed out first.
    let (size, rest) = (n / chunks, n % chunks);
    let first = c * size + c.min(rest);
    (first, first + size + usize::from(c < rest))
}

/// The forward sweep of a loop with `n` iterations, or a run that keeps nothing. What the chunks
/// give comes in their order.
///
/// # Panics
///
/// Panics if an iteration does.
pub fn run<R: Send>(
    n: usize,
    keeps: bool,
    tape: &mut Tape,
    chunk: impl Fn(usize, usize, &mut Tape) -> R + Sync,
) -> Vec<R> {
    let mut tapes = std::mem::take(&mut tape.spare);
    let unused = tapes.split_off(tapes.len().min(CHUNKS.min(n)));
    tapes.resize_with(CHUNKS.min(n), Tape::new);
    let results = tapes
        .par_iter_mut()
        .enumerate()
        .map(|(c, own)| {
            own.begin();
            let (first, end) = bounds(c, n);
            chunk(first, end, own)
        })
        .collect();
    for own in &mut tapes {
        tape.log.append(&mut own.log);
    }
    tape.spare = unused;
    match keeps {
        true => tape.keep_vec(tapes),
        false => tape.spare.append(&mut tapes),
    }
    results
}

/// The reverse sweep of such a loop.
///
/// # Panics
///
/// Panics if an iteration does.
pub fn run_back<R: Send>(
    n: usize,
    tape: &mut Tape,
    chunk: impl Fn(usize, usize, &mut Tape) -> R + Sync,
) -> Vec<R> {
    let mut tapes: Vec<Tape> = tape.restore_vec();
    let results = tapes
        .par_iter_mut()
        .enumerate()
        .map(|(c, own)| {
            let (first, end) = bounds(c, n);
            chunk(first, end, own)
        })
        .collect();
    tape.spare.append(&mut tapes);
    results
}

/// A zero of the shape of a cotangent.
pub fn zero<T: Tangent>(like: &T) -> T {
    let mut zero = like.clone();
    zero.clear();
    zero
}

/// Zeros of the shapes of cotangents.
pub fn zeros<T: Tangent>(like: &[T]) -> Vec<T> {
    like.iter().map(zero).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_the_loop_in_order() {
        for n in [0, 1, 2, 15, 16, 17, 1000] {
            let mut tape = Tape::new();
            let parts = run(n, false, &mut tape, |first, end, _| (first..end).collect());
            let all: Vec<usize> = parts
                .into_iter()
                .flat_map(|part: Vec<usize>| part)
                .collect();
            assert_eq!(all, (0..n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_chunk_finds_its_own_tape_again() {
        let mut tape = Tape::new();
        for round in 0..3 {
            run(100, true, &mut tape, |first, _, own| {
                own.push_word(first as u64)
            });
            let same = run_back(100, &mut tape, |first, _, own| {
                own.pop_word() == first as u64
            });
            assert!(same.into_iter().all(|same| same), "round {round}");
        }
        assert_eq!(tape.spare.len(), CHUNKS);
    }
}
