//! Sweeps before and after the copies are gone.

use crate::transform::stages::{reverse, same, stage};

#[test]
fn copies_of_the_transforms_go() {
    let stage = stage("fn f(x: f64, y: f64) -> f64 { (x - y) * x }");
    same(
        &reverse(&stage.vjp()),
        "
            let t.13 = read seed.11
            let t_adj.12 = t.13
            let x.7 = read x.0
            let y.8 = read y.1
            let t.4 = x.7 - y.8
            let t.14 = read t_adj.12
            let t.15 = t.14 * x.7
            let t_adj.16 = t.15
            let t.17 = t.4 * t.14
            var x_adj.18 = t.17
            let t.19 = read t_adj.16
            x_adj.18 += t.19
            let y_adj.20 = -t.19
            let t.21 = read y_adj.20
            y_adj.10 += t.21
            let t.22 = read x_adj.18
            x_adj.9 += t.22
        ",
    );
    same(
        &reverse(&stage.adjoint()),
        "
            let t_adj.13 = read seed.11
            let x.7 = read x.0
            let y.8 = read y.1
            let t.4 = x.7 - y.8
            let t_adj.15 = t_adj.13 * x.7
            let t.17 = t.4 * t_adj.13
            var x_adj.18 = t.17
            x_adj.18 += t_adj.15
            let y_adj.20 = -t_adj.15
            y_adj.10 += y_adj.20
            let t.22 = read x_adj.18
            x_adj.9 += t.22
        ",
    );
}

#[test]
fn a_read_of_a_memory_is_no_copy_of_it() {
    let stage = stage("fn f(x: f64) -> f64 { let a = x; let mut b = a; b += a; b }");
    same(
        &crate::ir::print::print(&stage.func),
        "
            fn (x.0)
                let x.4 = read x.0
                var b.2 = x.4
                b.2 += x.4
                let b.3 = read b.2
                -> b.3
        ",
    );
    let tangent = stage.tangent();
    same(
        &crate::ir::print::print_block(&tangent.vars, &tangent.body),
        "
            let x.4 = read x.0
            let x_tan.6 = read x_tan.5
            var b.2 = x.4
            var b_tan.7 = x_tan.6
            b.2 += x.4
            b_tan.7 += x_tan.6
            let b.3 = read b.2
            let b_tan.8 = read b_tan.7
        ",
    );
}
