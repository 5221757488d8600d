//! Closures, iterators, and what changes the length or order of a `Vec`, under every mode: the
//! harness of `tests/corpus`.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]

#[path = "../common/dual.rs"]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod adaptors;
mod closures;
mod consumers;
mod mixed;
mod vectors;
