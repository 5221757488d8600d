use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut s = x;
    #[checkpoint]
    for _ in 0..1000 {
        s = s.sin();
    }
    #[checkpoint(0)]
    for _ in 0..1000 {
        s = s.sin();
    }
    s
}

fn main() {}
