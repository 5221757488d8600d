use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    x * scale
}

fn main() {}
