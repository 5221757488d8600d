use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    for x in xs.iter().peekable() {
        s += x;
    }
    s
}

fn main() {}
