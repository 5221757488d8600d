use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    xs.iter().fold(0.0, |s, v| s + v * v)
}

fn main() {}
