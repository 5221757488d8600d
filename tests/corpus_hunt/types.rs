//! Numbers whose type the user writes elsewhere than where they are bound.

use ad_runtime::conservative_grad;
use ad_runtime::testing::check_grad;
use twin::program;

#[program(xs[2], on(0.3, 1.7))]
#[conservative_grad]
fn functions_by_path_of_open_numbers(xs: &[f64]) -> f64 {
    let q = 0.3;
    let (mut r, mut best) = (0.4, 0.0);
    r += xs[0];
    for x in xs {
        best = f64::max(best, *x);
    }
    f64::cos(q) * f64::sin(r) * f64::max(r, q) * f64::powi(best, 2) * f64::mul_add(r, best, 0.1)
}

#[program(xs[2], on(0.3, 1.7))]
#[conservative_grad]
fn annotated_tuples(xs: &[f64]) -> f64 {
    let (a, mut b): (f64, f64) = (xs[0], 0.3);
    if a > 1.0 {
        b = 2.0;
    }
    let (u, [v, w]): (f64, [f64; 2]) = (0.2, [0.3, 0.5]);
    let z: f64 = {
        let y = 0.7;
        y
    };
    a * b.sin() * u.sin() * v.cos() * w.exp() * z.sin() + xs[1]
}

#[program(xs[2], on(0.3, 1.7))]
#[conservative_grad]
fn annotated_aggregates_of_literals(xs: &[f64]) -> f64 {
    let p: [(f64, f64); 2] = [(0.1, 0.2), (xs[0], 0.3)];
    let q: (f64, [f64; 2]) = (0.2, [0.3, 0.5]);
    let r: Vec<[f64; 2]> = vec![[0.1, 0.2], [xs[1], 0.4]];
    p[0].0.sin() * p[1].1.sin() * q.0.sin() * q.1[0].cos() * r[0][1].exp() * p[1].0 * r[1][0]
}

/// In the generated code the table's type shows below its use.
#[program(xs[5], on(0.3, 1.7))]
#[conservative_grad]
fn table_of_open_numbers(xs: &[f64]) -> f64 {
    let mut table = vec![vec![0.0; 4]; 4];
    for i in 0..4 {
        for j in 0..4 {
            table[i][j] = if i == 0 || j == 0 {
                xs[i + j] + i as f64 * 0.1
            } else {
                let least = table[i - 1][j].min(table[i][j - 1]);
                least - (-table[i - 1][j - 1]).exp() + xs[(i * j) % 5]
            };
        }
    }
    table[3][3]
}

#[derive(Clone, Copy, ad_runtime::Differentiable)]
struct Counted {
    x: f64,
    n: i32,
}

#[conservative_grad]
fn step(state: &mut Counted, table: &[f64]) -> f64 {
    state.n += 1;
    state.x *= table[(state.n % 3) as usize];
    let whole = state.x as usize;
    state.x + whole as f64 + state.n as f64
}

#[conservative_grad]
fn casts_of_integer_fields(xs: [f64; 3]) -> f64 {
    let mut state = Counted { x: xs[0], n: 0 };
    let mut sum = 0.0;
    for _ in 0..4 {
        sum += step(&mut state, &xs);
    }
    sum
}

#[test]
fn a_cast_is_a_site_only_where_it_is_one_of_a_float() {
    let x = [1.3, 0.9, 1.4];
    check_grad(casts_of_integer_fields, casts_of_integer_fields::grad, x).assert_ok();
    let (_, trace) = casts_of_integer_fields::trace(x);
    assert_eq!(trace.selections().len(), 4, "{trace}");
}
