use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let a = |v: f64| v * x;
    let b = |v: f64| a(v) + a(a(v)) + a(v + x) + a(v - x);
    let c = |v: f64| b(v) + b(b(v)) + b(v + x) + b(v - x);
    let d = |v: f64| c(v) + c(c(v)) + c(v + x) + c(v - x);
    let e = |v: f64| d(v) + d(d(v)) + d(v + x) + d(v - x);
    e(x) + e(1.0)
}

fn main() {}
