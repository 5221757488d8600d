//! Tuples as parameters, results and locals.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn tuple_result(x: f64, y: f64) -> (f64, f64) {
    (x * y, x.sin() - y)
}

#[program()]
#[conservative_grad]
fn tuple_parameter(p: (f64, f64), q: (f64, [f64; 2])) -> f64 {
    p.0 * q.1[0] + p.1 * q.0 * q.1[1]
}

#[program()]
#[conservative_grad]
fn tuple_pattern((x, y): (f64, f64)) -> f64 {
    x * x * y
}

#[program()]
#[conservative_grad]
fn tuple_local(x: f64, y: f64) -> f64 {
    let t = (x * y, x);
    let (a, b) = t;
    let mut u = (a, 1.0);
    u.1 += b * a;
    u.0 *= u.1;
    u.0 + t.0
}

#[program()]
#[conservative_grad]
fn destructuring_assignment(x: f64, y: f64) -> f64 {
    let mut a = x;
    let mut b = y;
    (a, b) = (b * b, a);
    (b, a) = (a + b, b * 2.0);
    a * b
}

#[program()]
#[conservative_grad]
fn tuple_from_branch(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    high * high - low
}

#[program(n = 2)]
#[conservative_grad]
fn mixed_result(x: f64, n: usize) -> (f64, usize, [f64; 2]) {
    (x * n as f64, n + 1, [x * x, 1.0])
}

#[program(n = 6)]
#[conservative_grad]
fn tuple_state(x: f64, n: usize) -> f64 {
    let mut state = (x, 1.0);
    for _ in 0..n {
        state = (state.1, state.0 * 0.5 + state.1 * x);
    }
    state.0 * state.1
}
