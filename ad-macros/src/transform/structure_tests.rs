//! Source in, IR without exits out.

use super::structure;
use crate::ir::check::check;
use crate::ir::lower::tests::{lowered, same};
use crate::ir::print::print;

#[track_caller]
fn is_structured(source: &str, expected: &str) {
    let (func, faults) = lowered(source);
    assert_eq!(faults, "", "{source}");
    let func = structure(func);
    check(&func.vars, &func.body).unwrap();
    same(&print(&func), expected);
}

#[test]
fn an_early_return_is_an_else() {
    is_structured(
        r#"fn f(x: f64) -> f64 { if x > 0.0 { return x; } let y = x * x; y }"#,
        r#"
        fn (x.0)
            let x.9 = read x.0
            var ret.1
            let t.3 = x.9 > 0.0
            if t.3 {
                ret.1 = x.9
            } else {
                let y.7 = x.9 * x.9
                ret.1 = y.7
            }
            let ret.8 = read ret.1
            -> ret.8
"#,
    );
}

#[test]
fn a_loop_with_a_break() {
    is_structured(
        r#"fn f(x: f64) -> f64 { let mut y = x; while y < 100.0 { y *= 2.0; if y > 50.0 { break; } y += 1.0; } y }"#,
        r#"
        fn (x.0)
            let x.9 = read x.0
            var y.1 = x.9
            loop {
                var go.11 = false
                let y.2 = read y.1
                let t.3 = y.2 < 100.0
                if t.3 {
                    let t.5 = y.2 * 2.0
                    y.1 = t.5
                    let t.7 = t.5 > 50.0
                    if t.7 {
                    } else {
                        y.1 += 1.0
                        go.11 = t.3
                    }
                }
                let go.12 = read go.11
            } again go.12
            let y.8 = read y.1
            -> y.8
"#,
    );
}

#[test]
fn a_counted_loop_with_a_break() {
    is_structured(
        r#"fn f(x: &[f64], n: usize) -> f64 { let mut s = 0.0; for i in 0..n { if x[i] < 0.0 { break; } if i == 3 { continue; } s += x[i]; } s }"#,
        r#"
        fn (&x.0, n.1)
            let n.10 = read n.1
            var s.2 = 0.0
            var i.11 = 0
            loop {
                var go.15 = false
                let i.4 = read i.11
                let t.12 = i.4 < n.10
                if t.12 {
                    let i.13 = i.4 + 1
                    i.11 = i.13
                    let t.5 = read x.0[i.4]
                    let t.6 = t.5 < 0.0
                    if t.6 {
                    } else {
                        let t.7 = {__hole_0==3 | i.4}
                        if t.7 {
                            go.15 = t.12
                        } else {
                            let t.8 = read x.0[i.4]
                            s.2 += t.8
                            go.15 = t.12
                        }
                    }
                }
                let go.16 = read go.15
            } again go.16
            let s.9 = read s.2
            -> s.9
"#,
    );
}

#[test]
fn an_inclusive_loop_never_passes_its_end() {
    is_structured(
        r#"fn f(x: f64, n: u8) -> f64 { let mut s = x; for i in (1..=n).rev() { if s > 3.0 { break; } s += x; } s }"#,
        r#"
        fn (x.0, n.1)
            let x.9 = read x.0
            let n.10 = read n.1
            var s.2 = x.9
            var i.11 = n.10
            loop {
                var go.16 = false
                let i.4 = read i.11
                let t.12 = i.4 >= 1
                let t.13 = i.4 > 1
                if t.13 {
                    let i.14 = i.4 - 1
                    i.11 = i.14
                }
                if t.12 {
                    let s.5 = read s.2
                    let t.6 = s.5 > 3.0
                    if t.6 {
                    } else {
                        s.2 += x.9
                        go.16 = t.13
                    }
                } else {
                    go.16 = t.13
                }
                let go.17 = read go.16
            } again go.17
            let s.8 = read s.2
            -> s.8
"#,
    );
}

#[test]
fn exits_through_two_loops() {
    is_structured(
        r#"fn f(x: &[f64]) -> f64 { let mut best = 0.0; 'outer: for i in 0..x.len() { for j in 0..i { if x[j] > 1.0 { continue 'outer; } best += x[j]; } best += 1.0; } best }"#,
        r#"
        fn (&x.0)
            var best.1 = 0.0
            let t.2 = len x.0
            for i.3 in 0..t.2 {
                var left.9 = false
                var j.10 = 0
                loop {
                    var go.14 = false
                    let j.4 = read j.10
                    let t.11 = j.4 < i.3
                    if t.11 {
                        let j.12 = j.4 + 1
                        j.10 = j.12
                        let t.5 = read x.0[j.4]
                        let t.6 = t.5 > 1.0
                        if t.6 {
                            left.9 = true
                        } else {
                            let t.7 = read x.0[j.4]
                            best.1 += t.7
                            go.14 = t.11
                        }
                    }
                    let go.15 = read go.14
                } again go.15
                let left.16 = read left.9
                if left.16 {
                } else {
                    best.1 += 1.0
                }
            }
            let best.8 = read best.1
            -> best.8
"#,
    );
}

#[test]
fn a_break_with_a_value() {
    is_structured(
        r#"fn f(x: f64) -> f64 { let mut k = 0; let y = loop { k += 1; if k > 4 { break x * k as f64; } }; y }"#,
        r#"
        fn (x.0)
            let x.12 = read x.0
            var k.1 = 0
            var y.2 = placeholder
            loop {
                var go.14 = false
                let k.3 = read k.1
                let t.4 = k.3 + 1
                k.1 = t.4
                let t.6 = {__hole_0>4 | t.4}
                if t.6 {
                    let t.9 = t.4 as f64
                    let t.10 = x.12 * t.9
                    y.2 = t.10
                } else {
                    go.14 = true
                }
                let go.15 = read go.14
            } again go.15
            let y.11 = read y.2
            -> y.11
"#,
    );
}

#[test]
fn a_labelled_block() {
    is_structured(
        r#"fn f(x: f64) -> f64 { let r = 'a: { if x > 0.0 { if x > 9.0 { break 'a x; } } 0.0 }; r }"#,
        r#"
        fn (x.0)
            let x.8 = read x.0
            var r.1
            let t.3 = x.8 > 0.0
            if t.3 {
                let t.5 = x.8 > 9.0
                if t.5 {
                    r.1 = x.8
                } else {
                    r.1 = 0.0
                }
            } else {
                r.1 = 0.0
            }
            let r.7 = read r.1
            -> r.7
"#,
    );
}

#[test]
fn a_panic_ends_its_arm() {
    is_structured(
        r#"fn f(x: f64, k: usize) -> f64 { let y = match k { 0 => x, _ => panic!("no {k}") }; y }"#,
        r#"
        fn (x.0, k.1)
            let x.7 = read x.0
            let k.8 = read k.1
            var y.2
            let t.4 = {::core::matches!(__hole_0, 0) | k.8}
            if t.4 {
                y.2 = x.7
            } else {
                do {panic!("no {k}"); | k: k.1}
            }
            let y.6 = read y.2
            -> y.6
"#,
    );
}
