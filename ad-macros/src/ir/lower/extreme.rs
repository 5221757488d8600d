//! `fold(c, f64::max)` and `reduce(f64::min)`: one selection among all elements.

use syn::{Expr, ExprClosure, Pat};

use super::elements::int;
use super::optional::{Found, What};
use super::place::strip;
use super::sequence::Sequence;
use super::shape::Shape;
use super::{Item, Lower, Value};
use crate::ir::types::element;
use crate::ir::{BinOp, Extreme, Op, Operand, Passing, Place, Ty};

impl Lower<'_> {
    /// Whether a function gives the greater (`true`) or the lesser (`false`) of its
    /// two arguments, and nothing else; with their type, if it tells it.
    fn extreme_of(&self, f: &Expr) -> Option<(bool, Ty)> {
        match strip(f) {
            Expr::Path(p) => {
                let names: Vec<_> = p.path.segments.iter().map(|s| &s.ident).collect();
                let [of, name] = names.as_slice() else {
                    return None;
                };
                self.is_float_name(&of.to_string()).then_some(())?;
                let ty = Ty::Float(Some((*of).clone()));
                Some((greater(&name.to_string())?, ty))
            }
            Expr::Closure(c) => Some((self.extreme_of_closure(c)?, Ty::Unknown)),
            _ => None,
        }
    }

    /// `|a, &b| a.max(b)`, `|a, b| f64::min(a, *b)`
    fn extreme_of_closure(&self, c: &ExprClosure) -> Option<bool> {
        let params: Vec<String> = c.inputs.iter().map(parameter).collect::<Option<_>>()?;
        let (name, a, b) = match strip(&c.body) {
            Expr::MethodCall(m) if m.args.len() == 1 => {
                (m.method.to_string(), &*m.receiver, &m.args[0])
            }
            Expr::Call(call) if call.args.len() == 2 => {
                let Expr::Path(p) = strip(&call.func) else {
                    return None;
                };
                let of = p.path.segments.first()?.ident.to_string();
                if p.path.segments.len() != 2 || !self.is_float_name(&of) {
                    return None;
                }
                let name = p.path.segments.last()?.ident.to_string();
                (name, &call.args[0], &call.args[1])
            }
            _ => return None,
        };
        let (a, b) = (variable(a)?, variable(b)?);
        let both = params.len() == 2 && a != b && params.contains(&a) && params.contains(&b);
        both.then(|| greater(&name)).flatten()
    }

    /// The extreme of a sequence of floats, from an initial value on or without
    /// one. The sequence comes back where it is none of floats.
    fn extreme(
        &mut self,
        sequence: Sequence,
        init: Option<Operand>,
        (greatest, named): (bool, Ty),
    ) -> Result<(Value, Place), Box<Sequence>> {
        let list = match &sequence {
            Sequence::Each { place, .. } => place.clone(),
            sequence => Place::of(self.list_of(sequence, "all", named.clone())),
        };
        let init_ty = init.as_ref().map(|init| self.operand_ty(init));
        let ty = match (element(&self.ty_of(&list)), init_ty) {
            (Ty::Unknown, _) if named != Ty::Unknown => named,
            (ty @ Ty::Float(Some(_)), _) | (_, Some(ty @ Ty::Float(Some(_)))) => ty,
            (ty @ Ty::Float(None), _) => ty,
            _ => {
                return Err(Box::new(match sequence {
                    sequence @ Sequence::Each { .. } => sequence,
                    _ => Sequence::Each {
                        place: list,
                        by: Passing::Value,
                    },
                }));
            }
        };
        let extreme = Extreme {
            greatest,
            init,
            list: list.clone(),
        };
        Ok((Value::new(Op::Extreme(Box::new(extreme)), ty), list))
    }

    /// `sequence.fold(start, f)` where that is an extreme.
    pub(super) fn folded_extreme(
        &mut self,
        sequence: Sequence,
        start: &Item,
        f: &Expr,
        shown: &syn::ExprMethodCall,
    ) -> Result<Item, Box<Sequence>> {
        let (Some(greatest), Item::Value(init)) = (self.extreme_of(f), start) else {
            return Err(Box::new(sequence));
        };
        let Op::Use(init) = &init.op else {
            return Err(Box::new(sequence));
        };
        let (value, _) = self.extreme(sequence, Some(init.clone()), greatest)?;
        let value = Value::shown(value.op, value.ty, shown);
        Ok(Item::Value(value))
    }

    /// `sequence.reduce(f)` where that is an extreme.
    pub(super) fn reduced_extreme(
        &mut self,
        sequence: Sequence,
        f: &Expr,
        shown: &syn::ExprMethodCall,
    ) -> Result<Found, Box<Sequence>> {
        let Some(greatest) = self.extreme_of(f) else {
            return Err(Box::new(sequence));
        };
        let (value, list) = self.extreme(sequence, None, greatest)?;
        let value = Value::shown(value.op, value.ty, shown);
        let value = self.variable(value);
        let len = self.len(&list);
        let some = self.compare_counts(int(0, self.span), BinOp::Lt, &len);
        Ok(Found::new(some, What::Kept(Shape::Leaf(value))))
    }
}

fn greater(name: &str) -> Option<bool> {
    match name {
        "max" => Some(true),
        "min" => Some(false),
        _ => None,
    }
}

fn parameter(pat: &Pat) -> Option<String> {
    match pat {
        Pat::Ident(p) if p.subpat.is_none() => Some(p.ident.to_string()),
        Pat::Reference(p) => parameter(&p.pat),
        Pat::Paren(p) => parameter(&p.pat),
        Pat::Type(p) => parameter(&p.pat),
        _ => None,
    }
}

fn variable(e: &Expr) -> Option<String> {
    match strip(e) {
        Expr::Path(p) => p.path.get_ident().map(ToString::to_string),
        Expr::Unary(u) if matches!(u.op, syn::UnOp::Deref(_)) => variable(&u.expr),
        _ => None,
    }
}
