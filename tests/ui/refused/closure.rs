use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let square = |v: f64| v * v * y;
    square(x)
}

fn main() {}
