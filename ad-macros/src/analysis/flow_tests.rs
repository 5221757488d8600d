//! Which write can follow which read.

use std::collections::BTreeSet;

use super::{At, Flow, flow};
use crate::transform::stages::{same, stage};

fn at(position: usize, loops: &[usize]) -> At {
    At {
        position,
        loops: BTreeSet::from_iter(loops.iter().copied()),
    }
}

#[test]
fn a_write_follows_the_reads_before_it() {
    let outside = at(0, &[]);
    assert!(at(3, &[]).can_precede(&at(4, &[]), &outside));
    assert!(!at(4, &[]).can_precede(&at(3, &[]), &outside));
    assert!(
        !at(4, &[2]).can_precede(&at(3, &[1]), &outside),
        "loops one after the other"
    );
}

#[test]
fn a_loop_comes_round_to_the_write_again() {
    let (read, write) = (at(5, &[1]), at(3, &[1]));
    assert!(read.can_precede(&write, &at(0, &[])));
    assert!(
        !read.can_precede(&write, &at(2, &[1])),
        "every round has a memory of its own"
    );
    assert!(
        at(5, &[1, 2]).can_precede(&at(3, &[1, 2]), &at(2, &[1])),
        "the inner loop shares it"
    );
}

/// The user's memories: where each is written, reshaped and first stored to.
#[track_caller]
fn is(source: &str, expected: &str) {
    let stage = stage(source);
    let Flow {
        writes,
        reshapes,
        first_stores,
        ..
    } = flow(&stage.func.vars, &stage.func.body);
    let mut text = String::new();
    for (var, at) in &writes {
        let all = |at: &At| format!(" {}{:?}", at.position, at.loops);
        let name = &stage.func.vars[var.0 as usize].name;
        let at: String = at.iter().map(all).collect();
        let reshaped: String = reshapes.get(var).into_iter().flatten().map(all).collect();
        text += &format!("{name} written{at}; reshaped{reshaped}\n");
    }
    text += &format!("first {first_stores:?}");
    same(&text, expected);
}

#[test]
fn positions_count_statements_in_preorder() {
    is(
        "fn f(x: f64, n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n { s += x; for j in 0..i { s -= x; } }
            s = x;
            s
        }",
        "
            s written 4{3} 6{3, 5} 7{}; reshaped
            first {}
        ",
    );
}

#[test]
fn only_what_can_change_a_length_reshapes() {
    is(
        "fn f(x: f64) -> f64 {
            let mut v = vec![x; 3];
            let mut a = [x; 2];
            v[0] = x;
            a[1] = x;
            v.push(x);
            v = vec![x];
            v[0] + a[0]
        }",
        "
            v written 3{} 5{} 7{}; reshaped 5{} 7{}
            a written 4{}; reshaped
            first {}
        ",
    );
}

#[test]
fn the_first_store_has_nothing_to_keep() {
    is(
        "fn f(x: f64) -> f64 { let y; if x > 0.0 { y = x; } else { y = -x; } let mut z = y; z = y + 1.0; z }",
        "
            y written 4{} 6{}; reshaped
            z written 10{}; reshaped
            first {4, 6}
        ",
    );
}
