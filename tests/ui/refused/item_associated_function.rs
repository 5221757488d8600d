use ad_runtime::conservative_grad;

struct Circle;

impl Circle {
    #[conservative_grad]
    fn area(r: f64) -> f64 {
        r * r
    }
}

fn main() {}
