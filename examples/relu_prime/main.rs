//! Does the value of relu'(0) matter? `cargo run --release --example relu_prime` measures it.
//!
//! * On the digits network, for many random weights and mini-batches: the share of draws in which
//!   the gradients with relu'(0) = 0 and with relu'(0) = 1 differ, in both precisions, by depth,
//!   width and batch size; a table, and a plot in `target/relu_prime/shares.svg`. Bertoin, Bolte,
//!   Gerchinovitz and Pauwels (*Numerical influence of ReLU'(0) on backpropagation*, NeurIPS 2021)
//!   found about half of the draws on networks for MNIST in 32 bits, and none in 64.
//! * On a function of two variables with a critical point that only its program has: gradient
//!   descent with vanishing steps from there, and from beside it.

mod artificial;
mod network;
mod plot;

use std::error::Error;
use std::path::Path;

use fastrand::Rng;

use network::{Images, Shape, differs};

/// Draws of weights and batch for each shape.
const DRAWS: usize = 200;

/// One row of the table.
struct Row {
    /// What is varied; the first shape belongs to all.
    varied: &'static str,
    shape: Shape,
    /// The share of draws whose gradients differ, in 32 and in 64 bits.
    shares: [f64; 2],
}

fn main() -> Result<(), Box<dyn Error>> {
    let images = Images::load();
    let mut rows = Vec::new();
    println!("gradients with relu'(0) = 0 and = 1 that differ, of {DRAWS} draws each:");
    println!(
        "{:>6} {:>6} {:>6} {:>8} {:>8}",
        "depth", "width", "batch", "f32", "f64"
    );
    for (varied, shape) in shapes() {
        let shares = [share::<f32>(&images, shape), share::<f64>(&images, shape)];
        println!(
            "{:>6} {:>6} {:>6} {:>7.1}% {:>7.1}%",
            shape.depth,
            shape.width,
            shape.batch,
            100.0 * shares[0],
            100.0 * shares[1]
        );
        rows.push(Row {
            varied,
            shape,
            shares,
        });
    }
    let folder = Path::new("target/relu_prime");
    std::fs::create_dir_all(folder)?;
    let path = folder.join("shares.svg");
    plot::draw(&path, &rows)?;
    println!("wrote {}\n", path.display());
    artificial::descend();
    Ok(())
}

/// One of depth, width and batch size is varied at a time.
fn shapes() -> Vec<(&'static str, Shape)> {
    let base = Shape {
        depth: 3,
        width: 64,
        batch: 64,
    };
    let depths = [1, 2, 4, 6].map(|depth| ("depth", Shape { depth, ..base }));
    let widths = [16, 32, 128, 256].map(|width| ("width", Shape { width, ..base }));
    let batches = [8, 256, 1024].map(|batch| ("batch", Shape { batch, ..base }));
    [&[("all", base)], &depths[..], &widths, &batches].concat()
}

fn share<T: network::Number>(images: &Images, shape: Shape) -> f64 {
    // The same draws in both precisions.
    let mut rng = Rng::with_seed(11);
    let differing = (0..DRAWS).filter(|_| differs::<T>(images, shape, &mut rng));
    differing.count() as f64 / DRAWS as f64
}
