use ad_runtime::conservative_grad;

#[conservative_grad(constant = 0.0)]
fn f(x: f64) -> f64 {
    x
}

fn main() {}
