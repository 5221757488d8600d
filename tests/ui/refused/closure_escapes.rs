use ad_runtime::conservative_grad;

fn twice(g: impl Fn(f64) -> f64, x: f64) -> f64 {
    g(g(x))
}

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let scale = |v: f64| v * y;
    twice(scale, x)
}

fn main() {}
