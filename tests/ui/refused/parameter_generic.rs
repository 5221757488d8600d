use ad_runtime::conservative_grad;

#[conservative_grad]
fn f<T: Copy + std::ops::Mul<Output = T>>(x: T) -> T {
    x * x
}

fn main() {}
