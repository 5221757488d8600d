use ad_runtime::conservative_grad;

#[conservative_grad(scalar)]
fn f(x: &mut [f64]) {
    x[0] *= 2.0;
}

fn main() {}
