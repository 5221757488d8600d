use ad_runtime::{Differentiable, conservative_grad};
use std::ops::{Index, IndexMut};

#[derive(Differentiable)]
struct Matrix {
    cols: usize,
    data: Vec<f64>,
}

#[conservative_grad]
impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.data[i * self.cols + j]
    }
}

#[conservative_grad]
impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        &mut self.data[j * self.cols + i]
    }
}

fn main() {}
