use ad_runtime::{Differentiable, conservative_grad};

#[derive(Clone, Debug, Differentiable)]
enum Shape {
    Circle(f64),
    Rect(f64, f64),
}

#[conservative_grad]
fn grow(a: &mut f64, b: f64) {
    *a *= b;
}

#[conservative_grad]
fn both(a: &mut f64, b: &mut f64) {
    std::mem::swap(a, b);
}

#[conservative_grad]
fn f(mut s: Shape) -> f64 {
    match &mut s {
        Shape::Circle(r) => grow(r, 2.0),
        Shape::Rect(a, b) => both(a, b),
    }
    1.0
}

fn main() {}
