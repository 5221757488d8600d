//! Control flow that is harder to run backwards.

use ad_runtime::conservative_grad;
use twin::program;

#[program(x[4])]
#[conservative_grad]
fn index_changed_after_alias(x: &[f64]) -> f64 {
    let mut i = 0;
    let r = &x[i];
    i += 1;
    let s = &x[i..];
    i += 1;
    r * x[i] + s[0] * r
}

#[program(x[5])]
#[conservative_grad]
fn integer_state_in_dynamic_loop(x: &[f64]) -> f64 {
    let mut at = 0;
    let mut visits = 0;
    let mut s = 0.3;
    while visits < 7 {
        s = s * x[at] + 0.4;
        if s > 0.5 {
            at = (at + 2) % 5;
        } else {
            at = (at + 1) % 5;
        }
        visits += 1;
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn permutation_changed(x: &[f64]) -> f64 {
    let mut order = [0, 1, 2, 3, 4];
    for i in 0..5 {
        for j in i + 1..5 {
            if x[order[j]] < x[order[i]] {
                let t = order[i];
                order[i] = order[j];
                order[j] = t;
            }
        }
    }
    let mut s = 0.0;
    for k in 0..5 {
        s += x[order[k]] * x[order[k]] * (k as f64 + 1.0);
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn self_reference_in_place(x: &mut [f64]) {
    for i in 0..x.len() {
        x[i] *= x[i];
        x[i] = x[i] * x[0] - x[i];
    }
}

#[program()]
#[conservative_grad]
fn conditionally_overwritten(x: f64, y: f64) -> f64 {
    let mut a = x;
    let mut s = 0.0;
    for i in 0..4 {
        s += a * a;
        if i % 2 == 0 {
            a = a * y;
        } else if s > 1.0 {
            a = s * 0.5;
        }
        s *= a;
    }
    s * a
}

#[program(x[5])]
#[conservative_grad]
fn nested_breaks(x: &[f64]) -> f64 {
    let mut s = 1.0;
    let mut rounds = 0;
    loop {
        rounds += 1;
        for v in x {
            s += v * s * 0.3;
            if s > 3.0 {
                break;
            }
            if s < 0.1 {
                return s * v;
            }
        }
        if rounds == 3 {
            break;
        }
        s *= 0.8;
    }
    s
}

#[program(x[6])]
#[conservative_grad]
fn continue_in_while(x: &[f64]) -> f64 {
    let mut i = 0;
    let mut s = 0.5;
    while i < x.len() {
        i += 1;
        if x[i - 1] < 0.0 {
            s *= 0.9;
            continue;
        }
        s = s * x[i - 1] + x[0];
    }
    s
}

#[program(n = 3)]
#[conservative_grad]
fn loop_with_value(x: f64, n: usize) -> f64 {
    let mut k = 0;
    let mut t = x;
    let last = loop {
        t = t * x + 0.1;
        if k == n {
            break t * 2.0;
        }
        if t > 1.2 {
            break x;
        }
        k += 1;
    };
    last * t
}

#[program(n = 4)]
#[conservative_grad]
fn inclusive_and_reversed(x: f64, n: usize) -> f64 {
    let mut s = x;
    for i in (1..=n).rev() {
        s = s * x * 0.5 + i as f64 * 0.1;
    }
    for k in (-2..=2_i32).rev() {
        s += (k * k) as f64 * x * s * 0.1;
    }
    for b in 253..=255_u8 {
        s += b as f64 * 0.001 * s;
    }
    s
}

#[program(n = 7)]
#[conservative_grad]
fn stepped_backwards(x: f64, n: usize) -> f64 {
    let mut s = 0.2;
    for i in (0..n).rev().step_by(2) {
        s = s * x + i as f64;
    }
    for i in (1..n).step_by(3) {
        s += x * i as f64;
    }
    s
}

#[program(x[4], y[4])]
#[conservative_grad]
fn zip_to_shortest(x: &[f64], y: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, (a, b)) in x.iter().zip(&y[1..]).enumerate() {
        s += a * b * (i + 1) as f64;
    }
    for (a, b) in x[..2].iter().rev().zip(y.iter()) {
        s -= a * b;
    }
    s
}

#[program(x[4], y[4])]
#[conservative_grad]
fn zip_changing(x: &[f64], y: &mut [f64]) {
    for (v, w) in x.iter().zip(y.iter_mut()) {
        *w += v * *w;
    }
    for (i, w) in y.iter_mut().enumerate() {
        *w *= i as f64 + x[0];
    }
    for w in y.iter_mut().rev() {
        *w = *w * *w;
    }
    for w in y {
        *w += 1.0;
    }
}

#[program()]
#[conservative_grad]
fn shadowed_in_loop(x: f64) -> f64 {
    let s = x;
    let mut total = s;
    for s in 0..3 {
        let s = s as f64 * total;
        let total_before = total;
        total += s * x;
        total *= total_before;
        let s = s + 1.0;
        total += s * 0.1;
    }
    total + s
}

#[program(x[3])]
#[conservative_grad]
fn state_machine(x: &[f64]) -> f64 {
    let mut state = 0;
    let mut s = 1.0;
    let mut step = 0;
    while step < 6 {
        state = match (state, x[step % 3] > 0.0) {
            (0, true) => {
                s *= x[step % 3];
                1
            }
            (0, false) => 2,
            (1, positive) => {
                s += x[0];
                if positive { 2 } else { 0 }
            }
            (_, _) => {
                s -= x[1] * s * 0.5;
                0
            }
        };
        step += 1;
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn breaks_from_labelled_while(x: &[f64]) -> f64 {
    let mut s = 0.5;
    let mut i = 0;
    'rows: while i < 5 {
        let mut j = 0;
        while j < 5 {
            s += x[i] * x[j] * s * 0.2;
            if s > 2.0 {
                break 'rows;
            }
            if x[j] > 1.0 {
                i += 1;
                continue 'rows;
            }
            j += 1;
        }
        i += 1;
        s *= 0.9;
    }
    s
}

#[program()]
#[conservative_grad]
fn return_in_match(x: f64, y: f64) -> f64 {
    let mut s = x;
    for k in 0..5 {
        let t = match k % 3 {
            0 => x * s,
            1 if s > 0.4 => return s * y,
            1 => y,
            _ => {
                s += y;
                continue;
            }
        };
        s += t * 0.5;
    }
    s
}

#[program()]
#[conservative_grad]
fn branch_as_argument(x: f64, y: f64) -> f64 {
    let z = f64::max(if x > y { x * x } else { y }, {
        let t = x * y;
        t - 0.1
    });
    z.powi(if y > 0.0 { 2 } else { 3 }) + (if x > 0.0 { x } else { -y }).sin()
}

#[program()]
#[conservative_grad]
fn inner_function(x: f64) -> f64 {
    #[conservative_grad]
    fn cube(t: f64) -> f64 {
        t * t * t
    }
    cube(x) + cube(2.0 * x)
}

#[program(x[3])]
#[conservative_grad]
fn logical_values(x: &[f64]) -> f64 {
    let a = x[0] > 0.0;
    let b = x[1] > 0.0;
    let mut s = x[2];
    if a ^ b {
        s *= x[0];
    }
    if a & !b | (x[2] < 0.3) {
        s *= x[1];
    }
    let both = a && b;
    s + if both { x[0] } else { 0.0 }
}

#[program(x[4])]
#[conservative_grad]
fn moved_buffers(x: &[f64]) -> f64 {
    let mut now = x.to_vec();
    for _ in 0..3 {
        let mut next = vec![0.0; now.len()];
        for i in 0..now.len() {
            next[i] = now[i] * now[(i + 1) % now.len()] + 0.2;
        }
        now = next;
    }
    now[0] + now[2]
}

#[program(x[4])]
#[conservative_grad]
fn shrinking_vector(x: &[f64]) -> f64 {
    let mut level = x.to_vec();
    while level.len() > 1 {
        let mut next = Vec::new();
        for i in 0..level.len() / 2 {
            next.push(level[2 * i] * level[2 * i + 1] + level[2 * i]);
        }
        level = next;
    }
    level[0]
}

#[program(x[6])]
#[conservative_grad]
fn rolling_window(x: &[f64]) -> f64 {
    let mut window = [0.0; 3];
    let mut s = 0.0;
    for &v in x {
        window[0] = window[1];
        window[1] = window[2];
        window[2] = v;
        s += window[0] * window[1] * window[2];
    }
    s
}

#[program(n = 6)]
#[conservative_grad]
fn linear_congruence(x: &[f64; 4], n: usize) -> f64 {
    let mut seed = 7_u32;
    let mut s = 0.0;
    for _ in 0..n {
        seed = seed.wrapping_mul(13).wrapping_add(5) % 97;
        let k = (seed % 4) as usize;
        s += x[k] * x[k] * s + 0.1;
    }
    s
}

#[program(x[3])]
#[conservative_grad]
fn prints_and_asserts(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate() {
        debug_assert!(i < 3);
        s += v * v;
        assert_eq!(x.len(), 3, "three elements");
    }
    assert!(s.is_finite());
    s
}

#[program()]
#[conservative_grad]
fn powers_of_a_matrix(m: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let mut p = [[1.0, 0.0], [0.0, 1.0]];
    for _ in 0..3 {
        let mut q = [[0.0; 2]; 2];
        for i in 0..2 {
            for j in 0..2 {
                let mut s = 0.0;
                for k in 0..2 {
                    s += p[i][k] * m[k][j];
                }
                q[i][j] = s;
            }
        }
        p = q;
    }
    p
}

#[program(a[16], on(-0.3, 0.3))]
#[conservative_grad]
fn pivoted_elimination(a: &mut [f64]) -> f64 {
    let n = 4;
    let mut determinant = 1.0;
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if a[i * n + k].abs() > a[pivot * n + k].abs() {
                pivot = i;
            }
        }
        if pivot != k {
            for j in 0..n {
                a.swap(k * n + j, pivot * n + j);
            }
            determinant = -determinant;
        }
        determinant *= a[k * n + k];
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            for j in k..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
        }
    }
    determinant
}

#[program(n = 20)]
#[conservative_grad]
fn runge_kutta(x: f64, v: f64, k: f64, n: usize) -> (f64, f64) {
    let h = 0.05;
    let mut x = x;
    let mut v = v;
    for _ in 0..n {
        let (k1x, k1v) = (v, -k * x);
        let (k2x, k2v) = (v + 0.5 * h * k1v, -k * (x + 0.5 * h * k1x));
        x += h * k2x;
        v += h * k2v;
    }
    (x, v)
}
