use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(#[allow(unused)] x: f64, y: f64) -> f64 {
    y * y
}

fn main() {}
