//! The conservative field at a point: its generators.

mod certificate;
mod certify;
mod facets;
pub(crate) mod hull;
mod limiting;
mod program;
mod reach;
mod stationary;
mod step;

use std::collections::BTreeMap;
use std::fmt;

pub use certificate::{Certificate, Jump};
pub use certify::certify;
pub use limiting::{Direction, LimitingError, limiting};
pub use program::Program;
pub use stationary::{Stationarity, StationaryOptions, stationary};
pub use step::{Step, step};

use self::program::Leaf;
use self::reach::Reach;
use crate::scalar::Scalar;
use crate::tangent::Tangent;
use crate::trace::{Selection, Verdict};

/// How far [`Field`] is followed. Beyond a limit there is an error, never a part of the field.
///
/// ```
/// use ad_runtime::FieldOptions;
/// let options = FieldOptions { max_leaves: 100, ..FieldOptions::default() };
/// assert_eq!(options.max_ties, 16);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOptions {
    /// The most ties on one path through the program: 16.
    pub max_ties: usize,
    /// The most paths: 4096.
    pub max_leaves: usize,
    /// The most decisions on one path, after which it counts as not evaluable: 10 million. A
    /// path that the program itself does not take may never end.
    pub max_steps: u64,
}

impl Default for FieldOptions {
    fn default() -> Self {
        FieldOptions {
            max_ties: 16,
            max_leaves: 4096,
            max_steps: 10_000_000,
        }
    }
}

/// Why there are no generators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The limits of [`FieldOptions`] do not suffice. A kink with infinitely many derivatives (the
    /// norm at the origin), or one inside a rule of the user's, counts as `usize::MAX` paths.
    TooMany {
        /// The ties on one path.
        ties: usize,
        /// The paths that they lead to, at most.
        leaves: usize,
    },
    /// An executed operation has no conservative field at its operand.
    NotLipschitz,
    /// A NaN reached a guard, or the value or a derivative is not finite.
    Undefined,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldError::TooMany {
                leaves: usize::MAX, ..
            } => f.write_str("a tie has more pieces than can be listed"),
            FieldError::TooMany { ties, leaves } => {
                write!(
                    f,
                    "{ties} ties lead to up to {leaves} paths: more than the options allow"
                )
            }
            FieldError::NotLipschitz => {
                f.write_str("an operation has no conservative field at its operand")
            }
            FieldError::Undefined => f.write_str("the value or a derivative is not defined"),
        }
    }
}

impl std::error::Error for FieldError {}

/// Whether a generator of the field is a limit of gradients at nearby points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Limiting {
    /// It is: some direction leads into the path, by the gradients of its guards; where one has
    /// none, by runs close to the point.
    Yes,
    /// It is not: no direction leads into the path, and its guards are affine near the point.
    No,
    /// The gradients of the guards do not tell.
    Undecided,
}

/// One generator of the field.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Generator<A> {
    /// The gradient of the executed pieces, in the shape in which `grad` returns it.
    pub vector: A,
    /// The pieces chosen at the ties of a path that leads to it.
    pub choices: Vec<Selection>,
    /// Whether it is a limit of gradients.
    pub limiting: Limiting,
    /// The value of the function along the path.
    pub value: f64,
}

/// The conservative field of a program at a point, by the gradients of all combinations of pieces
/// that meet there.
///
/// It is the field of the program as it is written, not Clarke's subdifferential of the function:
/// [`Generator::limiting`] tells which of its elements are limits of gradients.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Field<A> {
    generators: Vec<Generator<A>>,
    unevaluated: Vec<Vec<Selection>>,
    ties: usize,
    leaves: usize,
    #[cfg_attr(feature = "serde", serde(skip))]
    zero: A,
}

impl<A: Tangent> Field<A> {
    /// The generators, in ascending order of their components.
    #[must_use]
    pub fn generators(&self) -> &[Generator<A>] {
        &self.generators
    }

    /// The generators that are limits of gradients.
    pub fn limiting(&self) -> impl Iterator<Item = &Generator<A>> {
        let limiting = |g: &&Generator<A>| g.limiting == Limiting::Yes;
        self.generators.iter().filter(limiting)
    }

    /// The choices of the paths that cannot be evaluated at the point: they panic, do not end, or
    /// give no finite number. They are no generators. A panic on such a path is caught (a program
    /// built with `panic = "abort"` ends); its message goes where the panic hook sends it.
    #[must_use]
    pub fn unevaluated(&self) -> &[Vec<Selection>] {
        &self.unevaluated
    }

    /// The largest number of ties on one path.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.ties
    }

    /// The number of paths.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.leaves
    }

    /// Whether `v` is in the convex hull of the generators, up to rounding.
    #[must_use]
    pub fn contains(&self, v: &A) -> bool {
        let (points, v) = (self.points(), components(v));
        hull::distance(&points, &v) <= 1e-9 * (1e-300 + largest(&points).max(hull::norm(&v)))
    }

    /// The element of least norm of the convex hull of the generators.
    #[must_use]
    pub fn min_norm(&self) -> A {
        let (nearest, _) = hull::min_norm(&self.points());
        from_components(&self.zero, &nearest)
    }

    /// Whether 0 is in the convex hull of the generators, up to rounding.
    #[must_use]
    pub fn contains_zero(&self) -> bool {
        self.contains(&self.zero)
    }

    fn points(&self) -> Vec<Vec<f64>> {
        self.generators
            .iter()
            .map(|g| components(&g.vector))
            .collect()
    }
}

/// The generators, one a line, with the choices that lead to each.
impl<A: Tangent> fmt::Display for Field<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let count = self.generators.len();
        write!(
            f,
            "conservative field: {count} generator{} of {} path{}",
            plural(count),
            self.leaves,
            plural(self.leaves)
        )?;
        for g in &self.generators {
            let limiting = match g.limiting {
                Limiting::Yes => "limiting",
                Limiting::No => "not limiting",
                Limiting::Undecided => "undecided",
            };
            write!(f, "\n  {:?} {limiting}", g.vector)?;
            for choice in &g.choices {
                write!(f, "\n    {choice}")?;
            }
        }
        for path in &self.unevaluated {
            f.write_str("\n  not evaluable")?;
            for choice in path {
                write!(f, "\n    {choice}")?;
            }
        }
        Ok(())
    }
}

pub(crate) fn components<A: Tangent>(v: &A) -> Vec<f64> {
    let mut all = Vec::new();
    v.clone().each(&mut |x| {
        all.push(x);
        x
    });
    all
}

/// What has these components, in the shape of `zero`.
fn from_components<A: Tangent>(zero: &A, components: &[f64]) -> A {
    let mut components = components.iter();
    let mut v = zero.clone();
    v.each(&mut |x| components.next().copied().unwrap_or(x));
    v
}

fn largest(points: &[Vec<f64>]) -> f64 {
    points.iter().map(|p| hull::norm(p)).fold(0.0, f64::max)
}

/// Equal up to rounding.
pub(crate) fn agree(a: &[f64], b: &[f64], epsilon: f64) -> bool {
    let size = hull::norm(a).max(hull::norm(b));
    hull::norm(&hull::difference(a, b)) <= 64.0 * epsilon * size
}

fn choices(leaf: &Leaf) -> Vec<Selection> {
    let met = leaf.ties.iter().map(|tie| &tie.met);
    met.map(|met| Selection::new(met.site, met.chosen, met.margin))
        .collect()
}

/// All paths through the program at the point, that of the program first.
fn explore<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    options: &FieldOptions,
) -> Result<Vec<Leaf>, FieldError> {
    // The ties on the current path: their numbers, their pieces, and the piece chosen.
    let mut open: Vec<(u64, Vec<u32>, usize)> = Vec::new();
    let mut leaves = Vec::new();
    loop {
        let script: BTreeMap<u64, u32> = open
            .iter()
            .map(|(number, options, at)| (*number, options[*at]))
            .collect();
        let leaf = program.leaf(&script, true);
        if leaves.is_empty() {
            weakest(&leaf)?;
        }
        let known = open.last().map(|(number, ..)| *number);
        for tie in leaf.ties.iter().filter(|t| t.met.margin == 0.0) {
            if tie.met.unlisted {
                return Err(FieldError::TooMany {
                    ties: leaf.ties.len(),
                    leaves: usize::MAX,
                });
            }
            if known < Some(tie.met.number) && tie.met.options.len() > 1 {
                open.push((tie.met.number, tie.met.options.clone(), 0));
            }
        }
        leaves.push(leaf);
        if open.len() > options.max_ties || leaves.len() > options.max_leaves {
            let pieces = open.iter().map(|(_, options, _)| options.len());
            return Err(FieldError::TooMany {
                ties: open.len(),
                leaves: pieces.fold(1, usize::saturating_mul).max(leaves.len()),
            });
        }
        // The last tie that has another piece.
        while let Some((_, options, at)) = open.last_mut() {
            *at += 1;
            if *at < options.len() {
                break;
            }
            open.pop();
        }
        if open.is_empty() {
            return Ok(leaves);
        }
    }
}

/// The error of the program's own path, where it has one.
fn weakest(leaf: &Leaf) -> Result<(), FieldError> {
    if leaf.nan || leaf.worst == Verdict::Undefined {
        return Err(FieldError::Undefined);
    }
    if leaf.worst == Verdict::NotLipschitz {
        return Err(FieldError::NotLipschitz);
    }
    if leaf.failed {
        Err(FieldError::Undefined)
    } else {
        Ok(())
    }
}

/// The field of a program; what `f::field` calls.
#[doc(hidden)]
pub fn field<A: Tangent, T: Scalar>(
    mut program: Program<'_, A, T>,
    options: &FieldOptions,
) -> Result<Field<A>, FieldError> {
    program.max_steps = options.max_steps;
    let epsilon = program.epsilon;
    let leaves = explore(&mut program, options)?;
    let all_agree = leaves
        .iter()
        .all(|leaf| !leaf.failed && agree(&leaf.gradient, &leaves[0].gradient, epsilon));
    let one_failed = leaves.iter().any(|leaf| leaf.failed);
    let mut generators: Vec<(Vec<f64>, Generator<A>)> = Vec::new();
    let mut unevaluated = Vec::new();
    for leaf in &leaves {
        if leaf.failed {
            unevaluated.push(choices(leaf));
            continue;
        }
        let limiting = match program.reach(leaf) {
            Reach::Open => Limiting::Yes,
            Reach::Unknown if all_agree => Limiting::Yes,
            Reach::Unknown => Limiting::Undecided,
            // What the others tend to is not known.
            Reach::Nowhere if one_failed => Limiting::Undecided,
            Reach::Nowhere if program.dimension == 1 => Limiting::No,
            Reach::Nowhere => match program.is_affine(leaf) {
                Some(true) => Limiting::No,
                _ => Limiting::Undecided,
            },
        };
        let known = generators
            .iter_mut()
            .find(|(vector, _)| agree(vector, &leaf.gradient, epsilon));
        match known {
            Some((_, known)) if strength(known.limiting) >= strength(limiting) => {}
            Some((_, known)) => {
                known.limiting = limiting;
                known.choices = choices(leaf);
            }
            None => {
                let generator = Generator {
                    vector: program.tangent(&leaf.gradient),
                    choices: choices(leaf),
                    limiting,
                    value: leaf.value,
                };
                generators.push((leaf.gradient.clone(), generator));
            }
        }
    }
    generators.sort_by(|(a, _), (b, _)| {
        let mut pairs = a.iter().zip(b).map(|(a, b)| a.total_cmp(b));
        pairs
            .find(|o| o.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let ties = leaves.iter().map(|leaf| leaf.ties.len()).max();
    Ok(Field {
        generators: generators.into_iter().map(|(_, g)| g).collect(),
        unevaluated,
        ties: ties.unwrap_or(0),
        leaves: leaves.len(),
        zero: program.zero,
    })
}

fn strength(limiting: Limiting) -> u8 {
    match limiting {
        Limiting::Yes => 2,
        Limiting::Undecided => 1,
        Limiting::No => 0,
    }
}
