//! One corpus of small programs, run under every mode by one harness.
//!
//! A program is a function with `#[program(..)]` above `#[conservative_grad]`; the attribute
//! makes its dual-number twin, its adapter and its test. Functions that are only called need
//! `#[twin]` above `#[conservative_grad]`.

// Programs are written in every form that the compiler accepts, tidy or not, and some in the
// forms that its users will bring along.
#![allow(clippy::all)]

#[path = "../common/dual.rs"]
mod dual;
mod harness;
mod pack;

mod arrays;
mod bindings;
mod branches;
mod calls;
mod control;
mod expressions;
mod flow;
mod functions;
mod integers;
mod loops;
mod mutation;
mod names;
mod nested;
mod parts;
mod paths;
mod results;
mod scalars;
mod sequences;
mod single;
mod state;
mod steps;
mod tuples;
mod vectors;
