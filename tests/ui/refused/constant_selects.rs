use ad_runtime::conservative_grad;

#[conservative_grad(constant, select = left)]
fn f(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad(constant, custom(vjp = g_vjp))]
fn g(x: f64) -> f64 {
    x.abs()
}

fn g_vjp(x: f64, seed: f64) -> (f64, f64) {
    (g(x), seed)
}

fn main() {}
