//! The table is well formed, and its partials become the operations they say.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::*;
use crate::ir::{BinOp, Op, Ty, UnOp, Var};

/// Runs `instantiate` with the names of the row as operands and puts the
/// operations together again, each in parentheses.
fn written(row: &'static Row, k: usize) -> String {
    let operand = |name: &&str| {
        let name = format_ident!("{name}");
        Operand::Const(Box::new(syn::parse_quote!(#name)))
    };
    let args: Vec<Operand> = row.params.iter().map(operand).collect();
    let mut bound: Vec<TokenStream> = Vec::new();
    let result = instantiate(row, k, &args, &operand(&row.result), &mut |ty, op| {
        let tokens = tokens(&op, &ty, &bound);
        bound.push(tokens);
        Operand::Var(Var(bound.len() as u32 - 1))
    });
    atom(&result, &bound).to_string()
}

fn atom(operand: &Operand, bound: &[TokenStream]) -> TokenStream {
    match operand {
        Operand::Var(v) => bound[v.0 as usize].clone(),
        Operand::Lit(lit) => lit.to_token_stream(),
        Operand::Const(e) => e.to_token_stream(),
    }
}

fn tokens(op: &Op, ty: &Ty, bound: &[TokenStream]) -> TokenStream {
    match op {
        Op::Unary(UnOp::Neg, a) => {
            let a = atom(a, bound);
            quote!((-#a))
        }
        Op::Binary(op, a, b) => {
            let (a, b) = (atom(a, bound), atom(b, bound));
            match (op, ty) {
                (BinOp::Add, Ty::Float(None) | Ty::Int(None)) => quote!((#a + #b)),
                (BinOp::Sub, Ty::Float(None)) => quote!((#a - #b)),
                (BinOp::Mul, Ty::Float(None)) => quote!((#a * #b)),
                (BinOp::Div, Ty::Float(None)) => quote!((#a / #b)),
                _ => panic!("{op:?} of type {ty:?}"),
            }
        }
        Op::Prim(row, args) => {
            assert_eq!(args.len(), row.params.len(), "operands of `{}`", row.name);
            // A number has no width of its own, so rustc refuses methods of it.
            assert!(
                row.helper || !matches!(args[0], Operand::Lit(_)),
                "receiver of `{}`",
                row.name
            );
            let name = format_ident!("{}", row.name);
            let args = args.iter().map(|a| atom(a, bound));
            quote!(#name(#(#args),*))
        }
        _ => panic!("a partial made {op:?}"),
    }
}

/// What the text of the partial says, in the same form.
fn read(expr: &syn::Expr) -> TokenStream {
    match expr {
        syn::Expr::Paren(e) => read(&e.expr),
        syn::Expr::Unary(e) => {
            let (op, a) = (&e.op, read(&e.expr));
            quote!((#op #a))
        }
        syn::Expr::Binary(e) => {
            let (a, op, b) = (read(&e.left), &e.op, read(&e.right));
            quote!((#a #op #b))
        }
        syn::Expr::MethodCall(e) => {
            let (name, receiver) = (&e.method, read(&e.receiver));
            let args = e.args.iter().map(read);
            quote!(#name(#receiver #(, #args)*))
        }
        syn::Expr::Call(e) => {
            let (name, args) = (&e.func, e.args.iter().map(read));
            quote!(#name(#(#args),*))
        }
        other => other.to_token_stream(),
    }
}

#[test]
fn every_partial_is_written_as_it_stands() {
    for row in TABLE {
        for (k, text) in row.partials.iter().enumerate() {
            let expected = read(&syn::parse_str(text).unwrap()).to_string();
            assert_eq!(written(row, k), expected, "`{}`, partial {k}", row.name);
        }
    }
}

#[test]
fn trivial_partials_need_no_operation() {
    let mut none = |_, op| panic!("{op:?}");
    let (x, z) = (Operand::Var(Var(0)), Operand::Var(Var(1)));
    let exp = instantiate(
        find("exp").unwrap(),
        0,
        std::slice::from_ref(&x),
        &z,
        &mut none,
    );
    assert!(matches!(exp, Operand::Var(Var(1))));
    let floor = instantiate(find("floor").unwrap(), 0, &[x], &z, &mut none);
    assert!(matches!(floor, Operand::Lit(lit) if lit.to_token_stream().to_string() == "0.0"));
}

#[test]
fn numbers_keep_their_digits_and_have_no_suffix() {
    assert_eq!(
        written(find("exp2").unwrap(), 0),
        "(z * 0.6931471805599453)"
    );
    assert_eq!(
        written(find("powi_nth").unwrap(), 0),
        "powi_nth (x , n , (k + 1))"
    );
}

#[test]
fn rows_are_well_formed() {
    for (i, row) in TABLE.iter().enumerate() {
        let name = row.name;
        assert!(
            TABLE[..i].iter().all(|other| other.name != name),
            "`{name}` twice"
        );
        assert_eq!(row.float_operands.len(), row.params.len(), "`{name}`");
        assert!(
            row.float_operands.is_sorted_by(|a, b| a >= b),
            "`{name}`: floats come first"
        );
        let floats = row.float_operands.iter().filter(|f| **f).count();
        let partials = if row.kind == Kind::Select { 0 } else { floats };
        assert_eq!(row.partials.len(), partials, "`{name}`");
        let site = if row.kind == Kind::Smooth {
            String::new()
        } else {
            camel_case(name)
        };
        assert_eq!(row.site_kind, site, "`{name}`");
        assert!(
            !row.inactive_result || row.partials.iter().all(|p| *p == "0.0"),
            "`{name}`"
        );
        assert!(
            !row.helper || row.kind == Kind::Smooth,
            "`{name}`: helpers are no sites"
        );
    }
}

fn camel_case(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').map(capital).collect()
}

#[test]
fn lists_do_not_overlap() {
    let lists = [
        TUPLES.iter().map(|t| t.0).collect::<Vec<_>>(),
        NO_DERIVATIVE.iter().map(|t| t.0).collect(),
        INACTIVE_RESULT.iter().map(|t| t.0).collect(),
    ];
    let names: Vec<_> = lists.iter().flatten().collect();
    for (i, name) in names.iter().enumerate() {
        assert!(find(name).is_none(), "`{name}` is a row");
        assert!(!names[..i].contains(name), "`{name}` twice");
    }
    for (_, rows) in TUPLES {
        assert!(rows.iter().all(|row| method(row).is_some()));
    }
}

/// The methods of `f64` in the documentation of Rust 1.95, unstable ones left out.
const STD: &str = "
    abs abs_sub acos acosh asin asinh atan atan2 atanh cbrt ceil clamp classify copysign cos cosh
    div_euclid exp exp2 exp_m1 floor fract from_be_bytes from_bits from_le_bytes from_ne_bytes hypot
    is_finite is_infinite is_nan is_normal is_sign_negative is_sign_positive is_subnormal ln ln_1p
    log log10 log2 max midpoint min mul_add next_down next_up powf powi recip rem_euclid round
    round_ties_even signum sin sin_cos sinh sqrt tan tanh to_be_bytes to_bits to_degrees
    to_int_unchecked to_le_bytes to_ne_bytes to_radians total_cmp trunc";

#[test]
fn every_method_of_std_is_known() {
    for name in STD.split_whitespace() {
        let known = method(name).is_some()
            || TUPLES.iter().any(|t| t.0 == name)
            || NO_DERIVATIVE.iter().any(|t| t.0 == name)
            || INACTIVE_RESULT.iter().any(|t| t.0 == name);
        assert!(known, "`{name}` is in no list");
    }
}

#[test]
fn methods_are_neither_helpers_nor_operators() {
    assert!(method("tanh").is_some());
    assert!(method("powi_dx").is_none());
    assert!(method("div").is_none());
    assert!(find("div").is_some_and(|row| row.operator));
    assert!(find("rem").is_some_and(|row| row.operator));
}

#[test]
fn a_power_with_a_literal_exponent_is_no_site() {
    let powi = find("powi").unwrap();
    let x = Operand::Var(Var(0));
    assert!(!is_site(
        powi,
        &[x.clone(), Operand::Lit(syn::parse_quote!(2))]
    ));
    assert!(is_site(powi, &[x.clone(), Operand::Var(Var(1))]));
    assert!(is_site(find("sqrt").unwrap(), std::slice::from_ref(&x)));
    assert!(!is_site(find("tanh").unwrap(), &[x]));
}
