//! The logarithm of a sum of exponentials.

use ad_runtime::{Tape, conservative_grad};
use serde::Deserialize;

use crate::decode::{MOST, decode, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure, measure_into};

#[conservative_grad]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for v in x {
        sum += (v - largest).exp();
    }
    sum.ln() + largest
}

#[derive(Deserialize)]
struct Input {
    x: Vec<f64>,
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let Input { x } = decode(input)?;
    size("x.length", x.len(), 1, MOST)?;
    match function {
        "primal" => measure(input, || log_sum_exp(&x)),
        "gradient" => {
            let mut tape = Tape::new();
            measure_into(input, vec![0.0; x.len()], |gradient| {
                gradient.fill(0.0);
                log_sum_exp::vjp_into(&mut tape, &x, gradient, 1.0);
            })
        }
        _ => Err(unknown(function)),
    }
}
