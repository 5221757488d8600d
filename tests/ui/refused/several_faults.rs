use ad_runtime::conservative_grad;

macro_rules! twice {
    ($e:expr) => {
        $e * 2.0
    };
}

#[conservative_grad]
fn f(x: f64, table: &[i32]) -> f64 {
    let p = &raw const x;
    drop(p);
    let y = x.next_up();
    let z = twice!(y);
    if let Some(k) = table.first() {
        return z * *k as f64;
    }
    z * 2.0
}

fn main() {}
