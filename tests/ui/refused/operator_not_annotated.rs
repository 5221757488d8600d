use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Copy, Differentiable)]
struct V {
    x: f64,
}

impl std::ops::Mul<f64> for V {
    type Output = V;
    fn mul(self, k: f64) -> V {
        V { x: self.x * k }
    }
}

#[conservative_grad]
fn f(v: V, k: f64) -> f64 {
    let w = v * k;
    w.x
}

fn main() {}
