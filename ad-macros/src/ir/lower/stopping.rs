//! Consumers that end with the first element that fails: `try_fold`, `try_for_each`, and
//! `collect`, `sum` and `product` into an `Option` or a `Result`. They are loops that
//! return.

use syn::{Expr, ExprMethodCall, Ident, parse_quote};

use super::Lower;
use super::place::strip;
use crate::ir::Ty;

/// What a value is held by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Option,
    Result,
}

/// Whether a method may be one of these consumers.
pub(super) fn may_stop(name: &str, args: usize) -> bool {
    matches!(
        (name, args),
        ("try_fold", 2) | ("try_for_each", 1) | ("collect" | "sum" | "product", 0)
    )
}

impl Lower<'_> {
    /// The loop that a consumer stands for, whose result has this type as far as it is
    /// known. Absent: it is none of these.
    pub(super) fn stopping(&self, m: &ExprMethodCall, ty: &Ty) -> Option<Expr> {
        let name = m.method.to_string();
        let args: Vec<&Expr> = m.args.iter().collect();
        if !may_stop(&name, args.len()) {
            return None;
        }
        let by = match ty {
            Ty::Option(_) => Some(By::Option),
            Ty::Result(_) => Some(By::Result),
            _ => None,
        };
        let receiver = &*m.receiver;
        // One with a name goes on afterwards.
        let elements: &Expr = &match self.is_asked(receiver) {
            true => parse_quote!(&mut #receiver),
            false => receiver.clone(),
        };
        match (name.as_str(), args.as_slice()) {
            ("try_fold", [start, f]) => {
                let by = by.or_else(|| held_by(f))?;
                let next = unpacked(by, &parse_quote!((#f)(__state, __element)));
                Some(packed(
                    by,
                    &parse_quote!(let mut __state = #start;),
                    elements,
                    &parse_quote!({ __state = #next; }),
                    &parse_quote!(__state),
                ))
            }
            ("try_for_each", [f]) => {
                let by = by.or_else(|| held_by(f))?;
                let next = unpacked(by, &parse_quote!((#f)(__element)));
                Some(packed(
                    by,
                    &parse_quote!(let __done = ();),
                    elements,
                    &parse_quote!({ #next }),
                    &parse_quote!(__done),
                ))
            }
            _ => {
                let (by, content) = match ty {
                    Ty::Option(content) => (By::Option, content),
                    Ty::Result(content) => (By::Result, content),
                    _ => return None,
                };
                let element = unpacked(by, &parse_quote!(__element));
                let start: Expr = match (name.as_str(), &**content) {
                    ("collect", Ty::Vec(_)) => {
                        return Some(packed(
                            by,
                            &parse_quote!(let mut __list = ::std::vec::Vec::new();),
                            elements,
                            &parse_quote!({ __list.push(#element); }),
                            &parse_quote!(__list),
                        ));
                    }
                    ("sum", Ty::Int(_)) => parse_quote!(0),
                    ("product", Ty::Int(_)) => parse_quote!(1),
                    // A type parameter has no literals.
                    (_, Ty::Float(Some(of))) if self.is_float_generic(&of.to_string()) => {
                        return None;
                    }
                    ("sum", Ty::Float(_)) => parse_quote!(-0.0),
                    ("product", Ty::Float(_)) => parse_quote!(1.0),
                    _ => return None,
                };
                let step: Expr = match name.as_str() {
                    "sum" => parse_quote!({ __total += #element; }),
                    _ => parse_quote!({ __total *= #element; }),
                };
                let total = match &**content {
                    Ty::Float(Some(of)) | Ty::Int(Some(of)) => {
                        parse_quote!(let mut __total: #of = #start;)
                    }
                    _ => parse_quote!(let mut __total = #start;),
                };
                Some(packed(by, &total, elements, &step, &parse_quote!(__total)))
            }
        }
    }
}

/// A value that is held, or the end of the loop.
fn unpacked(by: By, value: &Expr) -> Expr {
    match by {
        By::Option => parse_quote!(match #value {
            Some(__content) => __content,
            None => return None,
        }),
        By::Result => parse_quote!(match #value {
            Ok(__content) => __content,
            Err(__fault) => return Err(__fault),
        }),
    }
}

fn packed(by: By, start: &syn::Stmt, elements: &Expr, step: &Expr, result: &Expr) -> Expr {
    let variant = match by {
        By::Option => Ident::new("Some", proc_macro2::Span::call_site()),
        By::Result => Ident::new("Ok", proc_macro2::Span::call_site()),
    };
    parse_quote!((|| {
        #start
        for __element in #elements #step
        #variant(#result)
    })())
}

/// What a closure's result is, by the words at its ends.
fn held_by(f: &Expr) -> Option<By> {
    struct Found(Option<By>);
    impl<'ast> syn::visit::Visit<'ast> for Found {
        fn visit_expr_path(&mut self, p: &'ast syn::ExprPath) {
            let by = match crate::ir::std_variant(&p.path) {
                Some("Some" | "None") => By::Option,
                Some(_) => By::Result,
                None => return,
            };
            self.0.get_or_insert(by);
        }
    }
    let Expr::Closure(closure) = strip(f) else {
        return None;
    };
    if let syn::ReturnType::Type(_, ty) = &closure.output {
        return match &**ty {
            syn::Type::Path(p) if p.path.segments.last()?.ident == "Option" => Some(By::Option),
            syn::Type::Path(p) if p.path.segments.last()?.ident == "Result" => Some(By::Result),
            _ => None,
        };
    }
    let mut found = Found(None);
    syn::visit::Visit::visit_expr(&mut found, end_of(&closure.body)?);
    found.0
}

/// An expression in which the result of a body is made.
fn end_of(e: &Expr) -> Option<&Expr> {
    match strip(e) {
        Expr::Block(b) => match b.block.stmts.last()? {
            syn::Stmt::Expr(tail, None) => end_of(tail),
            _ => None,
        },
        Expr::If(i) => match i.then_branch.stmts.last()? {
            syn::Stmt::Expr(tail, None) => end_of(tail),
            // What comes before has returned.
            _ => end_of(&i.else_branch.as_ref()?.1),
        },
        Expr::Match(m) => end_of(&m.arms.first()?.body),
        e => Some(e),
    }
}
