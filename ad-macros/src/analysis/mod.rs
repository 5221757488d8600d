//! Facts about a function in IR, each a map keyed by variable.

pub mod activity;
pub mod again;
pub mod failures;
pub mod flow;
pub mod independent;
pub mod initial;
pub mod kinks;
pub mod overwrite;
pub mod reuse;
pub mod tangents;
