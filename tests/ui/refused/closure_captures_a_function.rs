use ad_runtime::conservative_grad;

#[conservative_grad]
fn twice(g: impl Fn(f64) -> f64, x: f64) -> f64 {
    g(g(x))
}

#[conservative_grad]
fn f(h: impl Fn(f64) -> f64, x: f64) -> f64 {
    twice(|v| h(v) * 2.0, x)
}

fn main() {}
