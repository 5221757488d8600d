//! The programs as Rust text, in the spellings that people use.

use std::fmt::Write as _;

use fastrand::Rng;

use crate::program::{Program, Relation, Step};

/// What the programs call.
pub const HELPERS: &str = "
#[conservative_grad]
fn positive(x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    x
}

#[conservative_grad]
fn larger(a: f64, b: f64) -> f64 {
    match a >= b {
        true => a,
        false => b,
    }
}

#[conservative_grad]
fn weighted(c: &[f64], x: &[f64], constant: f64) -> f64 {
    let mut sum = constant;
    for (c, x) in c.iter().zip(x) {
        sum += c * x;
    }
    sum
}
";

/// A function of a slice. The registers are variables, or elements of a vector.
#[must_use]
pub fn function(name: &str, program: &Program, seed: u64) -> String {
    let mut rng = Rng::with_seed(seed ^ 0x50_75_72_65);
    let (in_list, count) = (rng.bool(), program.steps.len());
    let register = |k: usize| {
        if in_list {
            format!("r[{k}]")
        } else {
            format!("r{k}")
        }
    };
    let mut text = format!("#[conservative_grad]\npub fn {name}(x: &[f64]) -> f64 {{\n");
    if in_list {
        let _ = writeln!(text, "let mut r = vec![0.0; {count}];");
    }
    let leaves_at = if rng.u8(0..4) == 0 {
        rng.usize(1..=count)
    } else {
        0
    };
    for (k, step) in program.steps.iter().enumerate() {
        if k > 1 && k == leaves_at {
            let [a, b, c] = [0; 3].map(|_| register(rng.usize(0..k)));
            let _ = writeln!(text, "if {a} > {b} + {c} - {c} {{ return {c}; }}");
        }
        let lead = if in_list { "" } else { "let " };
        let value = spelled(step, &register, &mut rng);
        let _ = writeln!(text, "{lead}{} = {value};", register(k));
    }
    let _ = writeln!(text, "{}\n}}", register(count - 1));
    text
}

fn spelled(step: &Step, register: &impl Fn(usize) -> String, rng: &mut Rng) -> String {
    match step {
        Step::Affine(coefficients, constant) => affine(coefficients, *constant, rng),
        Step::Shift(a, by) => format!("{} + {by}.0", register(*a)),
        Step::Scale(by, a) => format!("{by}.0 * {}", register(*a)),
        Step::Add(a, b) => format!("{} + {}", register(*a), register(*b)),
        Step::Sub(a, b) => format!("{} - {}", register(*a), register(*b)),
        Step::Relu(a) => relu(&register(*a), rng),
        Step::Abs(a) => {
            let a = register(*a);
            match rng.u8(0..4) {
                0 => format!("if {a} < 0.0 {{ -{a} }} else {{ {a} }}"),
                1 => format!("positive({a}) + positive(-{a})"),
                _ => format!("{a}.abs()"),
            }
        }
        Step::Max(a, b) => extreme(
            ["max", "NEG_INFINITY", ">"],
            &register(*a),
            &register(*b),
            rng,
        ),
        Step::Min(a, b) => extreme(["min", "INFINITY", "<"], &register(*a), &register(*b), rng),
        Step::Choose(relation, operands) => choose(*relation, operands.map(register), rng),
    }
}

fn affine(coefficients: &[i32], constant: i32, rng: &mut Rng) -> String {
    let list: Vec<String> = coefficients.iter().map(|c| format!("{c}.0")).collect();
    match rng.u8(0..3) {
        0 => format!("weighted(&[{}], x, {constant}.0)", list.join(", ")),
        1 => format!(
            "[{}].iter().zip(x).map(|(c, x)| c * x).sum::<f64>() + {constant}.0",
            list.join(", ")
        ),
        _ => {
            let terms = list.iter().enumerate();
            let terms: Vec<String> = terms.map(|(k, c)| format!("{c} * x[{k}]")).collect();
            format!("{} + {constant}.0", terms.join(" + "))
        }
    }
}

fn relu(a: &str, rng: &mut Rng) -> String {
    match rng.u8(0..6) {
        0 => format!("if {a} > 0.0 {{ {a} }} else {{ 0.0 }}"),
        1 => format!("positive({a})"),
        2 => format!("match {a} > 0.0 {{ true => {a}, _ => 0.0 }}"),
        // A loop that runs once or never.
        3 => format!(
            "{{ let mut sum = 0.0; let mut left = {a}; \
             while left > 0.0 {{ sum += {a}; left -= left + 1.0; }} sum }}"
        ),
        _ => format!("{a}.max(0.0)"),
    }
}

fn extreme([name, start, relation]: [&str; 3], a: &str, b: &str, rng: &mut Rng) -> String {
    match rng.u8(0..6) {
        0 => format!("if {a} {relation} {b} {{ {a} }} else {{ {b} }}"),
        1 if name == "max" => format!("larger({a}, {b})"),
        1 => format!("-larger(-{a}, -{b})"),
        2 => format!("[{a}, {b}].iter().copied().fold(f64::{start}, f64::{name})"),
        3 => format!("ad_runtime::{name}_of(&[{a}, {b}])"),
        4 => format!(
            "{{ let mut best = {a}; for y in [{b}] {{ if y {relation} best {{ best = y; }} }} best }}"
        ),
        _ => format!("{a}.{name}({b})"),
    }
}

fn choose(relation: Relation, [a, b, c, d]: [String; 4], rng: &mut Rng) -> String {
    let holds = format!("{a} {} {b}", relation.token());
    match rng.u8(0..3) {
        0 => format!("match {holds} {{ true => {c}, false => {d} }}"),
        1 => format!("{{ let mut chosen = {d}; if {holds} {{ chosen = {c}; }} chosen }}"),
        _ => format!("if {holds} {{ {c} }} else {{ {d} }}"),
    }
}
