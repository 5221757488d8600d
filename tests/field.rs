//! The field, limiting gradients and certificates through every construct.

use ad_runtime::{
    Differentiable, Direction, FieldError, FieldOptions, Float, Limiting, LimitingError,
    Stationarity, StationaryOptions, Verdict, conservative_grad, stationary,
};

/// The generators of a function of one input, and which of them are limiting.
macro_rules! field {
    ($f:ident($($arg:expr),*)) => {{
        let field = $f::field($($arg,)* &FieldOptions::default()).unwrap();
        let limiting: Vec<_> = field.limiting().map(|g| g.vector).collect();
        let all: Vec<_> = field.generators().iter().map(|g| g.vector).collect();
        (all, limiting)
    }};
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
}

#[conservative_grad]
fn part(x: f64) -> f64 {
    x.max(0.0)
}

/// The identity, through calls.
#[conservative_grad]
fn through_calls(x: f64) -> f64 {
    part(x) - part(-x)
}

#[conservative_grad]
fn through_recursion(x: f64, n: usize) -> f64 {
    if n == 0 {
        return x.abs();
    }
    through_recursion(0.5 * x, n - 1) + x.abs()
}

#[derive(Clone, Differentiable)]
struct Spring {
    stiffness: f64,
    slack: f64,
}

#[conservative_grad]
impl Spring {
    fn energy(&self, x: f64) -> f64 {
        let stretch = (x - self.slack).max(0.0);
        self.stiffness * stretch
    }
}

#[conservative_grad]
fn through_methods(s: &Spring, x: f64) -> f64 {
    s.energy(x) + s.slack.max(x)
}

#[conservative_grad]
fn through_closures(x: f64) -> f64 {
    let clip = |t: f64| t.clamp(-1.0, 1.0);
    clip(x) + clip(2.0 * x)
}

#[conservative_grad]
fn through_iterators(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x.abs()).sum::<f64>() + xs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[conservative_grad]
fn through_trips(x: f64) -> f64 {
    let (mut t, mut sum) = (x, 0.0);
    while t > 0.0 {
        sum += t.min(1.0);
        t -= 1.0;
    }
    sum
}

#[conservative_grad]
fn through_match(x: f64) -> f64 {
    match x {
        t if t < 0.0 => -2.0 * t,
        t if t > 0.0 => 3.0 * t,
        _ => 0.0,
    }
}

#[conservative_grad]
fn through_sort_by(v: [f64; 3]) -> f64 {
    let mut list = v.to_vec();
    list.sort_by(|a, b| a.total_cmp(b));
    list[0] + 2.0 * list[2]
}

#[conservative_grad]
fn generic<T: Float>(x: T, y: T) -> T {
    x.max(y) + (x - y).abs()
}

#[test]
fn a_tie_is_found_wherever_it_is() {
    assert_eq!(field!(through_calls(0.0)), (vec![0.0, 1.0, 2.0], vec![1.0]));
    let (all, limiting) = field!(through_recursion(0.0, 1));
    assert_eq!(
        (all, limiting),
        (vec![-1.5, -0.5, 0.5, 1.5], vec![-1.5, 1.5])
    );
    let (all, limiting) = field!(through_closures(1.0));
    assert_eq!((all, limiting), (vec![0.0, 1.0], vec![0.0, 1.0]));
    assert_eq!(
        field!(through_closures(0.5)),
        (vec![1.0, 3.0], vec![1.0, 3.0])
    );
    assert_eq!(field!(through_trips(0.0)), (vec![0.0, 1.0], vec![0.0, 1.0]));
    assert_eq!(field!(through_trips(2.0)).1, [1.0, 1.0][..1]);
    assert_eq!(
        field!(through_match(0.0)),
        (vec![-2.0, 0.0, 3.0], vec![-2.0, 3.0])
    );
}

#[test]
fn vectors_and_structs_have_fields() {
    let spring = Spring {
        stiffness: 2.0,
        slack: 1.0,
    };
    let field = through_methods::field(&spring, 1.0, &FieldOptions::default()).unwrap();
    // Stretched or not, and the larger of two.
    assert_eq!(field.generators().len(), 4);
    assert_eq!(field.limiting().count(), 2);
    for g in field.limiting() {
        let (s, x) = &g.vector;
        assert_eq!((s.stiffness, s.slack + x), (0.0, 1.0));
        assert!(*x == 3.0 || *x == 0.0, "{x}");
    }
    let (value, _) = through_methods::limiting(&spring, 1.0, &Direction::Random(3)).unwrap();
    assert_eq!(value, 1.0);

    let field = through_iterators::field(&[0.0, 0.0], &FieldOptions::default()).unwrap();
    assert_eq!((field.leaves(), field.ties()), (8, 3));
    assert_eq!(field.limiting().count(), 6, "{field}");
    assert!(field.contains(&vec![0.5, 0.5]));
    assert!(!field.contains(&vec![3.0, 0.0]));
    let least = field.min_norm();
    assert!(close(&least, &[0.0, 0.0]) && field.contains_zero());
}

#[test]
fn a_sort_is_followed_but_its_comparison_does_not_tell_the_direction() {
    let field = through_sort_by::field([1.0, 1.0, 2.0], &FieldOptions::default()).unwrap();
    let all: Vec<_> = field.generators().iter().map(|g| g.vector).collect();
    assert_eq!(all, [[0.0, 1.0, 2.0], [1.0, 0.0, 2.0]]);
    assert!(
        field
            .generators()
            .iter()
            .all(|g| g.limiting == Limiting::Undecided)
    );
    let limiting = through_sort_by::limiting([1.0, 1.0, 2.0], &Direction::Random(0));
    assert_eq!(limiting, Err(LimitingError::Undecided));
}

#[test]
fn single_precision_is_exact() {
    let field = generic::field(1.0_f32, 1.0_f32, &FieldOptions::default()).unwrap();
    let limiting: Vec<(f32, f32)> = field.limiting().map(|g| g.vector).collect();
    assert_eq!(limiting, [(-1.0, 2.0), (2.0, -1.0)]);
    assert_eq!(field.generators().len(), 4);
    assert_eq!(
        generic::certify(1.0_f32, 1.0 + f32::EPSILON).verdict(),
        Verdict::Classical
    );
    assert_eq!(generic::certify(0.0_f32, -0.0).verdict(), Verdict::Tied);
}

/// Both sides of a guard reach the same value, but not along the line where it ties.
#[conservative_grad]
fn comes_apart(x: f64, y: f64) -> f64 {
    if x > 0.0 { y } else { 0.0 }
}

#[conservative_grad]
fn comes_together(x: f64, y: f64) -> f64 {
    if x > 0.0 { y * y } else { 0.0 }
}

#[conservative_grad]
fn penalty(x: f64) -> f64 {
    let v = (x - 1.0).max(0.0);
    let mut cost = x * x;
    if v > 0.0 {
        cost += 10.0 * v + 5.0;
    }
    cost
}

#[conservative_grad]
fn far_side_fails(x: f64, table: &[f64]) -> f64 {
    let k = if x < 0.0 { 7 } else { 0 };
    table[k] * x
}

#[test]
fn certificates_look_at_both_sides() {
    let c = comes_apart::certify(0.0, 0.0);
    assert_eq!(c.verdict(), Verdict::Jump);
    assert_eq!(c.jumps()[0].size, 0.0);
    assert!(c.to_string().contains("opens along the tie surface"), "{c}");
    let c = comes_apart::certify(0.0, 2.0);
    assert_eq!((c.verdict(), c.jumps()[0].size), (Verdict::Jump, 2.0));
    let c = comes_together::certify(0.0, 0.0);
    assert_eq!(c.verdict(), Verdict::Classical);
    assert_eq!(c.assumes_continuity().len(), 1, "{c}");
    // A feasible point: the guard's operand is constant on the piece that `max` chose.
    let c = penalty::certify(0.5);
    assert_eq!((c.verdict(), c.ties().len()), (Verdict::Classical, 0));
    let c = penalty::certify(1.0);
    assert_eq!(c.verdict(), Verdict::Jump);
}

#[test]
fn a_side_that_cannot_be_evaluated_is_listed() {
    let field = far_side_fails::field(0.0, &[3.0], &FieldOptions::default()).unwrap();
    assert_eq!(field.unevaluated().len(), 1);
    assert_eq!(field.generators().len(), 1);
    let c = far_side_fails::certify(0.0, &[3.0]);
    assert_eq!(c.verdict(), Verdict::Tied);
    assert_eq!(c.unchecked().len(), 1, "{c}");
}

#[conservative_grad]
fn many(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x.abs()).sum()
}

#[conservative_grad]
fn length(x: f64, y: f64) -> f64 {
    x.hypot(y)
}

#[test]
fn limits_are_errors() {
    let zeros = [0.0; 5];
    let options = FieldOptions {
        max_ties: 4,
        ..FieldOptions::default()
    };
    let error = many::field(&zeros, &options).unwrap_err();
    assert_eq!(
        error,
        FieldError::TooMany {
            ties: 5,
            leaves: 32
        }
    );
    let options = FieldOptions {
        max_leaves: 10,
        ..FieldOptions::default()
    };
    assert!(many::field(&zeros, &options).is_err());
    assert_eq!(
        many::field(&zeros, &FieldOptions::default())
            .unwrap()
            .leaves(),
        32
    );
    let error = length::field(0.0, 0.0, &FieldOptions::default()).unwrap_err();
    assert!(
        matches!(
            error,
            FieldError::TooMany {
                leaves: usize::MAX,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(length::certify(0.0, 0.0).verdict(), Verdict::Tied);
    assert_eq!(many::certify(&[0.0; 40]).verdict(), Verdict::Tied);
    assert_eq!(
        length::limiting(0.0, 0.0, &Direction::Random(0)),
        Err(LimitingError::Undecided)
    );
}

#[conservative_grad]
fn larger(x: f64, y: f64) -> f64 {
    x.max(y)
}

#[test]
fn a_direction_along_the_tie_decides_nothing() {
    let along = |d| larger::limiting(0.0, 0.0, &Direction::Along(d));
    assert_eq!(along((1.0, 0.0)), Ok((0.0, (1.0, 0.0))));
    assert_eq!(along((-1.0, 0.0)), Ok((0.0, (0.0, 1.0))));
    assert_eq!(along((1.0, 1.0)), Err(LimitingError::Undecided));
}

#[conservative_grad]
fn steps(x: f64) -> f64 {
    x.floor() + (x * x - 2.0).abs()
}

/// The largest changes where its rival overtakes it, of which nothing is known here.
#[conservative_grad]
fn largest(x: f64) -> f64 {
    ad_runtime::max_of(&[x, 1.0 - x, 0.75 * x + 0.5]) + (x - 9.0).abs()
}

#[test]
fn a_reduction_hides_when_its_rival_comes() {
    let step = largest::step(3.0, &Direction::Along(1.0));
    assert_eq!((step.length, step.exact), (6.0, false));
}

#[test]
fn steps_to_the_next_selection() {
    let step = steps::step(0.25, &Direction::Along(1.0));
    assert_eq!((step.length, step.exact), (0.75, false));
    let step = steps::step(0.25, &Direction::Along(-2.0));
    assert_eq!(step.length, 0.125);
    let step = through_closures::step(0.0, &Direction::Along(1.0));
    assert_eq!((step.length, step.exact), (0.5, true));
    let away = part::step(1.0, &Direction::Along(1.0));
    assert_eq!(
        (away.length, away.site, away.exact),
        (f64::INFINITY, None, true)
    );
}

#[conservative_grad]
fn identity(x: &[f64]) -> f64 {
    x[0].max(0.0) - (-x[0]).max(0.0)
}

#[test]
fn stationarity_is_proved_or_not_claimed() {
    let limiting = |x: &[f64], d: &Direction<Vec<f64>>| identity::limiting(x, d);
    let (value, gradient) = identity::grad(&[0.0]);
    assert_eq!((value, &gradient[..]), (0.0, &[0.0][..]));
    let options = StationaryOptions {
        gradient: Some(gradient),
        ..StationaryOptions::default()
    };
    let answer = stationary(&limiting, &[0.0], &options);
    assert!(
        matches!(answer, Stationarity::Artificial { distance: 1.0, .. }),
        "{answer}"
    );
    let answer = stationary(&limiting, &[0.0], &StationaryOptions::default());
    assert!(
        matches!(answer, Stationarity::NotLocalMin { .. }),
        "{answer}"
    );
    let limiting = |x: &[f64], d: &Direction<Vec<f64>>| many::limiting(x, d);
    let answer = stationary(&limiting, &[0.0, 0.0], &StationaryOptions::default());
    let Stationarity::ClarkeStationary {
        weights, distance, ..
    } = answer
    else {
        panic!("{answer}")
    };
    assert!(distance <= 1e-9 && (weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[conservative_grad]
fn least(x: f64) -> f64 {
    x.min(0.0)
}

#[conservative_grad]
fn rectified(x: f64) -> f64 {
    ad_runtime::relu(x)
}

#[conservative_grad]
fn root_of_square(x: f64) -> f64 {
    (x * x).sqrt()
}

/// The last columns of `docs/elsewhere.md`; the cases of `kinks` are the other rows.
#[test]
fn the_table_of_other_tools_says_what_we_answer() {
    assert_eq!(least::grad(0.0).1, 0.0);
    assert_eq!(least::certify(0.0).verdict(), Verdict::Tied);
    assert_eq!(rectified::grad(0.0).1, 0.0);
    assert_eq!(rectified::certify(0.0).verdict(), Verdict::Tied);
    assert!(root_of_square::grad(0.0).1.is_nan());
    assert_eq!(
        root_of_square::certify(0.0).verdict(),
        Verdict::NotLipschitz
    );
    let table = include_str!("../docs/elsewhere.md");
    for row in [
        "| `min(x, 0)` | 0 |",
        "| `relu` of the tool | 0 |",
        "| `sqrt(x * x)` | 0 |",
    ] {
        assert!(table.contains(row), "{row}");
    }
}

/// Counts far beyond the limit of a path that is forced.
#[conservative_grad]
fn long(x: f64, n: usize) -> f64 {
    let mut sum = 0.0;
    for _ in 0..n {
        sum += x.max(0.0);
    }
    sum / n as f64
}

/// On the side that the program does not take, the loop has no end.
#[allow(clippy::while_immutable_condition, reason = "that is the point")]
#[conservative_grad]
fn endless_beyond(x: f64) -> f64 {
    let mut sum = x;
    if x > 0.0 {
        while x < 1.0 {
            sum += x;
        }
    }
    sum
}

#[test]
fn only_forced_paths_are_cut_short() {
    let options = FieldOptions {
        max_steps: 100,
        ..FieldOptions::default()
    };
    let field = long::field(1.0, 1000, &options).unwrap();
    assert_eq!((field.leaves(), field.generators()[0].vector), (1, 1.0));
    let field = endless_beyond::field(0.0, &options).unwrap();
    assert_eq!(
        (field.generators().len(), field.unevaluated().len()),
        (1, 1)
    );
    assert_eq!(endless_beyond::certify(-1.0).verdict(), Verdict::Classical);
}
