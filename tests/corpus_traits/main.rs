//! Traits of the user's, generic code over them, and `m[i]` on types of the user's, under
//! every mode by the harness of the corpus.
//!
//! The types of a file stand in its module `types`, whose twin is the same module over dual
//! numbers.

#![allow(clippy::all)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../common/dual_float.rs"]
mod dual_float;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod associated;
mod attacks;
mod indices;
mod operators;
mod shapes;
