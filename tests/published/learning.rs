//! Networks and losses.

use ad_runtime::conservative_grad;

/// Source: `llama2.rs`, softmax in place.
#[conservative_grad]
pub fn softmax(x: &mut [f32]) {
    let max_val = x.iter().fold(f32::NEG_INFINITY, |acc, &v| acc.max(v));
    let mut sum = 0.0;
    for v in x.iter_mut() {
        *v = (*v - max_val).exp();
        sum += *v;
    }
    for v in x.iter_mut() {
        *v /= sum;
    }
}

/// Source: `llama2.rs`, root-mean-square normalisation.
#[conservative_grad]
pub fn rmsnorm(o: &mut [f32], x: &[f32], weight: &[f32]) {
    let v: f32 = 1.0 / ((x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32) + 1e-5).sqrt();
    for i in 0..o.len() {
        o[i] = weight[i] * (v * x[i]);
    }
}

/// Source: `llama2.rs`, one head of attention over `seq` positions.
#[conservative_grad]
pub fn attention(out: &mut [f32], q: &[f32], keys: &[f32], values: &[f32], seq: usize) {
    let size = q.len();
    let mut att = vec![0.0; seq];
    for t in 0..seq {
        let k = &keys[t * size..(t + 1) * size];
        let score: f32 = q.iter().zip(k.iter()).map(|(a, b)| a * b).sum();
        att[t] = score / (size as f32).sqrt();
    }
    softmax(&mut att);
    out.fill(0.0);
    for t in 0..seq {
        let v = &values[t * size..(t + 1) * size];
        let a = att[t];
        out.iter_mut().zip(v).for_each(|(o, &v)| *o += a * v);
    }
}

/// Source: `smartcore`, the loss of Huber regression with an L2 penalty.
#[conservative_grad(wrt(theta))]
pub fn huber_loss(theta: &[f64], xs: &[Vec<f64>], ys: &[f64], delta: f64, alpha: f64) -> f64 {
    let data: f64 = xs
        .iter()
        .zip(ys)
        .map(|(x, y)| {
            let fit: f64 = x.iter().zip(theta.iter()).map(|(a, b)| a * b).sum();
            let r = (fit - y).abs();
            if r <= delta {
                0.5 * r * r
            } else {
                delta * (r - 0.5 * delta)
            }
        })
        .sum();
    data / ys.len() as f64 + alpha * theta.iter().map(|t| t.powi(2)).sum::<f64>()
}

/// Source: `kernel-density-estimation`, with Gaussian kernels.
#[conservative_grad]
pub fn kde(observations: &[f64], bandwidth: f64, dataset: &[f64]) -> Vec<f64> {
    let n = observations.len();
    let prefactor = 1.0 / (n as f64 * bandwidth);
    let kernel = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    dataset
        .iter()
        .map(|&x| {
            let interim: f64 = observations
                .iter()
                .map(|&x_i| kernel((x - x_i) / bandwidth))
                .sum();
            prefactor * interim
        })
        .collect()
}

/// Source: `linfa-logistic`, the negative log-likelihood of labels -1 and 1.
#[conservative_grad]
pub fn logistic_loss(
    w: &[f64],
    intercept: f64,
    xs: &[[f64; 2]],
    labels: &[f64],
    alpha: f64,
) -> f64 {
    let mut loss = 0.0;
    for (x, y) in xs.iter().zip(labels) {
        let z = y * (x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + intercept);
        loss += if z > 0.0 {
            (-z).exp().ln_1p()
        } else {
            -z + z.exp().ln_1p()
        };
    }
    loss + 0.5 * alpha * w.iter().map(|w| w * w).sum::<f64>()
}

/// Source: `dfdx`, two dense layers and the mean of cross entropies, written as loops.
#[conservative_grad(wrt(w1, w2))]
pub fn network(
    w1: &[[f64; 3]; 4],
    w2: &[[f64; 4]; 2],
    inputs: &[[f64; 3]],
    labels: &[usize],
) -> f64 {
    let mut total = 0.0;
    for (x, &label) in inputs.iter().zip(labels) {
        let mut hidden = [0.0; 4];
        for (h, row) in hidden.iter_mut().zip(w1) {
            let s: f64 = row.iter().zip(x).map(|(w, x)| w * x).sum();
            *h = s.max(0.0);
        }
        let logits = w2.map(|row| row.iter().zip(&hidden).map(|(w, h)| w * h).sum::<f64>());
        let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let norm: f64 = logits.iter().map(|l| (l - max).exp()).sum();
        total += norm.ln() + max - logits[label];
    }
    total / labels.len() as f64
}

#[cfg(test)]
mod tests {
    use crate::points::{Random, check};
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn kernels(x: [f64; 8]) -> f64 {
        let density = super::kde(&x[..5], x[5] + 2.0, &x[6..]);
        density[0] + 2.0 * density[1]
    }

    #[conservative_grad]
    fn robust(theta: [f64; 2]) -> f64 {
        let xs = vec![
            vec![1.0, 0.5],
            vec![-1.0, 2.0],
            vec![0.3, 0.7],
            vec![2.0, -1.0],
        ];
        super::huber_loss(&theta, &xs, &[0.5, 3.0, -2.0, 0.25], 0.4, 0.1)
    }

    #[conservative_grad]
    fn logistic(x: [f64; 7]) -> f64 {
        let points = [[x[3], x[4]], [x[5], x[6]], [0.5, -1.5]];
        super::logistic_loss(&x[..2], x[2], &points, &[1.0, -1.0, 1.0], 0.3)
    }

    #[conservative_grad]
    fn classified(x: [f64; 20]) -> f64 {
        let mut w1 = [[0.0; 3]; 4];
        let mut w2 = [[0.0; 4]; 2];
        for i in 0..4 {
            for j in 0..3 {
                w1[i][j] = x[3 * i + j];
            }
            w2[0][i] = x[12 + i];
            w2[1][i] = x[16 + i];
        }
        super::network(&w1, &w2, &[[0.5, -0.25, 1.0], [-0.75, 1.5, 0.125]], &[1, 0])
    }

    #[test]
    fn losses() {
        check([(-1.0, 1.0); 8], kernels, kernels::grad, kernels::jvp);
        check([(-1.0, 1.0); 2], robust, robust::grad, robust::jvp);
        check([(-1.0, 1.0); 7], logistic, logistic::grad, logistic::jvp);
        check(
            [(-1.0, 1.0); 20],
            classified,
            classified::grad,
            classified::jvp,
        );
    }

    /// In single precision: differences are coarse, so forward and reverse mode are compared, and
    /// the derivatives with those of softmax by hand.
    #[test]
    fn attention_in_single_precision() {
        let mut random = Random::new(5);
        let mut list =
            |n: usize| -> Vec<f32> { (0..n).map(|_| random.within((-1.0, 1.0)) as f32).collect() };
        let (q, k, v) = (list(4), list(12), list(12));
        let (dq, dk, dv, seed) = (list(4), list(12), list(12), list(4));
        let (mut out, mut out_tan) = (vec![0.0; 4], vec![0.0; 4]);
        super::attention::jvp(&mut out, &mut out_tan, &q, &dq, &k, &dk, &v, &dv, 3);
        let mut out_adj = seed.clone();
        let (qa, ka, va) = super::attention::vjp(&mut out, &mut out_adj, &q, &k, &v, 3);
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let forward = dot(&out_tan, &seed);
        let reverse = dot(&qa, &dq) + dot(&ka, &dk) + dot(&va, &dv);
        assert!((forward - reverse).abs() < 1e-5, "{forward} {reverse}");
        assert_eq!(out_adj, [0.0; 4]);

        let (mut y, mut y_adj) = (q.clone(), seed.clone());
        super::softmax::vjp(&mut y, &mut y_adj);
        let weighted = dot(&y, &seed);
        for i in 0..4 {
            assert!((y_adj[i] - y[i] * (seed[i] - weighted)).abs() < 1e-6);
        }

        let (mut o, mut o_adj) = (vec![0.0; 4], seed.clone());
        let (xa, wa) = super::rmsnorm::vjp(&mut o, &mut o_adj, &q, &k[..4]);
        let (mut o, mut o_tan) = (vec![0.0; 4], vec![0.0; 4]);
        super::rmsnorm::jvp(&mut o, &mut o_tan, &q, &dq, &k[..4], &dk[..4]);
        assert!((dot(&o_tan, &seed) - dot(&xa, &dq) - dot(&wa, &dk[..4])).abs() < 1e-5);
    }
}
