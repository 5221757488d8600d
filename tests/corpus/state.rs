//! What the reverse sweep must put back: final values, old values, lengths, first values.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn scale(a: f64, y: &mut [f64]) {
    for v in y.iter_mut() {
        *v = *v * *v * a;
    }
}

#[program(y[3])]
#[conservative_grad]
fn pass_on(a: f64, y: &mut [f64]) {
    scale(a, y);
}

#[program(y[3])]
#[conservative_grad]
fn pass_on_read(a: f64, y: &mut [f64]) -> f64 {
    scale(a, y);
    y[0] * y[1] * y[2]
}

#[program(y[4])]
#[conservative_grad]
fn pass_old(a: f64, y: &mut [f64]) -> f64 {
    let old = y[1] * y[2];
    let k = y[0];
    scale(k, &mut y[1..3]);
    old * y[1] * k + a * y[3]
}

#[program(x[4])]
#[conservative_grad]
fn alias_in_loop(x: &mut [f64]) -> f64 {
    let mut s = 0.0;
    let mut k = 0;
    for _ in 0..3 {
        let r = &mut x[k..];
        k = (k + 2) % 3;
        let e = &mut r[1];
        *e = *e * *e + 0.3;
        *e *= s + 1.0;
        s += *e * x[k];
        let t = &mut x[k];
        *t = t.sin() * s;
        s *= *t;
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn while_carried(x: &[f64]) -> f64 {
    let (mut a, mut b, mut c) = (x[0], x[1], 0.3);
    let mut n = 0;
    while n < 6 {
        let t = a;
        a = b * c + x[n % 5];
        b = (t * a).sin();
        if n % 2 == 0 {
            c = a * b;
            n += 1;
            continue;
        }
        let old = c;
        c = old * c - a;
        n += 1;
        if n == 5 {
            break;
        }
    }
    a * b + c
}

#[program()]
#[conservative_grad]
fn rows(m: &mut [[f64; 3]; 3], k: f64) -> f64 {
    let t = m[0];
    m[0] = m[1];
    m[1] = t;
    m.swap(1, 2);
    for i in 0..3 {
        for j in 0..3 {
            m[i][j] = m[j][i] * m[i][j] * k;
        }
    }
    let r = m[2];
    m[2][1] = r[1] * r[0];
    for row in m.iter_mut() {
        for v in row.iter_mut() {
            *v = *v * *v + r[0];
        }
    }
    m[0][0] * m[1][2] + r[2]
}

#[program(x[4])]
#[conservative_grad]
fn grow_vec(x: &[f64]) -> f64 {
    let mut v = Vec::new();
    for i in 0..4 {
        v.push(x[i] * x[i]);
        for j in 0..v.len() {
            v[j] = v[j] * x[i] + 0.1;
        }
        let l = v.len();
        if i == 2 {
            v = vec![v[0] * v[1], v[l - 1]];
        }
    }
    let mut s = 1.0;
    for w in &v {
        s *= w;
    }
    s + v[v.len() - 1]
}

#[program(x[4])]
#[conservative_grad]
fn cond_overwrite(x: &mut [f64], y: f64) -> f64 {
    let a = x[0] * x[1] * y;
    if a > 0.0 {
        x[0] = a * y;
        x[1] = x[0] * x[2];
    } else {
        for i in 0..4 {
            x[i] = a * x[3 - i];
        }
    }
    let b = x[0] * x[1];
    if b > 0.1 {
        x[1] *= b;
        return x[1] * a;
    }
    x[2] = b * x[3];
    a * b * x[2]
}

#[twin]
#[conservative_grad]
fn rec(n: usize, y: &mut [f64], a: f64) -> f64 {
    if n == 0 {
        y[0] *= a;
        return y[0];
    }
    let l = y.len();
    y[n % l] = y[(n + 1) % l] * a + y[n % l] * y[0];
    let b = a * y[0];
    let r = rec(n - 1, &mut y[..l - 1], b);
    y[n % l] *= r;
    r * y[0] + a
}

#[program(y[6])]
#[conservative_grad]
fn rec_top(y: &mut [f64], a: f64) -> f64 {
    let q = y[3] * y[1];
    let r = rec(3, y, a);
    let s = rec(2, &mut y[1..], r * 0.3);
    q * r * s
}

#[program(n = 3, y[6])]
#[conservative_grad]
fn rec_self(n: usize, y: &mut [f64], a: f64) -> f64 {
    if n == 0 {
        y[0] *= a;
        return y[0];
    }
    let l = y.len();
    let keep = y[1];
    y[n % l] = y[(n + 1) % l] * a + y[n % l] * y[0];
    let b = a * y[0];
    let r = rec_self(n - 1, &mut y[..l - 1], b);
    y[n % l] *= r;
    r * y[0] + a * keep
}

#[program(x[4])]
#[conservative_grad]
fn vec_in_branch(x: &[f64]) -> f64 {
    let mut v: Vec<f64>;
    if x[0] > 0.0 {
        v = vec![x[1]; 3];
    } else {
        v = x.to_vec();
        v.push(x[0] * x[1]);
    }
    let w = if x[1] > 0.0 {
        v.clone()
    } else {
        vec![x[2], x[3] * x[0]]
    };
    let n = w.len();
    for i in 0..n {
        v[i] *= w[n - 1 - i];
    }
    v = w;
    for i in 0..v.len() {
        v[i] = v[i] * v[i];
    }
    let mut s = 0.0;
    for a in v.iter() {
        s += a;
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn vec_of_vec(x: &[f64]) -> f64 {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for i in 0..4 {
        let mut r = Vec::new();
        for j in 0..=i {
            r.push(x[i] * x[j]);
        }
        rows.push(r);
    }
    rows[1] = vec![rows[2][0], rows[3][1] * x[0], 1.0];
    let mut s = 0.0;
    for i in 0..rows.len() {
        let n = rows[i].len();
        for j in 0..n {
            s += rows[i][j] * rows[i][n - 1 - j];
            rows[i][j] = s;
        }
    }
    rows.swap(0, 3);
    s + rows[0][2] * rows[3][0] + rows[1][1]
}

#[program(x[5])]
#[conservative_grad]
fn stacker(x: &[f64]) -> f64 {
    let mut v = Vec::with_capacity(5);
    let mut s = 1.0;
    for i in 0..5 {
        v.push([x[i], s]);
        let l = v.len();
        s += v[l - 1][0] * v[l / 2][1];
        v[l / 2][0] = s * v[0][0];
    }
    let mut out = vec![0.0; v.len()];
    for (o, p) in out.iter_mut().zip(v.iter()) {
        *o = p[0] * p[1];
    }
    let mut z = vec![(x[0], 2); 2];
    z[1].0 = out[2] * z[0].0;
    z.push((s, 3));
    let mut acc = 0.0;
    for (a, k) in z.iter() {
        acc += a * *k as f64;
    }
    for (a, k) in z {
        acc *= a * k as f64;
    }
    acc + out[4]
}

#[program()]
#[conservative_grad]
fn first_stores(x: f64, y: f64) -> f64 {
    let mut b: [f64; 2];
    if x > 0.0 {
        b = [x, y];
        b[0] = b[0] * b[1];
    } else {
        b = [y, x * x];
    }
    let mut v: Vec<f64>;
    let mut w;
    if y > 0.0 {
        v = vec![x, y];
        v[0] *= v[1];
        w = v.clone();
        w[1] *= v[0];
    } else {
        v = vec![y];
        v.push(x * y);
        w = vec![x; 4];
    }
    b = [b[1] * b[0], v[0] * w[1]];
    let mut s = 0.0;
    for i in 0..3 {
        let mut t;
        if i > 0 {
            t = vec![s; 2];
            t[0] = t[0] * x;
        } else {
            t = vec![x, y, b[0]];
            t[2] *= t[2];
        }
        t.push(s * x);
        s += t[0] * t[t.len() - 1] + t[2] * y;
        if s > 0.3 {
            v = t;
            v[1] *= v[0];
        } else {
            v[0] = s;
        }
    }
    let z;
    loop {
        let q = vec![s, b[1]];
        z = q;
        break;
    }
    let g = 'k: {
        if s > 0.4 {
            break 'k z.clone();
        }
        let mut h = z.clone();
        h[0] = h[1] * s;
        h
    };
    s * v[0] + v[1] * z[1] + g[0] * g[1]
}

#[program()]
#[conservative_grad]
fn maybe(x: f64, y: f64) -> f64 {
    let mut v: Vec<f64>;
    let mut s = x;
    if x > 0.0 {
        v = vec![x, y, s];
        s += v[1] * v[0];
    }
    v = vec![s, x * s];
    v[0] *= v[1];
    let r = match (x > y, y > 0.0) {
        (true, _) => vec![x; 3],
        (_, true) => v.clone(),
        _ => vec![s, s * y],
    };
    v[1] + v[0] * r[1] + r[0]
}

#[program()]
#[conservative_grad]
fn arrays_first(x: f64, y: f64) -> f64 {
    let t: (f64, [f64; 2]);
    let a;
    if x > y {
        a = [x, y];
        t = (x * y, a);
    } else {
        let q = [y * y, x];
        t = (q[0], [q[1], x]);
        a = q;
    }
    let u = if x > 0.0 { t } else { (y, [a[0], t.0]) };
    let m = if y > 0.0 { [t.1, u.1] } else { [[x, y]; 2] };
    u.0 * u.1[1] + a[0] * m[1][0] + m[0][1]
}
