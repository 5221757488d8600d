//! Calls with several parts of one memory.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn two(a: &[f64], b: &[f64], c: f64) -> (f64, f64) {
    let mut s = 0.0;
    let mut p = c;
    for i in 0..a.len().min(b.len()) {
        s += a[i] * b[i] * c;
        p *= a[i];
    }
    (s, p + b[0])
}

#[program(x[5])]
#[conservative_grad]
fn overl(x: &[f64], c: f64) -> f64 {
    let (s, p) = two(&x[1..], &x[..4], c);
    let t = two(x, x, s);
    let mut acc = 0.0;
    for i in 0..3 {
        let (u, v) = two(&x[i..], &x[1..], t.0 * 0.1);
        acc += u * v * p;
        if acc > 1.0 {
            acc = two(&x[i..i + 2], &x[i..i + 1], acc * 0.1).0;
        }
    }
    acc + t.1
}

#[twin]
#[conservative_grad]
fn nores(x: f64, y: &mut [f64], k: &mut usize) {
    y[*k] *= x;
    *k += 1;
    if *k < y.len() {
        y[*k] += y[*k - 1];
    }
}

#[twin]
#[conservative_grad]
fn two_mut(a: &mut [f64], b: &mut [f64]) {
    for i in 0..a.len() {
        let t = a[i];
        a[i] = b[i] * t;
        b[i] = t * t + b[i];
    }
}

#[twin]
#[conservative_grad]
fn gen_int(x: &[f64], idx: &[usize], w: usize) -> f64 {
    let mut s = 0.0;
    for &i in idx {
        s += x[i] * x[(i + w) % x.len()];
    }
    s
}

#[twin]
#[conservative_grad]
fn ret_unit_like(x: f64, y: &mut f64) {
    if x < 0.0 {
        *y = x;
        return;
    }
    *y *= x;
}

#[twin]
#[conservative_grad]
fn dotted(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..b.len() {
        s += a[i] * b[i];
    }
    s
}

#[twin]
#[conservative_grad]
fn parts(a: &[f64], w: &[f64]) -> f64 {
    dotted(&a[1..], &w[1..]) * w[0] + dotted(&w[2..], &w[1..2]) * dotted(&w[1..], &a[..1])
}

#[program(y[4])]
#[conservative_grad]
fn int_out(x: f64, y: &mut [f64]) -> f64 {
    let mut k = 0;
    let mut s = x;
    while k < 4 {
        s += y[k] * s * 0.3;
        nores(s, y, &mut k);
        if k == 2 {
            nores(y[3], y, &mut k);
        }
    }
    let mut j = 1;
    nores(x, &mut y[1..], &mut j);
    s * y[j] + y[k - 1]
}

#[program(x[4])]
#[conservative_grad]
fn two_mutables(x: &mut [f64], k: f64) -> f64 {
    let mut loc = [k, x[1], 2.0, x[0]];
    for i in 0..3 {
        two_mut(x, &mut loc);

        let o = x[i];
        two_mut(&mut x[i..i + 1], &mut loc[3 - i..4 - i]);
        x[3] = 0.2 * o * loc[i] / (1.0 + x[3] * x[3]);
        for v in loc.iter_mut() {
            *v = *v / (1.0 + *v * *v);
        }
        for v in x.iter_mut() {
            *v = *v / (1.0 + *v * *v);
        }
    }
    x[0] * loc[2]
}

#[program(x[8])]
#[conservative_grad]
fn halves(x: &mut [f64]) -> f64 {
    let (a, b) = x.split_at_mut(4);
    two_mut(a, b);
    let (c, d) = b.split_at_mut(1);
    two_mut(c, &mut d[1..]);
    two_mut(&mut a[..2], d);
    let k = a.len() / 2;
    let (e, f) = a.split_at_mut(k);
    two_mut(e, f);
    std::mem::swap(&mut e[0], &mut f[1]);
    e[1] = gen_int(f, &[0, 1], 1) * d[0];
    x[0] * x[4] + x[5] * x[7]
}

#[program(x[4])]
#[conservative_grad]
fn fft_like(x: &mut [f64], s: f64) {
    let n = x.len();
    if n == 1 {
        x[0] *= s;
        return;
    }
    let (a, b) = x.split_at_mut(n / 2);
    fft_like(a, s * 1.1);
    let t = a[0];
    fft_like(b, s * t);
    two_mut(a, b);
}

#[program()]
#[conservative_grad]
fn tuple_parts(x: f64, y: f64) -> f64 {
    let mut t = ([x, y, 1.0], [x * y, 2.0, y], x);
    two_mut(&mut t.0, &mut t.1);
    two_mut(&mut t.1[..2], &mut t.0[1..]);
    std::mem::swap(&mut t.0[0], &mut t.1[2]);
    let mut k = 1;
    nores(t.2, &mut t.0, &mut k);
    t.0[2] * t.1[0] + t.0[0]
}

#[program(x[5])]
#[conservative_grad]
fn mutable_passed_shared(x: &mut [f64]) -> f64 {
    let s = gen_int(x, &[0, 2], 1);
    let r = &mut x[1..];
    let t = dotted(r, r);
    r[0] = s;
    let u = dotted(r, &r[1..]);
    x[0] *= u;
    t * x[1] + dotted(&x[..2], &x[2..4]) * dotted(x, &x[1..])
}

#[program(w = [1.0, 2.0, 3.0])]
#[conservative_grad(wrt(a))]
fn inactive_parts(a: [f64; 3], w: &[f64]) -> f64 {
    parts(&a, w) * a[0]
}

#[program()]
#[conservative_grad]
fn element_refs(m: &mut [[f64; 2]; 3], x: f64) -> f64 {
    let [a, b, c] = m;
    two_mut(a, b);
    b[0] *= dotted(a, c);
    two_mut(c, a);
    for r in m.iter_mut() {
        two_mut(&mut [x], &mut r[1..]);
    }
    let mut z = [x, m[0][0], 2.0];
    let [p, q, _] = &mut z;
    ret_unit_like(*q, p);
    std::mem::swap(p, q);
    z[0] * z[1] + m[1][1]
}

#[program()]
#[conservative_grad]
fn unit_calls(x: f64, y: f64) -> f64 {
    let mut a = y;
    let mut b = [x, y];
    ret_unit_like(x, &mut a);
    ret_unit_like(-a, &mut b[1]);
    {
        let r = &mut b[0];
        ret_unit_like(a, r);
        *r += 1.0;
    }
    let () = ret_unit_like(y, &mut a);
    let c = &mut a;
    *c *= b[0];
    ret_unit_like(b[1], c);
    a * b[0] + b[1]
}

#[program(y[4], p = 0.7)]
#[conservative_grad(wrt(x, y))]
fn inactive_mut(x: f64, y: &mut [f64], p: f64) -> f64 {
    let mut c = [p, 2.0, p * p];
    two_mut(&mut c[..1], &mut [p]);
    let mut d = c;
    for i in 0..3 {
        c[i] *= 1.1;
        y[i] *= c[i] * x;
        c[(i + 1) % 3] += 0.3;
        d[i] = c[i];
    }
    c[0] = x * y[1];
    y[3] = c[0] * c[1] * d[2];
    c[0] = p;
    y[0] * c[0] + c[2] * y[3]
}
