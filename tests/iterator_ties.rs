//! What iterators give at ties: reductions, elements that are chosen, sorts.

use ad_runtime::{Left, Mean, MinNorm, Right, SiteKind, Verdict, conservative_grad};

#[conservative_grad]
fn top(xs: &[f64]) -> f64 {
    xs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[conservative_grad]
fn low(xs: &[f64]) -> f64 {
    xs.iter().copied().reduce(f64::min).unwrap()
}

#[conservative_grad]
fn top_by_closure(xs: &[f64]) -> f64 {
    xs.iter().fold(f64::NEG_INFINITY, |m, &x| m.max(x))
}

/// From a constant on: a rectifier of the greatest.
#[conservative_grad]
fn clipped(xs: &[f64]) -> f64 {
    xs.iter().copied().fold(0.0, f64::max)
}

#[conservative_grad]
fn floored(xs: &[f64]) -> f64 {
    xs.iter().copied().fold(0.0, f64::min)
}

#[conservative_grad]
fn from_active(a: f64, xs: &[f64]) -> f64 {
    xs.iter().copied().fold(a, f64::max)
}

#[conservative_grad(wrt(a))]
fn over_constants(a: f64, xs: &[f64]) -> f64 {
    xs.iter().copied().fold(a, f64::max)
}

#[conservative_grad]
fn spread(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * x).fold(0.0, f64::max)
}

macro_rules! under_all {
    ($name:ident($($arg:expr),*)) => {
        [
            $name::grad_with::<MinNorm>($($arg),*).1,
            $name::grad_with::<Left>($($arg),*).1,
            $name::grad_with::<Right>($($arg),*).1,
            $name::grad_with::<Mean>($($arg),*).1,
        ]
    };
}

#[test]
fn tied_elements_of_a_reduction_share() {
    let third = 1.0 / 3.0;
    let share = vec![third, 0.0, third, third];
    let table = [
        share.clone(),
        vec![1.0, 0.0, 0.0, 0.0],
        vec![0.0, 0.0, 0.0, 1.0],
        share,
    ];
    assert_eq!(under_all!(top(&[2.0, 1.0, 2.0, 2.0])), table);
    assert_eq!(under_all!(top_by_closure(&[2.0, 1.0, 2.0, 2.0])), table);
    assert_eq!(under_all!(low(&[-2.0, 1.0, -2.0, -2.0])), table);
    assert_eq!(under_all!(low(&[0.0, 1.0, -0.0, 0.0])), table);
    assert_eq!(under_all!(top(&[1.0, 3.0])), [0; 4].map(|_| vec![0.0, 1.0]));
}

#[test]
fn a_tie_with_a_constant_is_one_with_a_rectifier() {
    let one = |w| vec![0.0, w];
    assert_eq!(
        under_all!(clipped(&[-1.0, 0.0])),
        [0.0, 0.0, 1.0, 0.5].map(one)
    );
    assert_eq!(
        under_all!(floored(&[1.0, 0.0])),
        [0.0, 1.0, 0.0, 0.5].map(one)
    );
    let third = 1.0 / 3.0;
    assert_eq!(
        under_all!(clipped(&[0.0, 0.0])),
        [
            vec![0.0, 0.0],
            vec![0.0, 0.0],
            vec![0.0, 1.0],
            vec![third, third]
        ]
    );
    assert_eq!(
        under_all!(over_constants(1.0, &[1.0, 0.5, 1.0])),
        [0.0, 0.0, 1.0, 0.5]
    );
}

#[test]
fn the_initial_value_comes_before_the_elements() {
    assert_eq!(
        under_all!(from_active(1.0, &[0.5, 1.0])),
        [
            (0.5, vec![0.0, 0.5]),
            (1.0, vec![0.0, 0.0]),
            (0.0, vec![0.0, 1.0]),
            (0.5, vec![0.0, 0.5]),
        ]
    );
    assert_eq!(from_active::grad(2.0, &[]), (2.0, (1.0, vec![])));
}

#[test]
fn forward_and_reverse_mode_make_the_same_choice() {
    fn check(xs: &[f64]) {
        let t: Vec<f64> = (0..xs.len()).map(|k| 0.5 + k as f64).collect();
        let dot = |g: Vec<f64>| -> f64 { g.iter().zip(&t).map(|(g, t)| g * t).sum() };
        assert_eq!(top::jvp(xs, &t).1, dot(top::grad(xs).1));
        assert_eq!(spread::jvp(xs, &t).1, dot(spread::grad(xs).1));
        assert_eq!(
            low::jvp_with::<Right>(xs, &t).1,
            dot(low::grad_with::<Right>(xs).1)
        );
        assert_eq!(
            clipped::jvp_with::<Mean>(xs, &t).1,
            dot(clipped::grad_with::<Mean>(xs).1)
        );
    }
    check(&[1.0, 1.0, 0.0, 1.0]);
    check(&[0.0, 0.0]);
    check(&[-1.0, -1.0, -2.0]);
}

#[test]
fn a_reduction_is_one_selection() {
    assert_eq!(top::SITES.len(), 1);
    assert_eq!(top::SITES[0].kind, SiteKind::MaxOf);
    assert_eq!(low::SITES[0].kind, SiteKind::MinOf);
    let (_, trace) = top::trace(&[1.0, 4.0, 2.5]);
    let [only] = trace.selections() else {
        panic!("{trace}")
    };
    assert_eq!((only.piece, only.margin), (1, 1.5));
    assert_eq!(trace.verdict(), Verdict::Classical);
    let (_, _, trace) = top::grad_trace(&[4.0, 1.0, 4.0]);
    assert_eq!((trace.ties().count(), trace.verdict()), (1, Verdict::Tied));
    let (_, trace) = clipped::trace(&[-1.0, -3.0]);
    let [only] = trace.selections() else {
        panic!("{trace}")
    };
    // The initial value stands behind the elements.
    assert_eq!((only.piece, only.margin), (2, 1.0));
    let (_, trace) = low::trace(&[1.0, f64::NAN]);
    assert_eq!(trace.verdict(), Verdict::Undefined);
}

#[test]
fn nan_elements_are_ignored_by_value_and_gradient() {
    let xs = [1.0, f64::NAN, 3.0];
    assert_eq!(top::grad(&xs), (3.0, vec![0.0, 0.0, 1.0]));
    assert_eq!(low::grad(&xs), (1.0, vec![1.0, 0.0, 0.0]));
}

#[conservative_grad]
fn greatest(xs: &[f64]) -> f64 {
    *xs.iter().max_by(|a, b| a.total_cmp(b)).unwrap()
}

#[conservative_grad]
fn least(xs: &[f64]) -> f64 {
    *xs.iter().min_by(|a, b| a.partial_cmp(b).unwrap()).unwrap()
}

#[conservative_grad]
fn greatest_square(xs: &[f64]) -> f64 {
    xs.iter()
        .map(|x| x * x)
        .max_by(|a, b| a.total_cmp(b))
        .unwrap()
}

#[test]
fn a_chosen_element_is_the_one_that_rust_returns() {
    let all = |g: Vec<f64>| [0; 4].map(|_| g.clone());
    assert_eq!(
        under_all!(greatest(&[2.0, 1.0, 2.0])),
        all(vec![0.0, 0.0, 1.0])
    );
    assert_eq!(
        under_all!(least(&[1.0, 2.0, 1.0])),
        all(vec![1.0, 0.0, 0.0])
    );
    assert_eq!(
        under_all!(greatest_square(&[-2.0, 1.0, 2.0])),
        all(vec![0.0, 0.0, 4.0])
    );
    let (_, trace) = greatest::trace(&[2.0, 1.0, 2.0]);
    assert_eq!((trace.selections().len(), trace.ties().count()), (2, 1));
    assert_eq!(trace.verdict(), Verdict::Tied);
}

#[conservative_grad]
fn middle(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.sort_by(|a, b| a.total_cmp(b));
    v[v.len() / 2]
}

#[conservative_grad]
fn second_by_rank(xs: &[f64], ys: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..xs.len()).collect();
    order.sort_by(|&i, &j| xs[i].partial_cmp(&xs[j]).unwrap());
    ys[order[1]]
}

#[test]
fn a_sort_is_stable_and_notes_each_pair_of_neighbours() {
    assert_eq!(middle::grad(&[1.0, 1.0, 2.0]), (1.0, vec![0.0, 1.0, 0.0]));
    let (_, trace) = middle::trace(&[3.0, 1.0, 1.5]);
    assert_eq!(middle::SITES[0].kind, SiteKind::Sort);
    assert_eq!(middle::SITES[0].source, "v.sort_by(|a, b| a.total_cmp(b))");
    let found: Vec<(u32, f64)> = trace
        .selections()
        .iter()
        .map(|s| (s.piece, s.margin))
        .collect();
    assert_eq!(found, [(0, 0.5), (1, 1.5)]);
    let (_, _, trace) = middle::grad_trace(&[2.0, 1.0, 2.0]);
    assert_eq!((trace.ties().count(), trace.verdict()), (1, Verdict::Tied));
    let (_, (xs_adj, ys_adj), trace) = second_by_rank::grad_trace(&[3.0, 1.0, 2.0], &[1.0; 3]);
    assert_eq!((xs_adj, ys_adj), (vec![0.0; 3], vec![0.0, 0.0, 1.0]));
    assert_eq!(trace.selections().len(), 2);
}

#[test]
fn panics_are_those_of_the_function() {
    for f in [
        || drop(low::grad(&[])),
        || drop(greatest::grad(&[])),
        || {
            greatest(&[]);
        },
    ] {
        let panic = std::panic::catch_unwind(f).unwrap_err();
        let text = panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| panic.downcast_ref::<String>().cloned());
        assert_eq!(
            text.as_deref(),
            Some("called `Option::unwrap()` on a `None` value")
        );
    }
}
