//! Maps and sets that no derivative reaches: parameters outside `wrt`. What is looked up
//! in them is copied, since the tape cannot keep a reference.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprIndex, ExprMethodCall, GenericArgument, PathArguments, Type, parse_quote};

use super::holders::Optional;
use super::method::hole_name;
use super::place::strip;
use super::sequence::Sequence;
use super::{Item, Lower};
use crate::ir::{Passing, Place, Ty, VarKind};

/// The types of its keys and values, or of the elements of a set.
struct Collection {
    place: Place,
    by: Passing,
    keys: Ty,
    values: Option<Ty>,
}

impl Lower<'_> {
    /// What a name stands for, if its written type is one of a map or set.
    fn collection(&self, e: &Expr) -> Option<Collection> {
        let name = match strip(e) {
            Expr::Reference(r) => strip(&r.expr),
            name => name,
        };
        let Expr::Path(p) = name else { return None };
        let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
        let place = binding.place.clone();
        let VarKind::Param { index, .. } = self.vars[place.root.0 as usize].kind else {
            return None;
        };
        if !place.proj.is_empty() || !self.constant.contains(&place.root) {
            return None;
        }
        let Type::Path(written) = behind_references(self.written.get(index)?) else {
            return None;
        };
        let last = written.path.segments.last()?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return None;
        };
        let mut types = arguments.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(self.ty(ty)),
            _ => None,
        });
        let name = last.ident.to_string();
        let (keys, values) = match (name.ends_with("Map"), name.ends_with("Set")) {
            (true, _) => (types.next()?, Some(types.next()?)),
            (_, true) => (types.next()?, None),
            _ => return None,
        };
        let by = match e {
            Expr::Reference(_) => Passing::Ref,
            _ => binding.by,
        };
        Some(Collection {
            place,
            by,
            keys,
            values,
        })
    }

    /// Whether a method call looks a key up.
    pub(super) fn is_lookup(&self, m: &ExprMethodCall) -> bool {
        let of_map = || {
            self.collection(&m.receiver)
                .is_some_and(|c| c.values.is_some())
        };
        m.method == "get"
            && m.args.len() == 1
            && (of_map() || self.is_constant_field(&m.receiver) && !self.has_elements(m))
    }

    /// A map, and the type of its values. In a field of what no derivative reaches, only
    /// rustc knows it.
    fn map(&mut self, e: &Expr) -> Option<(Place, Ty)> {
        match self.collection(e) {
            Some(map) => Some((map.place, map.values?)),
            None if self.is_constant_field(e) => Some((self.place(e)?.0, Ty::Unknown)),
            None => None,
        }
    }

    /// `map.get(&key)`
    pub(super) fn looked_up(&mut self, m: &ExprMethodCall) -> Option<Item> {
        let (map, values) = self.map(&m.receiver)?;
        let mut holes = vec![map];
        let key = self.key(m.args.first()?, &mut holes);
        let of = hole_name(0);
        let found = parse_quote!(#of.get(#key).cloned());
        let ty = Ty::Option(Box::new(values));
        let found = self.made(found, holes, ty, true);
        let found = Place::of(self.variable(found));
        let optional: Optional = self.look(Item::Place(found, Passing::Value));
        let optional = self.referred(optional, Passing::Ref);
        Some(Item::Optional(Box::new(optional)))
    }

    /// `map[&key]`
    pub(super) fn value_of_key(&mut self, e: &ExprIndex) -> Option<Place> {
        let by_reference = match strip(&e.index) {
            Expr::Reference(_) => true,
            Expr::Lit(l) => matches!(l.lit, syn::Lit::Str(_)),
            _ => false,
        };
        if !by_reference && self.collection(&e.expr).is_none() {
            return None;
        }
        let (map, values) = self.map(&e.expr)?;
        let mut holes = vec![map];
        let key = self.key(&e.index, &mut holes);
        let of = hole_name(0);
        let value = parse_quote!(::core::clone::Clone::clone(&#of[#key]));
        let value = self.made(value, holes, values, true);
        Some(Place::of(self.variable(value)))
    }

    /// A key, evaluated: floats may decide which it is.
    fn key(&mut self, e: &Expr, holes: &mut Vec<Place>) -> TokenStream {
        let name = hole_name(holes.len());
        if let Expr::Lit(_) = strip(e) {
            return quote!(#e);
        }
        if let Some((place, by)) = self.place(e) {
            holes.push(place);
            return match by {
                Passing::Value => quote!(#name),
                Passing::Ref | Passing::RefMut => quote!(&#name),
            };
        }
        let (and, of) = match strip(e) {
            Expr::Reference(r) => (quote!(&), &*r.expr),
            e => (quote!(), e),
        };
        let value = self.value(of);
        holes.push(self.hole(value));
        quote!(#and #name)
    }

    /// Whether an expression is a map or set that is run through.
    pub(super) fn is_collection(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::MethodCall(m) if m.args.is_empty() => {
                let source = [
                    "iter",
                    "into_iter",
                    "keys",
                    "values",
                    "into_keys",
                    "into_values",
                ];
                source.iter().any(|name| m.method == name) && self.collection(&m.receiver).is_some()
            }
            e => self.collection(e).is_some(),
        }
    }

    /// The elements of a map or set, in the order in which it has them.
    pub(super) fn collection_sequence(&mut self, e: &Expr) -> Option<Sequence> {
        let (of, part) = match strip(e) {
            Expr::MethodCall(m) => (&*m.receiver, m.method.to_string()),
            e => (e, String::new()),
        };
        let Collection {
            place,
            by,
            keys,
            values,
        } = self.collection(of)?;
        let by = match part.as_str() {
            "iter" | "keys" | "values" => Passing::Ref,
            "into_keys" | "into_values" => Passing::Value,
            _ => by,
        };
        let hole = hole_name(0);
        let mut listed = |code: Expr, ty: Ty| {
            let ty = Ty::Vec(Box::new(ty));
            let list = self.made(code, vec![place.clone()], ty, false);
            let place = Place::of(self.variable(list));
            Sequence::Each { place, by }
        };
        let Some(values) = values else {
            let all = parse_quote!(#hole.iter().cloned().collect::<::std::vec::Vec<_>>());
            return Some(listed(all, keys));
        };
        let all_keys = parse_quote!(#hole.keys().cloned().collect::<::std::vec::Vec<_>>());
        let all_values = parse_quote!(#hole.values().cloned().collect::<::std::vec::Vec<_>>());
        Some(match part.as_str() {
            "keys" | "into_keys" => listed(all_keys, keys),
            "values" | "into_values" => listed(all_values, values),
            _ => {
                let keys = listed(all_keys, keys);
                Sequence::Zip(Box::new(keys), Box::new(listed(all_values, values)))
            }
        })
    }
}

fn behind_references(ty: &Type) -> &Type {
    match ty {
        Type::Reference(r) => behind_references(&r.elem),
        Type::Paren(p) => behind_references(&p.elem),
        Type::Group(g) => behind_references(&g.elem),
        ty => ty,
    }
}
