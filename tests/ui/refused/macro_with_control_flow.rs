use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    assert!(if x > 0.0 { y > 0.0 } else { true });
    x * y
}

fn main() {}
