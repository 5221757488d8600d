use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Differentiable)]
struct Circle {
    r: f64,
}

#[conservative_grad]
impl From<Circle> for f64 {
    fn from(c: Circle) -> f64 {
        c.r * c.r
    }
}

fn main() {}
