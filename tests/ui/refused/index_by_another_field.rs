use ad_runtime::{Differentiable, conservative_grad};
use std::ops::Index;

#[derive(Differentiable)]
struct Ring {
    start: usize,
    data: Vec<f64>,
}

#[conservative_grad]
impl Index<usize> for Ring {
    type Output = f64;
    fn index(&self, i: usize) -> &f64 {
        &self.data[(i + self.start) % self.data.len()]
    }
}

fn main() {}
