//! Every program of the corpus under every mode.
//!
//! What this cannot see: answers at ties (points are drawn at random, `tests/kinks.rs` is for
//! ties), and a mistake that the dual-number oracle would share with the compiler; central
//! differences guard the oracle itself.

use ad_runtime::{Differentiable, Tangent, Tape, Ties, Trace};

#[path = "second.rs"]
mod second;

use crate::dual::D;
use crate::pack::Outputs;

/// A function behind flat vectors; implemented by `#[program(..)]`.
pub trait Program {
    fn name(&self) -> &'static str;
    /// Whether differences of the function are its derivative: not where `constant` is used.
    fn differences(&self) -> bool;
    /// How many floats enter.
    fn inputs(&self) -> usize;
    fn primal(&self, x: &[f64]) -> Outputs<f64>;
    fn dual(&self, x: &[D]) -> Outputs<D>;
    /// Outputs and cotangents of all inputs, those of `&mut` parameters included.
    fn vjp(&self, x: &[f64], u: &[f64], rule: Choice) -> (Outputs<f64>, Vec<f64>);
    /// `start`: what the adjoint buffers hold on entry, `&mut` parameters excluded.
    fn vjp_into(
        &self,
        tape: &mut Tape,
        x: &[f64],
        u: &[f64],
        start: &[f64],
    ) -> (Outputs<f64>, Vec<f64>);
    fn jvp(&self, x: &[f64], t: &[f64], rule: Choice) -> (Outputs<f64>, Vec<f64>);
    /// Three tangents at once.
    fn jvp_lanes(&self, x: &[f64], t: [&[f64]; LANES]) -> (Outputs<f64>, [Vec<f64>; LANES]);
    fn trace(&self, x: &[f64]) -> (Outputs<f64>, Trace);
    /// The seed is `u[0]` read as 1. Absent where the result is not one float.
    fn grad(&self, _x: &[f64], _u: &[f64]) -> Option<Gradients> {
        None
    }
    /// The tangent of `vjp` along `t`. Absent where second derivatives were not asked for.
    fn hvp(&self, _tape: &mut Tape, _x: &[f64], _u: &[f64], _t: &[f64]) -> Option<Second> {
        None
    }
}

/// How many tangents a program is given at once.
pub const LANES: usize = 3;

/// The tangents of each lane of a value.
pub fn lanes_of<V: Differentiable>(
    value: &V,
    lanes: &<V::Tangent as Tangent>::Lanes<LANES>,
) -> [V::Tangent; LANES] {
    let _ = value;
    std::array::from_fn(|k| V::Tangent::lane(lanes, k))
}

/// What forward mode over reverse mode gives.
pub struct Second {
    pub outputs: Outputs<f64>,
    pub tangents: Vec<f64>,
    pub adjoints: Vec<f64>,
    pub adjoint_tangents: Vec<f64>,
}

/// The three forms of `grad`.
pub struct Gradients {
    pub plain: (Outputs<f64>, Vec<f64>),
    pub traced: (Outputs<f64>, Vec<f64>, Trace),
    pub counted: (Outputs<f64>, Vec<f64>, Ties),
}

/// Under which rule a mode is called.
#[derive(Clone, Copy, Debug)]
pub enum Choice {
    /// The function's own: the call without `_with`.
    Own,
    MinNorm,
    Left,
    Right,
    Mean,
}

/// `under!(rule, f, vjp, vjp_with, (args))`: the plain call, or the one with a rule.
#[macro_export]
macro_rules! under {
    ($rule:ident, $name:ident, $plain:ident, $with:ident, ($($args:tt)*)) => {
        match $rule {
            $crate::harness::Choice::Own => $name::$plain($($args)*),
            $crate::harness::Choice::MinNorm => $name::$with::<ad_runtime::MinNorm>($($args)*),
            $crate::harness::Choice::Left => $name::$with::<ad_runtime::Left>($($args)*),
            $crate::harness::Choice::Right => $name::$with::<ad_runtime::Right>($($args)*),
            $crate::harness::Choice::Mean => $name::$with::<ad_runtime::Mean>($($args)*),
        }
    };
}

pub const POINTS: u64 = 4;

/// Runs every check at a few seeded random points of the interval.
pub fn check(program: &dyn Program, interval: (f64, f64)) {
    for point in 0..POINTS {
        let mut random = Random::new(point);
        let x = random.vector(program.inputs(), interval);
        Check::new(program, x, &mut random).run();
    }
}

/// One program at one point.
struct Check<'a> {
    program: &'a dyn Program,
    x: Vec<f64>,
    primal: Outputs<f64>,
    /// Column `k`: the derivative of all outputs by input `k`, by dual numbers.
    columns: Vec<Vec<f64>>,
    cotangent: Vec<f64>,
    tangent: Vec<f64>,
    tolerance: f64,
}

impl<'a> Check<'a> {
    fn new(program: &'a dyn Program, x: Vec<f64>, random: &mut Random) -> Self {
        let primal = program.primal(&x);
        let columns = (0..x.len())
            .map(|k| column(program, &x, k, &primal))
            .collect();
        let cotangent = random.vector(primal.floats.len(), (-1.0, 1.0));
        let tangent = random.vector(x.len(), (-1.0, 1.0));
        let tolerance = if is_single(program) { 2e-4 } else { 1e-10 };
        Check {
            program,
            x,
            primal,
            columns,
            cotangent,
            tangent,
            tolerance,
        }
    }

    fn run(&self) {
        self.oracle();
        self.forward();
        self.lanes();
        self.reverse();
        self.accumulation();
        self.records();
        self.scalar();
        self.second_order();
    }

    /// The oracle against central differences, loosely: they only catch a wrong oracle.
    fn oracle(&self) {
        if self.tolerance > 1e-9 || !self.program.differences() {
            return;
        }
        for (k, column) in self.columns.iter().enumerate() {
            let h = 1e-6 * self.x[k].abs().max(1.0);
            let mut at = self.x.clone();
            at[k] += h;
            let above = self.program.primal(&at).floats;
            at[k] = self.x[k] - h;
            let below = self.program.primal(&at).floats;
            for (row, exact) in column.iter().enumerate() {
                let difference = (above[row] - below[row]) / (2.0 * h);
                let scale = 1.0 + exact.abs() + self.primal.floats[row].abs();
                let close = (difference - exact).abs() <= 1e-4 * scale;
                assert!(
                    close,
                    "{}: oracle d{row}/d{k}: {exact}, differences {difference}",
                    self.name()
                );
            }
        }
    }

    fn forward(&self) {
        let expected = self.times_tangent();
        for rule in RULES {
            let (outputs, tangents) = self.program.jvp(&self.x, &self.tangent, rule);
            self.same_values("jvp", &outputs);
            self.close(
                &format!("jvp {rule:?} against dual numbers"),
                &tangents,
                &expected,
            );
        }
    }

    /// Each lane is what forward mode gives for its tangent alone.
    fn lanes(&self) {
        let scaled = |by: f64| self.tangent.iter().map(|t| by * t).collect::<Vec<f64>>();
        let reversed: Vec<f64> = self.tangent.iter().rev().copied().collect();
        let tangents = [self.tangent.clone(), scaled(-0.5), reversed];
        let given = tangents.each_ref().map(Vec::as_slice);
        let (outputs, lanes) = self.program.jvp_lanes(&self.x, given);
        self.same_values("jvp_lanes", &outputs);
        for (tangent, lane) in tangents.iter().zip(&lanes) {
            let (_, expected) = self.program.jvp(&self.x, tangent, Choice::Own);
            self.close("jvp_lanes against jvp", lane, &expected);
        }
    }

    fn reverse(&self) {
        let expected = self.times_cotangent();
        let own = self.program.vjp(&self.x, &self.cotangent, Choice::Own);
        for rule in RULES {
            let (outputs, adjoints) = self.program.vjp(&self.x, &self.cotangent, rule);
            self.same_values("vjp", &outputs);
            self.close(
                &format!("vjp {rule:?} against dual numbers"),
                &adjoints,
                &expected,
            );
            assert_eq!(
                adjoints,
                own.1,
                "{}: rules differ away from ties",
                self.name()
            );
        }
        let (_, tangents) = self.program.jvp(&self.x, &self.tangent, Choice::Own);
        let forward = dot(&tangents, &self.cotangent);
        let reverse = dot(&own.1, &self.tangent);
        self.close("dot product of jvp and vjp", &[forward], &[reverse]);
    }

    /// `vjp_into` adds to its buffers, and a used tape answers like a new one.
    fn accumulation(&self) {
        let (_, adjoints) = self.program.vjp(&self.x, &self.cotangent, Choice::Own);
        let mut tape = Tape::new();
        let zeros = vec![0.0; self.x.len()];
        for round in 0..3 {
            let (outputs, again) =
                self.program
                    .vjp_into(&mut tape, &self.x, &self.cotangent, &zeros);
            self.same_values("vjp_into", &outputs);
            self.same_bits(&format!("vjp_into, round {round}"), &again, &adjoints);
        }
        // The buffers of `&mut` parameters hold cotangents on entry, so only those of the others
        // start elsewhere; which is which shows in the difference: 2 or 0.
        let twos = vec![2.0; self.x.len()];
        let (_, shifted) = self
            .program
            .vjp_into(&mut tape, &self.x, &self.cotangent, &twos);
        let shifts = shifted.iter().zip(&adjoints).map(|(a, b)| a - b);
        for (k, shift) in shifts.enumerate() {
            let added = (shift - 2.0).abs() <= self.slack(&adjoints) || shift == 0.0;
            assert!(
                added,
                "{}: vjp_into does not add to adjoint {k}: shift {shift}",
                self.name()
            );
        }
    }

    fn records(&self) {
        let (outputs, trace) = self.program.trace(&self.x);
        self.same_values("trace", &outputs);
        assert_eq!(
            trace.ties().count(),
            0,
            "{}: a tie at a random point",
            self.name()
        );
        let margin = trace
            .selections()
            .iter()
            .map(|s| s.margin.abs())
            .reduce(f64::min);
        if let (Some(all), Some(least)) = (margin, trace.min_margin()) {
            assert!(
                all <= least,
                "{}: min_margin {least}, selections {all}",
                self.name()
            );
        }
    }

    fn scalar(&self) {
        let mut cotangent = self.cotangent.clone();
        if let Some(first) = cotangent.first_mut() {
            *first = 1.0;
        }
        let Some(gradients) = self.program.grad(&self.x, &cotangent) else {
            return;
        };
        let (_, adjoints) = self.program.vjp(&self.x, &cotangent, Choice::Own);
        self.same_values("grad", &gradients.plain.0);
        self.same_values("grad_trace", &gradients.traced.0);
        self.same_values("grad_ties", &gradients.counted.0);
        self.same_bits("grad", &gradients.plain.1, &adjoints);
        self.close("grad_trace", &gradients.traced.1, &adjoints);
        self.close("grad_ties", &gradients.counted.1, &adjoints);
        let (_, trace) = self.program.trace(&self.x);
        let selections = |trace: &Trace| format!("{:?}", trace.selections());
        assert_eq!(
            selections(&trace),
            selections(&gradients.traced.2),
            "{}: grad_trace records otherwise",
            self.name()
        );
        assert_eq!(
            trace.verdict(),
            gradients.traced.2.verdict(),
            "{}: verdict",
            self.name()
        );
        let ties = &gradients.counted.2;
        assert_eq!(ties.ties, 0, "{}: grad_ties counts a tie", self.name());
        assert_eq!(
            ties.selections,
            trace.selections().len() as u64,
            "{}: grad_ties",
            self.name()
        );
        assert_eq!(
            ties.min_margin,
            trace.min_margin(),
            "{}: grad_ties",
            self.name()
        );
    }

    fn name(&self) -> &'static str {
        self.program.name()
    }

    fn times_tangent(&self) -> Vec<f64> {
        let rows = 0..self.primal.floats.len();
        rows.map(|row| {
            self.columns
                .iter()
                .zip(&self.tangent)
                .map(|(c, t)| c[row] * t)
                .sum()
        })
        .collect()
    }

    fn times_cotangent(&self) -> Vec<f64> {
        self.columns
            .iter()
            .map(|column| dot(column, &self.cotangent))
            .collect()
    }

    fn same_values(&self, mode: &str, outputs: &Outputs<f64>) {
        self.same_bits(mode, &outputs.all, &self.primal.all);
    }

    fn same_bits(&self, what: &str, got: &[f64], expected: &[f64]) {
        let bits = |list: &[f64]| list.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(
            bits(got),
            bits(expected),
            "{}: {what}: {got:?}, expected {expected:?}",
            self.name()
        );
    }

    fn close(&self, what: &str, got: &[f64], expected: &[f64]) {
        let slack = self.slack(expected);
        let close = got.len() == expected.len()
            && got
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() <= slack);
        assert!(
            close,
            "{}: {what}: {got:?}, expected {expected:?}, at {:?}",
            self.name(),
            self.x
        );
    }

    /// Rounding, relative to everything that was added.
    fn slack(&self, expected: &[f64]) -> f64 {
        let entries = self.columns.iter().flatten().chain(expected);
        self.tolerance * entries.fold(1.0_f64, |scale, entry| scale.max(entry.abs()))
    }
}

const RULES: [Choice; 5] = [
    Choice::Own,
    Choice::MinNorm,
    Choice::Left,
    Choice::Right,
    Choice::Mean,
];

fn column(program: &dyn Program, x: &[f64], k: usize, primal: &Outputs<f64>) -> Vec<f64> {
    let seeded = |(i, &v): (usize, &f64)| D::with_tangent(v, if i == k { 1.0 } else { 0.0 });
    let duals: Vec<D> = x.iter().enumerate().map(seeded).collect();
    let outputs = program.dual(&duals);
    let values = |list: &[D]| list.iter().map(|d| d.v.to_bits()).collect::<Vec<_>>();
    let bits: Vec<u64> = primal.all.iter().map(|v| v.to_bits()).collect();
    assert_eq!(
        values(&outputs.all),
        bits,
        "{}: the twin computes another value",
        program.name()
    );
    outputs.floats.iter().map(|d| d.d).collect()
}

/// Programs over `f32` are compared with their precision; their file says so by their names.
fn is_single(program: &dyn Program) -> bool {
    program.name().starts_with("single_")
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A small seeded generator: the points are the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(
            seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(0x1234_5678),
        )
    }

    pub fn vector(&mut self, length: usize, (low, high): (f64, f64)) -> Vec<f64> {
        (0..length)
            .map(|_| low + (high - low) * self.unit())
            .collect()
    }

    /// Splitmix64, the upper 53 bits.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
