use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Differentiable)]
struct Circle {
    r: f64,
}

#[conservative_grad(wrt(self), name = circle)]
impl Circle {
    fn area(&self) -> f64 {
        self.r * self.r
    }
}

fn main() {}
