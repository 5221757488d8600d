//! A system of ordinary differential equations, by the Runge-Kutta method of order four.

use ad_runtime::{Tape, conservative_grad};
use serde::Deserialize;

use crate::decode::{MOST, decode, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure_into};

/// The end of the interval of time, which begins at zero.
const END: f64 = 2.0;

/// The right-hand side: `slope` is the derivative of `y` by time.
#[conservative_grad]
pub fn right_hand_side(x: &[f64], y: &[f64], slope: &mut [f64]) {
    slope[0] = x[0];
    for i in 1..x.len() {
        slope[i] = x[i] * y[i - 1];
    }
}

/// Leaves the solution at the end in `y`; it is zero at the beginning.
#[conservative_grad]
pub fn runge_kutta(x: &[f64], steps: usize, y: &mut [f64]) {
    let n = x.len();
    let h = END / steps as f64;
    let mut k1 = vec![0.0; n];
    let mut k2 = vec![0.0; n];
    let mut k3 = vec![0.0; n];
    let mut k4 = vec![0.0; n];
    let mut between = vec![0.0; n];
    y.fill(0.0);
    for _ in 0..steps {
        right_hand_side(x, y, &mut k1);
        for i in 0..n {
            between[i] = y[i] + h * k1[i] / 2.0;
        }
        right_hand_side(x, &between, &mut k2);
        for i in 0..n {
            between[i] = y[i] + h * k2[i] / 2.0;
        }
        right_hand_side(x, &between, &mut k3);
        for i in 0..n {
            between[i] = y[i] + h * k3[i];
        }
        right_hand_side(x, &between, &mut k4);
        for i in 0..n {
            y[i] += h * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0;
        }
    }
}

#[derive(Deserialize)]
struct Input {
    x: Vec<f64>,
    s: usize,
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let Input { x, s } = decode(input)?;
    size("x.length", x.len(), 1, MOST)?;
    size("s", s, 1, MOST / x.len())?;
    match function {
        "primal" => measure_into(input, vec![0.0; x.len()], |y| runge_kutta(&x, s, y)),
        "gradient" => {
            let mut tape = Tape::new();
            let (mut y, mut y_adj) = (vec![0.0; x.len()], vec![0.0; x.len()]);
            measure_into(input, vec![0.0; x.len()], |gradient| {
                last_component(&mut tape, &x, s, &mut y, &mut y_adj, gradient);
            })
        }
        _ => Err(unknown(function)),
    }
}

/// The gradient of the last component of the solution, which is left in `y`.
pub fn last_component(
    tape: &mut Tape,
    x: &[f64],
    s: usize,
    y: &mut [f64],
    y_adj: &mut [f64],
    gradient: &mut [f64],
) {
    gradient.fill(0.0);
    y_adj.fill(0.0);
    y_adj[x.len() - 1] = 1.0;
    runge_kutta::vjp_into(tape, x, gradient, s, y, y_adj);
}
