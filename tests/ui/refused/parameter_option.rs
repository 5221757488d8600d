use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, bias: Option<f64>) -> f64 {
    x + bias.unwrap_or(0.0)
}

fn main() {}
