//! The snapshots of generated code, compiled and run: `expanded/` is written from
//! `source/` by the test `goldens` of `ad-macros`, which says how.

/// A snapshot as a module.
macro_rules! golden {
    ($name:ident, $file:literal) => {
        mod $name {
            include!(concat!("expanded/", $file));
        }
    };
}

golden!(calls, "calls.rs");
golden!(generic, "generic.rs");
golden!(huber, "huber.rs");
golden!(layer, "layer.rs");
golden!(newton, "newton.rs");
golden!(recurrence, "recurrence.rs");
golden!(rosenbrock, "rosenbrock.rs");
golden!(search, "search.rs");

#[track_caller]
fn close(found: f64, expected: f64) {
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= 1e-12 * scale,
        "{found} is not {expected}"
    );
}

#[test]
fn rosenbrock_sums_into_neighbours() {
    let x = [0.5, -1.25, 2.0, 0.75];
    let (value, gradient) = rosenbrock::rosenbrock::grad(&x);
    assert_eq!(value, rosenbrock::rosenbrock(&x));
    let mut expected = [0.0; 4];
    for i in 0..3 {
        let a = x[i + 1] - x[i] * x[i];
        expected[i] += -400.0 * a * x[i] - 2.0 * (1.0 - x[i]);
        expected[i + 1] += 200.0 * a;
    }
    gradient
        .iter()
        .zip(expected)
        .for_each(|(g, e)| close(*g, e));
    let direction = [1.0, -2.0, 0.5, 3.0];
    let slope = expected.iter().zip(direction).map(|(e, d)| e * d).sum();
    close(rosenbrock::rosenbrock::jvp(&x, &direction).1, slope);
}

#[test]
fn huber_is_quadratic_then_linear() {
    for (x, dx, ddelta) in [(0.5, 0.5, 0.0), (-3.0, -1.0, 2.0), (4.0, 1.0, 3.0)] {
        let (_, (x_adj, delta_adj)) = huber::huber::grad(x, 1.0);
        close(x_adj, dx);
        close(delta_adj, ddelta);
        close(
            huber::huber::jvp(x, 2.0, 1.0, 3.0).1,
            2.0 * dx + 3.0 * ddelta,
        );
    }
    assert_eq!(huber::huber::grad_ties(0.0, 1.0).2.ties, 1);
}

#[test]
fn newton_is_a_square_root() {
    for a in [0.3, 2.0, 100.0] {
        let (root, slope) = newton::newton::grad(a);
        close(root, f64::sqrt(a));
        close(slope, 0.5 / f64::sqrt(a));
        close(newton::newton::jvp(a, 3.0).1, 1.5 / f64::sqrt(a));
    }
}

#[test]
fn a_layer_gives_back_what_its_outputs_receive() {
    let (w, x) = ([1.0, 2.0, 3.0, -4.0, -5.0, -6.0], [0.5, 0.25, 2.0]);
    let (mut y, mut y_adj) = ([7.0, 7.0], [10.0, 20.0]);
    let w_adj = layer::layer::vjp(&w, &x, &mut y, &mut y_adj);
    assert_eq!(y, [7.0, 0.0]);
    assert_eq!(w_adj, [5.0, 2.5, 20.0, 0.0, 0.0, 0.0]);
    assert_eq!(y_adj, [0.0, 0.0]);
}

#[test]
fn a_recurrence_is_a_power_of_its_start() {
    // The exponents grow as the Fibonacci numbers do, every other one in `a[0]`.
    let x: f64 = 1.5;
    for (n, power) in [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 5), (6, 5)] {
        let (value, slope) = recurrence::recurrence::grad(x, n);
        close(value, x.powi(power));
        close(slope, f64::from(power) * x.powi(power - 1));
        close(recurrence::recurrence::jvp(x, 1.0, n).1, slope);
    }
}

#[test]
fn a_distance_is_made_of_squares() {
    let (p, q) = ([1.0, 2.0, -1.0], [0.0, 4.0, 1.0]);
    let (value, (p_adj, q_adj)) = calls::distance::grad(&p, &q);
    close(value, 3.0);
    for i in 0..3 {
        close(p_adj[i], (p[i] - q[i]) / 3.0);
        close(q_adj[i], (q[i] - p[i]) / 3.0);
    }
    close(calls::square::grad(3.0).1, 6.0);
}

#[test]
fn a_search_differentiates_the_exit_it_took() {
    let product = search::search::grad(&[2.0, 3.0, 5.0], 100.0);
    assert_eq!(product.1, (vec![15.0, 10.0, 6.0], 0.0));
    let left = search::search::grad(&[2.0, 3.0, 5.0], 4.0);
    assert_eq!(left.1, (vec![3.0, 2.0, 0.0], 0.0));
    let returned = search::search::grad(&[2.0, -3.0, 5.0], 4.0);
    assert_eq!(returned.1, (vec![0.0, -6.0, 0.0], 0.0));
}

#[test]
fn a_polynomial_has_any_width() {
    let (value, slope) = generic::polynomial::grad(0.5_f64, 3);
    close(value, 1.875);
    close(slope, 1.0 + 2.0 * 0.5 + 3.0 * 0.25);
    assert_eq!(generic::polynomial::grad(2.0_f32, 2), (7.0, 5.0));
}
