//! Patterns that always match: `let`, parameters, `for`.

use proc_macro2::{Ident, Literal, Span};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Pat, PatIdent, Token, parse_quote};

use super::method::hole_name;
use super::scope::Binding;
use super::structs::destructured;
use super::types::refine;
use super::{Item, Lower, UNNAMED, Value};
use crate::ir::types::{is_inferred, place_ty};
use crate::ir::{Conversion, Op, Operand, Passing, Place, Proj, Ty, VarKind};
use crate::syntax::fence;
use crate::syntax::types::strip;

/// What a pattern takes apart.
#[derive(Clone, Copy)]
enum Parts {
    /// A tuple.
    Fields,
    /// An array.
    Elements,
}

impl Lower<'_> {
    /// Binds the names of a pattern.
    pub(super) fn bind(&mut self, pat: &Pat, item: Item) {
        match pat {
            Pat::Wild(_) => self.discard(item),
            Pat::Ident(p) if p.subpat.is_none() => self.bind_name(p, item),
            Pat::Paren(p) => self.bind(&p.pat, item),
            Pat::Type(p) => {
                let ty = self.ty(&p.ty);
                let item = self.annotated(item, ty, &p.ty);
                self.bind(&p.pat, item);
            }
            Pat::Reference(p) => {
                let item = match item {
                    // A slice is no value: this was a reference to a reference.
                    Item::Place(place, by) if matches!(self.ty_of(&place), Ty::Slice(_)) => {
                        Item::Place(place, by)
                    }
                    Item::Place(place, _) => Item::Place(place, Passing::Value),
                    other => other,
                };
                self.bind(&p.pat, item);
            }
            Pat::Tuple(p) => self.bind_parts(&p.elems, item, Parts::Fields),
            Pat::Slice(p)
                if p.elems
                    .iter()
                    .any(|e| matches!(e, Pat::Ident(p) if p.subpat.is_some())) =>
            {
                self.bind_slice(p, item);
            }
            Pat::Slice(p) => self.bind_parts(&p.elems, item, Parts::Elements),
            _ => {
                if let Some(pattern) = destructured(pat) {
                    let (place, by) = self.item_place(item);
                    for (part, item) in pattern.parts(&place, by) {
                        self.bind(part, item);
                    }
                    return;
                }
                let (what, help) = fence::pattern(pat);
                self.refuse(pat.span(), what, help);
            }
        }
    }

    /// The parts before `..` count from the front, those behind it from the end.
    fn bind_parts(&mut self, parts: &Punctuated<Pat, Token![,]>, item: Item, of: Parts) {
        let rest = parts.iter().position(|part| matches!(part, Pat::Rest(_)));
        let front = rest.unwrap_or(parts.len());
        let item = match item {
            Item::Tuple(_) => item,
            other => {
                let (place, by) = self.item_place(other);
                Item::Place(place, by)
            }
        };
        let mut bound = Vec::new();
        for (k, part) in parts.iter().enumerate().filter(|(k, _)| Some(*k) != rest) {
            let back = (k > front).then(|| parts.len() - k);
            match self.part(&item, k, back, of) {
                Some(item) => bound.push((part, item)),
                None => {
                    let help = "write the type where the value is bound, or name every part";
                    self.refuse(
                        part.span(),
                        "it is not known how many parts `..` stands for",
                        help,
                    );
                    return;
                }
            }
        }
        bound
            .into_iter()
            .for_each(|(part, item)| self.bind(part, item));
    }

    /// Part `k` from the front, or part `back` from the end.
    fn part(&mut self, item: &Item, k: usize, back: Option<usize>, of: Parts) -> Option<Item> {
        let (place, by) = match item {
            Item::Tuple(items) => {
                let k = back.map_or(Some(k), |back| items.len().checked_sub(back))?;
                return items.get(k).cloned();
            }
            Item::Place(place, by) => (place, *by),
            Item::Value(_) | Item::Optional(_) => return None,
        };
        let proj = match (of, back, place_ty(&self.vars, place)) {
            (Parts::Fields, None, _) => Proj::Field(k.into()),
            (Parts::Fields, Some(back), Ty::Tuple(types)) => {
                Proj::Field(types.len().checked_sub(back)?.into())
            }
            (Parts::Fields, Some(_), _) => return None,
            (Parts::Elements, None, _) => {
                let k = syn::LitInt::new(&k.to_string(), Span::call_site());
                Proj::Index(Operand::Lit(syn::Lit::Int(k)))
            }
            (Parts::Elements, Some(back), _) => {
                let len = self.len(place);
                let holes = vec![self.hole(len)];
                let usize = self.usize();
                let (n, back) = (hole_name(0), Literal::usize_unsuffixed(back));
                let index = self.made(parse_quote!(#n - #back), holes, usize, true);
                Proj::Index(self.operand(index))
            }
        };
        Some(Item::Place(place.clone().then(proj), by))
    }

    fn bind_name(&mut self, p: &PatIdent, item: Item) {
        self.span = p.ident.span();
        if let Item::Optional(optional) = item {
            return self.bind_optional(p, *optional);
        }
        let mutable = p.mutability.is_some();
        let item = match (item, p.by_ref.is_some()) {
            (item, false) => item,
            (item, true) => {
                let (place, _) = self.item_place(item);
                Item::Place(
                    place,
                    if mutable {
                        Passing::RefMut
                    } else {
                        Passing::Ref
                    },
                )
            }
        };
        let (place, by) = match item {
            // A reference: the name stands for the place.
            Item::Place(place, by) if by != Passing::Value => (place, by),
            item if mutable => {
                let value = self.item_value(item);
                let value = self.plain(value);
                (
                    Place::of(self.declare_with(&p.ident, value)),
                    Passing::Value,
                )
            }
            Item::Place(place, _) => (self.bind_owned(&p.ident, place), Passing::Value),
            item => {
                let value = self.item_value(item);
                (Place::of(self.named(&p.ident, value)), Passing::Value)
            }
        };
        self.scopes
            .insert(p.ident.to_string(), Binding { place, by });
    }

    /// A name for the value in a place: the place itself where it cannot change.
    fn bind_owned(&mut self, name: &Ident, place: Place) -> Place {
        let ty = place_ty(&self.vars, &place);
        let is_param = matches!(self.info(place.root).kind, VarKind::Param { .. });
        let fixed = self.is_fixed(place.root) && !self.is_scalar(&ty) && !self.moves(&place);
        if place.proj.is_empty() && (is_param || self.is_temp(place.root)) || fixed {
            self.name_temp(place.root, name, &place);
            return place;
        }
        let value = self.by_value(place);
        Place::of(self.named(name, value))
    }

    /// A temporary with the user's name.
    fn named(&mut self, name: &Ident, value: Value) -> crate::ir::Var {
        if let Op::Use(Operand::Var(v)) = value.op {
            self.name_temp(v, name, &Place::of(v));
            return v;
        }
        self.temp(&name.to_string(), name.span(), value)
    }

    /// A temporary without a name takes the user's.
    fn name_temp(&mut self, var: crate::ir::Var, name: &Ident, place: &Place) {
        if place.proj.is_empty() && self.is_temp(var) && self.info(var).name == UNNAMED {
            self.info(var).name = name.to_string();
        }
    }

    /// The item as a place.
    pub(super) fn item_place(&mut self, item: Item) -> (Place, Passing) {
        match item {
            Item::Place(place, by) => (place, by),
            other => {
                let value = self.item_value(other);
                (Place::of(self.variable(value)), Passing::Value)
            }
        }
    }

    /// The item under a type annotation, which a literal may need.
    pub(super) fn annotated(&mut self, item: Item, ty: Ty, written: &syn::Type) -> Item {
        let mut value = match (item, &ty, strip(written)) {
            (Item::Value(value), ..) => value,
            // Each part of `(x, 0.5)` has its own annotation.
            (Item::Tuple(items), Ty::Tuple(types), syn::Type::Tuple(written))
                if items.len() == types.len() =>
            {
                let parts = items.into_iter().zip(types).zip(&written.elems);
                return Item::Tuple(
                    parts
                        .map(|((item, ty), written)| self.annotated(item, ty.clone(), written))
                        .collect(),
                );
            }
            (Item::Place(place, by), ..) => {
                if place.proj.is_empty() {
                    self.pin(place.root, ty);
                } else if by == Passing::Value && ty != Ty::Unknown {
                    // A part whose type nothing else tells: `let mut v: Vec<f64> = payload;`
                    let mut value = self.by_value(place);
                    value.ty = refine(value.ty, ty);
                    return Item::Value(value);
                }
                return Item::Place(place, by);
            }
            (item, ..) => return item,
        };
        if let (Op::Use(a @ (Operand::Lit(_) | Operand::Const(_))), Ty::Unknown) = (&value.op, &ty)
            && matches!(value.ty, Ty::Float(None) | Ty::Int(None))
        {
            // The type is an alias: only rustc knows what the literal becomes.
            value.op = Op::Cast(a.clone(), Box::new(Conversion::As(written.clone())));
            return Item::Value(value);
        }
        // `let y: f64 = x.into();`
        if let (Op::Cast(_, conversion), false) = (&mut value.op, ty == Ty::Unknown)
            && let Conversion::By { to, .. } = &mut **conversion
        {
            *to = written.clone();
        }
        value.ty = refine(value.ty, ty);
        if let Op::Use(Operand::Var(v)) = value.op {
            let ty = value.ty.clone();
            self.info(v).ty = ty;
        }
        Item::Value(value)
    }

    /// A local number whose type rustc would have to infer has this type.
    pub(super) fn pin(&mut self, var: crate::ir::Var, ty: Ty) {
        let info = self.info(var);
        if is_inferred(&info.ty) && !matches!(info.kind, VarKind::Param { .. }) {
            info.ty = refine(info.ty.clone(), ty);
        }
    }

    /// What is evaluated and not used.
    pub(super) fn discard(&mut self, item: Item) {
        match item {
            Item::Value(value) => self.discard_value(value),
            Item::Place(..) | Item::Optional(_) => {}
            Item::Tuple(items) => items.into_iter().for_each(|item| self.discard(item)),
        }
    }

    /// Calls stay for what they do.
    pub(super) fn discard_value(&mut self, value: Value) {
        let acts = match &value.op {
            Op::Call(_) => true,
            Op::Opaque(o) => !o.pure || o.refusal.is_some(),
            _ => false,
        };
        if acts {
            self.temp("_unused", self.span, value);
        }
    }

    /// The value as what a `Declare` holds: operations are bound to temporaries
    /// first, so that facts about them have a variable of their own.
    pub(super) fn plain(&mut self, value: Value) -> Value {
        match value.op {
            Op::Unary(..) | Op::Binary(..) | Op::Prim(..) | Op::Cast(..) | Op::Constant(_) => {
                let ty = value.ty.clone();
                let operand = self.operand(value);
                Value::operand(operand, ty)
            }
            // It may be a float's, whose site and derivative are those of a value.
            Op::Call(ref call) if call.callee.of_type().is_some() => {
                let ty = value.ty.clone();
                let operand = self.operand(value);
                Value::operand(operand, ty)
            }
            _ => value,
        }
    }
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
