//! The loss of a recurrent network (long short-term memory) that predicts a text.

use ad_runtime::{Tape, conservative_grad};
use serde::Deserialize;

use crate::decode::{MOST, decode, flatten, length, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure, measure_into};

#[conservative_grad]
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The logarithm of two more than the sum of exponentials, as the suite has it.
#[conservative_grad]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v.exp();
    }
    (sum + 2.0).ln()
}

/// One step of one layer. Its weight matrices are diagonal: `weights` and `biases` are those
/// of the forget, input and output gate and of the change.
#[conservative_grad]
pub fn layer(weights: &[f64], biases: &[f64], hidden: &mut [f64], cell: &mut [f64], input: &[f64]) {
    let b = input.len();
    for i in 0..b {
        let forget = sigmoid(input[i] * weights[i] + biases[i]);
        let ingate = sigmoid(hidden[i] * weights[b + i] + biases[b + i]);
        let outgate = sigmoid(input[i] * weights[2 * b + i] + biases[2 * b + i]);
        let change = (hidden[i] * weights[3 * b + i] + biases[3 * b + i]).tanh();
        cell[i] = cell[i] * forget + ingate * change;
        hidden[i] = outgate * cell[i].tanh();
    }
}

/// One step of the network, from one character to the prediction of the next.
#[conservative_grad(wrt(main, extra, state, output))]
pub fn predict(main: &[f64], extra: &[f64], state: &mut [f64], input: &[f64], output: &mut [f64]) {
    let b = input.len();
    for i in 0..b {
        output[i] = input[i] * extra[i];
    }
    for (params, state) in main.chunks_exact(8 * b).zip(state.chunks_exact_mut(2 * b)) {
        let (weights, biases) = params.split_at(4 * b);
        let (hidden, cell) = state.split_at_mut(b);
        layer(weights, biases, hidden, cell, output);
        output.copy_from_slice(hidden);
    }
    for i in 0..b {
        output[i] = output[i] * extra[b + i] + extra[2 * b + i];
    }
}

/// The mean loss over the text `sequence` of characters with `b` bits. `main` has the
/// parameters of the layers, `extra` those around them, `state` what the layers begin with.
#[conservative_grad(wrt(main, extra))]
pub fn loss(main: &[f64], extra: &[f64], state: &[f64], sequence: &[f64], b: usize) -> f64 {
    let mut state = state.to_vec();
    let mut prediction = vec![0.0; b];
    let mut total = 0.0;
    let mut count = 0;
    for t in 0..sequence.len() / b - 1 {
        predict(
            main,
            extra,
            &mut state,
            &sequence[t * b..(t + 1) * b],
            &mut prediction,
        );
        let normal = log_sum_exp(&prediction);
        let truth = &sequence[(t + 1) * b..(t + 2) * b];
        for i in 0..b {
            total += truth[i] * (prediction[i] - normal);
        }
        count += b;
    }
    -total / count as f64
}

#[derive(Deserialize)]
struct Input {
    main_params: Vec<Vec<f64>>,
    extra_params: Vec<Vec<f64>>,
    state: Vec<Vec<f64>>,
    sequence: Vec<Vec<f64>>,
}

/// The arrays of the problem, flat.
pub struct Problem {
    pub main: Vec<f64>,
    pub extra: Vec<f64>,
    pub state: Vec<f64>,
    pub sequence: Vec<f64>,
    pub b: usize,
}

impl Problem {
    pub fn decode(input: &str) -> Result<Problem, String> {
        let input: Input = decode(input)?;
        size("sequence.length", input.sequence.len(), 2, MOST)?;
        let b = input.sequence[0].len();
        size("sequence[0].length", b, 1, MOST)?;
        let rows = input.main_params.len();
        size("main_params.length", rows, 2, MOST)?;
        length("main_params", rows, rows / 2 * 2)?;
        Ok(Problem {
            main: flatten("main_params", &input.main_params, rows, 4 * b)?,
            extra: flatten("extra_params", &input.extra_params, 3, b)?,
            state: flatten("state", &input.state, rows, b)?,
            sequence: flatten("sequence", &input.sequence, input.sequence.len(), b)?,
            b,
        })
    }

    pub fn objective(&self) -> f64 {
        loss(&self.main, &self.extra, &self.state, &self.sequence, self.b)
    }

    /// Writes the gradient in all parameters over `gradient`, those of the layers first.
    pub fn gradient(&self, tape: &mut Tape, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let (main, extra) = gradient.split_at_mut(self.main.len());
        loss::vjp_into(
            tape,
            &self.main,
            main,
            &self.extra,
            extra,
            &self.state,
            &self.sequence,
            self.b,
            1.0,
        );
    }
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let problem = Problem::decode(input)?;
    match function {
        "objective" => measure(input, || problem.objective()),
        "jacobian" => {
            let mut tape = Tape::new();
            let gradient = vec![0.0; problem.main.len() + problem.extra.len()];
            measure_into(input, gradient, |gradient| {
                problem.gradient(&mut tape, gradient);
            })
        }
        _ => Err(unknown(function)),
    }
}
