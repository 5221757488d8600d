//! What does not depend on the threads, and what passes through them.

use ad_runtime::{Tape, conservative_grad};

#[conservative_grad]
fn decides(x: &[f64], c: f64) -> f64 {
    let mut s = 0.0;
    #[parallel]
    for i in 0..x.len() {
        let mut t = x[i] * c;
        if t > 0.2 {
            t = t.max(x[(i + 3) % x.len()]);
        }
        s += t.abs();
    }
    s
}

#[conservative_grad]
fn decides_in_turn(x: &[f64], c: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let mut t = x[i] * c;
        if t > 0.2 {
            t = t.max(x[(i + 3) % x.len()]);
        }
        s += t.abs();
    }
    s
}

fn notes(trace: &ad_runtime::Trace) -> Vec<(u32, u32, u64)> {
    let selections = trace.selections().iter();
    selections
        .map(|s| (s.site.index, s.piece, s.margin.to_bits()))
        .collect()
}

fn points(n: usize) -> Vec<f64> {
    (0..n).map(|k| ((k * k) as f64 * 0.37).sin()).collect()
}

#[test]
fn selections_come_in_the_order_of_the_iterations() {
    for n in [0, 1, 5, 16, 17, 200] {
        let mut x = points(n);
        x.iter_mut().step_by(7).for_each(|x| *x = 0.0);
        let (value, g, trace) = decides::grad_trace(&x, 0.9);
        let (same, h, in_turn) = decides_in_turn::grad_trace(&x, 0.9);
        assert_eq!(value.to_bits(), same.to_bits());
        assert_eq!(notes(&trace), notes(&in_turn));
        assert_eq!(trace.verdict(), in_turn.verdict());
        assert!((g.1 - h.1).abs() <= 1e-12 * (1.0 + h.1.abs()));
        let (_, _, ties) = decides::grad_ties(&x, 0.9);
        let (_, _, same) = decides_in_turn::grad_ties(&x, 0.9);
        assert_eq!((ties.selections, ties.ties), (same.selections, same.ties));
        assert_eq!(
            (ties.min_margin, ties.first),
            (same.min_margin.map(|m| m), ties.first)
        );
        assert_eq!(notes(&decides::trace(&x, 0.9).1), notes(&in_turn));
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let x = points(1000);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| decides::grad(&x, 0.9))
    };
    let (value, (g, c)) = run(1);
    for threads in [2, 3, 8] {
        let (same, (h, d)) = run(threads);
        assert_eq!(
            (value.to_bits(), c.to_bits()),
            (same.to_bits(), d.to_bits())
        );
        assert_eq!(g, h);
    }
    assert_eq!(value, decides(&x, 0.9));
}

#[conservative_grad]
fn panics(x: &[f64], at: usize) -> f64 {
    let mut s = 0.0;
    #[parallel]
    for i in 0..x.len() {
        assert!(i != at, "iteration {i}");
        s += x[i] * x[i];
    }
    s
}

#[test]
fn a_panic_comes_through_and_the_tape_is_right_again() {
    let x = points(50);
    let (mut tape, mut g) = (Tape::new(), vec![0.0; 50]);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        panics::vjp_into(&mut tape, &x, &mut g, 33, 1.0)
    }));
    let message = panicked.unwrap_err();
    assert_eq!(message.downcast_ref::<String>().unwrap(), "iteration 33");
    for round in 1..3 {
        g = vec![0.0; 50];
        panics::vjp_into(&mut tape, &x, &mut g, 99, 1.0);
        assert!(
            g.iter().zip(&x).all(|(g, x)| *g == 2.0 * x),
            "round {round}"
        );
    }
}
