//! A function near a point, as it is run along chosen pieces.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::hull::norm;
use crate::follow::Met;
use crate::scalar::Scalar;
use crate::site::Site;
use crate::tangent::Tangent;
use crate::tape::Tape;
use crate::trace::Verdict;

/// Runs forward mode with a tangent of the point, somewhere along a direction from the point.
/// Returns the value and its tangent; nothing where the arguments cannot be moved.
type Run<'f, A, T> = dyn FnMut(&mut Tape, &A, Option<(&A, f64)>) -> Option<(T, T)> + 'f;

/// A function at a point, as the macro hands it to the functions of this module.
pub struct Program<'f, A, T> {
    pub(super) zero: A,
    run: &'f mut Run<'f, A, T>,
    gradient: &'f mut dyn FnMut() -> (T, A),
    tape: Tape,
    /// The number of floats of a tangent.
    pub(super) dimension: usize,
    /// The most decisions that a run may make.
    pub(super) max_steps: u64,
    /// The distance of 1 from the next number.
    pub(super) epsilon: f64,
}

/// How a run goes.
#[derive(Default)]
pub(super) struct Way<'a> {
    pub script: Option<&'a BTreeMap<u64, u32>>,
    pub lexicographic: bool,
    /// Every decision is noted.
    pub all: bool,
    pub moved: Option<(&'a [f64], f64)>,
}

/// What a run found.
pub(super) struct Ran {
    pub value: f64,
    pub slope: f64,
    pub met: Vec<Met>,
    pub worst: Verdict,
    pub nan: bool,
    pub weakest: Option<&'static Site>,
}

/// Why there is nothing to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// The function panicked, or decided too often.
    Ended,
    /// The arguments cannot be moved.
    Fixed,
}

/// A path through the program at the point.
pub(super) struct Leaf {
    pub script: BTreeMap<u64, u32>,
    /// The ties that the path meets and that an active input reaches.
    pub ties: Vec<Tie>,
    pub value: f64,
    pub gradient: Vec<f64>,
    /// The path cannot be evaluated at the point.
    pub failed: bool,
    pub worst: Verdict,
    pub nan: bool,
    pub weakest: Option<&'static Site>,
}

/// A tie on a path.
pub(super) struct Tie {
    pub met: Met,
    /// The gradients that are positive in the directions into the chosen piece.
    pub rows: Vec<Vec<f64>>,
}

impl Tie {
    /// The gradient of the guard is zero.
    pub fn is_flat(&self) -> bool {
        self.rows.iter().flatten().all(|x| *x == 0.0)
    }

    /// No gradient is known.
    pub fn is_unknown(&self) -> bool {
        self.rows.iter().flatten().any(|x| x.is_nan())
    }

    /// The pieces differ in value, or may do.
    pub fn may_jump(&self) -> bool {
        self.met.site.kind.is_guard() || self.met.site.kind.is_jump()
    }
}

impl<'f, A: Tangent, T: Scalar> Program<'f, A, T> {
    /// `run` runs forward mode along the pieces that the tape says, `gradient` reverse mode.
    pub fn new(
        mut zero: A,
        run: &'f mut Run<'f, A, T>,
        gradient: &'f mut dyn FnMut() -> (T, A),
    ) -> Self {
        let mut dimension = 0;
        zero.each(&mut |x| {
            dimension += 1;
            x
        });
        Program {
            zero,
            run,
            gradient,
            tape: Tape::new(),
            dimension,
            max_steps: super::FieldOptions::default().max_steps,
            epsilon: T::epsilon().__to_f64(),
        }
    }

    /// What `grad` answers.
    pub(super) fn gradient(&mut self) -> (T, A) {
        (self.gradient)()
    }

    /// A tangent with these components.
    pub(super) fn tangent(&self, components: &[f64]) -> A {
        super::from_components(&self.zero, components)
    }

    pub(super) fn run(&mut self, slope: &[f64], way: &Way<'_>) -> Result<Ran, Failed> {
        let tangent = self.tangent(slope);
        let moved = way.moved.map(|(direction, t)| (self.tangent(direction), t));
        let tape = &mut self.tape;
        tape.begin();
        tape.path.begin();
        tape.path.script = way.script.cloned().unwrap_or_default();
        tape.path.lexicographic = way.lexicographic;
        tape.path.all = way.all;
        // What the program does by itself has an end.
        tape.path.limit = match tape.path.script.is_empty() {
            true => u64::MAX,
            false => self.max_steps,
        };
        let moved = moved.as_ref().map(|(direction, t)| (direction, *t));
        // A run that ends early leaves the tape as any panic does: the next one begins anew.
        let ran = catch_unwind(AssertUnwindSafe(|| (self.run)(tape, &tangent, moved)));
        let (value, slope) = ran.map_err(|_| Failed::Ended)?.ok_or(Failed::Fixed)?;
        let path = &mut self.tape.path;
        Ok(Ran {
            value: value.__to_f64(),
            slope: slope.__to_f64(),
            met: std::mem::take(&mut path.met),
            worst: path.worst,
            nan: path.nan,
            weakest: path.weakest,
        })
    }

    /// The path that follows `script`, and the program where that says nothing. With
    /// `gradients`, its gradient and those of its guards: as many runs as there are inputs.
    pub(super) fn leaf(&mut self, script: &BTreeMap<u64, u32>, gradients: bool) -> Leaf {
        let mut leaf = Leaf {
            script: script.clone(),
            ties: Vec::new(),
            value: f64::NAN,
            gradient: Vec::new(),
            failed: true,
            worst: Verdict::Classical,
            nan: false,
            weakest: None,
        };
        let way = Way {
            script: Some(script),
            ..Way::default()
        };
        // What an active input reaches becomes NaN: a tie whose slope does not is decided.
        let reached = vec![f64::NAN; self.dimension];
        let Ok(ran) = self.run(&reached, &way) else {
            leaf.ties = self.unfinished();
            return leaf;
        };
        (leaf.value, leaf.worst, leaf.nan, leaf.weakest) =
            (ran.value, ran.worst, ran.nan, ran.weakest);
        for met in &ran.met {
            leaf.script.insert(met.number, met.chosen);
        }
        let live: Vec<bool> = ran.met.iter().map(is_reached).collect();
        leaf.ties = ties(ran.met);
        leaf.failed = ran.worst > Verdict::Jump || ran.nan || !ran.value.is_finite();
        if gradients && !leaf.failed {
            self.gradients(&mut leaf);
        }
        let mut live = live.into_iter();
        leaf.ties.retain(|_| live.next().unwrap_or(true));
        leaf
    }

    fn gradients(&mut self, leaf: &mut Leaf) {
        let script = leaf.script.clone();
        for k in 0..self.dimension {
            let mut unit = vec![0.0; self.dimension];
            unit[k] = 1.0;
            let way = Way {
                script: Some(&script),
                ..Way::default()
            };
            let Ok(ran) = self.run(&unit, &way) else {
                leaf.failed = true;
                return;
            };
            leaf.gradient.push(ran.slope);
            leaf.failed |= !ran.slope.is_finite();
            for (tie, met) in leaf.ties.iter_mut().zip(&ran.met) {
                for (row, slope) in tie.rows.iter_mut().zip(&met.rows) {
                    row.push(*slope);
                }
            }
        }
    }

    /// The ties up to where a run ended.
    fn unfinished(&mut self) -> Vec<Tie> {
        let met = std::mem::take(&mut self.tape.path.met);
        ties(met.into_iter().filter(is_reached).collect())
    }

    /// Whether the guards of a path have the same gradients near the point. Absent where that
    /// cannot be tried.
    pub(super) fn is_affine(&mut self, leaf: &Leaf) -> Option<bool> {
        let slope = direction(self.dimension, 1);
        let away = direction(self.dimension, 2);
        let mut slopes = Vec::new();
        for moved in [None, Some((&away[..], 1e-3))] {
            let way = Way {
                script: Some(&leaf.script),
                moved,
                ..Way::default()
            };
            let ran = self.run(&slope, &way).ok()?;
            let met = ran.met.into_iter();
            slopes.push(met.flat_map(|met| met.rows).collect::<Vec<f64>>());
        }
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let [here, there] = &slopes[..] else {
            return None;
        };
        let pairs = here.iter().zip(there);
        Some(here.len() == there.len() && pairs.into_iter().all(|(a, b)| same(*a, *b)))
    }
}

fn ties(met: Vec<Met>) -> Vec<Tie> {
    let tie = |met: Met| Tie {
        rows: vec![Vec::new(); met.rows.len()],
        met,
    };
    met.into_iter().map(tie).collect()
}

/// An active input reaches the guard: its slopes are NaN where that of every input is.
pub(super) fn is_reached(met: &Met) -> bool {
    met.rows.iter().any(|slope| slope.is_nan())
}

/// A component of a direction is a multiple of this.
const SHORTEST: f64 = 1.0 / (1_u64 << 24) as f64;

/// A direction of few digits: integers moved a little along it add up without rounding.
pub(super) fn short(d: Vec<f64>) -> Vec<f64> {
    d.iter()
        .map(|x| (x / SHORTEST).round() * SHORTEST)
        .collect()
}

/// A direction that no program knows: no two of its components are related.
pub(super) fn direction(dimension: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        // splitmix64 (Steele, Lea, Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // In (-1, 1) and never zero.
        ((z >> 11) as f64 + 0.5) / (1_u64 << 52) as f64 - 1.0
    };
    let v: Vec<f64> = (0..dimension).map(|_| next()).collect();
    let length = norm(&v);
    let v = v.iter().map(|x| x / length);
    short(v.map(|x| x.abs().max(SHORTEST).copysign(x)).collect())
}
