use ad_runtime::conservative_grad;

#[conservative_grad(wrt(x))]
fn scaled(x: f64, factor: f64) -> f64 {
    x * factor
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    scaled(2.0, x * x)
}

fn main() {}
