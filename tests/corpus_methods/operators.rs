//! Operators of types of the user's, by value and by reference.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};
    use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct V {
        pub x: f64,
        pub y: f64,
    }

    impl V {
        #[conservative_grad]
        pub fn new(x: f64, y: f64) -> Self {
            V { x, y }
        }
    }

    #[conservative_grad]
    impl Add for V {
        type Output = V;
        fn add(self, o: V) -> V {
            V {
                x: self.x + o.x,
                y: self.y + o.y,
            }
        }
    }
    #[conservative_grad]
    impl Sub for V {
        type Output = Self;
        fn sub(self, o: Self) -> Self::Output {
            Self {
                x: self.x - o.x,
                y: self.y - o.y,
            }
        }
    }
    #[conservative_grad]
    impl Mul<f64> for V {
        type Output = V;
        fn mul(self, k: f64) -> V {
            V::new(self.x * k, self.y * k)
        }
    }
    #[conservative_grad]
    impl Mul<V> for f64 {
        type Output = V;
        fn mul(self, v: V) -> V {
            v * self
        }
    }
    /// The product of complex numbers.
    #[conservative_grad]
    impl Mul for V {
        type Output = V;
        fn mul(self, o: V) -> V {
            V {
                x: self.x * o.x - self.y * o.y,
                y: self.x * o.y + self.y * o.x,
            }
        }
    }
    #[conservative_grad]
    impl Div<f64> for V {
        type Output = V;
        fn div(self, k: f64) -> V {
            V {
                x: self.x / k,
                y: self.y / k,
            }
        }
    }
    /// Not the negation.
    #[conservative_grad]
    impl Neg for V {
        type Output = V;
        fn neg(self) -> V {
            V {
                x: -self.x,
                y: self.y * self.y,
            }
        }
    }
    /// Not the sum.
    #[conservative_grad]
    impl AddAssign for V {
        fn add_assign(&mut self, o: V) {
            self.x += o.x * self.y;
            self.y += o.y;
        }
    }
    #[conservative_grad]
    impl SubAssign<f64> for V {
        fn sub_assign(&mut self, k: f64) {
            self.x -= k;
        }
    }
    #[conservative_grad]
    impl MulAssign<f64> for V {
        fn mul_assign(&mut self, k: f64) {
            *self = *self * k;
        }
    }
    #[conservative_grad]
    impl DivAssign<f64> for V {
        fn div_assign(&mut self, k: f64) {
            self.x /= k;
            self.y /= k * self.x;
        }
    }

    /// On the heap: its operators take references.
    #[derive(Clone, Debug, Differentiable)]
    pub struct L {
        pub w: Vec<f64>,
    }

    #[conservative_grad]
    impl L {
        pub fn new(a: f64, b: f64) -> L {
            L {
                w: vec![a, b, a * b],
            }
        }
        pub fn at(&self, i: usize) -> f64 {
            self.w[i]
        }
    }
    #[conservative_grad]
    impl Add<&L> for &L {
        type Output = L;
        fn add(self, o: &L) -> L {
            let mut w = self.w.clone();
            for i in 0..w.len() {
                w[i] += o.w[i] * o.w[i];
            }
            L { w }
        }
    }
    #[conservative_grad]
    impl Mul<f64> for &L {
        type Output = L;
        fn mul(self, k: f64) -> L {
            let mut w = self.w.clone();
            for i in 0..w.len() {
                w[i] *= k.max(w[i]);
            }
            L { w }
        }
    }
    #[conservative_grad]
    impl Mul<f64> for L {
        type Output = L;
        fn mul(self, k: f64) -> L {
            L {
                w: vec![self.w[0] * k, self.w[1], self.w[2] + k],
            }
        }
    }
    #[conservative_grad]
    impl AddAssign<&L> for L {
        fn add_assign(&mut self, o: &L) {
            for i in 0..self.w.len() {
                self.w[i] = self.w[i] * o.w[i] + o.w[0];
            }
        }
    }
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn sums(a: f64, b: f64) -> f64 {
    let (p, q) = (types::V::new(a, b), types::V::new(b, 0.5));
    let r = p + q - p * 0.5 + 2.0 * q;
    r.x * r.y
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn products(a: f64, b: f64, k: f64) -> f64 {
    let z = types::V::new(a, b);
    let w = z * z * k + z * types::V::new(k, 1.0);
    w.x - w.y * a
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn negations(a: f64, b: f64) -> f64 {
    let z = -types::V::new(a, b);
    let w = -(z + z) * b;
    w.x * w.y + z.y
}

#[program(on(0.3, 1.2))]
#[conservative_grad]
fn quotients(a: f64, b: f64) -> f64 {
    let z = types::V::new(a, b) / b;
    (z / a).x * z.y
}

#[program(on(0.3, 1.2))]
#[conservative_grad]
fn assignments(a: f64, b: f64, k: f64) -> f64 {
    let mut z = types::V::new(a, b);
    z += types::V::new(b, k);
    z *= k;
    z -= a;
    z /= b;
    z += z;
    z.x * z.y
}

#[program(n = 5, on(0.2, 0.9))]
#[conservative_grad]
fn iterated(a: f64, b: f64, n: usize) -> f64 {
    let c = types::V::new(a, b);
    let mut z = c;
    let mut s = 0.0;
    for i in 0..n {
        z = z * z + c;
        if i % 2 == 1 {
            z += c * s;
        }
        s += z.x * 0.1;
        z *= 0.5;
    }
    s * z.y
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn of_references(a: f64, b: f64, k: f64) -> f64 {
    let (p, q) = (types::L::new(a, b), types::L::new(b, k));
    let r = &p + &q;
    let s = &(&r * k) + &p;
    s.at(0) * s.at(1) + r.w[2] + q.at(2)
}

#[program(on(-1.2, 1.2))]
#[conservative_grad]
fn of_both_kinds(a: f64, b: f64, k: f64) -> f64 {
    let p = types::L::new(a, b);
    let q = &p * k;
    let r = p * k;
    q.w[0] * r.w[0] + q.w[1] * r.w[2]
}

#[program(n = 3, on(-1.0, 1.0))]
#[conservative_grad]
fn assigned_references(a: f64, b: f64, n: usize) -> f64 {
    let q = types::L::new(b, a);
    let mut p = types::L::new(a, 0.5);
    for _ in 0..n {
        p += &q;
        p = &p * 0.7;
    }
    p.at(0) + p.w[1] * p.w[2]
}

#[twin]
#[conservative_grad]
fn mixed(v: types::V, k: f64) -> types::V {
    let doubled = v + v;
    doubled * k - -v
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn through_functions(a: f64, b: f64) -> f64 {
    let z = mixed(types::V::new(a, b), a);
    mixed(z, b).x * z.y
}
