use super::overwritten_params;
use crate::transform::stages::stage;

fn overwrites(body: &str) -> bool {
    let func = stage(&format!(
        "fn f(x: &[f64], n: usize, out: &mut [f64]) {{ {body} }}"
    ))
    .func;
    overwritten_params(&func)[2]
}

#[test]
fn every_element_is_stored_to_before_one_is_read() {
    assert!(overwrites("for i in 0..out.len() { out[i] = x[i]; }"));
    assert!(overwrites("for o in out.iter_mut() { *o = x[0]; }"));
    assert!(overwrites("out.fill(0.0); out[1] += x[0];"));
    assert!(overwrites(
        "let n = out.len(); for i in (0..n).rev() { out[i] = x[i]; out[i] *= 2.0; }"
    ));
    assert!(overwrites(
        "if n > 3 { out.fill(1.0); } else { for i in 0..out.len() { out[i] = x[i]; } }"
    ));
}

#[test]
fn some_element_may_be_read_first() {
    assert!(!overwrites(""), "it is not written at all");
    assert!(!overwrites("for i in 0..out.len() { out[i] += x[i]; }"));
    assert!(!overwrites("for i in 0..x.len() { out[i] = x[i]; }"));
    assert!(!overwrites("for i in 0..n { out[i] = x[i]; }"));
    assert!(!overwrites("for i in 1..out.len() { out[i] = x[i]; }"));
    assert!(!overwrites("out[0] = x[0]; out.fill(x[1]);"));
    assert!(!overwrites("if n > 3 { out.fill(1.0); }"));
    assert!(!overwrites(
        "for i in 0..out.len() { if i > n { out[i] = x[i]; } }"
    ));
    assert!(!overwrites(
        "for i in 0..out.len() { out[i] = x[i]; out[0] += x[i]; }"
    ));
    assert!(!overwrites(
        "let t = out[0]; for i in 0..out.len() { out[i] = x[i] * t; }"
    ));
}
