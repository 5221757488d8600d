//! Source in, both sweeps out.

use crate::transform::stages::{reverse, same, stage, sweeps};

#[track_caller]
fn is(source: &str, expected: &str) {
    same(&sweeps(&stage(source).adjoint()), expected);
}

#[test]
fn cheap_operands_are_computed_again_and_dear_ones_kept() {
    is(
        "fn f(x: f64) -> f64 { let a = x * 2.0; let b = x.exp(); (a * a).sin() * b }",
        "?1",
    );
}

#[test]
fn a_cotangent_of_one_use_is_bound_by_it_and_one_of_two_is_summed() {
    is(
        "fn f(x: f64, y: f64) -> f64 { let a = x + y; let b = a * y; a - b }",
        "?2",
    );
}

#[test]
fn an_overwrite_that_no_repeated_read_needs_is_not_undone() {
    is(
        "fn f(x: f64, k: usize) -> f64 {
            let mut a = [x; 2];
            a[0] = 2.0 * a[1];
            a[k] = 3.0 * x;
            a[0] + a[1]
        }",
        "?3",
    );
}

#[test]
fn an_overwrite_of_what_is_read_again_is_undone() {
    is(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut a = [0.5; 2];
            let mut s = 0.0;
            for i in 0..n { let y = a[0] * x[i]; s += y * a[1]; }
            a[0] = s;
            a[0]
        }",
        "?4",
    );
}

#[test]
fn the_reads_of_a_scalar_memory_are_kept() {
    is(
        "fn f(x: f64, n: usize) -> f64 { let mut s = x; for _ in 0..n { s = s * s; } s }",
        "?5",
    );
}

#[test]
fn a_sum_needs_nothing_of_the_forward_sweep_but_its_terms() {
    is(
        "fn f(x: &[f64]) -> f64 { let mut s = 0.0; for v in x { s += v * v; } s }",
        "?6",
    );
}

#[test]
fn iterations_that_only_sum_run_upward_and_the_others_downward() {
    let text = reverse(
        &stage(
            "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x[i] * x[n]; }
            let mut a = [1.0; 9];
            for j in 1..n { a[j] = a[j - 1] * x[j]; }
            s + a[8]
        }",
        )
        .adjoint(),
    );
    let heads: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| l.starts_with("for "))
        .collect();
    let down: Vec<bool> = heads
        .iter()
        .map(|head| head.contains("descending"))
        .collect();
    assert_eq!(down, [true, false], "{heads:?}");
}

#[test]
fn a_branch_keeps_its_decision_and_its_values() {
    is(
        "fn f(x: f64, y: f64) -> f64 { if x > y { x.exp() } else { y } }",
        "?7",
    );
}

#[test]
fn a_loop_without_a_count_is_walked_back_by_its_trips() {
    is(
        "fn f(x: f64) -> f64 { let mut y = x; while y < 9.0 { y = y * x; } y }",
        "?8",
    );
}

#[test]
fn a_swap_is_its_own_inverse() {
    is(
        "fn f(x: &mut [f64; 3]) { x.swap(0, 2); x[1] = x[0] * x[2]; }",
        "?9",
    );
}

#[test]
fn a_callee_gets_the_slots_and_shares_none() {
    is(
        "fn f(x: f64, w: &[f64]) -> f64 { let a = g(x, &w[1..], w); a * x }",
        "?10",
    );
}

#[test]
fn a_selection_is_weighted_and_a_constant_gets_nothing() {
    is(
        "fn f(x: f64, y: f64) -> f64 { x.max(0.0) + x.min(y) }",
        "?11",
    );
}
