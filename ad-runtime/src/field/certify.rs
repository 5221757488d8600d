//! The strongest statement about a gradient, and what it rests on.

use super::certificate::{Certificate, Jump};
use super::facets::openings;
use super::program::{Leaf, Program, Tie, Way, direction};
use super::reach::{CLOSE, Reach};
use super::{FieldOptions, agree, components, explore};
use crate::scalar::Scalar;
use crate::site::Site;
use crate::tangent::Tangent;
use crate::trace::{Selection, Verdict};

/// What `f::certify` calls.
#[doc(hidden)]
pub fn certify<A: Tangent, T: Scalar>(mut program: Program<'_, A, T>) -> Certificate {
    let (value, gradient) = program.gradient();
    let value = value.__to_f64();
    let gradient = components(&gradient);
    let finite = value.is_finite() && gradient.iter().all(|x| x.is_finite());
    let own = program.leaf(&Default::default(), false);
    let mut certificate = Certificate::new(own.worst, value, gradient);
    certificate.ties = own.ties.iter().map(selection).collect();
    certificate.min_margin = min_margin(&mut program);
    certificate.singular = own.weakest;
    let explained = own.worst == Verdict::NotLipschitz;
    if own.nan || (!finite || own.failed) && !explained {
        certificate.verdict = Verdict::Undefined;
        return certificate;
    }
    if explained {
        return certificate;
    }
    certificate.verdict = Verdict::Classical;
    if own.ties.is_empty() {
        return certificate;
    }
    let leaves = match explore(&mut program, &FieldOptions::default()) {
        Ok(leaves) => leaves,
        Err(error) => {
            let jump = own.ties.iter().find(|t| t.met.site.kind.is_jump());
            certificate.jumps.extend(jump.map(|t| Jump {
                site: t.met.site,
                size: f64::NAN,
            }));
            certificate.verdict = match jump {
                Some(_) => Verdict::Jump,
                None => Verdict::Tied,
            };
            let guards = own.ties.iter().filter(|t| t.met.site.kind.is_guard());
            certificate.unchecked = distinct(guards.map(|t| t.met.site));
            certificate.too_many = Some(error);
            return certificate;
        }
    };
    certificate.leaves = leaves.len();
    judge(&mut program, &mut certificate, &leaves);
    certificate
}

fn selection(tie: &Tie) -> Selection {
    Selection::new(tie.met.site, tie.met.chosen, tie.met.margin)
}

fn min_margin<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
) -> Option<(f64, &'static Site)> {
    let way = Way {
        all: true,
        ..Way::default()
    };
    let still = vec![0.0; program.dimension];
    let met = program.run(&still, &way).ok()?.met;
    let apart = met
        .iter()
        .filter(|met| met.margin != 0.0 && !met.margin.is_nan());
    let least = apart.min_by(|a, b| a.margin.abs().total_cmp(&b.margin.abs()))?;
    Some((least.margin.abs(), least.site))
}

fn distinct(sites: impl Iterator<Item = &'static Site>) -> Vec<&'static Site> {
    let mut all: Vec<&'static Site> = Vec::new();
    for site in sites {
        if !all.contains(&site) {
            all.push(site);
        }
    }
    all
}

/// The verdict of the paths that meet at the point.
fn judge<A: Tangent, T: Scalar>(
    program: &mut Program<'_, A, T>,
    certificate: &mut Certificate,
    leaves: &[Leaf],
) {
    let epsilon = program.epsilon;
    let own = &leaves[0];
    let mut jumps = Jumps(Vec::new());
    // Asked of the point, not of a path.
    let mut continuous = None;
    let mut near = |program: &mut _| *continuous.get_or_insert_with(|| near(program, own.value));
    let mut unchecked = Vec::new();
    // The paths without a jump at the point.
    let mut level = vec![own];
    let (mut bounds, mut all_agree) = (bounds_of(&own.gradient), true);
    for leaf in &leaves[1..] {
        let Some(site) = parting(own, leaf) else {
            continue;
        };
        if leaf.failed {
            all_agree = false;
            match near(program) {
                Some(true) => {}
                Some(false) => jumps.add(site, f64::NAN),
                None => unchecked.push(site),
            }
            continue;
        }
        for ((low, high), x) in bounds.iter_mut().zip(&leaf.gradient) {
            (*low, *high) = (low.min(*x), high.max(*x));
        }
        all_agree &= agree(&leaf.gradient, &own.gradient, epsilon);
        let reach = program.reach(leaf);
        if reach == Reach::Nowhere {
            continue;
        }
        let size = (leaf.value - own.value).abs();
        if size > 64.0 * epsilon * (leaf.value.abs() + own.value.abs()) {
            if reach == Reach::Open || near(program) == Some(false) {
                jumps.add(site, size);
            }
            continue;
        }
        level.push(leaf);
    }
    for site in openings(program, &level) {
        jumps.add(site, 0.0);
    }
    let guards = |tie: &&Tie| tie.met.site.kind.is_guard() && tie.met.margin == 0.0;
    let assumed = leaves
        .iter()
        .flat_map(|leaf| leaf.ties.iter().filter(guards));
    let one = program.dimension == 1;
    let assumed = assumed.filter(|tie| !one || tie.rows.is_empty() || tie.is_flat());
    let assumed = assumed.map(|tie| tie.met.site);
    certificate.assumed = distinct(assumed.filter(|site| !jumps.are_at(site)));
    certificate.unchecked = distinct(unchecked.into_iter());
    certificate.bounds = Some(bounds);
    // A primitive that jumps is at its jump whether or not the program hides it.
    for tie in own.ties.iter().filter(|t| t.met.site.kind.is_jump()) {
        jumps.add(tie.met.site, f64::NAN);
    }
    certificate.verdict = match (jumps.0.is_empty(), all_agree) {
        (false, _) => Verdict::Jump,
        (true, true) => Verdict::Classical,
        (true, false) => Verdict::Tied,
    };
    certificate.jumps = jumps.0;
}

/// The discontinuities found so far, one a site.
struct Jumps(Vec<Jump>);

impl Jumps {
    fn are_at(&self, site: &'static Site) -> bool {
        self.0.iter().any(|jump| jump.site == site)
    }

    fn add(&mut self, site: &'static Site, size: f64) {
        if !self.are_at(site) {
            self.0.push(Jump { site, size });
        }
    }
}

fn bounds_of(gradient: &[f64]) -> Vec<(f64, f64)> {
    gradient.iter().map(|x| (*x, *x)).collect()
}

/// Where a path leaves the program's own.
fn parting(own: &Leaf, leaf: &Leaf) -> Option<&'static Site> {
    let parts = |tie: &&Tie| own.script.get(&tie.met.number) != Some(&tie.met.chosen);
    leaf.ties.iter().find(parts).map(|tie| tie.met.site)
}

/// Whether the value near the point comes close to that at it, at the rate of the distance, in a
/// few directions. Absent where it cannot be tried.
fn near<A: Tangent, T: Scalar>(program: &mut Program<'_, A, T>, value: f64) -> Option<bool> {
    let still = vec![0.0; program.dimension];
    for seed in 0..4 {
        let away = direction(program.dimension, seed);
        let mut apart = [0.0; 2];
        for (k, t) in CLOSE.into_iter().enumerate() {
            for sign in [1.0, -1.0] {
                let way = Way {
                    moved: Some((&away, sign * t)),
                    ..Way::default()
                };
                let ran = program.run(&still, &way).ok()?;
                if !ran.value.is_finite() {
                    return None;
                }
                apart[k] = (ran.value - value).abs().max(apart[k]);
            }
        }
        // A step a hundred times smaller brings them closer by about as much.
        if apart[1] > 0.1 * apart[0] && apart[1] > 1e-12 * value.abs() {
            return Some(false);
        }
    }
    Some(true)
}
