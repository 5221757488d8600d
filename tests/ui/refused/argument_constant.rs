use ad_runtime::conservative_grad;

#[conservative_grad(constant)]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
