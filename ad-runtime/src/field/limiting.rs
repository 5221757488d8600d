//! One limiting gradient, along a direction.

use std::collections::BTreeMap;
use std::fmt;

use super::components;
use super::program::{Failed, Program, Way, direction, is_reached};
use super::reach::CLOSE;
use crate::follow::Met;
use crate::scalar::Scalar;
use crate::tangent::Tangent;
use crate::trace::Verdict;

/// A direction from a point.
///
/// ```
/// use ad_runtime::{Direction, conservative_grad};
///
/// // The identity, as no AD tool sees it at 0.
/// #[conservative_grad]
/// fn f(x: f64) -> f64 {
///     x.max(0.0) - (-x).max(0.0)
/// }
/// assert_eq!(f::grad(0.0).1, 0.0);
/// assert_eq!(f::limiting(0.0, &Direction::Along(1.0)), Ok((0.0, 1.0)));
/// assert_eq!(f::limiting(0.0, &Direction::Random(7)), Ok((0.0, 1.0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction<D> {
    /// A random one, the same for the same seed.
    Random(u64),
    /// This one, in the shape of the gradient.
    Along(D),
}

impl<D: Tangent> Direction<D> {
    /// Its components, of `zero`'s number; normalised only if random.
    pub(super) fn components(&self, dimension: usize) -> Vec<f64> {
        match self {
            Direction::Random(seed) => direction(dimension, *seed),
            Direction::Along(d) => components(d),
        }
    }
}

/// Why there is no limiting gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitingError {
    /// An executed operation has no conservative field at its operand.
    NotLipschitz,
    /// A NaN reached a guard, or the value or a derivative is not finite.
    Undefined,
    /// The direction does not decide a tie: the guard is constant along it without being constant,
    /// or a rule of the user's or a kink with infinitely many derivatives decides there.
    Undecided,
}

impl fmt::Display for LimitingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LimitingError::NotLipschitz => "an operation has no conservative field at its operand",
            LimitingError::Undefined => "the value or a derivative is not defined",
            LimitingError::Undecided => "the direction does not decide a tie",
        })
    }
}

impl std::error::Error for LimitingError {}

impl From<Failed> for LimitingError {
    fn from(_: Failed) -> Self {
        LimitingError::Undecided
    }
}

/// A limiting gradient of a program; what `f::limiting` calls. Where nothing ties,
/// it is what reverse mode answers.
#[doc(hidden)]
pub fn limiting<A: Tangent, T: Scalar>(
    mut program: Program<'_, A, T>,
    direction: &Direction<A>,
) -> Result<(T, A), LimitingError> {
    let along = direction.components(program.dimension);
    let script = settle(&mut program, &along)?;
    let Some(script) = script else {
        let (value, gradient) = program.gradient();
        return match components(&gradient).iter().all(|x| x.is_finite()) {
            true => Ok((value, gradient)),
            false => Err(LimitingError::Undefined),
        };
    };
    let leaf = program.leaf(&script, true);
    match leaf.failed {
        true => Err(LimitingError::Undecided),
        false => Ok((T::__from_f64(leaf.value), program.tangent(&leaf.gradient))),
    }
}

/// The pieces that are executed along a direction; nothing where nothing ties.
fn settle<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    along: &[f64],
) -> Result<Option<BTreeMap<u64, u32>>, LimitingError> {
    let mut script = BTreeMap::new();
    // Each turn settles one tie for good.
    loop {
        let way = Way {
            script: Some(&script),
            lexicographic: true,
            ..Way::default()
        };
        let ran = program.run(along, &way)?;
        if ran.nan {
            return Err(LimitingError::Undefined);
        }
        if ran.worst == Verdict::NotLipschitz {
            return Err(own_failure(program));
        }
        if ran.met.is_empty() {
            return Ok(None);
        }
        let chosen: BTreeMap<u64, u32> =
            ran.met.iter().map(|met| (met.number, met.chosen)).collect();
        let Some(open) = unsettled(program, &ran.met, &chosen, &script)? else {
            return Ok(Some(chosen));
        };
        // Everything before it stays as it is.
        script.extend(chosen.range(..=open.number).map(|(k, piece)| (*k, *piece)));
        if let Some(piece) = nearby(program, along, &script, &open)? {
            script.insert(open.number, piece);
        }
    }
}

/// What is wrong with the program's own path, if that is what it is.
fn own_failure<A: Tangent, T: Scalar>(program: &mut Program<'_, A, T>) -> LimitingError {
    let own = program.leaf(&BTreeMap::new(), false);
    match own.worst {
        Verdict::NotLipschitz => LimitingError::NotLipschitz,
        Verdict::Undefined => LimitingError::Undefined,
        _ => LimitingError::Undecided,
    }
}

/// The first tie that the slopes do not settle. A direction in which the guard is constant, though
/// it is not constant, settles nothing.
fn unsettled<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    met: &[Met],
    chosen: &BTreeMap<u64, u32>,
    settled: &BTreeMap<u64, u32>,
) -> Result<Option<Met>, LimitingError> {
    let is_open = |met: &Met| !met.rows.iter().all(|slope| *slope > 0.0) || met.unlisted;
    let is_both = |met: &Met| met.side == crate::follow::Side::Both;
    let is_level = |met: &Met| met.rows.iter().any(|slope| *slope == 0.0 || slope.is_nan());
    let open = |met: &&Met| {
        met.margin == 0.0
            && !settled.contains_key(&met.number)
            && if is_both(met) {
                is_level(met)
            } else {
                is_open(met)
            }
    };
    if !met.iter().any(|met| open(&met)) {
        return Ok(None);
    }
    let way = Way {
        script: Some(chosen),
        ..Way::default()
    };
    let reached = program.run(&vec![f64::NAN; program.dimension], &way)?.met;
    let other = program
        .run(&direction(program.dimension, 0x5eed), &way)?
        .met;
    for ((met, reached), other) in met
        .iter()
        .zip(&reached)
        .zip(&other)
        .filter(|((m, _), _)| open(m))
    {
        if !is_reached(reached) {
            // Decided: no input reaches it.
            continue;
        }
        if met.unlisted {
            return Err(LimitingError::Undecided);
        }
        let level = met.rows.iter().zip(&other.rows);
        if level
            .clone()
            .any(|(a, b)| a.is_nan() || *a == 0.0 && *b != 0.0)
        {
            return Err(LimitingError::Undecided);
        }
        if met.site.kind.is_guard() || met.site.kind.is_jump() {
            return Ok(Some(met.clone()));
        }
        // The pieces of a primitive agree where its guard has no gradient.
    }
    Ok(None)
}

/// The piece that is executed a little further along the direction, where the path up to the tie
/// is the same; absent where the guard is zero there, too.
fn nearby<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    along: &[f64],
    script: &BTreeMap<u64, u32>,
    open: &Met,
) -> Result<Option<u32>, LimitingError> {
    let before = |met: &Met| (met.number < open.number).then_some((met.number, met.chosen));
    let way = Way {
        script: Some(script),
        all: true,
        ..Way::default()
    };
    let here = program.run(along, &way)?;
    let mut found = Vec::new();
    for t in CLOSE {
        let way = Way {
            all: true,
            moved: Some((along, t)),
            ..Way::default()
        };
        let there = program.run(along, &way)?;
        let path = |met: &[Met]| met.iter().filter_map(before).collect::<Vec<_>>();
        let met = there.met.iter().find(|met| met.number == open.number);
        let Some(met) = met.filter(|_| path(&here.met) == path(&there.met)) else {
            return Err(LimitingError::Undecided);
        };
        found.push((met.margin != 0.0).then_some(met.chosen));
    }
    match found[..] {
        [near, nearer] if near == nearer => Ok(nearer),
        _ => Err(LimitingError::Undecided),
    }
}
