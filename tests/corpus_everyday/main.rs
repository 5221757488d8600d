//! What ordinary Rust does with iterators, maps and options, under every mode: the harness of
//! `tests/corpus`.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]
#![allow(for_loops_over_fallibles)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod asked;
mod choices;
mod hunt;
mod maps;
mod others;
mod recursive;
mod stopping;
