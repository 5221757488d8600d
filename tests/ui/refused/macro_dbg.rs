use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let y = dbg!(2.0 * x);
    x * y
}

fn main() {}
