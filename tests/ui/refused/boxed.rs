use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let b = Box::new(x);
    *b * y
}

fn main() {}
