//! What is measured: annotated functions and their inputs.

use ad_runtime::{Tape, conservative_grad};

/// A primal and its derivative on the same inputs, as closures that return the value.
pub struct Workload {
    pub name: &'static str,
    /// The ratio derivative / primal that is aimed at.
    pub target: f64,
    pub primal: Box<dyn FnMut() -> f64>,
    /// `vjp_into` with a used tape, zeroing of the adjoints included.
    pub derivative: Box<dyn FnMut() -> f64>,
}

pub fn all() -> Vec<Workload> {
    vec![
        rosenbrock_1000(),
        network_batch(),
        total_variation_1000(),
        recurrence_1000(),
    ]
}

#[conservative_grad]
pub fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
    }
    sum
}

#[conservative_grad]
pub fn total_variation(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        sum += (x[i] - x[i - 1]).abs();
    }
    sum
}

#[conservative_grad]
pub fn recurrence(x: f64, r: f64, steps: usize) -> f64 {
    let mut s = x;
    for _ in 0..steps {
        s = (r * s).sin() + 0.5 * s;
    }
    s
}

/// Pixels, two hidden layers, classes.
const WIDTHS: [usize; 4] = [64, 64, 32, 10];
const BATCH: usize = 16;

#[conservative_grad]
pub fn affine(weights: &[f64], x: &[f64], y: &mut [f64]) {
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
pub fn relu(x: &mut [f64]) {
    for v in x.iter_mut() {
        *v = v.max(0.0);
    }
}

#[conservative_grad]
pub fn cross_entropy(z: &[f64], label: usize) -> f64 {
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

#[conservative_grad(wrt(weights))]
pub fn network_loss(weights: &[f64], images: &[f64], labels: &[usize]) -> f64 {
    let first = WIDTHS[1] * (WIDTHS[0] + 1);
    let second = first + WIDTHS[2] * (WIDTHS[1] + 1);
    let mut sum = 0.0;
    for n in 0..labels.len() {
        let mut a = vec![0.0; WIDTHS[1]];
        affine(
            &weights[..first],
            &images[n * WIDTHS[0]..(n + 1) * WIDTHS[0]],
            &mut a,
        );
        relu(&mut a);
        let mut b = vec![0.0; WIDTHS[2]];
        affine(&weights[first..second], &a, &mut b);
        relu(&mut b);
        let mut z = vec![0.0; WIDTHS[3]];
        affine(&weights[second..], &b, &mut z);
        sum += cross_entropy(&z, labels[n]);
    }
    sum / labels.len() as f64
}

fn rosenbrock_1000() -> Workload {
    let x = wave(1000, 0.8);
    let (at, mut adjoint, mut tape) = (x.clone(), vec![0.0; x.len()], Tape::new());
    Workload {
        name: "rosenbrock n=1000",
        target: 2.0,
        primal: Box::new(move || rosenbrock(&at)),
        derivative: Box::new(move || {
            adjoint.fill(0.0);
            rosenbrock::vjp_into(&mut tape, &x, &mut adjoint, 1.0)
        }),
    }
}

fn total_variation_1000() -> Workload {
    let x = wave(1000, 3.0);
    let (at, mut adjoint, mut tape) = (x.clone(), vec![0.0; x.len()], Tape::new());
    Workload {
        name: "total variation n=1000",
        target: 2.0,
        primal: Box::new(move || total_variation(&at)),
        derivative: Box::new(move || {
            adjoint.fill(0.0);
            total_variation::vjp_into(&mut tape, &x, &mut adjoint, 1.0)
        }),
    }
}

fn recurrence_1000() -> Workload {
    let (x, r, steps) = std::hint::black_box((0.3, 1.7, 1000));
    let mut tape = Tape::new();
    Workload {
        name: "recurrence, 1000 steps",
        target: 2.5,
        primal: Box::new(move || recurrence(x, r, steps)),
        derivative: Box::new(move || {
            let (mut x_adj, mut r_adj) = (0.0, 0.0);
            let value = recurrence::vjp_into(&mut tape, x, &mut x_adj, r, &mut r_adj, steps, 1.0);
            std::hint::black_box((x_adj, r_adj));
            value
        }),
    }
}

fn network_batch() -> Workload {
    let count = WIDTHS.windows(2).map(|w| (w[0] + 1) * w[1]).sum();
    let weights: Vec<f64> = wave(count, 37.0).iter().map(|v| 0.2 * v).collect();
    let images: Vec<f64> = wave(BATCH * WIDTHS[0], 5.0)
        .iter()
        .map(|v| v.abs())
        .collect();
    let labels: Vec<usize> = (0..BATCH).map(|n| n % WIDTHS[3]).collect();
    let (at, pixels, classes) = (weights.clone(), images.clone(), labels.clone());
    let (mut adjoint, mut tape) = (vec![0.0; count], Tape::new());
    Workload {
        name: "network 64-64-32-10, 16 images",
        target: 2.0,
        primal: Box::new(move || network_loss(&at, &pixels, &classes)),
        derivative: Box::new(move || {
            adjoint.fill(0.0);
            network_loss::vjp_into(&mut tape, &weights, &mut adjoint, &images, &labels, 1.0)
        }),
    }
}

/// Smooth but not regular numbers in -1..1.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count)
        .map(|i| (i as f64 * speed).sin() * (0.37 * i as f64).cos())
        .collect()
}
