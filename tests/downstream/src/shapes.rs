//! Types, methods and operators of another crate, beside those of this one.

use std::ops::Mul;

use ad_runtime::{Differentiable, conservative_grad};
use library::shapes::{Interval, NoDisc, Shape, Vec2, centre, largest, radius};

/// A type of this crate made of those of the other one.
#[derive(Clone, Debug, Differentiable)]
pub struct Scene {
    /// What is in it.
    pub shapes: Vec<Shape>,
    /// Where it is.
    pub at: Vec2,
    /// What is allowed.
    pub bounds: Interval<f64>,
    /// Its name carries no derivative.
    pub name: String,
}

/// A factor for each coordinate.
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Stretch(pub f64, pub f64);

#[conservative_grad]
impl Mul<Vec2> for Stretch {
    type Output = Vec2;
    fn mul(self, v: Vec2) -> Vec2 {
        Vec2::new(self.0 * v.x, self.1 * v.y)
    }
}

#[conservative_grad]
impl Scene {
    /// The sum of all areas, each inside the bounds.
    pub fn total(&self) -> f64 {
        self.shapes
            .iter()
            .map(|shape| self.bounds.clip(shape.area()))
            .sum()
    }

    /// Moves and scales everything.
    pub fn change(&mut self, by: f64, stretch: Stretch) {
        self.at += stretch * (by * self.at);
        self.at.turn(by);
        for shape in &mut self.shapes {
            shape.scale(by);
        }
        if self.at.length() > 1.0 {
            self.shapes.push(Shape::Disc(self.at.length()));
        }
    }
}

/// A scene of some numbers.
#[conservative_grad]
pub fn scene(x: &[f64]) -> Scene {
    let corners = vec![
        Vec2::new(x[0], x[1]),
        Vec2::new(x[2], 1.5),
        -Vec2::new(x[3], x[0]),
    ];
    let middle = centre(&corners);
    let moved: Vec<Vec2> = corners.iter().map(|corner| corner - &middle).collect();
    Scene {
        shapes: vec![
            Shape::Rect {
                width: x[0],
                height: x[1] + 2.0,
            },
            Shape::Polygon(moved),
            Shape::Disc(x[3]),
            Shape::Empty,
        ],
        at: middle.max(Vec2::new(x[1], x[2])),
        bounds: Interval {
            low: 0.1 * x[2],
            high: 9.0,
        },
        name: "scene".to_string(),
    }
}

/// Everything at once.
#[conservative_grad]
pub fn measured(x: &[f64]) -> f64 {
    let mut scene = scene(x);
    scene.change(x[3], Stretch(x[0], x[1]));
    let total = scene.total();
    let Some(most) = largest(&scene.shapes) else {
        return total;
    };
    let copy = Scene {
        at: scene.at + Vec2::new(x[2], 0.0),
        ..scene.clone()
    };
    scene.change(most.sqrt() * 0.3, Stretch(0.5, x[2]));
    match total_radius(&[total, most, x[0]]) {
        Ok(r) => r * copy.at.dot(scene.at) + scene.total(),
        Err(NoDisc(k)) => copy.bounds.width() * k as f64 * total,
    }
}

/// The sum of the radii of some discs.
///
/// # Errors
/// If one of the areas is negative.
#[conservative_grad]
pub fn total_radius(areas: &[f64]) -> Result<f64, NoDisc> {
    let mut sum = 0.0;
    for (k, &area) in areas.iter().enumerate() {
        sum += radius(area, k)?;
    }
    Ok(sum)
}

/// A generic type of the other crate in single precision.
#[conservative_grad]
pub fn single(low: f32, high: f32, x: f32) -> f32 {
    let bounds = Interval { low, high };
    bounds.clip(x * 2.0) * bounds.width()
}

#[cfg(test)]
mod tests {
    use library::shapes::{NoDisc, Shape, Vec2, largest};

    use super::{Scene, measured, scene, single, total_radius};
    use crate::tests::agrees;

    const X: [f64; 4] = [0.9, 0.4, -0.7, 1.3];

    #[test]
    fn types_cross_the_boundary() {
        for x in [X, [-0.5, 0.6, 1.2, 0.7], [1.4, -0.2, 0.3, 0.4]] {
            let (value, x_adj) = measured::grad(&x);
            assert_eq!(value.to_bits(), measured(&x).to_bits());
            agrees(measured, &x, &x_adj);
            for k in 0..4 {
                let mut direction = [0.0; 4];
                direction[k] = 1.0;
                let (_, slope) = measured::jvp(&x, &direction);
                assert!((slope - x_adj[k]).abs() < 1e-10 * (1.0 + slope.abs()));
            }
        }
    }

    #[test]
    fn cotangents_have_the_fields_of_the_other_crates_types() {
        let made = scene(&X);
        let (_, adjoint) = Scene::total_grad(&made);
        assert!(matches!(
            adjoint.shapes[2],
            library::shapes::ShapeTangent::Disc(_)
        ));
        let (value, sum) = Vec2::dot_grad(Vec2::new(1.0, 2.0), Vec2::new(3.0, 4.0));
        assert_eq!(value.to_bits(), 11.0_f64.to_bits());
        assert_eq!((sum.0.x, sum.1.y), (3.0, 2.0));
    }

    #[test]
    fn failures_cross_the_boundary() {
        let failed = total_radius::vjp(&[1.0, -1.0, 2.0], 1.0).map(|(value, _)| value);
        assert_eq!(failed, Err(NoDisc(1)));
        let shapes = [Shape::Empty, Shape::Disc(2.0)];
        let (value, adjoint) = largest::grad(&shapes).expect("there is one");
        assert_eq!(value.to_bits(), shapes[1].area().to_bits());
        assert!(matches!(
            adjoint[1],
            library::shapes::ShapeTangent::Disc(slope) if slope > 12.0
        ));
        assert!(largest::grad(&[]).is_none());
    }

    #[test]
    fn generic_types_are_used_at_f32() {
        let (value, (low, high, x)) = single::grad(-1.0, 2.0, 0.25);
        assert_eq!(value.to_bits(), 1.5_f32.to_bits());
        assert_eq!((low, high, x), (-0.5, 0.5, 6.0));
    }
}
