//! The same array read and written at neighbouring and at changing indices.

use ad_runtime::conservative_grad;
use twin::program;

#[program(x[6])]
#[conservative_grad]
fn shifted(x: &mut [f64]) -> f64 {
    for _ in 0..3 {
        for i in 0..5 {
            x[i] = 0.4 * x[i + 1] * x[i] + 0.1;
            x[i + 1] -= x[i] * x[i] * 0.2;
        }
        for i in (1..6).rev() {
            for j in 0..i {
                x[j] = 0.2 * x[j] * x[i - j] + 0.5 * x[i];
            }
        }
    }
    x[0] * x[5]
}

#[program(x[5])]
#[conservative_grad]
fn index_later(x: &mut [f64]) -> f64 {
    let mut k = 1;
    let mut s = 0.0;
    while k < 5 {
        let j = k;
        s += x[j] * x[j - 1];
        k += 1;
        x[j] = s * x[k - 1];
        k = k + if k % 2 == 0 { 1 } else { 0 };
        x[j - 1] *= x[j];
        let m = k % 5;
        x[m] -= s * x[j - 1];
    }
    x[k % 5] * s
}

#[program(x[4], y[4])]
#[conservative_grad]
fn overwritten_read(x: &mut [f64], y: &mut [f64]) -> f64 {
    let a = x[1] * x[1] * y[2];
    let b = (x[2] * a).sin();
    x[1] = b;
    let c = x[1] * x[2] / (1.5 + y[1] * y[1]);
    y[2] = c * y[2];
    for i in 0..3 {
        x[i] = y[i + 1] * x[i];
        y[i] = x[i + 1] * y[i] * a;
    }
    x.copy_from_slice(y);
    y.fill(a * b);
    y[3] *= x[0];
    x.swap(0, 2);
    x[1] + x[0] * y[3] * c
}

#[program(x[5])]
#[conservative_grad]
fn triangular(x: &mut [f64]) {
    for i in 0..5 {
        for j in i..5 {
            for k in j..5 {
                x[k] = 0.3 * x[i] * x[j] + 0.5 * x[k];
                if (i + j + k) % 3 == 0 {
                    x[i] = x[k] * x[j];
                }
            }
        }
    }
}

#[program(x[5], y[5])]
#[conservative_grad]
fn stencil_time(x: &mut [f64], y: &mut [f64], k: f64) -> f64 {
    for t in 0..4 {
        let (a, b) = if t % 2 == 0 { (0, 1) } else { (1, 0) };
        for i in 1..4 {
            y[i] = x[i] + k * (x[i - 1] - 2.0 * x[i] + x[i + 1]) + y[a] * x[b];
        }
        std::mem::swap(&mut x[a], &mut y[b]);
        x.copy_from_slice(&y[..]);
        x[4] = x[0] * y[2];
    }
    x[2] * y[3]
}
