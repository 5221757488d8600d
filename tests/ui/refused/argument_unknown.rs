use ad_runtime::conservative_grad;

#[conservative_grad(wtr(x))]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
