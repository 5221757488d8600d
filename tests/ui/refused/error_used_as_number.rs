use ad_runtime::conservative_grad;

#[conservative_grad]
fn bound(x: &[f64]) -> f64 {
    let r: Result<f64, f64> = if x[0] > 0.5 { Err(x[0] * x[0]) } else { Ok(x[1]) };
    match r {
        Ok(v) => v,
        Err(e) => e * x[2],
    }
}

#[conservative_grad]
fn safe(v: f64) -> Result<f64, f64> {
    if v < 0.0 { Err(-v) } else { Ok(v.sqrt()) }
}

#[conservative_grad]
fn of_a_callee(x: f64) -> f64 {
    match safe(x) {
        Ok(v) => v,
        Err(e) => e,
    }
}

#[conservative_grad]
fn given_to_a_closure(x: f64) -> f64 {
    safe(x).unwrap_or_else(|e| 2.0 * e - 1.0)
}

#[conservative_grad]
fn folded(xs: &[f64]) -> f64 {
    let r: Result<f64, f64> = xs.iter().try_fold(1.0, |p, x| if p > 4.0 { Err(p * p) } else { Ok(p * x) });
    match r {
        Ok(v) => v,
        Err(e) => e + 1.0,
    }
}

#[conservative_grad]
fn collected(xs: &[f64]) -> f64 {
    let r: Result<Vec<f64>, f64> = xs.iter().map(|x| if *x < 0.0 { Err(x * x) } else { Ok(*x) }).collect();
    match r {
        Ok(v) => v[0],
        Err(e) => 3.0 * e,
    }
}

enum Bad {
    Negative(f64),
    Zero,
}

#[conservative_grad]
fn in_an_enum(x: f64, y: f64) -> f64 {
    let r: Result<f64, Bad> = if x < 0.0 { Err(Bad::Negative(x)) } else { Ok(y) };
    match r {
        Ok(v) => v,
        Err(Bad::Negative(at)) => at * y,
        Err(Bad::Zero) => 0.0,
    }
}

#[conservative_grad]
fn stored(x: f64, out: &mut [f64]) {
    if let Err(e) = safe(x) {
        out[0] = e;
    }
}

// Stopped on purpose, looked at, or handed on.
#[conservative_grad]
fn fine(x: f64) -> Result<f64, f64> {
    match safe(x) {
        Ok(v) if v > 9.0 => Err(v),
        Ok(v) => Ok(v),
        Err(e) if e > 3.0 => Ok(x * ad_runtime::constant(e)),
        Err(e) => {
            println!("{e}");
            Err(e)
        }
    }
}

#[conservative_grad]
fn stopped_where_it_is_made(x: f64, y: f64) -> f64 {
    let r: Result<f64, f64> = if x > 1.0 { Err(ad_runtime::constant(x)) } else { Ok(x) };
    match r {
        Ok(v) => v,
        Err(e) => e * y,
    }
}

fn main() {}
