//! Arrays of arrays.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn determinant(m: [[f64; 3]; 3]) -> f64 {
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
}

#[program()]
#[conservative_grad]
fn matrix_product(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let mut c = [[0.0; 2]; 2];
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}

#[program(points[4])]
#[conservative_grad]
fn pairwise_distances(points: &[[f64; 3]]) -> f64 {
    let mut s = 0.0;
    for i in 0..points.len() {
        for j in 0..i {
            let mut d = 0.0;
            for k in 0..3 {
                let e = points[i][k] - points[j][k];
                d += e * e;
            }
            s += d.sqrt();
        }
    }
    s
}

#[program(points[3])]
#[conservative_grad]
fn rows_by_reference(points: &[[f64; 2]]) -> f64 {
    let mut s = 0.0;
    for p in points {
        s += p[0] * p[1];
    }
    for &[x, y] in points {
        s += x * x - y;
    }
    s
}

#[program(points[3])]
#[conservative_grad]
fn rotate_in_place(angle: f64, points: &mut [[f64; 2]]) {
    let c = angle.cos();
    let s = angle.sin();
    for p in points.iter_mut() {
        let x = p[0];
        let y = p[1];
        p[0] = c * x - s * y;
        p[1] = s * x + c * y;
    }
}

#[program(points[3])]
#[conservative_grad]
fn rows_replaced(points: &mut [[f64; 2]]) -> f64 {
    let first = points[0];
    points[0] = [first[1] * first[0], points[1][0]];
    points[2] = first;
    points[2][1] *= points[0][0];
    points[2][1]
}

#[program(x[4])]
#[conservative_grad]
fn table_of_powers(x: &[f64]) -> f64 {
    let mut t = [[1.0; 4]; 3];
    for i in 1..3 {
        for j in 0..4 {
            t[i][j] = t[i - 1][j] * x[j];
        }
    }
    let mut s = 0.0;
    for row in &t {
        for (j, v) in row.iter().enumerate() {
            s += v * (j as f64 + 1.0);
        }
    }
    s
}
