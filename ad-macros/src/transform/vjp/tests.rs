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
        "
            let x.8 = read x.0
            let a.2 = x.8 * 2.0
            let b.4 = exp(x.8)
            let t.5 = a.2 * a.2
            let t.6 = sin(t.5)
            let t.7 = t.6 * b.4
            -- b.4, t.6
            let t_adj.12 = read seed.10
            let t_adj.14 = t_adj.12 * b.4
            let b_adj.16 = t.6 * t_adj.12
            let x.8 = read x.0
            let a.2 = x.8 * 2.0
            let t.5 = a.2 * a.2
            let t.19 = cos(t.5)
            let t_adj.20 = t_adj.14 * t.19
            let t.23 = t_adj.20 * a.2
            var a_adj.24 = t.23
            let t.25 = a.2 * t_adj.20
            a_adj.24 += t.25
            let t.27 = b_adj.16 * b.4
            var x_adj.28 = t.27
            let t.29 = read a_adj.24
            let t.30 = t.29 * 2.0
            x_adj.28 += t.30
            let t.31 = read x_adj.28
            x_adj.9 += t.31
        ",
    );
}

#[test]
fn a_cotangent_of_one_use_is_bound_by_it_and_one_of_two_is_summed() {
    is(
        "fn f(x: f64, y: f64) -> f64 { let a = x + y; let b = a * y; a - b }",
        "
            let x.8 = read x.0
            let y.9 = read y.1
            let a.4 = x.8 + y.9
            let b.6 = a.4 * y.9
            let t.7 = a.4 - b.6
            -- 
            let t_adj.14 = read seed.12
            var a_adj.16 = t_adj.14
            let b_adj.17 = -t_adj.14
            let x.8 = read x.0
            let y.9 = read y.1
            let a.4 = x.8 + y.9
            let t.19 = b_adj.17 * y.9
            a_adj.16 += t.19
            let t.20 = a.4 * b_adj.17
            var y_adj.21 = t.20
            let x_adj.22 = read a_adj.16
            y_adj.21 += x_adj.22
            let t.24 = read y_adj.21
            y_adj.11 += t.24
            x_adj.10 += x_adj.22
        ",
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
        "
            let x.12 = read x.0
            let k.13 = read k.1
            var a.3 = [x.12; 2]
            let t.4 = read a.3[1]
            let t.5 = 2.0 * t.4
            a.3[0] = t.5
            let t.7 = 3.0 * x.12
            a.3[k.13] = t.7
            let t.9 = read a.3[0]
            let t.10 = read a.3[1]
            let t.11 = t.9 + t.10
            -- a.3
            let t_adj.17 = read seed.15
            var a_adj.21 = zero_like a.3
            a_adj.21[1] += t_adj.17
            a_adj.21[0] += t_adj.17
            let k.13 = read k.1
            let t_adj.24 = take a_adj.21[k.13]
            let t.27 = 3.0 * t_adj.24
            var x_adj.28 = t.27
            let t_adj.29 = take a_adj.21[0]
            let t_adj.32 = 2.0 * t_adj.29
            a_adj.21[1] += t_adj.32
            let n.35 = len a_adj.21
            for k.36 in 0..n.35 {
                let t.37 = read a_adj.21[k.36]
                x_adj.28 += t.37
            }
            let t.38 = read x_adj.28
            x_adj.14 += t.38
        ",
    );
}

#[test]
fn an_overwrite_before_the_repeated_read_is_not_undone() {
    is(
        "fn f(x: f64) -> f64 {
            let mut a = [x; 2];
            a[0] = 2.0 * a[1];
            a[0] * x
        }",
        "
            let x.8 = read x.0
            var a.2 = [x.8; 2]
            let t.3 = read a.2[1]
            let t.4 = 2.0 * t.3
            a.2[0] = t.4
            let t.5 = read a.2[0]
            let t.7 = t.5 * x.8
            -- a.2
            let t_adj.12 = read seed.10
            let x.8 = read x.0
            let t.5 = read a.2[0]
            let t_adj.14 = t_adj.12 * x.8
            let t.16 = t.5 * t_adj.12
            var x_adj.17 = t.16
            var a_adj.18 = zero_like a.2
            a_adj.18[0] += t_adj.14
            let t_adj.20 = take a_adj.18[0]
            let t_adj.23 = 2.0 * t_adj.20
            a_adj.18[1] += t_adj.23
            let n.26 = len a_adj.18
            for k.27 in 0..n.26 {
                let t.28 = read a_adj.18[k.27]
                x_adj.17 += t.28
            }
            let t.29 = read x_adj.17
            x_adj.9 += t.29
        ",
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
        "
            let n.13 = read n.1
            var a.2 = [0.5; 2]
            var s.3 = 0.0
            for i.5 in 0..n.13 {
                let t.6 = read a.2[0]
                let t.7 = read x.0[i.5]
                let y.8 = t.6 * t.7
                let t.9 = read a.2[1]
                let t.10 = y.8 * t.9
                s.3 += t.10
            }
            let s.11 = read s.3
            let old.21 = read a.2[0]
            a.2[0] = s.11
            let t.12 = read a.2[0]
            -- a.2, old.21
            let t_adj.18 = read seed.16
            var a_adj.19 = zero_like a.2
            a_adj.19[0] += t_adj.18
            a.2[0] = old.21
            let s_adj.22 = take a_adj.19[0]
            let n.13 = read n.1
            for i.5 in 0..n.13 {
                let t.6 = read a.2[0]
                let t.7 = read x.0[i.5]
                let y.8 = t.6 * t.7
                let t.9 = read a.2[1]
                let y_adj.29 = s_adj.22 * t.9
                let t_adj.31 = y.8 * s_adj.22
                a_adj.19[1] += t_adj.31
                let t_adj.35 = y_adj.29 * t.7
                let t_adj.37 = t.6 * y_adj.29
                if active {0} {
                    x_adj.15[i.5] += t_adj.37
                }
                a_adj.19[0] += t_adj.35
            }
        ",
    );
}

#[test]
fn the_reads_of_a_scalar_memory_are_kept() {
    is(
        "fn f(x: f64, n: usize) -> f64 { let mut s = x; for _ in 0..n { s = s * s; } s }",
        "
            let x.9 = read x.0
            let n.10 = read n.1
            var s.2 = x.9
            for k.4 in 0..n.10 writing s.5 {
                let s.5 = read s.2
                let t.7 = s.5 * s.5
                s.2 = t.7
            }
            let s.8 = read s.2
            -- 
            let s_adj.15 = read seed.13
            var s_adj.16 = s_adj.15
            let n.10 = read n.1
            for k.4 in 0..n.10 descending binding s.5 {
                let t_adj.18 = take s_adj.16
                let t.21 = t_adj.18 * s.5
                var s_adj.22 = t.21
                let t.23 = s.5 * t_adj.18
                s_adj.22 += t.23
                let t.24 = read s_adj.22
                s_adj.16 += t.24
            }
            let x_adj.25 = read s_adj.16
            x_adj.12 += x_adj.25
        ",
    );
}

#[test]
fn a_sum_needs_nothing_of_the_forward_sweep_but_its_terms() {
    is(
        "fn f(x: &[f64]) -> f64 { let mut s = 0.0; for v in x { s += v * v; } s }",
        "
            var s.1 = 0.0
            let t.2 = len x.0
            for k.3 in 0..t.2 {
                let t.4 = read x.0[k.3]
                let t.5 = read x.0[k.3]
                let t.6 = t.4 * t.5
                s.1 += t.6
            }
            let s.7 = read s.1
            -- 
            let s_adj.12 = read seed.10
            let t.2 = len x.0
            for k.3 in 0..t.2 {
                let t.4 = read x.0[k.3]
                let t.5 = read x.0[k.3]
                let t_adj.18 = s_adj.12 * t.5
                let t_adj.20 = t.4 * s_adj.12
                if active {0} {
                    x_adj.9[k.3] += t_adj.20
                }
                if active {0} {
                    x_adj.9[k.3] += t_adj.18
                }
            }
        ",
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
        "
            let x.10 = read x.0
            let y.11 = read y.1
            var t.2
            let t.5 = x.10 > y.11
            if t.5 {
                let t.7 = exp(x.10)
                t.2 = t.7
                keep t.7
            } else {
                t.2 = y.11
            }
            let t.9 = read t.2
            -- t.5
            let t_adj.16 = read seed.14
            var t_adj.17 = t_adj.16
            var x_adj.23 = zero
            var y_adj.25 = zero
            if t.5 {
                bind t.7
                let t_adj.19 = take t_adj.17
                let t.22 = t_adj.19 * t.7
                x_adj.23 += t.22
            } else {
                let t.24 = take t_adj.17
                y_adj.25 += t.24
            }
            let t.26 = read y_adj.25
            y_adj.13 += t.26
            let t.27 = read x_adj.23
            x_adj.12 += t.27
        ",
    );
}

#[test]
fn a_loop_without_a_count_is_walked_back_by_its_trips() {
    is(
        "fn f(x: f64) -> f64 { let mut y = x; while y < 9.0 { y = y * x; } y }",
        "
            let x.8 = read x.0
            var y.1 = x.8
            loop {
                let y.2 = read y.1
                let t.3 = y.2 < 9.0
                if t.3 {
                    let t.6 = y.2 * x.8
                    y.1 = t.6
                }
                keep y.2, t.3
            } again t.3 trips trips.24
            let y.7 = read y.1
            -- trips.24
            let y_adj.13 = read seed.11
            var y_adj.14 = y_adj.13
            let x.8 = read x.0
            var x_adj.22 = zero
            for trip.25 in 0..trips.24 descending {
                bind y.2, t.3
                var y_adj.20 = zero
                if t.3 {
                    let t_adj.16 = take y_adj.14
                    let t.19 = t_adj.16 * x.8
                    y_adj.20 += t.19
                    let t.21 = y.2 * t_adj.16
                    x_adj.22 += t.21
                }
                let t.23 = read y_adj.20
                y_adj.14 += t.23
            }
            let t.26 = read y_adj.14
            x_adj.22 += t.26
            let t.27 = read x_adj.22
            x_adj.10 += t.27
        ",
    );
}

#[test]
fn a_swap_is_its_own_inverse() {
    is(
        "fn f(x: &mut [f64; 3]) { x.swap(0, 2); x[1] = x[0] * x[2]; }",
        "
            swap x.0[0], x.0[2]
            let t.1 = read x.0[0]
            let t.2 = read x.0[2]
            let t.3 = t.1 * t.2
            let old.5 = read x.0[1]
            x.0[1] = t.3
            -- old.5
            save x.0
            x.0[1] = old.5
            let t_adj.6 = take x_adj.4[1]
            let t.1 = read x.0[0]
            let t.2 = read x.0[2]
            let t_adj.9 = t_adj.6 * t.2
            let t_adj.11 = t.1 * t_adj.6
            x_adj.4[2] += t_adj.11
            x_adj.4[0] += t_adj.9
            if restore 0 {
                swap x.0[0], x.0[2]
            }
            swap x_adj.4[0], x_adj.4[2]
            restore x.0
        ",
    );
}

#[test]
fn a_callee_gets_the_slots_and_shares_none() {
    is(
        "fn f(x: f64, w: &[f64]) -> f64 { let a: f64 = g(x, &w[1..], w); a * x }",
        "
            let x.6 = read x.0
            let a.3 = forward g(x.6, &w.1[1..], &w.1)
            let t.5 = a.3 * x.6
            -- a.3
            let t_adj.11 = read seed.9
            let x.6 = read x.0
            let a_adj.13 = t_adj.11 * x.6
            let t.15 = a.3 * t_adj.11
            var x_adj.16 = t.15
            var again_adj.17 = zero_like w.1
            reverse g(x.6, &w.1[1..], &w.1) slots({0}x_adj.16, {1}w_adj.8[1..], {1}again_adj.17) seed a_adj.13
            if active {1} {
                let n.18 = len again_adj.17
                for k.19 in 0..n.18 {
                    let t.20 = read again_adj.17[k.19]
                    w_adj.8[k.19] += t.20
                }
            }
            let t.21 = read x_adj.16
            x_adj.7 += t.21
        ",
    );
}

#[test]
fn a_selection_is_weighted_and_a_constant_gets_nothing() {
    is(
        "fn f(x: f64, y: f64) -> f64 { x.max(0.0) + x.min(y) }",
        "
            let x.8 = read x.0
            let y.9 = read y.1
            let t.3 = max(x.8, 0.0)
            let t.6 = min(x.8, y.9)
            let t.7 = t.3 + t.6
            -- 
            let t_adj.14 = read seed.12
            let x.8 = read x.0
            let y.9 = read y.1
            let weights.19 = weights min(x.8{0}, y.9{1})
            let t.20 = read weights.19[0]
            let t.21 = t.20 scale t_adj.14
            var x_adj.22 = t.21
            let t.23 = read weights.19[1]
            let y_adj.24 = t.23 scale t_adj.14
            let weights.27 = weights max(x.8{0}, 0.0{})
            let t.28 = read weights.27[0]
            let t.29 = t.28 scale t_adj.14
            x_adj.22 += t.29
            y_adj.11 += y_adj.24
            let t.31 = read x_adj.22
            x_adj.10 += t.31
        ",
    );
}
