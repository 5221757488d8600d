//! Types of the program's own, in a module `types`, and the functions that stand beside them.

use std::collections::BTreeSet;

/// What of the module `types` a program uses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    Point,
    Body,
    Shape,
    New,
    Add,
    AddAssign,
    Mul,
    MulLeft,
    Sub,
    Neg,
}

/// Whose methods a function belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Owner {
    Point,
    Body,
    Shape,
}

impl Owner {
    pub fn name(self) -> &'static str {
        match self {
            Owner::Point => "Point",
            Owner::Body => "Body",
            Owner::Shape => "Shape",
        }
    }

    pub fn part(self) -> Part {
        match self {
            Owner::Point => Part::Point,
            Owner::Body => Part::Body,
            Owner::Shape => Part::Shape,
        }
    }
}

#[derive(Default)]
pub struct Types {
    pub parts: BTreeSet<Part>,
    pub methods: Vec<(Owner, String)>,
}

impl Types {
    /// The module, and beside it what the harness needs of its types.
    pub fn text(&self) -> String {
        if self.parts.is_empty() {
            return String::new();
        }
        let mut text = "#[twin] mod types { use ad_runtime::{Differentiable, conservative_grad};\n"
            .to_string();
        // The others have fields of this type.
        text += POINT;
        for part in &self.parts {
            text += part.text();
        }
        for owner in [Owner::Point, Owner::Body, Owner::Shape] {
            let of = |(o, text): &(Owner, String)| (*o == owner).then(|| text.clone());
            let methods: String = self.methods.iter().filter_map(of).collect();
            if !methods.is_empty() {
                let name = owner.name();
                text += &format!("#[conservative_grad] impl {name} {{ {methods} }}\n");
            }
        }
        text += "}\n";
        text += SHAPED_POINT;
        if self.parts.contains(&Part::Body) {
            text += SHAPED_BODY;
        }
        text
    }
}

impl Part {
    fn text(self) -> &'static str {
        match self {
            Part::Point => "",
            Part::Body => BODY,
            Part::Shape => SHAPE,
            Part::New => {
                "#[conservative_grad] impl Point {
                    pub fn new(x: f64, y: f64) -> Self { Self { x: x * y, y: (x - y).sin(), n: 1 } }
                }"
            }
            Part::Add => {
                "#[conservative_grad] impl std::ops::Add for Point {
                    type Output = Point;
                    fn add(self, o: Point) -> Point {
                        Point { x: (self.x + o.x).sin(), y: (self.y * o.x + o.y).tanh(), n: self.n + o.n % 2 }
                    }
                }"
            }
            Part::AddAssign => {
                "#[conservative_grad] impl std::ops::AddAssign<Point> for Point {
                    fn add_assign(&mut self, o: Point) {
                        if o.x > 0.3331 { self.x = (self.x + o.x).cos(); }
                        self.y = (self.y * self.x + o.y).sin();
                    }
                }"
            }
            Part::Mul => {
                "#[conservative_grad] impl std::ops::Mul<f64> for Point {
                    type Output = Point;
                    fn mul(self, k: f64) -> Point { Point { x: (self.x * k).sin(), y: self.y * k.cos(), ..self } }
                }"
            }
            Part::MulLeft => {
                "#[conservative_grad] impl std::ops::Mul<Point> for f64 {
                    type Output = Point;
                    fn mul(self, p: Point) -> Point { Point { x: p.x * self.sin(), y: (p.y * self).tanh(), n: p.n } }
                }"
            }
            Part::Sub => {
                "#[conservative_grad] impl std::ops::Sub<&Point> for &Point {
                    type Output = Point;
                    fn sub(self, o: &Point) -> Point { Point { x: (self.x - o.y).sin(), y: self.y.cos() - 0.5 * o.x.cos(), n: o.n } }
                }"
            }
            Part::Neg => {
                "#[conservative_grad] impl std::ops::Neg for Point {
                    type Output = Self;
                    fn neg(mut self) -> Self { self.x = -self.x; Point { y: -0.9 * self.y, ..self } }
                }"
            }
        }
    }
}

const POINT: &str = "
#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Point { pub x: f64, pub y: f64, pub n: usize }
impl crate::pack::Pack<f64> for Point {
    fn read(reader: &mut crate::pack::Reader<f64>) -> Self {
        Point { x: reader.one(), y: reader.one(), n: 2 }
    }
    fn write(&self, integers: bool, out: &mut Vec<f64>) {
        out.push(self.x);
        out.push(self.y);
        crate::pack::Pack::write(&self.n, integers, out);
    }
}
";

const SHAPED_POINT: &str = "shaped! {
type PointTangent = <types::Point as ad_runtime::Differentiable>::Tangent;
impl crate::pack::Pack<f64> for PointTangent {
    fn read(_: &mut crate::pack::Reader<f64>) -> Self { unreachable!() }
    fn write(&self, _: bool, out: &mut Vec<f64>) { out.push(self.x); out.push(self.y); }
}
impl crate::pack::Shaped for types::Point {
    type Tangent = PointTangent;
    fn tangent(&self, reader: &mut crate::pack::Reader<f64>) -> PointTangent {
        let mut tangent = ad_runtime::Differentiable::zero_like(self);
        tangent.x = reader.one();
        tangent.y = reader.one();
        tangent
    }
}
}
";

const BODY: &str = "
#[derive(Clone, Debug, Differentiable)]
pub struct Body { pub at: Point, pub list: Vec<f64>, pub a: [f64; 3], pub best: Option<f64>, pub k: usize }
impl crate::pack::Pack<f64> for Body {
    fn read(reader: &mut crate::pack::Reader<f64>) -> Self {
        Body { at: reader.one(), list: reader.list(3), a: reader.one(), best: Some(reader.one()), k: 1 }
    }
    fn write(&self, integers: bool, out: &mut Vec<f64>) {
        crate::pack::Pack::write(&self.at, integers, out);
        crate::pack::Pack::write(&self.list, integers, out);
        crate::pack::Pack::write(&self.a, integers, out);
        if let Some(best) = self.best { out.push(best); }
        crate::pack::Pack::write(&self.k, integers, out);
    }
}
";

const SHAPED_BODY: &str = "shaped! {
type BodyTangent = <types::Body as ad_runtime::Differentiable>::Tangent;
impl crate::pack::Pack<f64> for BodyTangent {
    fn read(_: &mut crate::pack::Reader<f64>) -> Self { unreachable!() }
    fn write(&self, integers: bool, out: &mut Vec<f64>) {
        crate::pack::Pack::write(&self.at, integers, out);
        crate::pack::Pack::write(&self.list, integers, out);
        crate::pack::Pack::write(&self.a, integers, out);
        if let Some(best) = self.best { out.push(best); }
    }
}
impl crate::pack::Shaped for types::Body {
    type Tangent = BodyTangent;
    fn tangent(&self, reader: &mut crate::pack::Reader<f64>) -> BodyTangent {
        let mut tangent = ad_runtime::Differentiable::zero_like(self);
        tangent.at = self.at.tangent(reader);
        tangent.list = self.list.tangent(reader);
        tangent.a = self.a.tangent(reader);
        if self.best.is_some() { tangent.best = Some(reader.one()); }
        tangent
    }
}
}
";

const SHAPE: &str = "
#[derive(Clone, Debug, Differentiable)]
pub enum Shape { Disc(f64), Rect { w: f64, h: f64 }, Poly(Vec<f64>), At(Point, usize), Empty }
";
