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
        "
            let s_adj.16 = read seed.14
            let n.11 = read n.1
            var carry.30 = zero
            for i.4 in 0..n.11 {
                let t_adj.23 = -s_adj.16
                let t_adj.25 = 3.0 * t_adj.23
                let t.5 = {__hole_0+1 | i.4}
                let t.31 = read carry.30
                let t.32 = t.31 + t_adj.25
                x_adj.13[i.4] += t.32
                let t.33 = s_adj.16
                carry.30 = t.33
            }
            let ran.34 = 0 < n.11
            if ran.34 {
                let hi.35 = n.11
                let last.36 = {__hole_0-0 | hi.35}
                let t.37 = read carry.30
                x_adj.13[last.36] += t.37
            }
        ",
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
        "
            let s_adj.15 = read seed.13
            let n.10 = read n.1
            var carry.28 = zero
            for i.4 in 1..n.10 {
                let t.5 = read x.0[i.4]
                let t.6 = {__hole_0-1 | i.4}
                let t.7 = read x.0[t.6]
                let t_adj.21 = s_adj.15 * t.7
                let t_adj.23 = t.5 * s_adj.15
                let t.29 = read carry.28
                let t.30 = t.29 + t_adj.23
                if active {0} {
                    x_adj.12[t.6] += t.30
                }
                let t.31 = t_adj.21
                carry.28 = t.31
            }
            let ran.32 = 1 < n.10
            if ran.32 {
                let hi.33 = n.10
                let last.34 = {__hole_0-1 | hi.33}
                let t.35 = read carry.28
                if active {0} {
                    x_adj.12[last.34] += t.35
                }
            }
        ",
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
