//! Tests of the signature: what is active, and what is refused.

use super::*;

fn parse(args: &str, item: &str) -> (Signature, String) {
    let mut errors = Errors::new();
    let options = Options::parse(args.parse().unwrap(), &mut errors);
    let sig = Signature::parse(&syn::parse_str(item).unwrap(), None, &options, &mut errors);
    (sig, errors.into_tokens().to_string())
}

fn active(sig: &Signature) -> Vec<String> {
    sig.params
        .iter()
        .filter(|p| p.active)
        .map(|p| p.name.to_string())
        .collect()
}

#[test]
fn floats_are_active_by_default() {
    let (sig, errors) = parse(
        "",
        "fn f<'a, T: num_traits::Float, U, const N: usize>(a: f64, b: &[f32], c: &mut [[f64; 3]], d: Vec<T>, \
         e: (f64, usize), n: usize, s: &'a str, u: U, t: [bool; N], k: &mut Vec<usize>) -> T { }",
    );
    assert_eq!(errors, "");
    assert_eq!(active(&sig), ["a", "b", "c", "d", "e"]);
    assert_eq!(sig.params[2].passing, Passing::RefMut);
    assert!(
        matches!(&sig.params[1].ty, Ty::Slice(t) if matches!(&**t, Ty::Float(Some(n)) if n == "f32"))
    );
    assert!(
        matches!(&sig.params[3].ty, Ty::Vec(t) if matches!(&**t, Ty::Float(Some(n)) if n == "T"))
    );
    assert!(sig.output.scalar);
    assert!(!sig.is_constant());
}

#[test]
fn wrt_selects() {
    let (sig, errors) = parse("wrt(b)", "fn f(a: f64, b: Real, c: Config) -> Real {}");
    assert_eq!(errors, "");
    assert_eq!(active(&sig), ["b"]);
    assert!(!sig.output.scalar);
    let (sig, _) = parse("scalar, wrt(b)", "fn f(a: f64, b: Real) -> Real {}");
    assert!(sig.output.scalar);
    let (sig, errors) = parse("wrt()", "fn f(a: f64) -> f64 {}");
    assert_eq!(errors, "");
    assert!(sig.is_constant());
}

#[test]
fn patterns_get_names() {
    let (sig, errors) = parse("", "fn f((a, b): (f64, f64), _: usize, mut x: f64) {}");
    assert_eq!(errors, "");
    assert_eq!(active(&sig), ["arg0", "x"]);
    assert!(
        sig.is_constant(),
        "nothing is returned and nothing is written to"
    );
}

#[test]
fn faults_of_wrt() {
    let (_, errors) = parse("wrt(n, z, x, x)", "fn f(x: f64, n: usize) -> f64 {}");
    assert!(errors.contains("`usize` holds no float"), "{errors}");
    assert!(errors.contains("there is no parameter `z`"), "{errors}");
    assert!(errors.contains("`x` is in wrt(..) twice"), "{errors}");
}

#[test]
fn faults_of_functions() {
    let (_, errors) = parse(
        "",
        "async unsafe extern \"C\" fn f(p: &Point, g: impl Iterator, h: &dyn Fn()) -> &[f64] {}",
    );
    for text in [
        "async function",
        "unsafe function",
        "extern function",
        "`impl Trait`",
        "trait object",
        "a result that borrows",
    ] {
        assert!(errors.contains(text), "{text}: {errors}");
    }
    let (_, errors) = parse("", "fn f(x: Option<f64>, y: Vec<&f64>) -> Option<f64> {}");
    assert_eq!(errors.matches("not supported yet").count(), 1, "{errors}");
}

#[test]
fn receivers_are_parameters() {
    let parse = |method: syn::ItemFn, args: &str| {
        let mut errors = Errors::new();
        let options = Options::parse(args.parse().unwrap(), &mut errors);
        let sig = Signature::parse(&method, Some(&Owner::default()), &options, &mut errors);
        (sig, errors.into_tokens().to_string())
    };
    let (sig, errors) = parse(
        syn::parse_quote!(
            fn f(&mut self, x: f64) -> Self {}
        ),
        "wrt(self)",
    );
    assert_eq!((errors.as_str(), active(&sig)), ("", vec!["self".into()]));
    assert_eq!(sig.params[0].passing, Passing::RefMut);
    let boxed = syn::parse_quote!(
        fn f(self: Box<Self>) -> f64 {}
    );
    let (_, errors) = parse(boxed, "");
    assert!(
        errors.contains("this receiver is not supported"),
        "{errors}"
    );
}

#[test]
fn results_that_carry_no_float() {
    let (sig, errors) = parse("", "fn f(x: f64) -> usize {}");
    assert_eq!(errors, "");
    assert!(sig.is_constant());
    let (sig, _) = parse("", "fn f(x: &mut [f64]) -> bool {}");
    assert!(!sig.is_constant());
}
