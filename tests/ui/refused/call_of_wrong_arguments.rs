use ad_runtime::conservative_grad;

#[conservative_grad]
fn callee(x: f64, n: usize) -> f64 {
    x * n as f64
}

#[conservative_grad]
fn too_few(x: f64) -> f64 {
    callee(x)
}

#[conservative_grad]
fn too_many(x: f64) -> f64 {
    callee(x, 2, 3)
}

#[conservative_grad]
fn of_another_type(xs: &[f64]) -> f64 {
    callee(xs, 2)
}

fn main() {}
