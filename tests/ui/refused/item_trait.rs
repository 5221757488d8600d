use ad_runtime::conservative_grad;

#[conservative_grad]
trait Area {
    fn area(&self, r: f64) -> f64;
}

fn main() {}
