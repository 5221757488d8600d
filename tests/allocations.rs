//! `vjp_into` with a used tape does not allocate: counted, not estimated.
//!
//! Each program is run once to let the tape grow, then under a counting allocator.

// The point is what is allocated, not the best way to write the function.
#![allow(clippy::needless_range_loop, clippy::useless_vec)]

use ad_runtime::{Tape, conservative_grad};

#[conservative_grad]
fn counted_loop(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 1..x.len() {
        s += (x[i] * x[i - 1]).tanh();
    }
    s
}

#[conservative_grad]
fn dynamic_loop(x: f64) -> f64 {
    let mut t = x;
    let mut s = 0.0;
    while t > 1.0 {
        s += t * t;
        t *= 0.9;
    }
    s
}

#[conservative_grad]
fn local_vectors(x: &[f64]) -> f64 {
    let mut squares = vec![0.0; x.len()];
    let mut positive = Vec::with_capacity(x.len());
    let copy = x.to_vec();
    for i in 0..x.len() {
        squares[i] = copy[i] * copy[i];
        if x[i] > 0.0 {
            positive.push(squares[i]);
        }
    }
    let mut s = 0.0;
    for v in &positive {
        s += v * v;
    }
    s + squares[0]
}

#[conservative_grad]
fn in_place(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] *= x[i - 1];
    }
}

#[conservative_grad]
fn branches(x: f64, y: f64) -> f64 {
    let mut s = x * y;
    if s > 0.0 {
        s *= s;
    }
    if y > x {
        return s.exp();
    }
    s * y
}

#[conservative_grad]
fn callee(x: &[f64], a: f64) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * a;
        s = s.sin();
    }
    s
}

#[conservative_grad]
fn calls(x: &[f64]) -> f64 {
    let mut s = x[0];
    for i in 0..x.len() {
        s += callee(&x[i..], s) + callee(x, x[i]);
    }
    s
}

#[conservative_grad]
fn recursion(x: f64, n: usize) -> f64 {
    if n == 0 {
        return x;
    }
    recursion(x * 1.01, n - 1).sin() + x
}

/// Vectors that are not needed again, that are copied, and that are overwritten.
#[conservative_grad]
fn overwritten_vectors(x: &[f64], n: usize) -> f64 {
    let mut v = vec![x[0]; 4];
    let mut s = 0.0;
    for i in 0..n {
        let order = vec![i % 4; 3];
        let w = vec![v[0] * x[1], v[order[2]], v[2].sin(), v[3] * v[0]];
        v = w;
        if i % 2 == 0 {
            v = v.clone();
        }
        let copy = v.clone();
        s += copy[1] * v[0];
    }
    s + v[2] * v[3]
}

#[conservative_grad]
fn large_arrays(x: &[f64]) -> f64 {
    let mut a = [0.0; 300];
    for i in 0..300 {
        a[i] = x[i % x.len()] * i as f64;
    }
    let mut s = 0.0;
    for i in 0..3 {
        let mut b = [[x[i]; 20]; 10];
        b[i][i] *= a[i + 1];
        let c = a;
        for j in 0..20 {
            s += b[i][j] * c[j + i];
        }
        a[i + 1] = b[i][i] * c[7];
    }
    s * a[2]
}

/// Warms the tape with two runs, then runs again and counts.
fn allocates_nothing(name: &str, mut run: impl FnMut(&mut Tape)) {
    let mut tape = Tape::new();
    run(&mut tape);
    run(&mut tape);
    let bytes = tape.bytes();
    let counted = allocation_counter::measure(|| {
        for _ in 0..3 {
            run(&mut tape);
        }
    });
    assert_eq!(counted.count_total, 0, "{name}: {counted:?}");
    assert_eq!(tape.bytes(), bytes, "{name}: the tape grew");
}

#[test]
fn nothing_is_allocated_in_the_steady_state() {
    let x: Vec<f64> = (0..50).map(|i| f64::from(i) * 0.1 - 2.0).collect();
    let mut adjoint = vec![0.0; x.len()];
    let mut work = x.clone();
    allocates_nothing("counted_loop", |tape| {
        counted_loop::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
    allocates_nothing("dynamic_loop", |tape| {
        dynamic_loop::vjp_into(tape, 9.0, &mut 0.0, 1.0);
    });
    allocates_nothing("local_vectors", |tape| {
        local_vectors::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
    allocates_nothing("overwritten_vectors", |tape| {
        overwritten_vectors::vjp_into(tape, &x, &mut adjoint, 7, 1.0);
    });
    allocates_nothing("large_arrays", |tape| {
        large_arrays::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
    allocates_nothing("in_place", |tape| {
        work.copy_from_slice(&x);
        in_place::vjp_into(tape, &mut work, &mut adjoint);
    });
    allocates_nothing("branches", |tape| {
        branches::vjp_into(tape, 0.5, &mut 0.0, 2.0, &mut 0.0, 1.0);
    });
    allocates_nothing("calls", |tape| {
        calls::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
    allocates_nothing("recursion", |tape| {
        recursion::vjp_into(tape, 0.4, &mut 0.0, 12, 1.0);
    });
}

/// What the runtime provides, with overwritten arguments that must come back.
#[conservative_grad]
fn ordered(x: &[f64]) -> f64 {
    let mut y = [0.0; 3];
    let mut sum = 0.0;
    for k in 0..4 {
        y.copy_from_slice(x);
        y[k % 3] += sum;
        ad_runtime::sort(&mut y);
        sum += y[0] * y[1] + ad_runtime::median(x) * ad_runtime::max_of(&y);
    }
    sum
}

#[conservative_grad]
fn normalised(x: &[f64]) -> f64 {
    let mut y = [0.0; 3];
    let mut sum = 0.0;
    for k in 0..4 {
        y.copy_from_slice(x);
        y[k % 3] += sum;
        ad_runtime::softmax(&mut y);
        sum += y[0] * ad_runtime::norm(&y) + ad_runtime::log_sum_exp(&y);
        sum += ad_runtime::dot(x, &y) + ad_runtime::relu(sum);
    }
    sum
}

#[test]
fn provided_functions_use_the_tape() {
    let x = [0.5, -0.25, 1.5];
    let mut adjoint = [0.0; 3];
    allocates_nothing("ordered", |tape| {
        ordered::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
    allocates_nothing("normalised", |tape| {
        normalised::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
}

/// An array that would not fit the stack twice.
#[conservative_grad]
fn huge_array(x: f64) -> f64 {
    let mut a = [0.0; 60_000];
    for i in 0..60_000 {
        a[i] = x * i as f64;
    }
    let mut s = 0.0;
    for i in 0..60_000 {
        s += a[i] * a[59_999 - i];
    }
    s
}

#[test]
fn large_arrays_are_not_on_the_stack() {
    let small = std::thread::Builder::new().stack_size(400_000);
    let run = small.spawn(|| huge_array::grad(1.0)).expect("a thread");
    let (value, slope) = run.join().expect("the stack suffices");
    assert_eq!(slope, 2.0 * value);
    assert_eq!(value, huge_array(1.0));
}

#[test]
fn a_tape_serves_functions_in_turn() {
    let x = [0.5, -0.25, 1.5];
    let mut adjoint = [0.0; 3];
    allocates_nothing("in turn", |tape| {
        counted_loop::vjp_into(tape, &x, &mut adjoint, 1.0);
        calls::vjp_into(tape, &x, &mut adjoint, 1.0);
        dynamic_loop::vjp_into(tape, 3.0, &mut 0.0, 1.0);
        local_vectors::vjp_into(tape, &x, &mut adjoint, 1.0);
    });
}

#[test]
fn shrinking_gives_the_memory_back() {
    let mut tape = Tape::new();
    dynamic_loop::vjp_into(&mut tape, 1e6, &mut 0.0, 1.0);
    let used = tape.bytes();
    assert!(used > 0);
    tape.shrink();
    assert!(
        tape.bytes() < used,
        "{} bytes of {used} remain",
        tape.bytes()
    );
    let mut adjoint = 0.0;
    dynamic_loop::vjp_into(&mut tape, 1e6, &mut adjoint, 1.0);
    assert_eq!(adjoint, dynamic_loop::grad(1e6).1);
}
