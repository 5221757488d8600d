//! What iterations add to, and what they write.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[40])]
#[conservative_grad]
fn one_sum(x: &[f64], c: f64) -> f64 {
    let mut s = c;
    #[parallel]
    for i in 0..x.len() {
        s += (x[i] * c).sin();
    }
    s * c
}

#[program(x[5])]
#[conservative_grad]
fn few_iterations(x: &[f64], c: f64) -> f64 {
    let mut s = 0.0;
    #[parallel]
    for v in x {
        s += v * v * c;
        s -= v.cos();
    }
    #[parallel]
    for i in 3..3 {
        s += x[i];
    }
    s
}

#[program(x[24])]
#[conservative_grad]
fn elements_and_histogram(x: &[f64], c: f64) -> f64 {
    let mut out = vec![0.0; x.len()];
    let mut bins = [0.0; 4];
    let scale = c * 2.0;
    #[parallel]
    for (i, v) in x.iter().enumerate() {
        let mut t = *v;
        while t > 0.3 {
            t *= 0.5 + 0.01 * scale;
        }
        let mut local = vec![t; 3];
        for k in 1..3 {
            local[k] = local[k - 1] * v + scale;
        }
        out[i] = local[2] * t;
        if t > 0.1 {
            bins[i % 4] += local[1].exp();
        }
        bins[3] -= v;
    }
    let mut s = bins[0] * bins[1] + bins[2] * bins[3];
    for i in 1..out.len() {
        s += out[i] * out[i - 1];
    }
    s
}

#[program(x[20], out[20])]
#[conservative_grad]
fn into_a_parameter(x: &[f64], out: &mut [f64], c: f64) -> f64 {
    let before = out[0] * out[1];
    let mut s = 0.0;
    #[parallel]
    for i in 0..out.len() {
        out[i] = x[i] * c + x[(i + 1) % x.len()];
        s += x[i] * c;
    }
    s + before * out[3]
}

#[program(x[20], out[20])]
#[conservative_grad]
fn caller(x: &[f64], out: &mut [f64], c: f64) -> f64 {
    let a = into_a_parameter(x, out, c);
    let middle = out[2] * out[5];
    let b = into_a_parameter(x, out, a * 0.1);
    a * b + middle * out[2]
}

#[twin]
#[conservative_grad]
fn cheap(a: f64, b: f64) -> f64 {
    a * b.sin()
}

#[twin]
#[conservative_grad]
fn norm(x: &[f64], c: f64) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v * c;
    }
    s.sqrt()
}

#[twin]
#[conservative_grad]
fn fill(x: &[f64], by: f64, out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = x[i] * by * by;
    }
}

#[program(points[36], means[6], on(0.3, 1.2))]
#[conservative_grad]
fn mixture(points: &[f64], means: &[f64], w: f64) -> f64 {
    let d = 3;
    let mut total = 0.0;
    let mut weights = vec![0.0; 2];
    for k in 0..2 {
        weights[k] = w * (k as f64 + 1.0);
    }
    #[parallel]
    for point in points.chunks_exact(d) {
        let mut centered = vec![0.0; d];
        let mut scaled = vec![0.0; d];
        let mut best = -1.0e9;
        for k in 0..2 {
            let mean = &means[k * d..(k + 1) * d];
            for j in 0..d {
                centered[j] = point[j] - mean[j];
            }
            fill(&centered, weights[k], &mut scaled);
            let t = norm(&scaled, w) + cheap(weights[k], w);
            best = t.max(best);
        }
        total += best;
    }
    total * w
}

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Differentiable)]
    pub struct Model {
        pub a: f64,
        pub b: [f64; 2],
        pub names: usize,
    }

    #[conservative_grad]
    impl Model {
        pub fn at(&self, x: f64) -> f64 {
            self.a * x + self.b[0] * (x * self.b[1]).sin()
        }

        pub fn total(&self, xs: &[f64]) -> f64 {
            let mut s = 0.0;
            #[parallel]
            for x in xs {
                s += self.at(*x);
            }
            s
        }
    }
}

#[program(xs[18])]
#[conservative_grad]
fn structure(a: f64, b: f64, xs: &[f64]) -> f64 {
    let model = types::Model {
        a,
        b: [b, a * b],
        names: 3,
    };
    let mut s = 0.0;
    #[parallel]
    for (i, x) in xs.iter().enumerate() {
        s += model.at(*x) * model.b[i % 2];
    }
    s * model.total(xs)
}

#[program(x[6], n = 5)]
#[conservative_grad]
fn nested(x: &[f64], c: f64, n: usize) -> f64 {
    let mut s = 0.0;
    for k in 0..n {
        let mut t = 0.0;
        let shift = s * 0.01 + k as f64;
        #[parallel]
        for i in 0..x.len() {
            let mut inner = 0.0;
            #[parallel]
            for j in 0..x.len() {
                inner += (x[i] * x[j] + shift).sin();
            }
            t += inner * c;
        }
        s += t * x[k];
    }
    s
}

#[program(x[9], n = 6)]
#[conservative_grad]
fn in_a_checkpointed_loop(x: &[f64], c: f64, n: usize) -> f64 {
    let mut u = x.to_vec();
    #[checkpoint(2)]
    for _ in 0..n {
        let mut new = vec![0.0; u.len()];
        #[parallel]
        for i in 0..u.len() {
            new[i] = (u[i] * u[(i + 1) % u.len()]).sin() + c;
        }
        u = new;
    }
    u[0] * u[3]
}

#[program(x[300])]
#[conservative_grad]
fn large_arrays(x: &[f64], c: f64) -> f64 {
    let mut a = [0.0; 300];
    for i in 0..300 {
        a[i] = x[i] * c;
    }
    let mut s = 0.0;
    #[parallel]
    for i in 1..300 {
        s += (a[i] * a[i - 1]).cos();
    }
    s
}

#[program(n = 21)]
#[conservative_grad]
fn single_sum(c: f32, n: u32) -> f32 {
    let mut s = 0.0;
    #[parallel]
    for k in 1..n {
        s += (c * k as f32 * 0.1).sin();
    }
    s
}

#[program(n = 7)]
#[conservative_grad]
fn nothing_active(x: f64, n: usize) -> f64 {
    let mut hits = 0.0;
    #[parallel]
    for k in 0..n {
        hits += (k % 3) as f64;
    }
    hits * x
}

#[program(x[12])]
#[conservative_grad]
fn closures(x: &[f64], c: f64) -> f64 {
    let f = |t: f64| (t * c).tanh();
    let mut s = 0.0;
    #[parallel]
    for v in x.iter() {
        s += f(*v) * f(c);
    }
    s
}
