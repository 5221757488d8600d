use ad_runtime::conservative_grad;

struct Line<T>(T);

#[conservative_grad]
impl<T: Into<f64> + Copy> Line<T> {
    fn at(&self, x: f64) -> f64 {
        self.0.into() * x
    }
}

fn main() {}
