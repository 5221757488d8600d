use ad_runtime::{Differentiable, conservative_grad};
use std::ops::Index;

#[derive(Differentiable)]
struct Matrix {
    cols: usize,
    data: Vec<f64>,
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.data[i * self.cols + j]
    }
}

#[conservative_grad]
fn corner(m: &Matrix) -> f64 {
    m[(0, 0)] * 2.0
}

fn main() {}
