use super::*;
use crate::ir::lower;
use crate::syntax::options::Options;
use crate::syntax::signature::Signature;

/// What is said about the loops of a function, without what the feature's absence says.
fn refused(source: &str) -> String {
    let item: syn::ItemFn = syn::parse_str(source).unwrap();
    let mut errors = Errors::new();
    let options = Options::parse(proc_macro2::TokenStream::new(), &mut errors);
    let sig = Signature::parse(&item, None, &options, &mut errors);
    let func = lower::lower(&sig, &item.block, &mut errors);
    drop(errors.into_tokens());
    let mut errors = Errors::new();
    refuse_dependent(&func, &mut errors);
    errors.into_tokens().to_string()
}

#[test]
fn sums_and_elements_of_its_own_are_independent() {
    let text = refused(
        "fn f(x: &[f64], out: &mut [f64]) -> f64 {
            let mut s = 0.0;
            let mut bins = [0.0; 3];
            #[parallel]
            for i in 0..x.len() {
                let mut t = x[i];
                t *= 2.0;
                s += t;
                bins[i % 3] -= t;
                out[i] = t * x[0];
            }
            s + bins[0]
        }",
    );
    assert_eq!(text, "");
}

#[test]
fn what_another_iteration_changes_is_refused() {
    let carried = refused(
        "fn f(x: &[f64]) -> f64 {
            let mut s = 1.0;
            #[parallel]
            for i in 0..x.len() { s = s * x[i]; }
            s
        }",
    );
    assert!(carried.contains("this one changes `s`"), "{carried}");
    assert!(
        carried.contains("another iteration reads `s` here"),
        "{carried}"
    );
    let read = refused(
        "fn f(x: &[f64], out: &mut [f64]) {
            #[parallel]
            for i in 1..x.len() { out[i] = x[i] * out[i - 1]; }
        }",
    );
    assert!(
        read.contains("another iteration reads `out` here"),
        "{read}"
    );
    let overlapping = refused(
        "fn f(x: &[f64], out: &mut [f64]) {
            #[parallel]
            for i in 0..x.len() { out[i / 2] = x[i]; }
        }",
    );
    assert!(
        overlapping.contains("this one changes `out`"),
        "{overlapping}"
    );
    let sums = refused(
        "fn f(x: &[f64]) -> f64 {
            let mut s = 0.0;
            let mut t = 0.0;
            #[parallel]
            for i in 0..x.len() { s += x[i]; t += s; }
            t
        }",
    );
    assert!(sums.contains("another iteration reads `s` here"), "{sums}");
    let buffer = refused(
        "fn f(x: &[f64]) -> f64 {
            let mut s = 0.0;
            let mut b = vec![0.0; 2];
            #[parallel]
            for i in 0..x.len() { fill(x[i], &mut b); s += b[0]; }
            s
        }",
    );
    assert!(buffer.contains("this one changes `b`"), "{buffer}");
    let said = refused(
        "fn f(x: &[f64]) -> f64 {
            let mut s = 0.0;
            #[parallel]
            for i in 0..x.len() { println!(\"{i}\"); s += x[i]; }
            s
        }",
    );
    assert!(said.contains("run in any order"), "{said}");
}
