//! The types of functions that are passed on: those that the user wrote, else guesses by
//! the form of the body.

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Type, parse_quote};

use super::Lower;
use super::place::strip;
use crate::ir::Ty;

impl Lower<'_> {
    /// The tokens of a type, as far as they are known; a list has its elements.
    pub(super) fn type_of(&self, ty: &Ty, list: bool) -> Option<Type> {
        Some(match ty {
            Ty::Float(Some(name)) | Ty::Int(Some(name)) => parse_quote!(#name),
            Ty::Float(None) | Ty::Unknown => {
                let float = self.a_float();
                parse_quote!(#float)
            }
            Ty::Bool => parse_quote!(bool),
            Ty::Unit => parse_quote!(()),
            Ty::Array(t) | Ty::Slice(t) if list => {
                let t = self.type_of(t, false)?;
                parse_quote!(::std::vec::Vec<#t>)
            }
            Ty::Vec(t) => {
                let t = self.type_of(t, false)?;
                parse_quote!(::std::vec::Vec<#t>)
            }
            Ty::Tuple(types) => {
                let types: Option<Vec<Type>> =
                    types.iter().map(|t| self.type_of(t, false)).collect();
                let types = types?;
                parse_quote!((#(#types,)*))
            }
            Ty::Option(t) => {
                let t = self.type_of(t, false)?;
                parse_quote!(::core::option::Option<#t>)
            }
            Ty::Int(None) | Ty::Array(_) | Ty::Slice(_) | Ty::Result(_) => return None,
        })
    }

    /// The type of floats that nothing tells the type of.
    pub(super) fn a_float(&self) -> Ident {
        let named = |name: &str| Ident::new(name, Span::call_site());
        self.only_float
            .clone()
            .unwrap_or_else(|| match self.single {
                true => named("f32"),
                false => named("f64"),
            })
    }

    pub(super) fn is_float_type(&self, ty: &Type) -> bool {
        matches!(self.ty(ty), Ty::Float(_))
    }

    /// A parameter of a closure with its type.
    pub(super) fn input(&self, pat: &Pat, body: &Expr) -> (Pat, Type) {
        let float = self.a_float();
        match pat {
            Pat::Type(p) => ((*p.pat).clone(), (*p.ty).clone()),
            Pat::Reference(_) => (pat.clone(), parse_quote!(&#float)),
            Pat::Paren(p) => self.input(&p.pat, body),
            Pat::Ident(p) if is_list(&p.ident, body) => (pat.clone(), parse_quote!(&[#float])),
            pat => (pat.clone(), parse_quote!(#float)),
        }
    }

    /// The type of a closure's result, by the form of its body.
    pub(super) fn guess(&self, body: &Expr) -> Option<Type> {
        let float = self.a_float();
        let float: Type = parse_quote!(#float);
        match strip(body) {
            Expr::Block(b) => match b.block.stmts.last() {
                Some(syn::Stmt::Expr(e, None)) => self.guess(e),
                Some(syn::Stmt::Expr(Expr::Return(r), _)) => self.guess(r.expr.as_ref()?),
                _ => None,
            },
            Expr::If(e) => match e.then_branch.stmts.last() {
                Some(syn::Stmt::Expr(e, None)) => self.guess(e),
                _ => None,
            },
            Expr::Match(m) => self.guess(&m.arms.first()?.body),
            Expr::Tuple(t) => {
                let parts: Option<Vec<Type>> = t.elems.iter().map(|e| self.guess(e)).collect();
                let parts = parts?;
                (!parts.is_empty()).then(|| parse_quote!((#(#parts,)*)))
            }
            Expr::Array(a) => {
                let (first, n) = (self.guess(a.elems.first()?)?, a.elems.len());
                Some(parse_quote!([#first; #n]))
            }
            Expr::Macro(m) if m.mac.path.is_ident("vec") => {
                Some(parse_quote!(::std::vec::Vec<#float>))
            }
            Expr::Cast(c) => Some((*c.ty).clone()),
            Expr::Call(c) if is_some(&c.func) => {
                let content = self.guess(c.args.first()?)?;
                Some(parse_quote!(::core::option::Option<#content>))
            }
            e if is_none(e) => Some(parse_quote!(::core::option::Option<#float>)),
            Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Bool(_),
                ..
            }) => Some(parse_quote!(bool)),
            Expr::Binary(b) if is_condition(&b.op) => Some(parse_quote!(bool)),
            Expr::Struct(s) => {
                let path = &s.path;
                Some(parse_quote!(#path))
            }
            Expr::Assign(_) | Expr::ForLoop(_) | Expr::While(_) => None,
            Expr::Binary(b) if super::expr::operator(&b.op).is_none() => None,
            _ => Some(float),
        }
    }
}

fn is_condition(op: &syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(
        op,
        And(_) | Or(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) | Eq(_) | Ne(_)
    )
}

/// The type that an expression shows: of `S { .. }` and `S::new(..)`.
pub(super) fn made_type(e: &Expr) -> Option<Type> {
    match strip(e) {
        Expr::Reference(r) => made_type(&r.expr),
        Expr::Struct(s) if s.qself.is_none() && !crate::ir::is_variant(&s.path) => {
            let path = &s.path;
            Some(parse_quote!(#path))
        }
        Expr::Call(c) => {
            let Expr::Path(p) = strip(&c.func) else {
                return None;
            };
            let mut path = p.path.clone();
            let function = path.segments.pop()?;
            path.segments.pop_punct();
            let of = &path.segments.last()?.ident;
            let upper = |name: &Ident| name.to_string().starts_with(char::is_uppercase);
            let known = ["Vec", "Box", "Some", "Ok", "Option"]
                .iter()
                .any(|name| of == name);
            (upper(of) && !upper(&function.ident) && !known && p.qself.is_none())
                .then(|| parse_quote!(#path))
        }
        _ => None,
    }
}

fn is_some(e: &Expr) -> bool {
    matches!(strip(e), Expr::Path(p) if crate::ir::std_variant(&p.path) == Some("Some"))
}

fn is_none(e: &Expr) -> bool {
    matches!(strip(e), Expr::Path(p) if crate::ir::std_variant(&p.path) == Some("None"))
}

/// Whether a closure ends with `Ok(..)` or `Err(..)`.
pub(super) fn is_fallible(e: &Expr) -> bool {
    let block =
        |b: &syn::Block| matches!(b.stmts.last(), Some(syn::Stmt::Expr(e, _)) if is_fallible(e));
    match strip(e) {
        Expr::Block(b) => block(&b.block),
        Expr::If(e) => {
            block(&e.then_branch) || e.else_branch.as_ref().is_some_and(|(_, e)| is_fallible(e))
        }
        Expr::Match(m) => m.arms.iter().any(|arm| is_fallible(&arm.body)),
        Expr::Return(r) => r.expr.as_ref().is_some_and(|e| is_fallible(e)),
        Expr::Call(c) => matches!(
            strip(&c.func),
            Expr::Path(p) if matches!(crate::ir::std_variant(&p.path), Some("Ok" | "Err"))
        ),
        _ => false,
    }
}

/// Whether a name is used as that of a list.
fn is_list(name: &Ident, body: &Expr) -> bool {
    struct Lists<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Lists<'_> {
        fn visit_expr(&mut self, e: &'ast Expr) {
            let list = match e {
                Expr::Index(i) => Some(&*i.expr),
                Expr::MethodCall(m) => {
                    let of_a_list = [
                        "len", "iter", "windows", "chunks", "to_vec", "first", "last",
                    ];
                    let known = of_a_list.iter().any(|name| m.method == name);
                    known.then_some(&*m.receiver)
                }
                Expr::ForLoop(f) => Some(&*f.expr),
                _ => None,
            };
            self.1 |=
                list.is_some_and(|e| matches!(strip(e), Expr::Path(p) if p.path.is_ident(self.0)));
            visit::visit_expr(self, e);
        }
    }
    let mut lists = Lists(name, false);
    lists.visit_expr(body);
    lists.1
}
