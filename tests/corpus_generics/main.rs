//! Functions that are generic in their number type, under every mode by the harness of the
//! corpus: a program over `f64` or `f32` calls the generic function, whose twin is the same
//! function at dual numbers.

#![allow(clippy::all)]

#[path = "../common/dual.rs"]
mod dual;
#[path = "../common/dual_float.rs"]
mod dual_float;
#[path = "../corpus/harness.rs"]
mod harness;
#[path = "../corpus/pack.rs"]
mod pack;

mod bounds;
mod conversions;
mod direct;
mod functions;
mod structures;
