//! Receivers of every kind, associated functions, calls between methods.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct P {
        pub x: f64,
        pub y: f64,
    }

    #[conservative_grad]
    impl P {
        pub fn new(x: f64, y: f64) -> Self {
            Self { x, y }
        }
        pub fn origin() -> P {
            P { x: 0.5, y: -0.5 }
        }
        pub fn dot(&self, o: &P) -> f64 {
            self.x * o.x + self.y * o.y
        }
        pub fn norm2(self) -> f64 {
            self.dot(&self)
        }
        pub fn scaled(self, k: f64) -> P {
            P::new(self.x * k, self.y * k)
        }
        pub fn plus(mut self, o: P) -> P {
            self.x += o.x;
            self.y += o.y;
            self
        }
        pub fn turned(self: &Self, angle: f64) -> P {
            let (s, c) = (angle.sin(), angle.cos());
            P {
                x: self.x * c - self.y * s,
                y: self.x * s + self.y * c,
            }
        }
        #[conservative_grad(wrt(self))]
        pub fn weighted(&self, n: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..n {
                s += self.x * (i as f64) + self.y.sin();
            }
            s
        }
        /// Recursion through methods.
        pub fn power(&self, n: u32) -> f64 {
            if n == 0 {
                return 1.0;
            }
            let half = self.power(n / 2);
            if n % 2 == 0 {
                half * half
            } else {
                half * half * self.norm2()
            }
        }
        pub fn both(&self, o: &P) -> (f64, f64) {
            (Self::dot(self, o), self.dot(self) * o.x)
        }
        pub fn larger(&self, o: &P) -> P {
            if self.norm2() > o.norm2() { *self } else { *o }
        }
    }

    impl P {
        #[conservative_grad]
        pub fn single(&self, k: f64) -> f64 {
            self.norm2() * k
        }
        #[conservative_grad]
        fn of(x: f64) -> Self {
            P { x, y: x * x }
        }
        #[conservative_grad]
        pub fn through(x: f64) -> f64 {
            Self::of(x).single(x) + P::of(x).x
        }
    }

    #[derive(Clone, Debug, Differentiable)]
    pub struct Line {
        pub ps: Vec<P>,
        pub closed: bool,
        pub scale: f64,
    }

    #[conservative_grad]
    impl Line {
        pub fn circle(n: usize, r: f64, closed: bool) -> Line {
            let mut ps: Vec<P> = Vec::new();
            for i in 0..n {
                ps.push(P::new(r, 0.0).turned(i as f64));
            }
            Line {
                ps,
                closed,
                scale: r,
            }
        }
        pub fn length2(&self) -> f64 {
            let n = self.ps.len();
            let mut s = 0.0;
            for i in 1..n {
                let d = self.ps[i].plus(self.ps[i - 1].scaled(-1.0));
                s += d.norm2();
            }
            if self.closed {
                s += self.ps[0].plus(self.ps[n - 1].scaled(-1.0)).norm2();
            }
            s * self.scale
        }
        pub fn stretched(self, k: f64) -> Line {
            let mut line = self;
            for i in 0..line.ps.len() {
                line.ps[i] = line.ps[i].scaled(k);
            }
            line
        }
        pub fn halves(&self) -> f64 {
            self.clone().stretched(0.5).length2() - self.length2()
        }
    }
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn dots(a: f64, b: f64, c: f64) -> f64 {
    let p = types::P::new(a, b);
    let q = types::P { x: c, y: a };
    p.dot(&q) * q.dot(&p) + p.dot(&p)
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn by_value(a: f64, b: f64) -> f64 {
    let p = types::P::new(a, b);
    p.scaled(a).plus(p).plus(types::P::origin()).norm2() + p.x
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn chained(a: f64, b: f64, k: f64) -> f64 {
    types::P::new(a, b)
        .scaled(k)
        .turned(k)
        .plus(types::P::new(k, 1.0))
        .scaled(2.0)
        .norm2()
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn paths(a: f64, b: f64) -> f64 {
    let p = types::P::new(a, b);
    types::P::dot(&p, &types::P::scaled(p, b)) + types::P::norm2(p) + types::P::weighted(&p, 3)
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn recursive(a: f64, b: f64) -> f64 {
    types::P::new(a, b).power(5) + types::P::new(b, a).power(4)
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn pairs(a: f64, b: f64, c: f64) -> f64 {
    let (u, v) = types::P::new(a, b).both(&types::P::new(c, a));
    u * v
}

#[program(on(0.1, 1.5))]
#[conservative_grad]
fn chosen(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let p = types::P::new(a, b).larger(&types::P::new(c, d));
    p.x * p.y + p.single(a)
}

#[program(on(-1.5, 1.5))]
#[conservative_grad]
fn associated(x: f64) -> f64 {
    types::P::through(x) * types::P::through(x * 0.5)
}

#[program(n = 5, on(0.2, 1.5))]
#[conservative_grad]
fn in_loops(a: f64, b: f64, n: usize) -> f64 {
    let mut p = types::P::new(a, b);
    let mut s = 0.0;
    for i in 0..n {
        let d = p.turned(a * 0.3);
        s += d.dot(&p) * (i as f64 + 1.0);
        p = d.scaled(0.9).plus(types::P::new(b, s * 0.01));
    }
    s + p.norm2()
}

#[program(n = 4, on(0.3, 1.2))]
#[conservative_grad]
fn lines(r: f64, k: f64, n: usize) -> f64 {
    let line = types::Line::circle(n, r, true);
    line.length2() + line.clone().stretched(k).length2() + line.halves()
}

#[program(n = 4, on(0.3, 1.2))]
#[conservative_grad]
fn lines_moved(r: f64, k: f64, n: usize) -> f64 {
    let open = types::Line::circle(n, r, false);
    let long = open.stretched(k);
    long.length2() * long.ps[1].x + long.scale
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn in_branches(a: f64, b: f64) -> f64 {
    let p = types::P::new(a, b);
    let mut s = if a > 0.0 {
        p.norm2()
    } else {
        p.dot(&types::P::new(b, 1.0))
    };
    if s > 0.3 {
        s *= p.scaled(s).norm2();
    }
    while s < 2.0 {
        s += 0.5 + p.norm2();
    }
    s
}

#[program(ps[6], on(-1.0, 1.0))]
#[conservative_grad]
fn from_slices(ps: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..ps.len() / 2 {
        let p = types::P::new(ps[2 * i], ps[2 * i + 1]);
        s += p.norm2() * p.single(s);
        s += p.x;
    }
    s
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn through_closures(a: f64, b: f64) -> f64 {
    let p = types::P::new(a, b);
    let f = |k: f64| p.scaled(k).norm2() + k;
    f(a) * f(2.0)
}
