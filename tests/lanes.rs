//! `jvp_lanes`: its forms, ties, and what it does beside computing. Every program of the corpus
//! is compared with `jvp` by the harness.

#![allow(clippy::all)]

use std::cell::Cell;

use ad_runtime::{
    Differentiable, Lanes, Number, Tangent, conservative_grad, constant, jacobian, norm, relu,
};
use num_traits::Float;

/// `jvp_lanes` of a function of a slice against `jvp`, bit for bit but for the sign of zero.
macro_rules! same_as_jvp {
    ($($name:ident)::+, $x:expr) => {{
        let x: &[f64] = &$x;
        let tangent = |i: usize, k: usize| ((3 * i + 5 * k) as f64).sin();
        let lanes: Vec<[f64; 5]> =
            (0..x.len()).map(|i| std::array::from_fn(|k| tangent(i, k))).collect();
        let (value, all) = $($name)::+::jvp_lanes::<5>(x, &lanes);
        for k in 0..5 {
            let one: Vec<f64> = (0..x.len()).map(|i| tangent(i, k)).collect();
            let (again, expected) = $($name)::+::jvp(x, &one);
            assert_eq!(value, again, "{}", stringify!($($name)::+));
            let lane = lane_of::<_, 5>(&again, &all, k);
            assert_eq!(lane, expected, "{}, lane {k}", stringify!($($name)::+));
        }
    }};
}

/// The tangent of a lane of a value.
fn lane_of<V: Differentiable, const N: usize>(
    _: &V,
    lanes: &<V::Tangent as Tangent>::Lanes<N>,
    k: usize,
) -> V::Tangent {
    V::Tangent::lane(lanes, k)
}

#[conservative_grad]
fn kinks(x: &[f64]) -> f64 {
    let mut sum = x[0].abs() + x[0].max(x[1]) + x[1].min(0.0) + x[2].clamp(0.0, 1.0);
    for pair in x.windows(2) {
        sum += (pair[0] - pair[1]).abs() * pair[1].exp() + relu(pair[0]);
    }
    if x[0] < x[1] { sum } else { sum * x[0] }
}

#[conservative_grad(select = left)]
fn chosen_left(x: &[f64]) -> f64 {
    x.iter().fold(f64::NEG_INFINITY, |m, v| m.max(*v)) + inherits(x[0], x[1])
}

#[conservative_grad]
fn inherits(a: f64, b: f64) -> f64 {
    a.max(b) * a.abs()
}

#[conservative_grad]
fn provided(x: &[f64]) -> f64 {
    let y: Vec<f64> = x.iter().map(|v| v * v).collect();
    norm(&y) + constant(x[0]) * x[1]
}

#[conservative_grad(custom(vjp = cubed_vjp, jvp = cubed_jvp))]
fn cubed(x: f64) -> f64 {
    x * x * x
}
fn cubed_vjp(x: f64, seed: f64) -> (f64, f64) {
    (x * x * x, 3.0 * x * x * seed)
}
fn cubed_jvp(x: f64, x_tan: f64) -> (f64, f64) {
    (x * x * x, 3.0 * x * x * x_tan)
}

#[conservative_grad(constant)]
fn frozen(x: f64) -> f64 {
    x + 1.0
}

#[conservative_grad]
fn given(x: &[f64]) -> (f64, Vec<f64>) {
    let y = cubed(x[0]) * frozen(x[1]);
    (y, vec![y.sin(), x[1] / y])
}

#[conservative_grad]
fn recursive(x: &[f64], n: usize) -> f64 {
    if n == 0 {
        x[0]
    } else {
        recursive(&x[1..], n - 1) * x[0]
    }
}

#[conservative_grad]
fn recursion(x: &[f64]) -> f64 {
    recursive(x, x.len() - 1)
}

type Row = [f64; 2];

#[conservative_grad]
fn rows(x: &[f64]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for pair in x.chunks_exact(2) {
        let mut row: Row = [pair[0], pair[1]];
        row.swap(0, 1);
        row[0] *= pair[0];
        rows.push(scaled(row, pair[1]));
    }
    rows.reverse();
    rows
}

#[conservative_grad]
fn scaled(row: Row, by: f64) -> Row {
    [row[0] * by, row[1] / by]
}

#[conservative_grad]
fn apply(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    f(x) + f(2.0 * x)
}

#[conservative_grad]
fn closures(x: &[f64]) -> f64 {
    let k = x[0];
    apply(|v| v * k, x[1]) + apply(cubed_plainly, x[2])
}

#[conservative_grad]
fn cubed_plainly(x: f64) -> f64 {
    x * x * x
}

#[test]
fn each_lane_is_a_tangent() {
    same_as_jvp!(kinks, [0.3, -0.7, 0.9, 0.2]);
    same_as_jvp!(chosen_left, [0.3, -0.7, 0.9]);
    same_as_jvp!(provided, [0.3, -0.7, 0.9]);
    same_as_jvp!(given, [0.3, -0.7]);
    same_as_jvp!(recursion, [0.3, -0.7, 1.5]);
    same_as_jvp!(rows, [0.3, -0.7, 1.5, 0.2, 0.9, -1.0]);
    same_as_jvp!(closures, [0.3, -0.7, 1.5]);
}

/// The choice at a tie is one for all lanes, and that of `jvp`.
#[test]
fn ties() {
    same_as_jvp!(kinks, [0.0, 0.0, 1.0, 0.0]);
    same_as_jvp!(kinks, [0.5, 0.5, 0.0, 1.0]);
    same_as_jvp!(chosen_left, [0.0, 0.0, 0.0]);
    same_as_jvp!(provided, [0.0, 0.0, 0.0]);
}

#[conservative_grad]
fn generic<const K: usize, S: Float>(x: &[S; K], k: S) -> (S, [S; K]) {
    let mut y = *x;
    for v in &mut y {
        *v = half(*v) * k + S::one();
    }
    (y[0].exp() / k, y)
}

#[conservative_grad]
fn half<S: Float>(x: S) -> S {
    x / (S::one() + S::one())
}

fn lanes_of_generic<S: ad_runtime::Scalar + Tangent<Lanes<2> = [S; 2]>>(x: S) -> [S; 2] {
    let (one, zero) = (S::one(), S::zero());
    generic::jvp_lanes::<2, 1, S>(&[x], &[[one, zero]], x, [zero, one])
        .1
        .0
}

#[test]
fn number_types() {
    let (value, tangent) = generic::jvp_lanes(&[1.0_f32, 2.0], &[[1.0], [0.5]], 2.0, [0.0]);
    let (expected, expected_tangent) = generic::jvp(&[1.0_f32, 2.0], &[1.0, 0.5], 2.0, 0.0);
    assert_eq!(value, expected);
    assert_eq!(
        tangent,
        ([expected_tangent.0], expected_tangent.1.map(|t| [t]))
    );
    assert_eq!(
        lanes_of_generic(0.5_f64).map(|t| t as f32),
        lanes_of_generic(0.5_f32)
    );
    let wrapped = lanes_of_generic(Number(0.5_f64));
    assert_eq!(wrapped.map(|n| n.0), lanes_of_generic(0.5_f64));
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
struct Spring {
    ends: [f64; 2],
    stiffness: Vec<f64>,
    name: String,
}

#[conservative_grad]
impl Spring {
    fn energy(&self, power: f64) -> f64 {
        let length = self.ends[1] - self.ends[0];
        self.stiffness.iter().map(|k| k * length.powf(power)).sum()
    }
    fn pull(&mut self, by: f64) -> f64 {
        self.ends[1] += by * self.stiffness[0];
        self.ends[1] * by
    }
}

#[conservative_grad]
fn pulled(springs: &mut [Spring], by: f64) -> f64 {
    let mut sum = 0.0;
    for spring in springs.iter_mut() {
        sum += spring.pull(by) + spring.energy(2.0);
    }
    sum
}

#[conservative_grad]
trait Law {
    fn force(&self, x: f64) -> f64;
    fn twice(&self, x: f64) -> f64 {
        self.force(x) * 2.0
    }
}

#[derive(Differentiable)]
struct Hooke(f64);

#[conservative_grad]
impl Law for Hooke {
    fn force(&self, x: f64) -> f64 {
        -self.0 * x
    }
}

#[test]
fn types_of_the_users() {
    let spring = Spring {
        ends: [0.5, 2.0],
        stiffness: vec![0.3, 0.7],
        name: "a".to_owned(),
    };
    let along = |k: f64| SpringTangent {
        ends: [k, 1.0],
        stiffness: vec![0.0, k * k],
    };
    let tangents = [along(1.0), along(-2.0), along(0.5)];
    let by = [0.1, 0.2, 0.3];
    let (value, lanes) = spring.energy_jvp_lanes(&Lanes(tangents.clone()), 1.5, by);
    for k in 0..3 {
        assert_eq!(
            spring.energy_jvp(&tangents[k], 1.5, by[k]),
            (value, lanes[k])
        );
    }
    let mut all = [spring.clone(), spring.clone()];
    let mut all_tan = [Lanes(tangents.clone()), Lanes(tangents.clone())];
    let (value, lanes) = pulled::jvp_lanes::<3>(&mut all, &mut all_tan, 0.4, by);
    for k in 0..3 {
        let mut one = [spring.clone(), spring.clone()];
        let mut one_tan = [tangents[k].clone(), tangents[k].clone()];
        assert_eq!(
            pulled::jvp(&mut one, &mut one_tan, 0.4, by[k]),
            (value, lanes[k])
        );
        assert_eq!(one, all);
        assert_eq!(one_tan, all_tan.each_ref().map(|lanes| lanes.0[k].clone()));
    }
    let tangents = [HookeTangent(1.0), HookeTangent(0.0)];
    let (value, lanes) = Hooke(2.0).twice_jvp_lanes(&Lanes(tangents), 0.5, [0.0, 1.0]);
    assert_eq!((value, lanes), (-2.0, [-1.0, -4.0]));
}

#[conservative_grad(wrt(x, out))]
fn written(x: f64, w: &[f64], out: &mut [f64], count: &mut usize) {
    for (o, w) in out.iter_mut().zip(w) {
        *o += x * w;
        *count += 1;
    }
}

#[conservative_grad]
fn fallible(x: f64) -> Result<f64, String> {
    if x < 0.0 {
        return Err(format!("{x} is negative"));
    }
    Ok(x.sqrt())
}

#[conservative_grad]
fn fallible_twice(x: f64) -> Result<(f64, f64), String> {
    let y = fallible(x)?;
    Ok((y, fallible(y - 1.0)?))
}

#[test]
fn what_it_leaves_and_returns() {
    let (mut out, mut out_tan, mut count) = ([1.0, 2.0], [[1.0, 0.0], [0.0, 1.0]], 0);
    written::jvp_lanes::<2>(
        3.0,
        [1.0, 10.0],
        &[2.0, 4.0],
        &mut out,
        &mut out_tan,
        &mut count,
    );
    assert_eq!(
        (out, out_tan, count),
        ([7.0, 14.0], [[3.0, 20.0], [4.0, 41.0]], 2)
    );
    assert_eq!(fallible::jvp_lanes(4.0, [1.0, 8.0]), Ok((2.0, [0.25, 2.0])));
    assert_eq!(
        fallible_twice::jvp_lanes(4.0, [1.0, 8.0]),
        Ok(((2.0, 1.0), ([0.25, 2.0], [0.125, 1.0])))
    );
    assert_eq!(
        fallible_twice::jvp_lanes(0.25, [1.0]),
        Err("-0.5 is negative".to_owned())
    );
}

thread_local! {
    static RUNS: Cell<usize> = const { Cell::new(0) };
}

fn counted() -> f64 {
    RUNS.set(RUNS.get() + 1);
    2.0
}

#[conservative_grad]
fn with_effect(x: f64) -> f64 {
    let k = counted();
    x * k
}

#[test]
fn the_value_is_computed_once() {
    assert_eq!(with_effect::jvp_lanes(3.0, [1.0; 7]), (6.0, [2.0; 7]));
    assert_eq!(RUNS.get(), 1);
}

#[test]
#[should_panic(expected = "x_tan")]
fn lengths_are_checked() {
    let _ = kinks::jvp_lanes(&[0.0; 4], &[[0.0]; 3]);
}

#[conservative_grad]
fn spiral(x: &[f64]) -> Vec<f64> {
    (0..3).map(|k| x[k] * x[k + 1] + x[0]).collect()
}

#[conservative_grad]
fn loss(x: &[f64]) -> f64 {
    let y: Vec<f64> = spiral(x);
    y.iter().map(|v| v * v).sum()
}

#[test]
fn jacobians() {
    let x = [0.5, -1.0, 2.0, 3.0, 0.1];
    let (value, columns) = jacobian::by_columns(spiral::jvp_lanes::<2>, &x[..]);
    let (again, rows) = jacobian::by_rows(spiral, spiral::vjp, &x[..]);
    assert_eq!((&value, columns.rows()), (&again, 3));
    assert_eq!(columns, rows);
    assert_eq!(rows.row(1), [1.0, 2.0, -1.0, 0.0, 0.0]);
    let (_, chosen) = jacobian::dense(spiral, spiral::jvp_lanes::<4>, spiral::vjp, &x[..]);
    assert_eq!(chosen, rows);
    let (value, gradient) = loss::grad(&x);
    let (again, row) =
        jacobian::dense(loss, loss::jvp_lanes::<8>, loss::vjp, x.to_vec().as_slice());
    assert_eq!((again, row.entries), (value, gradient));
}
