//! Patterns of arrays and slices that may not match.

use proc_macro2::Literal;
use syn::{Pat, PatSlice, parse_quote};

use super::method::hole_name;
use super::{Item, Lower};
use crate::ir::{Operand, Passing, Proj, Ty};

/// `..` or `name @ ..`
fn is_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Rest(_) => true,
        Pat::Ident(p) => matches!(&p.subpat, Some((_, sub)) if matches!(**sub, Pat::Rest(_))),
        _ => false,
    }
}

impl Lower<'_> {
    /// Each part of the pattern with what it is matched with. A rest with a name is
    /// the slice between.
    pub(super) fn slice_parts<'p>(&mut self, p: &'p PatSlice, item: &Item) -> Vec<(&'p Pat, Item)> {
        let (place, by) = self.item_place(item.clone());
        let rest = p.elems.iter().position(is_rest);
        let n = p.elems.len();
        let end = |l: &mut Self, back: usize| {
            let len = l.len(&place);
            let holes = vec![l.hole(len)];
            let (usize_ty, name) = (l.usize(), hole_name(0));
            let back = Literal::usize_unsuffixed(back);
            let value = l.made(parse_quote!(#name - #back), holes, usize_ty, true);
            l.operand(value)
        };
        let number = |k: usize| {
            let k = Literal::usize_unsuffixed(k);
            Operand::Lit(parse_quote!(#k))
        };
        let mut parts = Vec::new();
        for (k, pat) in p.elems.iter().enumerate() {
            let proj = match rest {
                Some(rest) if k == rest => {
                    if let Pat::Rest(_) = pat {
                        continue;
                    }
                    let back = n - 1 - k;
                    let cut = Proj::Range {
                        lo: (k > 0).then(|| number(k)),
                        hi: (back > 0).then(|| end(self, back)),
                        inclusive: false,
                    };
                    parts.push((pat, Item::Place(place.clone().then(cut), by)));
                    continue;
                }
                Some(rest) if k > rest => Proj::Index(end(self, n - k)),
                _ => Proj::Index(number(k)),
            };
            parts.push((pat, Item::Place(place.clone().then(proj), by)));
        }
        parts
    }

    /// Whether the length fits, and then whether the elements do.
    pub(super) fn test_slice(&mut self, p: &PatSlice, item: &Item) -> Option<Operand> {
        let (place, by) = self.item_place(item.clone());
        let item = Item::Place(place.clone(), by);
        let has_rest = p.elems.iter().any(is_rest);
        let wanted = p.elems.len() - usize::from(has_rest);
        let length = match self.ty_of(&place) {
            Ty::Array(_) => None,
            _ if has_rest && wanted == 0 => None,
            _ => {
                let len = self.len(&place);
                let holes = vec![self.hole(len)];
                let (name, wanted) = (hole_name(0), Literal::usize_unsuffixed(wanted));
                let test = match has_rest {
                    true => parse_quote!(#name >= #wanted),
                    false => parse_quote!(#name == #wanted),
                };
                let value = self.made(test, holes, Ty::Bool, true);
                Some(self.operand(value))
            }
        };
        let refutable = |pat: &Pat| !is_rest(pat) && !super::matching::always_matches(pat);
        if !p.elems.iter().any(refutable) {
            return length;
        }
        let all = |l: &mut Self| {
            let parts = l.slice_parts(p, &item);
            parts.into_iter().filter(|(pat, _)| refutable(pat)).fold(
                None,
                |so_far: Option<Operand>, (pat, item)| match so_far {
                    None => l.test(pat, &item),
                    Some(so_far) => {
                        Some(l.lazily(so_far.clone(), |l| l.test(pat, &item).unwrap_or(so_far)))
                    }
                },
            )
        };
        match length {
            None => all(self),
            Some(length) => Some(self.lazily(length.clone(), |l| all(l).unwrap_or(length))),
        }
    }

    /// Binds the names of a slice pattern that has matched.
    pub(super) fn bind_slice(&mut self, p: &PatSlice, item: Item) {
        let (place, by) = self.item_place(item);
        for (pat, part) in self.slice_parts(p, &Item::Place(place.clone(), by)) {
            match pat {
                Pat::Ident(name) if is_rest(pat) => {
                    let mut plain = name.clone();
                    plain.subpat = None;
                    // The rest of an array is taken for a slice of it.
                    let part = match part {
                        Item::Place(place, Passing::Value) => Item::Place(place, Passing::Ref),
                        other => other,
                    };
                    self.bind(&Pat::Ident(plain), part);
                }
                pat => self.bind_matched(pat, part),
            }
        }
    }
}
