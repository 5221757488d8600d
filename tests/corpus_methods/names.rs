//! Methods of the user's that are called like those of floats, vectors and iterators.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct C {
        pub re: f64,
        pub im: f64,
    }

    #[conservative_grad]
    impl C {
        pub fn new(re: f64, im: f64) -> C {
            C { re, im }
        }
        pub fn exp(self) -> C {
            let r = self.re.exp();
            C {
                re: r * self.im.cos(),
                im: r * self.im.sin(),
            }
        }
        pub fn sqrt(&self) -> C {
            let r = self.abs().sqrt();
            let t = self.im.atan2(self.re) / 2.0;
            C {
                re: r * t.cos(),
                im: r * t.sin(),
            }
        }
        pub fn abs(&self) -> f64 {
            self.re.hypot(self.im)
        }
        pub fn max(self, o: C) -> C {
            if self.abs() > o.abs() { self } else { o }
        }
        pub fn powi(&self, n: i32) -> C {
            let mut z = C { re: 1.0, im: 0.0 };
            for _ in 0..n {
                z = z.times(*self);
            }
            z
        }
        pub fn times(self, o: C) -> C {
            C {
                re: self.re * o.re - self.im * o.im,
                im: self.re * o.im + self.im * o.re,
            }
        }
        pub fn sum(&self) -> f64 {
            self.re + self.im * self.im
        }
        pub fn map(&self, k: f64) -> C {
            C {
                re: self.re * k,
                im: self.im,
            }
        }
        pub fn ln(&self) -> C {
            C {
                re: self.abs().ln(),
                im: self.im.atan2(self.re),
            }
        }
        pub fn recip(&self) -> C {
            let n = self.re * self.re + self.im * self.im;
            C {
                re: self.re / n,
                im: -self.im / n,
            }
        }
        pub fn floor(&self) -> f64 {
            self.re * self.im
        }
    }

    #[derive(Clone, Debug, Differentiable)]
    pub struct Stack {
        pub top: f64,
        pub below: f64,
    }

    #[conservative_grad]
    impl Stack {
        pub fn new(top: f64) -> Stack {
            Stack { top, below: 0.0 }
        }
        pub fn push(&mut self, x: f64) {
            self.below += self.top * x;
            self.top = x;
        }
        pub fn clamp(&mut self, lo: f64, hi: f64) {
            self.top = self.top * lo + hi;
        }
    }
}

#[program(on(0.2, 1.4))]
#[conservative_grad]
fn exponentials(a: f64, b: f64) -> f64 {
    let z = types::C::new(a, b);
    let w = z.exp();
    w.re * w.im + z.sqrt().re + z.times(w).abs()
}

#[program(on(0.2, 1.4))]
#[conservative_grad]
fn powers(a: f64, b: f64) -> f64 {
    let z = types::C::new(a, b);
    z.powi(3).re + z.powi(2).exp().im + z.recip().re + z.ln().im * z.ln().re
}

#[program(on(0.2, 1.4))]
#[conservative_grad]
fn larger(a: f64, b: f64, c: f64) -> f64 {
    let z = types::C::new(a, b).max(types::C::new(c, a));
    z.re * z.im + z.sum() + z.map(c).sum()
}

#[program(n = 4, on(0.2, 1.0))]
#[conservative_grad]
fn exponentials_in_loops(a: f64, b: f64, n: usize) -> f64 {
    let mut z = types::C::new(a, b);
    let mut s = 0.0;
    for _ in 0..n {
        let w = z.exp();
        s += w.abs() * z.re;
        z = w.sqrt().map(0.4).max(types::C::new(0.1, a));
    }
    s + types::C::floor(&z)
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn pushes(a: f64, b: f64) -> f64 {
    let mut s = types::Stack::new(a);
    s.push(b);
    s.push(a * b);
    s.clamp(a, 0.5);
    s.push(b);
    s.below * s.top
}
