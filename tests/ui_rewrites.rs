//! What the refusals of `tests/ui/refused` suggest instead, compiled and compared with
//! differences.

#![allow(
    clippy::all,
    reason = "the programs are written as the language allows, not as clippy likes"
)]

use ad_runtime::conservative_grad;

/// Central differences of a function of a vector.
fn differences(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Vec<f64> {
    let mut at = x.to_vec();
    (0..x.len())
        .map(|k| {
            let h = 1e-6;
            at[k] = x[k] + h;
            let above = f(&at);
            at[k] = x[k] - h;
            let below = f(&at);
            at[k] = x[k];
            (above - below) / (2.0 * h)
        })
        .collect()
}

fn close(name: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{name}");
    for (a, b) in found.iter().zip(expected) {
        assert!(
            (a - b).abs() <= 1e-6 * (1.0 + b.abs()),
            "{name}: {found:?}, expected {expected:?}"
        );
    }
}

/// A test of a function of `x` and of further arguments that have no derivative.
macro_rules! of_scalar {
    ($name:ident ( $($rest:expr),* ) at $x:expr) => {{
        let (value, g) = $name::grad($x $(, $rest)*);
        assert_eq!(value, $name($x $(, $rest)*));
        close(stringify!($name), &[g], &differences(|x| $name(x[0] $(, $rest)*), &[$x]));
    }};
}

macro_rules! of_slice {
    ($name:ident at $x:expr) => {{
        let (value, g) = $name::grad(&$x);
        assert_eq!(value, $name(&$x));
        close(stringify!($name), &g, &differences(|x| $name(x), &$x));
    }};
}

// argument_constant_value: constant alone; constant_selects, custom_beside_others: nothing beside.
#[conservative_grad(constant)]
fn frozen(x: f64) -> f64 {
    x.exp()
}

// custom_without_rule, custom_mode_missing, custom_wrong_signature: both rules, as asked for.
#[conservative_grad(custom(vjp = cube_vjp, jvp = cube_jvp))]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_vjp(x: f64, seed: f64) -> (f64, f64) {
    (cube(x), 3.0 * x * x * seed)
}

fn cube_jvp(x: f64, x_tan: f64) -> (f64, f64) {
    (cube(x), 3.0 * x * x * x_tan)
}

// constant_writes: return the new values.
#[conservative_grad]
fn given(x: f64) -> f64 {
    let held = frozen(x);
    cube(x) * held / frozen(x)
}

// Nothing but a value in the middle.
#[conservative_grad]
fn held(x: f64) -> f64 {
    x * ad_runtime::constant(x.sin())
}

// checkpoint_while, checkpoint_break: a counted loop whose other iterations do nothing.
#[conservative_grad]
fn until_small(x: f64) -> f64 {
    let mut s = x;
    let mut done = false;
    #[checkpoint(10)]
    for _ in 0..100 {
        if !done {
            s = s.sin();
            done = s < 0.4;
        }
    }
    s
}

// checkpoint_unannotated_call, checkpoint_clock: a function that always gives the same, or a call
// before the loop.
#[conservative_grad(constant)]
fn factor(k: usize) -> f64 {
    (k % 4) as f64
}

#[conservative_grad]
fn known_calls(x: f64) -> f64 {
    let late = std::time::Instant::now().elapsed().as_secs() > 1000;
    let mut s = x;
    #[checkpoint(10)]
    for k in 0..100 {
        if !late {
            s = (s * factor(k)).sin() + x;
        }
    }
    s
}

// argument_rule_unknown, argument_wrt_malformed, argument_literal
#[conservative_grad(wrt(x), select = left)]
fn attributed(x: f64, y: f64) -> f64 {
    (x * y).max(0.0)
}

// wrt_of_callee_loses_a_value: add the parameter, or stop the derivative.
#[conservative_grad(wrt(x))]
fn scaled(x: f64, factor: f64) -> f64 {
    x * factor
}

#[conservative_grad]
fn scaled_by_constant(x: f64) -> f64 {
    scaled(x, ad_runtime::constant(3.0 * x.signum()))
}

// item_struct, item_impl, item_method: a free function whose first parameter is the value.
#[conservative_grad]
fn area(shape: &[f64]) -> f64 {
    shape[0] * shape[1]
}

// item_name_taken, rustc's E0428 and E0255: another name for the generated item.
mod square {}

#[conservative_grad(name = square_ad)]
fn square(x: f64) -> f64 {
    x * x
}

#[conservative_grad(calls(square = square_ad))]
fn calls_square(x: f64) -> f64 {
    square(x) + 1.0
}

// parameter_struct: only the listed parameters are active.
struct Point {
    x: f64,
}

impl Point {
    fn len(&self) -> f64 {
        self.x
    }
}

#[conservative_grad(wrt(x))]
fn beside_a_struct(x: f64, p: &Point, name: &str) -> f64 {
    x * x * p.x + p.len() * x + name.len() as f64
}

// The value before, then a comparison.
#[conservative_grad(wrt(x))]
fn option_outside(x: f64, bias: Option<f64>, table: &[i32]) -> f64 {
    let k = table.first().copied().unwrap_or(0);
    let bias = bias.unwrap_or(0.0);
    if k > 0 { x * x * k as f64 + bias } else { x }
}

// parameter_mut_vec: a local `Vec` that is returned, or a slice of the final length.
#[conservative_grad]
fn history(x: f64) -> Vec<f64> {
    let mut history = Vec::new();
    history.push(x * x);
    history.push(history[0] * x);
    history
}

// parameter_impl_trait, closure_escapes, closure_of_closures, closure_changes_a_capture,
// closure_captures_a_function, closure_of_unknown_result, closure_of_unknown_captures: an annotated
// function.
#[conservative_grad]
fn inner(v: f64, y: f64) -> f64 {
    v * v * y
}

#[conservative_grad]
fn instead_of_closure(x: f64) -> f64 {
    inner(x, x.cos())
}

// closure_in_macro: a value computed before.
#[conservative_grad]
fn checked(x: f64) -> f64 {
    let square = |v: f64| v * v;
    let y = square(x);
    assert!(y < 10.0);
    y * x
}

// result_borrows: the values themselves, or through `&mut`.
#[conservative_grad]
fn tail(x: &[f64], out: &mut [f64]) {
    out.copy_from_slice(&x[1..]);
}

// result_struct: tuples and arrays.
#[conservative_grad]
fn both(x: f64) -> (bool, [f64; 2]) {
    (x > 0.0, [x * x, x])
}

// callee_of_std: the method itself.
#[conservative_grad]
fn by_method(x: f64) -> f64 {
    f64::sin(x) * x
}

// range_as_value: a loop.
#[conservative_grad]
fn loops(xs: &[f64]) -> f64 {
    let mut squares: Vec<f64> = Vec::with_capacity(xs.len());
    for v in xs.iter() {
        squares.push(v * v);
    }
    let mut s = 0.0;
    for v in &squares[1..] {
        if *v > 0.5 {
            s += v * xs[0];
        }
    }
    s
}

// iterator_in_parts: the list is asked.
#[conservative_grad]
fn asked(xs: &[f64]) -> f64 {
    let positive: Vec<f64> = xs.iter().copied().filter(|x| *x > 0.0).collect();
    let mut it = positive.iter();
    let first = it.next().unwrap();
    first * it.sum::<f64>()
}

// try_fold_of_unknown_result: a closure whose type is written.
#[conservative_grad]
fn tried(xs: &[f64]) -> f64 {
    let total = xs
        .iter()
        .try_fold(0.0, |sum, x| -> Option<f64> { Some(sum + x) });
    total.unwrap_or(1.0)
}

// binary_search: one comparison.
#[conservative_grad]
fn placed(xs: &[f64]) -> f64 {
    let x = xs[0];
    let i = xs.partition_point(|v| *v < x);
    xs[i] * x
}

// iterator_zip_of_filtered, collect_unknown: a `Vec` collected before.
#[conservative_grad]
fn zipped(xs: &[f64]) -> f64 {
    let positive: Vec<f64> = xs.iter().copied().filter(|x| *x > 0.0).collect();
    let negative = xs.iter().filter(|x| **x < 0.0);
    positive.iter().zip(negative).map(|(x, y)| x * y).sum()
}

// An `Option` in `filter_map` is seen as it is.
#[conservative_grad]
fn roots(xs: &[f64]) -> f64 {
    let a: f64 = xs.iter().filter(|x| **x >= 0.0).map(|x| x.sqrt()).sum();
    let b: f64 = xs
        .iter()
        .filter_map(|x| if *x < 0.0 { Some(x * a) } else { None })
        .sum();
    a + b
}

// Indices.
#[conservative_grad]
fn stack(x: f64) -> f64 {
    let work = [1, 2];
    let mut n = work.len();
    let mut s = x;
    while n > 0 {
        n -= 1;
        s *= work[n] as f64 + x;
    }
    s
}

// unsafe_block, raw_pointer: indices.
#[conservative_grad]
fn indices(xs: &[f64]) -> f64 {
    let first = xs[0];
    let last = xs[xs.len() - 1];
    if xs.len() == 3 { first * last } else { 0.0 }
}

// static_inside, item_in_inner_block
#[conservative_grad]
fn constants(x: f64) -> f64 {
    const SCALE: f64 = 2.0;
    x * x * SCALE
}

// method_unknown, associated_function, callee_not_annotated: an annotated function.
#[conservative_grad]
fn calls_annotated(x: f64) -> f64 {
    square_of(x) * 2.0
}

#[conservative_grad]
fn square_of(x: f64) -> f64 {
    x * x
}

// method_to_bits, method_next_up: stopped.
#[conservative_grad]
fn bits(x: f64) -> f64 {
    let zero = f64::from_bits(ad_runtime::constant(x).to_bits() & 0);
    let above = ad_runtime::constant(x).next_up();
    x * x + zero + above * 0.0
}

// macro_with_control_flow: a `let` before; cfg_in_body: `cfg!`.
#[conservative_grad]
fn checks(x: f64) -> f64 {
    let holds = if x > 0.0 { x < 10.0 } else { true };
    assert!(holds);
    if cfg!(debug_assertions) { x * x } else { x * x }
}

// slice_as_value, reference_moved: choose the ends, the value or the index.
#[conservative_grad]
fn halves(xs: &[f64]) -> f64 {
    let (lo, hi) = if xs[0] > 0.0 { (0, 2) } else { (1, 3) };
    let half = &xs[lo..hi];
    let v = if xs[1] > xs[2] { xs[1] } else { xs[2] };
    half[0] * half[1] * v
}

// reference_chosen: change what is meant by its own name.
#[conservative_grad]
fn changed_by_name(xs: &[f64]) -> f64 {
    let (mut a, mut b) = (xs[0], xs[1]);
    if xs[0] > xs[1] {
        a *= 2.0;
    } else {
        b *= 2.0;
    }
    a * b * b * xs[2]
}

// One arm for each alternative.
#[conservative_grad]
fn arms(x: f64, n: usize) -> f64 {
    match (n, n + 1) {
        (0, k) if k > 1 => x * k as f64,
        (k, 0) if k > 1 => x * x * k as f64,
        _ => x * x,
    }
}

// sort_by_two_keys, sort_unstable_pairs: one comparison, stable. vector_dedup: loops.
#[conservative_grad]
fn sorted(xs: &[f64]) -> f64 {
    let mut pairs: Vec<(f64, f64)> = xs.iter().map(|x| (x * x, *x)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut v: Vec<f64> = Vec::new();
    for (_, x) in &pairs {
        if v.is_empty() || v[v.len() - 1] != *x {
            v.push(*x);
        }
    }
    v[0] * 3.0 + v[1] * v[2]
}

// vector_untyped, range_as_value
#[conservative_grad]
fn typed(x: f64) -> f64 {
    let mut v: Vec<f64> = Default::default();
    v.push(x);
    v.push(v[0] * x);
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * x;
    }
    s
}

// shared_pointer: the value itself.
#[conservative_grad]
fn unboxed(x: f64) -> f64 {
    let b = [x; 2];
    b[0] * b[1]
}

#[test]
fn rewrites_of_attributes_and_items() {
    let (_, g) = held::grad(0.7);
    close("held", &[g], &[0.7f64.sin()]);
    of_scalar!(attributed(2.0) at 0.7);
    let (_, g) = scaled_by_constant::grad(0.7);
    close("scaled_by_constant", &[g], &[3.0]);
    of_slice!(area at [2.0, 3.0]);
    assert_eq!(square_ad::grad(3.0), (9.0, 6.0));
    of_scalar!(calls_square() at 0.7);
}

#[test]
fn rewrites_of_signatures() {
    let p = Point { x: 3.0 };
    of_scalar!(beside_a_struct(&p, "name") at 0.7);
    of_scalar!(option_outside(Some(1.0), &[2]) at 0.7);
    let (value, g) = history::vjp(2.0, vec![1.0, 1.0]);
    assert_eq!((value, g), (vec![4.0, 8.0], 4.0 + 12.0));
    of_scalar!(instead_of_closure() at 0.7);
    of_scalar!(checked() at 0.7);
    let mut out = [0.0; 2];
    let mut out_adj = [1.0, 2.0];
    let g = tail::vjp(&[1.0, 2.0, 3.0], &mut out, &mut out_adj);
    assert_eq!(
        (g, out, out_adj),
        (vec![0.0, 1.0, 2.0], [2.0, 3.0], [0.0, 0.0])
    );
    let (value, g) = both::vjp(3.0, ((), [1.0, 1.0]));
    assert_eq!((value, g), ((true, [9.0, 3.0]), 7.0));
}

#[test]
fn rewrites_of_bodies() {
    of_scalar!(until_small() at 0.7);
    of_scalar!(known_calls() at 0.7);
    of_scalar!(by_method() at 0.7);
    of_slice!(loops at [0.9, 0.2, -1.4]);
    of_scalar!(stack() at 0.7);
    of_slice!(indices at [0.9, 0.2, -1.4]);
    of_scalar!(given() at 0.7);
    of_scalar!(constants() at 0.7);
    of_scalar!(calls_annotated() at 0.7);
    of_scalar!(bits() at 0.7);
    of_scalar!(checks() at 0.7);
    of_slice!(halves at [0.9, 0.2, -1.4]);
    of_slice!(changed_by_name at [0.9, 0.2, -1.4]);
    of_scalar!(arms(1) at 0.7);
    of_slice!(sorted at [0.9, 0.2, -1.4]);
    of_slice!(zipped at [0.9, -0.2, 1.4]);
    of_slice!(asked at [0.9, -0.2, 1.4]);
    of_slice!(placed at [0.9, 1.2, 1.4]);
    of_slice!(tried at [0.9, -0.2, 1.4]);
    of_slice!(roots at [0.9, -0.2, 1.4]);
    of_scalar!(typed() at 0.7);
    of_scalar!(unboxed() at 0.7);
}

// Accepted, although near to something that is refused.

#[conservative_grad]
fn float_patterns(x: f64) -> f64 {
    match x {
        ..-0.5 => x * x,
        -0.5..=0.0 => -x,
        0.0..0.5 => 3.0 * x,
        v => v.exp(),
    }
}

#[conservative_grad]
fn reference_by_branch(x: &f64, y: &f64) -> f64 {
    let r = if x > y { &x } else { &y };
    **r * 2.0 * *x
}

#[conservative_grad]
fn names_of_generated_code(x: f64, x_adj: f64, x_tan: f64, r#type: f64) -> f64 {
    let tape = x * x_adj;
    let act = tape * x_tan;
    act.sin() * r#type + tape
}

#[conservative_grad]
fn reductions(xs: &[f64]) -> f64 {
    let p = xs.iter().product::<f64>();
    p * f64::from(3u8) + f64::from(2) * xs[0]
}

const TABLE: [f64; 3] = [1.0, 2.0, 3.0];

#[conservative_grad]
fn by_name_and_table(x: f64, name: &str) -> f64 {
    let mut s = match name {
        "sin" => x.sin(),
        "square" | "power" => x * x,
        _ => x,
    };
    for (i, t) in TABLE.iter().enumerate() {
        s *= 1.0 + t * x * i as f64;
    }
    for t in &TABLE {
        s += t * x;
    }
    s
}

#[conservative_grad]
fn closures_over_integers(x: f64, n: usize) -> f64 {
    let weights: Vec<usize> = (0..n).map(|k| k * 2).collect();
    let total: usize = weights.iter().sum();
    if weights.iter().any(|w| *w > 2) {
        x * x * total as f64
    } else {
        x
    }
}

#[test]
fn accepted() {
    of_scalar!(by_name_and_table("sin") at 0.7);
    of_scalar!(by_name_and_table("power") at 0.7);
    of_scalar!(closures_over_integers(4) at 0.7);
    for x in [-0.7, -0.2, 0.3, 1.2] {
        of_scalar!(float_patterns() at x);
    }
    let (_, (x, y)) = reference_by_branch::grad(&1.5, &0.5);
    close("reference_by_branch", &[x, y], &[6.0, 0.0]);
    let (_, g) = names_of_generated_code::grad(0.3, 0.5, 0.7, 1.1);
    let of = |v: &[f64]| names_of_generated_code(v[0], v[1], v[2], v[3]);
    close(
        "names",
        &[g.0, g.1, g.2, g.3],
        &differences(of, &[0.3, 0.5, 0.7, 1.1]),
    );
    of_slice!(reductions at [0.9, 0.2, -1.4]);
}
