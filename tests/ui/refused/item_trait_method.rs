use ad_runtime::conservative_grad;

trait Area {
    #[conservative_grad]
    fn area(&self, r: f64) -> f64;
}

fn main() {}
