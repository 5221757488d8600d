//! What random programs once found, small, under the harness of the corpus.

#[path = "../../common/dual.rs"]
#[allow(dead_code, reason = "the corpus uses all of it")]
mod dual;
#[path = "../../corpus/harness.rs"]
mod harness;
#[path = "../../corpus/pack.rs"]
mod pack;

#[path = "../regressions/exits.rs"]
mod exits;
#[path = "../regressions/recursion.rs"]
mod recursion;
#[path = "../regressions/structures.rs"]
mod structures;
#[path = "../regressions/vectors.rs"]
mod vectors;
