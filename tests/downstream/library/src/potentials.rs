//! A trait with a type, generic code over it, and an indexed type, for other crates.

use std::ops::{Index, IndexMut};

use ad_runtime::{Differentiable, conservative_grad};

/// An energy that depends on a distance.
#[conservative_grad]
pub trait Potential {
    /// The energy at a distance.
    fn energy(&self, r: f64) -> f64;
    /// The energy of a pair that is cut off.
    fn within(&self, r: f64, cutoff: f64) -> f64 {
        (self.energy(r) - self.energy(cutoff)).min(0.0)
    }
    /// What it is called.
    fn name(&self) -> &str {
        "unnamed"
    }
}

/// A spring.
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Spring {
    /// Its stiffness.
    pub k: f64,
}

#[conservative_grad]
impl Potential for Spring {
    fn energy(&self, r: f64) -> f64 {
        0.5 * self.k * r * r
    }
}

/// The energy of all pairs.
#[conservative_grad]
pub fn total<P: Potential + Differentiable>(p: &P, x: &[f64], cutoff: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            sum += p.within((x[i] - x[j]).abs(), cutoff);
        }
    }
    sum
}

/// A matrix by rows.
#[derive(Clone, Debug, PartialEq, Differentiable)]
pub struct Matrix<T> {
    /// The number of columns.
    pub cols: usize,
    /// The elements.
    pub data: Vec<T>,
}

#[conservative_grad]
impl<T: num_traits::Float> Index<(usize, usize)> for Matrix<T> {
    type Output = T;
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.data[i * self.cols + j]
    }
}

#[conservative_grad]
impl<T: num_traits::Float> IndexMut<(usize, usize)> for Matrix<T> {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.data[i * self.cols + j]
    }
}
