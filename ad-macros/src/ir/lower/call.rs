//! Calls by path.

use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprMethodCall, ExprPath};

use super::place::strip;
use super::scope::Binding;
use super::{Item, Lower, Value};
use crate::ir::overlap::{disjoint, same, within};
use crate::ir::types::is_scalar;
use crate::ir::{Arg, Call, Callee, Effect, Op, Passing, Place, Proj, StmtKind, Ty};
use crate::syntax::fence;

/// A `&mut` that the user names twice, or beside a `&` to the same place, can only
/// be passed on as `&`: rustc turns it into one where the callee takes one.
pub(super) fn shared(mut args: Vec<Arg>, receiver: Option<usize>) -> Vec<Arg> {
    let places: Vec<Option<Place>> = args
        .iter()
        .map(|arg| match arg {
            Arg::Ref(place) | Arg::RefMut(place) => Some(place.clone()),
            Arg::Value(_) => None,
        })
        .collect();
    for (k, arg) in args.iter_mut().enumerate() {
        let Arg::RefMut(place) = arg else { continue };
        let others = places.iter().enumerate().filter(|(j, _)| *j != k);
        // Of elements whose numbers are not known, rustc has seen that they are different
        // ones, unless the place is the receiver of a method that may only read.
        let overlaps = |other: &Place| match receiver == Some(k) {
            true => !disjoint(place, other),
            false => within(place, other),
        };
        if others.filter_map(|(_, other)| other.as_ref()).any(overlaps) {
            *arg = Arg::Ref(place.clone());
        }
    }
    args
}

/// Whether two places are fields of one variant of one enum: they cannot be borrowed
/// apart.
fn of_one_variant(a: &Place, b: &Place) -> bool {
    let differ = a.proj.iter().zip(&b.proj).find(|(a, b)| !same(a, b));
    a.root == b.root && matches!(differ, Some((Proj::Payload(_), Proj::Payload(_))))
}

/// Functions of `f64` and `f32` that make a float of bits.
fn made_of_bits(name: &str) -> bool {
    matches!(
        name,
        "from_bits" | "from_be_bytes" | "from_le_bytes" | "from_ne_bytes"
    )
}

/// What a method may do to its receiver, as far as its name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Receiver {
    /// Nothing: a method called like a float's, whose value is used. rustc refuses
    /// one that changes its receiver all the same.
    Read,
    /// Anything.
    Any,
}

impl Lower<'_> {
    /// A function of the user's own called `constant` must not have its derivative
    /// dropped: only the runtime's has this item beside it.
    fn assert_is_constant(&mut self, path: &syn::ExprPath) {
        let stmt = syn::parse_quote!(let () = #path::__STOPS_DIFFERENTIATION;);
        let effect = Effect {
            stmt,
            names: Vec::new(),
            assert_like: true,
        };
        self.push(StmtKind::Effect(Box::new(effect)));
    }

    pub(super) fn call(&mut self, c: &ExprCall) -> Value {
        if let Some(value) = self.call_of_parameter(c) {
            return value;
        }
        if let Some(item) = self.call_of_closure(c) {
            return self.item_value(item);
        }
        let whole = Expr::Call(c.clone());
        let Expr::Path(path) = strip(&c.func) else {
            let (what, help) = fence::CALLED_VALUE;
            return self.carried_unless_active(&whole, c.span(), what, help);
        };
        if !self.is_unbound(&c.func) {
            let (what, help) = fence::CALLED_VALUE;
            return self.carried_unless_active(&whole, c.span(), what, help);
        }
        if let Some(value) = self.converted(&whole) {
            return value;
        }
        let (owner, names) = self.names_of(path);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let args: Vec<&Expr> = c.args.iter().collect();
        match (names.as_slice(), args.as_slice()) {
            (["constant"] | ["ad_runtime", "constant"], [a]) => {
                let (a, ty) = self.typed(a);
                self.assert_is_constant(path);
                return Value::new(Op::Constant(a), ty);
            }
            ([.., "mem", "swap"], [a, b]) => {
                let (a, b) = (self.place_of(a), self.place_of(b));
                self.span = c.span();
                if of_one_variant(&a, &b) {
                    let (x, y) = (self.read(a.clone()), self.read(b.clone()));
                    let (x, y) = (self.operand(x), self.operand(y));
                    self.store(a, y);
                    self.store(b, x);
                    return Value::unit();
                }
                self.push(StmtKind::Swap(a, b));
                return Value::unit();
            }
            ([.., "mem", "replace"], [a, b]) => {
                let place = self.place_of(a);
                let (new, _) = self.typed(b);
                let old = self.read(place.clone());
                let ty = old.ty.clone();
                let old = self.operand(old);
                self.store(place, new);
                return Value::operand(old, ty);
            }
            ([.., "mem", "take"], [a]) => {
                let place = self.place_of(a);
                let old = self.read(place.clone());
                let ty = old.ty.clone();
                let old = self.operand(old);
                let empty = match &ty {
                    Ty::Vec(_) => Value::new(Op::VecEmpty(None), ty.clone()),
                    _ => {
                        let default = syn::parse_quote!(::core::default::Default::default());
                        self.made(default, Vec::new(), ty.clone(), true)
                    }
                };
                let empty = self.operand(empty);
                self.store(place, empty);
                return Value::operand(old, ty);
            }
            ([.., "Box", "new"], [a]) => {
                let (content, _) = self.typed(a);
                let made = crate::ir::StructOf {
                    path: syn::parse_quote!(Box),
                    fields: vec![(syn::Member::from(0), content)],
                    base: None,
                    kind: None,
                };
                return Value::new(Op::Struct(Box::new(made)), Ty::Unknown);
            }
            (["drop"] | [.., "mem", "drop"], [a]) => {
                let item = self.item(a);
                self.discard(item);
                return Value::unit();
            }
            ([.., "Vec", "new"], []) => {
                return Value::new(
                    Op::VecEmpty(None),
                    Ty::Vec(Box::new(self.vec_element(path))),
                );
            }
            ([.., "Vec", "with_capacity"], [n]) => {
                let n = self.value(n);
                return Value::new(
                    Op::VecEmpty(Some(n)),
                    Ty::Vec(Box::new(self.vec_element(path))),
                );
            }
            // Bits are integers, which no active value reaches.
            ([of, name], [a]) if self.is_float_name(of) && made_of_bits(name) => {
                let bits = self.value(a);
                let holes = vec![self.hole(bits)];
                let ty = Ty::Float(owner);
                let hole = super::method::hole_name(0);
                return self.made(syn::parse_quote!(#path(#hole)), holes, ty, true);
            }
            ([of, name], _) if self.is_float_name(of) => {
                let receiver = args.first().copied();
                if let Some(receiver) = receiver
                    && let Some(value) =
                        self.float_function(&whole, name, owner.clone(), receiver, &args[1..])
                {
                    return value;
                }
                // `T::one()`, `T::epsilon()`
                if args.is_empty() {
                    return self.carried(&whole, Ty::Float(owner), true);
                }
            }
            // `Float::max(x, y)`
            ([.., "Float", name], [receiver, rest @ ..]) => {
                if let Some(value) = self.float_function(&whole, name, None, receiver, rest) {
                    return value;
                }
            }
            // `num_traits::zero()`
            (["num_traits" | "num", .., "zero" | "one"], []) => {
                return self.carried(&whole, Ty::Unknown, true);
            }
            (["num_traits" | "num", .., name], [receiver, rest @ ..]) => {
                let known = matches!(*name, "clamp" | "abs" | "signum" | "abs_sub");
                let value = known.then(|| self.float_function(&whole, name, None, receiver, rest));
                return value.flatten().unwrap_or_else(|| {
                    let (what, help) = fence::OF_NUM_TRAITS;
                    self.carried_unless_active(&whole, c.span(), what, help)
                });
            }
            _ => {}
        }
        self.user_call(&whole, c, path, &names)
    }

    fn vec_element(&self, path: &ExprPath) -> Ty {
        let of = path.path.segments.iter().find(|s| s.ident == "Vec");
        match of.map(|s| &s.arguments) {
            Some(syn::PathArguments::AngleBracketed(a)) => match a.args.first() {
                Some(syn::GenericArgument::Type(t)) => self.ty(t),
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    fn user_call(&mut self, whole: &Expr, c: &ExprCall, path: &ExprPath, names: &[&str]) -> Value {
        let is_type = |name: &&str| name.starts_with(char::is_uppercase);
        let constructor = names.last().is_some_and(is_type);
        let associated = path.qself.is_some() || names.iter().rev().nth(1).is_some_and(is_type);
        let primitive =
            matches!(names, [of, _] if super::types::is_int_name(of) || self.is_float_name(of));
        let std = matches!(names.first(), Some(&("std" | "core" | "alloc")));
        if constructor && path.qself.is_none() {
            let args: Vec<&Expr> = c.args.iter().collect();
            return self.constructor(&path.path, &args);
        }
        let of = names.iter().rev().nth(1).copied().unwrap_or_default();
        let owner = fence::OWNERS.contains(&of);
        if owner || primitive || std || associated && fence::STD_TYPES.contains(&of) {
            if self.is_discrete_only(whole) {
                return self.carried(whole, Ty::Unknown, false);
            }
            let (what, help) = match owner {
                true => fence::OWNER,
                false => fence::OF_STD,
            };
            return self.carried_unless_active(whole, c.span(), what, help);
        }
        let args = shared(c.args.iter().map(|a| self.argument(a)).collect(), None);
        for (k, arg) in args.iter().enumerate() {
            let Arg::RefMut(place) = arg else { continue };
            let others = args.iter().enumerate().filter(|(j, _)| *j != k);
            let same = |other: &Arg| match other {
                Arg::Ref(other) | Arg::RefMut(other) => of_one_variant(place, other),
                Arg::Value(_) => false,
            };
            if others.clone().any(|(_, other)| same(other)) {
                let (what, help) = fence::PARTS_OF_A_VARIANT;
                return self.refuse(c.args[k].span(), what, help);
            }
        }
        self.span = c.span();
        let callee = match associated {
            true => Callee::Associated(path.clone()),
            false => Callee::Function(path.clone()),
        };
        Value::new(Op::Call(Call { callee, args }), Ty::Unknown)
    }

    /// `x.f(y)`, where only rustc knows what `f` is.
    pub(super) fn method_call(
        &mut self,
        m: &ExprMethodCall,
        receiver: Item,
        used: Receiver,
    ) -> Value {
        let receiver = match receiver {
            Item::Place(place, by) => {
                let only_read = by == Passing::Ref || self.is_fixed(place.root);
                match only_read || used == Receiver::Read {
                    true => Arg::Ref(place),
                    false => Arg::RefMut(place),
                }
            }
            item => {
                let value = self.item_value(item);
                self.span = m.receiver.span();
                Arg::Ref(Place::of(self.variable(value)))
            }
        };
        let rest = m.args.iter().map(|a| self.argument(a));
        let args = shared(std::iter::once(receiver).chain(rest).collect(), Some(0));
        self.span = m.span();
        let callee = Callee::Method {
            name: m.method.clone(),
            generics: m.turbofish.clone(),
        };
        Value::shown(Op::Call(Call { callee, args }), Ty::Unknown, m)
    }

    /// What a method is called on: a place stays a place.
    pub(super) fn receiver(&mut self, e: &Expr) -> Item {
        match self.place(e) {
            Some((place, by)) => Item::Place(place, by),
            None => Item::Value(self.op(e)),
        }
    }

    pub(super) fn argument(&mut self, e: &Expr) -> Arg {
        if let Some(function) = self.function_argument(e) {
            return function;
        }
        let item = match strip(e) {
            Expr::Reference(_) | Expr::Path(_) => self.item(e),
            Expr::If(_) | Expr::Match(_) | Expr::Block(_) if self.reference(e).is_some() => {
                self.item(e)
            }
            _ => match self.place(e) {
                Some((place, by)) => Item::Place(place, by),
                None => Item::Value(self.op(e)),
            },
        };
        match item {
            Item::Place(place, Passing::Ref) => Arg::Ref(place),
            Item::Place(place, Passing::RefMut) => Arg::RefMut(place),
            item => {
                let value = self.item_value(item);
                self.span = e.span();
                Arg::Value(self.operand(value))
            }
        }
    }

    /// Whether the variables in an expression are all integers, booleans or
    /// arrays of them.
    pub(super) fn is_discrete_only(&self, e: &Expr) -> bool {
        self.names_only(e, &|binding| is_discrete(&self.ty_of(&binding.place)))
    }

    /// The same, with parameters of any type that no derivative reaches.
    pub(super) fn is_constant_only(&self, e: &Expr) -> bool {
        self.names_only(e, &|binding| {
            self.constant.contains(&binding.place.root) || is_discrete(&self.ty_of(&binding.place))
        })
    }

    fn names_only(&self, e: &Expr, allowed: &dyn Fn(&Binding) -> bool) -> bool {
        struct Paths<'l, 'a> {
            lower: &'l Lower<'a>,
            allowed: &'l dyn Fn(&Binding) -> bool,
            holds: bool,
        }
        impl<'ast> syn::visit::Visit<'ast> for Paths<'_, '_> {
            fn visit_expr_path(&mut self, p: &'ast ExprPath) {
                let Some(name) = p.path.get_ident().map(ToString::to_string) else {
                    return;
                };
                self.holds &= match self.lower.scopes.find(&name) {
                    Some(binding) => (self.allowed)(binding),
                    // Closures and iterators are no values.
                    None => !self.lower.scopes.contains(&name),
                };
            }
            fn visit_macro(&mut self, _: &'ast syn::Macro) {
                self.holds = false;
            }
        }
        let mut paths = Paths {
            lower: self,
            allowed,
            holds: true,
        };
        syn::visit::Visit::visit_expr(&mut paths, e);
        paths.holds && !super::exits::has_control_flow(e)
    }
}

fn is_discrete(ty: &Ty) -> bool {
    match ty {
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) => is_discrete(t),
        Ty::Tuple(types) => types.iter().all(is_discrete),
        Ty::Unit => true,
        ty => is_scalar(ty) && !matches!(ty, Ty::Float(_)),
    }
}
