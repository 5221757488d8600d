use ad_runtime::conservative_grad;

#[conservative_grad]
fn twice(g: impl Fn(f64) -> f64, x: f64) -> f64 {
    g(g(x))
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    let n = 3;
    let once = |v: f64| v * x;
    let scaled = |w: f64| once(w) * f64::from(n);
    twice(|v| scaled(v) + v, x)
}

#[conservative_grad]
fn g(x: f64, v: f64) -> f64 {
    let once = |w: f64| v * w;
    twice(|v| once(v), x)
}

fn main() {}
