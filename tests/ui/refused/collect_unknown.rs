use ad_runtime::conservative_grad;
use std::collections::VecDeque;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let queue: VecDeque<f64> = xs.iter().map(|x| x * x).collect();
    queue[0]
}

fn main() {}
