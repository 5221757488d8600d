use ad_runtime::conservative_grad;

struct Circle;

#[conservative_grad]
impl Circle {
    fn area(r: f64) -> f64 {
        r * r
    }
}

fn main() {}
