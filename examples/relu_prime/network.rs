//! A network for the digits, of any depth and width, in any precision.

use ad_runtime::{Float, Left, Right, Scalar, conservative_grad, constant};
use fastrand::Rng;

/// Pixels and classes.
const PIXELS: usize = 64;
const CLASSES: usize = 10;

/// `f32` and `f64`.
pub trait Number: Scalar + Float {}
impl Number for f32 {}
impl Number for f64 {}

/// The hidden layers, their neurons, and the images of one gradient.
#[derive(Clone, Copy, PartialEq)]
pub struct Shape {
    pub depth: usize,
    pub width: usize,
    pub batch: usize,
}

impl Shape {
    fn widths(self) -> Vec<usize> {
        let mut all = vec![self.width; self.depth + 2];
        (all[0], all[self.depth + 1]) = (PIXELS, CLASSES);
        all
    }
}

/// Images one after the other, pixels in 0..=1, and their classes.
pub struct Images {
    pixels: Vec<f64>,
    labels: Vec<usize>,
}

impl Images {
    pub fn load() -> Images {
        let (mut pixels, mut labels) = (Vec::new(), Vec::new());
        for line in include_str!("../data/digits.csv").lines() {
            let fields = line.split(',');
            let mut fields = fields.map(|field| field.trim().parse::<u8>().expect("a number"));
            let image = fields.by_ref().take(PIXELS);
            pixels.extend(image.map(|pixel| f64::from(pixel) / 16.0));
            labels.push(fields.next().expect("a class").into());
        }
        Images { pixels, labels }
    }
}

/// `y = W x`.
#[conservative_grad]
fn linear<T: Float>(weights: &[T], x: &[T], y: &mut [T]) {
    let n = x.len();
    for j in 0..y.len() {
        let row = &weights[j * n..(j + 1) * n];
        let mut sum = T::zero();
        for i in 0..n {
            sum = sum + row[i] * x[i];
        }
        y[j] = sum;
    }
}

/// The cross-entropy of one image.
#[conservative_grad(wrt(weights))]
fn loss_of_one<T: Float>(weights: &[T], widths: &[usize], image: &[T], label: usize) -> T {
    let mut a = image.to_vec();
    let mut start = 0;
    for layer in 1..widths.len() {
        let end = start + widths[layer - 1] * widths[layer];
        let mut b = vec![T::zero(); widths[layer]];
        linear(&weights[start..end], &a, &mut b);
        if layer + 1 < widths.len() {
            for v in b.iter_mut() {
                *v = v.max(T::zero());
            }
        }
        a = b;
        start = end;
    }
    // A shift, so that nothing overflows; it leaves the value as it is.
    let mut largest = constant(a[0]);
    for v in &a {
        largest = constant(largest.max(*v));
    }
    let mut sum = T::zero();
    for v in &a {
        sum = sum + (*v - largest).exp();
    }
    largest + sum.ln() - a[label]
}

/// The sum over a batch.
#[conservative_grad(wrt(weights))]
fn loss<T: Float>(weights: &[T], widths: &[usize], images: &[T], labels: &[usize]) -> T {
    let mut sum = T::zero();
    for (image, label) in images.chunks(PIXELS).zip(labels) {
        sum = sum + loss_of_one(weights, widths, image, *label);
    }
    sum
}

/// Whether the two gradients differ at random weights, on a random batch.
pub fn differs<T: Number>(images: &Images, shape: Shape, rng: &mut Rng) -> bool {
    let widths = shape.widths();
    let mut weights = Vec::new();
    for pair in widths.windows(2) {
        // Uniform, of the variance that keeps the size of what passes through (He et al. 2015).
        let size = (6.0 / pair[0] as f64).sqrt();
        let draw = |_| T::__from_f64((2.0 * rng.f64() - 1.0) * size);
        weights.extend((0..pair[0] * pair[1]).map(draw));
    }
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for _ in 0..shape.batch {
        let k = rng.usize(0..images.labels.len());
        let image = &images.pixels[k * PIXELS..(k + 1) * PIXELS];
        pixels.extend(image.iter().map(|x| T::__from_f64(*x)));
        labels.push(images.labels[k]);
    }
    let (_, zero) = loss::grad_with::<Left, T>(&weights, &widths, &pixels, &labels);
    let (_, one) = loss::grad_with::<Right, T>(&weights, &widths, &pixels, &labels);
    zero != one
}
