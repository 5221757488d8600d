use ad_runtime::conservative_grad;
use std::time::Instant;

#[conservative_grad(wrt(x))]
fn f(x: f64, start: Instant) -> f64 {
    let mut s = x;
    #[checkpoint(10)]
    for _ in 0..1000 {
        let late = Instant::now() > start;
        if late {
            s = s.sin();
        }
    }
    s
}

fn main() {}
