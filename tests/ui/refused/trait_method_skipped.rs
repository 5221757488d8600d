use ad_runtime::{Differentiable, conservative_grad};

#[conservative_grad]
trait Shape {
    fn area(&self) -> f64 {
        1.0
    }
}

#[derive(Differentiable)]
struct Disc {
    r: f64,
}

#[conservative_grad]
impl Shape for Disc {
    #[conservative_grad(skip)]
    fn area(&self) -> f64 {
        self.r * self.r
    }
}

fn main() {}
