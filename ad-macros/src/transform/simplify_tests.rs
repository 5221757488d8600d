//! Sweeps before and after the copies are gone.

use crate::transform::stages::{reverse, same, stage};

#[test]
fn copies_of_the_transforms_go() {
    let stage = stage("fn f(x: f64, y: f64) -> f64 { (x - y) * x }");
    same(&reverse(&stage.vjp()), "?1");
    same(&reverse(&stage.adjoint()), "?2");
}

#[test]
fn the_users_own_copies_stay() {
    let stage = stage("fn f(x: f64) -> f64 { let a = x; let mut b = a; b += a; b }");
    same(&crate::ir::print::print(&stage.func), "?3");
    let tangent = stage.tangent();
    same(
        &crate::ir::print::print_block(&tangent.vars, &tangent.body),
        "?4",
    );
}
