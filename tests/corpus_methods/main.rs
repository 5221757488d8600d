//! Methods, `impl` blocks, calls that only rustc resolves, and operators of types of the
//! user's, under every mode by the harness of the corpus.
//!
//! The types of a file stand in its module `types`, whose twin is the same module over dual
//! numbers.

#![allow(clippy::all)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod inherent;
mod mutating;
mod names;
mod operators;
mod unknown;
