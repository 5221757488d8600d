//! The evals of the public suite GradBench, differentiated by `#[conservative_grad]`.
//!
//! Each file of [`evals`] states one problem of the suite as plain Rust, with the attribute
//! above each function through which a derivative flows; no derivative is written by hand.
//! The binary answers the suite's messages, one JSON object on each line.

pub mod decode;
pub mod evals;
pub mod message;
pub mod timing;
