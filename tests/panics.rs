//! A derivative panics where the function panics, with its message; and where a buffer is wrong.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ad_runtime::{Tape, conservative_grad};

#[conservative_grad]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    assert!(
        a.len() == b.len(),
        "dot: {} against {} elements",
        a.len(),
        b.len()
    );
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s
}

/// Reads beyond the end when `n` is too large.
#[conservative_grad]
#[allow(clippy::needless_range_loop)]
fn element(a: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        s += a[i].sin() * s + a[i];
    }
    s
}

#[conservative_grad]
fn scale(a: f64, y: &mut [f64]) {
    for v in y.iter_mut() {
        *v *= a;
    }
}

#[conservative_grad]
fn limited(x: f64) -> f64 {
    let mut t = x;
    let mut s = 0.0;
    while t > 1.0 {
        s += t * t;
        t *= 0.5;
        if s > 100.0 {
            panic!("no progress at {t}");
        }
    }
    s
}

/// The message of the panic that `run` ends in.
fn message<R>(run: impl FnOnce() -> R) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).err().expect("a panic");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => other
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .expect("a message"),
    }
}

#[test]
fn the_users_message_comes_out_of_every_mode() {
    let (a, b) = ([1.0, 2.0], [3.0]);
    let expected = message(|| {
        dot(&a, &b);
    });
    assert_eq!(expected, "dot: 2 against 1 elements");
    let got = [
        message(|| dot::grad(&a, &b)),
        message(|| dot::vjp(&a, &b, 1.0)),
        message(|| dot::grad_trace(&a, &b)),
        message(|| dot::grad_ties(&a, &b)),
        message(|| dot::trace(&a, &b)),
        message(|| {
            dot::jvp(&a, &[1.0, 0.0], &b, &[1.0]);
        }),
        message(|| {
            dot::vjp_into(&mut Tape::new(), &a, &mut [0.0; 2], &b, &mut [0.0; 1], 1.0);
        }),
    ];
    assert_eq!(got, [expected.as_str(); 7]);
}

#[test]
fn an_index_out_of_bounds_is_the_primals() {
    let a = [1.0, 2.0];
    let expected = message(|| {
        element(&a, 3);
    });
    assert_eq!(message(|| element::grad(&a, 3)), expected);
    assert_eq!(message(|| element::jvp(&a, &[1.0, 1.0], 3)), expected);
}

#[test]
fn a_wrong_adjoint_buffer_is_named_before_anything_runs() {
    let mut adjoint = [0.0; 3];
    // Lengths differ as well: the program itself would panic if it ran.
    let text = message(|| {
        dot::vjp_into(
            &mut Tape::new(),
            &[1.0, 2.0, 3.0, 4.0],
            &mut adjoint,
            &[1.0],
            &mut [0.0],
            1.0,
        );
    });
    for part in ["`a_adj`", "`a`", "3", "4"] {
        assert!(text.contains(part), "{text:?} does not mention {part}");
    }
    let mut y = [1.0, 2.0];
    let text = message(|| {
        scale::vjp_into(&mut Tape::new(), 2.0, &mut 0.0, &mut y, &mut [0.0; 3]);
    });
    assert!(
        text.contains("`y_adj`") && text.contains('3') && text.contains('2'),
        "{text:?}"
    );
    assert_eq!(y, [1.0, 2.0], "something ran");
}

#[test]
fn a_wrong_tangent_is_named() {
    let text = message(|| {
        dot::jvp(&[1.0, 2.0], &[1.0], &[1.0, 2.0], &[0.0, 0.0]);
    });
    for part in ["`a_tan`", "`a`", "1", "2"] {
        assert!(text.contains(part), "{text:?} does not mention {part}");
    }
}

#[test]
fn a_tape_is_right_after_a_panic() {
    let mut tape = Tape::new();
    let mut adjoint = 0.0;
    assert_eq!(
        message(|| limited::vjp_into(&mut tape, 1e3, &mut adjoint, 1.0)),
        "no progress at 500"
    );
    assert_eq!(adjoint, 0.0, "nothing was added");
    limited::vjp_into(&mut tape, 5.0, &mut adjoint, 1.0);
    assert_eq!(adjoint, limited::grad(5.0).1);
    let mut a_adj = [0.0; 2];
    message(|| element::vjp_into(&mut tape, &[1.0, 2.0], &mut a_adj, 3, 1.0));
    a_adj = [0.0; 2];
    element::vjp_into(&mut tape, &[1.0, 2.0], &mut a_adj, 2, 1.0);
    assert_eq!(a_adj.to_vec(), element::grad(&[1.0, 2.0], 2).1);
}
