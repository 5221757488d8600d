use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    std::convert::identity(x) * y
}

fn main() {}
