//! Programs written against traits and indices.

use ad_runtime::conservative_grad;
use twin::{program, twin};
#[allow(unused_imports)]
use types::{Area as _, Mass as _, Pieces as _, Rule as _, Step as _};
#[allow(unused_imports)]
use types_dual::{Area as _, Mass as _, Pieces as _, Rule as _, Step as _};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};
    use std::ops::{Index, IndexMut};

    /// Outputs, slices, vectors, tuples, options.
    #[conservative_grad]
    pub trait Step {
        fn advance(&self, y: &mut [f64], x: &[f64], h: f64);
        fn slope(&self, x: f64) -> Option<f64>;
        fn both(&self, x: [f64; 2]) -> (f64, [f64; 2]);
        fn list(&self, n: usize, x: f64) -> Vec<f64>;
        fn run(&self, y: &mut [f64], h: f64, n: usize) -> Option<f64> {
            let mut sum = 0.0;
            for k in 0..n {
                let x = y.to_vec();
                self.advance(y, &x, h);
                sum += self.slope(y[k % y.len()])?;
            }
            let (a, b) = self.both([sum, y[0]]);
            let list: Vec<f64> = self.list(n, a);
            Some(a * b[1] + list.iter().sum::<f64>())
        }
        /// Calls itself.
        fn deep(&self, x: f64, n: usize) -> f64 {
            if n == 0 {
                return self.slope(x).unwrap_or(x);
            }
            self.deep(x * 0.9, n - 1) * x + self.deep(x * 0.5, n - 1)
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Pendulum {
        pub g: f64,
    }
    #[conservative_grad]
    impl Step for Pendulum {
        fn advance(&self, y: &mut [f64], x: &[f64], h: f64) {
            y[0] = x[0] + h * x[1];
            y[1] = x[1] - h * self.g * x[0].sin();
        }
        fn slope(&self, x: f64) -> Option<f64> {
            if x > 40.0 { None } else { Some(x * x * self.g) }
        }
        fn both(&self, x: [f64; 2]) -> (f64, [f64; 2]) {
            (x[0] * self.g, [x[1], x[0].max(x[1])])
        }
        fn list(&self, n: usize, x: f64) -> Vec<f64> {
            let mut all = Vec::new();
            for k in 0..n {
                all.push(x * k as f64 + self.g);
            }
            all
        }
    }

    /// Two traits with methods of one name, and one of the type's own.
    #[conservative_grad]
    pub trait Area {
        fn size(&self) -> f64;
        fn doubled(&self) -> f64 {
            2.0 * self.size()
        }
    }
    #[conservative_grad]
    pub trait Mass {
        fn size(&self) -> f64;
        fn doubled(&self) -> f64 {
            4.0 * self.size() * self.size()
        }
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Ball {
        pub r: f64,
    }
    #[conservative_grad]
    impl Area for Ball {
        fn size(&self) -> f64 {
            self.r * self.r
        }
    }
    #[conservative_grad]
    impl Mass for Ball {
        fn size(&self) -> f64 {
            self.r.powi(3).max(0.1)
        }
    }
    #[conservative_grad]
    impl Ball {
        pub fn size(&self) -> f64 {
            self.r.exp()
        }
    }

    /// Methods that call the type's own of the same name, and ones that call themselves.
    #[conservative_grad]
    pub trait Twice {
        fn twice(&self, x: f64) -> f64;
        fn fall(&self, x: f64, n: usize) -> f64;
    }
    #[conservative_grad]
    impl Ball {
        pub fn twice(&self, x: f64) -> f64 {
            self.r * x * x
        }
    }
    #[conservative_grad]
    impl Twice for Ball {
        fn twice(&self, x: f64) -> f64 {
            self.twice(x) + Ball::twice(self, x * x)
        }
        fn fall(&self, x: f64, n: usize) -> f64 {
            if n == 0 {
                x
            } else {
                self.fall(x * self.r, n - 1) + x
            }
        }
    }

    /// What is active is said of the method; rules are given by hand.
    #[conservative_grad]
    pub trait Rule {
        #[conservative_grad(wrt(x))]
        fn at(&self, x: f64, n: f64) -> f64;
        #[conservative_grad(wrt(x))]
        fn thrice(&self, x: f64) -> f64 {
            self.at(x, 3.0) + self.at(x * x, 1.0)
        }
    }
    /// Holds what is not differentiated.
    #[derive(Clone, Debug, Differentiable)]
    pub struct Power {
        pub name: String,
    }
    #[conservative_grad]
    impl Rule for Power {
        #[conservative_grad(wrt(x))]
        fn at(&self, x: f64, n: f64) -> f64 {
            x.powf(n) * self.name.len() as f64
        }
    }

    /// Pieces, through `&mut self` in loops.
    #[conservative_grad]
    pub trait Pieces {
        fn push_on(&mut self, x: f64);
        fn value(&self) -> f64;
    }
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct Mean {
        pub sum: f64,
        pub n: usize,
    }
    #[conservative_grad]
    impl Pieces for Mean {
        fn push_on(&mut self, x: f64) {
            self.sum += x * self.sum.cos();
            self.n += 1;
        }
        fn value(&self) -> f64 {
            self.sum / self.n as f64
        }
    }
    #[derive(Clone, Debug, Differentiable)]
    pub struct History {
        pub all: Vec<f64>,
    }
    #[conservative_grad]
    impl Pieces for History {
        fn push_on(&mut self, x: f64) {
            self.all.push(x);
            self.all[0] *= x;
        }
        fn value(&self) -> f64 {
            let mut v = 0.0;
            for (k, x) in self.all.iter().enumerate() {
                v += x * k as f64 + x * x;
            }
            v
        }
    }
    #[conservative_grad]
    pub fn feed<P: Pieces + Differentiable + Clone>(p: &mut P, x: &[f64]) -> f64 {
        let mut sum = 0.0;
        let start = p.clone();
        for v in x {
            p.push_on(*v);
            if p.value() > 0.4 {
                sum += p.value() * v;
            } else {
                *p = start.clone();
                p.push_on(sum);
            }
        }
        sum
    }

    #[conservative_grad]
    pub fn keep_feeding<P: Pieces + Differentiable>(p: &mut P, x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for v in x {
            p.push_on(*v + sum);
            sum += p.value() * v;
        }
        sum
    }

    #[derive(Clone, Debug, Differentiable)]
    pub struct Mat {
        pub cols: usize,
        pub data: Vec<f64>,
    }
    #[conservative_grad]
    impl Index<(usize, usize)> for Mat {
        type Output = f64;
        fn index(&self, (i, j): (usize, usize)) -> &f64 {
            debug_assert!(j < self.cols);
            let k = self.cols * i + j;
            &self.data[k]
        }
    }
    #[conservative_grad]
    impl IndexMut<(usize, usize)> for Mat {
        fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
            debug_assert!(j < self.cols);
            let k = self.cols * i + j;
            &mut self.data[k]
        }
    }

    #[derive(Clone, Debug, Differentiable)]
    pub struct Net {
        pub layers: Vec<Mat>,
        pub last: Option<Mat>,
        pub bias: f64,
    }
    #[conservative_grad]
    impl Net {
        pub fn run(&self, x: [f64; 2]) -> [f64; 2] {
            let mut x = x;
            for l in &self.layers {
                let mut y = [self.bias; 2];
                for i in 0..2 {
                    for j in 0..2 {
                        y[i] += l[(i, j)] * x[j];
                    }
                    y[i] = y[i].max(0.0) + 0.1 * y[i];
                }
                x = y;
            }
            if let Some(m) = &self.last {
                x[0] *= m[(0, 1)];
            }
            x
        }
        pub fn decay(&mut self, k: f64) {
            for l in 0..self.layers.len() {
                self.layers[l][(0, 0)] *= k;
                self.layers[l][(1, 0)] -= self.layers[0][(0, 0)] * self.bias;
            }
            if let Some(m) = &mut self.last {
                m[(0, 1)] += k;
            }
        }
    }
}

#[program(y[2], n = 4, on(0.2, 1.0))]
#[conservative_grad]
fn steps(y: &mut [f64], g: f64, h: f64, n: usize) -> f64 {
    let p = types::Pendulum { g };
    let first = p.run(y, h, n).unwrap_or(0.0);
    let second = p.run(y, h * g, n).unwrap_or(h);
    first * second + y[0] * p.deep(h, 3)
}

#[program(n = 3, on(0.2, 1.0))]
#[conservative_grad]
fn one_name(r: f64, n: usize) -> f64 {
    let b = types::Ball { r };
    let mut sum = 0.0;
    for k in 0..n {
        sum += types::Area::size(&b) * types::Mass::size(&b) + b.size() * k as f64;
    }
    sum += types::Twice::twice(&b, r) * b.twice(0.3) + types::Twice::fall(&b, r, n);
    sum + types::Area::doubled(&b) * <types::Ball as types::Mass>::doubled(&b)
}

#[program(on(0.2, 1.0))]
#[conservative_grad]
fn only_of_x(x: f64, y: f64) -> f64 {
    let p = types::Power {
        name: "power".to_string(),
    };
    p.thrice(x * y) * p.at(y, 2.0)
}

#[program(x[5], on(0.2, 1.4))]
#[conservative_grad]
fn fed(x: &[f64], s: f64) -> f64 {
    let mut m = types::Mean { sum: s, n: 1 };
    let mut h = types::History {
        all: vec![s, s * s],
    };
    let a = types::feed(&mut m, x);
    let b = types::keep_feeding(&mut h, x);
    let c = types::feed(&mut m, &x[1..3]) + types::feed(&mut h, x) * s;
    a * b + c * m.value() + h.value()
}

#[program(x[6])]
#[conservative_grad]
fn reshaped(x: &[f64], k: f64) -> f64 {
    let mut m = types::Mat {
        cols: 3,
        data: x.to_vec(),
    };
    let a = m[(1, 0)] * m[(0, 2)];
    m[(1, 1)] = a * k;
    m.cols = 2;
    let b = m[(1, 0)] * m[(2, 1)];
    m[(2, 0)] += b;
    m.data.push(a * b);
    let c = m[(3, 0)];
    m = types::Mat {
        cols: 1,
        data: vec![c, a, k],
    };
    m[(1, 0)] *= m[(2, 0)];
    m[(1, 0)] * m[(0, 0)] + b
}

#[twin]
#[conservative_grad]
fn bump(x: &mut f64, k: f64) -> f64 {
    *x *= k;
    *x + k
}

#[program(x[4])]
#[conservative_grad]
fn elements_are_lent(x: &[f64], k: f64) -> f64 {
    let mut m = types::Mat {
        cols: 2,
        data: x.to_vec(),
    };
    let mut sum = 0.0;
    for t in 0..4 {
        let at = (t / 2, t % 2);
        sum += bump(&mut m[at], k + sum);
        let e = &mut m[(t % 2, t / 2)];
        *e -= sum * 0.1;
        if m[at].abs() > m[(0, 0)].max(0.1) * 1.1 {
            sum -= m[at];
        }
    }
    let total = |i: usize| m[(i, 0)] * m[(i, 1)];
    sum + total(0) - total(1) * -m[(1, 1)]
}

#[program(x[8], on(-1.0, 1.0))]
#[conservative_grad]
fn in_fields(x: &[f64], k: f64) -> f64 {
    let a = types::Mat {
        cols: 2,
        data: x[..4].to_vec(),
    };
    let b = types::Mat {
        cols: 2,
        data: x[4..].to_vec(),
    };
    let mut net = types::Net {
        layers: vec![a.clone(), b.clone(), a],
        last: Some(b),
        bias: k,
    };
    let before = net.run([x[0], 1.0]);
    net.decay(k);
    net.decay(before[0]);
    let after = net.run(before);
    after[0] + after[1] * before[1] + net.layers[1][(1, 0)] * net.last.as_ref().unwrap()[(0, 1)]
}

#[program(x[4], on(0.1, 0.9))]
#[conservative_grad]
fn until(x: &[f64], k: f64) -> f64 {
    let mut m = types::Mat {
        cols: 2,
        data: x.to_vec(),
    };
    let (mut i, mut j) = (0, 1);
    let mut trips = 0;
    while m[(i, j)] < 3.0 && trips < 12 {
        m[(j, i)] += m[(i, j)] * k + 0.3;
        (i, j) = (j, i);
        if trips == 5 {
            i = 1;
            j = 1;
        }
        trips += 1;
    }
    m[(0, 1)] * m[(1, 0)] + m[(1, 1)] * m[(0, 0)]
}
