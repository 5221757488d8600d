use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let p = &raw const x;
    drop(p);
    x * x
}

fn main() {}
