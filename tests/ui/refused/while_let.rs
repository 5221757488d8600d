use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut work = vec![1, 2];
    let mut s = x;
    while let Some(k) = work.pop() {
        s *= k as f64;
    }
    s
}

fn main() {}
