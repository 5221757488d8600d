use ad_runtime::conservative_grad;
use num_traits::Float;

#[conservative_grad]
fn square<T: Float>(x: T) -> T {
    x * x
}

fn at<N: Float>(x: N) -> N {
    square::grad(x).1
}

fn main() {}
