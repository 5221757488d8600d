use ad_runtime::conservative_grad;

#[conservative_grad]
fn counted(x: f64, n: usize) -> f64 {
    let k: i32 = n;
    x * k as f64
}

fn main() {
    let _ = counted::grad(1.0, 2);
}
