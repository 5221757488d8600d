use ad_runtime::conservative_grad;

struct Circle(f64);

impl Circle {
    #[conservative_grad]
    fn unit(x: f64) -> Self {
        Circle(x)
    }
}

fn main() {}
