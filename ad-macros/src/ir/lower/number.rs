//! Number types in code that is generic in them: conversions, and functions that
//! are named through a trait.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, ExprPath, Type, parse_quote};

use super::inert::Inert;
use super::method::hole_name;
use super::place::strip;
use super::types::is_int_name;
use super::{Lower, Value};
use crate::ir::{Conversion, Op, Opaque, Refusal, Ty};
use crate::syntax::signature::Signature;
use crate::syntax::{fence, types};

/// `T::from(x).unwrap()`, taken apart.
struct Converted<'e> {
    /// `x`
    source: &'e Expr,
    to: Type,
    /// The expression with a hole instead of `x`.
    expr: Expr,
}

impl<'e> Converted<'e> {
    fn around(self, outer: impl FnOnce(Expr) -> Expr) -> Self {
        Converted {
            expr: outer(self.expr),
            ..self
        }
    }
}

impl Lower<'_> {
    /// A float type that is known, or that of the function's floats.
    pub(super) fn float_or(&self, ty: Ty) -> Ty {
        match ty {
            Ty::Float(_) => ty,
            _ => Ty::Float(self.only_float.clone()),
        }
    }

    /// The value of a conversion between number types. As with `as`, the
    /// derivative is that of the identity, in the precision of each side.
    pub(super) fn converted(&mut self, e: &Expr) -> Option<Value> {
        let Some(converted) = self.conversion(e) else {
            let bare = self.fallible(e)?;
            self.inert(bare.source).is_none().then_some(())?;
            let (what, help) = fence::NOT_UNWRAPPED;
            return Some(self.carried_unless_active(e, e.span(), what, help));
        };
        let Converted { source, to, expr } = converted;
        let operand = self.value(source);
        self.span = e.span();
        let ty = self.ty(&to);
        let conversion = Conversion::By { to, expr };
        Some(Value::shown(Op::Cast(operand, Box::new(conversion)), ty, e))
    }

    /// `x.into()` of a float; its target is found by rustc. Of other values it is
    /// none that is known.
    pub(super) fn other_number(&mut self, m: &syn::ExprMethodCall) -> Value {
        let (operand, ty) = self.typed(&m.receiver);
        let whole = Expr::MethodCall(m.clone());
        self.span = whole.span();
        let mut call = m.clone();
        call.receiver = Box::new(hole());
        let expr = Expr::MethodCall(call);
        if let Ty::Float(_) = ty {
            let to = parse_quote!(_);
            let conversion = Box::new(Conversion::By { to, expr });
            return Value::shown(Op::Cast(operand, conversion), Ty::Unknown, &whole);
        }
        let (what, help) = fence::method("into");
        let holes = vec![self.hole(operand)];
        let refusal = Refusal {
            span: m.method.span(),
            what,
            help: help.to_owned(),
        };
        let op = Op::Opaque(Box::new(Opaque {
            expr,
            holes,
            pure: false,
            refusal: Some(refusal),
            gap: None,
        }));
        Value::new(op, Ty::Unknown)
    }

    /// Whether a conversion is one of an inert value; absent for what is none.
    pub(super) fn inert_conversion(&self, e: &Expr) -> Option<Option<Inert>> {
        let Converted { source, to, .. } = self.conversion(e)?;
        let inert = self.inert(source).map(|source| Inert {
            ty: self.ty(&to),
            ..source
        });
        Some(inert)
    }

    /// Whether an expression converts a number: `T::from(x).unwrap()`.
    pub(super) fn is_conversion(&self, e: &Expr) -> bool {
        self.conversion(e).is_some()
    }

    fn conversion<'e>(&self, e: &'e Expr) -> Option<Converted<'e>> {
        match strip(e) {
            Expr::MethodCall(m) if matches!(m.method.to_string().as_str(), "unwrap" | "expect") => {
                let inner = self.fallible(&m.receiver)?;
                Some(inner.around(|receiver| {
                    let mut outer = m.clone();
                    outer.receiver = Box::new(receiver);
                    Expr::MethodCall(outer)
                }))
            }
            Expr::Call(c) => {
                let Expr::Path(path) = strip(&c.func) else {
                    return None;
                };
                let through = path.qself.as_ref().and(path.path.segments.first());
                let (owner, names) = self.names_of(path);
                // `from` of a type parameter is that of `NumCast` unless it is said.
                let is_from = names.len() == 2
                    && names[1] == "from"
                    && (matches!(names[0].as_str(), "f64" | "f32")
                        || through.is_some_and(|t| t.ident == "From"));
                is_from.then(|| called(c, parse_quote!(#owner)))?
            }
            _ => None,
        }
    }

    /// A conversion that gives an `Option`.
    fn fallible<'e>(&self, e: &'e Expr) -> Option<Converted<'e>> {
        match strip(e) {
            Expr::MethodCall(m) if m.args.is_empty() => {
                let name = m.method.to_string();
                let to = name.strip_prefix("to_").filter(|to| is_number(to))?;
                let to = Ident::new(to, m.method.span());
                let mut call = m.clone();
                call.receiver = Box::new(hole());
                Some(Converted {
                    source: &m.receiver,
                    to: parse_quote!(#to),
                    expr: Expr::MethodCall(call),
                })
            }
            Expr::Call(c) => {
                let Expr::Path(path) = strip(&c.func) else {
                    return None;
                };
                let (owner, names) = self.names_of(path);
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                match names[..] {
                    [of, name] if self.is_float_name(of) => {
                        let known = name == "from" && self.is_float_generic(of)
                            || name.strip_prefix("from_").is_some_and(is_number);
                        known.then(|| called(c, parse_quote!(#owner)))?
                    }
                    [.., "NumCast", "from"] => called(c, parse_quote!(_)),
                    ["num_traits" | "num", .., "cast"] => called(c, cast_target(path)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The names in a path, with the float type that it goes through in front:
    /// `<T as Float>::sin` is `T::sin`.
    pub(super) fn names_of(&self, path: &ExprPath) -> (Option<Ident>, Vec<String>) {
        let segments = || path.path.segments.iter();
        let owner = match &path.qself {
            Some(qself) => match types::strip(&qself.ty) {
                Type::Path(ty) if ty.qself.is_none() => ty.path.get_ident().cloned(),
                _ => None,
            },
            None => segments().next().map(|s| s.ident.clone()),
        };
        if path.qself.is_some()
            && let Some(of) = &owner
            && self.is_float_name(&of.to_string())
            && let Some(last) = segments().next_back()
        {
            let names = vec![of.to_string(), last.ident.to_string()];
            return (owner, names);
        }
        (owner, segments().map(|s| s.ident.to_string()).collect())
    }
}

fn hole() -> Expr {
    let hole = hole_name(0);
    parse_quote!(#hole)
}

fn called(c: &syn::ExprCall, to: Type) -> Option<Converted<'_>> {
    if c.args.len() != 1 {
        return None;
    }
    let mut call = c.clone();
    call.args = std::iter::once(hole()).collect();
    Some(Converted {
        source: c.args.first()?,
        to,
        expr: Expr::Call(call),
    })
}

/// The target in `cast::<f64, T>`.
fn cast_target(path: &ExprPath) -> Type {
    let arguments = path.path.segments.last().map(|s| &s.arguments);
    let target = match arguments {
        Some(syn::PathArguments::AngleBracketed(list)) => list.args.iter().nth(1),
        _ => None,
    };
    match target {
        Some(syn::GenericArgument::Type(ty)) => ty.clone(),
        _ => parse_quote!(_),
    }
}

fn is_number(name: &str) -> bool {
    matches!(name, "f64" | "f32") || is_int_name(name)
}

/// The type of floats whose type is not known from their tokens, such as results of
/// calls: the type parameter, where a function is generic in one number type and
/// names no other. rustc would find a wrong guess.
pub(super) fn only_float(sig: &Signature, floats: &[Ident], body: &syn::Block) -> Option<Ident> {
    struct Named(bool);
    impl<'ast> Visit<'ast> for Named {
        fn visit_type_path(&mut self, ty: &'ast syn::TypePath) {
            self.0 |= ty.path.is_ident("f64") || ty.path.is_ident("f32");
            visit::visit_type_path(self, ty);
        }
        // `|v: f64| T::from(v).unwrap()` makes numbers of the other type.
        fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
            self.visit_expr(&closure.body);
        }
        fn visit_expr_path(&mut self, e: &'ast ExprPath) {
            let mut segments = e.path.segments.iter();
            let primitive = segments
                .next()
                .is_some_and(|s| s.ident == "f64" || s.ident == "f32");
            // `f64::sin`, not `f64::consts::PI`
            let function = segments.next().is_some() && segments.next().is_none();
            self.0 |= primitive && function;
            visit::visit_expr_path(self, e);
        }
    }
    let [float] = floats else { return None };
    let mut named = Named(false);
    named.visit_block(body);
    let in_signature = |ty: &Type| {
        let mut named = Named(false);
        named.visit_type(ty);
        named.0
    };
    let written = sig.params.iter().map(|p| &p.written);
    named.0 |= written.chain(&sig.output.written).any(in_signature);
    (!named.0).then(|| float.clone())
}
