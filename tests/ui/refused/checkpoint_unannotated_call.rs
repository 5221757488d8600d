use ad_runtime::conservative_grad;

fn random() -> usize {
    4
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut s = x;
    #[checkpoint(10)]
    for _ in 0..1000 {
        s = (s * random() as f64).sin();
    }
    s
}

fn main() {}
