//! One file for each eval of the suite.

pub mod ba;
pub mod det;
pub mod gmm;
pub mod hello;
pub mod ht;
pub mod kmeans;
pub mod llsq;
pub mod lse;
pub mod lstm;
pub mod ode;

use crate::timing::Answer;

/// Whether the tool has the module.
pub fn define(module: &String) -> Result<(), String> {
    match module.as_str() {
        "hello" | "gmm" | "ba" | "ht" | "lstm" | "det" | "kmeans" | "llsq" | "lse" | "ode" => {
            Ok(())
        }
        "particle" | "saddle" => Err(needs_second_order(module)),
        _ => Err(format!("`module`: no eval `{module}`")),
    }
}

/// Evaluates a function of a module at an input.
pub fn evaluate(module: &str, function: &str, input: &str) -> Result<Answer, String> {
    match module {
        "hello" => hello::evaluate(function, input),
        "gmm" => gmm::evaluate(function, input),
        "ba" => ba::evaluate(function, input),
        "ht" => ht::evaluate(function, input),
        "lstm" => lstm::evaluate(function, input),
        "det" => det::evaluate(function, input),
        "kmeans" => kmeans::evaluate(function, input),
        "llsq" => llsq::evaluate(function, input),
        "lse" => lse::evaluate(function, input),
        "ode" => ode::evaluate(function, input),
        "particle" | "saddle" => Err(needs_second_order(module)),
        _ => Err(format!("`module`: no eval `{module}`")),
    }
}

fn unknown(function: &str) -> String {
    format!("`function`: no function `{function}` in this eval")
}

fn needs_second_order(what: &str) -> String {
    format!("{what} differentiates a derivative, which has no public form yet")
}
