use ad_runtime::conservative_grad;

#[conservative_grad]
fn twice(g: impl Fn(f64) -> Result<f64, String>, x: f64) -> Result<f64, String> {
    g(g(x)?)
}

#[conservative_grad]
fn f(x: f64, y: f64) -> Result<f64, String> {
    twice(|v| if v > 100.0 { Err("large".to_string()) } else { Ok(v * y) }, x)
}

fn main() {}
