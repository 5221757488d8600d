//! Methods of `Option` and `Result`.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn root(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x.sqrt()) } else { None }
}

#[twin]
#[conservative_grad]
fn log(x: f64) -> Result<f64, String> {
    if x <= 0.0 {
        return Err(String::from("negative"));
    }
    Ok(x.ln())
}

#[twin]
#[conservative_grad]
fn twice(x: f64) -> f64 {
    x * x * 2.0
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn unwraps(x: f64, y: f64) -> f64 {
    let a = root(x).unwrap();
    let b = root(y).expect("a positive number");
    let c = log(x * y).unwrap();
    let d = log(x).expect("a positive number");
    a * b + c * d
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn unwrap_or_and_its_kin(x: f64, y: f64) -> f64 {
    let a = root(x).unwrap_or(y);
    let b = root(-x).unwrap_or(y * y);
    let c = root(-y).unwrap_or_else(|| x * y);
    let d: f64 = root(-y).unwrap_or_default();
    let e = log(-x).unwrap_or_else(|e| if e.len() > 3 { x } else { y });
    let f = log(x).unwrap_or_else(|_| y);
    a * b * c + d + e * f
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn maps(x: f64, y: f64) -> f64 {
    let a = root(x).map(|v| v * y).unwrap_or(0.0);
    let b = root(-x).map(|v| v * y).unwrap_or(x);
    let c = root(x).map_or(y, |v| v * v * v);
    let d = root(-x).map_or(y * 2.0, |v| v * v);
    let e = root(y).map_or_else(|| x, twice);
    let f = log(y).map(|v| v * x).unwrap_or(0.0);
    let g = log(-y).map(|v| v * x).unwrap_or(x * x);
    let h = root(x).map(f64::sin).map(twice).unwrap();
    a + b * c + d * e + f * g + h
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn chains(x: f64, y: f64) -> f64 {
    let a = root(x).and_then(|v| root(v * y)).unwrap_or(x);
    let b = root(x).and_then(|v| root(-v)).or_else(|| root(y)).unwrap();
    let c = root(-x).or(root(y * y)).unwrap_or(1.0);
    let d = root(x).and(root(y)).unwrap();
    let e = log(x).and_then(|v| log(v * v + y)).unwrap_or(2.0);
    let f = log(-x).or_else(|_| log(y)).unwrap_or(3.0);
    let g = root(x).filter(|v| *v > 0.1).unwrap_or(y);
    let h = root(x).filter(|&v| v > 10.0).unwrap_or(y * y);
    a * b + c * d + e * f + g * h
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn between_the_two(x: f64, y: f64) -> f64 {
    let a = root(x).ok_or("none").unwrap_or(0.0);
    let b = root(-x).ok_or_else(|| "none").unwrap_or(y);
    let c = log(x).ok().unwrap_or(1.0);
    let d = log(-x).ok().map(|v| v * x).unwrap_or(y * x);
    let e = log(x).map_err(|e| e.len()).unwrap_or(1.0);
    let f = match log(-y).map_err(|e| e.len() as f64) {
        Ok(v) => v,
        Err(n) => n * x,
    };
    a * b + c * d + e * f
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn tests(x: f64, y: f64) -> f64 {
    let o = Some(x * y);
    let mut s = x;
    if o.is_some() {
        s *= y;
    }
    if o.is_none() {
        s *= 7.0;
    }
    if log(x).is_ok() && log(-x).is_err() {
        s += y * y;
    }
    if o.is_some_and(|v| v > 0.0) && !o.is_some_and(|v| v > 1000.0) {
        s *= x;
    }
    if root(x).is_none_or(|v| v < 50.0) {
        s += 1.0;
    }
    s
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn taken_and_replaced(x: f64, y: f64) -> f64 {
    let mut o = Some(x * y);
    let a = o.take().unwrap_or(0.0);
    let b = o.take().unwrap_or(x);
    let c = o.replace(y * y).unwrap_or(a);
    let d = o.replace(x + c).unwrap_or(0.0);
    let e = *o.insert(d * b);
    let f = *o.get_or_insert(100.0);
    o = None;
    let g = *o.get_or_insert_with(|| e * x);
    *o.get_or_insert_with(|| 3.0) *= y;
    a * b + c * d + e * f + g + o.unwrap_or(0.0)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn through_references(x: f64, y: f64) -> f64 {
    let mut o = Some(x * y);
    let a = o.as_ref().map(|v| v * x).unwrap_or(0.0);
    if let Some(v) = o.as_mut() {
        *v *= *v;
    }
    *o.as_mut().unwrap() += y;
    let b = o.as_ref().copied().unwrap_or(1.0);
    let c = o.as_ref().unwrap() * y;
    a * b + c
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn zipped(x: f64, y: f64) -> f64 {
    let a = root(x).zip(root(y)).map(|(a, b)| a * b + a).unwrap_or(0.0);
    let b = root(x).zip(root(-y)).map_or(x * y, |(a, b)| a * b);
    let c = Some(root(x)).flatten().unwrap_or(1.0);
    a * b * c
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn elements(xs: &[f64], y: f64) -> f64 {
    let a = xs.first().unwrap() * xs.last().copied().unwrap_or(1.0);
    let b = xs.get(2).map(|v| v * v).unwrap_or(y);
    let c = xs.get(9).copied().unwrap_or(y);
    let d = xs.get(1).unwrap_or(&y) * xs.get(12).unwrap_or(&y);
    let e = match xs.split_first() {
        Some((head, tail)) => head * tail[0],
        None => 0.0,
    };
    let Some((last, init)) = xs.split_last() else {
        return y;
    };
    let f = xs.get(1..3).map_or(0.0, |part| part[0] * part[1]);
    let g = xs.get(3..9).map_or(y, |part| part[0]);
    a * b + c * d + e * last * init[3] + f * g
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn elements_changed(xs: &[f64], y: f64) -> f64 {
    let mut v = xs.to_vec();
    *v.last_mut().unwrap() *= y;
    if let Some(first) = v.first_mut() {
        *first = *first * *first;
    }
    if let Some(x) = v.get_mut(1) {
        *x += y;
    }
    if let Some(x) = v.get_mut(10) {
        *x = 0.0;
    }
    if let Some((head, tail)) = v.split_first_mut() {
        *head *= tail[0];
        tail[1] += *head;
    }
    let last = v.last_mut();
    if let Some(l) = last {
        *l *= 3.0;
    }
    v[0] * v[1] + v[2] * v[3]
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn found(xs: &[f64], y: f64) -> f64 {
    let a = xs.iter().find(|x| **x > 0.0).map(|x| x * y).unwrap_or(1.0);
    let b = if let Some(x) = xs.iter().find(|x| **x > 100.0) {
        *x
    } else {
        y
    };
    let Some(c) = xs.iter().copied().reduce(f64::max) else {
        return 0.0;
    };
    let d = xs.iter().position(|x| *x > 1.0);
    let e = match d {
        Some(k) => xs[k] * y,
        None => y,
    };
    let best = xs.iter().max_by(|a, b| a.total_cmp(b));
    let f = best.map_or(0.0, |b| b * b);
    a * b + c * e + f
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn bound_and_used_twice(x: f64, y: f64) -> f64 {
    let o = root(x);
    let p = o.map(|v| v * y);
    let q = o.map(|v| v + y);
    let s = p.unwrap_or(0.0) * q.unwrap_or(0.0);
    s * o.unwrap_or(1.0)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn receivers_come_first(x: f64, y: f64) -> f64 {
    let mut o = Some(x);
    let a = o.unwrap_or({
        o = Some(y);
        7.0
    });
    let b = o.map(|v| {
        o = None;
        v * y
    });
    a * b.unwrap_or(0.0) + o.unwrap_or(x * y)
}

#[twin]
#[conservative_grad]
fn closure_with_a_question_mark(x: f64, y: f64) -> Option<f64> {
    let half = |v: f64| -> Option<f64> {
        let r = root(v)?;
        if r > 100.0 {
            return None;
        }
        Some(r * 0.5)
    };
    let a = half(x)?;
    let b = half(y).or_else(|| half(x))?;
    Some(a * b)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn closures_leave_for_themselves(x: f64, y: f64) -> f64 {
    closure_with_a_question_mark(x, y).unwrap_or(1.0) * x
        + closure_with_a_question_mark(x, -y).unwrap_or(y)
        + closure_with_a_question_mark(-x, y).unwrap_or(y * x)
}
