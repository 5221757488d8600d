//! Methods of slices that give an `Option` of references: a test of the length, and
//! a place.

use syn::{Expr, ExprMethodCall, parse_quote};

use super::holders::{Content, Optional};
use super::place::strip;
use super::{Item, Lower};
use crate::ir::{Operand, Passing, Place, Proj, Ty};

impl Lower<'_> {
    /// `first`, `get(i)`: a test of the length, and a place.
    pub(super) fn of_slice(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
    ) -> Option<Item> {
        let place = self.place_of(&m.receiver);
        let by = match name.ends_with("_mut") {
            true => Passing::RefMut,
            false => Passing::Ref,
        };
        let name = name.trim_end_matches("_mut");
        if let ("get", [index]) = (name, args)
            && let Expr::Range(range) = strip(index)
        {
            return Some(self.get_range(place, range, by));
        }
        let index = match args {
            [index] => Some(self.value(index)),
            _ => None,
        };
        self.span = m.method.span();
        let len = self.len(&place);
        let mut holes = vec![self.hole(len)];
        let test = match &index {
            Some(index) => {
                let index = self.spelled(index, &mut holes);
                parse_quote!(#index < __hole_0)
            }
            None => parse_quote!(__hole_0 != 0),
        };
        let test = self.made(test, holes.clone(), Ty::Bool, true);
        let test = self.operand(test);
        let zero = || Operand::Lit(parse_quote!(0));
        let element = |k| Item::Place(place.clone().then(Proj::Index(k)), by);
        let part = |lo, hi| {
            let cut = Proj::Range {
                lo,
                hi,
                inclusive: false,
            };
            Item::Place(place.clone().then(cut), by)
        };
        let content = match (name, index) {
            ("get", Some(index)) => element(index),
            ("first", _) => element(zero()),
            ("split_first", _) => Item::Tuple(vec![
                element(zero()),
                part(Some(Operand::Lit(parse_quote!(1))), None),
            ]),
            (last, _) => {
                // Without elements it is not used.
                let usize_ty = self.usize();
                holes.truncate(1);
                let end = self.made(
                    parse_quote!(__hole_0.wrapping_sub(1)),
                    holes,
                    usize_ty,
                    true,
                );
                let end = self.operand(end);
                match last {
                    "last" => element(end),
                    _ => Item::Tuple(vec![element(end.clone()), part(None, Some(end))]),
                }
            }
        };
        Some(Item::Optional(Box::new(Optional {
            test,
            content: Content::Item(Box::new(content)),
            of: None,
        })))
    }

    /// `get(a..b)`
    fn get_range(&mut self, place: Place, range: &syn::ExprRange, by: Passing) -> Item {
        let lo = range.start.as_ref().map(|e| self.value(e));
        let hi = range.end.as_ref().map(|e| self.value(e));
        let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
        let len = self.len(&place);
        let mut holes = vec![self.hole(len)];
        let low = lo.as_ref().map(|lo| self.spelled(lo, &mut holes));
        let high = hi.as_ref().map(|hi| self.spelled(hi, &mut holes));
        let test = match (low, high, inclusive) {
            (None, None, _) => parse_quote!(true),
            (Some(low), None, _) => parse_quote!(#low <= __hole_0),
            (None, Some(high), false) => parse_quote!(#high <= __hole_0),
            (None, Some(high), true) => parse_quote!(#high < __hole_0),
            (Some(low), Some(high), false) => parse_quote!(#low <= #high && #high <= __hole_0),
            (Some(low), Some(high), true) => {
                parse_quote!(#high < __hole_0 && #low <= #high + 1)
            }
        };
        let test = self.made(test, holes, Ty::Bool, true);
        let test = self.operand(test);
        Item::Optional(Box::new(Optional {
            test,
            content: Content::Item(Box::new(Item::Place(
                place.then(Proj::Range { lo, hi, inclusive }),
                by,
            ))),
            of: None,
        }))
    }
}
