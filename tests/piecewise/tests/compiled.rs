//! Programs as Rust text, each compiled with its derivatives.

use ad_runtime::{
    Certificate, Direction, Field, FieldError, FieldOptions, LimitingError, Step, Ties,
    conservative_grad,
};
use piecewise::check::{Subject, Tally, check};

/// A function and what is generated of it.
#[expect(clippy::type_complexity, reason = "each type is written once")]
pub struct Compiled {
    value: fn(&[f64]) -> f64,
    grad: fn(&[f64]) -> (f64, Vec<f64>),
    grad_ties: fn(&[f64]) -> (f64, Vec<f64>, Ties),
    jvp: fn(&[f64], &[f64]) -> (f64, f64),
    field: fn(&[f64], &FieldOptions) -> Result<Field<Vec<f64>>, FieldError>,
    limiting: fn(&[f64], &Direction<Vec<f64>>) -> Result<(f64, Vec<f64>), LimitingError>,
    certify: fn(&[f64]) -> Certificate,
    step: fn(&[f64], &Direction<Vec<f64>>) -> Step,
}

macro_rules! compiled {
    ($name:ident) => {
        Compiled {
            value: $name,
            grad: $name::grad,
            grad_ties: $name::grad_ties,
            jvp: $name::jvp,
            field: $name::field,
            limiting: $name::limiting,
            certify: $name::certify,
            step: $name::step,
        }
    };
}

#[allow(clippy::all, unused_mut, reason = "random programs say things twice")]
mod programs {
    use super::{Compiled, conservative_grad};

    include!(concat!(env!("OUT_DIR"), "/programs.rs"));
}

impl Subject for Compiled {
    fn value(&self, x: &[f64]) -> f64 {
        (self.value)(x)
    }
    fn grad(&self, x: &[f64]) -> (f64, Vec<f64>) {
        (self.grad)(x)
    }
    fn grad_ties(&self, x: &[f64]) -> (f64, Vec<f64>, Ties) {
        (self.grad_ties)(x)
    }
    fn jvp(&self, x: &[f64], along: &[f64]) -> (f64, f64) {
        (self.jvp)(x, along)
    }
    fn field(&self, x: &[f64], options: &FieldOptions) -> Result<Field<Vec<f64>>, FieldError> {
        (self.field)(x, options)
    }
    fn limiting(
        &self,
        x: &[f64],
        d: &Direction<Vec<f64>>,
    ) -> Result<(f64, Vec<f64>), LimitingError> {
        (self.limiting)(x, d)
    }
    fn certify(&self, x: &[f64]) -> Certificate {
        (self.certify)(x)
    }
    fn step(&self, x: &[f64], d: &Direction<Vec<f64>>) -> Step {
        (self.step)(x, d)
    }
}

#[test]
fn the_field_is_what_is_found_nearby() {
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    for (k, (point, program)) in programs::all().into_iter().enumerate() {
        if let Err(message) = check(&program, &point, k as u64, &mut tally) {
            failures.push(format!("p{k} at {point:?}: {message}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} programs of {}/programs.rs\n{}",
        failures.len(),
        env!("OUT_DIR"),
        failures.join("\n\n")
    );
    assert!(tally.kinks * 2 > tally.judged, "{tally:?}");
}

#[test]
fn ties_are_met_in_every_kind_of_control_flow() {
    let text = include_str!(concat!(env!("OUT_DIR"), "/programs.rs"));
    for part in [
        "while ",
        "return r",
        "match ",
        "positive(",
        "larger(",
        ".fold(",
        "_of(&[",
    ] {
        let programs = text
            .split("#[conservative_grad]")
            .filter(|f| f.contains(part));
        // Fewer programs are compiled where that takes long.
        let least = if cfg!(debug_assertions) { 20 } else { 2 };
        assert!(programs.count() >= least, "{part}");
    }
}
