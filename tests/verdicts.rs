//! What a run says about itself, away from the tables of `kinks.rs`.

use ad_runtime::{Selection, SiteKind, Tape, Trace, Verdict, conservative_grad};

#[conservative_grad]
fn guarded(x: f64, y: f64) -> f64 {
    if x < y { x * y } else { x.max(0.0) }
}

#[conservative_grad]
fn smooth(x: f64) -> f64 {
    x * x.exp()
}

#[conservative_grad]
fn root(x: f64) -> f64 {
    x.sqrt()
}

#[conservative_grad]
fn quotient(x: f64, y: f64) -> f64 {
    x / y
}

#[conservative_grad]
fn stairs(x: f64) -> f64 {
    x * x.floor()
}

#[conservative_grad]
fn stairs_then_root(x: f64) -> f64 {
    x * x.floor() + x.sqrt()
}

#[conservative_grad(wrt(x))]
fn inactive_guards(x: &[f64], limit: f64) -> f64 {
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate() {
        if limit > 1.0 && i > 0 {
            s += v * limit.max(2.0);
        }
    }
    s
}

#[conservative_grad]
fn several(x: f64, y: f64) -> f64 {
    let mut s = x.max(y);
    if x > 0.0 && y > 1.0 {
        s += x.abs();
    }
    helper(s) + x.clamp(-1.0, 1.0)
}

#[conservative_grad]
fn helper(x: f64) -> f64 {
    x.min(3.0)
}

#[test]
fn a_nan_in_a_guard_is_undefined() {
    assert_eq!(
        guarded::trace(f64::NAN, 1.0).1.verdict(),
        Verdict::Undefined
    );
    assert_eq!(
        guarded::grad_trace(1.0, f64::NAN).2.verdict(),
        Verdict::Undefined
    );
    assert_eq!(
        guarded::grad_ties(1.0, f64::NAN).2.verdict(),
        Verdict::Undefined
    );
}

#[test]
fn a_value_without_a_number_is_undefined() {
    assert_eq!(smooth::grad_trace(f64::NAN).2.verdict(), Verdict::Undefined);
    assert_eq!(smooth::grad_trace(1e6).2.verdict(), Verdict::Undefined);
    assert_eq!(
        smooth::grad_ties(f64::INFINITY).2.verdict(),
        Verdict::Undefined
    );
    assert_eq!(smooth::grad_trace(1.0).2.verdict(), Verdict::Classical);
}

#[test]
fn singular_operations_speak_only_at_their_singular_point() {
    assert_eq!(root::grad_trace(0.0).2.verdict(), Verdict::NotLipschitz);
    assert_eq!(root::grad(0.0).1, f64::INFINITY);
    let (_, _, trace) = root::grad_trace(4.0);
    assert_eq!(trace.verdict(), Verdict::Classical);
    assert!(trace.selections().is_empty());
    assert_eq!(trace.min_margin(), None);
    assert_eq!(
        quotient::grad_ties(1.0, 0.0).2.verdict(),
        Verdict::NotLipschitz
    );
    assert_eq!(
        quotient::grad_ties(1.0, 2.0).2.verdict(),
        Verdict::Classical
    );
}

#[test]
fn the_weakest_statement_wins() {
    assert_eq!(stairs::grad_trace(2.0).2.verdict(), Verdict::Jump);
    assert_eq!(stairs::grad_trace(2.5).2.verdict(), Verdict::Classical);
    assert_eq!(
        stairs_then_root::grad_trace(0.0).2.verdict(),
        Verdict::NotLipschitz
    );
    assert!(Verdict::Classical < Verdict::Tied && Verdict::Tied < Verdict::Jump);
    assert!(Verdict::Jump < Verdict::NotLipschitz && Verdict::NotLipschitz < Verdict::Undefined);
}

#[test]
fn guards_on_inactive_values_are_no_sites() {
    assert!(
        inactive_guards::SITES.is_empty(),
        "{:?}",
        inactive_guards::SITES
    );
    let (_, trace) = inactive_guards::trace(&[1.0, 2.0], 1.0);
    assert!(trace.selections().is_empty());
}

#[test]
fn sites_are_known_at_compile_time_and_named_as_written() {
    let sites = several::SITES;
    let kinds: Vec<SiteKind> = sites.iter().map(|site| site.kind).collect();
    assert_eq!(
        kinds,
        [
            SiteKind::Max,
            SiteKind::Greater,
            SiteKind::Greater,
            SiteKind::Abs,
            SiteKind::Clamp
        ]
    );
    let sources: Vec<&str> = sites.iter().map(|site| site.source).collect();
    assert_eq!(
        sources,
        [
            "x.max(y)",
            "x > 0.0",
            "y > 1.0",
            "x.abs()",
            "x.clamp(-1.0, 1.0)"
        ]
    );
    for (index, site) in sites.iter().enumerate() {
        assert_eq!(site.index as usize, index);
        assert_eq!(site.function, "several");
        assert!(site.file.ends_with("verdicts.rs"), "{}", site.file);
    }
    assert!(
        sites
            .windows(2)
            .all(|w| (w[0].line, w[0].column) < (w[1].line, w[1].column))
    );
}

#[test]
fn selections_come_in_order_of_execution_with_signed_margins() {
    let (value, trace) = several::trace(0.5, 2.0);
    assert_eq!(value, several(0.5, 2.0));
    let seen: Vec<(SiteKind, u32, f64)> = trace
        .selections()
        .iter()
        .map(|s| (s.site.kind, s.piece, s.margin))
        .collect();
    let kinds: Vec<SiteKind> = seen.iter().map(|s| s.0).collect();
    use SiteKind::{Abs, Clamp, Greater, Max, Min};
    assert_eq!(kinds, [Max, Greater, Greater, Abs, Min, Clamp]);
    assert_eq!(seen[0].1, 1, "the second operand of max");
    assert_eq!(seen[1].1, 0, "the true side");
    let magnitudes: Vec<f64> = seen.iter().map(|s| s.2.abs()).collect();
    assert_eq!(magnitudes, [1.5, 0.5, 1.0, 0.5, 0.5, 0.5]);
    assert_eq!(trace.min_margin(), Some(0.5));
    assert_eq!(trace.selections()[4].site.function, "helper");
}

#[test]
fn short_circuit_leaves_no_record_of_what_did_not_run() {
    let (_, trace) = several::trace(-0.5, 2.0);
    let greater = trace
        .selections()
        .iter()
        .filter(|s| s.site.kind == SiteKind::Greater);
    assert_eq!(greater.count(), 1);
}

#[test]
fn ties_are_counted_and_the_first_is_named() {
    let (_, _, ties) = several::grad_ties(1.0, 1.0);
    let (_, _, trace) = several::grad_trace(1.0, 1.0);
    assert_eq!(ties.ties, trace.ties().count() as u64);
    assert_eq!(ties.ties, 3, "max(x, y), y > 1.0 and the clamp");
    assert_eq!(ties.first.map(|site| site.source), Some("x.max(y)"));
    assert_eq!(ties.min_margin, Some(0.0));
    assert_eq!(ties.verdict(), Verdict::Tied);
    let first: &Selection = trace.ties().next().expect("a tie");
    assert_eq!(first.site.source, "x.max(y)");
}

#[test]
fn results_can_be_sent_and_shown() {
    fn shown<T: Clone + std::fmt::Debug + Send + Sync>(_: &T) {}
    let (_, _, trace) = several::grad_trace(1.0, 1.0);
    shown::<Trace>(&trace);
    shown(&several::grad_ties(1.0, 1.0).2);
    shown(&trace.verdict());
    assert_eq!(format!("{:?}", Verdict::NotLipschitz), "NotLipschitz");
    assert!(!Verdict::Tied.to_string().is_empty());
    fn shared<T: Default + Send + Sync>() {}
    shared::<Tape>();
}

const THRESHOLD: f64 = 0.25;

#[conservative_grad]
fn constant_pattern(x: f64) -> f64 {
    match x {
        f64::INFINITY => 2.0,
        THRESHOLD => 1.0,
        v => v * 3.0,
    }
}

/// A constant in a pattern decides as a comparison does.
#[test]
fn constants_in_patterns_are_sites() {
    assert_eq!(constant_pattern::SITES.len(), 2);
    assert_eq!(constant_pattern::trace(0.25).1.verdict(), Verdict::Tied);
    assert_eq!(constant_pattern::trace(0.5).1.verdict(), Verdict::Classical);
    assert_eq!(
        constant_pattern::trace(f64::NAN).1.verdict(),
        Verdict::Undefined
    );
}
