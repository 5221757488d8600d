use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, history: &mut Vec<f64>) {
    history.push(x * x);
}

fn main() {}
