//! A value that a memory starts with has a name of its own: it is still needed
//! when the memory has changed.

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
    same(
        &print(&stage.func),
        "
            fn (x.0, &v.1)
                let x.21 = read x.0
                let t.3 = x.21 * 2.0
                var a.4 = t.3
                var b.5 = read v.1[0]
                var c.6 = 1.0
                let t.8 = sin(x.21)
                var d.9 = t.8
                let t.11 = x.21 > 0.0
                if t.11 {
                    let t.13 = -x.21
                    var e.14 = t.13
                    let b.15 = read b.5
                    e.14 += b.15
                    let e.16 = read e.14
                    a.4 += e.16
                }
                let a.17 = read a.4
                b.5 += a.17
                let b.18 = read b.5
                c.6 += b.18
                let c.19 = read c.6
                d.9 += c.19
                let d.20 = read d.9
                -> d.20
        ",
    );
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
