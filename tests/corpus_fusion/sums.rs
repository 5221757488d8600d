//! Sums of independent terms, and sums that the loop looks at.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[6])]
#[conservative_grad]
fn neighbours(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
    }
    sum
}

#[program(x[5])]
#[conservative_grad]
fn two_sums(x: &[f64]) -> f64 {
    let mut s = 0.5;
    let mut t = x[0];
    for i in 0..x.len() {
        s += x[i] * x[i];
        t -= x[i].sin();
    }
    s - 2.0 * t + x[1]
}

#[program(x[5])]
#[conservative_grad]
fn running(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut t = 0.0;
    for i in 0..x.len() {
        s += x[i];
        t += s * x[i];
    }
    t
}

#[program(x[4], w[3])]
#[conservative_grad]
fn sums_in_an_array(x: &[f64], w: &[f64]) -> f64 {
    let mut acc = [0.0; 3];
    for i in 0..x.len() {
        for j in 0..3 {
            acc[j] += x[i].sin() * w[j];
        }
    }
    let mut total = 0.0;
    for j in 0..3 {
        total += acc[j] * acc[j];
    }
    total
}

#[program(x[5])]
#[conservative_grad]
fn pairs(x: &[f64]) -> f64 {
    let mut energy = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            let d = x[i] - x[j];
            energy += d.abs().sqrt() + (d * d).min(0.25);
        }
        let mut own = 0.0;
        for j in 0..3 {
            own += x[i] * j as f64;
        }
        energy += own * own;
    }
    0.5 * energy
}

#[program(x[6])]
#[conservative_grad]
fn backward(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in (0..x.len()).rev() {
        s += x[i].exp();
    }
    for i in (0..=4).step_by(2) {
        s += x[i] * x[i + 1];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn left_early(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        if i == 3 {
            break;
        }
        if x[i] > 10.0 {
            return s;
        }
        if i == 1 {
            continue;
        }
        s += x[i] * x[i];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn counted_along(x: &[f64]) -> f64 {
    let mut p = 0;
    let mut weight = 1.0;
    let mut s = 0.0;
    for i in 0..x.len() {
        weight *= 0.5;
        p = (p + 2) % 5;
        s += weight * x[p] * x[i];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn carried(x: &[f64]) -> f64 {
    let mut weight = x[0];
    let mut s = 0.0;
    for i in 0..x.len() {
        weight *= x[i];
        s += weight;
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn into_a_parameter(x: &[f64], out: &mut f64) {
    for i in 0..x.len() {
        *out += x[i] * x[i] * x[i];
    }
}

#[program(x[4], out[3])]
#[conservative_grad]
fn into_elements(x: &[f64], out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        out[i % 2] += x[i] * x[i];
        s += x[i].cos();
    }
    out[2] *= s;
    s
}

#[program(x[4], out[4])]
#[conservative_grad]
fn map_into(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i] * x[i];
    }
}

#[program(x[4], out[4])]
#[conservative_grad]
fn added_into(x: &[f64], out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        out[i] += x[i] * x[i];
        s += x[i];
    }
    s
}

#[twin]
#[conservative_grad]
fn term(a: &[f64], w: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * w;
    }
    s * s
}

#[program(x[5])]
#[conservative_grad]
fn of_calls(x: &[f64], w: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() - 1 {
        s += term(&x[i..i + 2], w);
    }
    s
}

#[program(x[5], w[2])]
#[conservative_grad]
fn iterated(x: &[f64], w: &[f64]) -> f64 {
    let a: f64 = x.iter().map(|v| v * w[0]).sum();
    let b = x
        .windows(2)
        .map(|p| (p[1] - p[0]).abs())
        .fold(0.0, |s, d| s + d * w[1]);
    let mut c = 0.0;
    for (k, v) in x.iter().enumerate() {
        c += v.powi(k as i32 % 3);
    }
    a + b - c
}

#[program(x[5])]
#[conservative_grad]
fn dynamic_inside(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let mut t = x[i];
        let mut k = 0;
        while k < i {
            t = t * 0.5 + x[k];
            k += 1;
        }
        s += t * t;
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn swapped(x: &[f64]) -> f64 {
    let mut a = vec![0.0; 2];
    let mut b = vec![1.0; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        a[0] = x[i] * b[1];
        a[1] = x[i];
        std::mem::swap(&mut a, &mut b);
        s += b[0];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn under_a_condition(x: &[f64]) -> f64 {
    let mut s = 0.0;
    if x[0] > -100.0 {
        for i in 0..x.len() {
            s += x[i] * x[i];
        }
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn chosen_terms(x: &[f64]) -> f64 {
    let mut s = 0.0;
    let mut n = 0;
    for i in 0..x.len() {
        if x[i] > 0.1 {
            s += x[i].ln();
            n += 1;
        } else {
            let y = x[i].exp();
            s -= y * y;
        }
    }
    s + n as f64
}

#[program(x[4])]
#[conservative_grad]
fn pair_of_sums(x: &[f64]) -> (f64, f64) {
    let mut s = 0.0;
    let mut t = 0.0;
    for i in 0..x.len() {
        s += x[i] * x[i];
        t += x[i].sin();
    }
    (s + t, t)
}
