//! Structs and enums.

use ad_runtime::{Differentiable, conservative_grad};
use twin::{program, twin};

#[derive(Clone, Copy, Debug, Differentiable)]
struct P<T> {
    x: T,
    y: T,
}

#[derive(Clone, Debug, Differentiable)]
enum Shape<T> {
    Circle { r: T },
    Rect(T, T),
    Empty,
}

#[derive(Clone, Debug, Differentiable)]
struct Body<T> {
    at: P<T>,
    mass: T,
    trail: Vec<T>,
    kind: usize,
}

#[derive(Clone, Debug, Differentiable)]
enum Tree<T> {
    Leaf(T),
    Scaled(T, Box<Shape<T>>),
    Two { a: P<T>, b: Option<T> },
}

#[twin]
#[conservative_grad]
fn area(s: &Shape<f64>, k: f64) -> f64 {
    match s {
        Shape::Circle { r } => k * r * r,
        Shape::Rect(a, b) => a * b,
        Shape::Empty => 0.0,
    }
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn variants_change(x: f64, y: f64) -> f64 {
    let mut s = Shape::Circle { r: x };
    let a = area(&s, y);
    if let Shape::Circle { r } = &mut s {
        *r *= y;
    }
    let b = area(&s, y);
    s = Shape::Rect(x * y, y);
    let c = area(&s, x);
    if let Shape::Rect(w, h) = &mut s {
        std::mem::swap(w, h);
        *w += *h;
    }
    let d = area(&s, x);
    s = Shape::Empty;
    a * b + c * d + area(&s, x)
}

#[program(xs[5], on(0.5, 2.0))]
#[conservative_grad]
fn machine(xs: &[f64]) -> f64 {
    let mut s = Shape::Empty;
    let mut total = 0.0;
    for &x in xs {
        s = match s {
            Shape::Empty => Shape::Circle { r: x },
            Shape::Circle { r } => Shape::Rect(r * x, x),
            Shape::Rect(a, b) => {
                total += a * b * x;
                Shape::Circle { r: a - b }
            }
        };
        total += area(&s, x);
    }
    total
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn lists_of_enums(x: f64, y: f64) -> f64 {
    let mut shapes = vec![
        Shape::Circle { r: x },
        Shape::Rect(x, y),
        Shape::Empty,
        Shape::Rect(y, y),
    ];
    for s in shapes.iter_mut() {
        match s {
            Shape::Circle { r } => *r += y,
            Shape::Rect(a, _) => *a *= *a,
            Shape::Empty => *s = Shape::Circle { r: x * y },
        }
    }
    shapes.push(Shape::Rect(x, x));
    let mut sum = 0.0;
    for s in &shapes {
        sum += area(s, x) * sum + y;
    }
    shapes.swap(0, 3);
    sum + area(&shapes[0], 2.0) * area(&shapes[3], x)
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn nested_enums(x: f64, y: f64) -> f64 {
    let trees = [
        Tree::Leaf(x * y),
        Tree::Scaled(y, Box::new(Shape::Circle { r: x })),
        Tree::Scaled(x, Box::new(Shape::Rect(x, y))),
        Tree::Two {
            a: P { x, y: x * y },
            b: Some(y),
        },
        Tree::Two {
            a: P { x: y, y },
            b: None,
        },
    ];
    let mut sum = 0.0;
    for tree in &trees {
        sum += match tree {
            Tree::Leaf(v) => v * v,
            Tree::Scaled(k, s) => k * area(s, x),
            Tree::Two {
                a: P { x, y },
                b: Some(b),
            } => x * y * b,
            Tree::Two { a, b: None } => a.x * a.y,
        };
    }
    sum
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn alternatives_of_variants(x: f64, y: f64) -> f64 {
    let mut sum = 0.0;
    for k in 0..3 {
        let s = match k {
            0 => Shape::Circle { r: x * y },
            1 => Shape::Rect(x, y),
            _ => Shape::Empty,
        };
        sum += match s {
            Shape::Circle { r: v } | Shape::Rect(v, _) if v < 1000.0 => v * v * x,
            Shape::Circle { .. } | Shape::Rect(..) => 1.0,
            Shape::Empty => y,
        };
    }
    sum
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn structs_in_place(x: f64, y: f64) -> f64 {
    let mut b = Body {
        at: P { x, y },
        mass: x * y,
        trail: vec![x, y],
        kind: 2,
    };
    for k in 0..3 {
        b.at.x += b.mass * 0.1;
        b.at.y *= b.at.x;
        b.trail.push(b.at.y);
        b.mass = b.trail[k] * b.at.x;
    }
    let old = std::mem::replace(&mut b.at, P { x: y, y: x });
    let c = Body {
        mass: old.x,
        ..b.clone()
    };
    b.mass += 1.0;
    let t = std::mem::take(&mut b.trail);
    c.mass * b.mass + c.at.x * old.y + t[4] * c.trail[3] + b.trail.len() as f64
}

#[twin]
#[conservative_grad]
fn advance(b: &mut Body<f64>, dt: f64) -> f64 {
    b.at.x += dt * b.mass;
    let e = b.at.x * b.at.y;
    b.mass *= e;
    for i in 0..b.trail.len() {
        b.trail[i] *= b.mass;
    }
    e
}

#[program(on(0.5, 1.0))]
#[conservative_grad]
fn bodies(x: f64, y: f64) -> f64 {
    let mut all: Vec<Body<f64>> = Vec::new();
    for k in 0..3 {
        all.push(Body {
            at: P { x: x + k as f64, y },
            mass: y * x,
            trail: vec![x; k],
            kind: k,
        });
    }
    let mut e = 0.0;
    for b in all.iter_mut() {
        e += advance(b, y);
    }
    all.swap(0, 2);
    for i in 0..all.len() {
        let f = advance(&mut all[i], 0.5);
        e += f * all[i].mass;
    }
    let mut s = e;
    for b in &all {
        for t in &b.trail {
            s += t * b.at.x;
        }
    }
    s
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn arrays_of_structs(x: f64, y: f64) -> f64 {
    let mut ps = [P { x, y }; 3];
    for i in 1..3 {
        ps[i].x = ps[i - 1].x * ps[i - 1].y;
        ps[i].y += ps[i].x;
        let p = ps[i];
        ps[i - 1] = P { y: p.x, ..p };
    }
    ps.swap(0, 2);
    let [first, .., last] = ps;
    let P { x: a, y: b } = first;
    a * b + last.x * last.y * ps[1].x
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn moved_out_and_used(x: f64, y: f64) -> f64 {
    let s = Shape::Rect(x * y, y);
    let t = s.clone();
    let sum = match s {
        Shape::Rect(a, b) => a * b,
        Shape::Circle { r } => r,
        Shape::Empty => 0.0,
    };
    let b = Body {
        at: P { x, y },
        mass: x,
        trail: vec![y, x],
        kind: 1,
    };
    let Body {
        at, mass, trail, ..
    } = b;
    sum * area(&t, x) + at.x * at.y * mass + trail[0] * trail[1]
}

const LIMIT: f64 = 0.75;
const TWO: usize = 2;

#[program(k = 2, on(0.5, 2.0))]
#[conservative_grad]
fn constants_in_patterns(x: f64, k: usize) -> f64 {
    let a = match k {
        0 => x,
        TWO => x * x,
        _ => 1.0,
    };
    let o = Some(k);
    let b = match o {
        Some(TWO) => a * x,
        Some(n @ 3..=9) => a * n as f64,
        Some(_) | None => 0.0,
    };
    match Some(x) {
        Some(v) if v < LIMIT => v * b,
        Some(v) => v + b,
        None => b,
    }
}

/// An enum with the names of others' variants.
#[derive(Clone, Debug, Differentiable)]
enum Status<T> {
    Ok(T),
    Err(T),
    Some { v: T },
    None,
}

#[program(xs[4], on(0.5, 2.0))]
#[conservative_grad]
fn variants_called_like_others(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut s = Status::None;
    for &x in xs {
        s = match s {
            Status::Ok(v) => Status::Err(v * x),
            Status::Err(v) if v > 100.0 => Status::None,
            Status::Err(v) => Status::Some { v: v + x },
            Status::Some { v } => Status::Ok(v * v),
            Status::None => Status::Ok(x * x),
        };
        sum += match &s {
            Status::Ok(v) | Status::Err(v) => v * x,
            Status::Some { v } => v * 2.0,
            Status::None => 1.0,
        };
    }
    if let Status::Ok(v) = s { sum * v } else { sum }
}
