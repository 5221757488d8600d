//! Types with methods and operators, and functions over them.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use ad_runtime::{Differentiable, conservative_grad};
use num_traits::Float;

/// A vector of the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Differentiable)]
pub struct Vec2 {
    /// Right.
    pub x: f64,
    /// Up.
    pub y: f64,
}

#[conservative_grad]
impl Vec2 {
    /// From its coordinates.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The scalar product.
    pub fn dot(self, other: Vec2) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The length; not differentiable at the origin.
    pub fn length(&self) -> f64 {
        self.x.hypot(self.y)
    }

    /// Turns it by an angle.
    pub fn turn(&mut self, angle: f64) {
        let (s, c) = angle.sin_cos();
        *self = Vec2::new(self.x * c - self.y * s, self.x * s + self.y * c);
    }

    /// The larger coordinates of two.
    pub fn max(self, other: Vec2) -> Vec2 {
        Vec2 {
            x: self.x.max(other.x),
            y: self.y.max(other.y),
        }
    }
}

#[conservative_grad]
impl Add for Vec2 {
    type Output = Vec2;
    fn add(self, other: Vec2) -> Vec2 {
        Vec2::new(self.x + other.x, self.y + other.y)
    }
}

#[conservative_grad]
impl Sub<&Vec2> for &Vec2 {
    type Output = Vec2;
    fn sub(self, other: &Vec2) -> Vec2 {
        Vec2::new(self.x - other.x, self.y - other.y)
    }
}

#[conservative_grad]
impl Mul<Vec2> for f64 {
    type Output = Vec2;
    fn mul(self, v: Vec2) -> Vec2 {
        Vec2::new(self * v.x, self * v.y)
    }
}

#[conservative_grad]
impl Neg for Vec2 {
    type Output = Vec2;
    fn neg(self) -> Vec2 {
        Vec2::new(-self.x, -self.y)
    }
}

#[conservative_grad]
impl AddAssign for Vec2 {
    fn add_assign(&mut self, other: Vec2) {
        self.x += other.x;
        self.y += other.y;
    }
}

/// A shape with what describes it.
#[derive(Clone, Debug, PartialEq, Differentiable)]
pub enum Shape {
    /// A disc and its radius.
    Disc(f64),
    /// A rectangle.
    Rect {
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
    },
    /// A polygon and its corners.
    Polygon(Vec<Vec2>),
    /// Nothing.
    Empty,
}

#[conservative_grad]
impl Shape {
    /// The area.
    pub fn area(&self) -> f64 {
        match self {
            Shape::Disc(r) => std::f64::consts::PI * r * r,
            Shape::Rect { width, height } => width * height,
            Shape::Polygon(corners) => {
                let mut twice = 0.0;
                for i in 0..corners.len() {
                    let (a, b) = (corners[i], corners[(i + 1) % corners.len()]);
                    twice += a.x * b.y - a.y * b.x;
                }
                0.5 * twice.abs()
            }
            Shape::Empty => 0.0,
        }
    }

    /// Scales it in place; what becomes too small vanishes.
    pub fn scale(&mut self, by: f64) {
        match self {
            Shape::Disc(r) => *r *= by,
            Shape::Rect { width, height } => {
                *width *= by;
                *height *= by;
            }
            Shape::Polygon(corners) => {
                for corner in corners.iter_mut() {
                    corner.x *= by;
                    corner.y *= by;
                }
            }
            Shape::Empty => {}
        }
        if self.area() < 0.01 {
            *self = Shape::Empty;
        }
    }
}

/// A pair of bounds in any number type.
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Interval<T> {
    /// The lower bound.
    pub low: T,
    /// The upper bound.
    pub high: T,
}

#[conservative_grad]
impl<T: Float> Interval<T> {
    /// The width.
    pub fn width(&self) -> T {
        self.high - self.low
    }

    /// A value moved inside.
    pub fn clip(&self, x: T) -> T {
        x.max(self.low).min(self.high)
    }
}

/// The area of the largest shape, if there is one.
#[conservative_grad]
#[must_use]
pub fn largest(shapes: &[Shape]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for shape in shapes {
        let area = shape.area();
        best = match best {
            Some(b) if b >= area => Some(b),
            _ => Some(area),
        };
    }
    best
}

/// Why there is no radius.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDisc(pub usize);

/// The radius of the disc of a given area.
///
/// # Errors
/// If the area is negative.
#[conservative_grad]
pub fn radius(area: f64, number: usize) -> Result<f64, NoDisc> {
    if area < 0.0 {
        return Err(NoDisc(number));
    }
    Ok((area / std::f64::consts::PI).sqrt())
}

/// The mean of the corners.
#[conservative_grad]
#[must_use]
pub fn centre(corners: &[Vec2]) -> Vec2 {
    let mut sum = Vec2::default();
    for corner in corners {
        sum += *corner;
    }
    let n = corners.len() as f64;
    Vec2::new(sum.x / n, sum.y / n)
}
