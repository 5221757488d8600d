//! Exits, labels, matches and integers that carry the way through a program.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[6])]
#[conservative_grad]
fn labelled(x: &[f64]) -> f64 {
    let mut s = x[0];
    let mut hits = 0;
    let mut last = 0.0;
    'a: for i in 0..6 {
        let mut p = 1.0;
        'b: for j in (0..6).rev() {
            p *= x[j] + 0.5 * s;
            if p > 2.0 {
                continue 'a;
            }
            for k in 0..3 {
                s += 0.1 * p * x[k];
                if s > 4.0 {
                    break 'a;
                }
                if s < -1.0 {
                    break 'b;
                }
                if k == i {
                    continue 'b;
                }
                last = s * p;
            }
        }
        hits += 1;
        if hits > 4 {
            return last * s;
        }
        s = s * 0.5 + p;
    }
    s + last * hits as f64
}

#[program(x[5])]
#[conservative_grad]
fn value_match(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for &v in x {
        s += match v {
            t if t < -0.9 => t * t,
            t if t < 0.2 && s < 3.0 => {
                let q = t * s;
                if q > 0.1 {
                    continue;
                }
                q + t
            }
            t if t >= 0.2 && t <= 0.9 => v.exp() * s,
            _ => {
                s *= v;
                s * 0.5
            }
        };
    }
    let k = (s * 3.0).floor() as i32;
    let m = (s.abs() * 2.0) as usize;
    let r = match (k, m) {
        (0, _) => x[0],
        (_, 0..=2) => x[m] * s,
        (i, j) if i < 0 => x[j % 5],
        _ => s * s,
    };
    r * s + x[m % 5]
}

#[program(n = 4)]
#[conservative_grad]
fn loop_val(x: f64, y: f64, n: usize) -> f64 {
    let mut k = 0;
    let mut s = x;
    let r = 'o: loop {
        let mut j = 0;
        let q = loop {
            s = s * y + 0.3;
            j += 1;
            if s > 2.0 {
                break 'o s * x;
            }
            if j > k {
                break s * s;
            }
        };
        s += q * 0.2;
        k += 1;
        if k > n {
            break q * y;
        }
    };
    let v = 'blk: {
        if r > 0.5 {
            break 'blk r * x;
        }
        let t = r * s;
        if t < 0.0 {
            break 'blk t * y;
        }
        t * t
    };
    r + v * s
}

#[program()]
#[conservative_grad]
fn deferred(x: f64, y: f64) -> f64 {
    let a;
    let b: f64;
    if x > y {
        a = x * x;
        b = a * y;
    } else if x > -0.3 {
        b = y * y;
        a = b - x;
    } else {
        a = 1.0;
        b = x;
    }
    let c = {
        let mut t = a;
        t *= b;
        let u = {
            let t = t * x;
            b * t
        };
        u + t
    };
    let a = a + c;
    let mut r = a;
    {
        let r2 = &mut r;
        *r2 *= *r2;
        *r2 += b;
    }
    let z = &r;
    *z * a - c
}

#[program(x[4])]
#[conservative_grad]
fn tuples(x: &[f64]) -> (f64, [f64; 2], f64) {
    let mut p = (x[0], [x[1], x[2]], 3);
    let q = p;
    p.1[0] *= p.0;
    p.0 = p.1[0] * q.1[1];
    p.2 += 1;
    let (a, [b, c], n) = p;
    let (mut u, mut v) = (a * b, c);
    (u, v) = (v * u, u + x[3]);
    for _ in 0..n {
        (u, v) = (v, u * x[0]);
    }
    let mut arr = [[u, v], [a, b]];
    arr[0] = arr[1];
    arr[1][0] = u * arr[0][1];
    let [r0, r1] = arr;
    (r0[0] * r1[0], [q.0 * u, v], p.0 + r1[1])
}

#[program()]
#[conservative_grad]
fn arrays_by_value(a: [f64; 3], mut b: [f64; 3], m: [[f64; 2]; 2]) -> ([f64; 3], f64) {
    b[1] *= a[0];
    let mut c = a;
    c[2] = b[1] * c[0];
    let d = [c, b, a];
    let mut e = d[1];
    for (i, r) in d.iter().enumerate() {
        e[i] += r[i] * r[(i + 1) % 3];
    }
    let t = if e[0] > 0.0 { d[0] } else { e };
    for v in t {
        e[0] *= v + 1.0;
    }
    for r in &m {
        for v in r {
            e[2] += v * e[0];
        }
    }
    ([e[0], t[1], c[2]], e[2] * m[1][0])
}

#[twin]
#[conservative_grad]
fn touch(y: &mut [f64], k: usize, a: &mut f64) -> (f64, f64) {
    let o = y[k];
    y[k] = o * *a;
    *a += y[(k + 1) % y.len()] * o;
    (o * o, *a)
}

#[program(y[4])]
#[conservative_grad]
fn call_mut_scalars(y: &mut [f64], c: &mut f64, x: f64) -> f64 {
    let mut acc = x;
    let mut s = 0.0;
    for k in 0..4 {
        let keep = acc * y[k] + *c;
        let (a, b) = touch(y, k, &mut acc);
        s += a * b * keep;
        if s > 0.1 {
            let t = touch(&mut y[1..], k % 3, c);
            s -= t.0 * 0.3;
            *c *= keep;
        }
        acc = acc * 0.5 + *c;
    }
    s * acc + *c
}

#[program(x[6])]
#[conservative_grad]
fn chunked(x: &mut [f64], c: f64) -> f64 {
    for ch in x.chunks_mut(4) {
        let f = ch[0];
        for v in ch.iter_mut() {
            *v = *v * f + c;
        }
        ch[1] *= f;
    }
    let mut s = 0.0;
    for w in x.windows(3) {
        s += w[0] * w[1] * w[2];
    }
    for ch in x.chunks(4) {
        s *= ch[0] + 1.0;
    }
    for (i, ch) in x.chunks_exact(2).enumerate() {
        s += ch[0] * ch[1] * i as f64;
    }
    s
}

#[program(x[6])]
#[conservative_grad]
fn split(x: &mut [f64]) -> f64 {
    let (a, b) = x.split_at_mut(3);
    for i in 0..3 {
        a[i] *= b[i];
        b[2 - i] += a[i] * a[i];
    }
    a[0] = b[1] * a[0];
    a[0] * b[0] + a[2]
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

#[program(x[6])]
#[conservative_grad]
fn int_arrays(x: &[f64]) -> f64 {
    let mut order = vec![0usize; 6];
    for i in 0..6 {
        order[i] = (i * 5) % 6;
    }
    order.swap(1, 4);
    let mut seen = [false; 6];
    let mut s = 1.0;
    let mut at = 2;
    let mut path = Vec::new();
    for step in 0..6 {
        if seen[at] {
            at = (at + 1) % 6;
        }
        seen[at] = true;
        path.push(at);
        s = s * x[at] * 0.7 + x[order[at]];
        order[at] = step;
        at = if s > 0.0 {
            order[(at + 3) % 6]
        } else {
            (at + 2) % 6
        };
    }
    let t = gen_int(x, &path, at);
    let u = gen_int(x, &[0, 3, 3], 2);
    let mut heads = [0; 3];
    heads[1] += 2;
    heads[2] = heads[1] + 1;
    let g = gen_int(&x[1..], &heads, 1);
    let [i, j, _] = heads;
    s * t + u * x[i] + x[j] * g
}

#[program(x[4], cnt = 0)]
#[conservative_grad]
fn int_param(x: &[f64], cnt: &mut usize) -> f64 {
    let mut s = 0.3;
    for i in 0..4 {
        let b = x[*cnt % 4] * s;
        *cnt += if b > 0.0 { 1 } else { 2 };
        s += b * x[*cnt % 4] + x[i];
        *cnt = (*cnt * 3 + i) % 7;
    }
    s * x[*cnt % 4]
}

#[program(n = 3)]
#[conservative_grad]
fn rec_vec(x: f64, n: usize) -> Vec<f64> {
    if n == 0 {
        return vec![x, x * x];
    }
    let mut v: Vec<f64> = rec_vec(x * 0.9, n - 1);
    let l = v.len();
    v.push(v[l - 1] * v[0] + x);
    v[0] = v[l] * x;
    v
}

#[program(n = 3)]
#[conservative_grad]
fn rec_tuple(a: [f64; 2], n: usize) -> (f64, [f64; 2]) {
    if n == 0 {
        return (a[0] * a[1], a);
    }
    let (s, b) = rec_tuple([a[1], a[0] * a[1] + 0.5], n - 1);
    let (t, c) = if n % 2 == 0 {
        rec_tuple(b, n - 1)
    } else {
        (s, [b[1] * s, a[0]])
    };
    (s * t + a[0], [c[0] * b[1], t])
}

#[program(x[4])]
#[conservative_grad]
fn inert_locals(x: &[f64]) -> f64 {
    let mut w = [0.5, 0.25, -0.5, 1.5];
    for i in 1..4 {
        w[i] = w[i - 1] * w[i] + 0.1;
    }
    let mut s = 0.0;
    for i in 0..4 {
        s += w[i] * x[i];
        w[i] *= 2.0;
        s *= w[i];
        w[3 - i] = w[i].sqrt().max(0.3);
    }
    let mut h = 0.1;
    let mut t = x[0];
    while h < 2.0 {
        t += h * t * x[1] * 0.2;
        h *= 1.7;
    }
    let k = (h * 2.0) as usize % 4;
    s + t * x[k]
}

#[program(x[4])]
#[conservative_grad]
fn iters(x: &mut [f64]) -> f64 {
    let n = x.len();
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate().rev() {
        s = s * 0.5 + v * i as f64;
    }
    for (i, v) in x.iter().skip(1).step_by(2).enumerate() {
        s += v * v * (i + 1) as f64;
    }
    for v in x.iter().take(2) {
        s *= v + 1.0;
    }
    for (a, b) in x[..2].iter().zip(x[2..].iter().rev()) {
        s += a * b;
    }
    for (i, v) in x.iter_mut().enumerate().skip(1) {
        *v += s * i as f64;
        s = *v * 0.5;
    }
    for i in (0..n).rev().skip(1) {
        x[i] += x[i + 1] * s;
    }
    for i in (1..n).step_by(2).rev() {
        x[i] *= x[i - 1];
    }
    let tot: f64 = x.iter().sum();
    let dot = tot;
    let m = s;
    tot * dot + m
}
