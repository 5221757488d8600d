//! Every refusal: one error for one mistake, on the user's token, with what to write instead.
//!
//! `tests/ui_rewrites.rs` holds what the errors suggest, compiled and compared with differences.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/refused/*.rs");
}
