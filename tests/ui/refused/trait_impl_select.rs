use ad_runtime::{Differentiable, conservative_grad};

#[conservative_grad]
trait Shape {
    fn area(&self, k: f64) -> f64;
}

#[derive(Differentiable)]
struct Disc {
    r: f64,
}

#[conservative_grad(select = left)]
impl Shape for Disc {
    fn area(&self, k: f64) -> f64 {
        self.r.max(k)
    }
}

fn main() {}
