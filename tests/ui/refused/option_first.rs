use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let first = xs.first().unwrap();
    first * first
}

fn main() {}
