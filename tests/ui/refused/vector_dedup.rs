use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.dedup();
    v[0]
}

fn main() {}
