use ad_runtime::conservative_grad;

fn fill(_: &mut Vec<f64>) {}

#[conservative_grad]
fn f(x: f64) -> f64 {
    let mut v = Default::default();
    fill(&mut v);
    v.push(x);
    v[0]
}

fn main() {}
