/// A `&mut` parameter that is written, inactive data, and a selection in a loop.
#[conservative_grad(wrt(w, y))]
pub fn layer(w: &[f64], x: &[f64], y: &mut [f64]) {
    for j in 0..y.len() {
        let row = &w[j * x.len()..(j + 1) * x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += row[i] * x[i];
        }
        y[j] = sum.max(0.0);
    }
}
