use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    #[cfg(debug_assertions)]
    let x = x * 2.0;
    x * x
}

fn main() {}
