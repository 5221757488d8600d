use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut s = x;
    #[checkpoint(10)]
    while s > 1.0 {
        s *= 0.5;
    }
    s
}

fn main() {}
