use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    #[checkpoint(10)]
    for x in xs.iter().filter(|x| **x > 0.0) {
        s = (s * x).sin();
    }
    s
}

fn main() {}
