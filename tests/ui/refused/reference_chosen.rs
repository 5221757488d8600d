use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let (mut a, mut b, w) = (x, y, Some(x * y));
    let r = if let Some(w) = w { a *= w; &mut a } else { &mut b };
    *r *= 2.0;
    a * b * w.unwrap_or(1.0)
}

#[conservative_grad]
fn g(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x, y);
    for r in [&mut a, &mut b] {
        *r *= 2.0;
    }
    a * b
}

#[conservative_grad]
fn h(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let above: Vec<&mut f64> = v.iter_mut().filter(|x| **x > 1.0).collect();
    for x in above {
        *x *= 2.0;
    }
    v.iter().sum()
}

fn main() {}
