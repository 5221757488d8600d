use ad_runtime::conservative_grad;

#[conservative_grad]
fn twice(mut g: impl FnMut(f64) -> f64, x: f64) -> f64 {
    let y = g(x);
    g(y)
}

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut calls = 0.0;
    let y = twice(
        |v| {
            calls += 1.0;
            v * v
        },
        x,
    );
    y * calls
}

fn main() {}
