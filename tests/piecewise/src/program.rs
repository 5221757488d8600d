//! Random piecewise linear programs with integer coefficients, made to tie at an integer point.

use fastrand::Rng;

/// How a branch compares two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Equal,
    NotEqual,
}

pub const RELATIONS: [Relation; 6] = [
    Relation::Greater,
    Relation::GreaterEqual,
    Relation::Less,
    Relation::LessEqual,
    Relation::Equal,
    Relation::NotEqual,
];

/// What is written to a register. The operands are the numbers of registers before it.
#[derive(Clone, Debug)]
pub enum Step {
    /// A sum of the inputs with these coefficients, and a constant.
    Affine(Vec<i32>, i32),
    /// A register and a constant.
    Shift(usize, i32),
    Scale(i32, usize),
    Add(usize, usize),
    Sub(usize, usize),
    Relu(usize),
    Abs(usize),
    Max(usize, usize),
    Min(usize, usize),
    /// `if a < b { c } else { d }`.
    Choose(Relation, [usize; 4]),
}

/// A program; its value is that of the last register.
#[derive(Clone, Debug)]
pub struct Program {
    pub steps: Vec<Step>,
    /// Where it ties.
    pub point: Vec<i32>,
}

impl Program {
    /// The point at which it ties.
    #[must_use]
    pub fn floats(&self) -> Vec<f64> {
        self.point.iter().map(|x| f64::from(*x)).collect()
    }
}

/// The program of a seed: 2 to 4 inputs, 1 to `kinks` nonsmooth steps, of which most tie. Without
/// `jumps` its function is continuous.
#[must_use]
pub fn program(seed: u64, kinks: usize, jumps: bool) -> Program {
    let mut rng = Rng::with_seed(seed);
    let inputs = rng.usize(2..=4);
    let point = (0..inputs).map(|_| rng.i32(-2..=2)).collect();
    let mut growing = Growing {
        program: Program {
            steps: Vec::new(),
            point,
        },
        values: Vec::new(),
        rng,
    };
    growing.affine();
    growing.affine();
    for _ in 0..growing.rng.usize(1..=kinks) {
        growing.kink(jumps);
        if growing.rng.u8(0..3) == 0 {
            growing.smooth();
        }
    }
    // Whatever was not used is part of the value.
    growing.sum_up();
    growing.program
}

struct Growing {
    program: Program,
    /// The registers at the point.
    values: Vec<i32>,
    rng: Rng,
}

impl Growing {
    fn push(&mut self, step: Step, value: i32) -> usize {
        self.program.steps.push(step);
        self.values.push(value);
        self.values.len() - 1
    }

    fn affine(&mut self) -> usize {
        let inputs = self.program.point.len();
        let coefficients: Vec<i32> = (0..inputs).map(|_| self.rng.i32(-2..=2)).collect();
        let sum = coefficients.iter().zip(&self.program.point);
        let constant = self.rng.i32(-1..=1);
        let value = sum.map(|(c, x)| c * x).sum::<i32>() + constant;
        self.push(Step::Affine(coefficients, constant), value)
    }

    /// A register: often one of the last, sometimes a new one.
    fn any(&mut self) -> usize {
        let n = self.values.len();
        match self.rng.u8(0..6) {
            0 => self.affine(),
            1..=3 => n - 1 - self.rng.usize(0..n.min(3)),
            _ => self.rng.usize(0..n),
        }
    }

    /// A register that has a value at the point, most of the time.
    fn with_value(&mut self, value: i32) -> usize {
        let a = self.any();
        let by = value - self.values[a];
        match self.rng.u8(0..5) {
            0 => a,
            _ if by == 0 => a,
            _ => self.push(Step::Shift(a, by), value),
        }
    }

    fn smooth(&mut self) {
        let (a, b) = (self.any(), self.any());
        let (x, y) = (self.values[a], self.values[b]);
        match self.rng.u8(0..3) {
            0 => self.push(Step::Add(a, b), x + y),
            1 => self.push(Step::Sub(a, b), x - y),
            _ => {
                let by = [-1, 2, -2, 3][self.rng.usize(0..4)];
                self.push(Step::Scale(by, a), by * x)
            }
        };
    }

    fn kink(&mut self, jumps: bool) {
        let last = if jumps { 6 } else { 4 };
        match self.rng.u8(0..last) {
            0 => {
                let a = self.with_value(0);
                self.push(Step::Relu(a), self.values[a].max(0))
            }
            1 => {
                let a = self.with_value(0);
                self.push(Step::Abs(a), self.values[a].abs())
            }
            kind @ (2 | 3) => {
                let a = self.any();
                let b = self.with_value(self.values[a]);
                let (x, y) = (self.values[a], self.values[b]);
                match kind {
                    2 => self.push(Step::Max(a, b), x.max(y)),
                    _ => self.push(Step::Min(a, b), x.min(y)),
                }
            }
            kind => {
                let a = self.any();
                let b = self.with_value(self.values[a]);
                let c = self.any();
                // Half of the branches agree at the point.
                let d = match kind {
                    4 => self.with_value(self.values[c]),
                    _ => self.any(),
                };
                let relation = RELATIONS[self.rng.usize(0..6)];
                let (x, y) = (self.values[a], self.values[b]);
                let taken = if relation.holds(x, y) { c } else { d };
                self.push(Step::Choose(relation, [a, b, c, d]), self.values[taken])
            }
        };
    }

    fn sum_up(&mut self) {
        let mut used = vec![false; self.values.len()];
        for step in &self.program.steps {
            for operand in step.operands() {
                used[operand] = true;
            }
        }
        let mut last = self.values.len() - 1;
        for k in (0..last).filter(|k| !used[*k]) {
            let value = self.values[last] + self.values[k];
            last = self.push(Step::Add(last, k), value);
        }
    }
}

impl Step {
    /// The registers that it reads.
    #[must_use]
    pub fn operands(&self) -> Vec<usize> {
        match self {
            Step::Affine(..) => Vec::new(),
            Step::Shift(a, _) | Step::Scale(_, a) | Step::Relu(a) | Step::Abs(a) => vec![*a],
            Step::Add(a, b) | Step::Sub(a, b) | Step::Max(a, b) | Step::Min(a, b) => vec![*a, *b],
            Step::Choose(_, all) => all.to_vec(),
        }
    }
}

impl Relation {
    /// Whether it holds.
    pub fn holds<T: PartialOrd>(self, a: T, b: T) -> bool {
        match self {
            Relation::Greater => a > b,
            Relation::GreaterEqual => a >= b,
            Relation::Less => a < b,
            Relation::LessEqual => a <= b,
            Relation::Equal => a == b,
            Relation::NotEqual => a != b,
        }
    }

    /// Its token.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Relation::Greater => ">",
            Relation::GreaterEqual => ">=",
            Relation::Less => "<",
            Relation::LessEqual => "<=",
            Relation::Equal => "==",
            Relation::NotEqual => "!=",
        }
    }
}
