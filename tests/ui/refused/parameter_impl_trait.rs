use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, g: impl Iterator<Item = usize>) -> f64 {
    x * g.count() as f64
}

fn main() {}
