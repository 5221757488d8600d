//! Fixed-size arrays and read-only slices.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn array_by_value(a: [f64; 3]) -> f64 {
    a[0] * a[1] + a[2] * a[2]
}

#[program()]
#[conservative_grad]
fn array_by_reference(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        s += a[i] * b[2 - i];
    }
    s
}

#[program()]
#[conservative_grad]
fn array_result(x: f64, y: f64) -> [f64; 3] {
    [x * y, x.sin(), y]
}

#[program()]
#[conservative_grad]
fn cross_product(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

#[program()]
#[conservative_grad]
fn destructured_array(a: [f64; 3]) -> f64 {
    let [x, y, z] = a;
    x * y * z + x
}

#[program()]
#[conservative_grad]
fn pattern_parameter([x, y]: [f64; 2]) -> f64 {
    x * x * y
}

#[program(x[4])]
#[conservative_grad]
fn local_array(x: &[f64]) -> f64 {
    let mut t = [0.0; 4];
    for i in 0..4 {
        t[i] = x[i] * x[3 - i];
    }
    t[1] += t[0] * t[3];
    t[0] = t[1] * t[2];
    t[0] + t[1]
}

#[program()]
#[conservative_grad]
fn array_copied(x: f64) -> f64 {
    let a = [x, x * x, 1.0];
    let mut b = a;
    b[0] = b[1] * a[0];
    b[2] += b[0];
    a[0] + b[0] * b[2]
}

#[program(x[6])]
#[conservative_grad]
fn subslices(x: &[f64]) -> f64 {
    let a = &x[..3];
    let b = &x[3..];
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s * x[2..4][1]
}

#[program(x[5])]
#[conservative_grad]
fn element_aliases(x: &[f64]) -> f64 {
    let first = &x[0];
    let last = &x[x.len() - 1];
    let k = 2;
    let middle = x[k];
    first * last + middle * *first
}

#[program(c[5])]
#[conservative_grad]
fn horner(c: &[f64], x: f64) -> f64 {
    let mut s = 0.0;
    for k in (0..c.len()).rev() {
        s = s * x + c[k];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn same_element_twice(x: &[f64]) -> f64 {
    x[1] * x[1] + x[1] * x[2]
}

#[program(a[6], x[3])]
#[conservative_grad]
fn flat_matrix_vector(a: &[f64], x: &[f64]) -> [f64; 2] {
    let mut y = [0.0; 2];
    for i in 0..2 {
        for j in 0..3 {
            y[i] += a[i * 3 + j] * x[j];
        }
    }
    y
}

#[program()]
#[conservative_grad]
fn array_chosen_by_branch(a: [f64; 2], x: f64) -> f64 {
    let b = if x > 0.0 { a } else { [x, a[0] * x] };
    b[0] * b[1]
}
