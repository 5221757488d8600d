//! The memory of loops under `#[checkpoint(n)]`, what they record, and how often they run.

// Programs are written in every form that the compiler accepts, tidy or not.
#![allow(clippy::all)]

use std::cell::Cell;

use ad_runtime::{Tape, Verdict, conservative_grad};

const STATES: usize = 10;

/// Ten floats that are coupled and damped.
#[conservative_grad]
fn oscillators(start: &[f64; 10], c: f64, steps: usize) -> f64 {
    let mut u = *start;
    #[checkpoint(STATES)]
    for _ in 0..steps {
        let mut v = u;
        for i in 0..10 {
            let left = u[(i + 9) % 10];
            v[i] = u[i] + 0.01 * (c * (left - u[i]) - u[i] * u[i] * u[i]);
        }
        u = v;
    }
    let mut s = 0.0;
    for x in &u {
        s += x * x;
    }
    s
}

#[conservative_grad]
fn oscillators_stored(start: &[f64; 10], c: f64, steps: usize) -> f64 {
    let mut u = *start;
    for _ in 0..steps {
        let mut v = u;
        for i in 0..10 {
            let left = u[(i + 9) % 10];
            v[i] = u[i] + 0.01 * (c * (left - u[i]) - u[i] * u[i] * u[i]);
        }
        u = v;
    }
    let mut s = 0.0;
    for x in &u {
        s += x * x;
    }
    s
}

fn start() -> [f64; 10] {
    std::array::from_fn(|k| 0.3 + 0.1 * k as f64)
}

/// The value and the gradient, and the most bytes that were in use for them.
fn measured(steps: usize, stored: bool) -> (f64, [f64; 10], f64, u64) {
    let (mut tape, u) = (Tape::new(), start());
    let (mut u_adj, mut c_adj) = ([0.0; 10], 0.0);
    let mut value = 0.0;
    let used = allocation_counter::measure(|| {
        let run = match stored {
            true => oscillators_stored::vjp_into,
            false => oscillators::vjp_into,
        };
        value = run(&mut tape, &u, &mut u_adj, 0.7, &mut c_adj, steps, 1.0);
    });
    (value, u_adj, c_adj, used.bytes_max)
}

/// What one iteration keeps for its own reverse sweep, with the rounding up of a growing `Vec`.
const SEGMENT: u64 = 1024;

#[test]
fn the_tape_holds_a_few_states_and_one_iteration() {
    let steps = if cfg!(debug_assertions) {
        3_000
    } else {
        10_000_000
    };
    let (_, _, _, bytes) = measured(steps, false);
    let states = (STATES as u64 + 2) * 10 * 8;
    assert!(
        bytes <= states + SEGMENT,
        "{bytes} bytes for {STATES} states of 80 bytes"
    );
}

#[test]
fn the_gradient_is_that_of_all_values() {
    for steps in [1, 2, 11, 12, 500] {
        let (value, u, c, _) = measured(steps, false);
        let (same, u_stored, c_stored, _) = measured(steps, true);
        assert_eq!(
            (value.to_bits(), u, c),
            (same.to_bits(), u_stored, c_stored)
        );
    }
}

#[test]
fn a_warm_tape_allocates_nothing() {
    let (mut tape, u) = (Tape::new(), start());
    let (mut u_adj, mut c_adj) = ([0.0; 10], 0.0);
    for round in 0..3 {
        let used = allocation_counter::measure(|| {
            oscillators::vjp_into(&mut tape, &u, &mut u_adj, 0.7, &mut c_adj, 300, 1.0);
        });
        assert!(
            round == 0 || used.count_total == 0,
            "round {round}: {used:?}"
        );
    }
}

/// Decides at each step, with a loop and a call inside.
#[conservative_grad]
fn decides(x: f64, steps: usize) -> f64 {
    let mut s = x;
    #[checkpoint(3)]
    for k in 0..steps {
        if s > 1.0 {
            s *= 0.5;
        }
        for j in 0..k % 3 {
            s = s.max(x * j as f64);
        }
        s = shifted(s, x, k).min(3.0) + s.abs();
    }
    s
}

#[conservative_grad]
fn decides_stored(x: f64, steps: usize) -> f64 {
    let mut s = x;
    for k in 0..steps {
        if s > 1.0 {
            s *= 0.5;
        }
        for j in 0..k % 3 {
            s = s.max(x * j as f64);
        }
        s = shifted(s, x, k).min(3.0) + s.abs();
    }
    s
}

#[conservative_grad]
fn shifted(s: f64, x: f64, k: usize) -> f64 {
    let mut t = s + x;
    for _ in 0..k % 2 {
        t = t.clamp(-1.0, 1.0);
    }
    if t < 0.0 { -t } else { t }
}

fn notes(trace: &ad_runtime::Trace) -> Vec<(u32, u32, u64)> {
    let selections = trace.selections().iter();
    selections
        .map(|s| (s.site.index, s.piece, s.margin.to_bits()))
        .collect()
}

#[test]
fn each_selection_is_recorded_once_and_in_order() {
    for steps in [0, 1, 7, 40] {
        for x in [0.7, 0.0, 1.0, -0.3] {
            let (value, trace) = decides_stored::trace(x, steps);
            let (same, of_primal) = decides::trace(x, steps);
            let (again, g, of_gradient) = decides::grad_trace(x, steps);
            let (_, stored, _) = decides_stored::grad_trace(x, steps);
            assert_eq!((value, value), (same, again));
            assert_eq!(g, stored);
            assert_eq!(notes(&trace), notes(&of_primal));
            assert_eq!(notes(&trace), notes(&of_gradient));
            let (_, _, ties) = decides::grad_ties(x, steps);
            assert_eq!(ties.selections, trace.selections().len() as u64);
            assert_eq!(ties.ties, trace.ties().count() as u64);
            let (_, counted) = (ties.verdict(), trace.verdict());
            assert_eq!(ties.verdict(), counted);
        }
    }
    assert_eq!(
        decides::trace(1.0, 5).1.verdict(),
        decides_stored::trace(1.0, 5).1.verdict()
    );
    assert_eq!(decides::trace(0.7, 5).1.verdict(), Verdict::Classical);
}

thread_local! {
    static RUNS: Cell<usize> = const { Cell::new(0) };
}

fn counted() -> bool {
    RUNS.with(|n| n.set(n.get() + 1));
    true
}

#[conservative_grad]
fn asserts(x: f64, steps: usize) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for k in 0..steps {
        assert!(counted(), "{s} in step {k}");
        s = (s * x).sin();
    }
    s
}

#[test]
fn what_says_something_runs_once() {
    let (value, _) = asserts::grad(0.7, 30);
    assert_eq!(RUNS.replace(0), 30);
    assert_eq!(value, asserts(0.7, 30));
}
