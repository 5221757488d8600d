use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    if x > 0.0 {
        const TWO: f64 = 2.0;
        x * TWO
    } else {
        x
    }
}

fn main() {}
