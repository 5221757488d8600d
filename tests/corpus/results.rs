//! Values of calls whose type only the callee tells.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn arr(x: f64, y: f64) -> [f64; 3] {
    let mut a = [x, y, x * y];
    a[1] *= a[0];
    a
}

#[twin]
#[conservative_grad]
fn vecr(x: &[f64], k: f64) -> Vec<f64> {
    let mut v = Vec::new();
    for i in 0..x.len() {
        if i % 2 == 0 {
            v.push(x[i] * k);
        }
    }
    v
}

#[twin]
#[conservative_grad]
fn tup(x: f64, a: [f64; 3]) -> (f64, [f64; 3], usize) {
    let mut b = a;
    b[0] *= x;
    (x * a[1], b, 2)
}

#[twin]
#[conservative_grad]
fn mat(m: [[f64; 2]; 2], n: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let mut r = [[0.0; 2]; 2];
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                r[i][j] += m[i][k] * n[k][j];
            }
        }
    }
    r
}

#[twin]
#[conservative_grad]
fn nested_slices(rows: &mut [[f64; 2]], s: f64) -> f64 {
    let mut t = 0.0;
    for r in rows.iter_mut() {
        r[0] *= s;
        t += r[0] * r[1];
    }
    rows[0][1] = t;
    t * rows[1][0]
}

#[program()]
#[conservative_grad]
fn unknown_array(x: f64, y: f64) -> f64 {
    let mut r: [f64; 3] = arr(x, y);
    r[0] *= r[2];
    let q = r[1];
    r.swap(0, 2);
    r[1] = q * r[0];
    let mut s = arr(x, 1.0)[1];
    let ar: [f64; 3] = arr(s, q);
    for v in ar {
        s += v * v;
    }
    for i in 0..3 {
        r = arr(r[i], s * 0.1);
        s += r[2];
    }
    let z = if s > 0.0 { r } else { arr(y, x) };
    let [a, b, c] = z;
    s * a + b * c
}

#[program()]
#[conservative_grad]
fn unknown_array_loop(x: f64, y: f64) -> f64 {
    let mut s = 0.5;
    let mut k = 0;
    while k < 4 {
        let r = arr(s * x, y);
        let t = arr(r[1], r[0] * 0.5);
        if t[2] > 0.0 {
            k += 1;
            continue;
        }
        s = s * r[2] + t[0] * t[2] - r[0];
        k += 1;
    }
    s
}

#[program(x[6])]
#[conservative_grad]
fn unknown_vec(x: &[f64]) -> f64 {
    let v = vecr(x, x[1]);
    let mut w = vecr(&v, v[2]);
    let mut s = v[0] * w[1];
    w[0] *= s;
    for i in 0..3 {
        let q = vecr(&x[i..], s);
        for j in 0..q.len() {
            s += q[j] * q[q.len() - 1 - j] * 0.2;
        }
        w = vecr(&q, 0.5);
        w[0] = w[0] * q[0];
        if w.len() > 1 {
            s *= w[1];
        }
    }
    s + w[0]
}

#[program()]
#[conservative_grad]
fn unknown_tuple(x: f64, y: f64) -> f64 {
    let (a, b, n) = tup(x, arr(x, y));
    let t = tup(b[n], b);
    let mut u = tup(t.0, t.1);
    u.0 *= u.1[0];
    u.1[1] = u.0 * a;
    u.2 -= 1;
    let k = u.2;
    let z = tup(y, u.1).1[k];
    let mut acc = 0.0;
    for i in 0..u.2 + 1 {
        let w = tup(acc + u.1[i], u.1);
        acc += w.0 * w.1[w.2];
        u = w;
    }
    acc * z + u.0
}

#[program()]
#[conservative_grad]
fn matrices(m: [[f64; 2]; 2], k: f64) -> f64 {
    let mut p = m;
    for i in 0..3 {
        let q = p;
        p = mat(q, &m);
        p[0][i % 2] *= k;
        p = mat(p, &q);
    }
    let r = mat(p, &[[k, 1.0], [0.0, k]]);
    r[0][0] * r[1][1] - r[0][1]
}

#[program()]
#[conservative_grad]
fn slices_of_arrays(a: [[f64; 2]; 4], s: f64) -> f64 {
    let mut a = a;
    let t = nested_slices(&mut a[1..], s);
    let u = nested_slices(&mut a, t);
    let (p, q) = a.split_at_mut(2);
    p[0][0] = q[1][1] * u;
    q[0] = p[1];
    for r in q.iter_mut() {
        r.swap(0, 1);
        r[0] *= s;
    }
    a[2][0] * a[0][0] + a[3][1]
}

#[twin]
#[conservative_grad]
fn counted(x: &[f64]) -> usize {
    let mut n = 0;
    for v in x {
        if *v > 0.0 {
            n += 1;
        }
    }
    n
}

#[twin]
#[conservative_grad]
fn squares(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v;
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn casts_of_results(x: &[f64]) -> f64 {
    let n = counted(x) as f64;
    let a = squares(x) as f64;
    n * x[0] + a * n + (a.sin() as f64) * counted(&x[1..]) as f64
}
