use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: Option<&[f64]>) -> f64 {
    match xs {
        Some(xs) => xs[0],
        None => 0.0,
    }
}

#[conservative_grad]
fn g(xs: &[f64]) -> Option<&f64> {
    xs.first()
}

fn main() {}
