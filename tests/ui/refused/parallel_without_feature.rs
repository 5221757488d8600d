use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: &[f64]) -> f64 {
    let mut s = 0.0;
    #[parallel]
    for v in x {
        s += v * v;
    }
    s
}

fn main() {}
