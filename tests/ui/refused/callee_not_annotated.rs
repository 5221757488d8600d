use ad_runtime::conservative_grad;

fn square(x: f64) -> f64 {
    x * x
}

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    square(x) + y
}

fn main() {}
