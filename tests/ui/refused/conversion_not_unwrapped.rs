use ad_runtime::conservative_grad;
use num_traits::Float;

#[conservative_grad]
fn f<S: Float, T: Float>(x: S) -> T {
    let y = T::from(x * x);
    y.unwrap()
}

fn main() {}
