//! Functions in the form in which published crates have them, with only the attribute added to what
//! a Rust programmer would write. `docs/published.md` lists them with their sources.
//!
//! They are written from the formulas. Each is compared with differences, forward with reverse
//! mode, and, where the source has derivatives written by hand, with those.

#![allow(
    clippy::needless_range_loop,
    clippy::ptr_arg,
    reason = "they are as they are published"
)]

#[path = "../common/dual.rs"]
#[allow(dead_code)]
mod dual;
#[path = "../common/dual_float.rs"]
mod dual_float;
mod points;

mod argmin;
mod argmin_by_hand;
mod finance;
mod geometry;
mod learning;
mod linear;
mod physics;
mod special;
