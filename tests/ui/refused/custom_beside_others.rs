use ad_runtime::conservative_grad;

#[conservative_grad(custom(vjp = f_vjp), select = left, calls(g = g_ad), second_order)]
fn f(x: f64) -> f64 {
    x.abs()
}

fn f_vjp(x: f64, seed: f64) -> (f64, f64) {
    (f(x), seed)
}

fn main() {}
