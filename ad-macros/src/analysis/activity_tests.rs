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
        "
            x.0 {0}
            y.1 {1}
            a.3 {0}
            b.5 {0, 1}
            x.6 {0}
            y.7 {1}
        ",
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
        "
            x.0 {0}
            c.1 {1}
            y.2 {2}
            t.5 {1, 2}
            t.8 {2}
            t.10 {1, 2}
            x.11 {0}
            c.12 {1}
        ",
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
        "
            x.0 {0}
            a.2 {0}
            b.3 {0}
            b.6 {0}
            a.8 {0}
            x.9 {0}
        ",
    );
}

#[test]
fn what_stands_outside_wrt_or_is_constant_is_inactive() {
    reaches(
        "wrt(x)",
        "fn f(x: f64, y: f64) -> f64 { let a = ad_runtime::constant(x) * y; let b = x.floor(); a + b * x }",
        "
            x.0 {0}
            t.9 {0}
            t.10 {0}
            x.11 {0}
        ",
    );
}

#[test]
fn a_call_reaches_its_mutable_arguments() {
    reaches(
        "wrt(x)",
        "fn f(x: f64, y: &mut [f64], z: &mut [f64]) { g(x, &mut y[1..], z.len()); }",
        "
            x.0 {0}
            y.1 {0}
            _unused.5 {0}
            x.6 {0}
        ",
    );
}

#[test]
fn a_memory_is_active_as_a_whole() {
    let stage = stage("fn f(x: f64) -> f64 { let mut a = [0.0; 3]; a[0] = x; let b = a[1]; b }");
    let names: Vec<&str> = stage
        .act
        .keys()
        .map(|var| stage.func.vars[var.0 as usize].name.as_str())
        .collect();
    assert!(names.contains(&"b"), "{names:?}");
}
