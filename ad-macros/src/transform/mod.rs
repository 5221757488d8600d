//! From the lowered program to its tangent and adjoint programs.

pub mod build;
pub mod jvp;
pub mod normalize;
pub mod simplify;
pub mod structure;
mod unroll_for;
pub mod vjp;
