use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> Option<f64> {
    let n: i32 = "3".parse::<i32>().ok()?;
    Some(x * n as f64)
}

fn main() {}
