use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Differentiable)]
struct Circle {
    r: f64,
}

#[conservative_grad]
impl Circle {
    fn radius(&self) -> &f64 {
        &self.r
    }
    fn boxed(self: Box<Self>) -> f64 {
        self.r
    }
}

fn main() {}
