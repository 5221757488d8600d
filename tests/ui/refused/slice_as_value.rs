use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: &[f64]) -> f64 {
    (if x[0] > 0.0 { &x[..2] } else { &x[2..] })[1]
}

fn main() {}
