//! From the lowered program to its tangent and adjoint programs.

mod affine;
pub mod build;
pub mod carry;
pub mod fuse;
pub mod indices;
pub mod jvp;
pub mod large;
pub mod recycle;
pub mod simplify;
pub mod structure;
mod unroll_for;
pub mod vjp;
pub mod window;

#[cfg(test)]
pub mod stages;
