use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> Option<f64> {
    Some(x * x)
}

fn main() {}
