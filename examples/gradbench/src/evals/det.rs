//! The determinant of a matrix by expansion in minors.

use ad_runtime::{Tape, conservative_grad};
use serde::Deserialize;

use crate::decode::{decode, length, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure, measure_into};

/// The time grows with the factorial of the size: that of this one is about an hour.
const LARGEST: usize = 14;

/// The determinant of a minor with `m` rows of the `n` by `n` matrix `a`.
///
/// The lists `r` and `c` link each row and column of the minor to the next one, beginning at
/// the entry `n`, so that one is removed by one assignment. They are as before on return.
#[conservative_grad]
pub fn minor(a: &[f64], n: usize, m: usize, r: &mut [usize], c: &mut [usize]) -> f64 {
    let row = r[n];
    let mut column = c[n];
    if m == 1 {
        return a[row * n + column];
    }
    let mut sum = 0.0;
    let mut positive = true;
    r[n] = r[row];
    let mut previous = n;
    for _ in 0..m {
        let element = a[row * n + column];
        c[previous] = c[column];
        let rest = minor(a, n, m - 1, r, c);
        c[previous] = column;
        if positive {
            sum += element * rest;
        } else {
            sum -= element * rest;
        }
        previous = column;
        column = c[column];
        positive = !positive;
    }
    r[n] = row;
    sum
}

#[conservative_grad]
pub fn determinant(a: &[f64], n: usize) -> f64 {
    let mut r: Vec<usize> = (1..n + 2).collect();
    let mut c: Vec<usize> = (1..n + 2).collect();
    r[n] = 0;
    c[n] = 0;
    minor(a, n, n, &mut r, &mut c)
}

#[derive(Deserialize)]
struct Input {
    #[serde(rename = "A")]
    a: Vec<f64>,
    ell: usize,
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let Input { a, ell } = decode(input)?;
    size("ell", ell, 1, LARGEST)?;
    length("A", a.len(), ell * ell)?;
    match function {
        "primal" => measure(input, || determinant(&a, ell)),
        "gradient" => {
            let mut tape = Tape::new();
            measure_into(input, vec![0.0; a.len()], |gradient| {
                gradient.fill(0.0);
                determinant::vjp_into(&mut tape, &a, gradient, ell, 1.0);
            })
        }
        _ => Err(unknown(function)),
    }
}
