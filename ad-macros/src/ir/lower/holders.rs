//! `Option` and `Result`: a test, and a content that is there where the test
//! holds.

use std::rc::Rc;

use proc_macro2::Ident;
use syn::{Expr, Pat, PatIdent, parse_quote};

use super::method::hole_name;
use super::optional::{Found, What};
use super::place::strip;
use super::scope::Binding;
use super::{Item, Lower, Value};
use crate::ir::{
    Effect, Holder, Op, Operand, Passing, Place, Proj, StmtKind, StructOf, Ty, UnOp, std_variant,
};

/// The content of an [`Optional`], which means something only where the test holds.
#[derive(Clone)]
pub(super) enum Content {
    Item(Box<Item>),
    /// What an iterator has found, made where it is used.
    Found(Rc<Found>),
}

/// An `Option` or `Result` that is looked into. One of references has no variable
/// of its own: its content is the place referred to.
#[derive(Clone)]
pub(super) struct Optional {
    /// Whether the content is there.
    pub test: Operand,
    pub content: Content,
    /// Where it is a value of its own.
    pub of: Option<Place>,
}

impl Optional {
    /// Whether its content is seen through a reference.
    pub fn is_of_reference(&self) -> bool {
        matches!(&self.content, Content::Item(item)
            if matches!(**item, Item::Place(_, Passing::Ref | Passing::RefMut)))
    }
}

/// The pattern in `Some(..)`.
pub(super) fn content_pattern(pat: &Pat) -> Option<&Pat> {
    match pat {
        Pat::TupleStruct(p) if p.elems.len() == 1 && ends_in(&p.path, &["Some", "Ok"]) => {
            p.elems.first()
        }
        Pat::Paren(p) => content_pattern(&p.pat),
        _ => None,
    }
}

fn ends_in(path: &syn::Path, names: &[&str]) -> bool {
    std_variant(path).is_some_and(|name| names.contains(&name))
}

/// `None`, `Err(..)`
fn is_without(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(p) => p.ident == "None",
        Pat::Path(p) => ends_in(&p.path, &["None"]),
        Pat::TupleStruct(p) => ends_in(&p.path, &["Err"]),
        Pat::Paren(p) => is_without(&p.pat),
        _ => false,
    }
}

impl Lower<'_> {
    /// What stands behind a name that has no variable.
    pub(super) fn optional_of_name(&self, e: &Expr) -> Option<Optional> {
        let Expr::Path(p) = strip(e) else { return None };
        self.scopes
            .optional(&p.path.get_ident()?.to_string())
            .cloned()
    }

    pub(super) fn bind_optional(&mut self, p: &PatIdent, optional: Optional) {
        if p.mutability.is_some() {
            // It is a variable that may be changed.
            let value = self.optional_value(optional);
            let place = Place::of(self.declare_with(&p.ident, value));
            let by = Passing::Value;
            self.scopes
                .insert(p.ident.to_string(), Binding { place, by });
            return;
        }
        match self.settled_optional(optional) {
            Item::Optional(optional) => {
                self.scopes.insert_optional(p.ident.to_string(), *optional);
            }
            item => self.bind(&Pat::Ident(p.clone()), item),
        }
    }

    /// One with a content by value is computed where it stands.
    pub(super) fn settled_optional(&mut self, optional: Optional) -> Item {
        fn by_value(item: &Item) -> bool {
            match item {
                Item::Value(_) | Item::Place(_, Passing::Value) => true,
                Item::Tuple(items) => items.iter().any(by_value),
                Item::Place(..) => false,
                Item::Optional(_) => false,
            }
        }
        let waits = match &optional.content {
            Content::Item(item) => !by_value(item),
            Content::Found(found) => !matches!(found.what, What::Memory(_) | What::Optional(_)),
        };
        if waits {
            return Item::Optional(Box::new(optional));
        }
        let value = self.optional_value(optional);
        let ty = value.ty.clone();
        let operand = self.operand(value);
        Item::Value(Value::operand(operand, ty))
    }

    /// An `Option` of references as a value: of copies of what they point to.
    pub(super) fn optional_value(&mut self, optional: Optional) -> Value {
        let Optional { test, content, .. } = optional;
        let memory = self.declare(super::UNNAMED, Ty::Unknown);
        let (there, _) = self.block(|l| {
            let content = l.content_of(&content);
            let content = l.held(content);
            let some = l.holding(Holder::Option, None, content);
            l.store_value(memory, some);
        });
        let (not, _) = self.block(|l| l.store_none(&Place::of(memory)));
        self.push(StmtKind::If(test, there, not));
        self.memory_value(memory)
    }

    /// The value of a memory that was assigned in every branch.
    pub(super) fn memory_value(&mut self, memory: crate::ir::Var) -> Value {
        self.frozen.insert(memory);
        let ty = self.info(memory).ty.clone();
        match self.is_scalar(&ty) {
            true => Value::new(Op::Read(Place::of(memory)), ty),
            false => Value::new(Op::MoveOut(Place::of(memory)), ty),
        }
    }

    pub(super) fn store_value(&mut self, memory: crate::ir::Var, value: Value) {
        if !self.dead {
            let operand = self.operand(value);
            self.store(Place::of(memory), operand);
        }
    }

    pub(super) fn store_none(&mut self, place: &Place) {
        let none = Operand::Const(Box::new(parse_quote!(::core::option::Option::None)));
        self.push(StmtKind::Store(place.clone(), none));
    }

    /// `Some`, `Ok`, or the one that `kind` shows, of a content.
    pub(super) fn holding(
        &mut self,
        holder: Holder,
        kind: Option<&Operand>,
        content: Value,
    ) -> Value {
        let ty = Box::new(content.ty.clone());
        let content = self.operand(content);
        let (path, ty) = match (holder, kind) {
            (Holder::Result, _) => (parse_quote!(::core::result::Result::Ok), Ty::Result(ty)),
            (Holder::Option, _) | (Holder::Either, None) => {
                (parse_quote!(::core::option::Option::Some), Ty::Option(ty))
            }
            (Holder::Either, Some(_)) => (parse_quote!(::core::result::Result::Ok), Ty::Result(ty)),
        };
        let made = StructOf {
            path,
            fields: vec![(syn::Member::from(0), content)],
            base: None,
            kind: kind.filter(|_| holder == Holder::Either).cloned(),
        };
        Value::new(Op::Struct(Box::new(made)), ty)
    }

    /// The content, where it is known to be there.
    pub(super) fn content(&mut self, optional: &Optional) -> Item {
        self.content_of(&optional.content)
    }

    pub(super) fn content_of(&mut self, content: &Content) -> Item {
        match content {
            Content::Item(item) => (**item).clone(),
            Content::Found(found) => self.item_of(found),
        }
    }

    /// Whether an expression is what an iterator has found.
    pub(super) fn finds(&self, e: &Expr) -> bool {
        let pops = matches!(strip(e), Expr::MethodCall(m) if m.method == "pop");
        self.is_found(e) && (pops || !self.is_discrete_only(e))
    }

    /// What an iterator has found.
    pub(super) fn option_found(&mut self, e: &Expr) -> Option<Item> {
        let found = self.found(e)?;
        let found = Optional {
            test: found.some.clone(),
            content: Content::Found(Rc::new(found)),
            of: None,
        };
        Some(self.settled_optional(found))
    }

    /// `xs.split_first().unwrap().1`: the parts are places of their own.
    pub(super) fn part_of_content(&mut self, e: &syn::ExprField) -> Option<(Place, Passing)> {
        let syn::Member::Unnamed(k) = &e.member else {
            return None;
        };
        let base = strip(&e.base);
        let parts = match base {
            Expr::MethodCall(m) => self.gives_content(m),
            Expr::Try(_) => true,
            _ => false,
        };
        if !parts {
            return None;
        }
        let k = k.index as usize;
        match self.item(base) {
            Item::Tuple(mut items) if k < items.len() => {
                let item = items.swap_remove(k);
                Some(self.item_place(item))
            }
            item => {
                let (place, _) = self.item_place(item);
                Some((place.then(Proj::Field(k.into())), Passing::Value))
            }
        }
    }

    /// An item as one looks into it.
    pub(super) fn look(&mut self, item: Item) -> Optional {
        if let Item::Optional(optional) = item {
            return *optional;
        }
        let (place, _) = self.item_place(item);
        let holder = self.learn_holder(&place, None);
        let test = self.is_there(&place);
        let content = place.clone().then(Proj::Content(holder));
        Optional {
            test,
            content: Content::Item(Box::new(Item::Place(content, Passing::Value))),
            of: Some(place),
        }
    }

    fn is_there(&mut self, place: &Place) -> Operand {
        let hole = hole_name(0);
        let test = parse_quote!(::ad_runtime::__private::is_there(&#hole));
        let value = self.made(test, vec![place.clone()], Ty::Bool, true);
        self.operand(value)
    }

    /// What is known of the holder in a place; a variable of unknown type is taken
    /// for one from here on.
    pub(super) fn learn_holder(&mut self, place: &Place, shown: Option<Holder>) -> Holder {
        if place.proj.is_empty() && self.info(place.root).ty == Ty::Unknown {
            let of = Box::new(Ty::Unknown);
            self.info(place.root).ty = match shown {
                Some(Holder::Option) => Ty::Option(of),
                _ => Ty::Result(of),
            };
        }
        match self.ty_of(place) {
            Ty::Option(_) => Holder::Option,
            _ => shown.unwrap_or(Holder::Either),
        }
    }

    /// Whether a pattern matches an `Option` of references; absent: it is no such.
    pub(super) fn test_optional(&mut self, pat: &Pat, item: &Item) -> Option<Option<Operand>> {
        let Item::Optional(optional) = item else {
            return None;
        };
        if let Some(content) = content_pattern(pat) {
            let test = optional.test.clone();
            if super::matching::always_matches(content) {
                return Some(Some(test));
            }
            let inner = optional.content.clone();
            return Some(Some(self.lazily(test.clone(), |l| {
                let inner = l.content_of(&inner);
                l.test(content, &inner).unwrap_or(test)
            })));
        }
        if is_without(pat) {
            return Some(Some(self.negated(optional.test.clone())));
        }
        None
    }

    pub(super) fn negated(&mut self, test: Operand) -> Operand {
        self.operand(Value::new(Op::Unary(UnOp::Not, test), Ty::Bool))
    }

    /// Whether using a place by value moves the content out of an `Option` or
    /// `Result`, or an error out of a `Result`.
    pub(super) fn moves(&self, place: &Place) -> bool {
        let of_error = self.failures.contains(&place.root) && !place.proj.is_empty();
        matches!(place.proj.last(), Some(Proj::Content(_))) || !place.carries() || of_error
    }

    /// A place used by value, as the user's program does it.
    pub(super) fn by_value(&mut self, place: Place) -> Value {
        if self.moves(&place) {
            let ty = self.ty_of(&place);
            return Value::new(Op::MoveOut(place), ty);
        }
        self.read(place)
    }

    /// An item where an `Option` or `Result` is expected: a call shows no type.
    pub(super) fn expected(&mut self, mut item: Item, ty: &Ty) -> Item {
        if !matches!(ty, Ty::Option(_) | Ty::Result(_)) {
            return item;
        }
        let var = match &mut item {
            Item::Place(place, _) if place.proj.is_empty() => Some(place.root),
            Item::Value(value) if value.ty == Ty::Unknown => {
                value.ty = ty.clone();
                match value.op {
                    Op::Use(Operand::Var(var)) => Some(var),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(var) = var
            && self.info(var).ty == Ty::Unknown
        {
            self.info(var).ty = ty.clone();
        }
        item
    }

    /// What a pattern takes apart further: the content or error of a `Result` is
    /// moved out of it, so that the `Result` itself need not be kept.
    pub(super) fn taken_apart(&mut self, pat: &Pat, item: Item) -> Item {
        let whole = matches!(pat, Pat::Ident(p) if p.subpat.is_none());
        match item {
            Item::Place(place, Passing::Value)
                if place.proj.len() == 1
                    && self.moves(&place)
                    && matches!(self.info(place.root).ty, Ty::Result(_))
                    && !whole
                    && !super::opaque::pattern_names(pat).is_empty() =>
            {
                let failure = !place.carries();
                let value = self.by_value(place);
                let var = self.variable(value);
                if failure {
                    self.failures.insert(var);
                }
                Item::Place(Place::of(var), Passing::Value)
            }
            item => item,
        }
    }

    /// An item that is used for the last time.
    pub(super) fn moved(&mut self, item: Item) -> Value {
        match item {
            Item::Place(place, Passing::Value)
                if matches!(self.ty_of(&place), Ty::Option(_) | Ty::Result(_))
                    && !self.is_temp(place.root) =>
            {
                let ty = self.ty_of(&place);
                Value::new(Op::MoveOut(place), ty)
            }
            item => self.held(item),
        }
    }

    /// Panics as `unwrap` or `expect` does.
    pub(super) fn check_there(&mut self, optional: &Optional, message: Option<&Expr>) {
        let of = Ident::new("__holder", self.span);
        let (mut args, checked) = match &optional.of {
            Some(place) => {
                let name = if message.is_some() {
                    "check_expect"
                } else {
                    "check_unwrap"
                };
                (vec![(of.clone(), place.clone())], name)
            }
            None => (
                vec![(of.clone(), self.hole(optional.test.clone()))],
                "check_some",
            ),
        };
        let mut said: Vec<Expr> = message.cloned().into_iter().collect();
        args.extend(self.named_places(&mut said, &[]));
        if said.is_empty() && optional.of.is_none() {
            said.push(parse_quote!("called `Option::unwrap()` on a `None` value"));
        }
        let checked = Ident::new(checked, self.span);
        // The panic is located where the user's call stands.
        let stmt = syn::parse_quote_spanned!(self.span=> ::ad_runtime::__private::#checked(#of #(, #said)*););
        self.push(StmtKind::Effect(Box::new(Effect {
            stmt,
            names: args,
            assert_like: true,
        })));
    }
}
