use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> ! {
    panic!("{x}")
}

fn main() {}
