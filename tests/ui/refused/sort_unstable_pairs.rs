use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    let mut pairs: Vec<(f64, f64)> = xs.iter().map(|x| (x * x, *x)).collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    pairs[0].1
}

fn main() {}
