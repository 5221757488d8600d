//! Whether the sides of a guard come apart along the surface where it ties.
//!
//! A path that is executed beside the surface has a facet on it: the directions in which its own
//! guard stays zero while all others keep their signs. Across the facet another path is executed,
//! and to first order both have the same values iff their gradients agree along it.

use super::hull::{difference, dot, min_norm, norm};
use super::program::{Leaf, Program, Tie, direction};
use crate::follow::Side;
use crate::scalar::Scalar;
use crate::site::Site;
use crate::tangent::Tangent;

/// Slopes of unit vectors below this are zero.
const ZERO: f64 = 1e-10;

/// The guards whose sides come apart, of paths whose values agree at the point.
pub(super) fn openings<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    leaves: &[&Leaf],
) -> Vec<&'static Site> {
    let mut sites = Vec::new();
    for leaf in leaves {
        for tie in leaf.ties.iter().filter(|tie| is_surface(tie)) {
            if !sites.contains(&tie.met.site) && opens(program, leaves, leaf, tie) {
                sites.push(tie.met.site);
            }
        }
    }
    sites
}

/// A guard with a gradient.
fn is_surface(tie: &Tie) -> bool {
    tie.met.margin == 0.0
        && tie.may_jump()
        && tie.rows.len() == 1
        && !tie.is_unknown()
        && !tie.is_flat()
}

fn opens<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    leaves: &[&Leaf],
    leaf: &Leaf,
    tie: &Tie,
) -> bool {
    let normal = unit(&tie.rows[0]);
    match tie.met.side {
        Side::Inside => opens_across(program, leaves, leaf, tie, &normal),
        // The path of `x != 0` is executed on both sides, unless another guard forbids one.
        Side::Both => [negative(&normal), normal]
            .iter()
            .any(|normal| opens_across(program, leaves, leaf, tie, normal)),
        // The path of `x == 0` lies between two others.
        Side::Never => facet(leaf, tie, &normal).iter().any(|d| {
            [1.0, -1.0].iter().any(|side| {
                let mut paths = leaves.iter();
                let across = paths.find(|other| is_executed(program, other, d, &normal, *side));
                across.is_some_and(|other| come_apart(leaf, other, d))
            })
        }),
    }
}

/// Whether the values differ on the two sides of a facet, of which the path has the one to which
/// the normal points.
fn opens_across<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    leaves: &[&Leaf],
    leaf: &Leaf,
    tie: &Tie,
    normal: &[f64],
) -> bool {
    facet(leaf, tie, normal).iter().any(|d| {
        let mut beside = |leaf: &Leaf, side: f64| is_executed(program, leaf, d, normal, side);
        if !beside(leaf, 1.0) {
            return false;
        }
        let across = leaves.iter().find(|other| beside(other, -1.0));
        across.is_some_and(|other| come_apart(leaf, other, d))
    })
}

/// Whether the values of two paths differ along `d`.
fn come_apart(leaf: &Leaf, other: &Leaf, d: &[f64]) -> bool {
    let apart = difference(&leaf.gradient, &other.gradient);
    let size = norm(&leaf.gradient) + norm(&other.gradient);
    dot(&apart, d).abs() > 1e-9 * size * norm(d)
}

/// Some directions inside the facet; none where the path has no facet there.
fn facet(leaf: &Leaf, tie: &Tie, normal: &[f64]) -> Vec<Vec<f64>> {
    let mut rows = Vec::new();
    for other in leaf.ties.iter().filter(|other| !std::ptr::eq(*other, tie)) {
        if other.is_unknown() {
            return Vec::new();
        }
        for row in other.rows.iter().filter(|row| norm(row) > 0.0) {
            let row = unit(row);
            let rest = without(&row, normal);
            let parallel = norm(&rest) <= ZERO;
            let on_surface = tie.met.side == Side::Never;
            match other.met.side {
                Side::Both => {}
                Side::Inside if !parallel => rows.push(unit(&rest)),
                // Both guards tie on one surface: the path lies on their common side.
                Side::Inside if !on_surface && dot(&row, normal) > 0.0 => {}
                Side::Never if parallel && on_surface => {}
                _ => return Vec::new(),
            }
        }
    }
    let n = normal.len();
    let random = (1..4).map(|seed| without(&direction(n, seed), normal));
    if rows.is_empty() {
        let both = random.flat_map(|d| [negative(&d), d]);
        return both.filter(|d| norm(d) > ZERO).collect();
    }
    let (nearest, _) = min_norm(&rows);
    let depth = norm(&nearest);
    if depth <= 1e-7 {
        return Vec::new();
    }
    let middle = unit(&nearest);
    let away = |d: Vec<f64>| {
        middle
            .iter()
            .zip(d)
            .map(|(m, d)| m + 0.5 * depth * d)
            .collect()
    };
    std::iter::once(middle.clone())
        .chain(random.map(away))
        .collect()
}

/// Whether a path is executed a little along `d`, and then a little less along the normal, to
/// this side.
fn is_executed<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    leaf: &Leaf,
    d: &[f64],
    normal: &[f64],
    side: f64,
) -> bool {
    let rows = leaf
        .ties
        .iter()
        .flat_map(|tie| tie.rows.iter().map(move |row| (tie, row)));
    let mut rows = rows.filter(|(_, row)| row.iter().any(|x| *x != 0.0));
    let holds = rows.all(|(tie, row)| {
        let row = unit(row);
        let slope = dot(&row, d);
        let level = slope.abs() <= ZERO * norm(d);
        let slope = if level {
            side * dot(&row, normal)
        } else {
            slope
        };
        match tie.met.side {
            Side::Inside => slope > ZERO,
            Side::Both => slope.abs() > ZERO,
            Side::Never => false,
        }
    });
    if !holds || !leaf.ties.iter().any(Tie::is_level) {
        return holds;
    }
    let beside = d.iter().zip(normal).map(|(d, n)| d + 1e-3 * side * n);
    program.executes(leaf, beside.collect())
}

fn unit(v: &[f64]) -> Vec<f64> {
    let length = norm(v);
    v.iter().map(|x| x / length).collect()
}

fn negative(v: &[f64]) -> Vec<f64> {
    v.iter().map(|x| -x).collect()
}

/// What is left without the part along a unit vector.
fn without(v: &[f64], unit: &[f64]) -> Vec<f64> {
    let along = dot(v, unit);
    v.iter().zip(unit).map(|(x, u)| x - along * u).collect()
}
