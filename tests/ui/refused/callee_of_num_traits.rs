use ad_runtime::conservative_grad;
use num_traits::Float;

#[conservative_grad]
fn f<T: Float>(x: T) -> T {
    num_traits::pow(x, 3)
}

fn main() {}
