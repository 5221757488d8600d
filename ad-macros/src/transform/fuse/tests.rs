use crate::transform::stages::{same, stage, sweeps};

fn fused(source: &str) -> String {
    let fused = stage(source).fused().expect("a loop is fused");
    sweeps(&fused.sweeps)
}

fn is_fused(source: &str) -> bool {
    stage(source).fused().is_some()
}

#[test]
fn an_iteration_runs_forward_and_back() {
    let text = fused(
        "fn f(x: &[f64]) -> f64 {
            let mut s = 0.0;
            for i in 0..x.len() {
                s += x[i] * x[i];
            }
            s / x.len() as f64
        }",
    );
    same(
        &text,
        "
            var s.1 = 0.0
            let t.2 = len x.0
            -- reverse
            let t_adj.14 = read seed.12
            let t.8 = {__hole_0.len()as f64 | x.0}
            let s_adj.16 = t_adj.14 / t.8
            -- forward
            for i.3 in 0..t.2 {
                let t.4 = read x.0[i.3]
                let t.5 = read x.0[i.3]
                let t.6 = t.4 * t.5
                s.1 += t.6
                -- reverse
                let t_adj.23 = s_adj.16 * t.5
                let t_adj.25 = t.4 * s_adj.16
                if active {0} {
                    x_adj.11[i.3] += t_adj.25
                }
                if active {0} {
                    x_adj.11[i.3] += t_adj.23
                }
            }
            let s.7 = read s.1
            let t.8 = {__hole_0.len()as f64 | x.0}
            let t.9 = s.7 / t.8
            -- t_adj.14, t.8, s_adj.16
            let t.2 = len x.0
        ",
    );
}

#[test]
fn what_follows_decides() {
    let with = |rest: &str| {
        is_fused(&format!(
            "fn f(x: &[f64], a: f64) -> f64 {{
                let mut s = 0.0;
                for i in 0..x.len() {{ s += x[i] * a; }}
                {rest}
            }}"
        ))
    };
    assert!(with("s"));
    assert!(with("2.0 - a * s / x.len() as f64"));
    assert!(with("let b = a.exp(); s * b + a"), "computed early");
    assert!(!with("s.sqrt()"), "not linear");
    assert!(!with("s * s"), "not linear");
    assert!(!with("s * x[0]"), "an index may panic");
    assert!(!with("s / (x.len() - 1) as f64"), "it may overflow");
    assert!(with("let mut b = a; b *= a; s * b"));
    assert!(
        !with("let mut b = a; for _ in 0..2 { b *= a; } s * b"),
        "of a loop"
    );
    assert!(!with("if s > 0.0 { s } else { a }"), "a decision");
}

#[test]
fn iterations_must_be_independent() {
    let with = |before: &str, body: &str, after: &str| {
        is_fused(&format!(
            "fn f(x: &[f64], n: usize) -> f64 {{
                let mut s = 0.0;
                {before}
                for i in 0..x.len() {{ {body} }}
                {after}
                s
            }}"
        ))
    };
    assert!(with("", "s += x[i]; s -= x[i] * x[i];", ""));
    assert!(!with("", "s = s + x[i] * s;", ""), "carried");
    assert!(
        !with("let mut t = 0.0;", "t += x[i]; s += t * t;", ""),
        "a sum that is read"
    );
    assert!(
        with("let mut k = 1;", "k = k * 3 % 5; s += x[k] * x[i];", ""),
        "no derivative"
    );
    assert!(with("let mut t = 0.0;", "t = x[i]; s += t * t;", ""));
    assert!(
        !with("let mut t = 0.0;", "t = x[i]; s += t * t;", "s += t;"),
        "used after"
    );
    assert!(!with(
        "let mut t = 0.0;",
        "if i > 1 { t = x[i]; } s += t * t;",
        ""
    ));
    let buffer = "let mut b = vec![0.0; n];";
    let fill = |to: &str| format!("for j in 0..{to} {{ b[j] = x[i]; }} s += b[0] * b[n / 2];");
    assert!(with(buffer, &fill("n"), ""));
    assert!(with(buffer, &fill("b.len()"), ""));
    let nested = format!("for k in 0..n {{ {} }}", fill("n"));
    assert!(with(buffer, &nested, ""));
    assert!(
        !with(buffer, &format!("{nested} s += b[1];"), ""),
        "there may be no round"
    );
    assert!(!with(buffer, &fill("n - 1"), ""));
    assert!(!with(buffer, &fill("x.len()"), ""));
    assert!(
        !with("", "if x[i] > 2.0 { break; } s += x[i];", ""),
        "a loop that ends early"
    );
    assert!(
        !with("", "println!(\"{s}\"); s += x[i];", ""),
        "a sum that is shown"
    );
}

#[test]
fn a_callee_must_overwrite_what_it_is_handed() {
    let fused = stage(
        "fn f(x: &[f64]) -> f64 {
            let mut b = vec![0.0; 2];
            let mut s = 0.0;
            for i in 0..x.len() {
                fill(&x[i..], &mut b);
                s += b[0] * b[1];
            }
            s
        }",
    )
    .fused()
    .expect("the loop is fused");
    let given = fused.given.iter();
    let given: Vec<String> = given
        .map(|(path, k)| format!("{} {k}", quote::ToTokens::to_token_stream(path)))
        .collect();
    assert_eq!(given, ["fill 1"]);
}
