//! Expressions that no active value can reach, seen from their tokens alone:
//! they consist of integers, booleans and constants. They stay as the user wrote
//! them, which keeps index arithmetic readable and out of the later passes.

use syn::{Expr, Member, UnOp};

use super::Lower;
use super::expr::operator;
use super::method::{is_pure_int_method, keeps_int_type};
use super::opaque::split_matches;
use super::place::strip;
use super::types::{binary_of_constants, is_int_name};
use crate::ir::types::{element, lit_ty, place_ty};
use crate::ir::{Place, Ty};
use crate::rules;

pub(super) struct Inert {
    pub ty: Ty,
    pub pure: bool,
}

impl Inert {
    fn pure(ty: Ty) -> Option<Self> {
        Some(Inert { ty, pure: true })
    }
}

impl Lower<'_> {
    /// The type of an expression of literals, constants and operators only.
    pub(super) fn closed(&self, e: &Expr) -> Option<Ty> {
        match e {
            Expr::Lit(l) => Some(lit_ty(&l.lit)),
            Expr::Paren(p) => self.closed(&p.expr),
            Expr::Group(g) => self.closed(&g.expr),
            Expr::Path(_) if self.is_unbound(e) => Some(self.constant_ty(e)),
            Expr::Macro(m) if m.mac.path.is_ident("cfg") => Some(Ty::Bool),
            Expr::Field(f) => {
                self.closed(&f.base)?;
                Some(Ty::Unknown)
            }
            Expr::Unary(u) if !matches!(u.op, UnOp::Deref(_)) => self.closed(&u.expr),
            Expr::Cast(c) => {
                self.closed(&c.expr)?;
                Some(self.ty(&c.ty))
            }
            Expr::Binary(b) => {
                let op = operator(&b.op)?;
                Some(binary_of_constants(
                    op,
                    &self.closed(&b.left)?,
                    &self.closed(&b.right)?,
                ))
            }
            _ => None,
        }
    }

    /// Whether an expression is a path to something that is no variable.
    pub(super) fn is_unbound(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Path(p) => match p.path.get_ident() {
                Some(ident) => !self.scopes.contains(&ident.to_string()),
                None => true,
            },
            _ => false,
        }
    }

    fn constant_ty(&self, e: &Expr) -> Ty {
        let Expr::Path(p) = strip(e) else {
            return Ty::Unknown;
        };
        let segments = &p.path.segments;
        for segment in segments.iter().take(segments.len().saturating_sub(1)) {
            let name = segment.ident.to_string();
            if self.is_float_name(&name) {
                return Ty::Float(Some(segment.ident.clone()));
            }
            if is_int_name(&name) {
                return Ty::Int(Some(segment.ident.clone()));
            }
        }
        Ty::Unknown
    }

    /// What stays a read, a length or a cast of its own.
    pub(super) fn is_single(&self, e: &Expr) -> bool {
        let is_name = |e: &Expr| matches!(strip(e), Expr::Path(_) | Expr::Lit(_));
        match e {
            Expr::Unary(u) => matches!(u.op, UnOp::Deref(_)),
            Expr::Cast(c) => is_name(&c.expr),
            Expr::MethodCall(m) => m.method == "len",
            _ => false,
        }
    }

    /// Whether the expression is one that no active value reaches.
    pub(super) fn inert(&self, e: &Expr) -> Option<Inert> {
        match e {
            Expr::Lit(l) => Inert::pure(lit_ty(&l.lit)),
            Expr::Paren(p) => self.inert(&p.expr),
            Expr::Group(g) => self.inert(&g.expr),
            Expr::Reference(r) if r.mutability.is_none() => self.inert(&r.expr),
            Expr::Path(_) if self.is_unbound(e) => Inert::pure(self.constant_ty(e)),
            Expr::Path(_) | Expr::Field(_) => self.discrete(self.inert_place(e)?),
            Expr::Index(i) => {
                let index = self.inert(&i.index)?;
                if self.is_unbound(&i.expr) {
                    return Some(Inert {
                        ty: Ty::Unknown,
                        ..index
                    });
                }
                self.discrete(self.inert_place(e)?)
            }
            Expr::Unary(u) => match u.op {
                UnOp::Deref(_) => self.discrete(self.inert_place(e)?),
                _ => self.inert(&u.expr),
            },
            Expr::Cast(c) => {
                let inner = self.inert(&c.expr)?;
                Some(Inert {
                    ty: self.ty(&c.ty),
                    ..inner
                })
            }
            Expr::Binary(b) => {
                let (x, y) = (self.inert(&b.left)?, self.inert(&b.right)?);
                let ty = match (operator(&b.op), &b.op) {
                    (Some(op), _) => binary_of_constants(op, &x.ty, &y.ty),
                    (None, syn::BinOp::And(_) | syn::BinOp::Or(_)) => Ty::Bool,
                    _ => return None,
                };
                Some(Inert {
                    ty,
                    pure: x.pure && y.pure,
                })
            }
            Expr::MethodCall(m) => self.inert_method(m),
            Expr::Call(c) => self.inert_call(c),
            Expr::Macro(m) if m.mac.path.is_ident("cfg") => Inert::pure(Ty::Bool),
            Expr::Macro(m) if m.mac.path.is_ident("matches") => {
                let (value, _) = split_matches(&m.mac)?;
                let value = self.inert(&value)?;
                Some(Inert {
                    ty: Ty::Bool,
                    ..value
                })
            }
            _ => None,
        }
    }

    fn discrete(&self, ty: Ty) -> Option<Inert> {
        matches!(ty, Ty::Int(_) | Ty::Bool).then_some(Inert { ty, pure: true })
    }

    /// The type of the value in a place whose indices are inert.
    pub(super) fn inert_place(&self, e: &Expr) -> Option<Ty> {
        match e {
            Expr::Paren(p) => self.inert_place(&p.expr),
            Expr::Group(g) => self.inert_place(&g.expr),
            Expr::Path(p) => {
                let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
                Some(place_ty(&self.vars, &binding.place))
            }
            Expr::Index(i) => {
                let base = self.inert_place(&i.expr)?;
                if let Expr::Range(r) = strip(&i.index) {
                    let ends = r.start.iter().chain(&r.end);
                    for end in ends {
                        self.inert(end)?;
                    }
                    return Some(Ty::Slice(Box::new(element(&base))));
                }
                self.inert(&i.index)?;
                Some(element(&base))
            }
            Expr::Field(f) => match (self.inert_place(&f.base)?, &f.member) {
                (Ty::Tuple(types), Member::Unnamed(k)) => types.get(k.index as usize).cloned(),
                _ => None,
            },
            Expr::Unary(u) if matches!(u.op, UnOp::Deref(_)) => self.inert_place(&u.expr),
            _ => None,
        }
    }

    fn inert_method(&self, m: &syn::ExprMethodCall) -> Option<Inert> {
        if let Some(inert) = self.inert_conversion(&Expr::MethodCall(m.clone())) {
            return inert;
        }
        let name = m.method.to_string();
        if matches!(name.as_str(), "len" | "is_empty") && m.args.is_empty() {
            return match self.inert_place(&m.receiver)? {
                Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) if name == "len" => {
                    Inert::pure(Ty::Int(Some(syn::Ident::new("usize", m.method.span()))))
                }
                Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) => Inert::pure(Ty::Bool),
                _ => None,
            };
        }
        let receiver = self.inert(&m.receiver)?;
        let mut pure = receiver.pure;
        for arg in &m.args {
            pure &= self.inert(arg)?.pure;
        }
        let ty = match &receiver.ty {
            Ty::Float(_) if rules::method(&name).is_some() => receiver.ty,
            Ty::Int(_) if keeps_int_type(&name) => receiver.ty,
            Ty::Int(_) | Ty::Bool => {
                pure &= is_pure_int_method(&name);
                Ty::Unknown
            }
            // A method of a constant of unknown type.
            _ => return None,
        };
        Some(Inert { ty, pure })
    }

    /// Functions of the primitive types and `min`, `max` of `core::cmp`.
    fn inert_call(&self, c: &syn::ExprCall) -> Option<Inert> {
        if let Some(inert) = self.inert_conversion(&Expr::Call(c.clone())) {
            return inert;
        }
        let Expr::Path(p) = strip(&c.func) else {
            return None;
        };
        let segments = &p.path.segments;
        let mut names = segments.iter().rev().map(|s| s.ident.to_string());
        let (name, of) = (names.next()?, names.next()?);
        let mut pure = true;
        let mut types = Vec::new();
        for arg in &c.args {
            let arg = self.inert(arg)?;
            pure &= arg.pure;
            types.push(arg.ty);
        }
        let of_ident = segments.iter().rev().nth(1).map(|s| s.ident.clone());
        // A type parameter's `from` gives an `Option`.
        let is_from = name == "from" && !self.is_float_generic(&of);
        let ty = if is_int_name(&of) && (keeps_int_type(&name) || name == "from") {
            Ty::Int(of_ident)
        } else if self.is_float_name(&of) && (rules::method(&name).is_some() || is_from) {
            Ty::Float(of_ident)
        } else if of == "cmp" && matches!(name.as_str(), "min" | "max") {
            types.into_iter().next()?
        } else {
            return None;
        };
        Some(Inert { ty, pure })
    }

    /// The type of a place, for the passes of this module.
    pub(super) fn ty_of(&self, place: &Place) -> Ty {
        place_ty(&self.vars, place)
    }
}
