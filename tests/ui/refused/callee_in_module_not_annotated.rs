use ad_runtime::conservative_grad;

mod shapes {
    pub fn square(x: f64) -> f64 {
        x * x
    }
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    shapes::square(x)
}

fn main() {}
