/// Exits from the middle of a loop and of the function.
#[conservative_grad]
pub fn search(x: &[f64], limit: f64) -> f64 {
    let mut product = 1.0;
    for (i, &v) in x.iter().enumerate() {
        if v < 0.0 {
            return v * v;
        }
        if i > 0 && product > limit {
            break;
        }
        product *= v;
    }
    product
}
