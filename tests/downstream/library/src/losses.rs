use ad_runtime::conservative_grad;

/// Something else that is exported beside the function.
#[derive(Debug)]
pub struct Clamped;

/// A narrow valley.
#[conservative_grad]
pub fn valley(x: f64, y: f64) -> f64 {
    (x - y).abs() + 0.1 * x * x
}
