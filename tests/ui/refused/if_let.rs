use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, table: &[i32]) -> f64 {
    if let Some(k) = table.first() {
        x * *k as f64
    } else {
        x
    }
}

fn main() {}
