#![allow(unused_macros)]

use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    macro_rules! twice {
        ($e:expr) => {
            $e * 2.0
        };
    }
    x * x
}

fn main() {}
