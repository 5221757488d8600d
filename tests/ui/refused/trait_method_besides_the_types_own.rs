use ad_runtime::{Differentiable, conservative_grad};

#[conservative_grad]
trait Shape {
    fn area(&self) -> f64;
    fn scaled<const N: usize>(&self, by: [f64; N]) -> f64;
}

#[derive(Differentiable)]
struct Disc {
    r: f64,
}

impl Disc {
    fn area(&self) -> f64 {
        self.r * self.r
    }

    fn scaled<const N: usize>(&self, by: [f64; N]) -> f64 {
        self.r * by[0]
    }
}

#[conservative_grad]
impl Shape for Disc {
    fn area(&self) -> f64 {
        3.0 * self.r
    }

    fn scaled<const N: usize>(&self, by: [f64; N]) -> f64 {
        self.r - by[0]
    }
}

#[conservative_grad]
fn whole(disc: &Disc) -> f64 {
    disc.area()
}

fn main() {}
