use ad_runtime::conservative_grad;

fn root(x: f64) -> Option<f64> {
    (x >= 0.0).then(|| x.sqrt())
}

#[conservative_grad]
fn f(xs: &[f64]) -> f64 {
    xs.iter().filter_map(|x| root(*x)).sum()
}

fn main() {}
