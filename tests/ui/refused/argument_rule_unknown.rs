use ad_runtime::conservative_grad;

#[conservative_grad(select = up)]
fn f(x: f64) -> f64 {
    x.max(0.0)
}

fn main() {}
