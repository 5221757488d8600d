use ad_runtime::conservative_grad;

macro_rules! double {
    ($v:ident) => {
        $v *= 2.0
    };
}

#[conservative_grad]
fn f(mut s: f64) -> f64 {
    double!(s);
    s
}

fn main() {}
