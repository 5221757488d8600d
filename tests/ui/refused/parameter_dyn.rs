use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, g: &dyn Fn(f64) -> f64) -> f64 {
    x * g(2.0)
}

fn main() {}
