//! Programs that try to be wrong.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[program(x[6], n = 5)]
#[conservative_grad]
fn rows_of_rows(x: &[f64], n: usize) -> f64 {
    let mut grid = vec![vec![0.0; 3]; 2];
    let mut cube = [[0.0; 3]; 2];
    for i in 0..2 {
        for j in 0..3 {
            grid[i][j] = x[3 * i + j];
        }
    }
    #[checkpoint(2)]
    for k in 0..n {
        for i in 0..2 {
            let row = &mut grid[i];
            for j in 0..3 {
                row[j] = (row[j] * row[(j + k) % 3]).cos();
                cube[i][j] += row[j] * cube[1 - i][j] + 0.1;
            }
        }
        let (a, b) = cube.split_at_mut(1);
        a[0][k % 3] *= b[0][0];
    }
    grid[0][0] * grid[1][2] + cube[0][1] * cube[1][2]
}

#[program(n = 6)]
#[conservative_grad]
fn assigned_in_the_body(x: f64, n: usize) -> f64 {
    let mut t;
    let mut s = x;
    let mut i = 0;
    let mut last = 0.0;
    #[checkpoint(2)]
    for _ in 0..n {
        t = s * x;
        let buffer = [t; 300];
        let mut squares = Vec::new();
        for k in 0..3 {
            squares.push(buffer[100 * k] * s);
        }
        i += 2;
        s = (squares[0] + squares[1] * squares[2] + i as f64).sin();
        last = t;
    }
    s + last * i as f64
}

#[program(counts = [3, 0, 1], n = 7, on(0.1, 0.4))]
#[conservative_grad]
fn inactive_state(x: f64, counts: &[usize], n: usize) -> f64 {
    let mut seen = counts.to_vec();
    let mut s = x;
    #[checkpoint(2)]
    for k in 0..n {
        let j = (seen[0] + k) % 3;
        seen[j] += 1;
        s = (s + seen[j] as f64).sin() + 0.5 * s;
    }
    s * seen[2] as f64
}

#[program(n = 7)]
#[conservative_grad]
fn option_taken(x: f64, n: usize) -> f64 {
    let mut kept = Some(x);
    let mut s = x;
    #[checkpoint(2)]
    for k in 0..n {
        if let Some(t) = kept.take() {
            s = (s + t).sin();
        }
        if k % 3 != 1 {
            kept = Some(s * x);
        }
    }
    s + kept.unwrap_or(2.0)
}

#[program(v[4], n = 5)]
#[conservative_grad]
fn sorted(v: &[f64], n: usize) -> f64 {
    let mut w = v.to_vec();
    #[checkpoint(2)]
    for k in 0..n {
        w.sort_by(|a, b| a.total_cmp(b));
        let top = w.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        w[k % 4] = (top * w[1] + k as f64).sin();
    }
    w[0] * w[1] - w[2] * w[3]
}

#[twin]
#[conservative_grad]
fn iterate(f: impl Fn(f64) -> f64, x: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for _ in 0..n {
        s = f(s) + 0.1 * s;
    }
    s
}

#[program(n = 6)]
#[conservative_grad]
fn of_functions(x: f64, y: f64, n: usize) -> f64 {
    let g = |t: f64| (t * y).sin();
    iterate(|t: f64| g(t) + x * t.cos(), y, n) * iterate(g, x, 3)
}

#[twin]
#[conservative_grad]
fn checked(x: f64, n: usize) -> Result<f64, String> {
    if n > 100 {
        return Err("too many".to_string());
    }
    let mut s = x;
    #[checkpoint(2)]
    for _ in 0..n {
        s = (s * x).sin() + x;
    }
    if s > 1.0e6 {
        return Err("too large".to_string());
    }
    Ok(s)
}

#[program(n = 6)]
#[conservative_grad]
fn of_checked(x: f64, n: usize) -> f64 {
    let mut s = x;
    #[checkpoint(2)]
    for k in 0..n {
        s = (s + checked(s, k * 30).unwrap_or(x * s)).sin();
    }
    s
}

/// The same memory is state of the outer loop, of the inner loops, and read between them.
#[program(v[3], n = 4)]
#[conservative_grad]
fn nested_over_one_memory(v: &mut [f64], c: f64, n: usize) -> f64 {
    let mut total = c;
    #[checkpoint(2)]
    for i in 0..n {
        let before = v[0] * v[1];
        #[checkpoint(2)]
        for j in 0..5 {
            v[j % 3] = (v[(j + 1) % 3] * c + v[j % 3]).sin();
            total += v[0] * 0.1;
        }
        total += before * v[2];
        for j in 0..3 {
            v[j] *= 1.0 + 0.1 * total.sin();
            #[checkpoint(1)]
            for _ in 0..i {
                v[j] = (v[j] * total).cos();
            }
        }
    }
    total * v[0]
}

#[program(v[3], n = 6)]
#[conservative_grad]
fn twice_the_same_loop(v: &mut [f64], n: usize) -> f64 {
    let mut s = 0.0;
    #[checkpoint(2)]
    for k in 0..n {
        v[k % 3] *= (v[(k + 1) % 3]).sin();
    }
    s += v[0] * v[0];
    v[0] = 1.0 + s * v[1];
    #[checkpoint(3)]
    for k in 0..n {
        v[k % 3] = (v[(k + 1) % 3] - s).sin();
        s += v[0];
    }
    s
}

/// What is written and never read is not kept, also where elements are written more than once.
#[program(v[4], out[3], n = 8)]
#[conservative_grad]
fn overwritten_output(v: &[f64], out: &mut [f64], n: usize) -> f64 {
    let first = out[0] * out[1] * out[2];
    let mut local = [v[0], v[1], v[2]];
    let second = local[0] * local[1] * local[2];
    local[2] = second;
    let third = local[2] * local[0];
    let mut s = first + v[3];
    #[checkpoint(2)]
    for k in 0..n {
        s = (s * v[k % 4]).sin() + 0.2;
        out[k % 3] = s * v[1];
        local[(k + 1) % 3] = s * s;
        if k % 2 == 0 {
            out[0] = v[2] * s;
        }
    }
    s + out[0] * out[1] + out[2] * local[0] * local[1] + second * third + local[2]
}

#[program(n = 6)]
#[conservative_grad]
fn shadowed(x: f64, n: usize) -> f64 {
    let s = x;
    let mut s = s * s;
    let k = 3.0;
    #[checkpoint(2)]
    for k in 1..n {
        let s2 = s;
        let x = x / k as f64;
        s = s2 * x + s.sin();
    }
    s * k
}

#[program(n = 30)]
#[conservative_grad]
fn stops_by_itself(x: f64, n: usize) -> f64 {
    let mut s = x + 2.0;
    let mut done = false;
    let mut rounds = 0;
    #[checkpoint(4)]
    for _ in 0..n {
        if !done {
            s = 0.5 * (s + (x + 3.0) / s);
            rounds += 1;
            done = rounds > 5;
        }
    }
    s
}
