//! References to several places at once, as a call needs them.
//!
//! Parts of one slice that rustc cannot tell apart by their indices are cut off
//! each other with `split_at_mut` first. The slot of a parameter that may be an
//! empty slice is not indexed where the parameter is inactive.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::place::{Body, Reach, behind};
use crate::ir::overlap::{end, literal, same};
use crate::ir::{ActSet, Place, Proj, Ty, Var, VarKind};

/// One reference to take.
struct Part<'p> {
    /// Which of the call's arguments.
    k: usize,
    mutable: bool,
    /// What remains to be projected.
    proj: &'p [Proj],
}

/// What a part is cut from.
struct Whole {
    tokens: TokenStream,
    /// Whether the tokens stand for a reference to it.
    is_reference: bool,
    /// Where it is a slot that may be empty: whether it is not.
    on: Option<TokenStream>,
}

struct Cuts {
    before: TokenStream,
    found: Vec<Option<TokenStream>>,
}

impl Body<'_> {
    /// References to places, `true` for mutable ones, and the statements that
    /// must stand before them.
    pub fn borrows(
        &self,
        places: Vec<Option<(&Place, bool)>>,
        sp: Span,
    ) -> (TokenStream, Vec<Option<TokenStream>>) {
        let mut of_root: BTreeMap<Var, Vec<Part<'_>>> = BTreeMap::new();
        for (k, place) in places.iter().enumerate() {
            if let Some((place, mutable)) = place {
                let part = Part {
                    k,
                    mutable: *mutable,
                    proj: &place.proj,
                };
                of_root.entry(place.root).or_default().push(part);
            }
        }
        let mut cuts = Cuts {
            before: TokenStream::new(),
            found: vec![None; places.len()],
        };
        for (root, parts) in of_root {
            let name = self.names.of(root);
            let whole = Whole {
                tokens: quote!(#name),
                is_reference: self.is_reference(root),
                on: self.slot_is_there(root, sp),
            };
            match parts.iter().any(|part| part.mutable) && parts.len() > 1 {
                true => self.cut(whole, parts, &mut cuts, sp),
                false => parts
                    .iter()
                    .for_each(|part| self.borrow(&whole, part, &mut cuts, sp)),
            }
        }
        (cuts.before, cuts.found)
    }

    fn cut(&self, mut whole: Whole, mut parts: Vec<Part<'_>>, cuts: &mut Cuts, sp: Span) {
        // What all have in common is reached once, unless rustc tells its parts apart.
        let mut reached = false;
        while parts.len() > 1
            && let Some(first) = parts[0].proj.first()
            && parts
                .iter()
                .all(|part| part.proj.first().is_some_and(|proj| same(first, proj)))
            && !matches!(first, Proj::Range { .. })
        {
            reached |= !matches!(first, Proj::Field(_));
            let of = behind(whole.tokens, whole.is_reference, Some(first), sp);
            whole.tokens = self.project(of, first, Reach::Mutable, sp);
            whole.is_reference = false;
            parts
                .iter_mut()
                .for_each(|part| part.proj = &part.proj[1..]);
        }
        if reached && parts.len() > 1 {
            whole = self.reached(whole, cuts, sp);
        }
        let first = |part: &Part<'_>| part.proj.first().cloned();
        let middle = parts
            .iter()
            .find_map(|part| part.proj.first().and_then(end).cloned());
        if let Some(middle) = middle {
            let range = |lo, hi| Proj::Range {
                lo,
                hi,
                inclusive: false,
            };
            let (below, above) = (
                range(None, Some(middle.clone())),
                range(Some(middle.clone()), None),
            );
            let is = |part: &Part<'_>, side| first(part).is_some_and(|proj| same(&proj, side));
            let any = |side| parts.iter().any(|part| is(part, side));
            if parts
                .iter()
                .all(|part| is(part, &below) || is(part, &above))
                && any(&below)
                && any(&above)
            {
                let (mut left, mut right): (Vec<_>, Vec<_>) =
                    parts.into_iter().partition(|part| is(part, &below));
                left.iter_mut()
                    .chain(&mut right)
                    .for_each(|part| part.proj = &part.proj[1..]);
                let (low, high) = self.split(&whole, &self.copied(&middle, sp), cuts, sp);
                self.cut(low, left, cuts, sp);
                self.cut(high, right, cuts, sp);
                return;
            }
        }
        // A range that all have in common is borrowed once.
        if parts.len() > 1
            && let Some(range @ Proj::Range { .. }) = parts[0].proj.first()
            && parts
                .iter()
                .all(|part| part.proj.first().is_some_and(|proj| same(range, proj)))
        {
            let part = self.narrowed(&whole, range, cuts, sp);
            parts
                .iter_mut()
                .for_each(|part| part.proj = &part.proj[1..]);
            self.cut(part, parts, cuts, sp);
            return;
        }
        let index = |part: &Part<'_>| match part.proj.first() {
            Some(Proj::Index(i)) => literal(i),
            _ => None,
        };
        let indices: Option<Vec<usize>> = parts.iter().map(index).collect();
        if let Some(last) = indices.and_then(|all| all.into_iter().max())
            && parts.iter().any(|part| index(part) != Some(last))
        {
            let (mut at, rest): (Vec<_>, Vec<_>) = parts
                .into_iter()
                .partition(|part| index(part) == Some(last));
            let middle = proc_macro2::Literal::usize_unsuffixed(last);
            let (low, high) = self.split(&whole, &quote!(#middle), cuts, sp);
            at.iter_mut().for_each(|part| part.proj = &part.proj[1..]);
            let tokens = high.tokens;
            let element = Whole {
                tokens: quote_spanned!(sp=> #tokens[0]),
                is_reference: false,
                ..high
            };
            self.cut(element, at, cuts, sp);
            self.cut(low, rest, cuts, sp);
            return;
        }
        if let Some((i, j)) = two_elements(&parts) {
            let (mut left, mut right): (Vec<_>, Vec<_>) = parts
                .into_iter()
                .partition(|part| part.proj.first().is_some_and(|proj| same(proj, i)));
            left.iter_mut()
                .chain(&mut right)
                .for_each(|part| part.proj = &part.proj[1..]);
            let (one, other) = self.two(&whole, [i, j], cuts, sp);
            self.cut(one, left, cuts, sp);
            self.cut(other, right, cuts, sp);
            return;
        }
        let field = |part: &Part<'_>| matches!(part.proj.first(), Some(Proj::Field(_)));
        if parts.len() > 1 && parts.iter().all(field) {
            // rustc tells fields apart.
            while let Some(proj) = parts.first().and_then(first) {
                let (own, rest): (Vec<_>, Vec<_>) = parts
                    .into_iter()
                    .partition(|part| first(part).is_some_and(|p| same(&p, &proj)));
                let tokens = whole.tokens.clone();
                let whole = Whole {
                    tokens,
                    is_reference: whole.is_reference,
                    on: whole.on.clone(),
                };
                self.cut(whole, own, cuts, sp);
                parts = rest;
            }
            return;
        }
        for part in &parts {
            self.borrow(&whole, part, cuts, sp);
        }
    }

    /// A part as a reference of its own.
    fn reached(&self, whole: Whole, cuts: &mut Cuts, sp: Span) -> Whole {
        let name = self.part_name("part");
        let tokens = &whole.tokens;
        let part = match &whole.on {
            None => quote_spanned!(sp=> &mut #tokens),
            Some(on) => {
                let rt = &self.cx.rt;
                let held = self.part_name("held");
                cuts.before
                    .extend(quote_spanned!(sp=> let mut #held = #rt::Hold::new();));
                quote_spanned!(sp=> if #on { &mut #tokens } else { #held.slot() })
            }
        };
        cuts.before.extend(quote_spanned!(sp=> let #name = #part;));
        Whole {
            tokens: quote!(#name),
            is_reference: true,
            on: whole.on,
        }
    }

    /// The two sides of a cut; both sides of an empty slot are empty.
    fn split(
        &self,
        whole: &Whole,
        middle: &TokenStream,
        cuts: &mut Cuts,
        sp: Span,
    ) -> (Whole, Whole) {
        let (low, high) = (self.part_name("low"), self.part_name("high"));
        let tokens = &whole.tokens;
        let middle = match &whole.on {
            Some(on) => quote_spanned!(sp=> if #on { #middle } else { 0 }),
            None => middle.clone(),
        };
        cuts.before
            .extend(quote_spanned!(sp=> let (#low, #high) = #tokens.split_at_mut(#middle);));
        let side = |name: Ident| Whole {
            tokens: quote!(#name),
            is_reference: true,
            on: whole.on.clone(),
        };
        (side(low), side(high))
    }

    /// Two elements whose numbers rustc cannot tell apart.
    fn two(&self, whole: &Whole, at: [&Proj; 2], cuts: &mut Cuts, sp: Span) -> (Whole, Whole) {
        let rt = &self.cx.rt;
        let [one, other] = [self.part_name("one"), self.part_name("other")];
        let [i, j] = at.map(|proj| match proj {
            Proj::Index(i) => self.copied(i, sp),
            _ => TokenStream::new(),
        });
        let tokens = &whole.tokens;
        let parts = quote_spanned!(sp=> #rt::two_of(&mut #tokens[..], #i, #j));
        let parts = match &whole.on {
            None => parts,
            Some(on) => {
                let [a, b] = [self.part_name("held"), self.part_name("held")];
                cuts.before.extend(quote_spanned! {sp=>
                    let (mut #a, mut #b) = (#rt::Hold::new(), #rt::Hold::new());
                });
                quote_spanned!(sp=> if #on { #parts } else { (#a.slot(), #b.slot()) })
            }
        };
        cuts.before
            .extend(quote_spanned!(sp=> let (#one, #other) = #parts;));
        let element = |name: Ident| Whole {
            tokens: quote!(#name),
            is_reference: true,
            on: whole.on.clone(),
        };
        (element(one), element(other))
    }

    fn narrowed(&self, whole: &Whole, range: &Proj, cuts: &mut Cuts, sp: Span) -> Whole {
        let name = self.part_name("part");
        let tokens = self.project(whole.tokens.clone(), range, Reach::Mutable, sp);
        let part = match &whole.on {
            Some(on) => quote_spanned!(sp=> if #on { &mut #tokens } else { &mut [] }),
            None => quote_spanned!(sp=> &mut #tokens),
        };
        cuts.before.extend(quote_spanned!(sp=> let #name = #part;));
        Whole {
            tokens: quote!(#name),
            is_reference: true,
            on: whole.on.clone(),
        }
    }

    fn borrow(&self, whole: &Whole, part: &Part<'_>, cuts: &mut Cuts, sp: Span) {
        let first = part.proj.first();
        let mut tokens = behind(whole.tokens.clone(), whole.is_reference, first, sp);
        if part.proj.is_empty() && whole.is_reference {
            tokens = quote_spanned!(sp=> *#tokens);
        }
        let reach = match part.mutable {
            true => Reach::Mutable,
            false => Reach::Shared,
        };
        for proj in part.proj {
            tokens = self.project(tokens, proj, reach, sp);
        }
        let (borrow, hold) = match part.mutable {
            true => (quote_spanned!(sp=> &mut #tokens), quote_spanned!(sp=> slot)),
            false => (quote_spanned!(sp=> &#tokens), quote_spanned!(sp=> shared)),
        };
        // An empty slot has parts of no kind.
        let is_part = !part.proj.is_empty() || !whole.is_reference;
        cuts.found[part.k] = Some(match whole.on.as_ref().filter(|_| is_part) {
            None => borrow,
            Some(on) => {
                let rt = &self.cx.rt;
                let held = self.part_name("held");
                cuts.before
                    .extend(quote_spanned!(sp=> let mut #held = #rt::Hold::new();));
                quote_spanned!(sp=> if #on { #borrow } else { #held.#hold() })
            }
        });
    }

    fn part_name(&self, name: &str) -> Ident {
        self.parts.set(self.parts.get() + 1);
        format_ident!("__{name}_{}", self.parts.get(), span = Span::mixed_site())
    }

    /// Whether a slot that may be an empty slice is not; absent for all else.
    fn slot_is_there(&self, root: Var, sp: Span) -> Option<TokenStream> {
        let info = self.info(root);
        match (&info.kind, &info.ty) {
            (VarKind::Slot { .. }, Ty::Float(_) | Ty::Array(_)) => None,
            (VarKind::Slot { index, .. }, _) => Some(self.is_on(&ActSet([*index].into()), sp)),
            _ => None,
        }
    }
}

/// The two elements that all parts belong to, where there are two.
fn two_elements<'p>(parts: &[Part<'p>]) -> Option<(&'p Proj, &'p Proj)> {
    let mut firsts = parts.iter().map(|part| part.proj.first());
    let one = firsts.next()??;
    let other = parts
        .iter()
        .filter_map(|part| part.proj.first())
        .find(|proj| !same(one, proj))?;
    let is_one_of_them = |proj: &Proj| same(one, proj) || same(other, proj);
    let both = matches!((one, other), (Proj::Index(_), Proj::Index(_)));
    (both && firsts.all(|first| first.is_some_and(is_one_of_them))).then_some((one, other))
}
