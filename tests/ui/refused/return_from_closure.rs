use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64) -> f64 {
    let g = |v: f64| {
        if v > 0.0 {
            return v;
        }
        -v
    };
    g(x)
}

fn main() {}
