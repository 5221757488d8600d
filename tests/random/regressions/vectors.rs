//! Local and returned `Vec`s.

use ad_runtime::conservative_grad;
use twin::program;

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
