//! Traits with all kinds of receivers, default bodies, and generic code over them.

use ad_runtime::conservative_grad;
use twin::{program, twin};
#[allow(unused_imports)]
use types::{Shape as _, Solid as _};
#[allow(unused_imports)]
use types_dual::{Shape as _, Solid as _};

#[twin]
mod types {
    use ad_runtime::{Differentiable, Keep, conservative_grad};

    #[conservative_grad]
    pub trait Shape {
        const CORNERS: usize;
        fn new(size: f64) -> Self
        where
            Self: Sized;
        fn area(&self) -> f64;
        fn scaled(&self, k: f64) -> f64 {
            k * self.area() + (k - self.area()).abs() * 0.5
        }
        fn grow(&mut self, k: f64);
        fn grown(mut self, k: f64) -> Self
        where
            Self: Sized,
        {
            self.grow(k);
            self.grow(k * 0.5);
            self
        }
        fn corners(&self) -> usize {
            Self::CORNERS
        }
        /// Not differentiated: it borrows.
        fn name(&self) -> &'static str {
            "a shape"
        }
        #[conservative_grad(skip)]
        fn describe(&self) -> String {
            format!("{} of {}", self.name(), self.corners())
        }
    }

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Disc {
        pub r: f64,
    }

    #[conservative_grad]
    impl Shape for Disc {
        const CORNERS: usize = 0;
        fn new(size: f64) -> Self {
            Disc { r: size * size }
        }
        fn area(&self) -> f64 {
            3.0 * self.r * self.r
        }
        fn grow(&mut self, k: f64) {
            self.r += k * self.r;
        }
        fn name(&self) -> &'static str {
            "a disc"
        }
    }

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Rect {
        pub a: f64,
        pub b: f64,
        pub n: usize,
    }

    #[conservative_grad]
    impl Shape for Rect {
        const CORNERS: usize = 4;
        fn new(size: f64) -> Rect {
            Rect {
                a: size,
                b: 2.0 * size,
                n: 3,
            }
        }
        fn area(&self) -> f64 {
            let mut sum = 0.0;
            for _ in 0..self.n {
                sum += self.a * self.b.max(self.a);
            }
            sum
        }
        /// Not the default.
        fn scaled(&self, k: f64) -> f64 {
            self.area() * k * k
        }
        fn grow(&mut self, k: f64) {
            self.a *= k;
            self.b += k * self.a;
        }
        #[conservative_grad(skip)]
        fn describe(&self) -> String {
            "a rectangle".to_string()
        }
    }

    /// A number is a shape.
    #[conservative_grad]
    impl Shape for f64 {
        const CORNERS: usize = 1;
        fn new(size: f64) -> Self {
            size.sin()
        }
        fn area(&self) -> f64 {
            *self * self.abs()
        }
        fn grow(&mut self, k: f64) {
            *self *= k;
        }
    }

    /// So are many, and one behind a box.
    #[conservative_grad]
    impl<S: Shape + Keep + Clone> Shape for Vec<S> {
        const CORNERS: usize = 2;
        fn new(size: f64) -> Self {
            vec![S::new(size), S::new(size * 0.5)]
        }
        fn area(&self) -> f64 {
            let mut sum = 0.0;
            for shape in self.iter() {
                sum += shape.area() * shape.scaled(0.3);
            }
            sum
        }
        fn grow(&mut self, k: f64) {
            for i in 0..self.len() {
                self[i].grow(k);
            }
        }
    }

    /// With what another trait adds.
    #[conservative_grad]
    pub trait Solid: Shape {
        fn height(&self) -> f64;
        fn volume(&self) -> f64 {
            self.area() * self.height()
        }
    }
    #[conservative_grad]
    impl Solid for Disc {
        fn height(&self) -> f64 {
            self.r.exp()
        }
    }
    #[conservative_grad]
    impl Solid for Rect {
        fn height(&self) -> f64 {
            self.a - self.b
        }
        fn volume(&self) -> f64 {
            self.height() * self.scaled(0.7)
        }
    }

    #[conservative_grad]
    pub fn total<S: Shape + Differentiable>(s: &S, k: f64) -> f64 {
        k * s.area() + s.scaled(k) * s.corners() as f64
    }

    #[conservative_grad]
    pub fn both<A, B>(a: &A, b: &B) -> f64
    where
        A: Shape + Differentiable,
        B: Differentiable + Solid,
    {
        Shape::area(a) * b.volume() + <B as Shape>::scaled(b, a.area())
    }

    #[conservative_grad]
    pub fn made<S: Shape + Differentiable + Clone>(x: f64) -> f64 {
        let mut s = S::new(x);
        s.grow(x);
        let before = s.area();
        let t = s.grown(0.25 * x);
        before * t.area()
    }

    #[conservative_grad]
    pub fn grown_twice<S: Shape + Differentiable + Clone>(s: &mut S, k: f64) -> f64 {
        s.grow(k);
        let a = s.area();
        s.grow(a * 0.1);
        s.area() * a
    }

    #[conservative_grad]
    pub fn sum_of<S: Shape + Differentiable>(shapes: &[S], k: f64) -> f64 {
        let mut sum = 0.0;
        for s in shapes {
            if s.area() > k {
                sum += s.scaled(k);
            } else {
                sum -= total(s, k);
            }
        }
        sum
    }

    /// A generic type over the trait.
    #[derive(Clone, Debug, Differentiable)]
    pub struct Scene<S> {
        pub shapes: Vec<S>,
        pub weight: f64,
    }

    #[conservative_grad]
    impl<S: Shape + Differentiable> Scene<S> {
        pub fn area(&self) -> f64 {
            self.weight * sum_of(&self.shapes, 0.4) + self.shapes[0].area()
        }
    }
    #[conservative_grad]
    impl<S: Shape + Keep + Clone> Solid for Vec<S> {
        fn height(&self) -> f64 {
            self[0].area()
        }
    }
}

#[program(on(0.3, 1.5))]
#[conservative_grad]
fn of_a_disc(r: f64, k: f64) -> f64 {
    let d = types::Disc { r };
    d.area() * k + d.scaled(k) + d.volume()
}

#[program(on(0.3, 1.5))]
#[conservative_grad]
fn of_a_rectangle(a: f64, b: f64, k: f64) -> f64 {
    let mut q = types::Rect { a, b, n: 2 };
    q.grow(k);
    let first = q.scaled(b);
    q.grow(first);
    q.volume() + q.corners() as f64 * first
}

#[program(on(0.3, 1.5))]
#[conservative_grad]
fn generically(r: f64, a: f64, k: f64) -> f64 {
    let d = types::Disc { r };
    let q = types::Rect { a, b: r, n: 3 };
    types::total(&d, k) + types::total(&q, r) * types::both(&d, &q) + types::total(&a, k)
}

#[program(on(0.3, 1.2))]
#[conservative_grad]
fn by_type(x: f64) -> f64 {
    types::made::<types::Disc>(x) + types::made::<types::Rect>(x * x) + types::made::<f64>(x)
}

#[program(on(0.3, 1.2))]
#[conservative_grad]
fn changed(x: f64, k: f64) -> f64 {
    let mut d = types::Disc { r: x };
    let mut q = types::Rect { a: x, b: k, n: 1 };
    let mut y = x * k;
    let sum = types::grown_twice(&mut d, k) + types::grown_twice(&mut q, x);
    let last = types::grown_twice(&mut y, k);
    sum * y + d.r * q.a - q.b + last
}

#[program(r[4], on(0.3, 1.2))]
#[conservative_grad]
fn many(r: &[f64], k: f64) -> f64 {
    let mut shapes = Vec::new();
    for v in r {
        shapes.push(types::Disc { r: *v });
    }
    let sum = types::sum_of(&shapes, k);
    let area = types::Shape::area(&shapes);
    types::Shape::grow(&mut shapes, k);
    sum + area * <Vec<types::Disc> as types::Shape>::scaled(&shapes, k) + types::total(&shapes, k)
}

#[program(on(0.3, 1.2))]
#[conservative_grad]
fn in_a_scene(r: f64, w: f64) -> f64 {
    let scene = types::Scene {
        shapes: vec![types::Disc { r }, types::Disc { r: r * w }],
        weight: w,
    };
    scene.area() * w
}

#[test]
fn what_is_not_differentiated_works() {
    use types::Shape;
    let d = types::Disc { r: 1.0 };
    assert_eq!(
        (d.name(), d.describe()),
        ("a disc", "a disc of 0".to_owned())
    );
    assert_eq!(types::Rect::new(1.0).describe(), "a rectangle");
    let (value, (of_disc, of_k)) = d.scaled_grad(2.0);
    assert_eq!((value, of_disc.r, of_k), (6.5, 15.0, 2.5));
    let (_, trace) = d.scaled_trace(2.0);
    assert_eq!(trace.selections().len(), 1);
    assert_eq!(types::Disc::scaled_sites().len(), 1);
    assert_eq!(types::Rect::area_sites().len(), 1);
}
