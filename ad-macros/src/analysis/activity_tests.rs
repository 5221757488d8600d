//! Source in, the active variables out.

use crate::transform::stages::{same, stage, stage_with};

#[track_caller]
fn reaches(args: &str, source: &str, expected: &str) {
    let stage = stage_with(args, source);
    let line = |(var, set): (&crate::ir::Var, &crate::ir::ActSet)| {
        let name = &stage.func.vars[var.0 as usize].name;
        format!("{name}.{} {:?}\n", var.0, set.0)
    };
    same(&stage.act.iter().map(line).collect::<String>(), expected);
}

#[test]
fn a_value_has_the_parameters_that_reach_it() {
    reaches(
        "",
        "fn f(x: f64, y: f64) -> f64 { let a = x * 2.0; let b = a + y; b }",
        "?1",
    );
}

#[test]
fn conditions_and_indices_are_no_data_flow() {
    reaches(
        "",
        "fn f(x: f64, c: f64, y: &[f64]) -> f64 {
            let k = x as usize;
            if x > 0.0 { y[k] } else { c }
        }",
        "?2",
    );
}

#[test]
fn a_loop_carries_activity_backward() {
    reaches(
        "",
        "fn f(x: f64, n: usize) -> f64 {
            let (mut a, mut b) = (0.0, 0.0);
            for _ in 0..n { a = b; b = x; }
            a
        }",
        "?3",
    );
}

#[test]
fn what_stands_outside_wrt_or_is_constant_is_inactive() {
    reaches(
        "wrt(x)",
        "fn f(x: f64, y: f64) -> f64 { let a = ad_runtime::constant(x) * y; let b = x.floor(); a + b * x }",
        "?4",
    );
}

#[test]
fn a_call_reaches_its_mutable_arguments() {
    reaches(
        "wrt(x)",
        "fn f(x: f64, y: &mut [f64], z: &mut [f64]) { g(x, &mut y[1..], z.len()); }",
        "?5",
    );
}

#[test]
fn a_memory_is_active_as_a_whole() {
    let stage = stage("fn f(x: f64) -> f64 { let mut a = [0.0; 3]; a[0] = x; let b = a[1]; b }");
    let last = stage.act.keys().last().unwrap();
    assert_eq!(stage.func.vars[last.0 as usize].name, "b");
}
