//! Annotated functions that call those of another crate, in both layouts of re-export.

mod numbers;
pub mod potentials;
mod shapes;

use ad_runtime::conservative_grad;
use library::{norms, rosenbrock, valley};

/// Calls across the crate boundary under every kind of path.
#[conservative_grad]
pub fn combined(x: &[f64], a: f64) -> f64 {
    let mut work = x.to_vec();
    norms::scale(&mut work, a);
    valley(work[0], a) + library::norms::taxicab(&work) * a
}

/// The called function's derivative has another name.
#[conservative_grad(calls(rosenbrock = library::rosenbrock_ad))]
pub fn shifted(x: &[f64]) -> f64 {
    let mut at = x.to_vec();
    for v in at.iter_mut() {
        *v += 0.5;
    }
    rosenbrock(&at)
}

/// Rules and constants of another crate, and what the runtime provides.
#[conservative_grad]
pub fn given(x: &[f64]) -> f64 {
    let scale = library::given::scale_of(x);
    library::given::root(ad_runtime::norm(x)) / scale
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{combined, given, shifted};

    /// Central differences, loosely.
    pub(crate) fn agrees(f: impl Fn(&[f64]) -> f64, x: &[f64], gradient: &[f64]) {
        for k in 0..x.len() {
            let mut at = x.to_vec();
            at[k] += 1e-6;
            let above = f(&at);
            at[k] = x[k] - 1e-6;
            let difference = (above - f(&at)) / 2e-6;
            assert!(
                (difference - gradient[k]).abs() < 1e-4 * (1.0 + difference.abs()),
                "{k}: {difference}, {gradient:?}"
            );
        }
    }

    #[test]
    fn derivatives_cross_the_boundary() {
        let x = [0.3, -0.7, 1.2];
        let (value, (x_adj, a_adj)) = combined::grad(&x, 1.5);
        assert_eq!(value.to_bits(), combined(&x, 1.5).to_bits());
        agrees(|x| combined(x, 1.5), &x, &x_adj);
        agrees(|a| combined(&x, a[0]), &[1.5], &[a_adj]);
    }

    #[test]
    fn a_renamed_derivative_is_called() {
        let x = [0.3, -0.7, 1.2];
        let (value, x_adj) = shifted::grad(&x);
        assert_eq!(value.to_bits(), shifted(&x).to_bits());
        agrees(shifted, &x, &x_adj);
        let (direct, direct_adj) = library::rosenbrock_ad::grad(&x);
        assert_eq!(direct.to_bits(), library::rosenbrock(&x).to_bits());
        agrees(library::rosenbrock::rosenbrock, &x, &direct_adj);
    }

    #[test]
    fn rules_cross_the_boundary() {
        let x = [0.3, -0.7, 1.2];
        let (value, x_adj) = given::grad(&x);
        assert_eq!(value.to_bits(), given(&x).to_bits());
        let held = |x: &[f64]| library::given::root(ad_runtime::norm(x)) / 1.2;
        agrees(held, &x, &x_adj);
        let (_, slope) = given::jvp(&x, &[1.0, 0.0, 0.0]);
        assert!((slope - x_adj[0]).abs() < 1e-15);
    }

    #[test]
    fn the_direct_call_has_the_functions_name() {
        assert_eq!(library::valley::grad(2.0, 1.0).1, (1.4, -1.0));
    }

    #[test]
    fn sites_of_the_other_crate_are_recorded() {
        let (_, _, trace) = combined::grad_trace(&[0.3, -0.7, 1.2], 1.5);
        let functions: Vec<&str> = trace.selections().iter().map(|s| s.site.function).collect();
        assert_eq!(functions, ["valley", "taxicab", "taxicab", "taxicab"]);
    }
}
