//! The logarithm of the posterior density of a mixture of Gaussians with a Wishart prior.

use ad_runtime::{Tape, conservative_grad};
use serde::{Deserialize, Serialize};

use crate::decode::{MOST, decode, flatten, length, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure, measure_into};

/// The prior of the inverse covariances.
#[derive(Clone, Copy)]
pub struct Wishart {
    pub gamma: f64,
    pub m: usize,
}

#[conservative_grad]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for v in x {
        sum += (v - largest).exp();
    }
    sum.ln() + largest
}

#[conservative_grad]
pub fn squared_norm(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    sum
}

/// `out = Q x` for the lower triangular `Q` that has `diagonal` and, column by column, `lower`.
#[conservative_grad]
pub fn triangular_product(diagonal: &[f64], lower: &[f64], x: &[f64], out: &mut [f64]) {
    let d = out.len();
    for i in 0..d {
        out[i] = diagonal[i] * x[i];
    }
    let mut start = 0;
    for i in 0..d {
        let column = &lower[start..start + d - i - 1];
        for (o, l) in out[i + 1..].iter_mut().zip(column) {
            *o += l * x[i];
        }
        start += d - i - 1;
    }
}

#[conservative_grad(wrt(sums, diagonals, lower))]
pub fn log_prior(sums: &[f64], diagonals: &[f64], lower: &[f64], d: usize, prior: Wishart) -> f64 {
    let k = sums.len();
    let triangle = d * (d - 1) / 2;
    let n = (d + prior.m + 1) as f64;
    let constant = n * d as f64 * (prior.gamma.ln() - 0.5 * 2f64.ln()) - log_gamma(0.5 * n, d);
    let mut sum = 0.0;
    for i in 0..k {
        let frobenius = squared_norm(&diagonals[i * d..(i + 1) * d])
            + squared_norm(&lower[i * triangle..(i + 1) * triangle]);
        sum += 0.5 * prior.gamma * prior.gamma * frobenius - prior.m as f64 * sums[i];
    }
    k as f64 * constant - sum
}

/// The logarithm of the gamma function of `d` dimensions.
fn log_gamma(a: f64, d: usize) -> f64 {
    let scale = 0.25 * (d * (d - 1)) as f64 * std::f64::consts::PI.ln();
    (0..d).fold(scale, |sum, j| sum + libm::lgamma(a - 0.5 * j as f64))
}

/// The means `mu`, the logarithms `q` of the diagonals and the rest `l` of the roots of the
/// inverse covariances lie one component of the mixture after the other, the points `x` one
/// after the other; `alpha` are the logarithms of the weights.
#[conservative_grad(wrt(alpha, mu, q, l))]
pub fn log_posterior(
    alpha: &[f64],
    mu: &[f64],
    q: &[f64],
    l: &[f64],
    x: &[f64],
    d: usize,
    prior: Wishart,
) -> f64 {
    let k = alpha.len();
    let n = x.len() / d;
    let triangle = d * (d - 1) / 2;
    let mut diagonals = vec![0.0; d * k];
    for i in 0..d * k {
        diagonals[i] = q[i].exp();
    }
    let mut sums = vec![0.0; k];
    for i in 0..k {
        for j in 0..d {
            sums[i] += q[i * d + j];
        }
    }
    let mut centered = vec![0.0; d];
    let mut scaled = vec![0.0; d];
    let mut terms = vec![0.0; k];
    let mut total = 0.0;
    for point in x.chunks_exact(d) {
        for i in 0..k {
            let mean = &mu[i * d..(i + 1) * d];
            for j in 0..d {
                centered[j] = point[j] - mean[j];
            }
            triangular_product(
                &diagonals[i * d..(i + 1) * d],
                &l[i * triangle..(i + 1) * triangle],
                &centered,
                &mut scaled,
            );
            terms[i] = alpha[i] + sums[i] - 0.5 * squared_norm(&scaled);
        }
        total += log_sum_exp(&terms);
    }
    let constant = -((n * d) as f64) * 0.5 * (2.0 * std::f64::consts::PI).ln();
    let weights: f64 = log_sum_exp(alpha);
    let prior: f64 = log_prior(&sums, &diagonals, l, d, prior);
    constant + total - n as f64 * weights + prior
}

#[derive(Deserialize)]
struct Input {
    d: usize,
    k: usize,
    n: usize,
    x: Vec<Vec<f64>>,
    m: usize,
    gamma: f64,
    alpha: Vec<f64>,
    mu: Vec<Vec<f64>>,
    q: Vec<Vec<f64>>,
    l: Vec<Vec<f64>>,
}

/// The arrays of the problem, flat.
pub struct Problem {
    pub alpha: Vec<f64>,
    pub mu: Vec<f64>,
    pub q: Vec<f64>,
    pub l: Vec<f64>,
    pub x: Vec<f64>,
    pub d: usize,
    pub prior: Wishart,
}

impl Problem {
    pub fn decode(input: &str) -> Result<Problem, String> {
        let input: Input = decode(input)?;
        let (d, k, n) = (input.d, input.k, input.n);
        size("d", d, 1, MOST)?;
        size("k", k, 1, MOST)?;
        size("n", n, 1, MOST)?;
        size("m", input.m, 0, MOST)?;
        length("alpha", input.alpha.len(), k)?;
        if input.gamma <= 0.0 {
            return Err("`gamma`: not positive".to_string());
        }
        Ok(Problem {
            alpha: input.alpha,
            mu: flatten("mu", &input.mu, k, d)?,
            q: flatten("q", &input.q, k, d)?,
            l: flatten("l", &input.l, k, d * (d - 1) / 2)?,
            x: flatten("x", &input.x, n, d)?,
            d,
            prior: Wishart {
                gamma: input.gamma,
                m: input.m,
            },
        })
    }

    pub fn objective(&self) -> f64 {
        log_posterior(
            &self.alpha,
            &self.mu,
            &self.q,
            &self.l,
            &self.x,
            self.d,
            self.prior,
        )
    }

    /// Writes the gradient over `g`.
    pub fn gradient(&self, tape: &mut Tape, g: &mut Gradient) {
        for part in [&mut g.alpha, &mut g.mu, &mut g.q, &mut g.l] {
            part.fill(0.0);
        }
        log_posterior::vjp_into(
            tape,
            &self.alpha,
            &mut g.alpha,
            &self.mu,
            &mut g.mu,
            &self.q,
            &mut g.q,
            &self.l,
            &mut g.l,
            &self.x,
            self.d,
            self.prior,
            1.0,
        );
    }
}

/// The gradient, flat like the arrays of the problem.
pub struct Gradient {
    pub alpha: Vec<f64>,
    pub mu: Vec<f64>,
    pub q: Vec<f64>,
    pub l: Vec<f64>,
    d: usize,
}

impl Gradient {
    pub fn new(problem: &Problem) -> Gradient {
        Gradient {
            alpha: vec![0.0; problem.alpha.len()],
            mu: vec![0.0; problem.mu.len()],
            q: vec![0.0; problem.q.len()],
            l: vec![0.0; problem.l.len()],
            d: problem.d,
        }
    }
}

impl Serialize for Gradient {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Rows<'a> {
            alpha: &'a [f64],
            mu: Vec<&'a [f64]>,
            q: Vec<&'a [f64]>,
            l: Vec<&'a [f64]>,
        }
        let (d, triangle) = (self.d, self.d * (self.d - 1) / 2);
        let rows = |i: usize, width: usize| i * width..(i + 1) * width;
        let all = 0..self.alpha.len();
        Rows {
            alpha: &self.alpha,
            mu: all.clone().map(|i| &self.mu[rows(i, d)]).collect(),
            q: all.clone().map(|i| &self.q[rows(i, d)]).collect(),
            l: all.map(|i| &self.l[rows(i, triangle)]).collect(),
        }
        .serialize(serializer)
    }
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let problem = Problem::decode(input)?;
    match function {
        "objective" => measure(input, || problem.objective()),
        "jacobian" => {
            let mut tape = Tape::new();
            measure_into(input, Gradient::new(&problem), |gradient| {
                problem.gradient(&mut tape, gradient);
            })
        }
        _ => Err(unknown(function)),
    }
}
