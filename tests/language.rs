//! The accepted language as the README's table lists it, line by line.
//!
//! Each function uses the constructs of one line. All of them are smooth at the point where they
//! are checked, and return one float.

// The point is the construct, not the best way to write the function.
#![allow(
    clippy::needless_range_loop,
    clippy::needless_late_init,
    clippy::ptr_arg,
    clippy::toplevel_ref_arg,
    clippy::never_loop,
    clippy::manual_memcpy,
    clippy::redundant_closure,
    clippy::needless_borrows_for_generic_args
)]

use ad_runtime::{Differentiable, Float, conservative_grad, constant};

/// Gradient against differences and against forward mode.
macro_rules! checked {
    ($($name:ident $(::<$ty:tt>)? ($point:expr);)*) => {$(
        #[test]
        fn $name() {
            let report = check_grad(super::$name $(::<$ty>)?, super::$name::grad $(::<$ty>)?, $point)
                .and(check_jvp(super::$name::jvp $(::<$ty>)?, super::$name::grad $(::<$ty>)?, $point));
            assert_eq!(report.outcome(), Outcome::Agrees, "{report}");
        }
    )*};
}

mod at_a_point {
    use ad_runtime::testing::{Outcome, check_grad, check_jvp};

    use super::{halved, squares};

    checked! {
        bindings(1.3);
        places(1.3);
        items(1.3);
        matched([1.3, 0.7]);
        structs_and_enums([1.3, 0.7]);
        options_and_results([1.3, 0.7]);
        slice_patterns([1.3, 0.7]);
        loops([1.3, 0.7]);
        exits([1.3, 0.7]);
        methods([1.3, 0.7]);
        casts(1.3);
        power::<f64>(1.3);
        arrays::<3>([1.3, 0.7, 0.4]);
        calls([1.3, 0.7]);
        macros(1.3);
        vectors([1.3, 0.7, 0.4]);
    }

    #[test]
    fn slices() {
        let x = [1.3, 0.7, 0.4, -0.2];
        check_grad(super::iterators, super::iterators::grad, &x[..]).assert_ok();
        check_grad(super::pipelines, super::pipelines::grad, &x[..]).assert_ok();
        check_grad(super::closures, super::closures::grad, &x[..]).assert_ok();
        check_grad(super::reordered, super::reordered::grad, &x[..]).assert_ok();
        let gradient = super::total::grad(&x).1;
        assert_eq!(gradient, [1.0; 4]);
    }

    #[test]
    fn parameters() {
        let (value, adjoints) = super::parameters::grad(
            [1.0, 2.0],
            &[[3.0, 4.0]],
            vec![5.0],
            &vec![6.0],
            (7.0, 2),
            true,
            &[vec![8.0]],
        );
        assert_eq!(value, 4.0 + 30.0 + 14.0 + 8.0);
        assert_eq!(adjoints.0, [4.0, 0.0]);
        assert_eq!(adjoints.1, [[0.0, 1.0]]);
        assert_eq!((adjoints.2, adjoints.3), (vec![6.0], vec![5.0]));
        assert_eq!(adjoints.4.0, 2.0);
        assert_eq!(adjoints.5, [vec![1.0]]);
    }

    #[test]
    fn functions_as_parameters() {
        let value = super::integrate(|x| super::power(x), 0.0, 2.0, 8);
        let (found, (_, by_end)) = super::integrate::grad(super::power {}, 0.0, 2.0, 8);
        assert_eq!(found, value);
        assert!((by_end - super::power(2.0)).abs() < 0.2);
        let (value, slope) = super::composed::grad(super::power {}, &super::total {}, 3.0);
        assert_eq!(value, super::power(5.0));
        assert_eq!(slope, super::power::grad(5.0).1);
    }

    #[test]
    fn patterns_in_parameters() {
        assert_eq!(
            super::patterns::vjp((2.0, 3.0), 4.0, [1.0, 0.0]),
            ([18.0, 6.0], ((3.0, 6.0), 3.0))
        );
    }

    #[test]
    fn single_and_double() {
        assert_eq!(
            super::mixed::vjp(2.0, 3.0, (1.0, 1.0)),
            ((4.0, 9.0), (4.0, 6.0))
        );
        assert_eq!(super::power::grad(2.0_f32), (8.0, 12.0));
    }

    #[test]
    fn results_in_vectors() {
        assert_eq!(
            squares::vjp(&[1.0, 2.0], vec![1.0, 1.0]),
            (vec![1.0, 4.0], vec![2.0, 4.0])
        );
    }

    #[test]
    fn written_parameters() {
        let (mut x, mut x_adj) = ([2.0, 4.0], [1.0, 1.0]);
        halved::vjp(&mut x, &mut x_adj);
        assert_eq!((x, x_adj), ([1.0, 2.0], [0.5, 0.5]));
    }

    #[test]
    fn inactive_values() {
        let config = super::Config { scale: 3.0 };
        let (value, gradient) = super::inactive::grad(&[1.0, 2.0], &[1, 0, 1], Some(1), &config);
        assert_eq!((value, gradient), (3.0 * 2.0 * 5.0 + 2.0, vec![6.0, 13.0]));
    }
}

// parameters, results
#[conservative_grad]
#[rustfmt::skip]
fn parameters(x: [f64; 2], m: &[[f64; 2]], v: Vec<f64>, w: &Vec<f64>, t: (f64, usize), add: bool, r: &[Vec<f64>]) -> f64 {
    let sum = x[0] * m[0][1] + v[0] * w[0] + t.0 * t.1 as f64;
    if add { sum + r[0][0] } else { sum }
}

#[conservative_grad]
fn patterns((a, b): (f64, f64), mut c: f64) -> [f64; 2] {
    c += a;
    [c * b, c]
}

#[conservative_grad]
fn mixed(x: f64, y: f32) -> (f64, f32) {
    (x * x, y * y)
}

#[conservative_grad]
fn power<T: Float>(x: T) -> T {
    x * x * x
}

#[conservative_grad]
fn arrays<const N: usize>(x: [f64; N]) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v;
    }
    s
}

#[conservative_grad]
fn squares(x: &[f64]) -> Vec<f64> {
    let mut y = vec![0.0; x.len()];
    for (a, b) in y.iter_mut().zip(x) {
        *a = b * b;
    }
    y
}

#[conservative_grad]
fn halved(x: &mut [f64]) {
    for v in x.iter_mut() {
        *v *= 0.5;
    }
}

// bindings
#[conservative_grad]
fn bindings(x: f64) -> f64 {
    let y;
    if x > 1.0 {
        y = x * 2.0;
    } else {
        y = x;
    }
    let x = y * y;
    let (mut a, mut b) = (x, y);
    (a, b) = (b, a * 2.0);
    let [c, d] = [a, b];
    let e = {
        let q = c * d;
        q + 1.0
    };
    [a, b] = [b, e];
    a * b
}

#[conservative_grad]
fn places(x: f64) -> f64 {
    let mut a = [x; 3];
    let p = &mut a[1];
    *p += 1.0;
    *p *= x;
    let q = &a[1..];
    q[0] * q[1]
}

// branches
#[conservative_grad]
fn matched(x: [f64; 2]) -> f64 {
    let mut s = 0.0;
    for n in 0..8 {
        s += match n {
            0 => 1.0,
            1 | 2 => x[0],
            k if k > 6 => x[1] * f64::from(k),
            3..=5 => x[0] * x[1],
            _ => -x[0],
        };
    }
    match x[0] * x[1] {
        v if v < 0.0 => -v + s,
        0.0 => 1.0,
        v if !(v > 1.0 || v > 5.0) && v > 0.5 => v * v * s,
        v => v + s,
    }
}

// loops
#[conservative_grad]
fn loops(x: [f64; 2]) -> f64 {
    let [a, b] = x;
    let (mut s, mut i) = (a, 0);
    while s < 100.0 && i < 20 {
        s = s * 1.5 + b;
        i += 1;
    }
    'outer: for j in 0..4 {
        for k in (0..=j).rev().step_by(2) {
            if k == 3 {
                continue 'outer;
            }
            if j == 3 {
                break 'outer;
            }
            s += a * b;
        }
    }
    loop {
        s *= 0.9;
        if s < 1.0 {
            break s;
        }
    }
}

#[conservative_grad]
fn exits(x: [f64; 2]) -> f64 {
    let y = 'block: {
        if x[0] < 0.0 {
            break 'block 0.0;
        }
        x[0] * x[1]
    };
    for k in 0..5 {
        if y * f64::from(k) > 2.0 {
            return y * y * f64::from(k);
        }
    }
    y
}

#[conservative_grad]
fn iterators(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate() {
        s += v * v * i as f64;
    }
    for (a, b) in x.iter().zip(x.iter().rev()) {
        s += a * b;
    }
    for c in x.chunks(2) {
        s += c[0] * c[1];
    }
    for w in x.windows(2) {
        s += w[0] * w[1];
    }
    for i in (0..x.len()).step_by(2) {
        s += x[i].sin();
    }
    s
}

#[conservative_grad]
fn pipelines(x: &[f64]) -> f64 {
    let dot: f64 = x.iter().zip(&x[1..]).map(|(a, b)| a * b).sum();
    let some: Vec<f64> = x.iter().copied().filter(|v| *v > 0.0).collect();
    let (i, top) = x
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap();
    let first = x.iter().find(|v| **v < 0.0).copied().unwrap_or(1.0);
    let horner = x.iter().rev().fold(0.0, |acc, c| acc * 0.5 + c);
    let greatest = x.iter().map(|v| v.abs()).fold(0.0, f64::max);
    let pairs = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let far: f64 = pairs.map(|(i, j)| (x[i] - x[j]).powi(2)).sum();
    let many = x.iter().take_while(|v| **v > 0.0).count();
    dot * top + some[0] * first + horner * greatest + far * (many + i) as f64
}

// closures
#[conservative_grad]
fn closures(x: &[f64]) -> f64 {
    let mut total = 0.0;
    let mut add = |v: f64| {
        total += v * x[0];
        total
    };
    let twice = add(x[1]) + add(x[2]);
    let bump = |t: f64| if t > 0.5 { t * t } else { t };
    let area = integrate(|t| bump(t) * x[1], 0.0, x[2], 4) + integrate(&f64::exp, 0.0, 1.0, 2);
    twice * bump(x[0]) + total + area + x.iter().copied().map(f64::sin).map(bump).sum::<f64>()
}

// functions as parameters
#[conservative_grad]
fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64, n: usize) -> f64 {
    let h = (b - a) / n as f64;
    (0..n).map(|i| h * f(a + (i as f64 + 0.5) * h)).sum()
}

#[conservative_grad]
fn composed<F, G>(f: F, g: &G, x: f64) -> f64
where
    F: Fn(f64) -> f64,
    G: Fn(&[f64]) -> f64,
{
    f(g(&[x, 2.0]))
}

// arrays, slices, vectors
#[conservative_grad]
fn reordered(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    v.sort_by(|a, b| a.total_cmp(b));
    v.reverse();
    v.rotate_left(1);
    v.insert(1, x[0] * x[1]);
    let gone = v.remove(0) * v.pop().unwrap();
    v.extend(x.iter().map(|a| a * gone));
    v.truncate(6);
    v.resize(8, gone);
    v.iter().enumerate().map(|(i, a)| a * i as f64).sum::<f64>() * x.last().unwrap()
}

// arithmetic
#[conservative_grad]
fn methods(x: [f64; 2]) -> f64 {
    let (s, c) = x[0].sin_cos();
    let mut z = s * c + x[0].powi(3) - x[1].powf(1.5) / x[0].hypot(x[1]);
    z += x[0].atan2(x[1]) * x[1].mul_add(2.0, 1.0) + x[0].clamp(0.0, 1.0);
    z -= x[0].tanh() + x[1].ln_1p() + x[0].exp_m1() + x[1].rem_euclid(2.0) + x[0] % 3.0;
    z *= x[0].copysign(-1.0) + f64::max(x[0], 1.0) + f64::sqrt(x[1]);
    z /= 2.0;
    z
}

#[conservative_grad]
fn casts(x: f64) -> f64 {
    let k = x.floor() as i64 as f64;
    let single = 0.5_f32;
    x * x * k * f64::from(single) + constant(x) * 0.0
}

// arrays, slices, vectors
#[conservative_grad]
fn vectors(x: [f64; 3]) -> f64 {
    let mut y = x.to_vec();
    let z = y.clone();
    {
        let tail = &mut y[1..];
        tail[0] = 3.0 * z[1];
    }
    y.swap(0, 1);
    let mut w = Vec::new();
    for i in 0..y.len() {
        w.push(y[i] * z[i]);
    }
    y[1..3].copy_from_slice(&w[..2]);
    let mut m = [[0.0; 2]; 2];
    m[1][0] += y[1] * y[2];
    y.fill(z[2]);
    m[1][0] * y[0] + w.len() as f64 * y[y.len() - 1]
}

#[conservative_grad]
fn total(x: &[f64]) -> f64 {
    x.iter().sum::<f64>()
}

// calls
mod library {
    use ad_runtime::{Float, conservative_grad};

    #[conservative_grad]
    pub fn add(x: &[f64], y: &mut [f64]) {
        y[0] += x[0];
    }

    #[conservative_grad]
    pub fn square<T: Float>(x: T) -> T {
        x * x
    }
}

#[conservative_grad]
fn calls(x: [f64; 2]) -> f64 {
    let mut y = [1.0; 3];
    library::add(&x[1..], &mut y[1..]);
    crate::library::square(y[1]) + self::library::square::<f64>(x[0]) + chain(x[0], 3)
}

#[conservative_grad]
fn chain(x: f64, n: usize) -> f64 {
    if n == 0 { 1.0 } else { x * chain(x, n - 1) }
}

// structs, enums
#[derive(Clone, Debug, Differentiable)]
struct Point {
    x: f64,
    y: f64,
}

#[derive(Clone, Debug, Differentiable)]
enum Shape {
    Circle(Point, f64),
    Line { from: Point, to: Box<Point> },
    Empty,
}

#[conservative_grad]
fn structs_and_enums(x: [f64; 2]) -> f64 {
    let p = Point { x: x[0], y: x[1] };
    let mut q = Point {
        x: x[1],
        ..p.clone()
    };
    q.y *= 3.0;
    let mut shapes = vec![
        Shape::Circle(p.clone(), x[1]),
        Shape::Line {
            from: p,
            to: Box::new(q),
        },
        Shape::Empty,
    ];
    for shape in shapes.iter_mut() {
        match shape {
            Shape::Circle(_, r) => *r *= 2.0,
            Shape::Line { from, .. } => std::mem::swap(&mut from.x, &mut from.y),
            Shape::Empty => *shape = Shape::Circle(Point { x: x[0], y: 1.0 }, x[0]),
        }
    }
    let mut sum = 0.0;
    for shape in &shapes {
        sum += match shape {
            Shape::Circle(at, r) => r * r * at.x,
            Shape::Line { from, to } => from.x * to.y,
            Shape::Empty => 0.0,
        };
    }
    sum
}

// Option, Result
#[conservative_grad]
fn root(x: f64) -> Result<f64, String> {
    if x < 0.0 {
        return Err(format_error(x < -1.0));
    }
    Ok(x.sqrt())
}

fn format_error(far: bool) -> String {
    format!("negative, far: {far}")
}

#[conservative_grad]
fn product(xs: &[f64]) -> Option<f64> {
    let mut product = *xs.first()?;
    for x in &xs[1..] {
        product *= root(*x).ok()?;
    }
    Some(product)
}

#[conservative_grad]
fn options_and_results(x: [f64; 2]) -> f64 {
    let mut best: Option<f64> = None;
    for v in x {
        if best.is_none_or(|b| v > b) {
            best = Some(v);
        }
    }
    let Some(best) = best else { return 0.0 };
    let a = if let Ok(r) = root(best)
        && r > 0.0
    {
        r
    } else {
        1.0
    };
    let b = product(&x).map(|p| p * a).unwrap_or(x[0]);
    let c = root(-x[0]).unwrap_or_else(|_| x[1]);
    b * c
}

// slice patterns
#[conservative_grad]
fn slice_patterns(x: [f64; 2]) -> f64 {
    let list = vec![x[0], x[1], x[0] * x[1]];
    match list.as_slice() {
        [] => 0.0,
        [a] => *a,
        [a, rest @ ..] => a * rest[0] * rest[1],
    }
}

// macros
#[conservative_grad]
fn macros(x: f64) -> f64 {
    assert!(x > 0.0, "x is {x}");
    debug_assert!(x < 1e308);
    if x > 1e300 {
        eprintln!("too large: {x}");
        panic!("too large");
    }
    match 1 {
        1 => x * x,
        _ => unreachable!(),
    }
}

// items in the body
#[conservative_grad]
fn items(x: f64) -> f64 {
    use std::f64::consts::PI;
    const FACTOR: f64 = 3.0;
    #[conservative_grad]
    fn cube(x: f64) -> f64 {
        x * x * x
    }
    FACTOR * PI * cube(x)
}

// inactive values
struct Config {
    scale: f64,
}

fn plain(k: usize) -> usize {
    k
}

#[conservative_grad(wrt(x))]
fn inactive(x: &[f64], order: &[usize], start: Option<usize>, config: &Config) -> f64 {
    let n = order.iter().filter(|i| **i > 0).count() as f64;
    let mut s = x[plain(start.unwrap_or(0))];
    for &i in order {
        s += x[i] * n * config.scale;
    }
    s
}
