use ad_runtime::conservative_grad;

macro_rules! twice {
    ($e:expr) => {
        $e * 2.0
    };
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    twice!(x)
}

fn main() {}
