//! Source in, IR out.

use crate::diag::Errors;
use crate::ir::Func;
use crate::ir::check::check;
use crate::ir::print::print;
use crate::syntax::options::Options;
use crate::syntax::signature::Signature;
use crate::transform::structure::structure;

/// The program of a function, and the faults that were found.
pub(crate) fn lowered(source: &str) -> (Func, String) {
    let item: syn::ItemFn = syn::parse_str(source).unwrap();
    let mut errors = Errors::new();
    let options = Options::parse(proc_macro2::TokenStream::new(), &mut errors);
    let sig = Signature::parse(&item, None, &options, &mut errors);
    let func = super::lower(&sig, &item.block, &mut errors);
    (func, errors.into_tokens().to_string())
}

#[track_caller]
fn is(source: &str, expected: &str) {
    let (func, faults) = lowered(source);
    assert_eq!(faults, "", "{source}");
    same(&print(&func), expected);
    let func = structure(func);
    check(&func.vars, &func.body).unwrap();
}

#[track_caller]
fn is_refused(source: &str, what: &[&str]) {
    let (_, faults) = lowered(source);
    for what in what {
        assert!(faults.contains(what), "{what} not in {faults}");
    }
    assert_eq!(
        faults.matches("compile_error").count(),
        what.len(),
        "{faults}"
    );
}

/// Compares texts but for their indentation.
#[track_caller]
pub(crate) fn same(found: &str, expected: &str) {
    let trim = |text: &str| {
        text.lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(trim(found), trim(expected), "found:\n{found}");
}

#[test]
fn an_element_wise_sum() {
    is(
        r#"fn f(xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (x - y).abs();
    }
    sum / xs.len() as f64
}"#,
        r#"
        fn (&xs.0, &ys.1)
            var sum.2 = 0.0
            let t.3 = len xs.0
            let t.4 = len ys.1
            let t.5 = {::core::cmp::min(__hole_0, __hole_1) | t.3, t.4}
            '0: for k.6 in 0..t.5 {
                let t.7 = read xs.0[k.6]
                let t.8 = read ys.1[k.6]
                let t.9 = t.7 - t.8
                let t.10 = abs(t.9)
                sum.2 += t.10
            }
            let sum.11 = read sum.2
            let t.12 = {__hole_0.len()as f64 | xs.0}
            let t.13 = sum.11 / t.12
            -> t.13
"#,
    );
}

#[test]
fn an_if_as_value() {
    is(
        r#"fn f(x: f64) -> f64 { if x > 0.0 { x } else { 0.0 } }"#,
        r#"
        fn (x.0)
            let x.6 = read x.0
            var t.1
            let t.3 = x.6 > 0.0
            if t.3 {
                t.1 = x.6
            } else {
                t.1 = 0.0
            }
            let t.5 = read t.1
            -> t.5
"#,
    );
}

#[test]
fn index_arithmetic_stays() {
    is(
        r#"fn f(a: &mut [f64], n: usize) { for i in 0..n { a[i * n + 1] -= a[i + 1]; } }"#,
        r#"
        fn (&mut a.0, n.1)
            let n.8 = read n.1
            '0: for i.3 in 0..n.8 {
                let t.4 = {__hole_0+1 | i.3}
                let t.5 = read a.0[t.4]
                let t.7 = {__hole_0*__hole_1+1 | i.3, n.8}
                a.0[t.7] -= t.5
            }
"#,
    );
}

#[test]
fn short_circuit_runs_only_what_decides() {
    is(
        r#"fn f(x: f64, y: f64) -> f64 { if x < 0.0 || y < 0.0 { 1.0 } else { y } }"#,
        r#"
        fn (x.0, y.1)
            let x.11 = read x.0
            let y.12 = read y.1
            var t.2
            let t.4 = x.11 < 0.0
            var t.5 = t.4
            if t.4 {
            } else {
                let t.7 = y.12 < 0.0
                t.5 = t.7
            }
            let t.8 = read t.5
            if t.8 {
                t.2 = 1.0
            } else {
                t.2 = y.12
            }
            let t.10 = read t.2
            -> t.10
"#,
    );
}

#[test]
fn inert_conditions_are_one_expression() {
    is(
        r#"fn f(idx: &[usize], x: &[f64]) -> f64 { let mut s = 0.0; for &i in idx { if i % 2 == 0 && i + 1 < x.len() { s += x[i]; } } s }"#,
        r#"
        fn (&idx.0, &x.1)
            var s.2 = 0.0
            let t.3 = len idx.0
            '0: for k.4 in 0..t.3 {
                let i.5 = read idx.0[k.4]
                let t.6 = {__hole_0%2==0&&__hole_0+1<__hole_1.len() | i.5, x.1}
                if t.6 {
                    let t.7 = read x.1[i.5]
                    s.2 += t.7
                }
            }
            let s.8 = read s.2
            -> s.8
"#,
    );
}

#[test]
fn matches_are_tested_in_order() {
    is(
        r#"fn f(x: f64, k: usize) -> f64 { match k { 0 => 1.0, 1 | 2 => x, n if n > 10 => x * n as f64, _ => -x } }"#,
        r#"
        fn (x.0, k.1)
            let x.14 = read x.0
            let k.15 = read k.1
            var t.2
            let t.4 = {::core::matches!(__hole_0, 0) | k.15}
            if t.4 {
                t.2 = 1.0
            } else {
                let t.5 = {::core::matches!(__hole_0, 1|2) | k.15}
                if t.5 {
                    t.2 = x.14
                } else {
                    let t.7 = {__hole_0>10 | k.15}
                    if t.7 {
                        let t.9 = k.15 as f64
                        let t.10 = x.14 * t.9
                        t.2 = t.10
                    } else {
                        let t.12 = -x.14
                        t.2 = t.12
                    }
                }
            }
            let t.13 = read t.2
            -> t.13
"#,
    );
}

#[test]
fn float_patterns_are_comparisons() {
    is(
        r#"fn f(x: f64) -> f64 { match x { 0.0 => 1.0, 1.0..=2.0 => x, _ => -x } }"#,
        r#"
        fn (x.0)
            let x.12 = read x.0
            var t.1
            let t.3 = x.12 == 0.0
            if t.3 {
                t.1 = 1.0
            } else {
                let t.4 = x.12 >= 1.0
                var t.5 = t.4
                if t.4 {
                    let t.6 = x.12 <= 2.0
                    t.5 = t.6
                }
                let t.7 = read t.5
                if t.7 {
                    t.1 = x.12
                } else {
                    let t.10 = -x.12
                    t.1 = t.10
                }
            }
            let t.11 = read t.1
            -> t.11
"#,
    );
}

#[test]
fn reads_are_shared_until_a_write() {
    is(
        r#"fn f(x: f64) -> f64 { let mut y = x; let a = y * y; y = a; y + x }"#,
        r#"
        fn (x.0)
            let x.8 = read x.0
            var y.1 = x.8
            let a.4 = x.8 * x.8
            y.1 = a.4
            let t.7 = a.4 + x.8
            -> t.7
"#,
    );
}

#[test]
fn references_are_places() {
    is(
        r#"fn f(y: &mut [f64], i: usize) { let r = &mut y[i..]; r[0] = 1.0; let (a, b) = r.split_at_mut(2); a[0] += b[1]; }"#,
        r#"
        fn (&mut y.0, i.1)
            let i.4 = read i.1
            y.0[i.4..][0] = 1.0
            let t.3 = read y.0[i.4..][2..][1]
            y.0[i.4..][..2][0] += t.3
"#,
    );
}

#[test]
fn slices_are_copied_by_loops() {
    is(
        r#"fn f(y: &mut [f64], z: &[f64; 3]) { y[..3].copy_from_slice(z); y.swap(0, 1); y.fill(0.5); }"#,
        r#"
        fn (&mut y.0, &z.1)
            do {::ad_runtime::__private::check_copy_len(copied_to.len(), copied_from.len()); | copied_to: y.0[..3], copied_from: z.1}
            let t.2 = len y.0[..3]
            for k.3 in 0..t.2 {
                let t.4 = read z.1[k.3]
                y.0[..3][k.3] = t.4
            }
            swap y.0[0], y.0[1]
            let t.5 = len y.0
            for k.6 in 0..t.5 {
                y.0[k.6] = 0.5
            }
"#,
    );
}

#[test]
fn sums_start_where_std_starts() {
    is(
        r#"fn f(x: &[f64]) -> f64 { x.iter().sum::<f64>() }"#,
        r#"
        fn (&x.0)
            var sum.1 = -0.0
            let t.2 = len x.0
            '0: for k.3 in 0..t.2 {
                let t.4 = read x.0[k.3]
                sum.1 += t.4
            }
            let sum.5 = read sum.1
            -> sum.5
"#,
    );
}

#[test]
fn steps_are_counted() {
    is(
        r#"fn f(x: &[f64], n: usize) -> f64 { let mut s = 0.0; for i in (1..n).step_by(2) { s += x[i]; } s }"#,
        r#"
        fn (&x.0, n.1)
            let n.11 = read n.1
            var s.2 = 0.0
            let t.4 = {::ad_runtime::__private::range_len(1, __hole_0) | n.11}
            let t.5 = {__hole_0.div_ceil(2) | t.4}
            '0: for k.6 in 0..t.5 {
                let t.7 = {__hole_0*2 | k.6}
                let i.8 = {1+__hole_0 | t.7}
                let t.9 = read x.0[i.8]
                s.2 += t.9
            }
            let s.10 = read s.2
            -> s.10
"#,
    );
}

#[test]
fn steps_of_other_integers_are_the_runtimes() {
    is(
        r#"fn f(x: f64) -> f64 { let mut s = x; for i in (0..10).rev().step_by(3) { s *= i as f64; } s }"#,
        r#"
        fn (x.0)
            let x.14 = read x.0
            var s.1 = x.14
            let t.2 = {::ad_runtime::__private::range_len(0, 10)}
            let t.3 = {__hole_0.wrapping_sub(1) | t.2}
            let t.4 = {::ad_runtime::__private::range_len(0, 10)}
            let t.5 = {__hole_0.div_ceil(3) | t.4}
            '0: for k.6 in 0..t.5 {
                let t.7 = {__hole_0*3 | k.6}
                let t.8 = {__hole_0-__hole_1 | t.3, t.7}
                let i.9 = {::ad_runtime::__private::range_nth(0, __hole_0) | t.8}
                let t.10 = i.9 as f64
                let s.11 = read s.1
                let t.12 = s.11 * t.10
                s.1 = t.12
            }
            let s.13 = read s.1
            -> s.13
"#,
    );
}

#[test]
fn calls_borrow_places() {
    is(
        r#"fn f(x: f64, w: &[f64], out: &mut [f64]) -> f64 { let a = g(x, &w[1..], &mut out[..2]); m::h::<3>(a * 2.0, w) }"#,
        r#"
        fn (x.0, &w.1, &mut out.2)
            let x.7 = read x.0
            let a.4 = call g(x.7, &w.1[1..], &mut out.2[..2])
            let t.5 = a.4 * 2.0
            let t.6 = call m::h::<3>(t.5, &w.1)
            -> t.6
"#,
    );
}

#[test]
fn vectors() {
    is(
        r#"fn f(n: usize, x: f64) -> Vec<f64> { let mut v = Vec::with_capacity(n); v.push(x); let w = vec![x; n]; let u = w.to_vec(); v.push(u[0]); v }"#,
        r#"
        fn (n.0, x.1)
            let n.11 = read n.0
            let x.12 = read x.1
            var v.3 = vec of capacity n.11
            push v.3, x.12
            let w.7 = vec[x.12; n.11]
            let u.8 = to_vec w.7
            let t.9 = read u.8[0]
            push v.3, t.9
            let t.10 = read v.3
            -> t.10
"#,
    );
}

#[test]
fn tuples_are_taken_apart() {
    is(
        r#"fn f(p: (f64, f64)) -> (f64, f64) { let (a, b) = p; let (mut c, d) = (a * b, a + b); (c, _) = (d, c); (c, d) }"#,
        r#"
        fn (p.0)
            let a.1 = read p.0.(0)
            let b.2 = read p.0.(1)
            let t.3 = a.1 * b.2
            let d.4 = a.1 + b.2
            var c.5 = t.3
            c.5 = d.4
            let t.8 = (d.4, d.4)
            -> t.8
"#,
    );
}

#[test]
fn effects_see_references() {
    is(
        r#"fn f(x: f64, v: &[f64], w: Vec<f64>) -> f64 { assert!(v.len() > 1, "len {}", w.len()); for y in v { println!("{y} {}", *y + x); } x }"#,
        r#"
        fn (x.0, &v.1, w.2)
            let x.6 = read x.0
            do {assert!(v.len()>1, "len {}", (*w).len()); | v: v.1, w: w.2}
            let t.3 = len v.1
            '0: for k.4 in 0..t.3 {
                do {println!("{y} {}", y+x); | y: v.1[k.4], x: x.0}
            }
            -> x.6
"#,
    );
}

#[test]
fn constants_stop() {
    is(
        r#"fn f(x: f64) -> f64 { ad_runtime::constant(x) * f64::consts::PI + f64::max(x, -1.0) }"#,
        r#"
        fn (x.0)
            let x.7 = read x.0
            do {let()=ad_runtime::constant::__STOPS_DIFFERENTIATION;}
            let t.2 = constant x.7
            let t.3 = t.2 * f64::consts::PI
            let t.5 = max(x.7, -1.0)
            let t.6 = t.3 + t.5
            -> t.6
"#,
    );
}

#[test]
fn methods_of_unknown_types_are_calls() {
    is(
        r#"fn f(x: f64, k: usize) -> f64 { let c = Config::new(k); x * c.scale() }"#,
        r#"
        fn (x.0, k.1)
            let x.7 = read x.0
            let k.8 = read k.1
            let c.3 = call Config::new(k.8)
            let t.5 = call .scale(&c.3)
            let t.6 = x.7 * t.5
            -> t.6
"#,
    );
}

#[test]
fn what_is_outside_is_refused_at_once() {
    is_refused(
        r#"fn f(x: f64) -> f64 { unsafe { g() }; let z = async { x }; z }"#,
        &["`unsafe` code", "asynchronous code"],
    );
}

#[test]
fn references_do_not_move() {
    is_refused(
        r#"fn f(a: &[f64], b: &[f64]) -> f64 { let mut r = &a[..]; r = &b[..]; r[0] }"#,
        &["a reference is made to point elsewhere"],
    );
}

#[test]
fn closures_are_expanded_where_they_are_called() {
    is(
        r#"fn f(x: f64, a: f64) -> f64 { let g = |y: f64| y * a; let a = x; g(a) }"#,
        r#"
        fn (x.0, a.1)
            let x.5 = read x.0
            let a.6 = read a.1
            let t.4 = x.5 * a.6
            -> t.4
"#,
    );
}

#[test]
fn closures_and_iterators_do_not_escape() {
    is_refused(
        r#"fn f(x: f64) -> f64 { let g = |y: f64| y * x; let h = (g, x); h.1 + x }"#,
        &["a closure or an iterator is used as a value here"],
    );
    is_refused(
        r#"fn f(x: &[f64]) -> f64 { let mut it = x.iter().filter(|v| **v > 0.0); it.next().unwrap() }"#,
        &["this iterator goes on after it was asked here"],
    );
}

#[test]
fn unknown_macros_and_iterators() {
    is_refused(
        r#"fn f(x: &[f64], y: &[f64]) -> f64 { dbg!(x); for y in x.split(|v| *v > 0.0) { } 0.0 }"#,
        &["`dbg!`", "this iterator"],
    );
}
