use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> Option<f64> {
    let mut s = x;
    #[checkpoint(10)]
    for k in 0..1000 {
        s = s.sin();
        let t = if s < 0.0 { None } else { Some(s) };
        s = t? * k as f64;
    }
    Some(s)
}

fn main() {}
