//! Methods that change their receiver, whose old values are needed later.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct State {
        pub x: f64,
        pub v: f64,
        pub steps: usize,
    }

    #[conservative_grad]
    impl State {
        pub fn new(x: f64, v: f64) -> State {
            State { x, v, steps: 0 }
        }
        pub fn step(&mut self, dt: f64) {
            let a = -self.x.sin();
            self.v += a * dt;
            self.x += self.v * dt;
            self.steps += 1;
        }
        pub fn energy(&self) -> f64 {
            0.5 * self.v * self.v + 1.0 - self.x.cos()
        }
        pub fn run(&mut self, n: usize, dt: f64) -> f64 {
            let mut s = 0.0;
            for _ in 0..n {
                self.step(dt);
                s += self.energy();
            }
            s * self.x
        }
        pub fn swap(&mut self) {
            let x = self.x;
            self.x = self.v * x;
            self.v = x;
        }
        pub fn take(&mut self) -> f64 {
            let x = self.x * self.v;
            self.x = 1.0;
            x
        }
        pub fn meet(&mut self, o: &mut State, k: f64) {
            self.x += o.x * k;
            o.v *= self.x;
        }
        pub fn reset_if(&mut self, k: f64) -> bool {
            if self.x > k {
                self.x = k * self.v;
                return true;
            }
            false
        }
        pub fn changed(mut self, k: f64) -> State {
            self.step(k);
            self.swap();
            self
        }
    }

    #[derive(Clone, Debug, Differentiable)]
    pub struct Pair {
        pub a: State,
        pub b: State,
        pub w: [f64; 3],
    }

    #[conservative_grad]
    impl Pair {
        pub fn new(x: f64, y: f64) -> Self {
            Pair {
                a: State::new(x, y),
                b: State::new(y, 1.0),
                w: [x, y, x * y],
            }
        }
        pub fn step(&mut self, k: f64) {
            self.a.step(k);
            let e = self.a.energy();
            self.b.step(e * k);
            self.w[1] *= e;
            for i in 0..3 {
                self.w[i] += self.b.x * self.a.v;
            }
        }
        pub fn cross(&mut self, k: f64) -> f64 {
            self.a.meet(&mut self.b, k);
            self.a.energy() * self.b.energy()
        }
        pub fn total(&self) -> f64 {
            self.a.energy() + self.b.energy() * self.w[0] + self.w[1] * self.w[2]
        }
    }
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn once(x: f64, v: f64, dt: f64) -> f64 {
    let mut s = types::State::new(x, v);
    let before = s.energy();
    s.step(dt);
    s.energy() * before
}

#[program(n = 6, on(-1.0, 1.0))]
#[conservative_grad]
fn in_loops(x: f64, v: f64, dt: f64, n: usize) -> f64 {
    let mut s = types::State::new(x, v);
    let mut sum = 0.0;
    for i in 0..n {
        if i % 2 == 0 {
            s.step(dt);
        } else {
            s.swap();
        }
        sum += s.energy() * s.x;
    }
    sum + s.steps as f64
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn several_calls(x: f64, v: f64) -> f64 {
    let mut s = types::State::new(x, v);
    let t = types::State::take(&mut s);
    s.step(t);
    let u = types::State::take(&mut s) * s.v;
    s.swap();
    t * u + s.x * s.v + types::State::take(&mut s)
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn nested(x: f64, v: f64, dt: f64) -> f64 {
    let mut s = types::State::new(x, v);
    let first = s.run(3, dt);
    first * s.run(2, first * 0.1) + s.energy()
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn fields_of_one(x: f64, v: f64, k: f64) -> f64 {
    let mut p = types::Pair::new(x, v);
    p.step(k);
    let c = p.cross(k);
    p.a.step(c);
    p.step(0.3);
    p.total() * c
}

#[program(n = 4, on(-0.8, 0.8))]
#[conservative_grad]
fn pairs_in_loops(x: f64, v: f64, k: f64, n: usize) -> f64 {
    let mut p = types::Pair::new(x, v);
    let mut s = 0.0;
    for i in 0..n {
        p.step(k);
        if i > 1 {
            s += p.cross(0.5);
        }
        s += p.total() * p.w[i % 3];
    }
    s
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn of_two(x: f64, y: f64) -> f64 {
    let mut a = types::State::new(x, y);
    let mut b = types::State::new(y, x);
    a.meet(&mut b, 0.7);
    b.meet(&mut a, x);
    types::State::meet(&mut a, &mut b, y);
    a.energy() * b.energy() + a.x * b.v
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn with_answers(x: f64, y: f64) -> f64 {
    let mut a = types::State::new(x, y);
    let mut n = 0.0;
    for k in [0.5, 0.25, -0.1, -0.9] {
        if a.reset_if(k) {
            n += a.x;
        }
        a.step(0.1);
    }
    n + a.energy()
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn by_value_changed(x: f64, y: f64) -> f64 {
    let a = types::State::new(x, y);
    let b = a.changed(y);
    a.energy() * b.energy() + b.changed(x).x
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn written_out(x: f64, out: &mut [f64; 2]) -> f64 {
    let mut s = types::State::new(x, out[0]);
    s.step(out[1]);
    out[0] = s.x * out[1];
    s.swap();
    out[1] += s.energy();
    types::State::take(&mut s)
}

#[program(on(-1.0, 1.0))]
#[conservative_grad]
fn in_an_array(x: f64, y: f64) -> f64 {
    let mut all = [
        types::State::new(x, y),
        types::State::new(y, x),
        types::State::new(x * y, 0.5),
    ];
    for i in 0..3 {
        all[i].step(0.2);
    }
    all[1].swap();
    let e = all[0].energy();
    all[2].step(e);
    let mut s = 0.0;
    for i in 0..3 {
        s += all[i].energy() * types::State::take(&mut all[(i + 1) % 3]);
    }
    s
}
