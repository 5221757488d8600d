use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, table: &[i32]) -> f64 {
    match table.first() {
        Some(k) => x * *k as f64,
        None => x,
    }
}

fn main() {}
