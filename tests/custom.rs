//! Derivatives that are given: hand-written rules and the zero by decision.

use std::cell::Cell;
use std::collections::BTreeMap;

use ad_runtime::testing::{check_grad, check_jvp, check_vjp};
use ad_runtime::{Float, Notes, Site, SiteKind, Tape, Verdict, conservative_grad, constant, sites};

/// A body that no compiler of this kind differentiates: a closure, a map, a loop to convergence.
#[conservative_grad(custom(vjp = root_vjp, jvp = root_jvp))]
fn root(a: f64) -> f64 {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let step = |x: f64| 0.5 * (x + a / x);
    let mut x = a;
    while seen.insert(x.to_bits(), seen.len()).is_none() {
        x = step(x);
    }
    x
}

fn root_vjp(a: f64, seed: f64) -> (f64, f64) {
    let value = root(a);
    (value, seed / (2.0 * value))
}

fn root_jvp(a: f64, a_tan: f64) -> (f64, f64) {
    let value = root(a);
    (value, a_tan / (2.0 * value))
}

#[test]
fn a_rule_is_the_derivative_of_its_function() {
    assert_eq!(root::grad(4.0), (2.0, 0.25));
    assert_eq!(root::vjp(4.0, 3.0), (2.0, 0.75));
    assert_eq!(root::jvp(4.0, 2.0), (2.0, 0.5));
    assert_eq!(root::grad_with::<ad_runtime::Left>(4.0), (2.0, 0.25));
    let (value, slope, trace) = root::grad_trace(4.0);
    assert_eq!(
        (value, slope, trace.verdict()),
        (2.0, 0.25, Verdict::Classical)
    );
    assert_eq!(root::trace(4.0).0, 2.0);
    assert!(root::SITES.is_empty() && trace.selections().is_empty());
    let (mut tape, mut slot) = (Tape::new(), 1.0);
    assert_eq!(root::vjp_into(&mut tape, 4.0, &mut slot, 1.0), 2.0);
    assert_eq!(root::vjp_into(&mut tape, 4.0, &mut slot, 2.0), 2.0);
    assert_eq!(slot, 1.75);
}

#[conservative_grad]
fn of_roots(x: [f64; 3], n: usize) -> f64 {
    let mut sum = x[2] * root(x[0] * x[1]);
    for i in 0..n {
        if root(x[i % 2]) > 1.0 {
            sum += root(x[i % 2] + sum * sum);
        }
    }
    sum
}

#[test]
fn callers_are_differentiated_through_a_rule() {
    for n in 0..4 {
        for x in [[2.0, 3.0, 0.5], [0.5, 7.0, -1.5], [4.0, 0.1, 2.0]] {
            check_grad(|x| of_roots(x, n), |x| of_roots::grad(x, n), x).assert_ok();
            check_jvp(|x, d| of_roots::jvp(x, d, n), |x| of_roots::grad(x, n), x).assert_ok();
            let (mut tape, mut slot) = (Tape::new(), [0.0; 3]);
            for _ in 0..2 {
                of_roots::vjp_into(&mut tape, x, &mut slot, n, 1.0);
            }
            assert_eq!(slot.map(|s| s / 2.0), of_roots::grad(x, n).1);
            assert_eq!(of_roots::trace(x, n).0.to_bits(), of_roots(x, n).to_bits());
        }
    }
}

/// Solves `x + w y = b` backwards in place, and returns the sum: an argument that is overwritten,
/// one that is read, one outside `wrt`.
#[conservative_grad(wrt(w, x), custom(vjp = chain_vjp, jvp = chain_jvp))]
fn chain(w: &[f64], x: &mut [f64], power: i32) -> f64 {
    let mut carry = 0.0;
    let mut sum = 0.0;
    x.iter_mut().zip(w).rev().for_each(|(x, w)| {
        carry = x.powi(power) + w * carry;
        *x = carry;
        sum += carry;
    });
    sum
}

/// What `chain` computes, with the arguments of the compiler's own derivative.
#[conservative_grad(wrt(w, x))]
fn chain_plain(w: &[f64], x: &mut [f64], power: i32) -> f64 {
    let mut carry = 0.0;
    let mut sum = 0.0;
    for k in 0..x.len() {
        let i = x.len() - 1 - k;
        carry = x[i].powi(power) + w[i] * carry;
        x[i] = carry;
        sum += carry;
    }
    sum
}

fn chain_vjp(
    w: &[f64],
    x: &mut [f64],
    x_adj: &mut [f64],
    power: i32,
    seed: f64,
) -> (f64, Vec<f64>) {
    let initial = x.to_vec();
    let value = chain(w, x, power);
    let mut w_adj = vec![0.0; w.len()];
    let mut carry_adj = 0.0;
    for i in 0..x.len() {
        let out_adj = x_adj[i] + seed + carry_adj;
        let before = if i + 1 < x.len() { x[i + 1] } else { 0.0 };
        w_adj[i] = out_adj * before;
        carry_adj = out_adj * w[i];
        x_adj[i] = out_adj * f64::from(power) * initial[i].powi(power - 1);
    }
    (value, w_adj)
}

fn chain_jvp(w: &[f64], w_tan: &[f64], x: &mut [f64], x_tan: &mut [f64], power: i32) -> (f64, f64) {
    chain_plain::jvp(w, w_tan, x, x_tan, power)
}

macro_rules! users_of_chain {
    ($($name:ident: $chain:ident),*) => {$(
        mod $name {
            use super::*;

            /// Reads what it passes before and after, overwrites it, and passes it again.
            #[conservative_grad]
            pub fn user(w: [f64; 4], x: [f64; 4]) -> f64 {
                let mut y = x;
                let first = y[0] * y[3];
                let a = $chain(&w, &mut y, 2);
                let second = y[1] * a;
                $chain(&y, &mut w.clone(), 1);
                for i in 0..4 {
                    y[i] = y[i].sin() * w[i];
                }
                $chain(&x, &mut y[1..], 3);
                $chain(&w[2..], &mut y[..2], 2) + first + second + y[0] * y[2] - y[3]
            }

            /// Only some arguments are active.
            #[conservative_grad(wrt(a))]
            pub fn partly(a: f64, w: &[f64], x: &[f64]) -> f64 {
                let mut y = x.to_vec();
                let v = [a, a * a, 1.0, 2.0];
                let mut sum = $chain(w, &mut y, 2);
                sum += $chain(&v, &mut y, 2);
                y[0] = a.cos();
                sum *= $chain(w, &mut y, 2);
                sum + y[1]
            }
        }
    )*};
}
users_of_chain!(custom: chain, plain: chain_plain);

#[test]
fn overwritten_arguments_are_as_the_compilers() {
    let (w, x) = ([0.3, -0.7, 1.1, 0.4], [0.9, -0.2, 0.5, 1.3]);
    let close =
        |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * (1.0 + b.abs()), "{a} is not {b}");
    let (value, (w_adj, x_adj)) = custom::user::grad(w, x);
    let (expected, (w_expected, x_expected)) = plain::user::grad(w, x);
    assert_eq!(value.to_bits(), expected.to_bits());
    for i in 0..4 {
        close(w_adj[i], w_expected[i]);
        close(x_adj[i], x_expected[i]);
    }
    let tangents = ([1.0, -2.0, 0.5, 0.25], [0.75, 3.0, -1.0, 2.0]);
    let (_, tangent) = custom::user::jvp(w, tangents.0, x, tangents.1);
    close(tangent, plain::user::jvp(w, tangents.0, x, tangents.1).1);
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    close(tangent, dot(&w_adj, &tangents.0) + dot(&x_adj, &tangents.1));
    for a in [0.4, -1.2] {
        let (value, slope) = custom::partly::grad(a, &w, &x);
        assert_eq!(value, custom::partly(a, &w, &x));
        close(slope, plain::partly::grad(a, &w, &x).1);
        close(custom::partly::jvp(a, 2.0, &w, &x).1, 2.0 * slope);
        assert_eq!(custom::partly::trace(a, &w, &x).0, value);
    }
}

#[test]
fn the_public_functions_leave_final_values() {
    let (w, x) = ([0.3, -0.7, 1.1], [0.9, -0.2, 0.5]);
    let mut last = x;
    let value = chain(&w, &mut last, 2);
    let (mut y, mut y_adj) = (x, [0.0; 3]);
    let (found, w_adj) = chain::vjp(&w, &mut y, &mut y_adj, 2, 1.0);
    assert_eq!((found, y), (value, last));
    let (mut z, mut z_adj) = (x, [0.0; 3]);
    let (_, expected) = chain_plain::vjp(&w, &mut z, &mut z_adj, 2, 1.0);
    assert_eq!((w_adj, y_adj), (expected, z_adj));
    let mut y = x;
    assert_eq!(chain::trace(&w, &mut y, 2).0, value);
    assert_eq!(y, last);
    let (mut y, mut y_tan) = (x, [1.0; 3]);
    chain::jvp(&w, &[0.0; 3], &mut y, &mut y_tan, 2);
    assert_eq!(y, last);
}

/// Generic, with owned and nested arguments, and a result that is an array.
#[conservative_grad(custom(vjp = mix_vjp, jvp = mix_jvp))]
fn mix<T: Float, const N: usize>(a: Vec<T>, p: (T, [T; N]), scale: &T) -> [T; N] {
    let total = a.iter().fold(T::zero(), |sum, x| sum + *x);
    p.1.map(|x| x * total * p.0 + *scale)
}

type Cotangents<T, const N: usize> = (Vec<T>, (T, [T; N]), T);

fn mix_vjp<T: Float, const N: usize>(
    a: Vec<T>,
    p: (T, [T; N]),
    scale: &T,
    seed: [T; N],
) -> ([T; N], Cotangents<T, N>) {
    let total = a.iter().fold(T::zero(), |sum, x| sum + *x);
    let inner = (0..N).fold(T::zero(), |sum, k| sum + p.1[k] * seed[k]);
    let of_a = vec![inner * p.0; a.len()];
    let of_scale = seed.iter().fold(T::zero(), |sum, x| sum + *x);
    let of_p = (inner * total, seed.map(|s| s * total * p.0));
    (mix(a, p, scale), (of_a, of_p, of_scale))
}

fn mix_jvp<T: Float, const N: usize>(
    a: Vec<T>,
    a_tan: Vec<T>,
    p: (T, [T; N]),
    p_tan: (T, [T; N]),
    scale: &T,
    scale_tan: &T,
) -> ([T; N], [T; N]) {
    let sum = |v: &[T]| v.iter().fold(T::zero(), |sum, x| sum + *x);
    let (total, total_tan) = (sum(&a), sum(&a_tan));
    let tangent = std::array::from_fn(|k| {
        p_tan.1[k] * total * p.0 + p.1[k] * (total_tan * p.0 + total * p_tan.0) + *scale_tan
    });
    (mix(a, p, scale), tangent)
}

#[conservative_grad]
fn mixed<T: Float>(x: [T; 4], y: T) -> T {
    let a = vec![x[0], x[1] * y, y];
    let r = mix(a, (x[2], [x[3], x[0]]), &y);
    let c = mix(vec![T::one()], (T::one(), [y, y, T::one()]), &x[1]);
    r[0] * r[1] + c[2] * c[0]
}

#[test]
fn rules_are_generic_as_their_function() {
    let f = |x: [f64; 5]| mixed([x[0], x[1], x[2], x[3]], x[4]);
    let grad = |x: [f64; 5]| {
        let (value, (a, y)) = mixed::grad([x[0], x[1], x[2], x[3]], x[4]);
        (value, [a[0], a[1], a[2], a[3], y])
    };
    let jvp = |x: [f64; 5], d: [f64; 5]| {
        mixed::jvp(
            [x[0], x[1], x[2], x[3]],
            [d[0], d[1], d[2], d[3]],
            x[4],
            d[4],
        )
    };
    let x = [0.3, 1.2, -0.4, 0.8, 2.0];
    check_grad(f, grad, x).assert_ok();
    check_jvp(jvp, grad, x).assert_ok();
    let narrow = mixed::grad([0.3_f32, 1.2, -0.4, 0.8], 2.0);
    assert!((f64::from(narrow.1.1) - grad(x).1[4]).abs() < 1e-4);
}

thread_local! {
    static RUNS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

#[conservative_grad(custom(vjp = counted_vjp))]
fn counted(x: f64) -> f64 {
    RUNS.set((RUNS.get().0 + 1, RUNS.get().1));
    x * x
}

fn counted_vjp(x: f64, seed: f64) -> (f64, f64) {
    RUNS.set((RUNS.get().0, RUNS.get().1 + 1));
    (x * x, 2.0 * x * seed)
}

#[conservative_grad]
fn counts(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = counted(y);
    }
    y
}

#[test]
fn nothing_runs_twice() {
    let (value, slope) = counts::grad(1.5, 3);
    assert_eq!((value, slope), (1.5_f64.powi(8), 8.0 * 1.5_f64.powi(7)));
    assert_eq!(RUNS.get(), (3, 3));
    counted::grad(2.0);
    assert_eq!(RUNS.get(), (3, 4));
    counts::trace(1.5, 3);
    assert_eq!(RUNS.get(), (6, 4));
}

/// Only forward mode.
#[conservative_grad(custom(jvp = ahead_jvp))]
fn ahead(x: f64) -> f64 {
    x.sin()
}

fn ahead_jvp(x: f64, x_tan: f64) -> (f64, f64) {
    (x.sin(), x_tan * x.cos())
}

#[conservative_grad]
fn uses_ahead(x: f64) -> f64 {
    3.0 * ahead(x * x)
}

#[test]
fn a_caller_has_the_modes_of_its_callee() {
    assert_eq!(uses_ahead::jvp(0.5, 1.0).1, 3.0 * 0.25_f64.cos());
}

/// An iteration of its own: no float is active, so no mode is missing.
#[conservative_grad(wrt(x))]
fn inactive_calls(x: f64, c: f64) -> f64 {
    x * ahead(c) * counted(2.0 * c)
}

#[test]
fn an_inactive_call_needs_no_rule() {
    assert_eq!(inactive_calls::jvp(2.0, 1.0, 0.0), (0.0, 0.0));
    assert_eq!(inactive_calls::grad(2.0, 1.0).1, 1.0_f64.sin() * 4.0);
}

const STEPS: &[Site] = sites!(threshold: Less "x < -t", Greater "x > t", Div "1.0 / t");

/// Soft threshold, with what it decides.
#[conservative_grad(custom(
    vjp = threshold_vjp,
    jvp = threshold_jvp,
    sites = STEPS,
    trace = threshold_trace,
))]
fn threshold(x: f64, t: f64) -> f64 {
    if x < -t { x + t } else { (x - t).max(0.0) }
}

fn threshold_vjp(x: f64, t: f64, seed: f64) -> (f64, (f64, f64)) {
    let outside = if x.abs() > t { seed } else { 0.0 };
    (threshold(x, t), (outside, -outside * x.signum()))
}

fn threshold_jvp(x: f64, x_tan: f64, t: f64, t_tan: f64) -> (f64, f64) {
    let (value, (by_x, by_t)) = threshold_vjp(x, t, 1.0);
    (value, by_x * x_tan + by_t * t_tan)
}

fn threshold_trace(x: f64, t: f64, notes: &mut Notes<'_>) {
    notes.select(&STEPS[0], u32::from(x >= -t), x + t);
    if x >= -t {
        notes.select(&STEPS[1], u32::from(x <= t), x - t);
    }
    notes.select(&STEPS[2], 0, t);
}

#[conservative_grad]
fn shrunk(xs: &[f64], t: f64) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        let y = threshold(*x, t);
        sum += y.max(0.5) * y;
    }
    sum
}

#[test]
fn selections_of_a_rule_stand_among_the_callers() {
    assert_eq!(threshold::SITES, STEPS);
    assert_eq!(STEPS[1].kind, SiteKind::Greater);
    let (_, _, trace) = shrunk::grad_trace(&[3.0, -3.0], 1.0);
    let found: Vec<_> = trace
        .selections()
        .iter()
        .map(|s| (s.site.source, s.piece, s.margin))
        .collect();
    let expected = [
        ("x < -t", 1, 4.0),
        ("x > t", 0, 2.0),
        ("y.max(0.5)", 0, 1.5),
        ("x < -t", 0, -2.0),
        ("y.max(0.5)", 1, -2.5),
    ];
    assert_eq!(found, expected);
    assert_eq!(trace.verdict(), Verdict::Classical);
    let verdict = |x: f64, t: f64| shrunk::grad_ties(&[x], t).2.verdict();
    assert_eq!(verdict(1.0, 1.0), Verdict::Tied);
    assert_eq!(verdict(1.0, 0.0), Verdict::NotLipschitz);
    assert_eq!(verdict(f64::NAN, 1.0), Verdict::Undefined);
    assert_eq!(shrunk::trace(&[3.0], 1.0).1.selections().len(), 3);
}

/// Sites without notes: nobody can say how a run decided.
#[conservative_grad(custom(vjp = silent_vjp, sites = STEPS))]
fn silent(x: f64) -> f64 {
    x.abs()
}

fn silent_vjp(x: f64, seed: f64) -> (f64, f64) {
    (x.abs(), seed * x.signum())
}

#[test]
fn sites_without_notes_leave_the_verdict_open() {
    assert_eq!(silent::grad_ties(1.0).2.verdict(), Verdict::Undefined);
    assert_eq!(silent::grad_trace(1.0).2.verdict(), Verdict::Undefined);
    assert_eq!(silent::grad(1.0), (1.0, 1.0));
}

/// A rule that returns too few cotangents.
#[conservative_grad(custom(vjp = short_vjp))]
fn short(xs: &[f64]) -> f64 {
    xs.iter().sum()
}

fn short_vjp(xs: &[f64], seed: f64) -> (f64, Vec<f64>) {
    (xs.iter().sum(), vec![seed; xs.len() - 1])
}

#[test]
#[should_panic(expected = "`xs_adj` of `short_vjp` has length 2, but `xs` has length 3")]
fn cotangents_have_the_length_of_their_argument() {
    short::grad(&[1.0, 2.0, 3.0]);
}

/// A function of another crate, through a wrapper.
#[conservative_grad(custom(vjp = hypot3_vjp, jvp = hypot3_jvp))]
fn hypot3(x: f64, y: f64, z: f64) -> f64 {
    Float::hypot(Float::hypot(x, y), z)
}

fn hypot3_vjp(x: f64, y: f64, z: f64, seed: f64) -> (f64, (f64, f64, f64)) {
    let r = hypot3(x, y, z);
    (r, (seed * x / r, seed * y / r, seed * z / r))
}

fn hypot3_jvp(x: f64, x_tan: f64, y: f64, y_tan: f64, z: f64, z_tan: f64) -> (f64, f64) {
    let r = hypot3(x, y, z);
    (r, (x * x_tan + y * y_tan + z * z_tan) / r)
}

#[test]
fn foreign_functions_are_wrapped() {
    assert_eq!(
        hypot3::grad(2.0, 3.0, 6.0).1,
        (2.0 / 7.0, 3.0 / 7.0, 6.0 / 7.0)
    );
    assert_eq!(hypot3::jvp(2.0, 7.0, 3.0, 0.0, 6.0, 0.0).1, 2.0);
}

#[test]
fn rules_stand_in_function_bodies_and_doc_tests() {
    #[conservative_grad(custom(vjp = inner_vjp))]
    fn inner(x: f64) -> f64 {
        x * x
    }
    fn inner_vjp(x: f64, seed: f64) -> (f64, f64) {
        (x * x, 2.0 * x * seed)
    }
    assert_eq!(inner::grad(3.0), (9.0, 6.0));
}

/// Nothing but what it writes.
#[conservative_grad(custom(vjp = doubled_vjp, jvp = doubled_jvp))]
fn doubled(x: &mut f64, by: &mut [f64; 2]) {
    *x *= by[0] + by[1];
    by[1] = *x;
}

fn doubled_vjp(x: &mut f64, x_adj: &mut f64, by: &mut [f64; 2], by_adj: &mut [f64; 2]) {
    let (factor, before) = (by[0] + by[1], *x);
    doubled(x, by);
    *x_adj += by_adj[1];
    by_adj[0] += *x_adj * before;
    by_adj[1] = *x_adj * before;
    *x_adj *= factor;
}

fn doubled_jvp(x: &mut f64, x_tan: &mut f64, by: &mut [f64; 2], by_tan: &mut [f64; 2]) {
    *x_tan = *x_tan * (by[0] + by[1]) + *x * (by_tan[0] + by_tan[1]);
    doubled(x, by);
    by_tan[1] = *x_tan;
}

#[conservative_grad]
fn powers(x: [f64; 3], n: usize) -> f64 {
    let mut y = x[0];
    let mut by = [x[1], x[2]];
    let mut sum = 0.0;
    for _ in 0..n {
        sum += y * by[1];
        doubled(&mut y, &mut by);
        sum += y.sin();
    }
    sum
}

#[test]
fn a_function_without_result_has_rules_too() {
    for n in 0..4 {
        let x = [0.7, -0.4, 0.9];
        check_grad(|x| powers(x, n), |x| powers::grad(x, n), x).assert_ok();
        check_jvp(|x, d| powers::jvp(x, d, n), |x| powers::grad(x, n), x).assert_ok();
    }
    let (mut x, mut x_adj, mut by, mut by_adj) = (2.0, 1.0, [1.0, 2.0], [0.0; 2]);
    doubled::vjp(&mut x, &mut x_adj, &mut by, &mut by_adj);
    assert_eq!((x, x_adj, by, by_adj), (6.0, 3.0, [1.0, 6.0], [2.0, 2.0]));
}

/// Zero by decision.
#[conservative_grad(constant)]
fn scale_of(xs: &[f64]) -> f64 {
    xs.iter()
        .copied()
        .map(f64::abs)
        .fold(f64::MIN_POSITIVE, f64::max)
}

#[conservative_grad(constant)]
fn table(x: f64, key: u32) -> [f64; 2] {
    let table: BTreeMap<u32, f64> = [(1, 2.0), (2, 3.0)].into();
    [table[&key] * x, x]
}

#[conservative_grad]
fn normalised(xs: &[f64], k: u32) -> f64 {
    let m = scale_of(xs);
    let t = table(xs[0], k);
    let mut sum = 0.0;
    for x in xs {
        sum += (x / m) * t[0];
    }
    sum * constant(t[1]) * scale_of(&[sum, m])
}

#[test]
fn a_constant_function_has_a_zero_derivative() {
    let xs = [1.0, -4.0, 2.0];
    let (value, gradient, trace) = normalised::grad_trace(&xs, 2);
    assert_eq!(value, normalised(&xs, 2));
    // sum = 3 x0 (x0 + x1 + x2) / 4 with x0 held, times x0 held, times the larger of it and 4
    assert_eq!(gradient, vec![3.0; 3]);
    assert_eq!(normalised::jvp(&xs, &[1.0, 0.0, 1.0], 2).1, 6.0);
    assert_eq!(trace.verdict(), Verdict::Classical);
    assert!(scale_of::SITES.is_empty());
    let (value, trace) = table::trace(2.0, 1);
    assert_eq!((value, trace.selections().len()), ([4.0, 2.0], 0));
}

/// The product of two slices, with a rule that needs both.
#[conservative_grad(custom(vjp = product_vjp, jvp = product_jvp))]
fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn product_vjp(a: &[f64], b: &[f64], seed: f64) -> (f64, (Vec<f64>, Vec<f64>)) {
    let times = |x: &[f64]| x.iter().map(|x| seed * x).collect();
    (product(a, b), (times(b), times(a)))
}

fn product_jvp(a: &[f64], a_tan: &[f64], b: &[f64], b_tan: &[f64]) -> (f64, f64) {
    (product(a, b), product(a_tan, b) + product(a, b_tan))
}

/// The same array twice, overlapping parts, a recursion through a rule, an early exit.
#[conservative_grad]
fn aliases(x: [f64; 4], n: usize) -> f64 {
    if n == 0 {
        return product(&x, &x);
    }
    let mut y = x;
    for i in 0..3 {
        y[i] += product(&y[..3], &y[1..]) * 0.1;
        if y[i] > 2.0 {
            return aliases(y, n - 1) + root(y[i]);
        }
    }
    product(&x, &y) - aliases(y, n - 1)
}

#[test]
fn aliased_arguments_add_up() {
    for n in 0..4 {
        for x in [[0.3, -0.7, 1.1, 0.4], [1.9, 0.6, 1.5, -0.2]] {
            check_grad(|x| aliases(x, n), |x| aliases::grad(x, n), x).assert_ok();
            check_jvp(|x, d| aliases::jvp(x, d, n), |x| aliases::grad(x, n), x).assert_ok();
        }
    }
}

#[test]
fn rules_are_checked_against_differences() {
    check_vjp(root, root_vjp, 3.0).assert_ok();
    check_vjp(root, root::vjp, 3.0).assert_ok();
    let halves = |x: [f64; 6]| product(&x[..3], &x[3..]);
    let halves_vjp = |x: [f64; 6], seed: f64| {
        let (value, (a, b)) = product_vjp(&x[..3], &x[3..], seed);
        (value, [a[0], a[1], a[2], b[0], b[1], b[2]])
    };
    check_vjp(halves, halves_vjp, [0.3, -0.7, 1.1, 0.4, 2.0, -1.5]).assert_ok();
    let chained = |x: &[f64]| {
        let mut y = x[3..].to_vec();
        let value = chain(&x[..3], &mut y, 2);
        [&y[..], &[value]].concat()
    };
    let chained_vjp = |x: &[f64], seed: Vec<f64>| {
        let (mut y, mut y_adj) = (x[3..].to_vec(), seed[..3].to_vec());
        let (value, w_adj) = chain_vjp(&x[..3], &mut y, &mut y_adj, 2, seed[3]);
        ([&y[..], &[value]].concat(), [w_adj, y_adj].concat())
    };
    check_vjp(chained, chained_vjp, &[0.3, -0.7, 1.1, 0.4, 2.0, -1.5][..]).assert_ok();
}

/// A spring, with a rule over its fields.
#[derive(Clone, Debug, ad_runtime::Differentiable)]
struct Spring {
    stiffness: f64,
    rest: Vec<f64>,
    turns: usize,
}

#[conservative_grad(custom(vjp = stretch_vjp, jvp = stretch_jvp))]
fn stretch(s: &Spring, x: f64) -> f64 {
    s.rest.iter().map(|r| s.stiffness * (x - r)).sum()
}

fn stretch_vjp(s: &Spring, x: f64, seed: f64) -> (f64, (SpringTangent, f64)) {
    let mut s_adj = ad_runtime::Differentiable::zero_like(s);
    s_adj.stiffness = seed * s.rest.iter().map(|r| x - r).sum::<f64>();
    s_adj.rest.fill(-seed * s.stiffness);
    let x_adj = seed * s.stiffness * s.rest.len() as f64;
    (stretch(s, x), (s_adj, x_adj))
}

fn stretch_jvp(s: &Spring, s_tan: &SpringTangent, x: f64, x_tan: f64) -> (f64, f64) {
    let pairs = s.rest.iter().zip(&s_tan.rest);
    let tangent = pairs.map(|(r, r_tan)| s_tan.stiffness * (x - r) + s.stiffness * (x_tan - r_tan));
    (stretch(s, x), tangent.sum())
}

#[conservative_grad]
fn sprung(k: f64, x: [f64; 2]) -> f64 {
    let spring = Spring {
        stiffness: k * k,
        rest: vec![x[0], k],
        turns: 3,
    };
    stretch(&spring, x[1]) * spring.stiffness
        + stretch(&spring, spring.rest[0]) * spring.turns as f64
}

#[test]
fn rules_take_structs() {
    let f = |x: [f64; 3]| sprung(x[0], [x[1], x[2]]);
    let grad = |x: [f64; 3]| {
        let (value, (k, x)) = sprung::grad(x[0], [x[1], x[2]]);
        (value, [k, x[0], x[1]])
    };
    let jvp = |x: [f64; 3], d: [f64; 3]| sprung::jvp(x[0], d[0], [x[1], x[2]], [d[1], d[2]]);
    check_grad(f, grad, [0.7, 0.3, 1.9]).assert_ok();
    check_jvp(jvp, grad, [0.7, 0.3, 1.9]).assert_ok();
}
