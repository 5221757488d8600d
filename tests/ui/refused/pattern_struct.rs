use ad_runtime::conservative_grad;

struct Point {
    x: f64,
    y: f64,
}

#[conservative_grad(wrt(z))]
fn f(p: Point, z: f64) -> f64 {
    let Point { x, y } = p;
    x * y * z
}

fn main() {}
