//! Second derivatives: the tangent of the adjoint of every program, against differences of its
//! gradient, and the symmetry of the Hessian.

use ad_runtime::Tape;

use super::{Check, Choice, Random, Second, dot};

impl Check<'_> {
    pub(super) fn second_order(&self) {
        let mut tape = Tape::new();
        let Some(second) = self.hvp(&mut tape, &self.tangent) else {
            return;
        };
        self.same_values("hvp", &second.outputs);
        let (_, tangents) = self.program.jvp(&self.x, &self.tangent, Choice::Own);
        self.close("tangents of hvp", &second.tangents, &tangents);
        let (_, adjoints) = self.program.vjp(&self.x, &self.cotangent, Choice::Own);
        self.close("adjoints of hvp", &second.adjoints, &adjoints);
        let other = Random::new(99).vector(self.x.len(), (-1.0, 1.0));
        let Some(along) = self.hvp(&mut tape, &other) else {
            return;
        };
        let [ab, ba] = [
            dot(&along.adjoint_tangents, &self.tangent),
            dot(&second.adjoint_tangents, &other),
        ];
        let scale = scale(&second.adjoint_tangents).max(scale(&along.adjoint_tangents));
        let symmetric = (ab - ba).abs() <= self.tolerance * scale;
        assert!(
            symmetric,
            "{}: u.Hv = {ab}, v.Hu = {ba}, at {:?}",
            self.name(),
            self.x
        );
        self.differences_of_gradients(&second);
    }

    fn hvp(&self, tape: &mut Tape, t: &[f64]) -> Option<Second> {
        self.program.hvp(tape, &self.x, &self.cotangent, t)
    }

    fn differences_of_gradients(&self, second: &Second) {
        if self.tolerance > 1e-9 || !self.program.differences() {
            return;
        }
        let gradient = |h: f64| {
            let at: Vec<f64> = self
                .x
                .iter()
                .zip(&self.tangent)
                .map(|(x, t)| x + h * t)
                .collect();
            self.program.vjp(&at, &self.cotangent, Choice::Own).1
        };
        let difference = |h: f64| -> Vec<f64> {
            let (above, below) = (gradient(h), gradient(-h));
            above
                .iter()
                .zip(&below)
                .map(|(a, b)| (a - b) / (2.0 * h))
                .collect()
        };
        // Extrapolated: the error is of fourth order. Steep programs need the shorter step, for
        // others it costs digits.
        let got = &second.adjoint_tangents;
        let expected = [1e-4, 1e-6].map(|h| {
            let (wide, narrow) = (difference(2.0 * h), difference(h));
            wide.iter()
                .zip(&narrow)
                .map(|(w, n)| (4.0 * n - w) / 3.0)
                .collect::<Vec<f64>>()
        });
        let close = |expected: &Vec<f64>| {
            let slack = 1e-7 * scale(expected).max(scale(&second.adjoints));
            let mut pairs = got.iter().zip(expected);
            got.len() == expected.len() && pairs.all(|(a, b)| (a - b).abs() <= slack)
        };
        assert!(
            expected.iter().any(close),
            "{}: hvp {got:?}, differences of gradients {expected:?}, at {:?}",
            self.name(),
            self.x
        );
    }
}

fn scale(entries: &[f64]) -> f64 {
    entries
        .iter()
        .fold(1.0_f64, |scale, entry| scale.max(entry.abs()))
}
