use ad_runtime::conservative_grad;

#[conservative_grad]
trait Shape {
    fn area(&self) -> f64;
}

#[conservative_grad]
fn total<S: Shape>(s: &S, k: f64) -> f64 {
    k * s.area()
}

fn main() {}
