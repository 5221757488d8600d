//! A square and its derivative.

use ad_runtime::conservative_grad;

use crate::decode::decode;
use crate::evals::unknown;
use crate::timing::{Answer, measure};

#[conservative_grad]
pub fn square(x: f64) -> f64 {
    x * x
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let x: f64 = decode(input)?;
    match function {
        "square" => measure("{}", || square(x)),
        "double" => measure("{}", || square::grad(x).1),
        _ => Err(unknown(function)),
    }
}
