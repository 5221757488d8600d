use ad_runtime::conservative_grad;

struct Point {
    x: f64,
}

#[conservative_grad]
fn f(p: Point, x: f64) -> f64 {
    p.x * x
}

fn main() {}
