//! `Result`: matches, `?`, errors of any type.

use ad_runtime::conservative_grad;
use twin::{program, twin};

/// An error that can be neither cloned nor sent to another thread.
#[derive(Debug)]
pub enum Bad {
    Negative(std::rc::Rc<str>),
    Zero,
}

impl From<String> for Bad {
    fn from(text: String) -> Bad {
        Bad::Negative(text.into())
    }
}

#[twin]
#[conservative_grad]
fn log(x: f64) -> Result<f64, Bad> {
    if x < 0.0 {
        return Err(Bad::Negative("negative".into()));
    }
    if x == 0.0 { Err(Bad::Zero) } else { Ok(x.ln()) }
}

#[twin]
#[conservative_grad]
fn inverse(x: f64) -> Result<f64, String> {
    if x == 0.0 {
        return Err("zero".to_string());
    }
    Ok(1.0 / x)
}

#[twin]
#[conservative_grad]
fn converted(x: f64, y: f64) -> Result<f64, Bad> {
    let a = inverse(x)?;
    let b = log(y)?;
    Ok(a * b)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn errors_are_converted(x: f64, y: f64) -> f64 {
    let a = match converted(x, y) {
        Ok(v) => v * x,
        Err(Bad::Zero) => x,
        Err(Bad::Negative(text)) => y * text.len() as f64,
    };
    let b = match converted(x, -y) {
        Ok(v) => v * x,
        Err(Bad::Zero) => x,
        Err(Bad::Negative(text)) => y * text.len() as f64,
    };
    a * b
}

#[twin]
#[conservative_grad]
fn sum_of_logs(xs: &[f64]) -> Result<f64, Bad> {
    let mut s = 0.0;
    for (i, x) in xs.iter().enumerate() {
        if i > 100 {
            return Err(Bad::Zero);
        }
        s += log(*x)? * s + *x;
    }
    Ok(s)
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn in_a_loop(xs: &[f64]) -> f64 {
    if let Ok(s) = sum_of_logs(xs) {
        s * s
    } else {
        0.0
    }
}

#[twin]
#[conservative_grad]
fn boxed(x: f64) -> Result<f64, Box<dyn std::error::Error>> {
    let n: usize = "17".parse()?;
    let y = inverse(x * n as f64)?;
    if y > 1e9 {
        return Err("too much".into());
    }
    Ok(y)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn any_error(x: f64, y: f64) -> f64 {
    match boxed(x) {
        Ok(v) => v * y,
        Err(e) => {
            if e.to_string().is_empty() {
                x
            } else {
                y
            }
        }
    }
}

#[twin]
#[conservative_grad]
fn handed_on(x: f64) -> Result<f64, Bad> {
    let r = log(x);
    match r {
        Ok(v) if v > 100.0 => Err(Bad::Zero),
        Ok(v) => Ok(v * v),
        Err(e) => Err(e),
    }
}

#[twin]
#[conservative_grad]
fn tail_call(x: f64) -> Result<f64, Bad> {
    handed_on(x * x)
}

#[twin]
#[conservative_grad]
fn bound_and_returned(x: f64) -> Result<f64, Bad> {
    let r = if x > 1.0 { tail_call(x) } else { log(x) };
    r
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn handed_through(x: f64, y: f64) -> f64 {
    let a = bound_and_returned(x).unwrap_or(1.0);
    let b = bound_and_returned(y).map_err(|_| 3).unwrap_or(2.0);
    a * b + x
}

#[twin]
#[conservative_grad]
fn pair(x: f64, y: f64) -> Result<(f64, f64), Bad> {
    Ok((log(x)? * y, x * y))
}

#[twin]
#[conservative_grad]
fn list(x: f64, n: usize) -> Result<Vec<f64>, Bad> {
    let mut v = Vec::new();
    for i in 0..n {
        v.push(log(x + i as f64)?);
    }
    Ok(v)
}

#[program(n = 4, on(0.5, 2.0))]
#[conservative_grad]
fn larger_contents(x: f64, y: f64, n: usize) -> f64 {
    let mut s = 0.0;
    if let Ok((a, b)) = pair(x, y) {
        s += a * b;
    }
    let Ok(v) = list(x, n) else { return 0.0 };
    for a in &v {
        s += a * y;
    }
    let w = list(y, n).unwrap_or_default();
    let z = list(-y, n).unwrap_or_default();
    s * w[1] * w[1] + z.len() as f64
}

#[twin]
#[conservative_grad]
fn step(s: &mut [f64], dt: f64) -> Result<(), Bad> {
    let d = log(s[0])?;
    s[0] += dt * d;
    if s[0] > 1e6 {
        return Err(Bad::Zero);
    }
    s[1] *= s[0];
    Ok(())
}

#[program(on(1.5, 2.0))]
#[conservative_grad]
fn steps_that_may_fail(x: f64, y: f64) -> f64 {
    let mut s = [x, y];
    for _ in 0..3 {
        if step(&mut s, 0.1 * y).is_err() {
            break;
        }
    }
    s[0] * s[1]
}

#[program(on(1.5, 2.0))]
#[conservative_grad]
fn step_that_fails_midway(x: f64, y: f64) -> f64 {
    let mut s = [x, y];
    let ok = step(&mut s, 1e9).is_ok();
    let r = step(&mut s, y);
    if r.is_err() || !ok {
        s[0] * 1e-9 * s[1]
    } else {
        s[0]
    }
}

#[twin]
#[conservative_grad]
fn deep(x: f64, n: usize) -> Result<f64, Bad> {
    if n == 0 {
        return log(x);
    }
    let v = deep(x + 1.0, n - 1)?;
    Ok(v * x)
}

#[program(n = 3, on(0.5, 2.0))]
#[conservative_grad]
fn recursive(x: f64, n: usize) -> f64 {
    deep(x, n).unwrap_or(x)
}

#[twin]
#[conservative_grad]
fn option_in_result(x: f64) -> Result<Option<f64>, Bad> {
    let v = log(x)?;
    Ok(if v > 50.0 { None } else { Some(v * x) })
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn layers(x: f64, y: f64) -> f64 {
    let a = match option_in_result(x) {
        Ok(Some(v)) => v * y,
        Ok(None) => y,
        Err(_) => x,
    };
    let b = option_in_result(y).ok().flatten().unwrap_or(1.0);
    a * b
}

/// Errors of numbers that carry no derivative, or are only looked at.
#[program(on(0.5, 2.0))]
#[conservative_grad]
fn errors_of_numbers(x: f64, y: f64) -> f64 {
    let r: Result<f64, f64> = if x > y { Err(2.5) } else { Ok(x * y) };
    let a = match r {
        Ok(v) => v,
        Err(e) => e * y,
    };
    let r: Result<f64, f64> = if x * y > 1.0 { Err(x * x) } else { Ok(x) };
    let b = match r {
        Ok(v) => v,
        Err(e) if e > 2.0 => y * x,
        Err(_) => x,
    };
    let r: Result<f64, usize> = if x < y { Err(3) } else { Ok(y) };
    let c = match r {
        Ok(v) => v,
        Err(k) => k as f64 * x,
    };
    let d = match inverse(x) {
        Ok(v) => v,
        Err(e) => e.len() as f64 * y,
    };
    a * b + c * d
}
