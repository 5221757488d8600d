use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut it = xs.iter().filter(|x| **x > 0.0);
    let first = it.next().unwrap();
    first * it.sum::<f64>()
}

fn main() {}
