use ad_runtime::conservative_grad;

#[conservative_grad]
fn add(sum: f64, x: &f64) -> Option<f64> {
    Some(sum + x)
}

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let total = xs.iter().try_fold(0.0, add);
    total.unwrap_or(1.0)
}

fn main() {}
