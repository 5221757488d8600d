//! Programs that a machine runs; `AD_TEST_SIZE=10` runs ten times as many.

use ad_runtime::{
    Certificate, Direction, Field, FieldError, FieldOptions, LimitingError, Step, Ties,
};
use piecewise::check::{Subject, Tally, check};
use piecewise::machine::{Word, code, run};
use piecewise::program::program;

struct Machine(Vec<Word>);

impl Subject for Machine {
    fn value(&self, x: &[f64]) -> f64 {
        run(&self.0, x)
    }
    fn grad(&self, x: &[f64]) -> (f64, Vec<f64>) {
        run::grad(&self.0, x)
    }
    fn grad_ties(&self, x: &[f64]) -> (f64, Vec<f64>, Ties) {
        run::grad_ties(&self.0, x)
    }
    fn jvp(&self, x: &[f64], along: &[f64]) -> (f64, f64) {
        run::jvp(&self.0, x, along)
    }
    fn field(&self, x: &[f64], options: &FieldOptions) -> Result<Field<Vec<f64>>, FieldError> {
        run::field(&self.0, x, options)
    }
    fn limiting(
        &self,
        x: &[f64],
        d: &Direction<Vec<f64>>,
    ) -> Result<(f64, Vec<f64>), LimitingError> {
        run::limiting(&self.0, x, d)
    }
    fn certify(&self, x: &[f64]) -> Certificate {
        run::certify(&self.0, x)
    }
    fn step(&self, x: &[f64], d: &Direction<Vec<f64>>) -> Step {
        run::step(&self.0, x, d)
    }
}

/// Unoptimised runs are slow.
const PROGRAMS: u64 = if cfg!(debug_assertions) { 150 } else { 1000 };

#[test]
fn the_field_is_what_is_found_nearby() {
    let size = std::env::var("AD_TEST_SIZE").ok();
    let size = size.and_then(|size| size.parse().ok()).unwrap_or(1);
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    for seed in 0..PROGRAMS * size {
        let program = program(seed, 8, true);
        let machine = Machine(code(&program));
        if let Err(message) = check(&machine, &program.floats(), seed, &mut tally) {
            failures.push(format!("seed {seed}: {message}\n{program:?}"));
        }
    }
    println!("{tally:?}");
    assert!(
        failures.is_empty(),
        "{}\n{}",
        failures.len(),
        failures.join("\n\n")
    );
    assert!(tally.kinks * 2 > tally.judged, "{tally:?}");
}
