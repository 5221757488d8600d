use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: &[f64]) -> f64 {
    let half = if x[0] > 0.0 { &x[..2] } else { &x[2..] };
    half[0] * half[1]
}

fn main() {}
