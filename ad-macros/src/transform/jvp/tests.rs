//! Source in, the program of forward mode out.

use crate::ir::print::print_block;
use crate::transform::stages::{same, stage, stage_with};

#[track_caller]
fn is(source: &str, expected: &str) {
    let tangent = stage(source).tangent();
    same(&print_block(&tangent.vars, &tangent.body), expected);
}

#[test]
fn every_value_is_followed_by_its_tangent() {
    is(
        "fn f(x: f64) -> f64 { let a = x * x; (a + 1.0).sin() }",
        "?1",
    );
}

#[test]
fn a_term_of_a_smaller_activity_is_taken_only_where_it_is_active() {
    is("fn f(x: f64, y: f64) -> f64 { x / y }", "?2");
}

#[test]
fn an_empty_slot_is_not_read() {
    is(
        "fn f(x: &[f64], y: &mut [f64]) { y[0] += 2.0 * x[1]; }",
        "?3",
    );
}

#[test]
fn a_selection_weights_its_tangents() {
    is("fn f(x: f64, y: f64) -> f64 { x.max(y) + x.abs() }", "?4");
}

#[test]
fn control_flow_is_shared() {
    is(
        "fn f(x: f64, n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { if s < x { s += x; } else { s = x; } }
            s
        }",
        "?5",
    );
}

#[test]
fn a_call_gives_value_and_tangent_and_an_inactive_one_the_value() {
    is(
        "fn f(x: f64, k: usize) -> f64 { let a = g(k); h(x, a) }",
        "?6",
    );
}

#[test]
fn an_inactive_result_has_a_zero_tangent() {
    let tangent = stage_with("wrt(x)", "fn f(x: f64, y: f64) -> f64 { y }").tangent();
    same(&print_block(&tangent.vars, &tangent.body), "?7");
}
