use ad_runtime::conservative_grad;

mod square {}

#[conservative_grad]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
