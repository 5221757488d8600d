//! Least squares: a polynomial with coefficients `x` against the sign function.

use ad_runtime::{Tape, conservative_grad};
use serde::Deserialize;

use crate::decode::{MOST, decode, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure, measure_into};

#[conservative_grad]
pub fn least_squares(x: &[f64], n: usize) -> f64 {
    let mut sum = 0.0;
    for i in 0..n {
        let t = -1.0 + i as f64 * 2.0 / (n as f64 - 1.0);
        let mut residual: f64 = sign(t);
        let mut power = 1.0;
        for coefficient in x {
            residual -= coefficient * power;
            power *= t;
        }
        sum += residual * residual;
    }
    sum / 2.0
}

/// Unlike `f64::signum`, zero at zero.
fn sign(t: f64) -> f64 {
    f64::from(t > 0.0) - f64::from(t < 0.0)
}

#[derive(Deserialize)]
struct Input {
    x: Vec<f64>,
    n: usize,
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let Input { x, n } = decode(input)?;
    size("x.length", x.len(), 1, MOST)?;
    size("n", n, 2, MOST)?;
    match function {
        "primal" => measure(input, || least_squares(&x, n)),
        "gradient" => {
            let mut tape = Tape::new();
            measure_into(input, vec![0.0; x.len()], |gradient| {
                gradient.fill(0.0);
                least_squares::vjp_into(&mut tape, &x, gradient, n, 1.0);
            })
        }
        _ => Err(unknown(function)),
    }
}
