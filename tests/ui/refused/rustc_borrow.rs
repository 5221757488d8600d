use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &mut [f64]) {
    let r = &mut xs[0];
    xs[1] = 2.0;
    *r = 1.0;
}

fn main() {}
