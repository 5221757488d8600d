use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let mut v = vec![x, y];
    v.pop();
    v[0]
}

fn main() {}
