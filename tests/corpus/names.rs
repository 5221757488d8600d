//! Names that generated code might use itself, and shadowing in odd places.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn names_of_the_machinery(tape: f64, act: f64, sel: f64, phase: f64) -> f64 {
    let seed = tape * act;
    let rt = seed.sin() + sel;
    let x_adj = rt * phase;
    let frame = x_adj * x_adj;
    frame * tape
}

#[program()]
#[conservative_grad]
fn names_like_adjoints(x: f64, w_adj: f64, x_t: f64) -> f64 {
    let x_adj = w_adj * x;
    let x_tan = x_t + 1.0;
    let t = x * x_adj;
    let x_adj_1 = t * x_tan;
    let t_adj = x_adj_1 * x;
    let value = t_adj + x_tan * x_adj;
    let out = value * value;
    out + x
}

#[program(s[3], t[3])]
#[conservative_grad]
fn names_of_one_letter(s: &[f64], t: &mut [f64], v: f64) -> f64 {
    let mut k = 0.0;
    for i in 0..s.len() {
        let s = s[i] * v;
        t[i] = t[i] * s;
        k += t[i] * s;
    }
    k
}

#[program()]
#[conservative_grad]
fn underscored(__tape: f64, _x: f64, __hole_0: f64, n: f64) -> f64 {
    let __adj = __tape * __hole_0;
    let _y = __adj * _x;
    _y * n + __hole_0
}

#[program()]
#[conservative_grad]
fn raw_identifiers(r#type: f64, r#match: f64) -> f64 {
    let mut r#loop = r#type * r#match;
    r#loop += r#type;
    let r#fn = r#loop * r#loop;
    r#fn * r#match
}

#[program()]
#[conservative_grad]
fn unicode_names(λ: f64, größe: f64) -> f64 {
    let 値 = λ * größe;
    let mut β = 値.sin();
    β *= λ;
    β + 値
}

#[program()]
#[conservative_grad]
fn unused_arguments(x: f64, _: f64, _y: f64) -> f64 {
    x * x
}

#[program()]
#[conservative_grad]
fn names_of_types(float: f64, result: f64, ret: f64, exit: f64) -> f64 {
    if float > 0.0 {
        return result * ret;
    }
    let mut again = exit;
    while again < 1.0 {
        again += 0.5 + result * result;
    }
    again * ret
}

#[program()]
#[conservative_grad]
fn shadowed_in_match(x: f64, n: f64) -> f64 {
    let k = if x > 0.0 { 2 } else { 3 };
    let y = match k {
        2 => {
            let x = x * x;
            let k = x * 3.0;
            k * x
        }
        x => n * x as f64,
    };
    y * x
}

#[program()]
#[conservative_grad]
fn shadowed_by_itself(x: f64) -> f64 {
    let x = x * x;
    let x = {
        let x = x + 1.0;
        x * x
    };
    let mut x = x;
    x *= 2.0;
    let x = x;
    x
}

#[program(xs[3])]
#[conservative_grad]
fn shadowed_parameter(xs: &[f64]) -> f64 {
    let xs: Vec<f64> = xs.to_vec();
    let n = xs.len();
    let mut s = 0.0;
    for x in &xs {
        let s_old = s;
        s = s_old * *x + x * x;
    }
    s / n as f64
}

#[program()]
#[conservative_grad]
fn shadowed_function(x: f64, max: f64) -> f64 {
    let min = x.max(max);
    let abs = min.abs();
    let sin = abs.min(min * x);
    sin
}

#[program()]
#[conservative_grad]
fn inner_items(x: f64) -> f64 {
    use std::f64::consts::PI;
    const HALF: f64 = 0.5;
    const N: usize = 3;
    const W: [f64; 3] = [1.0, 2.0, 3.0];
    let mut s = 0.0;
    for i in 0..N {
        s += W[i] * (PI * x).sin() * HALF;
    }
    s
}

#[program()]
#[conservative_grad]
fn inner_functions(x: f64) -> f64 {
    #[conservative_grad]
    fn inner(y: f64) -> f64 {
        y * y.cos()
    }
    inner(x) * inner(x * x)
}

#[program()]
#[conservative_grad]
fn inner_integer_function(x: f64) -> f64 {
    fn next(i: usize) -> usize {
        i * 2 + 1
    }
    let mut i = 1;
    let mut s = x;
    while i < 20 {
        s = s * x + i as f64;
        i = next(i);
    }
    s
}

#[program(plain(min, max))]
#[conservative_grad]
fn inner_use_of_cmp(x: f64) -> f64 {
    use std::cmp::{max, min};
    let n = min(3, 5);
    let m = max(n, 1);
    let mut s = 1.0;
    for _ in 0..m {
        s *= x;
    }
    s
}

#[program(n = 0)]
#[conservative_grad]
fn formatted_names(x: f64, n: usize) -> f64 {
    let y = x * x;
    println!("{x} {y:>8.3} {n:?} {} {:width$}", x, 3, width = n + 1);
    eprintln!("{{{x}}}");
    assert!(y >= 0.0, "y is {y}, x is {}", x);
    assert_eq!(n, 0, "n is {n}");
    debug_assert!(x.is_finite() && n < 5);
    debug_assert_ne!(n, 7);
    y * x
}
