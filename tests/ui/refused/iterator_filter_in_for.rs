use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in xs.iter().filter(|v| **v > 0.0) {
        s += v;
    }
    s
}

fn main() {}
