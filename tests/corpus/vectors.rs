//! Local `Vec`s, and `Vec` parameters.

use ad_runtime::conservative_grad;
use twin::program;

#[program(n = 4)]
#[conservative_grad]
fn filled_vector(x: f64, n: usize) -> f64 {
    let mut v = vec![x; n];
    for i in 1..n {
        v[i] = v[i - 1] * x + v[i];
    }
    v[n - 1]
}

#[program()]
#[conservative_grad]
fn listed_vector(x: f64, y: f64) -> f64 {
    let v = vec![x, y, x * y];
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[(i + 1) % 3];
    }
    s
}

#[program(xs[5])]
#[conservative_grad]
fn pushed(xs: &[f64]) -> f64 {
    let mut v = Vec::with_capacity(xs.len());
    for x in xs {
        v.push(x * x);
    }
    v.push(xs[0]);
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[v.len() - 1 - i];
    }
    s
}

#[program(xs[6])]
#[conservative_grad]
fn pushed_if(xs: &[f64]) -> f64 {
    let mut v: Vec<f64> = Vec::new();
    for &x in xs {
        if x > 0.0 {
            v.push(x * 2.0);
        }
    }
    let mut s = 1.0;
    for x in &v {
        s *= 1.0 + x;
    }
    s
}

#[program(xs[4])]
#[conservative_grad]
fn returned_vector(xs: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; xs.len()];
    for i in 0..xs.len() {
        out[i] = xs[i].sin() * xs[0];
    }
    out
}

#[program(v[4])]
#[conservative_grad]
fn owned_vector(v: Vec<f64>, x: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * x * (i as f64);
    }
    s
}

#[program(v[3])]
#[conservative_grad]
fn owned_and_changed(mut v: Vec<f64>) -> f64 {
    v[0] *= v[1];
    v.push(v[0] * v[2]);
    v[3] * v[1]
}

#[program(v[3])]
#[conservative_grad]
fn borrowed_vector(v: &Vec<f64>) -> f64 {
    v[0] * v[1] * v[2] + v.len() as f64 * v[0]
}

#[program(xs[4])]
#[conservative_grad]
fn cloned(xs: &[f64]) -> f64 {
    let mut a = xs.to_vec();
    a[0] *= a[1];
    let mut b = a.clone();
    b[2] += a[0];
    a[2] *= b[2];
    a[2] * b[0]
}

#[program(xs[5], n = 3)]
#[conservative_grad]
fn double_buffer(xs: &[f64], n: usize) -> f64 {
    let len = xs.len();
    let mut now = xs.to_vec();
    let mut next = vec![0.0; len];
    for _ in 0..n {
        for i in 0..len {
            let left = now[(i + len - 1) % len];
            next[i] = 0.5 * now[i] + 0.25 * left * left;
        }
        for i in 0..len {
            now[i] = next[i];
        }
    }
    now[0] * now[2]
}

#[program(xs[4], n = 3)]
#[conservative_grad]
fn vector_in_loop(xs: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for k in 0..n {
        let mut t = vec![s; xs.len()];
        for i in 0..xs.len() {
            t[i] = t[i] * xs[i] + k as f64;
        }
        s = t[0] * t[1] + t[3];
        s *= 0.3;
    }
    s
}

#[program(w[8], x[2])]
#[conservative_grad]
fn small_network(w: &[f64], x: &[f64]) -> f64 {
    let mut hidden = vec![0.0; 2];
    for j in 0..2 {
        let mut z = w[4 + j];
        for i in 0..2 {
            z += w[j * 2 + i] * x[i];
        }
        hidden[j] = z.max(0.0);
    }
    let mut out = 0.0;
    for j in 0..2 {
        out += w[6 + j] * hidden[j];
    }
    out.tanh()
}

#[program(xs[5])]
#[conservative_grad]
fn vector_of_arrays(xs: &[f64]) -> f64 {
    let mut points = vec![[0.0; 2]; xs.len()];
    for i in 0..xs.len() {
        points[i] = [xs[i], xs[i] * xs[i]];
    }
    let mut s = 0.0;
    for i in 1..points.len() {
        let dx = points[i][0] - points[i - 1][0];
        let dy = points[i][1] - points[i - 1][1];
        s += dx * dx + dy * dy * dx;
    }
    s
}
