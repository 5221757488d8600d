//! The functions that the runtime provides: values, derivatives in every mode, answers at ties
//! under every rule, special values, and the record.
//!
//! Dual numbers are no `Float`, so derivatives are compared with differences and with formulas.

use ad_runtime::testing::{check_grad, check_jvp};
use ad_runtime::{
    Float, Left, Mean, MinNorm, Right, Site, SiteKind, Tape, Trace, Verdict, argmax,
    conservative_grad, dot, huber, leaky_relu, log_add_exp, log_sum_exp, max_of, median, min_of,
    norm, relu, sigmoid, smooth_abs, softmax, softplus, sort,
};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Equal as bits, but for the payload of NaN and the sign of zero.
#[track_caller]
fn same(found: &[f64], expected: &[f64]) {
    let equal = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
    let all = found.len() == expected.len() && found.iter().zip(expected).all(equal);
    assert!(all, "{found:?} is not {expected:?}");
}

/// A function of one slice in every mode, against its value and differences.
macro_rules! of_slice {
    ($function:ident, $points:expr) => {{
        for x in $points {
            let x: &[f64] = &x;
            check_grad($function::<f64>, $function::grad, x).assert_ok();
            check_jvp($function::jvp, $function::grad, x).assert_ok();
            let (value, gradient) = $function::grad(x);
            let (mut tape, mut slot) = (Tape::new(), vec![0.0; x.len()]);
            for _ in 0..2 {
                assert_eq!($function::vjp_into(&mut tape, x, &mut slot, 1.0), value);
            }
            slot.iter()
                .zip(&gradient)
                .for_each(|(a, b)| assert_eq!(*a, 2.0 * b));
            let traced = $function::grad_trace(x);
            assert_eq!((traced.0, &traced.1), (value, &gradient));
            let counted = $function::grad_ties(x);
            assert_eq!((counted.0, &counted.1), (value, &gradient));
            assert_eq!(counted.2.verdict(), traced.2.verdict());
            assert_eq!(traced.2, $function::trace(x).1);
            assert_eq!(traced.2.verdict(), Verdict::Classical);
            let seeded = $function::vjp(x, -2.0).1;
            seeded
                .iter()
                .zip(&gradient)
                .for_each(|(a, b)| assert_eq!(*a, -2.0 * b));
            let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
            let (_, narrow) = $function::grad(&narrow);
            let off = |(a, b): (&f32, &f64)| (f64::from(*a) - b).abs() > 1e-5 * (1.0 + b.abs());
            assert!(
                !narrow.iter().zip(&gradient).any(off),
                "{narrow:?} is not {gradient:?}"
            );
        }
    }};
}

const POINTS: [&[f64]; 4] = [
    &[0.7],
    &[1.5, -0.3],
    &[0.3, -2.0, 1.1, 0.9, -0.4],
    &[2.5, 2.4, 2.3, -2.5, 0.0, 1.0],
];

#[test]
fn reductions_agree_with_differences() {
    of_slice!(max_of, POINTS);
    of_slice!(min_of, POINTS);
    of_slice!(median, POINTS);
    of_slice!(norm, POINTS);
    of_slice!(log_sum_exp, POINTS);
}

/// A function of one or two floats in every mode, as a function of an array.
macro_rules! of_floats {
    ($function:ident, [$($k:literal),+], $points:expr) => {{
        for x in $points {
            let f = |x: [f64; _]| $function($(x[$k]),+);
            let grad = |x: [f64; _]| {
                let (value, gradient) = $function::grad($(x[$k]),+);
                let seeded = $function::vjp($(x[$k],)+ 3.0);
                assert_eq!(seeded, (value, gradient.each(|g| 3.0 * g)));
                assert_eq!($function::trace($(x[$k]),+).0, value);
                let (traced, again, trace) = $function::grad_trace($(x[$k]),+);
                assert_eq!((traced, again, trace.verdict()), (value, gradient, Verdict::Classical));
                (value, gradient.list())
            };
            let jvp = |x: [f64; _], d: [f64; _]| $function::jvp($(x[$k], d[$k]),+);
            check_grad(f, grad, x).assert_ok();
            check_jvp(jvp, grad, x).assert_ok();
            let narrow = $function::grad($(x[$k] as f32),+).1;
            let off = |(a, b): (f32, f64)| (f64::from(a) - b).abs() > 1e-5 * (1.0 + b.abs());
            assert!(!narrow.list().into_iter().zip(grad(x).1).any(off));
        }
    }};
}

/// One gradient or a pair.
trait Gradient<T> {
    type List;
    fn each(self, f: impl Fn(T) -> T) -> Self;
    fn list(self) -> Self::List;
}

macro_rules! gradients {
    ($($float:ident)*) => {$(
        impl Gradient<$float> for $float {
            type List = [$float; 1];
            fn each(self, f: impl Fn($float) -> $float) -> Self {
                f(self)
            }
            fn list(self) -> [$float; 1] {
                [self]
            }
        }
        impl Gradient<$float> for ($float, $float) {
            type List = [$float; 2];
            fn each(self, f: impl Fn($float) -> $float) -> Self {
                (f(self.0), f(self.1))
            }
            fn list(self) -> [$float; 2] {
                [self.0, self.1]
            }
        }
    )*};
}
gradients!(f32 f64);

#[test]
fn functions_of_floats_agree_with_differences() {
    let one = [[-3.0], [-0.4], [0.2], [7.0]];
    let two = [
        [-3.0, 0.3],
        [-0.4, 1.7],
        [0.2, 0.9],
        [7.0, 2.0],
        [-1.5, 2.5],
    ];
    of_floats!(relu, [0], one);
    of_floats!(softplus, [0], one);
    of_floats!(sigmoid, [0], one);
    of_floats!(leaky_relu, [0, 1], two);
    of_floats!(log_add_exp, [0, 1], two);
    of_floats!(huber, [0, 1], two);
    of_floats!(smooth_abs, [0, 1], two);
}

#[conservative_grad]
fn by_rows(m: &[f64], q: [f64; 3], steps: usize) -> f64 {
    let mut scores = [0.0; 4];
    let mut total = 0.0;
    for step in 0..steps {
        for i in 0..4 {
            scores[i] += dot(&m[3 * i..3 * i + 3], &q);
        }
        // What is read before and after an overwrite.
        total += scores[step % 4] * scores[0];
        softmax(&mut scores);
        total += scores[1] * scores[2] - scores[3];
        softmax(&mut scores[1..3]);
        sort(&mut scores);
        total += scores[0] + 2.0 * scores[1] - 3.0 * scores[3];
        scores[0] = total.sin();
        sort(&mut scores[..2]);
        total += leaky_relu(scores[0] - scores[1], 0.2) * softplus(scores[3]);
        total += norm(&scores) * max_of(&scores[1..]) - min_of(&q) * median(&scores);
        total += dot(&q, &q) + log_sum_exp(m) + huber(total, scores[2]) * sigmoid(q[0]);
    }
    let copy = m.to_vec();
    total + norm(&copy) + smooth_abs(q[1], q[2]) * relu(q[2]) + log_add_exp(q[0], q[1])
}

#[test]
fn callers_agree_with_differences() {
    let m: Vec<f64> = (0..12).map(|i| (f64::from(i) * 1.7).sin()).collect();
    let q = [0.4, -0.9, 0.65];
    let all = [&m[..], &q].concat();
    for steps in 0..4 {
        let split = |x: &[f64]| (x[..12].to_vec(), [x[12], x[13], x[14]]);
        let f = |x: &[f64]| {
            let (m, q) = split(x);
            by_rows(&m, q, steps)
        };
        let grad = |x: &[f64]| {
            let (m, q) = split(x);
            let (value, (m_adj, q_adj)) = by_rows::grad(&m, q, steps);
            (value, [&m_adj[..], &q_adj].concat())
        };
        let jvp = |x: &[f64], d: &[f64]| {
            let ((m, q), (m_tan, q_tan)) = (split(x), split(d));
            by_rows::jvp(&m, &m_tan, q, q_tan, steps)
        };
        check_grad(f, grad, &all).assert_ok();
        check_jvp(jvp, grad, &all).assert_ok();
        let (value, trace) = by_rows::trace(&m, q, steps);
        assert_eq!(value.to_bits(), by_rows(&m, q, steps).to_bits());
        let (_, adjoints, again) = by_rows::grad_trace(&m, q, steps);
        assert_eq!(trace, again);
        let (mut tape, mut m_adj, mut q_adj) = (Tape::new(), vec![0.0; 12], [0.0; 3]);
        for _ in 0..2 {
            by_rows::vjp_into(&mut tape, &m, &mut m_adj, q, &mut q_adj, steps, 1.0);
        }
        let once = adjoints.0.iter().chain(&adjoints.1);
        for (twice, once) in m_adj.iter().chain(&q_adj).zip(once) {
            assert!((twice - 2.0 * once).abs() <= 1e-14 * once.abs());
        }
    }
}

#[conservative_grad(wrt(a))]
fn partly<T: Float>(a: T, ws: &[T], n: usize) -> T {
    let mut mixed = vec![a; n];
    let mut fixed = ws.to_vec();
    // Nothing active reaches these.
    sort(&mut fixed);
    softmax(&mut fixed);
    let c = norm(&fixed) + max_of(&fixed) + median(&fixed) + dot(ws, &fixed);
    for i in 0..n {
        mixed[i] = mixed[i] * ws[i] + c;
    }
    dot(&mixed, ws) + dot(ws, &fixed) + log_add_exp(c, a) + leaky_relu(c, a) + huber(c, a)
}

#[test]
fn inactive_arguments_cost_and_note_nothing() {
    let ws = [0.3, -1.2, 0.8];
    let f = |a| partly(a, &ws, 3);
    let grad = |a| partly::grad(a, &ws, 3);
    check_grad(f, grad, 0.7).assert_ok();
    check_jvp(|a, d| partly::jvp(a, d, &ws, 3), grad, 0.7).assert_ok();
    assert!(partly::trace(0.7, &ws, 3).1.selections().is_empty());
    assert!((f64::from(partly::grad(0.7_f32, &[0.3, -1.2, 0.8], 3).1) - grad(0.7).1).abs() < 1e-5);
}

/// Under the four rules, in the order of the documented table.
macro_rules! under_all {
    ($name:ident($($arg:expr),*)) => {
        [
            $name::grad_with::<MinNorm, _>($($arg),*).1,
            $name::grad_with::<Left, _>($($arg),*).1,
            $name::grad_with::<Right, _>($($arg),*).1,
            $name::grad_with::<Mean, _>($($arg),*).1,
        ]
    };
}

#[test]
fn activations_follow_the_table_at_their_kink() {
    assert_eq!(under_all!(relu(0.0)), [0.0, 0.0, 1.0, 0.5]);
    assert_eq!(under_all!(relu(-0.0)), [0.0, 0.0, 1.0, 0.5]);
    let slopes = |slope: f64| {
        under_all!(leaky_relu(0.0, slope)).map(|(dx, ds)| {
            assert_eq!(ds, 0.0);
            dx
        })
    };
    assert_eq!(slopes(0.25), [0.25, 0.25, 1.0, 0.625]);
    assert_eq!(slopes(0.0), [0.0, 0.0, 1.0, 0.5]);
    assert_eq!(slopes(-0.5), [0.0, -0.5, 1.0, 0.25]);
    assert_eq!(slopes(3.0), [1.0, 3.0, 1.0, 2.0]);
    same(&slopes(NAN), &[NAN, NAN, 1.0, NAN]);
    assert_eq!(under_all!(smooth_abs(0.0, 0.0)), [(0.0, 0.0); 4]);
    assert_eq!(under_all!(norm(&[0.0, -0.0])), [[0.0; 2]; 4]);
    // Forward mode makes the same choice.
    assert_eq!(relu::jvp_with::<Right, _>(0.0, 3.0).1, 3.0);
    assert_eq!(leaky_relu::jvp_with::<Mean, _>(0.0, 8.0, 0.25, 5.0).1, 5.0);
}

#[test]
fn one_reduction_shares_among_its_ties() {
    let xs = [2.0, 1.0, 2.0, 2.0];
    let third = 1.0 / 3.0;
    let shared = [third, 0.0, third, third];
    let (first, last) = ([1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(under_all!(max_of(&xs)), [shared, first, last, shared]);
    let negated = xs.map(|x| -x);
    assert_eq!(under_all!(min_of(&negated)), [shared, first, last, shared]);
    let d = [1.0, 10.0, 2.0, 4.0];
    let tangents = [
        max_of::jvp_with::<MinNorm, _>(&xs, &d).1,
        max_of::jvp_with::<Left, _>(&xs, &d).1,
        max_of::jvp_with::<Right, _>(&xs, &d).1,
    ];
    assert!((tangents[0] - 7.0 / 3.0).abs() < 1e-15);
    assert_eq!(tangents[1..], [1.0, 4.0]);
    assert_eq!(
        under_all!(max_of(&[INF, 0.0, INF])),
        [
            [0.5, 0.0, 0.5],
            [1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0],
            [0.5, 0.0, 0.5]
        ]
    );
    assert_eq!(max_of::grad(&[0.0, -0.0]).1, [0.5, 0.5]);
}

#[test]
fn orders_are_stable_under_every_rule() {
    for rule in [
        |xs: &[f64]| median::grad_with::<MinNorm, _>(xs).1,
        |xs: &[f64]| median::grad_with::<Right, _>(xs).1,
    ] {
        assert_eq!(rule(&[1.0, 1.0, 1.0]), [0.0, 1.0, 0.0]);
        assert_eq!(rule(&[2.0, 1.0, 1.0, 1.0]), [0.0, 0.0, 0.5, 0.5]);
    }
    let (mut xs, mut adj) = ([1.0, 0.0, 1.0, 0.0], [1.0, 2.0, 3.0, 4.0]);
    sort::vjp_with::<Right, _>(&mut xs, &mut adj);
    assert_eq!((xs, adj), ([0.0, 0.0, 1.0, 1.0], [3.0, 1.0, 4.0, 2.0]));
    let (mut xs, mut tan) = ([1.0, 0.0, 1.0, 0.0], [1.0, 2.0, 3.0, 4.0]);
    sort::jvp(&mut xs, &mut tan);
    assert_eq!((xs, tan), ([0.0, 0.0, 1.0, 1.0], [2.0, 4.0, 1.0, 3.0]));
}

/// Piece and margin of each selection.
fn noted(trace: &Trace) -> Vec<(SiteKind, u32, f64)> {
    let list = trace.selections().iter();
    list.map(|s| (s.site.kind, s.piece, s.margin)).collect()
}

#[test]
fn runs_tell_pieces_and_margins() {
    use SiteKind::{ArgMax, LeakyRelu, MaxOf, Median, MinOf, Norm, Relu, SmoothAbs, Sort};
    let of = |x: f64| noted(&relu::trace(x).1);
    assert_eq!(
        (of(-2.0), of(0.5)),
        (vec![(Relu, 0, -2.0)], vec![(Relu, 1, 0.5)])
    );
    assert_eq!(
        noted(&relu::trace_with::<Right, _>(0.0).1),
        [(Relu, 1, 0.0)]
    );
    assert_eq!(
        noted(&leaky_relu::trace(-1.0, 0.1).1),
        [(LeakyRelu, 0, -1.0)]
    );
    assert_eq!(noted(&max_of::trace(&[1.0, 4.0, 2.5]).1), [(MaxOf, 1, 1.5)]);
    assert_eq!(noted(&min_of::trace(&[1.0, 4.0, 2.5]).1), [(MinOf, 0, 1.5)]);
    assert_eq!(noted(&max_of::trace(&[1.0]).1), [(MaxOf, 0, INF)]);
    assert_eq!(
        noted(&max_of::trace_with::<Right, _>(&[3.0, 3.0]).1),
        [(MaxOf, 1, 0.0)]
    );
    assert_eq!(
        noted(&argmax::trace(&[1.0, 4.0, 2.5]).1),
        [(ArgMax, 1, 1.5)]
    );
    assert_eq!(
        noted(&median::trace(&[1.0, 4.0, 2.5]).1),
        [(Median, 2, 1.5)]
    );
    assert_eq!(
        noted(&median::trace(&[1.0, 4.0, 2.5, 2.5]).1),
        [(Median, 2, 1.5)]
    );
    assert_eq!(noted(&median::trace(&[1.0, 2.0]).1), [(Median, 0, INF)]);
    assert_eq!(noted(&norm::trace(&[3.0, 4.0]).1), [(Norm, 0, 5.0)]);
    assert!(norm::trace::<f64>(&[]).1.selections().is_empty());
    assert!(smooth_abs::trace(0.0, 1e-3).1.selections().is_empty());
    assert_eq!(noted(&smooth_abs::trace(0.0, 0.0).1), [(SmoothAbs, 0, 0.0)]);
    let trace = sort::trace(&mut [3.0, 1.0, 1.5, 1.5]);
    assert_eq!(
        noted(&trace),
        [(Sort, 0, 0.5), (Sort, 0, 0.0), (Sort, 1, 1.5)]
    );
}

#[test]
fn ties_have_their_verdict() {
    let verdicts = [
        relu::grad_ties(0.0).2.verdict(),
        leaky_relu::grad_ties(0.0, 0.1).2.verdict(),
        smooth_abs::grad_ties(0.0, 0.0).2.verdict(),
        max_of::grad_ties(&[1.0, 1.0]).2.verdict(),
        min_of::grad_ties(&[1.0, 1.0]).2.verdict(),
        median::grad_ties(&[1.0, 1.0, 2.0]).2.verdict(),
        norm::grad_ties(&[0.0]).2.verdict(),
        sort::trace(&mut [1.0, 1.0]).verdict(),
    ];
    assert_eq!(verdicts, [Verdict::Tied; 8]);
    assert_eq!(argmax::trace(&[1.0, 1.0]).1.verdict(), Verdict::Jump);
    let smooth = [
        median::grad_ties(&[0.0, 1.0, 1.0, 2.0]).2.verdict(),
        log_add_exp::grad_ties(1.0, 1.0).2.verdict(),
        log_sum_exp::grad_ties(&[1.0, 1.0]).2.verdict(),
        huber::grad_ties(1.0, 1.0).2.verdict(),
        norm::grad_ties::<f64>(&[]).2.verdict(),
    ];
    assert_eq!(smooth, [Verdict::Classical; 5]);
}

#[test]
fn sites_are_listed() {
    let tables: [(&[Site], &str); 10] = [
        (relu::SITES, "relu(x)"),
        (leaky_relu::SITES, "leaky_relu(x, slope)"),
        (smooth_abs::SITES, "smooth_abs(x, eps)"),
        (norm::SITES, "norm(xs)"),
        (max_of::SITES, "max_of(xs)"),
        (min_of::SITES, "min_of(xs)"),
        (argmax::SITES, "argmax(xs)"),
        (sort::SITES, "sort(xs)"),
        (median::SITES, "median(xs)"),
        (softplus::SITES, ""),
    ];
    for (sites, source) in tables {
        let found: Vec<_> = sites.iter().map(|s| s.source).collect();
        let expected: Vec<_> = Some(source).into_iter().filter(|s| !s.is_empty()).collect();
        assert_eq!(found, expected);
        assert!(
            sites
                .iter()
                .all(|s| source.starts_with(s.function) && s.line > 0)
        );
    }
    let smooth = [
        sigmoid::SITES,
        log_add_exp::SITES,
        log_sum_exp::SITES,
        softmax::SITES,
        huber::SITES,
        dot::SITES,
    ];
    assert!(smooth.iter().all(|sites| sites.is_empty()));
}

/// The rule of a caller reaches what it calls; selections stand in the order of execution.
#[conservative_grad(select = right)]
fn chosen(x: f64, ys: &[f64]) -> f64 {
    let hidden = relu(x);
    let best = argmax(ys);
    hidden.max(0.0) + max_of(ys) * ys[best]
}

#[test]
fn the_rule_of_the_caller_is_followed() {
    let ys = [2.0, 2.0];
    let (value, (x_adj, ys_adj), trace) = chosen::grad_trace(0.0, &ys);
    // The index of the largest is the first, whatever the rule.
    assert_eq!((value, x_adj, ys_adj), (4.0, 1.0, vec![2.0, 2.0]));
    let kinds: Vec<_> = noted(&trace)
        .into_iter()
        .map(|(kind, piece, _)| (kind, piece))
        .collect();
    let expected = [
        (SiteKind::Relu, 1),
        (SiteKind::ArgMax, 0),
        (SiteKind::Max, 0),
        (SiteKind::MaxOf, 1),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(trace.verdict(), Verdict::Jump);
}

#[test]
fn empty_slices() {
    assert_eq!(
        (norm::<f64>(&[]), norm::grad::<f64>(&[])),
        (0.0, (0.0, vec![]))
    );
    assert_eq!(log_sum_exp::grad::<f64>(&[]), (-INF, vec![]));
    assert_eq!(dot::grad::<f64>(&[], &[]), (0.0, (vec![], vec![])));
    let mut none: [f64; 0] = [];
    softmax::vjp(&mut none, &mut []);
    sort::vjp(&mut none, &mut []);
    let panics = |run: fn() -> f64, text: &str| {
        let message = *std::panic::catch_unwind(run)
            .unwrap_err()
            .downcast::<&str>()
            .unwrap();
        assert_eq!(message, text);
    };
    panics(|| max_of(&[]), "max_of: the slice is empty");
    panics(|| max_of::grad(&[]).0, "max_of: the slice is empty");
    panics(|| min_of::trace(&[]).0, "min_of: the slice is empty");
    panics(|| median(&[]), "median: the slice is empty");
    panics(|| median::jvp(&[], &[]).0, "median: the slice is empty");
    panics(|| argmax::<f64>(&[]) as f64, "argmax: the slice is empty");
}

#[test]
#[should_panic(expected = "dot: the slices have the lengths 2 and 3")]
fn a_scalar_product_has_one_length() {
    let _ = dot::grad(&[1.0, 2.0], &[1.0, 2.0, 3.0]);
}

#[test]
fn special_values_are_the_same_in_every_mode() {
    fn run(xs: &[f64], expected: f64, gradient: &[f64], modes: &Modes) {
        same(&[(modes.value)(xs)], &[expected]);
        let (value, found) = (modes.grad)(xs);
        same(&[value], &[expected]);
        same(&found, gradient);
        for k in 0..xs.len() {
            let mut axis = vec![0.0; xs.len()];
            axis[k] = 1.0;
            let (value, tangent) = (modes.jvp)(xs, &axis);
            same(&[value], &[expected]);
            same(
                &[tangent],
                &[if gradient.iter().any(|g| g.is_nan()) {
                    tangent
                } else {
                    gradient[k]
                }],
            );
        }
    }
    struct Modes {
        value: fn(&[f64]) -> f64,
        grad: fn(&[f64]) -> (f64, Vec<f64>),
        jvp: fn(&[f64], &[f64]) -> (f64, f64),
    }
    macro_rules! modes {
        ($name:ident) => {
            Modes {
                value: $name,
                grad: $name::grad,
                jvp: $name::jvp,
            }
        };
    }
    let (small, large) = (2_f64.powi(-600), 2_f64.powi(600));
    let cases: [(Modes, &[f64], f64, &[f64]); 20] = [
        (modes!(log_sum_exp), &[-INF, 0.0], 0.0, &[0.0, 1.0]),
        (modes!(log_sum_exp), &[-INF, -INF], -INF, &[NAN, NAN]),
        (modes!(log_sum_exp), &[INF, 0.0], INF, &[NAN, 0.0]),
        (modes!(log_sum_exp), &[NAN, 0.0], NAN, &[NAN, NAN]),
        (modes!(log_sum_exp), &[1e308, -1e308], 1e308, &[1.0, 0.0]),
        (modes!(norm), &[INF, 1.0], INF, &[NAN, 0.0]),
        (modes!(norm), &[NAN, INF], NAN, &[NAN, NAN]),
        (
            modes!(norm),
            &[3.0 * small, 4.0 * small],
            5.0 * small,
            &[0.6, 0.8],
        ),
        (
            modes!(norm),
            &[-3.0 * large, 4.0 * large],
            5.0 * large,
            &[-0.6, 0.8],
        ),
        (modes!(norm), &[5e-324, 0.0], 5e-324, &[1.0, 0.0]),
        (modes!(norm), &[f64::MAX, f64::MAX], INF, &[0.0, 0.0]),
        (modes!(max_of), &[1.0, INF], INF, &[0.0, 1.0]),
        (modes!(max_of), &[1.0, NAN, 3.0], NAN, &[0.0, 1.0, 0.0]),
        (modes!(max_of), &[-INF, -INF], -INF, &[0.5, 0.5]),
        (modes!(min_of), &[1.0, NAN, 0.0], NAN, &[0.0, 1.0, 0.0]),
        (modes!(min_of), &[1.0, -INF], -INF, &[0.0, 1.0]),
        (modes!(median), &[1.0, NAN, 0.0], NAN, &[0.0, 1.0, 0.0]),
        (modes!(median), &[INF, -INF, 2.0], 2.0, &[0.0, 0.0, 1.0]),
        (modes!(median), &[1e308, 1.5e308], 1.25e308, &[0.5, 0.5]),
        (modes!(median), &[INF, -INF], NAN, &[0.5, 0.5]),
    ];
    for (modes, xs, expected, gradient) in cases {
        run(xs, expected, gradient, &modes);
    }
    assert_eq!(
        max_of::grad_ties(&[1.0, NAN]).2.verdict(),
        Verdict::Undefined
    );
    assert_eq!(median::trace(&[1.0, NAN]).1.verdict(), Verdict::Undefined);
    assert_eq!(log_sum_exp::trace(&[-INF]).1.verdict(), Verdict::Undefined);
    same(
        &[relu(NAN), leaky_relu(NAN, 0.1), softplus(NAN), sigmoid(NAN)],
        &[NAN; 4],
    );
    same(
        &[
            log_add_exp(NAN, 1.0),
            log_add_exp(1.0, NAN),
            huber(NAN, 1.0),
        ],
        &[NAN; 3],
    );
    same(
        &[
            log_add_exp(INF, INF),
            log_add_exp(-INF, -INF),
            log_add_exp(-INF, INF),
        ],
        &[INF, -INF, INF],
    );
    same(
        &[huber(1.0, -1.0), huber(1.0, NAN), huber(INF, 1.0)],
        &[NAN, NAN, INF],
    );
    assert_eq!(relu::grad_ties(NAN).2.verdict(), Verdict::Undefined);
    assert_eq!(argmax(&[1.0, NAN, 5.0]), 1);
    let mut xs = [NAN, 1.0, -INF, 0.5];
    let mut adj = [1.0, 2.0, 3.0, 4.0];
    sort::vjp(&mut xs, &mut adj);
    same(&xs, &[-INF, 0.5, 1.0, NAN]);
    same(&adj, &[4.0, 3.0, 1.0, 2.0]);
    let (mut xs, mut adj) = ([-INF, -INF], [1.0, 0.0]);
    softmax::vjp(&mut xs, &mut adj);
    same(&[xs, adj].concat(), &[NAN; 4]);
    // What has become zero hides an infinite cotangent.
    let (mut xs, mut adj) = ([-INF, 0.0], [INF, 1.0]);
    softmax::vjp(&mut xs, &mut adj);
    same(&[xs, adj].concat(), &[0.0, 1.0, 0.0, 0.0]);
}

#[test]
fn values_are_those_of_the_formulas() {
    for x in [-40.0, -3.0, -0.1, 0.0, 0.1, 3.0, 40.0_f64] {
        let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-15 * (1.0 + b.abs()), "{a}, {b}");
        close(sigmoid(x), 1.0 / (1.0 + (-x).exp()));
        close(softplus(x) - softplus(-x), x);
        close(
            log_add_exp(x, 1.0),
            x.max(1.0) + (-(x - 1.0).abs()).exp().ln_1p(),
        );
        close(smooth_abs(x, 0.5), (x * x + 0.25).sqrt());
        assert_eq!(relu(x), x.max(0.0));
    }
    let mut xs = [1.0, 2.0, 3.0];
    softmax(&mut xs);
    assert!((xs.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    assert_eq!((median(&[3.0, 1.0]), median(&[7.0, 7.0])), (2.0, 7.0));
    assert_eq!(
        (
            argmax(&[3.0, 3.0]),
            max_of(&[1.0, 2.0]),
            min_of(&[1.0, 2.0])
        ),
        (0, 2.0, 1.0)
    );
}

#[conservative_grad(second_order)]
fn curved(x: f64, y: f64) -> f64 {
    let a = softplus(x * y) * sigmoid(x) + log_add_exp(x, y * y);
    a * sigmoid(a) + huber(x * y, y.exp()) + huber(3.0 * x, 0.1 * y)
}

#[test]
fn smooth_functions_of_floats_have_second_derivatives() {
    for p in [[0.7, 0.4], [-1.3, 0.9], [2.0, 1.6]] {
        for axis in [[1.0, 0.0], [0.0, 1.0]] {
            let component = |p: [f64; 2]| {
                let (x, y) = curved::grad(p[0], p[1]).1;
                x * axis[0] + y * axis[1]
            };
            let row = |p: [f64; 2]| {
                let (mut adj, mut adj_tan) = ([0.0; 2], [0.0; 2]);
                let [x_adj, y_adj] = &mut adj;
                let [x_adj_tan, y_adj_tan] = &mut adj_tan;
                let tape = &mut Tape::new();
                curved::__hvp(
                    tape, p[0], &axis[0], x_adj, x_adj_tan, p[1], &axis[1], y_adj, y_adj_tan, &1.0,
                    &0.0,
                );
                (component(p), adj_tan)
            };
            check_grad(component, row, p).assert_ok();
        }
    }
}

/// Paths, aliases of one array, parameters handed on, closures, early exits.
#[conservative_grad]
fn everywhere(xs: &[f64], work: &mut [f64], table: [[f64; 3]; 2]) -> f64 {
    use ad_runtime as ad;
    let mut rows = table;
    let mut total = ad::relu::<f64>(xs[0]) + dot(xs, xs) + ad::dot(&xs[..2], &xs[1..3]);
    softmax(work);
    total += work[0] * work[1];
    for row in 0..2 {
        sort(&mut rows[row]);
        softmax(&mut rows[row][1..]);
        total += dot(&rows[row], &rows[0]) * work[row];
        rows[row][0] *= total;
    }
    let shifted: Vec<f64> = xs.iter().map(|x| softplus(x * total)).collect();
    total += xs.iter().map(|x| ad::leaky_relu(*x, 0.1)).sum::<f64>();
    while total > 1.0 {
        total *= 0.3 * sigmoid(total);
        if norm(&shifted) > 5.0 {
            return total * log_sum_exp(&rows[1]);
        }
        sort(work);
    }
    total + norm(&rows[0]) - median(&shifted) + work[0] * max_of(work)
}

#[test]
fn calls_stand_everywhere() {
    let points = [
        [0.3, 0.8, -0.5, 0.9, 0.1, -0.2, 0.4, 0.6, -1.1, 0.7],
        [1.3, 0.2, 1.5, -0.9, 0.1, 0.2, 2.4, 0.6, -0.1, 0.5],
        [3.3, 4.2, -2.5, 0.5, 0.1, 1.2, 0.4, 0.9, 2.1, 0.7],
    ];
    let split = |x: &[f64]| {
        let table = [[x[5], x[6], x[7]], [x[8], x[9], x[0] * 0.0 + 0.3]];
        ([x[0], x[1], x[2]], [x[3], x[4]], table)
    };
    for x in points {
        let f = |x: &[f64]| {
            let (xs, mut work, table) = split(x);
            let value = everywhere(&xs, &mut work, table);
            value + 2.0 * work[0] - work[1]
        };
        let grad = |x: &[f64]| {
            let (xs, mut work, table) = split(x);
            let mut work_adj = [2.0, -1.0];
            let (value, xs_adj, table_adj) = {
                let (value, (xs_adj, table_adj)) =
                    everywhere::vjp(&xs, &mut work, &mut work_adj, table, 1.0);
                (value, xs_adj, table_adj)
            };
            let all = [&xs_adj[..], &work_adj, &table_adj[0], &table_adj[1][..2]].concat();
            (value + 2.0 * work[0] - work[1], all)
        };
        let jvp = |x: &[f64], d: &[f64]| {
            let ((xs, mut work, table), (xs_tan, mut work_tan, mut table_tan)) =
                (split(x), split(d));
            table_tan[1][2] = 0.0;
            let (value, tangent) =
                everywhere::jvp(&xs, &xs_tan, &mut work, &mut work_tan, table, table_tan);
            let all = 2.0 * work_tan[0] - work_tan[1];
            (value + 2.0 * work[0] - work[1], tangent + all)
        };
        check_grad(f, grad, &x[..]).assert_ok();
        check_jvp(jvp, grad, &x[..]).assert_ok();
    }
}
