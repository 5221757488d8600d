use ad_runtime::conservative_grad;

#[conservative_grad]
struct Point {
    x: f64,
}

fn main() {}
