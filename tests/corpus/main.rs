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

/// No program is left out of the second derivatives; one that must be says `first_order()`.
/// Release builds have none.
#[cfg(debug_assertions)]
#[test]
fn second_derivatives_are_checked() {
    use harness::Program;
    let mut tape = ad_runtime::Tape::new();
    let second = calls::calls_once_program.hvp(&mut tape, &[1.0, 2.0], &[1.0], &[1.0, 0.0]);
    // (xy)^2 + y: the Hessian's first column is (2y^2, 4xy).
    assert_eq!(
        second.map(|second| second.adjoint_tangents),
        Some(vec![8.0, 8.0])
    );
}
