//! Calls by path.

use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprPath};

use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::overlap::disjoint;
use crate::ir::types::is_scalar;
use crate::ir::{Arg, Call, Effect, Op, Passing, Place, StmtKind, Ty};
use crate::syntax::fence;

/// A `&mut` that the user names twice, or beside a `&` to the same place, can only
/// be passed on as `&`: rustc turns it into one where the callee takes one.
fn shared(mut args: Vec<Arg>) -> Vec<Arg> {
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
        if others
            .filter_map(|(_, other)| other.as_ref())
            .any(|other| !disjoint(place, other))
        {
            *arg = Arg::Ref(place.clone());
        }
    }
    args
}

/// Functions of `f64` and `f32` that make a float of bits.
fn made_of_bits(name: &str) -> bool {
    matches!(
        name,
        "from_bits" | "from_be_bytes" | "from_le_bytes" | "from_ne_bytes"
    )
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
        if associated || primitive || std {
            if self.is_discrete_only(whole) {
                return self.carried(whole, Ty::Unknown, false);
            }
            let (what, help) = match () {
                () if names
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|of| fence::OWNERS.contains(of)) =>
                {
                    fence::OWNER
                }
                () if associated => fence::ASSOCIATED,
                () => fence::OF_STD,
            };
            return self.carried_unless_active(whole, c.span(), what, help);
        }
        let args = shared(c.args.iter().map(|a| self.argument(a)).collect());
        self.span = c.span();
        Value::new(
            Op::Call(Call {
                path: path.clone(),
                args,
            }),
            Ty::Unknown,
        )
    }

    fn argument(&mut self, e: &Expr) -> Arg {
        let item = match strip(e) {
            Expr::Reference(_) | Expr::Path(_) => self.item(e),
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
        fn discrete(ty: &Ty) -> bool {
            match ty {
                Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) => discrete(t),
                Ty::Tuple(types) => types.iter().all(discrete),
                Ty::Unit => true,
                ty => is_scalar(ty) && !matches!(ty, Ty::Float(_)),
            }
        }
        struct Paths<'l, 'a>(&'l Lower<'a>, bool);
        impl<'ast> syn::visit::Visit<'ast> for Paths<'_, '_> {
            fn visit_expr_path(&mut self, p: &'ast ExprPath) {
                let Some(name) = p.path.get_ident().map(ToString::to_string) else {
                    return;
                };
                self.1 &= match self.0.scopes.find(&name) {
                    Some(binding) => discrete(&self.0.ty_of(&binding.place)),
                    // Closures and iterators are no values.
                    None => !self.0.scopes.contains(&name),
                };
            }
            fn visit_macro(&mut self, _: &'ast syn::Macro) {
                self.1 = false;
            }
        }
        let mut paths = Paths(self, true);
        syn::visit::Visit::visit_expr(&mut paths, e);
        paths.1 && !super::exits::has_control_flow(e)
    }
}
