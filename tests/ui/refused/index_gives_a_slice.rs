use ad_runtime::{Differentiable, conservative_grad};
use std::ops::Index;

#[derive(Differentiable)]
struct Matrix {
    cols: usize,
    data: Vec<f64>,
}

#[conservative_grad]
impl Index<(usize,)> for Matrix {
    type Output = [f64];
    fn index(&self, (i,): (usize,)) -> &[f64] {
        &self.data[i * self.cols..(i + 1) * self.cols]
    }
}

fn main() {}
