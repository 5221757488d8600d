//! Handwritten digits by a small network: `cargo run --release --example digits`.
//!
//! The loss is plain Rust over slices; `loss::vjp_into` is its gradient. ReLU and the maximum in
//! the cross-entropy have kinks, so the run also says how many gradients met one: stochastic
//! gradient descent with vanishing steps is covered by the theory of conservative fields even then.

use std::time::{Duration, Instant};

use ad_runtime::{Tape, conservative_grad};

/// Pixels, two hidden layers, classes.
const WIDTHS: [usize; 4] = [64, 64, 32, 10];
const EPOCHS: usize = 40;
const BATCH: usize = 16;
/// The step before update `k` is `STEP / (1 + k / DECAY)`: not summable, and vanishing.
const STEP: f64 = 0.2;
const DECAY: f64 = 1500.0;

/// `y = W x + b`; each row of `weights` ends with its bias.
#[conservative_grad]
fn affine(weights: &[f64], x: &[f64], y: &mut [f64]) {
    let n = x.len();
    for j in 0..y.len() {
        let row = &weights[j * (n + 1)..(j + 1) * (n + 1)];
        let mut sum = row[n];
        for i in 0..n {
            sum += row[i] * x[i];
        }
        y[j] = sum;
    }
}

#[conservative_grad]
fn relu(x: &mut [f64]) {
    for v in x.iter_mut() {
        *v = v.max(0.0);
    }
}

/// `ln(sum(exp(z))) - z[label]`, shifted by the largest so that nothing overflows.
#[conservative_grad]
fn cross_entropy(z: &[f64], label: usize) -> f64 {
    let mut largest = z[0];
    for &v in &z[1..] {
        largest = largest.max(v);
    }
    let mut sum = 0.0;
    for v in z {
        sum += (v - largest).exp();
    }
    largest + sum.ln() - z[label]
}

/// The network's outputs for one image.
#[conservative_grad(wrt(weights, outputs))]
fn network(weights: &[f64], image: &[f64], outputs: &mut [f64]) {
    let first = WIDTHS[1] * (WIDTHS[0] + 1);
    let second = first + WIDTHS[2] * (WIDTHS[1] + 1);
    let mut a = vec![0.0; WIDTHS[1]];
    affine(&weights[..first], image, &mut a);
    relu(&mut a);
    let mut b = vec![0.0; WIDTHS[2]];
    affine(&weights[first..second], &a, &mut b);
    relu(&mut b);
    affine(&weights[second..], &b, outputs);
}

/// The mean loss of a batch.
#[conservative_grad(wrt(weights))]
fn loss(weights: &[f64], images: &[f64], labels: &[usize]) -> f64 {
    let pixels = WIDTHS[0];
    let mut sum = 0.0;
    for n in 0..labels.len() {
        let mut outputs = vec![0.0; WIDTHS[3]];
        network(weights, &images[n * pixels..(n + 1) * pixels], &mut outputs);
        sum += cross_entropy(&outputs, labels[n]);
    }
    sum / labels.len() as f64
}

/// What the gradients met on the way.
struct Ties {
    gradients: usize,
    tied: usize,
    least_margin: f64,
}

fn main() {
    let (mut train, test) = Digits::load();
    let mut random = Random(7);
    let mut weights = initial_weights(&mut random);
    let mut gradient = vec![0.0; weights.len()];
    let mut tape = Tape::new();
    let mut ties = Ties {
        gradients: 0,
        tied: 0,
        least_margin: f64::INFINITY,
    };
    let mut time = Duration::ZERO;
    println!(
        "{} images to learn, {} to test, {} weights",
        train.len(),
        test.len(),
        weights.len()
    );
    for epoch in 1..=EPOCHS {
        train.shuffle(&mut random);
        let mut sum = 0.0;
        let (mut learning, mut batches) = (Duration::ZERO, 0);
        for (images, labels) in train.batches() {
            // A second look at the same point: the same gradient, with its ties counted.
            let (_, _, met) = loss::grad_ties(&weights, images, labels);
            ties.tied += usize::from(met.ties > 0);
            ties.least_margin = ties
                .least_margin
                .min(met.min_margin.unwrap_or(f64::INFINITY));

            let start = Instant::now();
            gradient.fill(0.0);
            sum += loss::vjp_into(&mut tape, &weights, &mut gradient, images, labels, 1.0);
            let step = STEP / (1.0 + ties.gradients as f64 / DECAY);
            for (w, g) in weights.iter_mut().zip(&gradient) {
                *w -= step * g;
            }
            learning += start.elapsed();
            ties.gradients += 1;
            batches += 1;
        }
        time += learning;
        if epoch == 1 || epoch % 5 == 0 {
            let (mean, accuracy) = (sum / f64::from(batches), test.accuracy(&weights));
            println!(
                "epoch {epoch:2}: loss {mean:.5}, accuracy on the test images {accuracy:.4}, {learning:.2?}"
            );
        }
    }
    println!("gradients taken: {}", ties.gradients);
    println!("gradients that met a tie: {}", ties.tied);
    println!("smallest margin: {:.3e}", ties.least_margin);
    println!(
        "seconds per epoch: {:.3}",
        time.as_secs_f64() / EPOCHS as f64
    );
    println!("test accuracy: {:.4}", test.accuracy(&weights));
}

/// Images one after the other, pixels in 0..=1, and their classes.
struct Digits {
    images: Vec<f64>,
    labels: Vec<usize>,
}

impl Digits {
    /// Every fifth image is kept for the test.
    fn load() -> (Digits, Digits) {
        let empty = || Digits {
            images: Vec::new(),
            labels: Vec::new(),
        };
        let (mut train, mut test) = (empty(), empty());
        for (number, line) in include_str!("data/digits.csv").lines().enumerate() {
            let to = if number % 5 == 0 {
                &mut test
            } else {
                &mut train
            };
            let mut fields = line
                .split(',')
                .map(|field| field.trim().parse::<u8>().expect("a small number"));
            to.images.extend(
                fields
                    .by_ref()
                    .take(WIDTHS[0])
                    .map(|pixel| f64::from(pixel) / 16.0),
            );
            to.labels.push(fields.next().expect("a class").into());
        }
        (train, test)
    }

    fn len(&self) -> usize {
        self.labels.len()
    }

    fn batches(&self) -> impl Iterator<Item = (&[f64], &[usize])> {
        self.images
            .chunks(BATCH * WIDTHS[0])
            .zip(self.labels.chunks(BATCH))
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, random: &mut Random) {
        for i in (1..self.len()).rev() {
            let j = (random.unit() * (i + 1) as f64) as usize;
            self.labels.swap(i, j);
            for k in 0..WIDTHS[0] {
                self.images.swap(i * WIDTHS[0] + k, j * WIDTHS[0] + k);
            }
        }
    }

    /// The share of images whose largest output is that of their class.
    fn accuracy(&self, weights: &[f64]) -> f64 {
        let mut outputs = vec![0.0; WIDTHS[3]];
        let mut right = 0;
        for (image, &label) in self.images.chunks(WIDTHS[0]).zip(&self.labels) {
            network(weights, image, &mut outputs);
            right += usize::from((0..WIDTHS[3]).all(|k| outputs[k] <= outputs[label]));
        }
        right as f64 / self.len() as f64
    }
}

/// Uniform with the variance `2 / inputs` that keeps the scale through ReLU layers.
fn initial_weights(random: &mut Random) -> Vec<f64> {
    let mut weights = Vec::new();
    for layer in WIDTHS.windows(2) {
        let bound = (6.0 / layer[0] as f64).sqrt();
        for _ in 0..layer[1] {
            weights.extend((0..layer[0]).map(|_| bound * (2.0 * random.unit() - 1.0)));
            weights.push(0.0);
        }
    }
    weights
}

/// Splitmix64.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
