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
        "
            let s_adj.15 = read seed.13
            let t.3 = len x.0
            for i.4 in 0..t.3 {
                let first.29 = 0
                cut x_part.28 = &x.0[first.29..]
                let first.31 = 0
                let t.32 = {__hole_0+1 | first.31}
                cut y_part.30 = &y.1[t.32..]
                let first.34 = 0
                cut x_adj_part.33 = &mut x_adj.11[first.34..] if active {0}
                let first.36 = 0
                let t.37 = {__hole_0+1 | first.36}
                cut y_adj_part.35 = &mut y_adj.12[t.37..] if active {1}
                let t.5 = read x_part.28[i.4]
                let t.7 = read y_part.30[i.4]
                let t_adj.21 = s_adj.15 * t.7
                let t_adj.23 = t.5 * s_adj.15
                if active {1} {
                    y_adj_part.35[i.4] += t_adj.23
                }
                if active {0} {
                    x_adj_part.33[i.4] += t_adj.21
                }
            }
        ",
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
        "
            let s_adj.19 = read seed.17
            let k.13 = read k.1
            let n.14 = read n.2
            let lo.32 = k.13
            let hi.33 = n.14
            let n.34 = {usize::saturating_sub(__hole_0, __hole_1) | hi.33, lo.32}
            for k.35 in 0..n.34 binding t.11 {
                let first.30 = k.13
                let t.31 = {__hole_0*__hole_1+__hole_2 | k.13, n.14, first.30}
                cut a_adj_part.29 = &mut a_adj.16[t.31..] if active {0}
                let t_adj.25 = s_adj.19 * t.11
                if active {0} {
                    a_adj_part.29[k.35] += t_adj.25
                }
            }
        ",
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
        "
            let s_adj.16 = read seed.14
            let n.11 = read n.1
            for i.4 in 0..n.11 {
                let t_adj.23 = -s_adj.16
                let t_adj.25 = 3.0 * t_adj.23
                let t.6 = {__hole_0+2 | i.4}
                x_adj.13[t.6] += t_adj.25
                x_adj.13[i.4] += s_adj.16
            }
        ",
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
fn a_memory_that_is_also_written_elsewhere_has_no_window() {
    let text = windowed(
        "fn f(x: &[f64], at: &[usize; 9], n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += 2.0 * x[at[3]]; s += x[i] * x[i]; }
            s
        }",
    );
    assert!(
        text.contains("&x.0[") && !text.contains("&mut x_adj"),
        "{text}"
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
