//! Structs, enums, `Option`, `Result` and collections of them, under every mode: the harness of
//! `tests/corpus`. Types are generic in their number type, so that the twin of a program makes
//! them of dual numbers.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod attacks;
mod collections;
mod enums;
mod fallible;
mod methods;
mod options;
mod results;
