//! Where a path is executed, near the point.

use super::hull::{min_norm, norm};
use super::program::{Leaf, Program, Tie, Way, direction, short};
use crate::follow::Side;
use crate::scalar::Scalar;
use crate::tangent::Tangent;

/// Where the linearisation of a path's guards is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// In an open cone of directions.
    Open,
    /// In no direction.
    Nowhere,
    /// It cannot be told.
    Unknown,
}

/// How close to the point a path is tried. Powers of two: what is exact at the point stays exact.
pub(super) const CLOSE: [f64; 2] = [1.0 / 8192.0, 1.0 / 1_048_576.0];

/// At this many equalities both sides are looked at.
const EQUALITIES: usize = 16;

impl Tie {
    /// A guard without a gradient: the direction does not say which side is executed. The pieces
    /// of primitives agree there.
    pub fn is_level(&self) -> bool {
        self.may_jump() && self.is_flat()
    }
}

impl Leaf {
    /// Where the path is executed, by the gradients of those guards that have one, and in which
    /// direction.
    fn cone(&self) -> (Reach, Vec<f64>) {
        let never = |t: &Tie| t.met.side == Side::Never && !t.is_flat();
        if self.ties.iter().any(never) {
            return (Reach::Nowhere, Vec::new());
        }
        if self.ties.iter().any(Tie::is_unknown) {
            return (Reach::Unknown, Vec::new());
        }
        let (mut fixed, mut free) = (Vec::new(), Vec::new());
        for tie in self.ties.iter().filter(|t| t.met.side != Side::Never) {
            for row in &tie.rows {
                let length = norm(row);
                if length == 0.0 {
                    continue;
                }
                let unit: Vec<f64> = row.iter().map(|x| x / length).collect();
                match tie.met.side {
                    Side::Both => free.push(unit),
                    _ => fixed.push(unit),
                }
            }
        }
        // Either side of an equality will do: the first that is open.
        let mut reach = Reach::Nowhere;
        for signs in 0..1_u64 << free.len().min(EQUALITIES) {
            let signed = free.iter().enumerate().map(|(k, row)| {
                let sign = if signs >> k & 1 == 0 { 1.0 } else { -1.0 };
                row.iter().map(|x| sign * x).collect()
            });
            let rows: Vec<Vec<f64>> = fixed.iter().cloned().chain(signed).collect();
            if rows.is_empty() {
                return (Reach::Open, Vec::new());
            }
            let (nearest, _) = min_norm(&rows);
            match norm(&nearest) {
                d if d > 1e-7 => {
                    return (Reach::Open, nearest.iter().map(|x| x / d).collect());
                }
                d if d > 1e-10 => reach = Reach::Unknown,
                _ => {}
            }
        }
        (reach, Vec::new())
    }
}

impl<A: Tangent, T: Scalar> Program<'_, A, T> {
    /// Whether some direction leads into the path. Where a guard has no gradient, the program is
    /// run close to the point.
    pub(super) fn reach(&mut self, leaf: &Leaf) -> Reach {
        let (reach, along) = leaf.cone();
        if reach != Reach::Open || !leaf.ties.iter().any(Tie::is_level) {
            return reach;
        }
        let tried = if along.is_empty() {
            let one = (1..4).map(|seed| direction(self.dimension, seed));
            one.flat_map(|d| [d.iter().map(|x| -x).collect(), d])
                .collect()
        } else {
            vec![along]
        };
        match tried.into_iter().any(|d| self.executes(leaf, d)) {
            true => Reach::Open,
            false => Reach::Unknown,
        }
    }

    /// Whether the program takes this path close to the point.
    pub(super) fn executes(&mut self, leaf: &Leaf, along: Vec<f64>) -> bool {
        let (along, still) = (short(along), vec![0.0; self.dimension]);
        CLOSE.iter().all(|t| {
            let way = Way {
                all: true,
                moved: Some((&along, *t)),
                ..Way::default()
            };
            self.run(&still, &way).is_ok_and(|ran| {
                leaf.ties.iter().all(|tie| {
                    let mut met = ran.met.iter();
                    let met = met.find(|met| met.number == tie.met.number);
                    met.is_some_and(|met| met.chosen == tie.met.chosen)
                })
            })
        })
    }
}
