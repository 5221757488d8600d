//! Random piecewise linear programs at their ties: what is said of the field is compared with
//! exact differences nearby.

pub mod check;
pub mod machine;
pub mod program;
