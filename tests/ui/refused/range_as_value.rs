use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let all = 0..xs.len();
    let mut s = 0.0;
    for i in all {
        s += xs[i];
    }
    s
}

fn main() {}
