//! Reverse sweeps whose loops work on slices as long as they are.

use crate::transform::stages::{Pass, reverse, same, stage, with_pass};

fn windowed(source: &str) -> String {
    reverse(&with_pass(stage(source).adjoint(), Pass::Window))
}

#[track_caller]
fn has_no_window(source: &str) {
    let text = windowed(source);
    assert!(text.contains("for ") && !text.contains("cut "), "{text}");
}

#[test]
fn an_element_wise_loop_works_on_slices() {
    same(
        &windowed(
            "fn f(x: &[f64], y: &[f64]) -> f64 {
                let mut s = 0.0;
                for i in 0..x.len() { s += x[i] * y[i + 1]; }
                s
            }",
        ),
        "?1",
    );
}

#[test]
fn a_loop_that_starts_elsewhere_counts_from_zero() {
    same(
        &windowed(
            "fn f(a: &[f64], k: usize, n: usize) -> f64 {
                let mut s = 0.0;
                for j in k..n { s += a[k * n + j].exp(); }
                s
            }",
        ),
        "?2",
    );
}

#[test]
fn there_is_no_window_where_an_access_is_conditional() {
    has_no_window(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { if i > 3 { s += 2.0 * x[i]; } }
            s
        }",
    );
}

#[test]
fn a_sum_at_two_indices_has_no_window() {
    same(
        &windowed(
            "fn f(x: &[f64; 9], n: usize) -> f64 {
                let mut s = 0.0;
                for i in 0..n { s += x[i] - 3.0 * x[i + 2]; }
                s
            }",
        ),
        "?3",
    );
}

#[test]
fn an_index_that_advances_by_two_has_no_window() {
    has_no_window(
        "fn f(x: &[f64], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += 2.0 * x[2 * i]; }
            s
        }",
    );
}

#[test]
fn an_index_that_memory_decides_has_no_window() {
    has_no_window(
        "fn f(x: &[f64], at: &[usize; 9], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += 2.0 * x[at[3]]; s += x[i] * x[i]; }
            s
        }",
    );
}

#[test]
fn a_loop_around_a_loop_has_no_window() {
    has_no_window(
        "fn f(x: &[f64; 9], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { let y = x[i]; for _ in 0..i { s += y; } }
            s
        }",
    );
}
