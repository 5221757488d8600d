/// A branch and a kink.
#[conservative_grad]
pub fn huber(x: f64, delta: f64) -> f64 {
    let a = x.abs();
    if a <= delta { 0.5 * x * x } else { delta * (a - 0.5 * delta) }
}
