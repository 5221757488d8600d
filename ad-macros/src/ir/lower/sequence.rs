//! Iterators: what a `for` loop or a consumer runs over. An iterator has no
//! variable; it is a description from which loops are lowered.

use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprMethodCall, ExprRange, Pat, RangeLimits};

use super::closure::{Function, name_of};
use super::cursor::is_mutable;
use super::holders::Optional;
use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::types::element;
use crate::ir::{Operand, Passing, Place, Proj, Ty, Var};
use crate::syntax::fence;

/// A source, or an adaptor on another sequence.
#[derive(Clone)]
pub(super) enum Sequence {
    Range {
        lo: Operand,
        hi: Option<Operand>,
        inclusive: bool,
        ty: Ty,
    },
    Each {
        place: Place,
        by: Passing,
    },
    Windows {
        place: Place,
        size: Operand,
    },
    Chunks {
        place: Place,
        size: Operand,
        exact: bool,
        by: Passing,
    },
    Once(Item),
    Repeat(Item),
    Zip(Box<Sequence>, Box<Sequence>),
    Chain(Box<Sequence>, Box<Sequence>),
    Enumerate(Box<Sequence>),
    /// With its last number, once it is known.
    Rev(Box<Sequence>, Option<Operand>),
    StepBy(Box<Sequence>, Operand),
    Skip(Box<Sequence>, Operand),
    Take(Box<Sequence>, Operand),
    Copied(Box<Sequence>),
    With(With, Box<Sequence>, Function),
    /// The sequences that a function makes of the elements, one after the other.
    FlatMap(Box<Sequence>, Function),
    Flatten(Box<Sequence>),
    /// With the initial state.
    Scan(Box<Sequence>, Box<Item>, Function),
    /// What an `Option` or a `Result` holds, if it is there.
    Content(Box<Optional>),
    /// What is left of an iterator with a name, from the number in the memory on.
    Rest(Box<Sequence>, Var),
    /// The same while it is run through: the number goes on with each element.
    Taking(Box<Sequence>, Var),
    /// An iterator with a name that may be asked in parts, and whose elements are not
    /// found by their number.
    InParts(Box<Sequence>),
}

/// Adaptors that take a function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    Map,
    Inspect,
    Filter,
    FilterMap,
    TakeWhile,
    SkipWhile,
    MapWhile,
}

impl With {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "map" => With::Map,
            "inspect" => With::Inspect,
            "filter" => With::Filter,
            "filter_map" => With::FilterMap,
            "take_while" => With::TakeWhile,
            "skip_while" => With::SkipWhile,
            "map_while" => With::MapWhile,
            _ => return None,
        })
    }
}

/// Methods that make an iterator of an iterator.
fn is_adaptor(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(
            name,
            "copied"
                | "cloned"
                | "enumerate"
                | "rev"
                | "flatten"
                | "fuse"
                | "into_iter"
                | "by_ref"
                | "peekable"
        ),
        1 => {
            With::of(name).is_some()
                || matches!(
                    name,
                    "zip" | "chain" | "step_by" | "skip" | "take" | "flat_map"
                )
        }
        _ => name == "scan",
    }
}

/// Methods that make an iterator of an array, slice or `Vec`.
fn is_source(name: &str, args: usize) -> bool {
    match args {
        0 => matches!(name, "iter" | "iter_mut" | "into_iter"),
        1 => matches!(
            name,
            "windows" | "chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut" | "drain"
        ),
        _ => false,
    }
}

/// `std::iter::once(..)`, `iter::repeat(..)`, `iter::zip(..)`
fn iter_function(c: &ExprCall) -> Option<&'static str> {
    let Expr::Path(p) = strip(&c.func) else {
        return None;
    };
    let mut names = p.path.segments.iter().rev().map(|s| &s.ident);
    let (name, of) = (names.next()?, names.next());
    let known = ["once", "repeat", "repeat_n", "zip"];
    let name = known.into_iter().find(|known| name == known)?;
    of.is_some_and(|of| of == "iter").then_some(name)
}

impl Lower<'_> {
    /// `let it = xs.iter().map(..);`: the name stands for the iterator, which is
    /// run where it is used.
    pub(super) fn let_sequence(&mut self, pat: &Pat, init: &Expr) -> bool {
        let Some(name) = name_of(pat) else {
            return false;
        };
        let lazy = match strip(init) {
            Expr::MethodCall(_) | Expr::Call(_) => true,
            Expr::Path(p) => p
                .path
                .get_ident()
                .is_some_and(|ident| self.scopes.sequence(&ident.to_string()).is_some()),
            _ => false,
        };
        let mutable = is_mutable(pat);
        if !lazy
            || !self.is_sequence(init)
            || self.stays_foreign(init)
            || self.is_discrete_only(init) && !mutable
        {
            return false;
        }
        match self.sequence(init) {
            Some(mut sequence) => {
                if mutable {
                    sequence = self.asked(sequence);
                }
                self.scopes.insert_sequence(name.to_string(), sequence);
            }
            None => {
                let (what, help) = fence::ITERATOR;
                self.refuse(init.span(), what, help);
            }
        }
        true
    }

    /// Whether an expression is an iterator that [`Lower::sequence`] may know;
    /// nothing is evaluated.
    pub(super) fn is_sequence(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Range(r) => r.start.is_some(),
            Expr::Path(p) => p
                .path
                .get_ident()
                .is_some_and(|ident| self.scopes.sequence(&ident.to_string()).is_some()),
            Expr::MethodCall(m) => {
                let (name, args) = (m.method.to_string(), m.args.len());
                is_source(&name, args)
                    && (self.is_list(&m.receiver)
                        || self.is_part(&m.receiver)
                        || self.is_holder(&m.receiver)
                        || self.is_constant_field(&m.receiver))
                    || self.is_collection(e)
                    || is_adaptor(&name, args) && self.is_sequence(&m.receiver)
                    || name == "clone" && args == 0 && self.is_sequence(&m.receiver)
            }
            Expr::Call(c) => iter_function(c).is_some(),
            Expr::Reference(_) => self.is_asked(e),
            _ => false,
        }
    }

    /// Whether the type of a name or field is known to be an `Option` or a `Result`.
    fn is_holder(&self, e: &Expr) -> bool {
        matches!(self.static_ty(e), Some(Ty::Option(_) | Ty::Result(_)))
    }

    /// Whether an expression is known to be an array, slice or `Vec`, or a
    /// reference to one.
    pub(super) fn is_list(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Reference(r) => self.is_list(&r.expr),
            Expr::Array(_) | Expr::Repeat(_) => true,
            Expr::Macro(m) => m.mac.path.is_ident("vec"),
            // A list that is a constant: only its name is known.
            e if self.is_unbound(e) || self.part_of_constant(e).is_some() => true,
            Expr::MethodCall(m) => match m.method.to_string().as_str() {
                "to_vec" | "into_vec" => true,
                "concat" => self.is_list(&m.receiver),
                "remainder" => self.is_sequence(&m.receiver),
                "as_slice" | "as_mut_slice" | "clone" | "to_owned" => self.is_list(&m.receiver),
                _ => false,
            },
            e => match self.static_ty(e) {
                Some(Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_)) => true,
                // What an annotated function returns has a derivative: a map has none.
                Some(Ty::Unknown) | None => self.is_result(e) || self.is_field(e),
                _ => false,
            },
        }
    }

    /// Whether a place is a parameter of a named type, which may be that of a list, or
    /// in a field of a value, and a derivative may flow to it.
    fn is_part_of_unknown(&self, place: &Place) -> bool {
        let root = &self.vars[place.root.0 as usize];
        let parameter = matches!(root.kind, crate::ir::VarKind::Param { .. });
        let field = |p: &Proj| matches!(p, Proj::Field(syn::Member::Named(_)));
        (parameter || place.proj.iter().any(field)) && !self.constant.contains(&place.root)
    }

    /// The part of a memory that a name stands for.
    fn named_part(&self, e: &Expr) -> Option<&super::scope::Binding> {
        let Expr::Path(p) = e else { return None };
        self.scopes.find(&p.path.get_ident()?.to_string())
    }

    /// Whether an expression is a field of a value that a derivative may flow to, or an
    /// element of one, also under a name of its own.
    fn is_field(&self, e: &Expr) -> bool {
        let mut base = strip(e);
        while let Expr::Index(i) = base {
            base = strip(&i.expr);
        }
        if let Some(binding) = self.named_part(base) {
            return self.is_part_of_unknown(&binding.place);
        }
        if !matches!(base, Expr::Field(f) if matches!(f.member, syn::Member::Named(_))) {
            return false;
        }
        while let Expr::Field(syn::ExprField { base: inner, .. })
        | Expr::Index(syn::ExprIndex { expr: inner, .. }) = base
        {
            base = strip(inner);
        }
        let Expr::Path(p) = base else { return false };
        let name = p.path.get_ident().map(ToString::to_string);
        let binding = name.and_then(|name| self.scopes.find(&name));
        binding.is_some_and(|b| !self.constant.contains(&b.place.root))
    }

    /// Whether a name stands for a part of a value that a derivative may flow to: what
    /// a pattern has bound, or a reference to a field.
    fn is_part(&self, e: &Expr) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let name = p.path.get_ident().map(ToString::to_string);
        let binding = name.and_then(|name| self.scopes.find(&name));
        binding.is_some_and(|b| {
            !b.place.proj.is_empty()
                && self.ty_of(&b.place) == Ty::Unknown
                && !self.constant.contains(&b.place.root)
        })
    }

    /// Whether a name stands for what a call has returned.
    fn is_result(&self, e: &Expr) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let name = p.path.get_ident().map(ToString::to_string);
        let binding = name.and_then(|name| self.scopes.find(&name));
        binding.is_some_and(|b| b.place.proj.is_empty() && self.results.contains(&b.place.root))
    }

    /// Whether an expression is known to be an array.
    pub(super) fn is_array(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Array(_) | Expr::Repeat(_) => true,
            e => matches!(self.static_ty(e), Some(Ty::Array(_))),
        }
    }

    /// The type of a place expression, whatever its indices are.
    pub(super) fn static_ty(&self, e: &Expr) -> Option<Ty> {
        match strip(e) {
            Expr::Path(p) => {
                let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
                Some(self.ty_of(&binding.place))
            }
            Expr::Index(i) => {
                let base = self.static_ty(&i.expr)?;
                Some(match strip(&i.index) {
                    Expr::Range(_) => Ty::Slice(Box::new(element(&base))),
                    _ => element(&base),
                })
            }
            Expr::Field(f) => match (self.static_ty(&f.base)?, &f.member) {
                (Ty::Tuple(types), syn::Member::Unnamed(k)) => types.get(k.index as usize).cloned(),
                _ => None,
            },
            Expr::Unary(u) if matches!(u.op, syn::UnOp::Deref(_)) => self.static_ty(&u.expr),
            Expr::Reference(r) => self.static_ty(&r.expr),
            _ => None,
        }
    }

    /// The sequence that an expression denotes, its operands evaluated.
    pub(super) fn sequence(&mut self, e: &Expr) -> Option<Sequence> {
        if self.is_collection(e) {
            return self.collection_sequence(e);
        }
        match strip(e) {
            Expr::Range(r) => self.range_sequence(r),
            Expr::Path(p) => {
                let name = p.path.get_ident().map(ToString::to_string);
                match name.and_then(|name| self.scopes.sequence(&name)) {
                    Some(sequence) => {
                        let sequence = sequence.clone();
                        Some(self.used_up(sequence))
                    }
                    None => self.all_elements(e),
                }
            }
            Expr::MethodCall(m) => self.method_sequence(e, m),
            Expr::Reference(_) if self.is_asked(e) => self.borrowed_sequence(e),
            Expr::Call(c) => match (iter_function(c), c.args.len()) {
                (Some("once"), 1) => Some(Sequence::Once(self.repeated(&c.args[0]))),
                (Some("repeat"), 1) => Some(Sequence::Repeat(self.repeated(&c.args[0]))),
                (Some("repeat_n"), 2) => {
                    let repeat = Sequence::Repeat(self.repeated(&c.args[0]));
                    Some(Sequence::Take(Box::new(repeat), self.value(&c.args[1])))
                }
                (Some("zip"), 2) => {
                    let a = Box::new(self.sequence(&c.args[0])?);
                    Some(Sequence::Zip(a, Box::new(self.sequence(&c.args[1])?)))
                }
                _ => self.all_elements(e),
            },
            _ => self.all_elements(e),
        }
    }

    fn repeated(&mut self, e: &Expr) -> Item {
        let item = self.item(e);
        self.shared(item)
    }

    fn method_sequence(&mut self, e: &Expr, m: &ExprMethodCall) -> Option<Sequence> {
        let name = m.method.to_string();
        let each = |place, by| Some(Sequence::Each { place, by });
        let arg = m.args.first();
        match (name.as_str(), arg) {
            ("iter" | "iter_mut" | "into_iter", None) if self.is_holder(&m.receiver) => {
                let (place, by) = self.place(&m.receiver)?;
                let by = match name.as_str() {
                    "iter" => Passing::Ref,
                    "iter_mut" => Passing::RefMut,
                    _ => by,
                };
                return self.sequence_of_item(Item::Place(place, by));
            }
            ("drain", Some(range)) => {
                let place = self.drained(m, range)?;
                return each(place, Passing::Value);
            }
            ("by_ref", None) => return self.borrowed_sequence(&m.receiver),
            ("iter", None) => return each(self.elements_of(&m.receiver)?, Passing::Ref),
            ("iter_mut", None) => return each(self.elements_of(&m.receiver)?, Passing::RefMut),
            ("windows", Some(size)) => {
                let place = self.elements_of(&m.receiver)?;
                let size = self.value(size);
                return Some(Sequence::Windows { place, size });
            }
            ("chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut", Some(size)) => {
                let place = self.elements_of(&m.receiver)?;
                let by = match name.ends_with("mut") {
                    true => Passing::RefMut,
                    false => Passing::Ref,
                };
                let exact = name.starts_with("chunks_exact");
                let size = self.value(size);
                return Some(Sequence::Chunks {
                    place,
                    size,
                    exact,
                    by,
                });
            }
            ("as_slice" | "as_mut_slice", None) => return self.all_elements(e),
            ("clone", None) if self.is_sequence(&m.receiver) => return self.sequence(&m.receiver),
            (adaptor, _) if is_adaptor(adaptor, m.args.len()) => {}
            // Another iterator of a list, which is none of its parts.
            (name, _)
                if !matches!(name, "to_vec" | "clone" | "to_owned" | "into_vec" | "map")
                    && (self.is_sequence(&m.receiver) || self.is_list(&m.receiver)) =>
            {
                return None;
            }
            _ => return self.all_elements(e),
        }
        let inner = Box::new(self.sequence(&m.receiver)?);
        let Some(arg) = arg else {
            return match name.as_str() {
                "copied" | "cloned" => Some(match *inner {
                    Sequence::Each { place, .. } => Sequence::Each {
                        place,
                        by: Passing::Value,
                    },
                    _ => Sequence::Copied(inner),
                }),
                "enumerate" => Some(Sequence::Enumerate(inner)),
                "rev" => self.reversed(*inner),
                "flatten" => Some(Sequence::Flatten(inner)),
                // `into_iter` and `fuse` of an iterator change nothing here.
                _ => Some(*inner),
            };
        };
        if let Some(with) = With::of(&name) {
            let function = self.function_of(arg)?;
            return Some(Sequence::With(with, inner, function));
        }
        Some(match name.as_str() {
            "zip" => Sequence::Zip(inner, Box::new(self.sequence(arg)?)),
            "chain" => Sequence::Chain(inner, Box::new(self.sequence(arg)?)),
            "step_by" => Sequence::StepBy(inner, self.value(arg)),
            "skip" => Sequence::Skip(inner, self.value(arg)),
            "take" => Sequence::Take(inner, self.value(arg)),
            "flat_map" => Sequence::FlatMap(inner, self.function_of(arg)?),
            _ => {
                let state = self.item(arg);
                let state = Box::new(self.settled(state));
                Sequence::Scan(inner, state, self.function_of(m.args.get(1)?)?)
            }
        })
    }

    /// Backwards. What has no length of its own is reversed from inside.
    fn reversed(&mut self, sequence: Sequence) -> Option<Sequence> {
        if sequence.is_indexed() {
            return Some(match sequence {
                Sequence::Rev(inner, _) => *inner,
                sequence => Sequence::Rev(Box::new(sequence), None),
            });
        }
        Some(match sequence {
            Sequence::Chain(a, b) => {
                let (a, b) = (self.reversed(*a)?, self.reversed(*b)?);
                Sequence::Chain(Box::new(b), Box::new(a))
            }
            Sequence::Copied(inner) => Sequence::Copied(Box::new(self.reversed(*inner)?)),
            Sequence::With(
                with @ (With::Map | With::Inspect | With::Filter | With::FilterMap),
                inner,
                f,
            ) => Sequence::With(with, Box::new(self.reversed(*inner)?), f),
            _ => return None,
        })
    }

    fn range_sequence(&mut self, r: &ExprRange) -> Option<Sequence> {
        let (lo, lo_ty) = self.typed(r.start.as_ref()?);
        let (hi, ty) = match &r.end {
            Some(end) => {
                let (hi, hi_ty) = self.typed(end);
                (
                    Some(hi),
                    if let Ty::Int(Some(_)) = lo_ty {
                        lo_ty
                    } else {
                        hi_ty
                    },
                )
            }
            None => (None, lo_ty),
        };
        let ty = if let Ty::Int(_) = ty {
            ty
        } else {
            Ty::Int(None)
        };
        let inclusive = matches!(r.limits, RangeLimits::Closed(_));
        Some(Sequence::Range {
            lo,
            hi,
            inclusive,
            ty,
        })
    }

    /// The place of an array, slice or `Vec`.
    pub(super) fn elements_of(&mut self, e: &Expr) -> Option<Place> {
        if let Some(place) = self.constant_array(e) {
            return Some(place);
        }
        // A field whose type only rustc knows is one that has elements.
        let given = self.place(e);
        let is_place = given.is_some();
        let place = match given {
            Some((place, _)) => place,
            None => self.place_of(e),
        };
        let ty = self.ty_of(&place);
        let known = matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_));
        (known || is_place && ty == Ty::Unknown).then_some(place)
    }

    /// `&TABLE[1..]` of a `const` or `static`.
    fn part_of_constant(&self, e: &Expr) -> Option<Expr> {
        let Expr::Index(index) = strip(e) else {
            return None;
        };
        let Expr::Range(range) = strip(&index.index) else {
            return None;
        };
        let mut ends = range.start.iter().chain(&range.end);
        let inert = ends.all(|end| self.inert(end).is_some());
        (inert && self.is_unbound(&index.expr)).then(|| syn::parse_quote!(&#index))
    }

    /// A `const` or `static` that is looped over, or a reference to it.
    fn constant_array(&mut self, e: &Expr) -> Option<Place> {
        let name = match strip(e) {
            Expr::Reference(r) => strip(&r.expr),
            name => name,
        };
        if let Some(part) = self.part_of_constant(name) {
            let ty = Ty::Array(Box::new(Ty::Unknown));
            let value = self.carried(&part, ty, true);
            return Some(Place::of(self.variable(value)));
        }
        if !self.is_unbound(name) {
            return None;
        }
        let ty = Ty::Array(Box::new(Ty::Unknown));
        let value = Value::operand(Operand::Const(Box::new(name.clone())), ty);
        Some(Place::of(self.variable(value)))
    }

    fn all_elements(&mut self, e: &Expr) -> Option<Sequence> {
        if let Some(place) = self.constant_array(e) {
            let by = match strip(e) {
                Expr::Reference(_) => Passing::Ref,
                _ => Passing::Value,
            };
            return Some(Sequence::Each { place, by });
        }
        if let Expr::MethodCall(m) = strip(e)
            && m.method == "into_iter"
            && m.args.is_empty()
        {
            return self.sequence(&m.receiver);
        }
        if self.is_foreign(e) {
            let all = syn::parse_quote!(
                ::std::iter::IntoIterator::into_iter(#e).collect::<::std::vec::Vec<_>>()
            );
            let list = self.carried(&all, Ty::Vec(Box::new(Ty::Unknown)), false);
            let place = Place::of(self.variable(list));
            let by = Passing::Value;
            return Some(Sequence::Each { place, by });
        }
        let item = match self.place(e) {
            Some((place, by @ (Passing::Ref | Passing::RefMut)))
                if self.ty_of(&place) == Ty::Unknown =>
            {
                return Some(Sequence::Each { place, by });
            }
            Some((place, Passing::Value)) if !self.is_fixed(place.root) => {
                // The loop runs over the array as it is now.
                let value = self.read(place);
                Item::Value(value)
            }
            Some((place, by)) => Item::Place(place, by),
            None => self.item(e),
        };
        self.sequence_of_item(item)
    }

    /// Whether an expression is a field, of unknown type, of a parameter that no
    /// derivative reaches.
    pub(super) fn is_constant_field(&self, e: &Expr) -> bool {
        let mut base = strip(e);
        let is_field = matches!(base, Expr::Field(_));
        while let Expr::Field(syn::ExprField { base: inner, .. })
        | Expr::Index(syn::ExprIndex { expr: inner, .. }) = base
        {
            base = strip(inner);
        }
        let binding = self.named_part(base);
        is_field
            && binding.is_some_and(|b| self.constant.contains(&b.place.root))
            && matches!(self.static_ty(e), None | Some(Ty::Unknown))
    }

    /// Whether an iterator over such a field meets nothing that is differentiated: then
    /// its type need not be that of a list.
    pub(super) fn stays_foreign(&self, e: &Expr) -> bool {
        let mut base = strip(e);
        while let Expr::MethodCall(m) = base {
            base = strip(&m.receiver);
        }
        self.is_constant_field(base) && self.is_constant_only(e)
    }

    /// Whether an expression is what no derivative reaches and the lowering does not know:
    /// `text.chars()`. Its elements are those that it has.
    fn is_foreign(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::MethodCall(m) => {
                !self.is_list(e) && !self.is_optional_method(m) && self.is_constant_only(e)
            }
            _ => false,
        }
    }

    /// The elements of an array, slice or `Vec`, or what an `Option` holds.
    pub(super) fn sequence_of_item(&mut self, item: Item) -> Option<Sequence> {
        if let Item::Optional(optional) = item {
            return Some(Sequence::Content(optional));
        }
        let (place, by) = self.item_place(item);
        let ty = self.ty_of(&place);
        if let Ty::Option(_) | Ty::Result(_) = ty {
            let optional = self.look(Item::Place(place, Passing::Value));
            let optional = self.referred(optional, by);
            return Some(Sequence::Content(Box::new(optional)));
        }
        let known = matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_));
        let unknown = ty == Ty::Unknown && by != Passing::Value;
        (known || unknown && self.is_part_of_unknown(&place))
            .then_some(Sequence::Each { place, by })
    }
}
