use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut s = x;
    #[checkpoint(10)]
    for _ in 0..1000 {
        s = s.sin();
        if s < 1e-3 {
            break;
        }
    }
    s
}

fn main() {}
