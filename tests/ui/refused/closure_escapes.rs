use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let scale = |v: f64| v * y;
    let pair = (scale, x);
    pair.1
}

fn main() {}
