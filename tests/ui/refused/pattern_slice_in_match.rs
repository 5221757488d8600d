use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    match xs {
        [a, b] => a * b,
        _ => 0.0,
    }
}

fn main() {}
