//! Straight-line code on scalars: operators, literals, shadowing, casts, constants.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

#[program()]
#[conservative_grad]
fn polynomial(x: f64) -> f64 {
    3.0 * x * x * x - 2.0 * x * x + x - 5.0
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn quotient(x: f64, y: f64) -> f64 {
    (x - 1.0) / (y + 2.0 * x)
}

#[program()]
#[conservative_grad]
fn negations(x: f64, y: f64) -> f64 {
    -(-x * -y) - -x
}

#[program(on(0.5, 2.0))]
#[conservative_grad]
fn remainder(x: f64, y: f64) -> f64 {
    (7.0 * x) % y + x % 0.3
}

#[program()]
#[conservative_grad]
fn shadowing(x: f64) -> f64 {
    let x = x * x;
    let x = x + 1.0;
    let y = x;
    let x = x * y;
    x
}

#[program()]
#[conservative_grad]
fn same_operand_often(x: f64) -> f64 {
    let y = x * x;
    let z = y * y + x * y;
    z * z - x
}

#[program()]
#[conservative_grad]
fn compound_assignment(x: f64, y: f64) -> f64 {
    let mut s = x;
    s += y;
    s *= x + 2.0;
    s -= y * y;
    s /= 2.0 + x * x;
    s
}

#[program()]
#[conservative_grad]
fn overwritten(x: f64, y: f64) -> f64 {
    let mut s = x * y;
    let before = s;
    s = y * y;
    let middle = s * before;
    s = x;
    s * middle
}

#[program()]
#[conservative_grad]
fn assigned_parameter(mut x: f64, y: f64) -> f64 {
    x *= y;
    x += x * x;
    x
}

#[program()]
#[conservative_grad]
fn deferred(x: f64) -> f64 {
    let y;
    let z: f64;
    y = x * 2.0;
    z = y * x;
    z + y
}

#[program()]
#[conservative_grad]
fn blocks(x: f64, y: f64) -> f64 {
    let a = {
        let t = x * y;
        t * t
    };
    let b = {
        let t = a + x;
        {
            let u = t * y;
            u + 1.0
        }
    };
    a * b
}

#[program()]
#[conservative_grad]
fn references(x: &f64, y: &f64) -> f64 {
    let r = &(*x * *y);
    *r * x + y * 2.0 - *x
}

#[program(n = 3)]
#[conservative_grad]
fn casts(x: f64, n: usize) -> f64 {
    let scale = n as f64 + 0.5;
    let half = (n / 2) as f64;
    x * scale + x * x * half + 2_i32 as f64
}

#[program()]
#[conservative_grad]
fn inner_constants(x: f64) -> f64 {
    const HALF: f64 = 0.5;
    const SCALE: f64 = HALF * 3.0;
    let y = HALF * x * x;
    y * SCALE + std::f64::consts::PI * x + f64::EPSILON
}

#[program(flag = true, c = 2.0)]
#[conservative_grad(wrt(x))]
fn partly_active(x: f64, c: f64, flag: bool) -> f64 {
    let d = c * c;
    if flag { x * d } else { x - d }
}

#[program()]
#[conservative_grad]
fn unused_parameter(x: f64, _y: f64) -> f64 {
    x * x
}

#[program()]
#[conservative_grad]
fn constant_result(x: f64) -> f64 {
    let _y = x * x;
    4.0
}

#[program()]
#[conservative_grad]
fn identity(x: f64) -> f64 {
    x
}

#[program()]
#[conservative_grad]
fn square_used_twice(x: f64, y: f64) -> f64 {
    let c = y * y;
    x * x * c + c
}

#[program()]
#[conservative_grad]
fn early_value(x: f64, y: f64) -> f64 {
    let mut best = y;
    best = best * x;
    return best * best;
}

#[program()]
#[conservative_grad]
fn long_expression(a: f64, b: f64, c: f64, d: f64) -> f64 {
    ((a * b + c * d) * (a - d) + (b * c - a * d) * (a * b * c)) * (1.0 + a * a) - (a + b) * (c + d)
}
