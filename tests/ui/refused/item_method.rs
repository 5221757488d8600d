use ad_runtime::conservative_grad;

struct Circle {
    r: f64,
}

impl Circle {
    #[conservative_grad]
    fn area(&self, scale: f64) -> f64 {
        self.r * self.r * scale
    }
}

fn main() {}
