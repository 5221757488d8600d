use ad_runtime::conservative_grad;

#[conservative_grad(custom(vjp = f_vjp, jvp = f_jvp))]
fn f(x: &[f64], k: usize) -> f64 {
    x[k]
}

// The cotangent is a vector, and the seed is the last argument.
fn f_vjp(x: &[f64], k: usize, seed: f64) -> (f64, f64) {
    (x[k], seed)
}

fn f_jvp(x: &[f64], x_tan: &[f64], k: usize) -> f64 {
    x[k] + x_tan[k]
}

fn main() {}
