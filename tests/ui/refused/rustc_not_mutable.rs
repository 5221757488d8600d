use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let y = x;
    y += 1.0;
    y
}

fn main() {}
