//! What must hold of a piecewise linear program with integer coefficients at an integer point.
//!
//! The gradients nearby are differences of values, and exact: all numbers are multiples of a
//! power of two that 53 bits hold.

use ad_runtime::{
    Certificate, Direction, Field, FieldError, FieldOptions, Limiting, LimitingError, Step, Ties,
    Verdict,
};
use fastrand::Rng;

/// A function of a list, and what is generated of it.
pub trait Subject {
    fn value(&self, x: &[f64]) -> f64;
    fn grad(&self, x: &[f64]) -> (f64, Vec<f64>);
    fn grad_ties(&self, x: &[f64]) -> (f64, Vec<f64>, Ties);
    fn jvp(&self, x: &[f64], along: &[f64]) -> (f64, f64);
    /// The error of a field.
    ///
    /// # Errors
    /// As `f::field`.
    fn field(&self, x: &[f64], options: &FieldOptions) -> Result<Field<Vec<f64>>, FieldError>;
    /// One limiting gradient.
    ///
    /// # Errors
    /// As `f::limiting`.
    fn limiting(
        &self,
        x: &[f64],
        d: &Direction<Vec<f64>>,
    ) -> Result<(f64, Vec<f64>), LimitingError>;
    fn certify(&self, x: &[f64]) -> Certificate;
    fn step(&self, x: &[f64], d: &Direction<Vec<f64>>) -> Step;
}

/// What the programs of a run were like.
#[derive(Debug, Default)]
pub struct Tally {
    pub judged: usize,
    /// More paths than the options allow.
    pub too_many: usize,
    /// The field has several generators.
    pub kinks: usize,
    pub undecided: usize,
    pub jumps: usize,
    /// The value jumps where a guard ties and nowhere else, and `certify` assumes that it does not.
    pub assumed: usize,
    pub exact_steps: usize,
}

/// Points nearby are at most this far in each component.
const NEAR: f64 = 1.0 / 16384.0;
/// The differences of the gradients nearby.
const DIFFERENCE: f64 = 1.0 / (1_u64 << 40) as f64;
/// Points between two are found by so many halvings at most: what they add is not rounded.
const HALVINGS: usize = 12;

/// Judges a program at a point.
///
/// # Errors
/// What does not hold.
pub fn check(
    subject: &dyn Subject,
    point: &[f64],
    seed: u64,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed);
    let options = FieldOptions::default();
    forward_is_reverse(subject, point, &mut rng)?;
    let field = match subject.field(point, &options) {
        Ok(field) => field,
        Err(FieldError::TooMany { .. }) => {
            tally.too_many += 1;
            return Ok(());
        }
        Err(error) => return Err(format!("field: {error}")),
    };
    tally.judged += 1;
    tally.kinks += usize::from(field.generators().len() > 1);
    let mut nearby = Nearby {
        subject,
        point,
        rng,
        gradients: Vec::new(),
        jump: None,
        thin: None,
    };
    nearby.sample(400);
    nearby.look_for_jumps(400);
    in_the_field(&field, &mut nearby, tally)?;
    directions(subject, &mut nearby, seed)?;
    certificate(subject, &nearby, tally)?;
    steps(subject, point, &mut nearby.rng, tally)
}

fn forward_is_reverse(subject: &dyn Subject, x: &[f64], rng: &mut Rng) -> Result<(), String> {
    let (value, gradient) = subject.grad(x);
    if value != subject.value(x) {
        return Err(format!("grad: value {value:?}"));
    }
    for _ in 0..3 {
        let along: Vec<f64> = x.iter().map(|_| f64::from(rng.i32(-8..=8))).collect();
        let (_, slope) = subject.jvp(x, &along);
        let product: f64 = gradient.iter().zip(&along).map(|(g, d)| g * d).sum();
        // Halves and quarters of integers: nothing is rounded.
        if slope != product {
            return Err(format!("jvp {slope:?} along {along:?}, grad {gradient:?}"));
        }
    }
    Ok(())
}

/// The gradients near a point.
struct Nearby<'a> {
    subject: &'a dyn Subject,
    point: &'a [f64],
    rng: Rng,
    gradients: Vec<Vec<f64>>,
    /// Where a jump was found, and its size.
    jump: Option<(Vec<f64>, f64)>,
    /// A value that is only there where a guard ties.
    thin: Option<(Vec<f64>, f64)>,
}

impl Nearby<'_> {
    fn somewhere(&mut self) -> Vec<f64> {
        let steps = 4096;
        let away = |x: &f64| x + NEAR * f64::from(self.rng.i32(-steps..=steps)) / f64::from(steps);
        self.point.iter().map(away).collect()
    }

    fn sample(&mut self, count: usize) {
        for _ in 0..count {
            let at = self.somewhere();
            self.look_at(&at);
        }
    }

    fn look_at(&mut self, at: &[f64]) -> Option<Vec<f64>> {
        let gradient = difference(self.subject, at)?;
        if !self.gradients.contains(&gradient) {
            self.gradients.push(gradient.clone());
        }
        Some(gradient)
    }

    /// Thin cells are found between others: each half whose ends differ is looked into.
    fn search(&mut self, pairs: usize) {
        for _ in 0..pairs {
            let (mut a, mut b) = (self.somewhere(), self.somewhere());
            let at_a = self.look_at(&a);
            for _ in 0..HALVINGS {
                let middle: Vec<f64> = a.iter().zip(&b).map(|(a, b)| (a + b) / 2.0).collect();
                if self.look_at(&middle) == at_a {
                    a = middle;
                } else {
                    b = middle;
                }
            }
        }
    }

    /// Whether a gradient is found nearby, where one looks long enough.
    fn attains(&mut self, gradient: &Vec<f64>) -> bool {
        for _ in 0..300 {
            if self.gradients.contains(gradient) {
                return true;
            }
            self.search(500);
            self.climb(gradient);
        }
        self.gradients.contains(gradient)
    }

    /// From a point to others whose gradients are no farther from the one that is wanted: thin
    /// cells lie beside cells of similar gradients.
    fn climb(&mut self, wanted: &[f64]) {
        let (mut at, mut best) = (self.somewhere(), f64::INFINITY);
        for _ in 0..4000 {
            let scale = NEAR / f64::from(64 << self.rng.u32(0..10));
            let step = |x: &f64| x + scale * f64::from(self.rng.i32(-64..=64));
            let next: Vec<f64> = at.iter().map(step).collect();
            if distance(&next, self.point) > NEAR {
                continue;
            }
            let Some(gradient) = self.look_at(&next) else {
                continue;
            };
            let apart = gradient
                .iter()
                .zip(wanted)
                .map(|(a, b)| (a - b).abs())
                .sum();
            if apart <= best {
                (at, best) = (next, apart);
            }
            if best == 0.0 {
                return;
            }
        }
    }

    fn look_for_jumps(&mut self, pairs: usize) {
        let here = self.subject.value(self.point);
        for _ in 0..pairs {
            let (a, b) = (self.somewhere(), self.somewhere());
            let size = self.subject.value(&a) - here;
            if size.abs() > 0.5 {
                self.jump = Some((a, size));
                return;
            }
            self.jump = self.jump_between(a, b);
            if self.jump.is_some() {
                return;
            }
        }
        self.thin = (0..pairs).find_map(|_| self.jump_on_a_surface());
    }

    /// The half in which the value changes more, until nothing but a jump is left.
    fn jump_between(&self, mut a: Vec<f64>, mut b: Vec<f64>) -> Option<(Vec<f64>, f64)> {
        let (mut at_a, mut at_b) = (self.subject.value(&a), self.subject.value(&b));
        for _ in 0..HALVINGS {
            let middle: Vec<f64> = a.iter().zip(&b).map(|(a, b)| (a + b) / 2.0).collect();
            let at_middle = self.subject.value(&middle);
            if (at_middle - at_a).abs() > (at_b - at_middle).abs() {
                (b, at_b) = (middle, at_middle);
            } else {
                (a, at_a) = (middle, at_middle);
            }
        }
        // A little aside, where neither end is on a surface.
        let aside = |x: &[f64]| -> Vec<f64> {
            let by = |(k, x): (usize, &f64)| x + DIFFERENCE * (3 + 2 * k * k) as f64;
            x.iter().enumerate().map(by).collect()
        };
        let (a, b) = (aside(&a), aside(&b));
        let size = self.subject.value(&b) - self.subject.value(&a);
        self.jumps(a, size, &b)
    }

    /// A direction with small integers is often one in which guards still tie: beside it they do
    /// not.
    fn jump_on_a_surface(&mut self) -> Option<(Vec<f64>, f64)> {
        let mut moved = |from: &[f64], by: f64, most: i32| -> Vec<f64> {
            let to = |x: &f64| x + by * f64::from(self.rng.i32(-most..=most));
            from.iter().map(to).collect()
        };
        let at = moved(self.point, NEAR / 8.0, 8);
        let beside = moved(&at, DIFFERENCE * 4.0, 64);
        let size = self.subject.value(&beside) - self.subject.value(&at);
        self.jumps(at, size, &beside)
    }

    fn jumps(&self, at: Vec<f64>, size: f64, from: &[f64]) -> Option<(Vec<f64>, f64)> {
        let sizes = self
            .gradients
            .iter()
            .map(|g| g.iter().map(|x| x.abs()).sum());
        let steepest: f64 = sizes.fold(0.0, f64::max);
        (size.abs() > 2.0 * steepest * distance(&at, from)).then_some((at, size))
    }
}

/// The largest difference of components.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    let each = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    each.fold(0.0, f64::max)
}

/// The gradient, by differences to both sides; absent at a kink or a jump.
fn difference(subject: &dyn Subject, at: &[f64]) -> Option<Vec<f64>> {
    let value = subject.value(at);
    let mut gradient = Vec::new();
    for k in 0..at.len() {
        let moved = |by: f64| {
            let mut x = at.to_vec();
            x[k] += by;
            (subject.value(&x) - value) / by
        };
        let (up, down) = (moved(DIFFERENCE), moved(-DIFFERENCE));
        if up != down || up.fract() != 0.0 {
            return None;
        }
        // Zero has no sign here.
        gradient.push(up + 0.0);
    }
    Some(gradient)
}

fn in_the_field(
    field: &Field<Vec<f64>>,
    nearby: &mut Nearby<'_>,
    tally: &mut Tally,
) -> Result<(), String> {
    let (_, gradient) = nearby.subject.grad(nearby.point);
    if !field.contains(&gradient) {
        return Err(format!("grad {gradient:?} is not in the hull of {field}"));
    }
    let nearest = field.min_norm();
    if !field.contains(&nearest) {
        return Err(format!(
            "min_norm {nearest:?} is not in the hull of {field}"
        ));
    }
    for generator in field.generators() {
        match generator.limiting {
            Limiting::Yes if !nearby.attains(&generator.vector) => {
                return Err(format!(
                    "{:?} is not found nearby: {field}",
                    generator.vector
                ));
            }
            Limiting::No if nearby.gradients.contains(&generator.vector) => {
                return Err(format!("{:?} is a limit: {field}", generator.vector));
            }
            Limiting::Undecided => tally.undecided += 1,
            _ => {}
        }
    }
    let generators: Vec<&Vec<f64>> = field.generators().iter().map(|g| &g.vector).collect();
    for gradient in &nearby.gradients {
        if !generators.contains(&gradient) {
            return Err(format!("{gradient:?} nearby is missing in {field}"));
        }
        if !field.contains(gradient) {
            return Err(format!("{gradient:?} is not in the hull of {field}"));
        }
    }
    Ok(())
}

fn directions(subject: &dyn Subject, nearby: &mut Nearby<'_>, seed: u64) -> Result<(), String> {
    for k in 0..5 {
        let direction = Direction::Random(seed.wrapping_mul(5).wrapping_add(k));
        match subject.limiting(nearby.point, &direction) {
            Ok((_, gradient)) if nearby.attains(&gradient) => {}
            Ok((_, gradient)) => {
                return Err(format!(
                    "limiting {gradient:?}, nearby {:?}",
                    nearby.gradients
                ));
            }
            Err(error) => return Err(format!("limiting: {error}")),
        }
    }
    Ok(())
}

fn certificate(
    subject: &dyn Subject,
    nearby: &Nearby<'_>,
    tally: &mut Tally,
) -> Result<(), String> {
    let certificate = subject.certify(nearby.point);
    let (_, gradient) = subject.grad(nearby.point);
    if certificate.gradient() != gradient {
        return Err(format!("grad {gradient:?}, certified {certificate}"));
    }
    let only = nearby.gradients.iter().all(|g| *g == gradient);
    match (certificate.verdict(), &nearby.jump) {
        (Verdict::Classical, _) if !only => {
            return Err(format!("nearby {:?}, and {certificate}", nearby.gradients));
        }
        (Verdict::Classical | Verdict::Tied, Some((at, size))) => {
            return Err(format!("jumps by {size:?} at {at:?}: {certificate}"));
        }
        (Verdict::Classical | Verdict::Tied, None) if nearby.thin.is_some() => {
            if certificate.assumes_continuity().is_empty() {
                return Err(format!("{:?} jumps, and {certificate}", nearby.thin));
            }
            tally.assumed += 1;
        }
        (Verdict::Jump, None) if nearby.thin.is_none() => {
            return Err(format!("no jump is found: {certificate}"));
        }
        (Verdict::Jump, _) => tally.jumps += 1,
        (Verdict::Classical | Verdict::Tied, None) => {}
        _ => return Err(format!("{certificate}")),
    }
    Ok(())
}

/// Up to an exact step the function is affine, and there is a tie at its end.
fn steps(
    subject: &dyn Subject,
    point: &[f64],
    rng: &mut Rng,
    tally: &mut Tally,
) -> Result<(), String> {
    let along: Vec<f64> = point.iter().map(|_| f64::from(rng.i32(-8..=8))).collect();
    if along.iter().all(|d| *d == 0.0) {
        return Ok(());
    }
    let step = subject.step(point, &Direction::Along(along.clone()));
    if !step.exact {
        return Ok(());
    }
    tally.exact_steps += 1;
    let at = |t: f64| -> Vec<f64> { point.iter().zip(&along).map(|(x, d)| x + t * d).collect() };
    // A multiple of a power of two: guards that are constant are so without rounding.
    let length = (step.length.min(64.0) * 1024.0).floor() / 1024.0;
    let value = |share: f64| subject.value(&at(share * length));
    let shares = [0.0625, 0.25, 0.375, 0.5, 0.75, 0.9375];
    let slope = (value(0.5) - value(0.25)) / 0.25;
    for share in shares {
        let straight = value(0.5) + slope * (share - 0.5);
        if (value(share) - straight).abs() > 1e-6 * (1.0 + straight.abs()) {
            return Err(format!("not affine along {along:?} up to {step}"));
        }
    }
    if step.length.is_finite() {
        let (_, _, ties) = subject.grad_ties(&at(step.length));
        if ties.ties == 0 && ties.min_margin.is_none_or(|margin| margin > 1e-9) {
            return Err(format!(
                "no tie along {along:?} at the end of {step}: {ties}"
            ));
        }
    }
    Ok(())
}
