//! State without derivative that calls and methods change.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn grow_first(v: &mut [Vec<f64>], a: f64) {
    v[0].push(a * a);
}

#[program(x[5])]
#[conservative_grad]
fn a_list_in_a_list_grows_in_a_callee(x: &[f64]) -> f64 {
    let mut v = vec![vec![1.0], vec![2.0]];
    let n = v[0].len();
    let y = (n as f64) * x[2] * x[2];
    grow_first(&mut v, x[0]);
    y + v[0][1]
}

#[twin]
#[conservative_grad]
fn shift(k: &mut [usize; 2], i: usize) {
    k[0] = k[1];
    k[1] = i;
}

#[program(x[5])]
#[conservative_grad]
fn integers_that_a_callee_shifts(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut k = [0, 1];
    for i in 0..x.len() {
        shift(&mut k, i);
        for j in 0..2 {
            s += x[k[j]] * x[i];
        }
    }
    s
}

#[twin]
fn bump(v: &mut Vec<usize>) {
    v[0] += 1;
    v.push(3);
}

#[program(x[3])]
#[conservative_grad]
fn a_list_grows_where_nothing_is_known(x: &[f64]) -> f64 {
    let mut s = 0.5;
    let mut v = vec![1usize, 2];
    for _ in 0..5 {
        bump(&mut v);
        s = (s * x[1] * v[0] as f64).sin() + v.len() as f64 * x[0];
    }
    s
}

#[program(x[3])]
#[conservative_grad]
fn a_text_gets_shorter(x: &[f64]) -> f64 {
    let mut t = String::from("abcd");
    let mut s = x[2];
    for _ in 0..3 {
        t.pop();
        s = (s * x[0] * t.len() as f64).sin();
    }
    s * x[1] * t.len() as f64
}
