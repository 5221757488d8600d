//! Methods and operators from outside: names of the generated functions, answers at ties, records
//! of callees, vectors in fields.

use ad_runtime::{Differentiable, Left, SiteKind, Tape, Verdict, conservative_grad};
use std::ops::Mul;

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct V {
    x: f64,
    y: f64,
}

#[conservative_grad]
impl V {
    /// The larger part.
    fn larger(&self) -> f64 {
        self.x.max(self.y)
    }
    /// Against a constant.
    fn positive(&self, k: f64) -> f64 {
        self.x.max(0.0) * k
    }
    #[conservative_grad(name = moved_by, wrt(self))]
    fn moved(&mut self, by: f64) {
        self.x += by * self.y;
    }
    #[conservative_grad(select = left)]
    fn left(self) -> f64 {
        self.x.abs()
    }
}

#[conservative_grad]
impl Mul for V {
    type Output = V;
    fn mul(self, o: V) -> V {
        V {
            x: self.x.max(o.x),
            y: self.y * o.y,
        }
    }
}

#[conservative_grad]
fn product(v: V, w: V) -> f64 {
    (v * w).x
}

#[conservative_grad]
fn calls(v: V, k: f64) -> f64 {
    v.larger() * k + v.left()
}

#[test]
fn ties_of_fields_follow_the_rule() {
    let v = V { x: 2.0, y: 2.0 };
    let (value, adj, trace) = v.larger_grad_trace();
    assert_eq!((value, adj), (2.0, VTangent { x: 0.5, y: 0.5 }));
    assert_eq!(trace.verdict(), Verdict::Tied);
    assert_eq!(trace.selections()[0].site, &V::LARGER_SITES[0]);
    assert_eq!(V::LARGER_SITES[0].source, "self.x.max(self.y)");
    assert_eq!(V::LARGER_SITES[0].kind, SiteKind::Max);
    assert_eq!(v.larger_grad_with::<Left>().1, VTangent { x: 1.0, y: 0.0 });
    // One active operand.
    let zero = V { x: 0.0, y: 1.0 };
    assert_eq!(zero.positive_grad(3.0).1.0, VTangent { x: 0.0, y: 0.0 });
    assert_eq!(zero.positive_grad_ties(3.0).2.ties, 1);
    assert_eq!(zero.left_grad().1, VTangent { x: -1.0, y: 0.0 });
}

#[test]
fn ties_of_operators_are_noted_in_the_operator() {
    let (v, w) = (V { x: 1.0, y: 1.0 }, V { x: 1.0, y: 3.0 });
    let (_, (left, right), trace) = product::grad_trace(v, w);
    assert_eq!((left.x, right.x), (0.5, 0.5));
    assert_eq!(trace.ties().count(), 1);
    assert_eq!(trace.selections()[0].site.source, "self.x.max(o.x)");
    let (left, right) = product::grad_with::<Left>(v, w).1;
    assert_eq!((left.x, right.x), (1.0, 0.0));
}

#[test]
fn records_of_methods_are_those_of_the_callers_run() {
    let v = V { x: -1.0, y: 4.0 };
    let (_, trace) = calls::trace(v, 2.0);
    let sources: Vec<&str> = trace.selections().iter().map(|s| s.site.source).collect();
    assert_eq!(sources, ["self.x.max(self.y)", "self.x.abs()"]);
    assert_eq!(trace.selections()[0].margin, -5.0);
}

#[test]
fn receivers_that_change_hold_what_the_method_left() {
    let mut v = V { x: 1.0, y: 3.0 };
    let mut adj = VTangent { x: 1.0, y: 0.0 };
    v.moved_by_vjp(&mut adj, 0.5);
    assert_eq!(v, V { x: 2.5, y: 3.0 });
    assert_eq!(adj, VTangent { x: 1.0, y: 0.5 });
    let mut tape = Tape::new();
    for _ in 0..2 {
        let mut v = V { x: 1.0, y: 3.0 };
        let mut adj = VTangent { x: 1.0, y: 0.0 };
        v.moved_by_vjp_into(&mut tape, &mut adj, 0.5);
        assert_eq!((v.x, adj.y), (2.5, 0.5));
    }
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
struct List {
    all: Vec<f64>,
    last: f64,
}

#[conservative_grad]
impl List {
    fn add(&mut self, x: f64) {
        self.all.push(x * self.last);
        self.last = x;
    }
    fn grown(&self, x: f64, n: usize) -> f64 {
        let mut list = self.clone();
        let mut s = 0.0;
        for i in 0..n {
            list.add(x * (i as f64 + 1.0));
            s += list.all[i] * list.last;
        }
        s
    }
}

#[test]
fn vectors_in_fields_grow() {
    let list = List {
        all: vec![2.0],
        last: 3.0,
    };
    let f = |list: &List, x: f64| list.grown(x, 4);
    let (value, (adj, x_adj)) = list.grown_grad(0.7, 4);
    assert_eq!(value, f(&list, 0.7));
    let h = 1e-6;
    let difference = (f(&list, 0.7 + h) - f(&list, 0.7 - h)) / (2.0 * h);
    assert!((x_adj - difference).abs() < 1e-6, "{x_adj} {difference}");
    let by_last = |h: f64| {
        f(
            &List {
                last: 3.0 + h,
                ..list.clone()
            },
            0.7,
        )
    };
    let difference = (by_last(h) - by_last(-h)) / (2.0 * h);
    assert!((adj.last - difference).abs() < 1e-6, "{adj:?} {difference}");
    let by_first = |h: f64| {
        f(
            &List {
                all: vec![2.0 + h],
                ..list.clone()
            },
            0.7,
        )
    };
    let difference = (by_first(h) - by_first(-h)) / (2.0 * h);
    assert!(
        (adj.all[0] - difference).abs() < 1e-6,
        "{adj:?} {difference}"
    );
    let tan = ListTangent {
        all: vec![0.5],
        last: -1.0,
    };
    let (_, tangent) = list.grown_jvp(&tan, 0.7, 0.25, 4);
    let dot = adj.all[0] * 0.5 - adj.last + x_adj * 0.25;
    assert!((tangent - dot).abs() < 1e-12, "{tangent} {dot}");
    let mut grown = list.clone();
    let mut cotangent = ListTangent {
        all: vec![1.0, 2.0],
        last: 0.0,
    };
    let x_adj = grown.add_vjp(&mut cotangent, 5.0);
    assert_eq!(grown.all, [2.0, 15.0]);
    assert_eq!(
        (x_adj, cotangent),
        (
            6.0,
            ListTangent {
                all: vec![1.0],
                last: 10.0
            }
        )
    );
}
