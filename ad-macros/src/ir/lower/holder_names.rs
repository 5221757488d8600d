//! Which method calls are ones of `Option` and `Result`, seen from their tokens.

use syn::{Expr, ExprMethodCall};

use super::Lower;
use super::method::decides_by_method;
use super::place::strip;
use crate::ir::{Ty, VarKind};

/// The methods, by the number of their arguments.
const METHODS: [&[&str]; 3] = [
    &[
        "is_some",
        "is_none",
        "is_ok",
        "is_err",
        "unwrap",
        "unwrap_or_default",
        "ok",
        "as_ref",
        "as_mut",
        "copied",
        "cloned",
        "take",
        "flatten",
    ],
    &[
        "expect",
        "unwrap_or",
        "unwrap_or_else",
        "map",
        "map_err",
        "and_then",
        "and",
        "or",
        "or_else",
        "ok_or",
        "ok_or_else",
        "filter",
        "is_some_and",
        "is_ok_and",
        "is_none_or",
        "then",
        "then_some",
        "replace",
        "insert",
        "get_or_insert",
        "get_or_insert_with",
        "zip",
    ],
    &["map_or", "map_or_else"],
];

/// Methods of arrays and slices that give an `Option` of references.
const OF_SLICES: [&[&str]; 2] = [
    &[
        "first",
        "last",
        "first_mut",
        "last_mut",
        "split_first",
        "split_last",
        "split_first_mut",
        "split_last_mut",
    ],
    &["get", "get_mut"],
];

/// Methods that others have as well: iterators, arrays, cells.
const SHARED: [&str; 13] = [
    "map", "filter", "take", "zip", "copied", "cloned", "replace", "insert", "flatten", "and",
    "or", "as_ref", "as_mut",
];

fn named(list: &[&[&str]], m: &ExprMethodCall) -> bool {
    let names = list.get(m.args.len());
    names.is_some_and(|names| names.iter().any(|name| m.method == name))
}

/// Whether a method call gives an `Option` of references into a slice.
pub(super) fn is_of_slice(m: &ExprMethodCall) -> bool {
    named(&OF_SLICES, m)
}

impl Lower<'_> {
    /// Whether a method call is one that this module lowers.
    pub(super) fn is_optional_method(&self, m: &ExprMethodCall) -> bool {
        if named(&OF_SLICES, m) {
            return self.has_elements(m) || self.is_lookup(m);
        }
        let whole = Expr::MethodCall(m.clone());
        // `T::from(x).unwrap()` is a conversion.
        if !named(&METHODS, m) || decides_by_method(&m.receiver) || self.is_conversion(&whole) {
            return false;
        }
        if self.is_discrete_only(&Expr::MethodCall(m.clone())) && !self.is_optional(&m.receiver) {
            return false;
        }
        if m.args.is_empty() && self.finds(&Expr::MethodCall(m.clone())) {
            return false;
        }
        let shared = SHARED.iter().any(|name| m.method == name);
        !shared || self.may_hold(&m.receiver)
    }

    /// Whether a method call gives what an `Option` holds, which may be a place.
    pub(super) fn gives_content(&self, m: &ExprMethodCall) -> bool {
        let names = [
            "unwrap",
            "expect",
            "insert",
            "get_or_insert",
            "get_or_insert_with",
        ];
        names.iter().any(|name| m.method == name) && self.is_optional_method(m)
    }

    pub(super) fn has_elements(&self, m: &ExprMethodCall) -> bool {
        let known = match self.inert_place(&m.receiver) {
            Some(ty) => ty,
            None => match strip(&m.receiver) {
                Expr::Field(_) | Expr::Index(_) | Expr::Path(_) => Ty::Unknown,
                Expr::MethodCall(inner) => {
                    return matches!(
                        inner.method.to_string().as_str(),
                        "as_slice" | "as_mut_slice"
                    ) || self.gives_content(inner);
                }
                _ => return false,
            },
        };
        match known {
            Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) => true,
            // A map is asked by reference.
            Ty::Unknown => m.args.iter().all(|arg| {
                !matches!(strip(arg), Expr::Reference(_))
                    && matches!(self.inert(arg).map(|i| i.ty), Some(Ty::Int(_)))
                    || matches!(strip(arg), Expr::Range(_))
            }),
            _ => false,
        }
    }

    /// Whether an expression is known to be an `Option` or a `Result`.
    fn is_optional(&self, e: &Expr) -> bool {
        match strip(e) {
            e if self.finds(e) => true,
            Expr::MethodCall(m) => {
                named(&OF_SLICES, m) && (self.has_elements(m) || self.is_lookup(m))
                    || named(&METHODS, m) && self.is_optional(&m.receiver)
            }
            Expr::Call(c) => matches!(strip(&c.func), Expr::Path(p) if
                p.path.segments.last().is_some_and(|s| ["Some", "Ok", "Err"].iter().any(|n| s.ident == n))),
            e if self.optional_of_name(e).is_some() => true,
            e => matches!(self.static_ty(e), Some(Ty::Option(_) | Ty::Result(_))),
        }
    }

    /// Whether an expression may be an `Option` or a `Result`, for methods that
    /// other types have too.
    fn may_hold(&self, e: &Expr) -> bool {
        if self.is_optional(e) {
            return true;
        }
        match strip(e) {
            Expr::MethodCall(m) => {
                let on = &m.receiver;
                !is_adaptor(&m.method.to_string()) || named(&METHODS, m) && self.may_hold(on)
            }
            Expr::Call(_) | Expr::Try(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_) => true,
            // Its type is written, and it is another.
            Expr::Path(_) if self.is_parameter(e) => false,
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) => {
                !self.is_unbound(e) && matches!(self.inert_place(e), None | Some(Ty::Unknown))
            }
            _ => false,
        }
    }

    fn is_parameter(&self, e: &Expr) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let binding = p
            .path
            .get_ident()
            .and_then(|name| self.scopes.find(&name.to_string()));
        binding.is_some_and(|b| {
            let kind = &self.vars[b.place.root.0 as usize].kind;
            b.place.proj.is_empty() && matches!(kind, VarKind::Param { .. })
        })
    }
}

/// Methods of iterators that give iterators.
fn is_adaptor(name: &str) -> bool {
    matches!(
        name,
        "iter"
            | "iter_mut"
            | "into_iter"
            | "map"
            | "filter"
            | "zip"
            | "enumerate"
            | "rev"
            | "take"
            | "skip"
            | "step_by"
            | "chain"
            | "windows"
            | "chunks"
            | "chunks_mut"
            | "chunks_exact"
            | "chunks_exact_mut"
            | "copied"
            | "cloned"
            | "flat_map"
            | "filter_map"
            | "flatten"
            | "scan"
            | "skip_while"
            | "take_while"
            | "map_while"
            | "peekable"
            | "cycle"
            | "chars"
            | "bytes"
            | "lines"
    )
}
