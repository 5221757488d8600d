//! What users call: functions by their items, answers at ties, traces.

use ad_runtime::{Left, Right, SiteKind, Verdict, conservative_grad};

use crate::closures::{integrate, square, total, wave};

#[test]
fn functions_are_given_as_items() {
    let (value, (a, b)) = integrate::grad(square {}, 0.0, 2.0, 100);
    assert_eq!(value, integrate(square, 0.0, 2.0, 100));
    assert!(a.abs() < 1e-3 && (b - 4.0).abs() < 1e-3);
    let (_, tangent) = integrate::jvp(square {}, 0.0, 0.0, 2.0, 1.0, 100);
    assert!((tangent - b).abs() < 1e-12);
    let (_, with_rule) = integrate::grad_with::<Left>(wave {}, 0.0, 2.0, 5);
    let (_, plain, trace) = integrate::grad_trace(wave {}, 0.0, 2.0, 5);
    assert_eq!(with_rule, plain);
    assert_eq!(trace.verdict(), Verdict::Classical);
    let mut tape = ad_runtime::Tape::new();
    let (mut a_adj, mut b_adj) = (0.0, 0.0);
    for times in 1..3 {
        let value =
            integrate::vjp_into(&mut tape, wave {}, 0.0, &mut a_adj, 2.0, &mut b_adj, 5, 1.0);
        assert_eq!(value, integrate(wave, 0.0, 2.0, 5));
        assert_eq!(
            (a_adj, b_adj),
            (plain.0 * f64::from(times), plain.1 * f64::from(times))
        );
    }
}

#[conservative_grad]
fn larger(f: impl Fn(f64) -> f64, x: f64, y: f64) -> f64 {
    f(x).max(y)
}

#[conservative_grad]
fn tied(k: f64, x: f64) -> f64 {
    larger(|v| (v * k).max(0.0), x, 0.0)
}

#[conservative_grad]
fn capture_decides(k: f64) -> f64 {
    // Only the capture is active, and the constant beside it is not.
    larger(|v| v + k, 1.0, 2.0)
}

#[conservative_grad]
fn inside_decides(k: f64) -> f64 {
    larger(|v| v.max(k), 1.0, 0.0)
}

#[conservative_grad(select = right)]
fn own_rule(k: f64) -> f64 {
    larger(|v| v.max(k), 1.0, 0.0)
}

#[test]
fn ties_know_what_is_active() {
    assert_eq!(capture_decides::grad(1.0), (2.0, 0.0));
    assert_eq!(capture_decides::grad_with::<Right>(1.0), (2.0, 1.0));
    assert_eq!(capture_decides::grad_with::<Left>(1.0), (2.0, 0.0));
    assert_eq!(inside_decides::grad(1.0), (1.0, 0.0));
    assert_eq!(own_rule::grad(1.0), (1.0, 1.0));
    let (_, _, trace) = inside_decides::grad_trace(1.0);
    assert_eq!(trace.verdict(), Verdict::Tied);
    let first = trace.ties().next().unwrap();
    assert_eq!(first.site.kind, SiteKind::Max);
    assert_eq!(first.site.function, "inside_decides");
    assert_eq!(first.site.source, "v.max(k)");
    let (value, (_, x), trace) = tied::grad_trace(1.0, 0.0);
    assert_eq!((value, x), (0.0, 0.0));
    assert_eq!(trace.ties().count(), 2);
}

#[conservative_grad]
fn sums(f: impl Fn(&[f64]) -> f64, xs: &[f64]) -> f64 {
    f(xs) + xs[0]
}

#[conservative_grad]
fn of_a_pointer(f: fn(f64) -> f64, x: f64) -> f64 {
    f(f(x))
}

#[conservative_grad]
fn pointers(x: f64) -> f64 {
    of_a_pointer(square, x) + of_a_pointer(f64::exp, 0.1 * x) + of_a_pointer(|y| y * y * y, x)
}

#[test]
fn slices_and_pointers() {
    assert_eq!(sums::grad(total {}, &[1.0, 2.0]), (6.0, vec![3.0, 4.0]));
    assert_eq!(of_a_pointer::grad(square {}, 2.0), (16.0, 32.0));
    let (value, slope) = pointers::grad(1.2);
    assert_eq!(value, pointers(1.2));
    let e = (0.12_f64).exp();
    let expected = 4.0 * 1.2_f64.powi(3) + e.exp() * e * 0.1 + 9.0 * 1.2_f64.powi(8);
    assert!((slope - expected).abs() < 1e-10);
    assert!((pointers::jvp(1.2, 1.0).1 - expected).abs() < 1e-10);
}

#[test]
fn the_field_at_a_point() {
    let field = larger::field(square {}, 2.0, 4.0, &ad_runtime::FieldOptions::default());
    assert!(format!("{field:?}").contains("4.0"));
    assert_eq!(
        larger::certify(square {}, 3.0, 4.0).verdict(),
        Verdict::Classical
    );
}
