//! Generic structs.

use ad_runtime::{Differentiable, conservative_grad};
use num_traits::Float;

#[derive(Clone, Debug, Differentiable)]
struct Point<T> {
    x: T,
    y: T,
    name: &'static str,
}

#[derive(Clone, Debug, Differentiable)]
struct Cloud<T, const N: usize> {
    points: Vec<Point<T>>,
    weights: [T; N],
}

#[conservative_grad]
fn area<T: Float>(p: &Point<T>, q: Point<T>) -> T {
    p.x * q.y - q.x * p.y
}

#[conservative_grad]
fn spread<T: Float, const N: usize>(cloud: &Cloud<T, N>) -> T {
    let mut sum = T::zero();
    for i in 0..cloud.points.len() {
        let p = &cloud.points[i];
        sum = sum + cloud.weights[i % N] * p.x * p.y.abs();
    }
    sum
}

#[conservative_grad]
fn turned<T: Float>(p: &Point<T>, angle: T) -> Point<T> {
    let (sin, cos) = angle.sin_cos();
    Point {
        x: cos * p.x - sin * p.y,
        y: sin * p.x + cos * p.y,
        name: p.name,
    }
}

#[test]
fn generic_structs_have_tangents() {
    let p = Point {
        x: 2.0,
        y: 3.0,
        name: "p",
    };
    let q = Point {
        x: 5.0,
        y: 7.0,
        name: "q",
    };
    let (value, (p_adj, q_adj)) = area::grad(&p, q.clone());
    assert_eq!(value, -1.0);
    assert_eq!((p_adj.x, p_adj.y, q_adj.x, q_adj.y), (7.0, -5.0, -3.0, 2.0));
    let single = Point {
        x: 2.0_f32,
        y: 3.0,
        name: "p",
    };
    let cloud = Cloud {
        points: vec![single.clone(), single],
        weights: [2.0, -1.0],
    };
    let (value, adj) = spread::grad(&cloud);
    assert_eq!(value, 6.0);
    assert_eq!(adj.weights, [6.0, 6.0]);
    assert_eq!((adj.points[0].x, adj.points[1].y), (6.0, -2.0));
    let (turned, tangent) = turned::jvp(&p, &turned::vjp(&p, 0.0, p_adj).1.0, 0.0, 1.0);
    assert_eq!((turned.x, turned.y), (2.0, 3.0));
    assert_eq!((tangent.x, tangent.y), (7.0 - 3.0, -5.0 + 2.0));
}
