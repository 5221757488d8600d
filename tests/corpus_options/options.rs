//! `Option` by pattern: `if let`, `let .. else`, `while let`, `match`, chains.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(c = true)]
#[conservative_grad]
fn if_let_some(x: f64, c: bool) -> f64 {
    let o = if c { Some(x * x) } else { None };
    if let Some(y) = o { y * x } else { 3.0 * x }
}

#[program(c = false)]
#[conservative_grad]
fn if_let_none(x: f64, c: bool) -> f64 {
    let o = if c { Some(x * x) } else { None };
    if let Some(y) = o { y * x } else { 3.0 * x }
}

#[program(xs[6])]
#[conservative_grad]
fn best_so_far(xs: &[f64]) -> f64 {
    let mut best: Option<f64> = None;
    for x in xs {
        match best {
            None => best = Some(*x),
            Some(b) if *x > b => best = Some(*x * 2.0 - b),
            _ => {}
        }
    }
    match best {
        Some(b) => b * b,
        None => 0.0,
    }
}

#[program(xs[5])]
#[conservative_grad]
fn let_else_of_a_slice(xs: &[f64]) -> f64 {
    let Some(first) = xs.first() else { return 0.0 };
    let Some(&last) = xs.last() else { return 1.0 };
    let Some(none) = xs.get(17) else {
        return first * last * last;
    };
    first + none
}

#[program(a = 3)]
#[conservative_grad]
fn chain_of_conditions(x: f64, y: f64, a: usize) -> f64 {
    let o = Some(x * y);
    let p: Option<f64> = if a > 2 { Some(y) } else { None };
    if a > 1
        && let Some(s) = o
        && let Some(t) = p
        && s < 100.0
    {
        s * s + t
    } else if let Some(s) = o {
        s
    } else {
        x
    }
}

#[program(a = 1)]
#[conservative_grad]
fn chain_that_fails_late(x: f64, y: f64, a: usize) -> f64 {
    let o = Some(x * y);
    let p: Option<f64> = if a > 2 { Some(y) } else { None };
    let mut count = x;
    if a > 0
        && let Some(s) = o
        && {
            count += s;
            true
        }
        && let Some(t) = p
    {
        count * t
    } else if let Some(s) = o {
        s * count
    } else {
        x
    }
}

#[program(xs[4])]
#[conservative_grad]
fn while_let_over_an_index(xs: &[f64]) -> f64 {
    let mut i = 0;
    let mut s = 1.0;
    while let Some(x) = xs.get(i) {
        i += 1;
        if *x < -0.7 {
            continue;
        }
        if s > 50.0 {
            break;
        }
        s = s * x + 1.0;
    }
    s
}

#[program]
#[conservative_grad]
fn nested_options(x: f64) -> f64 {
    let o: Option<Option<f64>> = Some(Some(x * x));
    let mut s = 0.0;
    if let Some(Some(y)) = o {
        s += y * x;
    }
    match o {
        Some(None) => s,
        Some(Some(y)) if y > 100.0 => s + y,
        Some(Some(y)) => s * y,
        None => 0.0,
    }
}

#[program]
#[conservative_grad]
fn tuples_of_options(x: f64, y: f64) -> f64 {
    let pair = (Some(x * y), if x > 5.0 { Some(y) } else { None });
    match pair {
        (Some(a), Some(b)) => a * b,
        (Some(a), None) | (None, Some(a)) => a * a,
        (None, None) => 0.0,
    }
}

#[program]
#[conservative_grad]
fn matched_by_reference(x: f64, y: f64) -> f64 {
    let mut o = Some(x);
    if let Some(v) = &mut o {
        *v *= y;
        *v += x;
    }
    match &o {
        Some(v) => v * v,
        None => 0.0,
    }
}

#[program]
#[conservative_grad]
fn overwritten_payload(x: f64, y: f64) -> f64 {
    let mut o = Some(x * x);
    let before = match o {
        Some(v) => v.sin(),
        None => 0.0,
    };
    o = Some(y * before);
    let after = match o {
        Some(v) => v.sin(),
        None => 0.0,
    };
    o = None;
    if let Some(v) = o {
        return v;
    }
    before * after
}

#[program(xs[5])]
#[conservative_grad]
fn previous_element(xs: &[f64]) -> f64 {
    let mut last: Option<f64> = None;
    let mut sum = 0.0;
    for &x in xs {
        if let Some(p) = last {
            sum += (x - p) * (x - p) * x;
        }
        last = Some(x);
    }
    sum
}

#[program(xs[6])]
#[conservative_grad]
fn toggled(xs: &[f64]) -> f64 {
    let mut held: Option<f64> = None;
    let mut sum = 0.0;
    for &x in xs {
        held = match held {
            Some(h) => {
                sum += h * x;
                None
            }
            None => Some(x * x),
        };
    }
    sum
}

#[program(xs[4])]
#[conservative_grad]
fn shadowed_names(xs: &[f64]) -> f64 {
    let x = xs[0];
    let o = Some(x * 2.0);
    let Some(x) = o else { return x };
    let o = Some((x, xs[1]));
    if let Some((x, y)) = o {
        let x = x * y;
        return x * xs[2];
    }
    x
}

#[program]
#[conservative_grad]
fn bound_whole_and_part(x: f64, y: f64) -> f64 {
    let o = Some(x * y);
    match o {
        whole @ Some(v) if v < 100.0 => {
            let w = whole.unwrap_or(0.0);
            v * w + x
        }
        _ => x,
    }
}

#[twin]
#[conservative_grad]
fn root(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x.sqrt()) } else { None }
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn call_and_match(x: f64, y: f64) -> f64 {
    let a = match root(x) {
        Some(a) => a * y,
        None => y,
    };
    let b = if let Some(b) = root(a - 100.0) { b } else { a };
    a * b
}

#[twin]
#[conservative_grad]
fn both(x: f64, y: f64) -> Option<f64> {
    let a = root(x)?;
    let b = root(y * a)?;
    Some(a * b + x)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn question_mark(x: f64, y: f64) -> f64 {
    let Some(v) = both(x, y) else { return x };
    let w = both(x, -y).unwrap_or(y * x);
    v * w
}

#[twin]
#[conservative_grad]
fn sum_of_roots(xs: &[f64]) -> Option<f64> {
    let mut s = 0.0;
    for x in xs {
        if *x > 1.9 {
            return None;
        }
        s += root(*x)? * s + 1.0;
    }
    Some(s)
}

#[program(xs[5], on(0.5, 1.5))]
#[conservative_grad]
fn question_mark_in_a_loop(xs: &[f64]) -> f64 {
    match sum_of_roots(xs) {
        Some(s) => s * xs[0],
        None => xs[1],
    }
}

#[program]
#[conservative_grad]
fn guards_and_matches(x: f64, y: f64) -> f64 {
    let o = Some(x + y);
    let mut s = x * y;
    if matches!(o, Some(v) if v > -10.0) {
        s *= 2.0;
    }
    if matches!(o, None | Some(_)) {
        s += y;
    }
    if !matches!(&o, Some(v) if *v > 10.0) {
        s *= x;
    }
    s
}

#[program(n = 7)]
#[conservative_grad]
fn discrete_options(x: f64, n: usize) -> f64 {
    let k = n.checked_sub(3).unwrap_or(0);
    let j: Option<usize> = if n > 100 { Some(n) } else { None };
    let mut s = x * k as f64;
    if let Some(j) = j {
        s *= j as f64;
    }
    if let Some(m) = n.checked_sub(5) {
        s *= m as f64 * x;
    }
    s
}

#[twin]
#[conservative_grad]
fn in_a_parameter(o: Option<f64>, p: &Option<f64>, x: f64) -> f64 {
    let a = match o {
        Some(a) => a * x,
        None => x,
    };
    match p {
        Some(p) => a * p,
        None => a,
    }
}

#[program]
#[conservative_grad]
fn options_as_arguments(x: f64, y: f64) -> f64 {
    let o = Some(x * y);
    let a = in_a_parameter(o, &o, y);
    let b = in_a_parameter(None, &Some(x), x);
    let c = in_a_parameter(Some(y), &None, a);
    a * b + c
}

#[twin]
#[conservative_grad]
fn raise(o: &mut Option<f64>, x: f64) {
    match o {
        Some(v) => *v = *v * x + *v * *v,
        None => *o = Some(x * x),
    }
}

#[program]
#[conservative_grad]
fn options_changed_by_calls(x: f64, y: f64) -> f64 {
    let mut o = None;
    raise(&mut o, x);
    raise(&mut o, y);
    let a = o.unwrap_or(0.0);
    o = None;
    raise(&mut o, a);
    a * o.unwrap_or(y)
}

#[program(xs[6])]
#[conservative_grad]
fn machine_with_an_option(xs: &[f64]) -> f64 {
    let mut pending: Option<(f64, usize)> = None;
    let mut total = 0.0;
    for (i, &x) in xs.iter().enumerate() {
        pending = match pending {
            Some((v, since)) if i - since >= 2 => {
                total += v * x;
                None
            }
            Some((v, since)) => Some((v * x, since)),
            None => Some((x + 1.0, i)),
        };
    }
    match pending {
        Some((v, _)) => total + v,
        None => total,
    }
}
