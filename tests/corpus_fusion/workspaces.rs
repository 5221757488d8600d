//! Memories from outside the loop: those that each iteration overwrites first, and those in
//! which something stays from one iteration to the next.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[4], w[3])]
#[conservative_grad]
fn overwritten(x: &[f64], w: &[f64]) -> f64 {
    let n = w.len();
    let mut buffer = vec![0.0; n];
    let mut array = [0.0; 3];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..n {
            buffer[j] = x[i] * w[j];
        }
        for j in 0..3 {
            array[j] = x[i].sin();
            array[j] *= w[j];
        }
        s += buffer[0] * buffer[1] + array[2] * buffer[2];
    }
    s
}

#[program(x[4], w[3])]
#[conservative_grad]
fn overwritten_in_part(x: &[f64], w: &[f64]) -> f64 {
    let mut buffer = vec![1.0; 3];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..2 {
            buffer[j] = x[i] * w[j];
        }
        s += buffer[0] * buffer[1] + buffer[2];
        buffer[2] = x[i] * w[2];
    }
    s
}

#[program(x[4], w[3], n = 2)]
#[conservative_grad]
fn overwritten_by_another_count(x: &[f64], w: &[f64], n: usize) -> f64 {
    let mut buffer = vec![1.0; w.len()];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..n {
            buffer[j] = x[i] * w[j];
        }
        s += buffer[0] * buffer[1] * buffer[2];
        for j in 1..w.len() {
            buffer[j] *= 1.5;
        }
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn read_first(x: &[f64]) -> f64 {
    let mut last = 0.0;
    let mut s = 0.0;
    for i in 0..x.len() {
        s += (x[i] - last) * x[i];
        last = x[i] * x[i];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn a_scalar(x: &[f64]) -> f64 {
    let mut y = x[0];
    let mut s = y * y;
    let mut z;
    for i in 0..x.len() {
        y = x[i] * x[i];
        z = y.sin();
        y *= z;
        s += y * z;
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn used_after(x: &[f64]) -> f64 {
    let mut y = x[0];
    let mut buffer = [0.0; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        y = x[i] * x[i];
        for j in 0..2 {
            buffer[j] = y * x[i];
        }
        s += y + buffer[1];
    }
    s + y * buffer[0]
}

#[program(x[4])]
#[conservative_grad]
fn used_by_another_loop(x: &[f64]) -> f64 {
    let mut buffer = [0.0; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..2 {
            buffer[j] = x[i] * x[i];
        }
        s += buffer[0] * buffer[1];
    }
    for i in 0..x.len() {
        buffer[0] = x[i];
        s += buffer[0] * buffer[1];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn in_both_branches(x: &[f64]) -> f64 {
    let mut y = 0.0;
    let mut s = 0.0;
    for i in 0..x.len() {
        if x[i] > 0.0 {
            y = x[i] * x[i];
        } else {
            y = x[i].sin();
        }
        s += y * y;
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn in_one_branch(x: &[f64]) -> f64 {
    let mut y = 0.0;
    let mut s = 0.0;
    for i in 0..x.len() {
        if i % 2 == 0 {
            y = x[i] * x[i];
        }
        s += y * x[i];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn of_the_loop(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let mut buffer = vec![0.0; i + 1];
        let mut y = x[i];
        for j in 0..i + 1 {
            y *= x[j];
            buffer[j] = y;
        }
        buffer[0] = buffer[i] * y;
        for b in &buffer {
            s += b * b;
        }
    }
    s
}

#[twin]
#[conservative_grad]
fn product(q: &[f64], x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = q[i] * x[i];
    }
    for i in 1..out.len() {
        out[i] += out[i - 1] * q[0];
    }
}

#[program(x[6], q[2])]
#[conservative_grad]
fn through_a_callee(x: &[f64], q: &[f64]) -> f64 {
    let mut out = vec![0.0; 2];
    let mut s = 0.0;
    for p in x.chunks_exact(2) {
        product(q, p, &mut out);
        s += out[0] * out[1];
    }
    s
}

#[twin]
#[conservative_grad]
fn added(q: &[f64], x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] += q[i] * x[i];
    }
}

#[program(x[6], q[2])]
#[conservative_grad]
fn through_a_callee_that_adds(x: &[f64], q: &[f64]) -> f64 {
    let mut out = vec![0.0; 2];
    let mut s = 0.0;
    for p in x.chunks_exact(2) {
        added(q, p, &mut out);
        s += out[0] * out[1];
    }
    s
}

#[twin]
#[conservative_grad]
fn product_of(q: &[f64], x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = q[i] * x[i];
    }
}

#[program(x[6], q[2])]
#[conservative_grad]
fn through_a_callee_that_may_leave_some(x: &[f64], q: &[f64]) -> f64 {
    let mut out = vec![1.0; 3];
    let mut s = 0.0;
    for p in x.chunks_exact(2) {
        product_of(q, p, &mut out);
        s += out[0] * out[1] * out[2];
        out[2] *= p[0];
    }
    s
}

#[program(x[6], q[2], out[2])]
#[conservative_grad]
fn in_the_callers_memory(x: &[f64], q: &[f64], out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for p in x.chunks_exact(2) {
        product(q, p, out);
        s += out[0] * out[1];
    }
    s
}

#[program(x[6], q[2])]
#[conservative_grad]
fn two_levels(x: &[f64], q: &[f64]) -> f64 {
    let k = q.len();
    let mut terms = vec![0.0; k];
    let mut scaled = vec![0.0; 2];
    let mut centered = vec![0.0; 2];
    let mut total = 0.0;
    for p in x.chunks_exact(2) {
        for i in 0..k {
            for j in 0..2 {
                centered[j] = p[j] - q[i] * j as f64;
            }
            product(q, &centered, &mut scaled);
            terms[i] = q[i] - 0.5 * (scaled[0] * scaled[1] + scaled[1].cos());
        }
        let mut sum = 0.0;
        for t in &terms {
            sum += t.exp();
        }
        total += sum.ln();
    }
    let n = (x.len() / 2) as f64;
    0.3 + total - n * q[0]
}

#[program(x[4])]
#[conservative_grad]
fn copied_and_filled(x: &[f64]) -> f64 {
    let mut a = vec![0.0; 4];
    let mut b = vec![0.0; 4];
    let mut s = 0.0;
    for i in 0..x.len() {
        a.copy_from_slice(x);
        a[i] *= 2.0;
        b.fill(x[i]);
        s += a[0] * b[1] * a[3];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn rows_of_rows(x: &[f64]) -> f64 {
    let mut m = [[0.0; 2]; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in 0..2 {
            m[j] = [x[i], x[i] * x[j]];
        }
        s += m[0][1] * m[1][0] + m[1][1];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn pushed(x: &[f64]) -> f64 {
    let mut all = Vec::new();
    let mut s = 0.0;
    for i in 0..x.len() {
        all.push(x[i] * x[i]);
        s += all[i / 2] * x[i];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn tuple(x: &[f64]) -> f64 {
    let mut t = (0.0, 1.0);
    let mut s = 0.0;
    for i in 0..x.len() {
        t = (x[i], t.1 * 0.5);
        s += t.0 * x[i] + t.1;
    }
    for i in 0..x.len() {
        t = (x[i] * x[0], x[i]);
        s += t.0 * t.1;
    }
    s
}

/// Overwrites all of a list, however long.
#[twin]
#[conservative_grad]
fn pick(x: &[f64], i: usize, b: &mut [usize]) -> f64 {
    for j in 0..b.len() {
        b[j] = (i + j) % x.len();
    }
    x[i] * x[i]
}

#[program(x[4])]
#[conservative_grad]
fn a_list_that_grows(x: &[f64]) -> f64 {
    let mut b = vec![0usize; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        s += pick(x, i, &mut b);
        b.push(i);
        for j in 0..b.len() {
            s += x[b[j]] * x[i];
        }
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn a_list_that_shrinks(x: &[f64]) -> f64 {
    let mut b = vec![0usize; 7];
    let mut s = 0.0;
    for i in 0..x.len() {
        s += pick(x, i, &mut b);
        b.pop();
        for j in 0..b.len() {
            s += x[b[j]] * x[i];
        }
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn a_list_that_is_exchanged(x: &[f64]) -> f64 {
    let mut b = vec![0usize; 2];
    let mut s = 0.0;
    for i in 0..x.len() {
        s += pick(x, i, &mut b);
        b = vec![0; i + 1];
        for j in 0..b.len() {
            s += x[b[j]] * x[i];
        }
    }
    s
}
