use ad_runtime::conservative_grad;

#[conservative_grad]
trait Shape {
    fn area(&self) -> f64;
}

struct Disc {
    r: f64,
}

#[conservative_grad]
impl Shape for Disc {
    fn area(&self) -> f64 {
        self.r * self.r
    }
}

fn main() {}
