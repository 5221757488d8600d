use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, n: usize) -> f64 {
    match (n, n + 1) {
        (0, k) | (k, 0) if k > 1 => x * k as f64,
        _ => x,
    }
}

fn main() {}
