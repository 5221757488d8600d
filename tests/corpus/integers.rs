//! Integers that steer which elements are touched.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[4], index = [2, 0, 3, 2, 2])]
#[conservative_grad]
fn gather(x: &[f64], index: &[usize]) -> f64 {
    let mut s = 0.0;
    for (k, &i) in index.iter().enumerate() {
        s += x[i] * x[i] * (k + 1) as f64;
    }
    s
}

#[program(x[5], y[3], index = [2, 0, 1, 2, 2])]
#[conservative_grad]
fn scatter(x: &[f64], index: &[usize], y: &mut [f64]) {
    for k in 0..x.len() {
        y[index[k]] += x[k] * x[k];
        y[index[k]] *= 0.5;
    }
}

#[program(w[4], index = [1, 3, 0])]
#[conservative_grad]
fn indirect_chain(w: &[f64], index: &[usize]) -> f64 {
    let mut at = 0;
    let mut s = 1.0;
    for _ in 0..index.len() {
        at = index[at % index.len()];
        s = s * w[at] + 0.5;
    }
    s
}

#[program(x[6])]
#[conservative_grad]
fn index_arithmetic(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut i = 0;
    let mut j = x.len() - 1;
    while i < j {
        s += x[i] * x[j];
        i += 1;
        j -= 1;
    }
    s
}

#[program(values[5], columns = [0, 2, 1, 0, 2], starts = [0, 2, 3, 5], x[3])]
#[conservative_grad]
fn sparse_matrix_vector(
    values: &[f64],
    columns: &[usize],
    starts: &[usize],
    x: &[f64],
) -> [f64; 3] {
    let mut y = [0.0; 3];
    for row in 0..3 {
        for k in starts[row]..starts[row + 1] {
            y[row] += values[k] * x[columns[k]];
        }
    }
    y
}

#[program(x[4], bits = 11)]
#[conservative_grad]
fn bit_mask(x: &[f64], bits: u32) -> f64 {
    let mut s = 1.0;
    for i in 0..4 {
        if bits >> i & 1 == 1 {
            s *= 1.0 + x[i];
        }
    }
    s
}

#[program(on(0.1, 2.9))]
#[conservative_grad]
fn piecewise_linear_table(x: f64) -> f64 {
    let table = [0.0, 1.0, 3.0, 2.5];
    let i = x.floor();
    let k = i as usize;
    table[k] + (x - i) * (table[k + 1] - table[k])
}

#[program(labels = [1, 0], logits[4])]
#[conservative_grad]
fn cross_entropy(logits: &[f64], labels: &[usize]) -> f64 {
    let mut loss = 0.0;
    for (n, &label) in labels.iter().enumerate() {
        let z = &logits[2 * n..2 * n + 2];
        let mut m = z[0];
        for k in 1..z.len() {
            m = m.max(z[k]);
        }
        let mut s = 0.0;
        for k in 0..z.len() {
            s += (z[k] - m).exp();
        }
        loss += m + s.ln() - z[label];
    }
    loss / labels.len() as f64
}

/// Not annotated: no active value reaches it.
fn wrap(i: usize, n: usize) -> usize {
    (i + 1) % n
}

#[program(x[4], plain(wrap))]
#[conservative_grad]
fn plain_helper(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let j = wrap(i, x.len());
        s += x[i] * x[j] * x[j];
    }
    s
}

#[twin]
#[conservative_grad]
fn pick(x: &[f64], i: usize) -> f64 {
    x[i] * x[i]
}

#[program(x[3])]
#[conservative_grad]
fn index_from_comparison(x: &[f64]) -> f64 {
    let first = (x[0] > x[1]) as usize;
    let second = if x[2] > 0.0 { 2 } else { first };
    pick(x, first) * x[second]
}
