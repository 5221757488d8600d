use ad_runtime::conservative_grad;

struct Circle;

impl Circle {
    fn area(r: f64) -> f64 {
        r * r
    }
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    Circle::area(x)
}

fn main() {}
