//! Loops whose iterations meet only in sums, and loops that look like it, under every mode:
//! the harness of `tests/corpus`.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all, unused_assignments)]

#[path = "../common/dual.rs"]
#[allow(dead_code, reason = "no program here stops differentiation")]
mod dual;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod after;
mod forms;
mod sums;
mod workspaces;
