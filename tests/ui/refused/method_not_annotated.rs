use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Differentiable)]
struct Circle {
    r: f64,
}

impl Circle {
    fn area(&self) -> f64 {
        self.r * self.r
    }
}

#[conservative_grad]
fn f(c: &Circle) -> f64 {
    c.area()
}

fn main() {}
