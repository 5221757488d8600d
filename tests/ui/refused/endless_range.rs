use ad_runtime::conservative_grad;

#[conservative_grad]
fn f(x: f64, y: f64) -> f64 {
    let mut s = x;
    for k in 0.. {
        s *= y;
        if k > 3 {
            break;
        }
    }
    s
}

fn main() {}
