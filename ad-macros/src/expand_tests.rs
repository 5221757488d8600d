//! What an expansion costs: its size is linear in the source, whatever the
//! nesting, and it is the same every time.

use std::time::Instant;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::expand;

/// A function of about `lines` lines: scalar arithmetic, branches, loops over
/// slices, memories and the functions of the table.
fn long(lines: usize) -> String {
    let mut body = String::new();
    // Ten lines each.
    for k in 0..lines / 10 {
        body += &format!(
            "let a{k} = (s * x[{k}]).sin() + c.max(s);
             let b{k} = a{k} * a{k} / (1.0 + a{k}.abs());
             if b{k} > c {{
                 s += b{k} * c;
             }} else {{
                 s -= (b{k} - c).tanh();
             }}
             for i in 1..n {{
                 y[i] += x[i - 1] * a{k} + y[i - 1] * x[i + {k}].exp();
             }}\n"
        );
    }
    format!(
        "fn long(x: &[f64], y: &mut [f64], c: f64, n: usize) -> f64 {{
             let mut s = c;
             {body}
             s + y[n]
         }}"
    )
}

/// Branches inside branches, each with work on both arms and after it.
fn branches(depth: usize) -> String {
    nest(depth, |k, inner| {
        format!("if s > {k}.5 {{ s *= x; {inner} s += 1.0; }} else {{ s -= x.sqrt(); }}")
    })
}

/// Branches inside branches with an exit in each.
fn exits(depth: usize) -> String {
    nest(depth, |k, inner| {
        format!("if s > {k}.5 {{ if x < s {{ return s; }} s *= x; {inner} s += 1.0; }} s -= x;")
    })
}

fn loops(depth: usize) -> String {
    nest(depth, |k, inner| {
        format!("for i{k} in 0..n {{ s *= x; {inner} s += s * i{k} as f64; }}")
    })
}

fn conditional_loops(depth: usize) -> String {
    nest(depth, |k, inner| {
        format!("while s < {k}.5 {{ s *= x; if x > s {{ break; }} {inner} s += 1.0; }}")
    })
}

fn nest(depth: usize, layer: impl Fn(usize, &str) -> String) -> String {
    let body = (0..depth).fold("s += x * x;".to_string(), |inner, k| layer(k, &inner));
    format!("fn nested(x: f64, n: usize) -> f64 {{ let mut s = x; {body} s }}")
}

fn expanded(source: &str) -> TokenStream {
    let tokens = expand(TokenStream::new(), source.parse().unwrap());
    assert!(!tokens.to_string().contains("compile_error"), "{source}");
    tokens
}

/// The number of tokens, those in groups included.
fn size(tokens: TokenStream) -> usize {
    let token = |token| match token {
        TokenTree::Group(group) => 1 + size(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(token).sum()
}

/// What one step adds to the size of the expansion is the same at the end as at
/// the beginning, give or take a tenth.
#[track_caller]
fn is_linear(program: impl Fn(usize) -> String, [a, b, c]: [usize; 3]) {
    let size = |n| size(expanded(&program(n))) as f64;
    let (small, middle, large) = (size(a), size(b), size(c));
    let (first, second) = (
        (middle - small) / (b - a) as f64,
        (large - middle) / (c - b) as f64,
    );
    assert!(
        (second / first - 1.0).abs() < 0.1,
        "{first} tokens a step at first, then {second}"
    );
}

#[test]
fn the_expansion_grows_with_the_lines() {
    is_linear(long, [100, 200, 400]);
}

#[test]
fn nothing_is_duplicated_in_nested_branches() {
    is_linear(branches, [2, 4, 8]);
    is_linear(exits, [2, 4, 8]);
}

#[test]
fn nothing_is_duplicated_in_nested_loops() {
    is_linear(loops, [2, 4, 8]);
    is_linear(conditional_loops, [2, 4, 8]);
}

#[test]
fn the_same_function_gives_the_same_tokens() {
    for source in [
        long(40),
        branches(4),
        exits(3),
        loops(3),
        conditional_loops(3),
    ] {
        let again = || expanded(&source).to_string();
        assert_eq!(again(), again());
        let elsewhere = std::thread::scope(|s| s.spawn(again).join().unwrap());
        assert_eq!(again(), elsewhere);
    }
}

/// `cargo test -p ad-macros [--release] milliseconds -- --nocapture` prints them.
/// There is no bound here: machines differ, and a neighbour's load is no fault.
#[test]
fn milliseconds() {
    let programs = [
        ("100 lines", long(100)),
        ("200 lines", long(200)),
        ("400 lines", long(400)),
        ("8 nested branches", branches(8)),
        ("8 nested exits", exits(8)),
        ("8 nested loops", loops(8)),
        ("8 nested `while`", conditional_loops(8)),
    ];
    for (name, source) in programs {
        let tokens: TokenStream = source.parse().unwrap();
        let fastest = (0..3).map(|_| {
            let start = Instant::now();
            let size = size(expand(TokenStream::new(), tokens.clone()));
            (start.elapsed(), size)
        });
        let (time, size) = fastest.min().unwrap();
        println!("{name}: {:.1} ms, {size} tokens", time.as_secs_f64() * 1e3);
    }
}

/// The lines of the expansion as a formatter writes them, over those of the source.
fn ratio(source: &str) -> f64 {
    let lines = |tokens: TokenStream| {
        let file = syn::parse2(tokens).unwrap();
        prettyplease::unparse(&file).lines().count() as f64
    };
    let own = lines(source.parse().unwrap());
    // The user's function is part of the output.
    (lines(expanded(source)) - own) / own
}

/// The program is one of scalar arithmetic in every line, of which each operation is
/// a statement of both sweeps and of the tangent, without lanes and with them. Small functions carry the fixed
/// parts of the item besides.
#[test]
fn the_expansion_stays_within_its_lines() {
    for lines in [30, 100, 300] {
        println!("{lines} lines: {:.1} times", ratio(&long(lines)));
    }
    assert!(ratio(&long(300)) <= 50.0);
}

/// `cargo test -p ad-macros published -- --nocapture`: the same for functions in the
/// form in which published crates have them.
#[test]
fn lines_of_published_functions() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/published");
    for name in [
        "finance", "geometry", "special", "linear", "learning", "physics",
    ] {
        let text = std::fs::read_to_string(format!("{folder}/{name}.rs")).unwrap();
        let file = syn::parse_file(&text).unwrap();
        for item in file.items {
            if let syn::Item::Fn(mut function) = item {
                function.attrs.clear();
                let source = function.to_token_stream().to_string();
                println!("{}: {:.1} times", function.sig.ident, ratio(&source));
            }
        }
    }
}
