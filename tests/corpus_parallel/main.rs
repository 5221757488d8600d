//! Loops under `#[parallel]`, under every mode: the harness of `tests/corpus`.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod own;
mod records;
mod sums;
