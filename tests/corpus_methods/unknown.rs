//! Methods of floats and integers in fields, where only rustc knows the type.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct M {
        pub a: f64,
        pub b: f64,
        pub n: usize,
        pub i: i32,
    }

    #[conservative_grad]
    impl M {
        pub fn new(a: f64, b: f64) -> M {
            M { a, b, n: 3, i: -2 }
        }
        pub fn smooth(&self) -> f64 {
            self.a.sin() * self.b.cos()
                + self.a.exp() * self.b.tanh()
                + self.a.atan()
                + self.b.exp_m1()
                + self.a.midpoint(self.b) * self.b
        }
        pub fn positive(&self) -> f64 {
            self.a.ln()
                + self.b.sqrt()
                + self.a.powf(self.b)
                + self.a.recip()
                + self.b.cbrt()
                + self.a.log10()
        }
        pub fn kinks(&self) -> f64 {
            self.a.max(self.b) * self.a.abs() + self.b.min(0.3) + self.a.clamp(-0.5, 0.5) * self.b
        }
        pub fn against(&self, k: f64) -> f64 {
            self.a.max(0.0) * k + (self.b * k).max(self.a).abs() + k.max(self.b)
        }
        pub fn steps(&self) -> f64 {
            self.a * self.b.floor()
                + self.b.fract()
                + self.a.rem_euclid(0.7)
                + self.a.signum() * self.b
        }
        pub fn counted(&self) -> f64 {
            let mut s = 0.0;
            for i in 0..self.n.max(2).min(5) {
                s += self.a.powi(i as i32) * (self.i.abs().pow(2) as f64)
                    + self.b.mul_add(s, self.a);
            }
            if self.n.is_power_of_two() {
                s
            } else {
                s * self.a
            }
        }
        pub fn looped(&self, k: f64) -> f64 {
            let mut s = self.b;
            for _ in 0..self.n {
                s = (s * self.a).exp().sqrt().max(s * 0.5) + self.b.hypot(k);
            }
            s
        }
        pub fn branches(&self) -> f64 {
            if self.a > self.b {
                self.a * self.b.sinh()
            } else if self.a.is_nan() || self.n > 4 {
                0.0
            } else {
                let (s, c) = self.b.sin_cos();
                s * c - self.a
            }
        }
    }
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn smooth(a: f64, b: f64) -> f64 {
    types::M::new(a, b).smooth()
}

#[program(on(0.3, 1.4))]
#[conservative_grad]
fn positive(a: f64, b: f64) -> f64 {
    types::M::new(a, b).positive()
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn kinks(a: f64, b: f64) -> f64 {
    types::M::new(a, b).kinks()
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn against(a: f64, b: f64, k: f64) -> f64 {
    types::M::new(a, b).against(k)
}

#[program(on(0.1, 0.9))]
#[conservative_grad]
fn steps(a: f64, b: f64) -> f64 {
    types::M::new(a, b).steps()
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn counted(a: f64, b: f64) -> f64 {
    types::M::new(a, b).counted()
}

#[program(on(0.2, 1.0))]
#[conservative_grad]
fn looped(a: f64, b: f64, k: f64) -> f64 {
    types::M::new(a, b).looped(k)
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn branches(a: f64, b: f64) -> f64 {
    types::M::new(a, b).branches()
}

/// The same on fields in a function.
#[program(n = 4, on(0.2, 1.0))]
#[conservative_grad]
fn fields(a: f64, b: f64, n: usize) -> f64 {
    let mut m = types::M::new(a, b);
    let mut s = 0.0;
    for i in 0..n {
        m.a = m.a.sin().max(m.b * 0.3);
        s += m.a.exp() * m.b.ln();
        m.b += m.a.sqrt();
        m.n += i;
    }
    s + m.n.max(1) as f64 * m.b
}

/// Kept by a `let mut`, changed later.
#[program(on(0.2, 1.0))]
#[conservative_grad]
fn of_memories(a: f64, b: f64) -> f64 {
    let m = types::M::new(a, b);
    let mut best = m.a.exp();
    let first = best;
    best = best.max(m.b * 3.0);
    best = best.sqrt() * m.a;
    best.tanh() * first
}
