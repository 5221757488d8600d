//! Local and returned `Vec`s.

use ad_runtime::conservative_grad;
use twin::{program, twin};

/// `to_vec` of an array behind a reference has a `Vec` as its tangent.
#[program()]
#[conservative_grad]
fn vector_of_array_reference(x: f64, a: &[f64; 2]) -> f64 {
    let v = a.to_vec();
    v[0] * x + v[1]
}

/// The clone is changed, the original is read later.
#[program()]
#[conservative_grad]
fn clone_changed(x: f64) -> f64 {
    let v = vec![x; 2];
    let mut w = v.clone();
    w[0] *= x * v[1];
    w[0] + v[0] * x
}

/// One result is active, the other is not.
#[program()]
#[conservative_grad]
fn inactive_result_at_the_end(x: f64) -> Vec<f64> {
    if x > 0.3 {
        return vec![x, 0.2];
    }
    vec![0.3, 0.2]
}

#[twin]
#[conservative_grad]
fn both(a: &mut f64, b: &mut f64) {
    (*a, *b) = (*a * *b, *a - *b);
}

/// Two elements at once whose numbers are not known.
#[program(xs[4])]
#[conservative_grad]
fn first_and_last(xs: &mut [f64], x: f64) -> f64 {
    let mut v = [[x, xs[1]], [xs[2], 0.5], [0.3, x * x]];
    let [first, .., last] = &mut v;
    std::mem::swap(&mut first[0], &mut last[1]);
    both(&mut first[1], &mut last[0]);
    if let [a, .., b] = xs {
        both(a, b);
    }
    let mut rows = vec![vec![x, xs[0]], vec![xs[3], 0.2]];
    rows.push(vec![1.5, x]);
    if let [top, .., bottom] = &mut rows[..] {
        top[1] *= bottom[0];
        both(&mut bottom[1], &mut top[0]);
    }
    v.iter().flatten().sum::<f64>() * xs[0] + rows[2][1] * rows[0][0] * rows[0][1]
}
