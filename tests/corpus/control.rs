//! Control flow in odd places.

// Users write braces and parentheses that are not needed.
#![allow(unused_braces, unused_parens)]

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn break_outer_with_value(x: f64) -> f64 {
    let mut s = x * x;
    let y = 'outer: loop {
        let mut i = 0;
        loop {
            s = s * 1.5 + 0.1;
            i += 1;
            if s > 5.0 {
                break 'outer s * x;
            }
            if i > 3 {
                continue 'outer;
            }
        }
    };
    y * s
}

#[program(xs[4])]
#[conservative_grad]
fn return_in_nested(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for (i, x) in xs.iter().enumerate() {
        for (j, y) in xs.iter().enumerate().skip(i) {
            if s > 3.0 {
                return s * x * y;
            }
            s += x * x + y * j as f64 * 0.1;
        }
    }
    s
}

#[program()]
#[conservative_grad]
fn guards_with_bindings(x: f64, y: f64) -> f64 {
    let n = (x * 4.0) as i32;
    match (n, x * y) {
        (0, p) if p > 0.0 => p * x,
        (k @ 1..=3, p) if p > y => p * k as f64,
        (k, p) if k < 0 && p < 0.1 => p * p,
        (_, p) => p + x,
    }
}

#[program()]
#[conservative_grad]
fn chains_of_guards(x: f64, y: f64, z: f64) -> f64 {
    if x > 0.0 && y > x * 0.5 && z < x * y || z * z > 0.25 && !(x < y) {
        x * y * z
    } else if !(x > y || y > z) {
        x - z
    } else {
        let b = x > z && y > z;
        if b { z } else { y * y }
    }
}

#[program()]
#[conservative_grad]
fn matches_integers(x: f64) -> f64 {
    let mut s = x;
    for i in 0..6 {
        s = match i {
            0 | 4 => s * x,
            1..=2 => s + x,
            n if n % 2 == 1 => s - 0.5 * x,
            _ => s.sin(),
        };
    }
    s
}

#[program()]
#[conservative_grad]
fn match_with_early_return(x: f64, y: f64) -> f64 {
    let a = match (x > 0.0, y > 0.0) {
        (true, true) => return x * y,
        (true, false) => x,
        (false, b) => {
            if !b {
                return y;
            }
            y * y
        }
    };
    a * x
}

#[program(xs[5])]
#[conservative_grad]
fn while_with_block_condition(xs: &[f64]) -> f64 {
    let mut i = 0;
    let mut s = 0.0;
    while {
        s += xs[i] * xs[i];
        i += 1;
        i < xs.len() && s < 2.0
    } {
        s *= 1.1;
    }
    s
}

#[program()]
#[conservative_grad]
fn if_condition_block(x: f64) -> f64 {
    if {
        let t = x * x;
        t > 0.25
    } {
        x.exp()
    } else {
        x * 2.0
    }
}

#[program()]
#[conservative_grad]
fn labelled_blocks(x: f64, y: f64) -> f64 {
    let a = 'a: {
        if x > 0.0 {
            break 'a x * y;
        }
        let b = 'b: {
            if y > 0.0 {
                break 'b y;
            }
            if x < -0.5 {
                break 'a x;
            }
            x * x
        };
        b * y
    };
    a * x
}

#[program(n = 1)]
#[conservative_grad]
fn unreachable_arms(x: f64, n: usize) -> f64 {
    let k = n % 2;
    let y = match k {
        0 => x * x,
        1 => x,
        _ => unreachable!("k is {k}"),
    };
    let z = if y.is_nan() {
        panic!("not a number")
    } else {
        y * 2.0
    };
    if k > 1 {
        todo!();
    }
    z
}

#[program()]
#[conservative_grad]
fn diverging_else(x: f64) -> f64 {
    let y = if x < 10.0 {
        x * x
    } else {
        return x;
    };
    let mut i = 0;
    let z = loop {
        i += 1;
        if i == 3 {
            break y * i as f64;
        } else {
            continue;
        }
    };
    z
}

#[program(xs[6])]
#[conservative_grad]
fn continue_and_break(xs: &[f64]) -> f64 {
    let mut s = 0.0;
    'rows: for i in 0..3 {
        for j in 0..2 {
            if xs[i * 2 + j] < -0.8 {
                continue 'rows;
            }
            if xs[i * 2 + j] > 0.9 {
                break 'rows;
            }
            s += xs[i * 2 + j] * s + xs[i];
        }
        s *= 0.9;
    }
    s
}

#[program()]
#[conservative_grad]
fn nested_whiles(x: f64) -> f64 {
    let mut a = x;
    let mut n = 0u32;
    while n < 3 {
        let mut b = a;
        let mut m = 0i64;
        while m < n as i64 {
            b = b * 0.5 + a;
            m += 1;
        }
        a = b * x;
        n += 1;
    }
    a
}

#[program()]
#[conservative_grad]
fn boolean_state(x: f64, y: f64) -> f64 {
    let mut found = false;
    let mut s = 0.0;
    for i in 0..4 {
        found |= x * i as f64 > y;
        if found ^ (i == 2) {
            s += x;
        } else {
            s *= y;
        }
        found = found & (i < 3);
    }
    if found { s } else { s * s }
}

#[program()]
#[conservative_grad]
fn unit_branches(x: f64) -> f64 {
    let mut y = x;
    if x > 0.0 {}
    if x > 0.5 {
        y += 1.0
    } else {
        y -= 2.0 * x
    };
    match y > 0.0 {
        true => (),
        false => y *= 2.0,
    }
    let () = ();
    {
        y *= x;
    };
    y
}

#[program(y[2])]
#[conservative_grad]
fn early_returns_of_nothing(x: f64, y: &mut [f64]) {
    y[0] *= x;
    if x > 0.5 {
        return;
    }
    y[1] = y[0] * y[1];
    if y[1] < 0.0 {
        y[0] = 0.0;
        return;
    }
    y[0] += y[1]
}

#[program()]
#[conservative_grad]
fn matches_on_bool_and_tuple(x: f64, y: f64) -> f64 {
    let a = match x > y {
        true if x > 0.0 => x * y,
        true => x,
        false => y,
    };
    let b = match (a > 0.0, 3usize) {
        (true, 0) => 1.0,
        (c, n) if c && n > 2 => a,
        (false, _) | (true, 1..) => a * a,
    };
    a * b
}

#[program(n = 0)]
#[conservative_grad]
fn or_patterns_that_bind(x: f64, n: usize) -> f64 {
    match (n, n + 1) {
        (0, k) | (k, 0) => x * k as f64,
        (_, k) => x + k as f64,
    }
}

#[program()]
#[conservative_grad]
fn return_of_return(x: f64) -> f64 {
    let s = x * x;
    return s * x;
}

#[program(xs[4])]
#[conservative_grad]
fn while_over_slice(xs: &[f64]) -> f64 {
    let mut rest = 0;
    let mut s = 1.0;
    while rest < xs.len() {
        let x = xs[rest];
        rest += 1;
        if x < 0.0 {
            continue;
        }
        s *= x + 1.0;
        if s > 4.0 {
            break;
        }
    }
    s
}
