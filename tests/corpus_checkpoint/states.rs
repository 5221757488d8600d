//! What an iteration hands to the next one.

use ad_runtime::conservative_grad;
use twin::{program, twin};

const KEPT: usize = 3;

#[program(n = 17, on(0.5, 1.2))]
#[conservative_grad]
fn number(x: f64, r: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(3)]
    for i in 0..n {
        s = r * s * (1.0 - s) + i as f64 * 0.01;
    }
    s * x
}

#[program(n = 14)]
#[conservative_grad]
fn array(a: f64, b: f64, n: usize) -> f64 {
    let mut p = [a, b, 1.0];
    let h = 0.05;
    #[checkpoint(KEPT)]
    for _ in 0..n {
        let d = [
            a * (p[1] - p[0]),
            p[0] * (b - p[2]) - p[1],
            p[0] * p[1] - p[2],
        ];
        for k in 0..3 {
            p[k] += h * d[k];
        }
    }
    p[0] + p[1] * p[2]
}

#[program(x[5], n = 9, on(0.1, 0.6))]
#[conservative_grad]
fn slice_in_place(x: &mut [f64], c: f64, n: usize) {
    x[0] *= x[1];
    #[checkpoint(2)]
    for k in 0..n {
        let m = x.len();
        for i in 0..m {
            let left = x[(i + m - 1) % m];
            x[i] += c * (left - x[i]) * x[i] + 0.01 * k as f64;
        }
    }
    x[2] *= x[3];
}

#[program(x[4], n = 8)]
#[conservative_grad]
fn vectors_exchanged(x: &[f64], n: usize) -> f64 {
    let mut old = x.to_vec();
    let mut new = vec![0.0; x.len()];
    #[checkpoint(2)]
    for _ in 0..n {
        for i in 0..old.len() {
            let j = (i + 1) % old.len();
            new[i] = (old[i] * old[j]).sin() + x[i];
        }
        std::mem::swap(&mut old, &mut new);
    }
    old.iter().sum()
}

#[program(x[3], n = 7)]
#[conservative_grad]
fn vector_replaced(x: &[f64], n: usize) -> f64 {
    let mut v = x.to_vec();
    #[checkpoint(2)]
    for _ in 0..n {
        v = v.iter().map(|t| (t * 1.1).cos()).collect::<Vec<f64>>();
    }
    v[0] * v[1] + v[2]
}

#[program(n = 6)]
#[conservative_grad]
fn vector_that_grows(x: f64, n: usize) -> f64 {
    let mut v = vec![x];
    #[checkpoint(2)]
    for i in 0..n {
        let last = v[i];
        v.push(last * last * 0.5 + x);
    }
    let mut s = 0.0;
    for t in &v {
        s += t * t;
    }
    s
}

#[program(n = 12)]
#[conservative_grad]
fn tuple_integer_and_flag(x: f64, y: f64, n: usize) -> f64 {
    let mut pair = (x, y);
    let mut random = 12345_u64;
    let mut odd = false;
    let mut s = 0.0;
    #[checkpoint(4)]
    for _ in 0..n {
        random = random
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let u = (random >> 40) as f64 / 16777216.0;
        if odd {
            pair.0 = (pair.0 + u * pair.1).sin();
        } else {
            pair.1 = pair.0 * pair.1 - u;
        }
        odd = !odd;
        s += pair.0 * pair.1;
    }
    s
}

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Differentiable)]
    pub struct Ball {
        pub at: [f64; 2],
        pub v: [f64; 2],
        pub bounces: usize,
    }

    #[conservative_grad]
    impl Ball {
        pub fn energy(&self) -> f64 {
            0.5 * (self.v[0] * self.v[0] + self.v[1] * self.v[1]) + self.at[1]
        }

        pub fn fall(&mut self, h: f64, steps: usize) {
            #[checkpoint(2)]
            for _ in 0..steps {
                self.v[1] -= h;
                self.at[0] += h * self.v[0];
                self.at[1] += h * self.v[1];
                if self.at[1] < 0.0 {
                    self.at[1] = -self.at[1];
                    self.v[1] = -0.8 * self.v[1];
                    self.bounces += 1;
                }
            }
        }
    }
}

#[program(n = 21)]
#[conservative_grad]
fn structure(x: f64, v: f64, h: f64, n: usize) -> f64 {
    let mut ball = types::Ball {
        at: [x, 1.0 + x],
        v: [v, v * 0.1],
        bounces: 0,
    };
    #[checkpoint(3)]
    for _ in 0..n {
        ball.v[1] -= h * 0.3;
        ball.at[0] += h * ball.v[0];
        ball.at[1] += h * ball.v[1];
        if ball.at[1] < 0.0 {
            ball.at[1] = -ball.at[1];
            ball.v[1] = -0.8 * ball.v[1];
            ball.bounces += 1;
        }
    }
    ball.energy() + ball.at[0] + ball.bounces as f64
}

#[program(n = 15)]
#[conservative_grad]
fn method_with_loop(x: f64, v: f64, n: usize) -> f64 {
    let mut ball = types::Ball {
        at: [x, 1.0],
        v: [v, 0.3],
        bounces: 0,
    };
    ball.fall(0.07, n);
    ball.fall(x * 0.05, 4);
    ball.energy() * ball.at[0]
}

#[program(n = 7)]
#[conservative_grad]
fn large_array(x: f64, n: usize) -> f64 {
    let mut u = [0.0; 300];
    for k in 0..300 {
        u[k] = (x * k as f64 * 0.01).sin();
    }
    #[checkpoint(2)]
    for _ in 0..n {
        for k in 1..299 {
            u[k] += 0.2 * (u[k - 1] - 2.0 * u[k] + u[k + 1]) * x;
        }
    }
    u[1] * u[150] + u[298]
}

#[program(n = 9)]
#[conservative_grad]
fn single_state(x: f32, n: usize) -> f32 {
    let mut s = x;
    #[checkpoint(3)]
    for _ in 0..n {
        s = (s + x).sin() * 0.9;
    }
    s
}

#[program(n = 6)]
#[conservative_grad]
fn parameter(mut x: f64, y: f64, n: usize) -> f64 {
    #[checkpoint(2)]
    for _ in 0..n {
        x = x * y + 0.1;
    }
    x
}

#[program(n = 6)]
#[conservative_grad]
fn behind_a_reference(x: &mut f64, y: f64, n: usize) {
    *x *= y;
    #[checkpoint(2)]
    for _ in 0..n {
        *x = (*x * y).sin();
    }
    *x += y;
}

#[program(n = 10)]
#[conservative_grad]
fn option_state(x: f64, n: usize) -> f64 {
    let mut best: Option<f64> = None;
    let mut s = x;
    #[checkpoint(3)]
    for k in 0..n {
        s = (s * 1.7 + 0.3 * k as f64).sin();
        best = match best {
            Some(b) if b > s => Some(b),
            _ => Some(s),
        };
    }
    best.unwrap_or(0.0) * x
}
