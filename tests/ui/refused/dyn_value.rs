use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let g: &dyn Fn(f64) -> f64 = &f64::sin;
    g(x)
}

fn main() {}
