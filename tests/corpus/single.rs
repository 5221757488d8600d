//! `f32`. The names begin with `single_`: the harness compares with single precision.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn single_polynomial(x: f32, y: f32) -> f32 {
    x * x * y + 0.1 * x - y / 3.0
}

#[program(x[4])]
#[conservative_grad]
fn single_norm(x: &[f32]) -> f32 {
    let mut s = 1.0;
    for v in x {
        s += v * v;
    }
    s.sqrt()
}

#[program()]
#[conservative_grad]
fn single_functions(x: f32, y: f32) -> f32 {
    x.sin() * y.exp() + x.max(y).tanh() - (x * y).abs()
}

#[program(y[3])]
#[conservative_grad]
fn single_in_place(a: f32, y: &mut [f32]) {
    for i in 1..y.len() {
        y[i] = y[i - 1] * a + y[i];
    }
}

#[program()]
#[conservative_grad]
fn single_to_double(x: f32, y: f64) -> f64 {
    let wide = x as f64;
    let back = (y * 0.5) as f32;
    wide * y + f64::from(back)
}
