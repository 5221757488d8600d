use ad_runtime::conservative_grad;

#[conservative_grad]
fn f<T: num_traits::real::Real>(x: T) -> T {
    x * x
}

fn main() {}
