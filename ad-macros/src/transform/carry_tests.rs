//! Reverse sweeps whose sums are carried from one iteration to the next.

use crate::transform::stages::{Pass, reverse, same, stage, with_pass};

fn carried(source: &str) -> String {
    reverse(&with_pass(stage(source).adjoint(), Pass::Carry))
}

/// The pass leaves the program as it is.
#[track_caller]
fn stays(source: &str) {
    let before = reverse(&stage(source).adjoint());
    assert!(
        before.contains("for ") && before.contains("x_adj"),
        "{before}"
    );
    assert_eq!(carried(source), before);
}

#[test]
fn neighbouring_sums_are_carried() {
    same(
        &carried(
            "fn f(x: &[f64; 9], n: usize) -> f64 {
                let mut s = 0.0;
                for i in 0..n { s += x[i + 1] - 3.0 * x[i]; }
                s
            }",
        ),
        "?1",
    );
}

#[test]
fn the_empty_slot_of_an_inactive_slice_is_not_touched() {
    same(
        &carried(
            "fn f(x: &[f64], n: usize) -> f64 {
                let mut s = 0.0;
                for i in 1..n { s += x[i] * x[i - 1]; }
                s
            }",
        ),
        "?2",
    );
}

#[test]
fn elements_that_are_no_neighbours_are_summed_in_place() {
    stays(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x[i] - x[i + 2]; }
            s
        }",
    );
    stays(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x[2 * i] - x[2 * i + 1]; }
            s
        }",
    );
}

#[test]
fn a_sum_at_another_index_keeps_all_in_place() {
    stays(
        "fn f(x: &[f64], n: usize, k: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x[i] * x[i + 1] * x[k]; }
            s
        }",
    );
}

#[test]
fn a_conditional_sum_keeps_all_in_place() {
    stays(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x[i]; if i > 3 { s -= x[i + 1]; } }
            s
        }",
    );
}

#[test]
fn a_loop_that_runs_downward_keeps_all_in_place() {
    stays(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in (0..n).rev() { s += x[i] - x[i + 1]; }
            s
        }",
    );
}
