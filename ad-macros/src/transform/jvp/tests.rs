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
        "
            let x.6 = read x.0
            let x_tan.8 = read x_tan.7
            let a.3 = x.6 * x.6
            let t.10 = x_tan.8 * x.6
            let t.11 = x.6 * x_tan.8
            let a_tan.9 = t.10 + t.11
            let t.4 = a.3 + 1.0
            let t.5 = sin(t.4)
            let t.14 = cos(t.4)
            let t_tan.15 = t.14 * a_tan.9
        ",
    );
}

#[test]
fn a_term_of_a_smaller_activity_is_taken_only_where_it_is_active() {
    is(
        "fn f(x: f64, y: f64) -> f64 { x / y }",
        "
            let x.5 = read x.0
            let x_tan.9 = read x_tan.7
            let y.6 = read y.1
            let y_tan.10 = read y_tan.8
            let t.4 = x.5 / y.6
            let t.12 = x_tan.9 / y.6
            let t.13 = t.4 / y.6
            let t.14 = t.13 * y_tan.10
            let t.15 = -t.14
            let t.16 = when {0} t.12
            let t.17 = when {1} t.15
            let t_tan.11 = t.16 + t.17
        ",
    );
}

#[test]
fn an_empty_slot_is_not_read() {
    is(
        "fn f(x: &[f64], y: &mut [f64]) { y[0] += 2.0 * x[1]; }",
        "
            let t.2 = read x.0[1]
            let t_tan.6 = read when {0} x_tan.4[1] like t.2
            let t.3 = 2.0 * t.2
            let t_tan.8 = 2.0 * t_tan.6
            y.1[0] += t.3
            if active {1} {
                y_tan.5[0] += t_tan.8
            }
        ",
    );
}

#[test]
fn a_selection_weights_its_tangents() {
    is(
        "fn f(x: f64, y: f64) -> f64 { x.max(y) + x.abs() }",
        "
            let x.8 = read x.0
            let x_tan.12 = read x_tan.10
            let y.9 = read y.1
            let y_tan.13 = read y_tan.11
            heading tan(x_tan.12, y_tan.13)
            let t.4 = max(x.8, y.9)
            let weights.15 = weights max(x.8{0}, y.9{1})
            let t.16 = read weights.15[0]
            let t.17 = t.16 scale x_tan.12
            let t.18 = read weights.15[1]
            let t.19 = t.18 scale y_tan.13
            let t.20 = when {0} t.17
            let t.21 = when {1} t.19
            let t_tan.14 = t.20 + t.21
            heading tan(x_tan.12)
            let t.6 = abs(x.8)
            let weights.23 = weights abs(x.8{0})
            let t.24 = read weights.23[0]
            let t_tan.25 = t.24 scale x_tan.12
            let t.7 = t.4 + t.6
            let t.27 = when {0} t_tan.25
            let t_tan.26 = t_tan.14 + t.27
        ",
    );
}

#[test]
fn control_flow_is_shared() {
    is(
        "fn f(x: f64, n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { if s < x { s += x; } else { s = x; } }
            s
        }",
        "
            let x.11 = read x.0
            let x_tan.15 = read x_tan.14
            let n.12 = read n.1
            var s.2 = 0.0
            var s_tan.16 = zero
            for i.4 in 0..n.12 {
                let s.5 = read s.2
                let s_tan.17 = read s_tan.16
                heading tan(s_tan.17, x_tan.15)
                let t.7 = s.5 < x.11
                if t.7 {
                    s.2 += x.11
                    s_tan.16 += x_tan.15
                } else {
                    s.2 = x.11
                    s_tan.16 = x_tan.15
                }
            }
            let s.10 = read s.2
            let s_tan.18 = read s_tan.16
        ",
    );
}

#[test]
fn a_call_gives_value_and_tangent_and_an_inactive_one_the_value() {
    is(
        "fn f(x: f64, k: usize) -> f64 { let a = g(k); h(x, a) }",
        "
            let x.6 = read x.0
            let x_tan.9 = read x_tan.8
            let k.7 = read k.1
            let a.3 = call g(k.7)
            let t.5, t_tan.10 = jvp h(x.6, a.3) tan(x_tan.9, -)
        ",
    );
}

#[test]
fn an_inactive_result_has_a_zero_tangent() {
    let tangent = stage_with("wrt(x)", "fn f(x: f64, y: f64) -> f64 { y }").tangent();
    same(
        &print_block(&tangent.vars, &tangent.body),
        "
            let y.3 = read y.1
            let zero.5 = zero
        ",
    );
}
