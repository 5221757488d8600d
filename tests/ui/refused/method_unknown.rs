use ad_runtime::conservative_grad;

trait Squared {
    fn squared(self) -> f64;
}

impl Squared for f64 {
    fn squared(self) -> f64 {
        self * self
    }
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    x.squared()
}

fn main() {}
