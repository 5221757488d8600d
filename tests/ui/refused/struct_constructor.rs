use ad_runtime::conservative_grad;

struct Meters(f64);

#[conservative_grad]
fn f(x: f64) -> f64 {
    let m = Meters(x * 2.0);
    m.0 * x
}

fn main() {}
