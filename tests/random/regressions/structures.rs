//! Structs and enums.

use ad_runtime::{Differentiable, conservative_grad};
use twin::{program, twin};

#[derive(Clone, Debug, Differentiable)]
enum Shape<T> {
    Disc(T),
    Poly(Vec<T>),
    Rows { rows: Vec<Vec<T>>, at: usize },
}

#[derive(Clone, Debug, Differentiable)]
struct Pair<T> {
    left: Shape<T>,
    right: Shape<T>,
    list: Vec<T>,
}

/// One value stands in two fields of a literal: forward mode moved its tangent twice.
#[program(xs[2])]
#[conservative_grad]
fn same_value_in_two_fields(xs: &[f64]) -> f64 {
    let e = Shape::Poly(vec![xs[0], xs[1]]);
    let p = Pair {
        left: e.clone(),
        right: e,
        list: vec![],
    };
    let a = if let Shape::Poly(v) = &p.left {
        v[0] * v[1]
    } else {
        0.0
    };
    let b = match &p.right {
        Shape::Poly(v) => v[0] + p.list.len() as f64,
        Shape::Disc(r) => *r,
        Shape::Rows { .. } => 0.0,
    };
    a * b
}

/// Iterators over what a pattern has bound, and over references to fields.
#[program(xs[3])]
#[conservative_grad]
fn iterators_of_parts(xs: &[f64]) -> f64 {
    let e = Shape::Poly(xs.to_vec());
    let s = match &e {
        Shape::Disc(x) => *x,
        Shape::Poly(c) => c.iter().map(|x| x * x).sum::<f64>(),
        Shape::Rows { .. } => 0.0,
    };
    let m = Shape::Rows {
        rows: vec![xs.to_vec(), vec![s; 3]],
        at: 1,
    };
    let t: f64 = match m {
        Shape::Rows { rows, at } => rows.iter().map(|r| r.iter().sum::<f64>() * r[at]).sum(),
        Shape::Poly(c) => c.iter().product(),
        Shape::Disc(r) => r,
    };
    let p = Pair {
        left: Shape::Disc(t),
        right: e,
        list: xs.to_vec(),
    };
    let list = &p.list;
    let u = list
        .iter()
        .zip(list.windows(2))
        .map(|(a, b)| a * b[1])
        .sum::<f64>();
    s * t + u
}

/// The type that is written where a payload is bound again.
#[program(xs[3])]
#[conservative_grad]
fn payload_with_its_type(xs: &[f64]) -> f64 {
    let p = Pair {
        left: Shape::Poly(vec![xs[0], xs[1] * xs[2]]),
        right: Shape::Disc(xs[1]),
        list: xs.to_vec(),
    };
    let mut own: Vec<f64> = p.list;
    own.push(xs[0]);
    let last = own.pop().unwrap() * own.iter().sum::<f64>();
    match p.left {
        Shape::Poly(c) => {
            let mut c: Vec<f64> = c;
            let z = c.pop().unwrap();
            c.insert(0, z * last);
            c.iter()
                .enumerate()
                .map(|(i, q)| q * (i as f64 + 0.5))
                .sum::<f64>()
        }
        _ => last,
    }
}

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Debug, Differentiable)]
    pub struct Body {
        pub list: Vec<f64>,
    }

    #[conservative_grad]
    impl Body {
        /// Called like a method of numbers, with another number of arguments.
        pub fn max(&mut self) -> f64 {
            self.list[0] *= self.list[1];
            self.list[0]
        }
    }
}

/// Methods called like those of numbers, with another number of arguments, are the user's.
#[program()]
#[conservative_grad]
fn methods_with_other_arguments(x: f64, y: f64) -> f64 {
    let mut body = types::Body { list: vec![x, y] };
    let first = body.max();
    let second = body.max();
    first * second + body.list[0]
}
