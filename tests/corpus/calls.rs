//! Calls of annotated functions.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn square(x: f64) -> f64 {
    x * x
}

#[twin]
#[conservative_grad]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s
}

#[twin]
#[conservative_grad]
fn smooth_abs(x: f64) -> f64 {
    if x > 0.5 {
        return x;
    }
    square(x) + 0.25
}

#[twin]
#[conservative_grad]
fn scale_in_place(a: f64, y: &mut [f64]) {
    for v in y.iter_mut() {
        *v *= a;
    }
}

#[twin]
#[conservative_grad]
fn sum_and_product(x: f64, y: f64) -> (f64, f64) {
    (x + y, x * y)
}

#[twin]
#[conservative_grad]
fn grow(y: &mut f64, x: f64) -> f64 {
    *y *= x;
    *y + x
}

pub mod geometry {
    use ad_runtime::conservative_grad;
    use twin::twin;

    #[twin]
    #[conservative_grad]
    pub fn length(p: [f64; 2]) -> f64 {
        (p[0] * p[0] + p[1] * p[1] + 1.0).sqrt()
    }

    pub mod planar {
        use ad_runtime::conservative_grad;
        use twin::twin;

        #[twin]
        #[conservative_grad]
        pub fn rotate(p: [f64; 2], angle: f64) -> [f64; 2] {
            let c = angle.cos();
            let s = angle.sin();
            [c * p[0] - s * p[1], s * p[0] + c * p[1]]
        }

        #[twin]
        #[conservative_grad]
        pub fn stretched(p: [f64; 2], a: f64) -> f64 {
            super::length([p[0] * a, p[1]]) * super::super::square(a)
        }
    }
}

#[program()]
#[conservative_grad]
fn calls_once(x: f64, y: f64) -> f64 {
    square(x * y) + y
}

#[program()]
#[conservative_grad]
fn calls_nested(x: f64) -> f64 {
    square(square(x) + smooth_abs(x))
}

#[program()]
#[conservative_grad]
fn calls_modules(p: [f64; 2], a: f64) -> f64 {
    let q = geometry::planar::rotate(p, a);
    geometry::length(q) * crate::calls::geometry::planar::stretched(q, a) + self::square(a)
}

#[program(x[4])]
#[conservative_grad]
fn same_slice_twice(x: &[f64]) -> f64 {
    dot(x, x)
}

#[program(x[4])]
#[conservative_grad]
fn overlapping_subslices(x: &[f64]) -> f64 {
    dot(&x[0..3], &x[1..4]) * dot(&x[..2], &x[2..])
}

#[program(n = 5)]
#[conservative_grad]
fn recursive_power(x: f64, n: usize) -> f64 {
    if n == 0 {
        return 1.0;
    }
    let half = recursive_power(x, n / 2);
    if n % 2 == 0 {
        half * half
    } else {
        half * half * x
    }
}

#[program(n = 6)]
#[conservative_grad]
fn fibonacci_like(x: f64, y: f64, n: usize) -> f64 {
    if n == 0 {
        x
    } else if n == 1 {
        y
    } else {
        fibonacci_like(x, y, n - 1) * 0.5 + fibonacci_like(x, y, n - 2) * x
    }
}

#[program(x[8])]
#[conservative_grad]
fn pairwise_sum(x: &[f64]) -> f64 {
    if x.len() == 1 {
        return x[0] * x[0];
    }
    let middle = x.len() / 2;
    pairwise_sum(&x[..middle]) * pairwise_sum(&x[middle..]) + x[0]
}

#[program(n = 4)]
#[conservative_grad]
fn calls_in_loop(x: f64, n: usize) -> f64 {
    let mut s = x;
    for i in 0..n {
        s = smooth_abs(s * x) + square(s) * 0.1;
        if i % 2 == 1 {
            s -= square(x);
        }
    }
    s
}

#[program(x[6])]
#[conservative_grad]
fn mutable_subslices(x: &mut [f64], a: f64) -> f64 {
    scale_in_place(a, &mut x[..3]);
    x[3] *= x[0];
    scale_in_place(x[5] * a, &mut x[2..5]);
    x[2] * x[4]
}

#[program(x[3], y[3])]
#[conservative_grad]
fn mutable_passed_on(x: &[f64], y: &mut [f64]) {
    scale_in_place(x[0], y);
    for i in 0..3 {
        y[i] += x[i];
    }
    scale_in_place(2.0, y);
}

#[program()]
#[conservative_grad]
fn tuple_from_call(x: f64, y: f64) -> f64 {
    let (s, p) = sum_and_product(x, y);
    let t = sum_and_product(s, p);
    t.0 * t.1
}

#[program()]
#[conservative_grad]
fn mutable_scalar(x: f64, y: f64) -> f64 {
    let mut z = y;
    let a = grow(&mut z, x);
    let b = grow(&mut z, a);
    a * b * z
}

#[program(y[3])]
#[conservative_grad]
fn mutable_element(x: f64, y: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        s += grow(&mut y[i], x);
    }
    s * y[1]
}

#[program(n = 3)]
#[conservative_grad]
fn local_passed_mutably(x: f64, n: usize) -> f64 {
    let mut t = vec![x; n];
    scale_in_place(x, &mut t);
    let mut fixed = [x, 1.0, x * x];
    scale_in_place(t[1], &mut fixed);
    scale_in_place(t[0], &mut fixed[1..]);
    dot(&t, &fixed)
}

#[program(n = 3, y[3])]
#[conservative_grad]
fn mutable_in_dynamic_loop(x: f64, y: &mut [f64], n: usize) -> f64 {
    let mut k = 0;
    let mut s = x;
    while k < n {
        scale_in_place(s, y);
        s = y[k] + x;
        k += 1;
    }
    s
}

#[program(c = 3.0)]
#[conservative_grad(wrt(x))]
fn inactive_arguments(x: f64, c: f64) -> f64 {
    let d = square(c);
    square(x) * d + geometry::length([c, x]) + dot(&[1.0, 2.0], &[x, d])
}

#[program(x[3])]
#[conservative_grad]
fn call_in_condition(x: &[f64]) -> f64 {
    if dot(x, x) > 1.5 {
        square(x[0])
    } else {
        x[1] * square(x[2])
    }
}

#[program()]
#[conservative_grad]
fn call_in_short_circuit(x: f64, y: f64) -> f64 {
    if x > 0.0 && square(y) > 0.3 || smooth_abs(x) > 0.6 {
        x * y
    } else {
        y
    }
}

#[program()]
#[conservative_grad(select = left)]
fn with_its_own_rule(x: f64, y: f64) -> f64 {
    square(x).max(y) + x.abs()
}

#[program()]
#[conservative_grad]
fn calls_function_with_rule(x: f64, y: f64) -> f64 {
    with_its_own_rule(x, y) * y
}
