use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Copy, Debug, Differentiable)]
struct Pair {
    a: f64,
    b: f64,
}

impl Pair {
    fn map(self, f: impl Fn(f64) -> f64) -> Pair {
        Pair {
            a: f(self.a),
            b: f(self.b),
        }
    }
}

#[conservative_grad]
fn f(p: Pair) -> f64 {
    let q = p.map(|x| x * 2.0);
    q.a * q.b
}

fn main() {}
