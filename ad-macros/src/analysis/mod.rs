//! Facts about a function in IR, each a map keyed by variable.

pub mod activity;
pub mod flow;
pub mod initial;
pub mod kinks;
pub mod reuse;
pub mod tangents;
