//! Random programs that look for wrong derivatives.
//!
//! A seed gives a program: annotated functions with loops, branches, mutation, aliases and
//! calls, and with some families of constructs beside them (structs, enums, options, closures,
//! iterators, growing vectors), whose values stay small and whose guards are away from ties with
//! overwhelming probability. A batch of programs is written into a scratch crate beside the build's own
//! output, compiled once and run under the corpus harness, each in a process of its own.
//! What fails is shrunk as far as it still compiles without the derivative and still fails in
//! the same way.
//!
//! What this cannot see: answers at ties, and mistakes that the dual numbers share.

pub mod batch;
pub mod generate;
pub mod hunt;
pub mod reduce;
pub mod shrink;
