use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let mut r = &x;
    if y > 0.0 {
        r = &y;
    }
    *r * 2.0
}

fn main() {}
