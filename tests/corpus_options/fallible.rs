//! Functions that return an `Option` or a `Result`, as users call their derivatives.

use ad_runtime::{Differentiable, Tangent, Tape, Verdict, conservative_grad};

#[derive(Debug, PartialEq)]
enum Bad {
    Negative,
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
struct P {
    x: f64,
    y: f64,
}

#[conservative_grad]
fn root(x: f64, y: f64) -> Result<f64, Bad> {
    if x < 0.0 {
        return Err(Bad::Negative);
    }
    Ok(x.sqrt() * y)
}

#[test]
fn the_gradient_of_a_result() {
    assert_eq!(root::grad(4.0, 3.0), Ok((6.0, (0.75, 2.0))));
    assert_eq!(root::grad(-4.0, 3.0), Err(Bad::Negative));
    assert_eq!(root::vjp(4.0, 3.0, 2.0), Ok((6.0, (1.5, 4.0))));
    assert_eq!(root::jvp(4.0, 1.0, 3.0, 2.0), Ok((6.0, 4.75)));
    assert_eq!(root::jvp(-4.0, 1.0, 3.0, 2.0), Err(Bad::Negative));
    assert_eq!(
        root::grad_with::<ad_runtime::Left>(4.0, 3.0),
        Ok((6.0, (0.75, 2.0)))
    );
    let (value, trace) = root::trace(4.0, 3.0);
    assert_eq!((value, trace.verdict()), (Ok(6.0), Verdict::Classical));
    let (value, trace) = root::trace(-4.0, 3.0);
    assert_eq!((value, trace.selections().len()), (Err(Bad::Negative), 1));
    let (value, adjoints, trace) = root::grad_trace(4.0, 3.0).unwrap();
    assert_eq!(
        (value, adjoints, trace.selections().len()),
        (6.0, (0.75, 2.0), 1)
    );
    let (value, adjoints, ties) = root::grad_ties(4.0, 3.0).unwrap();
    assert_eq!((value, adjoints, ties.selections), (6.0, (0.75, 2.0), 1));
    assert!(root::grad_ties(-4.0, 3.0).is_err());
}

#[test]
fn an_error_leaves_the_buffers_as_they_were() {
    let mut tape = Tape::new();
    let (mut x_adj, mut y_adj) = (5.0, 7.0);
    let value = root::vjp_into(&mut tape, -1.0, &mut x_adj, 3.0, &mut y_adj, 1.0);
    assert_eq!((value, x_adj, y_adj), (Err(Bad::Negative), 5.0, 7.0));
    for round in 1..3 {
        let value = root::vjp_into(&mut tape, 4.0, &mut x_adj, 3.0, &mut y_adj, 1.0);
        let n = f64::from(round);
        assert_eq!(
            (value, x_adj, y_adj),
            (Ok(6.0), 5.0 + 0.75 * n, 7.0 + 2.0 * n)
        );
    }
}

#[conservative_grad]
fn moved(s: &mut [f64], x: f64) -> Option<f64> {
    s[0] *= x;
    if s[0] < 0.0 {
        return None;
    }
    s[1] += s[0] * s[0];
    Some(s[1] * x)
}

#[test]
fn what_was_changed_before_a_failure_stays_changed() {
    let (mut s, mut s_adj) = ([2.0, 1.0], [3.0, 4.0]);
    assert_eq!(moved::vjp(&mut s, &mut s_adj, -1.0, 1.0), None);
    assert_eq!((s, s_adj), ([-2.0, 1.0], [3.0, 4.0]));
    let (mut s, mut s_adj) = ([2.0, 1.0], [0.0, 0.0]);
    let (value, x_adj) = moved::grad(&mut s, &mut s_adj, 3.0).unwrap();
    // s[1] = 1 + (2x)^2, value = s[1] x = x + 4 x^3.
    assert_eq!((value, x_adj), (111.0, 1.0 + 12.0 * 9.0));
    // By s[0]: 2 s[0] x^2 x, by s[1]: x.
    assert_eq!((s, s_adj), ([6.0, 37.0], [108.0, 3.0]));
}

#[conservative_grad]
fn point(p: &P, k: f64) -> Option<P> {
    let q = P {
        x: p.x * k,
        ..p.clone()
    };
    (q.x > 0.0).then_some(())?;
    Some(q)
}

#[test]
fn structs_in_options() {
    let p = P { x: 2.0, y: 3.0 };
    let seed = PTangent { x: 1.0, y: 1.0 };
    let (value, (p_adj, k_adj)) = point::vjp(&p, 5.0, seed.clone()).unwrap();
    assert_eq!(value, P { x: 10.0, y: 3.0 });
    assert_eq!((p_adj, k_adj), (PTangent { x: 5.0, y: 1.0 }, 2.0));
    let (_, tangent) = point::jvp(&p, &PTangent { x: 1.0, y: 2.0 }, 5.0, 3.0).unwrap();
    assert_eq!(tangent, PTangent { x: 11.0, y: 2.0 });
    assert_eq!(tangent.dot(&seed), 5.0 + 2.0 + 2.0 * 3.0);
    assert_eq!(point::vjp(&p, -5.0, seed), None);
}

#[conservative_grad]
fn two(x: f64, y: f64) -> Option<(f64, f64)> {
    if x > y { Some((x * y, x)) } else { None }
}

#[conservative_grad]
fn whole(n: Option<f64>, o: &Option<P>, r: Option<Vec<f64>>) -> f64 {
    let a = n.unwrap_or(2.0);
    let b = match o {
        Some(p) => p.x * p.y,
        None => 3.0,
    };
    let c = match &r {
        Some(r) => r[0] * r[1],
        None => 1.0,
    };
    a * b * c
}

#[test]
fn options_as_parameters_and_results() {
    assert_eq!(
        two::vjp(3.0, 2.0, (1.0, 10.0)),
        Some(((6.0, 3.0), (12.0, 3.0)))
    );
    assert_eq!(two::vjp(1.0, 2.0, (1.0, 10.0)), None);
    let p = Some(P { x: 2.0, y: 3.0 });
    let (value, (n, o, r)) = whole::grad(Some(5.0), &p, Some(vec![7.0, 11.0]));
    assert_eq!((value, n), (5.0 * 6.0 * 77.0, Some(6.0 * 77.0)));
    assert_eq!(
        o,
        Some(PTangent {
            x: 3.0 * 385.0,
            y: 2.0 * 385.0
        })
    );
    assert_eq!(r, Some(vec![330.0, 210.0]));
    let (value, adjoints) = whole::grad(None, &None, None);
    assert_eq!((value, adjoints), (6.0, (None, None, None)));
    let mut tape = Tape::new();
    let mut n_adj = Some(1.0);
    let (mut o_adj, mut r_adj) = (None, None);
    let n = Some(5.0);
    whole::vjp_into(
        &mut tape, n, &mut n_adj, &None, &mut o_adj, None, &mut r_adj, 2.0,
    );
    assert_eq!((n_adj, o_adj, r_adj), (Some(7.0), None, None));
}

mod io {
    pub type Result<T> = std::result::Result<T, String>;
}

#[conservative_grad]
fn aliased(x: f64) -> io::Result<f64> {
    if x > 1.0 {
        Err("large".to_owned())
    } else {
        Ok(x * x)
    }
}

#[conservative_grad]
fn nothing_but_a_check(s: &mut [f64], k: f64) -> Result<(), Bad> {
    if k < 0.0 {
        return Err(Bad::Negative);
    }
    s[0] *= k;
    Ok(())
}

#[test]
fn other_forms_of_results() {
    assert_eq!(aliased::grad(0.5), Ok((0.25, 1.0)));
    assert_eq!(aliased::grad(1.5), Err("large".to_owned()));
    let (mut s, mut s_adj) = ([3.0], [1.0]);
    assert_eq!(nothing_but_a_check::vjp(&mut s, &mut s_adj, 2.0), Ok(3.0));
    assert_eq!((s, s_adj), ([6.0], [2.0]));
    assert_eq!(
        nothing_but_a_check::vjp(&mut s, &mut s_adj, -2.0),
        Err(Bad::Negative)
    );
    let (mut s, mut s_tan) = ([3.0], [1.0]);
    assert_eq!(
        nothing_but_a_check::jvp(&mut s, &mut s_tan, 2.0, 1.0),
        Ok(())
    );
    assert_eq!((s, s_tan), ([6.0], [5.0]));
}

#[conservative_grad]
fn root_that_fails_late(x: f64) -> Option<f64> {
    let mut r = vec![x.sqrt()];
    for k in 0..3 {
        r.push(r[k] * x);
    }
    if r[0].is_nan() || r[0] < 0.5 {
        return None;
    }
    Some(r[0] + r[3])
}

#[conservative_grad]
fn with_another(x: f64, y: f64) -> Option<f64> {
    let a = root_that_fails_late(x);
    let b = root_that_fails_late(y)?;
    Some(a.unwrap_or(x) * b)
}

/// What a callee computed before it failed takes no part in the derivative.
#[conservative_grad]
fn falls_back(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += root_that_fails_late(*x).unwrap_or(3.0 * x);
        sum *= with_another(*x, 1.0).unwrap_or(2.0);
        sum += with_another(1.0, *x).unwrap_or(*x);
    }
    sum
}

#[test]
fn a_failure_has_no_infinite_derivative() {
    for xs in [[0.0, -1.0, 4.0], [1.0, 0.0, -2.0], [-1.0, 2.0, 0.0]] {
        let (value, gradient) = falls_back::grad(&xs);
        assert_eq!(value, falls_back(&xs));
        for k in 0..3 {
            let mut tangent = [0.0; 3];
            tangent[k] = 1.0;
            let (_, forward) = falls_back::jvp(&xs, &tangent);
            assert!(
                (forward - gradient[k]).abs() <= 1e-12 * forward.abs(),
                "{xs:?} {gradient:?}"
            );
            let h = 1e-6;
            let at = |h: f64| {
                let mut xs = xs;
                xs[k] += h;
                falls_back(&xs)
            };
            let difference = (at(h) - at(-h)) / (2.0 * h);
            assert!((difference - gradient[k]).abs() < 1e-5 * (1.0 + difference.abs()));
        }
        let mut tape = Tape::new();
        let mut adjoint = [0.0; 3];
        falls_back::vjp_into(&mut tape, &xs, &mut adjoint, 1.0);
        let bytes = tape.bytes();
        for _ in 0..3 {
            let mut again = [0.0; 3];
            falls_back::vjp_into(&mut tape, &xs, &mut again, 1.0);
            assert_eq!((again, tape.bytes()), (adjoint, bytes));
        }
    }
}
