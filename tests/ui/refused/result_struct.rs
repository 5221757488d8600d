use ad_runtime::conservative_grad;

struct Point {
    x: f64,
}

#[conservative_grad]
fn f(x: f64) -> Point {
    Point { x: x * x }
}

fn main() {}
