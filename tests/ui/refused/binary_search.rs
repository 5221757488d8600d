use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, xs: &[f64]) -> f64 {
    let i = match xs.binary_search_by(|v| v.total_cmp(&x)) {
        Ok(i) | Err(i) => i,
    };
    xs[i]
}

fn main() {}
