/// Short enough to be run again in the reverse sweep.
#[conservative_grad]
pub fn square(x: f64) -> f64 {
    x * x
}

/// A callee in a loop.
#[conservative_grad]
pub fn distance(p: &[f64], q: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..p.len() {
        sum += square(p[i] - q[i]);
    }
    sum.sqrt()
}
