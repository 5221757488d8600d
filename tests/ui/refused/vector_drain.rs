use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let mut s = 0.0;
    for x in v.drain(1..) {
        s += x;
    }
    s * v[0]
}

fn main() {}
