//! Source in, normalized IR out.

use crate::ir::print::print;
use crate::transform::stages::{same, stage};

#[test]
fn a_computed_start_gets_a_name_and_the_others_stay() {
    let stage = stage(
        "fn f(x: f64, v: &[f64]) -> f64 {
            let mut a = x * 2.0;
            let mut b = v[0];
            let mut c = 1.0;
            let mut d = x.sin();
            if x > 0.0 { let mut e = -x; e += b; a += e; }
            b += a; c += b; d += c;
            d
        }",
    );
    same(&print(&stage.func), "?1");
}

#[test]
fn the_text_of_a_site_goes_with_the_value() {
    let stage = stage("fn f(x: f64) -> f64 { let mut a = x.abs(); a += x; a }");
    let names: Vec<_> = stage
        .sites
        .iter()
        .map(|(var, site)| {
            (
                stage.func.vars[var.0 as usize].kind.clone(),
                site.source.as_str(),
            )
        })
        .collect();
    assert_eq!(names, [(crate::ir::VarKind::Temp, "x.abs()")]);
}
