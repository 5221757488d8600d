//! Clustering: the sum of the squared distances of points to their nearest centre.

use ad_runtime::conservative_grad;
use serde::Deserialize;

use crate::decode::{MOST, decode, flatten, size};
use crate::evals::{needs_second_order, unknown};
use crate::timing::{Answer, measure};

#[conservative_grad]
pub fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += (a - b) * (a - b);
    }
    sum
}

#[conservative_grad(wrt(centroids))]
pub fn cost(points: &[f64], centroids: &[f64], d: usize) -> f64 {
    let mut sum = 0.0;
    for point in points.chunks_exact(d) {
        let mut nearest = f64::INFINITY;
        for centroid in centroids.chunks_exact(d) {
            nearest = nearest.min(squared_distance(point, centroid));
        }
        sum += nearest;
    }
    sum
}

#[derive(Deserialize)]
struct Input {
    points: Vec<Vec<f64>>,
    centroids: Vec<Vec<f64>>,
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    match function {
        "cost" => {
            let Input { points, centroids } = decode(input)?;
            size("points.length", points.len(), 1, MOST)?;
            size("centroids.length", centroids.len(), 1, MOST)?;
            let d = points[0].len();
            size("points[0].length", d, 1, MOST)?;
            let points = flatten("points", &points, points.len(), d)?;
            let centroids = flatten("centroids", &centroids, centroids.len(), d)?;
            measure(input, || cost(&points, &centroids, d))
        }
        "dir" => Err(needs_second_order("`dir`")),
        _ => Err(unknown(function)),
    }
}
