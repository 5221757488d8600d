//! Derivatives by central differences, extrapolated to step zero.

/// A derivative and how far it can be trusted.
pub struct Estimate {
    value: f64,
    error: f64,
    /// What the derivative is compared with where it is small.
    scale: f64,
}

impl Estimate {
    /// Panics if the estimate is too rough to judge, or disagrees.
    pub fn assert_is(&self, partial: f64, what: &str) {
        let size = self.value.abs() + self.scale;
        assert!(
            self.error <= 1e-7 * size,
            "{what}: differences cannot judge, error {}",
            self.error
        );
        let off = (partial - self.value).abs();
        assert!(
            off <= 1e-7 * size,
            "{what} is {partial}, differences give {}",
            self.value
        );
    }
}

/// The derivative of `f` at `x`: of several tables of Richardson extrapolation,
/// with smaller and smaller first steps, the one that agrees best with itself.
/// Large steps may leave the piece that `x` is in and then disagree.
pub fn derivative(f: impl Fn(f64) -> f64, x: f64) -> Estimate {
    let size = if x == 0.0 { 1.0 } else { x.abs() };
    let scale = 1e-3 * f(x).abs() / size;
    let mut best = Estimate {
        value: f64::NAN,
        error: f64::INFINITY,
        scale,
    };
    for first in [0.1, 0.03, 0.01, 0.003] {
        let mut column: Vec<f64> = Vec::new();
        for i in 0..6 {
            let h = first * size / 2f64.powi(i);
            let (lo, hi) = (x - h, x + h);
            let mut row = vec![(f(hi) - f(lo)) / (hi - lo)];
            let mut power = 1.0;
            for (j, coarse) in column.iter().enumerate() {
                power *= 4.0;
                let refined = row[j] + (row[j] - coarse) / (power - 1.0);
                let error = (refined - row[j]).abs().max((refined - coarse).abs());
                if error < best.error {
                    best = Estimate {
                        value: refined,
                        error,
                        scale,
                    };
                }
                row.push(refined);
            }
            column = row;
        }
    }
    best
}

#[test]
fn known_derivatives() {
    derivative(f64::sin, 1.0).assert_is(1f64.cos(), "sin");
    derivative(|x| x * x, 0.0).assert_is(0.0, "square");
    derivative(f64::floor, 0.9).assert_is(0.0, "floor");
}

#[test]
#[should_panic(expected = "differences give")]
fn a_wrong_derivative_is_seen() {
    derivative(f64::exp, 1.0).assert_is(2.7, "exp");
}

#[test]
#[should_panic(expected = "cannot judge")]
fn a_jump_is_not_judged() {
    derivative(f64::floor, 1.0).assert_is(0.0, "floor");
}
