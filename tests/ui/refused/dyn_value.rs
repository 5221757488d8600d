use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, n: usize) -> f64 {
    let g: &dyn Fn(f64) -> f64 = [&f64::sin as &dyn Fn(f64) -> f64, &f64::cos][n];
    g(x)
}

fn main() {}
