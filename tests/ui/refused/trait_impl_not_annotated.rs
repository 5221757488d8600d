use ad_runtime::{Differentiable, conservative_grad};

#[conservative_grad]
trait Shape {
    fn area(&self) -> f64;
}

#[derive(Differentiable)]
struct Disc {
    r: f64,
}

impl Shape for Disc {
    fn area(&self) -> f64 {
        self.r * self.r
    }
}

fn main() {}
