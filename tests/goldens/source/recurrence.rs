/// Elements that are overwritten although the reverse sweep reads them again.
#[conservative_grad]
pub fn recurrence(x: f64, n: usize) -> f64 {
    let mut a = [x, 1.0];
    for i in 0..n {
        a[i % 2] = a[0] * a[1];
    }
    a[0]
}
