//! Programs made to break the derivative: values that change under a pattern, leave by several
//! ways, or are used after they were matched.

use ad_runtime::{Differentiable, conservative_grad};
use twin::{program, twin};

#[derive(Clone, Debug, Differentiable)]
enum Op<T> {
    Add(T),
    Mul { by: T, times: usize },
    Stop,
    Nested(Option<Vec<T>>),
}

#[derive(Clone, Debug, Differentiable)]
struct State<T> {
    best: Option<T>,
    log: Vec<Option<T>>,
    op: Op<T>,
    inner: Option<Inner<T>>,
}

#[derive(Clone, Debug, Differentiable)]
struct Inner<T> {
    a: T,
    b: Vec<T>,
}

#[twin]
#[conservative_grad]
fn check(x: f64) -> Result<f64, String> {
    if x > 40.0 {
        Err("large".to_string())
    } else {
        Ok(x * x)
    }
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn interpreter(xs: &[f64]) -> f64 {
    let mut acc = xs[0];
    let mut k = 0;
    let mut steps = 0;
    loop {
        let op = match k % 4 {
            0 => Op::Add(xs[k] * acc),
            1 => Op::Mul {
                by: xs[k],
                times: 2,
            },
            2 => Op::Nested(Some(vec![xs[k], acc])),
            _ if steps > 7 => Op::Stop,
            _ => Op::Nested(None),
        };
        acc = match op {
            Op::Add(x) => acc + x,
            Op::Mul { by, times } => {
                let mut a = acc;
                for _ in 0..times {
                    a *= by;
                }
                a
            }
            Op::Nested(Some(v)) => v[0] * v[1] * 0.5,
            Op::Nested(None) => acc - 0.25,
            Op::Stop => break,
        };
        k = (k + 1) % 5;
        steps += 1;
        if steps > 12 {
            return acc * acc;
        }
    }
    acc
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn options_in_a_struct(xs: &[f64]) -> f64 {
    let mut s = State {
        best: None,
        log: Vec::new(),
        op: Op::Stop,
        inner: None,
    };
    for (i, &x) in xs.iter().enumerate() {
        match s.best {
            Some(b) if b > x => s.log.push(None),
            Some(b) => {
                s.log.push(Some(b * x));
                s.best = Some(x + b * 0.5);
            }
            None => s.best = Some(x),
        }
        if let Some(inner) = &mut s.inner {
            inner.a *= x;
            inner.b.push(inner.a);
        } else {
            s.inner = Some(Inner {
                a: x,
                b: vec![x * x],
            });
        }
        if i == 3 {
            if let Some(Inner { a, .. }) = s.inner.take() {
                s.op = Op::Add(a);
            }
        }
    }
    let mut sum = s.best.unwrap_or(0.0);
    for l in &s.log {
        sum += l.unwrap_or(0.25) * sum;
    }
    if let Op::Add(a) = s.op {
        sum *= a;
    }
    match s.inner {
        Some(Inner { a, b }) => sum + a * b[b.len() - 1],
        None => sum,
    }
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn carried_out_of_a_loop(xs: &[f64]) -> f64 {
    let mut found = None;
    let mut before = 1.0;
    for (i, x) in xs.iter().enumerate() {
        if before * x > 2.0 {
            found = Some((i, before * x));
            break;
        }
        before = before * x + 0.5;
    }
    match found {
        Some((0, v)) => v,
        Some((i, v)) => v * xs[i - 1],
        None => before,
    }
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn value_of_a_loop(xs: &[f64]) -> f64 {
    let mut i = 0;
    let r: Result<f64, usize> = loop {
        if i == xs.len() {
            break Err(i);
        }
        if xs[i] > 1.5 {
            break Ok(xs[i] * xs[0]);
        }
        i += 1;
    };
    match r {
        Ok(v) => v * v,
        Err(n) => xs[0] * xs[n - 1],
    }
}

#[twin]
#[conservative_grad]
fn early(xs: &[f64], limit: f64) -> Result<f64, String> {
    let mut s = 0.0;
    let mut last = None;
    for &x in xs {
        let v = check(x * limit)?;
        let Some(p) = last.replace(v) else { continue };
        if p > 30.0 {
            return Ok(s * p);
        }
        s += match check(p * v) {
            Ok(q) if q > 9.0 => return Err(format_of(p > v)),
            Ok(q) => q * x,
            Err(_) => break,
        };
    }
    let l = last.ok_or_else(|| "empty".to_string())?;
    Ok(s + l)
}

#[twin]
fn format_of(b: bool) -> String {
    if b { "a".to_string() } else { "bc".to_string() }
}

#[program(xs[4], on(0.5, 1.3))]
#[conservative_grad]
fn many_exits(xs: &[f64]) -> f64 {
    let mut total = 0.0;
    for k in 1..6 {
        total += match early(xs, 0.3 * k as f64) {
            Ok(v) => v * total + xs[0],
            Err(e) => e.len() as f64 * xs[1],
        };
    }
    total
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn same_name_in_every_branch(xs: &[f64]) -> f64 {
    let v = Some(xs[0]);
    let v = if let Some(v) = v { Some(v * xs[1]) } else { v };
    let v = match v {
        Some(v) if v > 100.0 => None,
        Some(v) => Some((v, v * xs[2])),
        None => None,
    };
    let Some((v, w)) = v else { return xs[3] };
    let v = Some(v).filter(|v| *v > 0.0).map(|v| v * w);
    v.unwrap_or(w)
}

#[program(xs[6], on(0.5, 2.0))]
#[conservative_grad]
fn pairs_of_neighbours(xs: &[f64]) -> f64 {
    let rest = xs;
    let mut sum = 0.0;
    let mut i = 0;
    while i + 1 < rest.len() {
        if let [a, b, ..] = &rest[i..] {
            sum += a * b * sum + a;
        }
        i += 2;
    }
    sum
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn the_option_is_read_after_the_payload_changed(xs: &[f64]) -> f64 {
    let mut o = Some([xs[0], xs[1]]);
    let mut sum = 0.0;
    for k in 0..3 {
        if let Some(a) = o.as_mut() {
            a[0] *= a[1];
            sum += a[0] * a[0];
        }
        if let Some([a, b]) = o {
            sum += a * b;
            if k == 1 {
                o = None;
            }
        } else {
            o = Some([sum, xs[2]]);
        }
    }
    sum * o.map_or(xs[3], |[a, b]| a - b)
}

#[program(n = 3, on(0.5, 2.0))]
#[conservative_grad]
fn results_in_a_list(x: f64, y: f64, n: usize) -> f64 {
    let mut all: Vec<Result<f64, usize>> = Vec::new();
    for k in 0..n {
        all.push(if k == 1 { Err(k) } else { Ok(x * y + k as f64) });
    }
    let mut s = 1.0;
    for r in &all {
        match r {
            Ok(v) => s *= v,
            Err(k) => s += *k as f64 * x,
        }
    }
    for r in all.iter_mut() {
        if let Ok(v) = r {
            *v *= y;
        } else {
            *r = Ok(s);
        }
    }
    let [Ok(a), Ok(b), ..] = all.as_slice() else {
        return 0.0;
    };
    a * b * s
}

#[twin]
#[conservative_grad]
fn replaced(o: &mut Option<Vec<f64>>, x: f64) -> Option<f64> {
    let v = o.as_mut()?;
    v[0] *= x;
    let last = *v.last()?;
    if last > 3.0 {
        *o = None;
    }
    Some(last * x)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn vectors_in_options(x: f64, y: f64) -> f64 {
    let mut o = Some(vec![x, y]);
    let a = replaced(&mut o, y).unwrap_or(1.0);
    let b = replaced(&mut o, x * 2.0).unwrap_or(x);
    let c = replaced(&mut o, y * 3.0).unwrap_or(y);
    let d = match o {
        Some(v) => v[0] * v[1],
        None => a * b,
    };
    a * b * c + d
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn swapped_options(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (Some(x), None);
    std::mem::swap(&mut a, &mut b);
    if let Some(v) = &mut b {
        *v *= y;
    }
    let c = std::mem::replace(&mut a, b);
    std::mem::swap(&mut a, &mut b);
    let d = std::mem::take(&mut b);
    c.unwrap_or(y) * d.unwrap_or(2.0) + a.unwrap_or(3.0) * x + b.unwrap_or(x)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn conditions_with_effects(x: f64, y: f64) -> f64 {
    let mut count = 0.0;
    let mut o = Some(x);
    while let Some(v) = o
        && count < 4.0
    {
        count += 1.0;
        o = if v * count > 3.0 {
            None
        } else {
            Some(v * y + x)
        };
    }
    o.unwrap_or(count * x) * y
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn closures_over_options(xs: &[f64], k: f64) -> f64 {
    let mut seen: Option<f64> = None;
    let mut step = |x: f64| {
        let r = seen.map(|s| s * x * k);
        seen = Some(x + r.unwrap_or(0.0));
        r
    };
    let mut s = 1.0;
    for &x in xs {
        if let Some(v) = step(x) {
            s += v * s;
        }
    }
    let all: Option<f64> = xs
        .iter()
        .filter_map(|x| (*x > 0.6).then_some(x * k))
        .reduce(|a, b| a * b);
    s * all.unwrap_or(k)
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn a_stack(xs: &[f64]) -> f64 {
    let mut stack: Vec<f64> = vec![xs[0]];
    let mut work: Vec<usize> = vec![1, 2, 3];
    let mut sum = 1.0;
    while let Some(k) = work.pop() {
        if k == 2 {
            work.push(4);
        }
        stack.push(xs[k] * sum);
        sum += xs[k];
    }
    while let Some(x) = stack.pop() {
        sum = sum * x + 1.0;
        if x > 3.0 && stack.len() > 2 {
            stack.push(x * 0.25);
        }
    }
    sum + work.pop().map_or(xs[1], |k| k as f64) + stack.pop().unwrap_or(xs[2])
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn parts_of_contents(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    let a = v.split_first().unwrap().0 * v.split_last().unwrap().1[2];
    *v.split_first_mut().unwrap().0 *= a;
    v.split_last_mut().unwrap().1[1] += a;
    let t = Some((xs[0] * xs[1], xs[2]));
    v[0] * v[1] * t.unwrap().0 + t.unwrap().1
}
