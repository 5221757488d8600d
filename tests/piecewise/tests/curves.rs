//! The chain rule of the definition, along curves on which many things tie.

use ad_runtime::FieldOptions;
use piecewise::machine::{Word, code, run};
use piecewise::program::program;

/// A curve through the point of a program, and its velocity. Components of one phase move
/// together, so that some ties last.
struct Curve {
    point: Vec<f64>,
    speeds: Vec<f64>,
    turns: bool,
}

impl Curve {
    fn at(&self, t: f64) -> Vec<f64> {
        let s = if self.turns { t * t - t / 2.0 } else { t };
        let moved = self.point.iter().zip(&self.speeds);
        moved.map(|(x, v)| x + v * s).collect()
    }

    fn velocity(&self, t: f64) -> Vec<f64> {
        let s = if self.turns { 2.0 * t - 0.5 } else { 1.0 };
        self.speeds.iter().map(|v| v * s).collect()
    }
}

/// The share of the times at which some generator has another slope than the function.
fn exceptions(code: &[Word], curve: &Curve, step: f64) -> f64 {
    let times = 64;
    let mut wrong = 0;
    for k in 0..times {
        let t = f64::from(k) / f64::from(times) - 0.375;
        let field = run::field(code, &curve.at(t), &FieldOptions::default());
        let field = field.expect("at most eight kinks");
        let value = |t: f64| run(code, &curve.at(t));
        let slope = (value(t + step) - value(t - step)) / (2.0 * step);
        let velocity = curve.velocity(t);
        let agrees = field.generators().iter().all(|g| {
            let along: f64 = g.vector.iter().zip(&velocity).map(|(g, v)| g * v).sum();
            (along - slope).abs() <= 1e-6 * (1.0 + slope.abs())
        });
        wrong += i32::from(!agrees);
    }
    f64::from(wrong) / f64::from(times)
}

#[test]
fn generators_have_the_slope_of_the_function_along_curves() {
    let steps = [1.0 / 16.0, 1.0 / 256.0, 1.0 / 65536.0];
    let mut shares = [0.0; 3];
    let mut ties = 0;
    let programs = if cfg!(debug_assertions) { 12 } else { 60 };
    for seed in 0..programs {
        // Continuous ones only: a jump has no conservative field.
        let program = program(seed, 8, false);
        let point = program.floats();
        let code = code(&program);
        let mut rng = fastrand::Rng::with_seed(seed);
        let speeds = point.iter().map(|_| f64::from(rng.i32(-2..=2))).collect();
        let curve = Curve {
            point,
            speeds,
            turns: seed % 2 == 1,
        };
        ties += run::grad_ties(&code, &curve.at(0.03125)).2.ties;
        for (share, step) in shares.iter_mut().zip(steps) {
            *share += exceptions(&code, &curve, step) / programs as f64;
        }
    }
    assert!(ties > programs, "the curves run along ties");
    // What is left are the kinks that times hit exactly; nothing shrinks them but finer times.
    assert!(shares[0] > 2.0 * shares[2], "{shares:?}");
    assert!(shares[2] < 0.05, "{shares:?}");
}
