use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> (f64, f64) {
    (x, x * x)
}

fn main() {
    let _ = f::grad(1.0);
}
