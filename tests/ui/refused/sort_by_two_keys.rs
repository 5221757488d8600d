use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut pairs: Vec<(f64, f64)> = xs.iter().map(|x| (x * x, *x)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    pairs[0].1
}

fn main() {}
