//! Elements of an iteration's own that it writes, and looks at or writes again.

use ad_runtime::conservative_grad;
use twin::program;

#[program(x[5])]
#[conservative_grad]
fn written_twice(x: &[f64]) -> f64 {
    let n = x.len();
    let mut out = vec![0.0; n];
    #[parallel]
    for k in 0..n {
        out[k] = x[k];
        if x[k] > 0.5 {
            out[k] = x[k] * x[k];
        }
    }
    let mut s = 0.0;
    for k in 0..n {
        s += out[k] * out[k];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn written_then_read(x: &[f64]) -> f64 {
    let n = x.len();
    let mut s = 0.0;
    let mut w = vec![0.0; n];
    #[parallel]
    for k in 0..n {
        w[k] = 0.5 + k as f64;
        s += w[k] * x[k] * x[0];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn an_index_written_then_read(x: &[f64]) -> f64 {
    let n = x.len();
    let mut s = 0.0;
    let mut next = vec![99; n];
    #[parallel]
    for k in 0..n {
        next[k] = (k + 1) % n;
        s += x[next[k]] * x[k];
    }
    s
}

#[program(x[5])]
#[conservative_grad]
fn written_in_an_inner_loop(x: &[f64]) -> f64 {
    let n = x.len();
    let mut out = vec![0.0; n];
    #[parallel]
    for k in 0..n {
        for j in 0..n {
            out[k] = x[j] * x[k];
        }
    }
    let mut s = 0.0;
    for k in 0..n {
        s += out[k] * out[k];
    }
    s
}

#[program(x[4])]
#[conservative_grad]
fn one_in_the_other(x: &[f64]) -> f64 {
    let n = x.len();
    let mut s = 0.0;
    #[parallel]
    for k in 0..n {
        #[parallel]
        for j in 0..n {
            s += x[k] * x[j].sin();
        }
    }
    s
}
