use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(xs: &[f64], ys: &[f64]) -> f64 {
    let positive = xs.iter().filter(|x| **x > 0.0);
    let negative = ys.iter().filter(|y| **y < 0.0);
    positive.zip(negative).map(|(x, y)| x * y).sum()
}

fn main() {}
