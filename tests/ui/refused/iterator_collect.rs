use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let squares: Vec<f64> = xs.iter().map(|v| v * v).collect();
    squares[0]
}

fn main() {}
