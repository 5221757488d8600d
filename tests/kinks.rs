//! Programs whose answers at kinks are known.
//!
//! `data/kinks.json` holds program, point, expected vector under `min_norm` and the verdict of
//! `certify`. `Trace::verdict` is weaker knowledge: it assumes that the sides of tied program
//! branches agree and never proves that all choices lead to one vector, so a run that met a tie is
//! `Tied` where `certify` may say `Classical` or `Jump`.

use std::collections::BTreeSet;

use ad_runtime::{
    Certificate, Direction, FieldError, FieldOptions, Left, Limiting, LimitingError, Mean, MinNorm,
    Right, Verdict, conservative_grad,
};
use serde_json::Value;

#[conservative_grad]
fn k01(x: f64) -> f64 {
    x.max(0.0)
}

#[conservative_grad]
fn k02(t: f64) -> f64 {
    (-t).max(0.0) + t
}

#[conservative_grad]
fn k03(t: f64) -> f64 {
    0.5 * (t.max(0.0) + ((-t).max(0.0) + t))
}

#[conservative_grad]
fn k04(t: f64) -> f64 {
    ((-t).max(0.0) + t) - t.max(0.0)
}

#[conservative_grad]
fn k06(t: f64) -> f64 {
    t - (((-t).max(0.0) + t) - t.max(0.0))
}

#[conservative_grad]
fn k07(x: f64) -> f64 {
    x.max(0.0) - (-x).max(0.0)
}

#[conservative_grad]
fn k09(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad]
fn k10(x: f64) -> f64 {
    x.abs() - x.abs()
}

#[conservative_grad]
fn k11(x: f64) -> f64 {
    x * x.abs()
}

#[conservative_grad]
fn k12(x: f64) -> f64 {
    let r = x.max(0.0);
    r * r
}

#[conservative_grad]
fn k14(x: f64) -> f64 {
    x.max(2.0 * x)
}

#[conservative_grad]
fn k15(x: f64) -> f64 {
    x.max(x)
}

#[conservative_grad]
fn k17(x: f64) -> f64 {
    ad_runtime::leaky_relu(x, 0.1)
}

#[conservative_grad]
fn k18(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

#[conservative_grad]
fn k19(x: f64) -> f64 {
    x.clamp(0.0, 1.0) + (x - 1.0).clamp(0.0, 1.0)
}

#[conservative_grad]
fn k21(u: f64, b: f64) -> f64 {
    (u + b).max(b) - (-u + b).max(b)
}

#[conservative_grad]
fn k23(x: f64) -> f64 {
    if x.abs() <= 1.0 {
        0.5 * x * x
    } else {
        x.abs() - 0.5
    }
}

#[conservative_grad]
fn k25(x: f64) -> f64 {
    (1.0 + x.exp()).ln()
}

#[conservative_grad]
fn k26(x: f64) -> f64 {
    x.max(0.0) + (1.0 + (-x.abs()).exp()).ln()
}

#[conservative_grad]
fn k27(a: f64, b: f64) -> f64 {
    let m = a.max(b);
    m + ((a - m).exp() + (b - m).exp()).ln()
}

#[conservative_grad]
fn k29(x: f64, y: f64) -> f64 {
    (x + y).abs() + (x - y).abs() + x.abs()
}

#[conservative_grad]
fn k32(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[conservative_grad]
fn k33(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x }
}

#[conservative_grad]
fn k34(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { x.sin() / x }
}

#[conservative_grad]
fn k37(x: f64) -> f64 {
    if x * x > 0.0 { 3.0 * x } else { 0.0 }
}

#[conservative_grad]
fn k38(x: f64) -> f64 {
    x.max(0.0).max(0.0)
}

#[conservative_grad]
fn k40(x: f64) -> f64 {
    (-x.max(0.0)).max(0.0)
}

#[conservative_grad]
fn k41(x: f64) -> f64 {
    let mut s = 0.0;
    let mut t = x;
    while t > 0.0 {
        s += t.min(1.0);
        t -= 1.0;
    }
    s
}

#[conservative_grad]
fn k43(x: f64) -> f64 {
    if x < 0.0 {
        return 0.0;
    }
    x
}

#[conservative_grad]
fn k44(v: [f64; 3]) -> f64 {
    let mut s = v;
    ad_runtime::sort(&mut s);
    s[1]
}

#[conservative_grad]
fn k46(v: [f64; 4]) -> f64 {
    ad_runtime::max_of(&v)
}

#[conservative_grad]
fn k47(x: f64, y: f64) -> f64 {
    0.5 * (x - 2.0) * (x - 2.0) + 0.5 * (y - 0.5) * (y - 0.5) + x.abs() + y.abs()
}

#[conservative_grad]
fn k48(x: f64, y: f64) -> f64 {
    0.5 * (x - 2.0) * (x - 2.0) + 0.5 * (y - 0.5) * (y - 0.5) + x.abs() + y.abs()
}

#[conservative_grad]
fn k50(w: f64) -> f64 {
    (1.0 - w).max(0.0) + (1.0 + w).max(0.0) + 0.5 * w * w
}

#[conservative_grad]
fn k52(x: f64) -> f64 {
    let table = [0.0, 1.0, 3.0, 3.0];
    let i = x.floor();
    let k = i as usize;
    table[k] + (x - i) * (table[k + 1] - table[k])
}

#[conservative_grad]
fn k53(x: f64) -> f64 {
    if x > 0.0 { 1.0 } else { 0.0 }
}

#[conservative_grad]
fn k54(x: f64) -> f64 {
    if x > 0.0 { x + 1.0 } else { x }
}

#[conservative_grad]
fn k56(x: f64) -> f64 {
    x.sqrt() * x.sqrt()
}

#[conservative_grad]
fn k57(x: f64) -> f64 {
    x * x.sqrt()
}

/// Vectors, each with whether it is limiting.
type Generators = Vec<(Vec<f64>, Limiting)>;

/// A case by its id: gradient and verdict of the trace at a point.
struct Case {
    id: &'static str,
    grad: fn(&[f64]) -> Vec<f64>,
    traced: fn(&[f64]) -> (Vec<f64>, Verdict),
    counted: fn(&[f64]) -> (Vec<f64>, Verdict),
    trace: fn(&[f64]) -> Verdict,
    certify: fn(&[f64]) -> Certificate,
    /// The generators, and whether each is limiting.
    field: fn(&[f64]) -> Result<Generators, FieldError>,
    /// A limiting gradient in a random direction.
    limiting: fn(&[f64], u64) -> Result<Vec<f64>, LimitingError>,
    /// What the trace of a run says; the comment names `certify`'s word where it differs.
    verdict: Verdict,
}

/// Adjoints as a list.
trait Adjoints {
    fn list(self) -> Vec<f64>;
}

impl Adjoints for f64 {
    fn list(self) -> Vec<f64> {
        vec![self]
    }
}

impl<const N: usize> Adjoints for [f64; N] {
    fn list(self) -> Vec<f64> {
        self.to_vec()
    }
}

impl Adjoints for (f64, f64) {
    fn list(self) -> Vec<f64> {
        vec![self.0, self.1]
    }
}

macro_rules! cases {
    ($p:ident: $($name:ident($($arg:expr),*) => $verdict:ident,)*) => {
        vec![$(Case {
            id: stringify!($name),
            grad: |$p| $name::grad($($arg),*).1.list(),
            traced: |$p| {
                let (_, g, trace) = $name::grad_trace($($arg),*);
                (g.list(), trace.verdict())
            },
            counted: |$p| {
                let (_, g, ties) = $name::grad_ties($($arg),*);
                (g.list(), ties.verdict())
            },
            trace: |$p| $name::trace($($arg),*).1.verdict(),
            certify: |$p| $name::certify($($arg),*),
            field: |$p| {
                let field = $name::field($($arg),*, &FieldOptions::default())?;
                assert!(field.to_string().starts_with("conservative field"));
                let generators = field.generators().iter();
                Ok(generators.map(|g| (g.vector.list(), g.limiting)).collect())
            },
            limiting: |$p, seed| {
                let (_, g) = $name::limiting($($arg),*, &Direction::Random(seed))?;
                Ok(g.list())
            },
            verdict: Verdict::$verdict,
        }),*]
    };
}

fn cases() -> Vec<Case> {
    cases! { p:
        k01(p[0]) => Tied,
        k02(p[0]) => Tied,
        k03(p[0]) => Tied,
        k04(p[0]) => Tied,
        k06(p[0]) => Tied,
        k07(p[0]) => Tied,
        k09(p[0]) => Tied,
        k10(p[0]) => Tied,
        k11(p[0]) => Tied, // certify: Classical
        k12(p[0]) => Tied, // certify: Classical
        k14(p[0]) => Tied,
        k15(p[0]) => Tied, // certify: Classical
        k17(p[0]) => Tied,
        k18(p[0]) => Tied,
        k19(p[0]) => Tied,
        k21(p[0], p[1]) => Tied,
        k23(p[0]) => Tied, // certify: Classical
        k25(p[0]) => Classical,
        k26(p[0]) => Tied,
        k27(p[0], p[1]) => Tied, // certify: Classical
        k29(p[0], p[1]) => Tied,
        k32(p[0], p[1]) => NotLipschitz,
        k33(p[0]) => Tied,
        k34(p[0]) => Tied,
        k37(p[0]) => Tied,
        k38(p[0]) => Tied,
        k40(p[0]) => Tied, // certify: Classical
        k41(p[0]) => Tied,
        k43(p[0]) => Tied,
        k44([p[0], p[1], p[2]]) => Tied,
        k46([p[0], p[1], p[2], p[3]]) => Tied,
        k47(p[0], p[1]) => Tied,
        k48(p[0], p[1]) => Tied,
        k50(p[0]) => Tied,
        k52(p[0]) => Jump,
        k53(p[0]) => Tied, // certify: Jump
        k54(p[0]) => Tied, // certify: Jump
        k56(p[0]) => NotLipschitz,
        k57(p[0]) => NotLipschitz,
    }
}

#[test]
fn every_case_answers_as_documented() {
    let data: Value = serde_json::from_str(include_str!("data/kinks.json")).expect("valid JSON");
    let cases = cases();
    let mut seen = BTreeSet::new();
    for entry in data.as_array().expect("a list of cases") {
        let id = entry["id"].as_str().expect("an id");
        let case = cases.iter().find(|c| c.id == id.to_lowercase()).expect(id);
        seen.insert(case.id);
        has_the_body(id, entry);
        check(case, entry);
    }
    assert_eq!(seen.len(), cases.len(), "a case without data");
}

fn check(case: &Case, entry: &Value) {
    let id = case.id;
    let point: Vec<f64> = entry["point"]
        .as_array()
        .expect(id)
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let expected: Vec<Option<f64>> = entry["adjoint_min_norm"]
        .as_array()
        .expect(id)
        .iter()
        .map(Value::as_f64)
        .collect();
    let (traced, verdict) = (case.traced)(&point);
    let (counted, counted_verdict) = (case.counted)(&point);
    for (mode, got) in [
        ("grad", (case.grad)(&point)),
        ("grad_trace", traced),
        ("grad_ties", counted),
    ] {
        assert_eq!(got.len(), expected.len(), "{id}: {mode}");
        for (g, e) in got.iter().zip(&expected) {
            match e {
                Some(e) => assert!((g - e).abs() <= 1e-15, "{id}: {mode} {g}, expected {e}"),
                // No number exists: what IEEE arithmetic gives, never an invented one.
                None => assert!(
                    !g.is_finite(),
                    "{id}: {mode} {g}, expected no finite number"
                ),
            }
        }
    }
    assert_eq!(verdict, case.verdict, "{id}: grad_trace");
    assert_eq!(counted_verdict, case.verdict, "{id}: grad_ties");
    assert_eq!((case.trace)(&point), case.verdict, "{id}: trace");
}

/// Vectors of the data.
fn vectors(entry: &Value, key: &str) -> Option<Vec<Vec<f64>>> {
    let list = entry[key].as_array()?.iter();
    let vector = |v: &Value| {
        v.as_array()
            .expect(key)
            .iter()
            .filter_map(Value::as_f64)
            .collect()
    };
    Some(list.map(vector).collect())
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-12)
}

fn is_among(v: &[f64], all: &[Vec<f64>]) -> bool {
    all.iter().any(|w| close(v, w))
}

#[test]
fn the_field_is_known() {
    let data: Value = serde_json::from_str(include_str!("data/kinks.json")).expect("valid JSON");
    let cases = cases();
    let mut faults = Vec::new();
    for entry in data.as_array().expect("a list of cases") {
        let id = entry["id"].as_str().expect("an id");
        let case = cases.iter().find(|c| c.id == id.to_lowercase()).expect(id);
        let point = entry["point"].as_array().expect(id).iter();
        let point: Vec<f64> = point.filter_map(Value::as_f64).collect();
        let mut fault = |text: String| faults.push(format!("{id}: {text}"));
        let certificate = (case.certify)(&point);
        let verdict = entry["verdict_certify"].as_str().expect(id);
        if format!("{:?}", certificate.verdict()) != verdict {
            fault(format!("not {verdict} but {certificate}"));
        }
        let field = (case.field)(&point);
        if let Some(expected) = vectors(entry, "field_generators") {
            let found = field.clone().unwrap_or_default();
            let same =
                found.len() == expected.len() && found.iter().all(|(g, _)| is_among(g, &expected));
            if !same {
                fault(format!("field {field:?}, expected {expected:?}"));
            }
        }
        if verdict == "NotLipschitz" && field != Err(FieldError::NotLipschitz) {
            fault(format!("field {field:?}"));
        }
        let Some(expected) = vectors(entry, "limiting_gradients") else {
            continue;
        };
        for (g, limiting) in field.iter().flatten() {
            let right = match limiting {
                Limiting::Yes => is_among(g, &expected),
                Limiting::No => !is_among(g, &expected),
                Limiting::Undecided => true,
            };
            if !right {
                fault(format!(
                    "{g:?} is limiting: {limiting:?}, expected {expected:?}"
                ));
            }
        }
        for seed in 0..20 {
            match (case.limiting)(&point, seed) {
                Ok(g) if is_among(&g, &expected) => {}
                Err(LimitingError::Undecided) if id == "K34" => {}
                other => fault(format!("limiting {other:?}, expected {expected:?}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The program in this file is the one that the data speaks of.
fn has_the_body(id: &str, entry: &Value) {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let text = |key: &str| entry[key].as_str().expect(id).to_owned();
    let function = format!(
        "fn {}({}) -> f64 {{ {} }}",
        id.to_lowercase(),
        text("params"),
        text("body")
    );
    let source = squeeze(include_str!("kinks.rs"));
    assert!(
        source.contains(&squeeze(&function)),
        "{id}: not the body of the data"
    );
}

/// `$call` under the four rules, in the order of the documented table.
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

#[conservative_grad]
fn absolute(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad]
fn larger(a: f64, b: f64) -> f64 {
    a.max(b)
}

#[conservative_grad]
fn smaller(a: f64, b: f64) -> f64 {
    a.min(b)
}

#[conservative_grad]
fn relu(x: f64) -> f64 {
    x.max(0.0)
}

#[conservative_grad]
fn relu_reversed(x: f64) -> f64 {
    f64::max(0.0, x)
}

#[conservative_grad(wrt(x))]
fn larger_than_parameter(x: f64, c: f64) -> f64 {
    c.max(x)
}

#[conservative_grad]
fn capped(x: f64) -> f64 {
    x.min(1.0)
}

#[conservative_grad]
fn capped_reversed(x: f64) -> f64 {
    1.0_f64.min(x)
}

#[conservative_grad]
fn unit_interval(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

#[conservative_grad]
fn active_clamp(x: f64, low: f64, high: f64) -> f64 {
    x.clamp(low, high)
}

#[conservative_grad]
fn as_max_then_min(x: f64, low: f64, high: f64) -> f64 {
    x.max(low).min(high)
}

#[conservative_grad]
fn distance(x: f64, y: f64) -> f64 {
    x.hypot(y)
}

#[conservative_grad]
fn running_maximum(x: &[f64]) -> f64 {
    let mut m = x[0];
    for &v in &x[1..] {
        m = m.max(v);
    }
    m
}

#[conservative_grad]
fn by_branch(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}

#[test]
fn absolute_value_at_zero() {
    assert_eq!(under_all!(absolute(0.0)), [0.0, -1.0, 1.0, 0.0]);
    assert_eq!(under_all!(absolute(-0.0)), [0.0, -1.0, 1.0, 0.0]);
}

#[test]
fn maximum_and_minimum_with_both_operands_active() {
    let halves = (0.5, 0.5);
    assert_eq!(
        under_all!(larger(2.0, 2.0)),
        [halves, (1.0, 0.0), (0.0, 1.0), halves]
    );
    assert_eq!(
        under_all!(smaller(2.0, 2.0)),
        [halves, (1.0, 0.0), (0.0, 1.0), halves]
    );
    assert_eq!(
        under_all!(larger(0.0, -0.0)),
        [halves, (1.0, 0.0), (0.0, 1.0), halves]
    );
    let infinity = f64::INFINITY;
    assert_eq!(
        under_all!(larger(infinity, infinity)),
        [halves, (1.0, 0.0), (0.0, 1.0), halves]
    );
}

#[test]
fn maximum_with_one_operand_active() {
    assert_eq!(under_all!(relu(0.0)), [0.0, 0.0, 1.0, 0.5]);
    assert_eq!(under_all!(relu_reversed(0.0)), [0.0, 0.0, 1.0, 0.5]);
    assert_eq!(
        under_all!(larger_than_parameter(3.0, 3.0)),
        [0.0, 0.0, 1.0, 0.5]
    );
}

#[test]
fn minimum_with_one_operand_active() {
    assert_eq!(under_all!(capped(1.0)), [0.0, 1.0, 0.0, 0.5]);
    assert_eq!(under_all!(capped_reversed(1.0)), [0.0, 1.0, 0.0, 0.5]);
}

#[test]
fn clamp_at_its_bounds() {
    assert_eq!(under_all!(unit_interval(0.0)), [0.0, 0.0, 1.0, 0.5]);
    assert_eq!(under_all!(unit_interval(1.0)), [0.0, 1.0, 0.0, 0.5]);
    assert_eq!(under_all!(unit_interval(0.5)), [1.0; 4]);
}

#[test]
fn clamp_with_active_bounds_is_max_then_min() {
    for (x, low, high) in [
        (1.0, 1.0, 2.0),
        (2.0, 1.0, 2.0),
        (1.0, 1.0, 1.0),
        (0.0, 1.0, 1.0),
        (3.0, 1.0, 1.0),
        (1.5, 1.0, 2.0),
    ] {
        assert_eq!(
            under_all!(active_clamp(x, low, high)),
            under_all!(as_max_then_min(x, low, high)),
            "{x} {low} {high}"
        );
    }
}

#[test]
fn hypotenuse_at_the_origin() {
    assert_eq!(under_all!(distance(0.0, 0.0)), [(0.0, 0.0); 4]);
}

#[test]
fn running_maximum_is_pairwise() {
    let x = [1.0, 1.0, 1.0];
    let expected = [
        [0.25, 0.25, 0.5],
        [1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0],
        [0.25, 0.25, 0.5],
    ];
    assert_eq!(under_all!(running_maximum(&x)), expected.map(Vec::from));
}

#[test]
fn program_branches_take_the_executed_side_under_every_rule() {
    assert_eq!(under_all!(by_branch(0.0)), [0.0; 4]);
}

#[test]
fn forward_mode_takes_the_same_choice() {
    macro_rules! tangents {
        ($name:ident, $x:expr) => {
            [
                $name::jvp_with::<MinNorm>($x, 1.0).1,
                $name::jvp_with::<Left>($x, 1.0).1,
                $name::jvp_with::<Right>($x, 1.0).1,
                $name::jvp_with::<Mean>($x, 1.0).1,
            ]
        };
    }
    assert_eq!(tangents!(absolute, 0.0), under_all!(absolute(0.0)));
    assert_eq!(tangents!(relu, 0.0), under_all!(relu(0.0)));
    assert_eq!(tangents!(capped, 1.0), under_all!(capped(1.0)));
    assert_eq!(
        tangents!(unit_interval, 1.0),
        under_all!(unit_interval(1.0))
    );
}

#[conservative_grad(select = left)]
fn left_absolute(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad(select = right)]
fn inherits(x: f64) -> f64 {
    absolute(x) + x.max(0.0)
}

#[conservative_grad(select = right)]
fn keeps_the_callees_own(x: f64) -> f64 {
    left_absolute(x) + x.max(0.0)
}

#[test]
fn a_callee_without_a_rule_inherits_the_callers() {
    assert_eq!(left_absolute::grad(0.0).1, -1.0);
    assert_eq!(left_absolute::grad_with::<Right>(0.0).1, 1.0);
    assert_eq!(inherits::grad(0.0).1, 2.0);
    assert_eq!(inherits::grad_with::<Left>(0.0).1, -1.0);
    assert_eq!(keeps_the_callees_own::grad(0.0).1, 0.0);
}
