use ad_runtime::conservative_grad;

struct Point {
    x: f64,
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    let p = Point { x: x * 2.0 };
    p.x * x
}

fn main() {}
