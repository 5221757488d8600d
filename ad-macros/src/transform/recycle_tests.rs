//! Where vectors give their memory back.

use crate::transform::large::large;
use crate::transform::recycle::recycle;
use crate::transform::stages::{same, stage, sweeps};

fn recycled(source: &str) -> String {
    let mut adjoint = stage(source).adjoint();
    recycle(&mut adjoint, None);
    sweeps(&adjoint)
}

#[test]
fn a_vector_ends_with_the_block_that_binds_it() {
    same(
        &recycled(
            "fn f(x: f64, n: usize) -> f64 {
                let mut s = x;
                for i in 0..n { let k = vec![i; 2]; s *= k[0] as f64; }
                s
            }",
        ),
        "
            let x.10 = read x.0
            let n.11 = read n.1
            var s.2 = x.10
            for i.4 in 0..n.11 writing t.6 {
                let k.5 = vec[i.4; 2]
                let t.6 = {__hole_0[0]as f64 | k.5}
                let s.7 = read s.2
                let t.8 = s.7 * t.6
                s.2 = t.8
                recycle k.5
            }
            let s.9 = read s.2
            --
            let s_adj.16 = read seed.14
            var s_adj.17 = s_adj.16
            let n.11 = read n.1
            for i.4 in 0..n.11 descending binding t.6 {
                let t_adj.19 = take s_adj.17
                let s_adj.22 = t_adj.19 * t.6
                s_adj.17 += s_adj.22
            }
            let x_adj.25 = read s_adj.17
            x_adj.13 += x_adj.25
        ",
    );
}

#[test]
fn what_is_handed_on_ends_with_the_reverse_sweep() {
    let text = recycled("fn f(x: f64) -> f64 { let v = vec![x; 3]; v[0] * v[1] }");
    let (forward, reverse) = text.split_once("-- v.2").unwrap();
    assert!(!forward.contains("recycle"), "{text}");
    assert!(
        reverse.contains("recycle v_adj") && reverse.contains("recycle v."),
        "{text}"
    );
}

#[test]
fn what_is_moved_is_not_given_back() {
    let text = recycled("fn f(x: f64) -> (Vec<f64>, f64) { let v = vec![1.0, 2.0]; (v, x) }");
    assert!(!text.contains("recycle v."), "{text}");
}

#[test]
fn a_vector_that_is_overwritten_is_exchanged() {
    let text =
        recycled("fn f(x: f64) -> f64 { let mut v = vec![x; 3]; v = vec![v[0] * v[1]]; v[0] }");
    assert!(text.contains("swap v."), "{text}");
}

#[test]
fn arrays_are_large_by_the_numbers_they_hold() {
    let mut func = stage(
        "fn f(x: f64) -> f64 {
            let a = [x; 63];
            let b = [x; 64];
            let c = [[x; 8]; 8];
            let d = b;
            let n = [[1_u8; 3]; 3];
            a[0] + b[0] + c[0][0] + d[1] + n[0][0] as f64
        }",
    )
    .func;
    large(&mut func);
    let stored: Vec<(&str, usize)> = func
        .vars
        .iter()
        .filter_map(|info| Some((info.name.as_str(), info.on_tape?)))
        .collect();
    assert_eq!(stored, [("b", 64), ("c", 8)]);
}
