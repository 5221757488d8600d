use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    xs.iter().map(|v| v * v).sum()
}

fn main() {}
