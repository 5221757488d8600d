use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Copy, Differentiable)]
struct V {
    x: f64,
}

#[conservative_grad]
impl V {
    fn max(&mut self, k: f64) -> f64 {
        self.x += k;
        self.x
    }
}

#[conservative_grad]
fn f(v: V, k: f64) -> f64 {
    let mut w = v;
    w.max(k) * w.x
}

fn main() {}
