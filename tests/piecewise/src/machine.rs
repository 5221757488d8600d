//! A machine that runs the programs: one annotated function for all of them.

use ad_runtime::conservative_grad;

use crate::program::{Program, Step};

/// An operation and its operands.
pub type Word = [i32; 6];

/// The value of the last register.
#[conservative_grad(wrt(x))]
#[must_use]
pub fn run(code: &[Word], x: &[f64]) -> f64 {
    let mut r = vec![0.0; code.len()];
    for k in 0..code.len() {
        let [op, i, j, c, d, constant] = code[k];
        let (a, b) = (i as usize, j as usize);
        r[k] = match op {
            0 => {
                let mut sum = constant as f64;
                for (n, x) in x.iter().enumerate() {
                    sum += code[k][n + 1] as f64 * x;
                }
                sum
            }
            1 => r[a] + constant as f64,
            2 => constant as f64 * r[a],
            3 => r[a] + r[b],
            4 => r[a] - r[b],
            5 => r[a].max(0.0),
            6 => r[a].abs(),
            7 => r[a].max(r[b]),
            8 => r[a].min(r[b]),
            _ => {
                let holds = match op {
                    9 => r[a] > r[b],
                    10 => r[a] >= r[b],
                    11 => r[a] < r[b],
                    12 => r[a] <= r[b],
                    13 => r[a] == r[b],
                    _ => r[a] != r[b],
                };
                if holds { r[c as usize] } else { r[d as usize] }
            }
        };
    }
    r[code.len() - 1]
}

/// The words of a program.
#[must_use]
pub fn code(program: &Program) -> Vec<Word> {
    program.steps.iter().map(word).collect()
}

fn word(step: &Step) -> Word {
    let register = |k: usize| i32::try_from(k).unwrap_or(i32::MAX);
    let two = |op, a: usize, b: usize| [op, register(a), register(b), 0, 0, 0];
    match step {
        Step::Affine(coefficients, constant) => {
            let mut word = [0, 0, 0, 0, 0, *constant];
            word[1..=coefficients.len()].copy_from_slice(coefficients);
            word
        }
        Step::Shift(a, by) => [1, register(*a), 0, 0, 0, *by],
        Step::Scale(by, a) => [2, register(*a), 0, 0, 0, *by],
        Step::Add(a, b) => two(3, *a, *b),
        Step::Sub(a, b) => two(4, *a, *b),
        Step::Relu(a) => two(5, *a, 0),
        Step::Abs(a) => two(6, *a, 0),
        Step::Max(a, b) => two(7, *a, *b),
        Step::Min(a, b) => two(8, *a, *b),
        Step::Choose(relation, [a, b, c, d]) => {
            let op = 9 + *relation as i32;
            [
                op,
                register(*a),
                register(*b),
                register(*c),
                register(*d),
                0,
            ]
        }
    }
}
