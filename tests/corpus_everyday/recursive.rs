//! Types that hold themselves behind a `Box`.

use ad_runtime::{Differentiable, Tangent, Tape, conservative_grad};

/// The first variant holds itself: no value of it can be made of nothing.
#[derive(Differentiable, Clone, Debug, PartialEq)]
enum Expr {
    Neg(Box<Expr>),
    Const(f64),
    Var,
    Add(Box<Expr>, Box<Expr>),
    Mul { left: Box<Expr>, right: Box<Expr> },
    Sum(Vec<Expr>),
    Maybe(Option<Box<Expr>>),
}

#[conservative_grad]
fn eval(e: &Expr, x: f64) -> f64 {
    match e {
        Expr::Const(c) => *c,
        Expr::Var => x,
        Expr::Neg(a) => -eval(a, x),
        Expr::Add(a, b) => eval(a, x) + eval(b, x),
        Expr::Mul { left, right } => {
            let l = eval(left, x);
            if l == 0.0 { 0.0 } else { l * eval(right, x) }
        }
        Expr::Sum(list) => list.iter().map(|e| eval(e, x)).sum(),
        Expr::Maybe(Some(e)) => eval(e, x),
        Expr::Maybe(None) => 1.0,
    }
}

#[conservative_grad]
impl Expr {
    fn at(&self, x: f64) -> f64 {
        match self {
            Expr::Const(c) => *c,
            Expr::Var => x,
            Expr::Neg(a) => -a.at(x),
            Expr::Add(a, b) => a.at(x) + b.at(x),
            Expr::Mul { left, right } => left.at(x) * right.at(x),
            Expr::Sum(list) => {
                let mut s = 0.0;
                for e in list {
                    s += e.at(x);
                }
                s
            }
            Expr::Maybe(e) => e.as_ref().map_or(1.0, |e| e.at(x)),
        }
    }
}

fn constant(x: f64) -> Box<Expr> {
    Box::new(Expr::Const(x))
}

/// `2 x - (3 + x + 5 + 1)`
fn example() -> Expr {
    let product = Expr::Mul {
        left: constant(2.0),
        right: Box::new(Expr::Var),
    };
    let sum = Expr::Sum(vec![
        Expr::Const(3.0),
        Expr::Var,
        Expr::Maybe(Some(constant(5.0))),
        Expr::Maybe(None),
    ]);
    Expr::Add(Box::new(product), Box::new(Expr::Neg(Box::new(sum))))
}

#[test]
fn an_expression() {
    let e = example();
    let (value, (of_e, of_x)) = eval::grad(&e, 1.5);
    assert_eq!((value, of_x), (-7.5, 1.0));
    let shown = "Add(Mul { left: Const(1.5), right: Var }, \
                 Neg(Sum([Const(-1.0), Var, Maybe(Some(Const(-1.0))), Maybe(None)])))";
    assert_eq!(format!("{of_e:?}"), shown);
    assert_eq!(e.at_grad(1.5), (value, (of_e.clone(), of_x)));
    // Forward and reverse mode, and a tape that is used again.
    let mut along = of_e.clone();
    along.scale(0.5);
    let (value, tangent) = eval::jvp(&e, &along, 1.5, 2.0);
    assert_eq!((value, tangent), (-7.5, along.dot(&of_e) + 2.0));
    let mut tape = Tape::new();
    for _ in 0..2 {
        let (mut of_e, mut of_x) = (e.zero_like(), 0.0);
        eval::vjp_into(&mut tape, &e, &mut of_e, 1.5, &mut of_x, 2.0);
        eval::vjp_into(&mut tape, &e, &mut of_e, 1.5, &mut of_x, -1.0);
        assert_eq!((format!("{of_e:?}"), of_x), (shown.to_string(), 1.0));
    }
    assert_eq!(eval::trace(&e, 1.5).1.selections().len(), 1);
}

#[derive(Differentiable, Clone, Debug, PartialEq)]
struct Tree {
    value: f64,
    weight: f64,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

#[conservative_grad]
fn total(t: &Tree) -> f64 {
    let mut s = t.value * t.weight;
    if let Some(l) = &t.left {
        s += total(l) * t.weight;
    }
    match &t.right {
        Some(r) => s * total(r),
        None => s,
    }
}

#[conservative_grad]
fn of_children(t: &Tree) -> f64 {
    let l = t.left.as_ref().unwrap();
    l.value * l.weight + t.right.as_ref().map(|r| r.value).unwrap_or(0.0)
}

#[test]
fn a_tree() {
    let leaf = |value, weight| {
        Some(Box::new(Tree {
            value,
            weight,
            left: None,
            right: None,
        }))
    };
    let t = Tree {
        value: 1.0,
        weight: 2.0,
        left: leaf(3.0, 4.0),
        right: leaf(0.5, 0.25),
    };
    let (value, g) = total::grad(&t);
    assert_eq!((value, g.value, g.weight), (3.25, 0.25, 1.625));
    let (left, right) = (g.left.unwrap(), g.right.unwrap());
    assert_eq!((left.value, left.weight), (1.0, 0.75));
    assert_eq!((right.value, right.weight), (6.5, 13.0));
    let (value, g) = of_children::grad(&t);
    assert_eq!((value, g.left.unwrap().weight), (12.5, 3.0));
}

#[derive(Differentiable, Clone, Debug, PartialEq)]
enum List {
    Nil,
    Cons(f64, Box<List>),
}

#[conservative_grad]
fn squares(l: &List) -> f64 {
    match l {
        List::Nil => 0.0,
        List::Cons(x, rest) => x * x + squares(rest),
    }
}

#[conservative_grad]
fn scaled(l: &mut List, k: f64) {
    match l {
        List::Nil => {}
        List::Cons(x, rest) => {
            *x *= k;
            scaled(rest, k);
        }
    }
}

#[test]
fn a_list_that_is_changed() {
    let mut l = List::Cons(1.0, Box::new(List::Cons(2.0, Box::new(List::Nil))));
    let (value, mut g) = squares::grad(&l);
    assert_eq!(
        (value, format!("{g:?}")),
        (5.0, "Cons(2.0, Cons(4.0, Nil))".to_string())
    );
    assert_eq!(scaled::vjp(&mut l, &mut g, 3.0), 10.0);
    assert_eq!(
        format!("{l:?} {g:?}"),
        "Cons(3.0, Cons(6.0, Nil)) Cons(6.0, Cons(12.0, Nil))"
    );
}
