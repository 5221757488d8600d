//! Slices changed in place, and outputs through `&mut`.

use ad_runtime::conservative_grad;
use twin::program;

#[program(y[4])]
#[conservative_grad]
fn scale(a: f64, y: &mut [f64]) {
    for v in y.iter_mut() {
        *v *= a;
    }
}

#[program(x[4], y[4])]
#[conservative_grad]
fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[program()]
#[conservative_grad]
fn scalar_output(x: f64, y: &mut f64) -> f64 {
    let before = *y;
    *y = x * before;
    *y += *y * x;
    before * x
}

#[program(x[5])]
#[conservative_grad]
fn prefix_sums(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] += x[i - 1];
    }
}

#[program(x[5])]
#[conservative_grad]
fn prefix_products(x: &mut [f64]) -> f64 {
    for i in 1..x.len() {
        x[i] *= x[i - 1];
    }
    x[x.len() - 1]
}

#[program(x[5], y[5])]
#[conservative_grad]
fn scan(x: &[f64], y: &mut [f64]) {
    let mut state = 0.5;
    for (v, out) in x.iter().zip(y.iter_mut()) {
        state = (state * v).tanh() + v;
        *out = state;
    }
}

#[program(x[4], y[4])]
#[conservative_grad]
fn output_overwritten(x: &[f64], y: &mut [f64]) {
    for i in 0..4 {
        y[i] = x[i] * x[i];
    }
    for i in 0..4 {
        y[i] = y[i] * y[3 - i];
    }
}

#[program(a[9], on(-0.3, 0.3))]
#[conservative_grad]
fn cholesky(a: &mut [f64]) -> f64 {
    let n = 3;
    for i in 0..n {
        a[i * n + i] += 2.0;
    }
    for j in 0..n {
        for k in 0..j {
            a[j * n + j] -= a[j * n + k] * a[j * n + k];
        }
        a[j * n + j] = a[j * n + j].sqrt();
        for i in j + 1..n {
            for k in 0..j {
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] /= a[j * n + j];
        }
    }
    let mut log_determinant = 0.0;
    for i in 0..n {
        log_determinant += 2.0 * a[i * n + i].ln();
    }
    log_determinant
}

#[program(a[9], b[3], on(-0.3, 0.3))]
#[conservative_grad]
fn gaussian_elimination(a: &mut [f64], b: &mut [f64]) {
    for i in 0..3 {
        a[i * 3 + i] += 2.0;
    }
    for k in 0..3 {
        for i in k + 1..3 {
            let factor = a[i * 3 + k] / a[k * 3 + k];
            for j in k..3 {
                a[i * 3 + j] -= factor * a[k * 3 + j];
            }
            b[i] -= factor * b[k];
        }
    }
    for i in (0..3).rev() {
        for j in i + 1..3 {
            b[i] -= a[i * 3 + j] * b[j];
        }
        b[i] /= a[i * 3 + i];
    }
}

#[program(re[8], im[8])]
#[conservative_grad]
fn butterflies(re: &mut [f64], im: &mut [f64]) {
    let n = re.len();
    let mut half = 1;
    while half < n {
        let mut start = 0;
        while start < n {
            for k in 0..half {
                let angle = -std::f64::consts::PI * k as f64 / half as f64;
                let c = angle.cos();
                let s = angle.sin();
                let i = start + k;
                let j = i + half;
                let tr = re[j] * c - im[j] * s;
                let ti = re[j] * s + im[j] * c;
                re[j] = re[i] - tr;
                im[j] = im[i] - ti;
                re[i] += tr;
                im[i] += ti;
            }
            start += 2 * half;
        }
        half *= 2;
    }
}

#[program(x[4])]
#[conservative_grad]
fn swaps(x: &mut [f64]) -> f64 {
    x.swap(0, 3);
    x[1] *= x[0];
    x.swap(1, 2);
    let t = x[0];
    x[0] = x[1];
    x[1] = t;
    x[0] * x[3]
}

#[program(x[4])]
#[conservative_grad]
fn sorting_network(x: &mut [f64]) {
    let pairs = [[0, 1], [2, 3], [0, 2], [1, 3], [1, 2]];
    for p in 0..5 {
        let i = pairs[p][0];
        let j = pairs[p][1];
        if x[i] > x[j] {
            x.swap(i, j);
        }
    }
}

#[program(x[5])]
#[conservative_grad]
fn bubble_sort(x: &mut [f64]) {
    let n = x.len();
    for i in 0..n {
        for j in 0..n - 1 - i {
            let low = x[j].min(x[j + 1]);
            let high = x[j].max(x[j + 1]);
            x[j] = low;
            x[j + 1] = high;
        }
    }
}

#[program(x[4], y[6])]
#[conservative_grad]
fn copies_and_fills(x: &[f64], y: &mut [f64]) {
    y[1] *= x[0];
    let kept = y[1];
    y[..4].copy_from_slice(x);
    y[0] *= y[3];
    y[4..].fill(kept * x[1]);
    y[5] += y[4];
}

#[program(y[4])]
#[conservative_grad]
fn changes_some(x: f64, y: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..y.len() {
        if y[i] > 0.0 {
            s += y[i] * x;
            y[i] = s * s;
        }
    }
    s
}

#[program(y[4])]
#[conservative_grad]
fn through_alias(x: f64, y: &mut [f64]) {
    let tail = &mut y[1..];
    tail[0] *= x;
    tail[2] = tail[0] * tail[1];
    let first = &mut y[0];
    *first *= x;
    *first += x * x;
}

#[program(u[6])]
#[conservative_grad]
fn heat_equation(u: &mut [f64], k: f64) {
    for _ in 0..3 {
        let mut left = u[0];
        for i in 1..u.len() - 1 {
            let here = u[i];
            u[i] += k * (left - 2.0 * here + u[i + 1]);
            left = here;
        }
    }
}

#[program()]
#[conservative_grad]
fn fixed_array_in_place(a: &mut [f64; 3], x: f64) -> f64 {
    for v in a.iter_mut() {
        *v = *v * x + 1.0;
    }
    a[0] * a[1] * a[2]
}

#[program(x[5], count = [0, 0, 0])]
#[conservative_grad]
fn counts_beside(x: &[f64], count: &mut [usize]) -> f64 {
    let mut s = 0.0;
    for &v in x {
        let k = if v < -0.5 {
            0
        } else if v < 0.5 {
            1
        } else {
            2
        };
        count[k] += 1;
        s += v * v * (k + 1) as f64;
    }
    s
}

#[program(y[3])]
#[conservative_grad]
fn returns_early_in_place(x: f64, y: &mut [f64]) -> f64 {
    for i in 0..3 {
        y[i] *= x;
        if y[i] < -0.2 {
            y[0] += x;
            return y[i] * x;
        }
    }
    y[1] = x * x;
    y[2]
}
