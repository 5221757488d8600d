//! Method calls.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Ident, parse_quote};

use super::call::Receiver;
use super::{Item, Lower, Value};
use crate::ir::{BinOp, Op, Operand, Place, Ty};
use crate::rules::{self, INACTIVE_RESULT, NO_DERIVATIVE, Row, TUPLES};
use crate::syntax::fence;

impl Lower<'_> {
    pub(super) fn method(&mut self, m: &ExprMethodCall) -> Value {
        if let Some(item) = self.consumed(m) {
            return self.item_value(item);
        }
        let whole = Expr::MethodCall(m.clone());
        if self.finds(&whole)
            && let Some(item) = self.option_found(&whole)
        {
            return self.item_value(item);
        }
        let name = m.method.to_string();
        let args: Vec<&Expr> = m.args.iter().collect();
        if let Some(value) = self.converted(&whole) {
            return value;
        }
        if name == "into" && args.is_empty() {
            return self.other_number(m);
        }
        if let Some(code) = self.rewritten(m) {
            return self.op(&code);
        }
        if let Some(value) = self.slice_method(m, &name, &args) {
            return value;
        }
        if let Some(value) = self.float_function(&whole, &name, None, &m.receiver, &args) {
            return value;
        }
        if self.is_discrete_only(&whole) {
            return self.carried(&whole, Ty::Unknown, false);
        }
        if !self.is_given_a_number(m)
            && self.is_optional_method(m)
            && let Some(item) = self.optional_method(m)
        {
            return self.item_value(item);
        }
        if let Some(value) = self.emptiness(m) {
            return value;
        }
        if decides_by_method(&m.receiver) {
            let receiver = self.value(&m.receiver);
            return self.on_operands(&name, receiver, Ty::Unknown, &args);
        }
        if fence::method_of_std(&name).is_none() || self.may_be_of_the_user(m, &name) {
            let receiver = self.receiver(&m.receiver);
            if matches!(self.item_ty(&receiver), Ty::Unknown | Ty::Float(_)) {
                return self.method_call(m, receiver, Receiver::Any);
            }
        }
        if fence::changes_its_receiver(&name) && is_named(&m.receiver) {
            // What it changes is kept, as by any method that is not known.
            let receiver = self.receiver(&m.receiver);
            if self.item_ty(&receiver) == Ty::Unknown {
                return self.method_call(m, receiver, Receiver::Any);
            }
        }
        let (what, help) = fence::method(&name);
        self.carried_unless_active(&whole, m.method.span(), what, help)
    }

    /// `v.map(k)`: what is called like a method of `Option` that takes a function, and
    /// is given a value, is one of the user's.
    fn is_given_a_number(&self, m: &ExprMethodCall) -> bool {
        let takes_function = matches!(
            m.method.to_string().as_str(),
            "map" | "and_then" | "filter" | "is_some_and" | "unwrap_or_else" | "or_else"
        );
        takes_function
            && m.args.iter().any(|arg| match super::place::strip(arg) {
                Expr::Lit(_) | Expr::Binary(_) | Expr::Field(_) => true,
                arg @ Expr::Path(_) => !self.is_unbound(arg),
                _ => false,
            })
    }

    /// A method that is called like an iterator's, of what is no iterator.
    fn may_be_of_the_user(&self, m: &ExprMethodCall, name: &str) -> bool {
        let of_iterators = matches!(
            name,
            "sum"
                | "product"
                | "map"
                | "fold"
                | "filter"
                | "zip"
                | "count"
                | "any"
                | "all"
                | "scan"
        );
        let closure = |arg: &Expr| matches!(super::place::strip(arg), Expr::Closure(_));
        of_iterators
            && !m.args.iter().any(closure)
            && match super::place::strip(&m.receiver) {
                Expr::MethodCall(inner) => {
                    let name = inner.method.to_string();
                    fence::method_of_std(&name).is_none() || self.may_be_of_the_user(inner, &name)
                }
                Expr::Range(_) => false,
                _ => true,
            }
    }

    /// `self.v.clamp(lo, hi);`: a method called like a float's whose value is not used
    /// is called for what it does to its receiver.
    pub(super) fn called_for_its_effect(&mut self, m: &ExprMethodCall) -> bool {
        let name = m.method.to_string();
        let of_number = rules::method(&name).is_some() || keeps_int_type(&name);
        if !of_number
            || !matches!(
                super::place::strip(&m.receiver),
                Expr::Path(_) | Expr::Field(_)
            )
        {
            return false;
        }
        let receiver = self.receiver(&m.receiver);
        if !matches!(self.item_ty(&receiver), Ty::Unknown) {
            return false;
        }
        let value = self.method_call(m, receiver, Receiver::Any);
        self.discard_value(value);
        true
    }

    fn item_ty(&self, item: &Item) -> Ty {
        match item {
            Item::Value(value) => value.ty.clone(),
            Item::Place(place, _) => self.ty_of(place),
            Item::Tuple(_) | Item::Optional(_) => Ty::Unit,
        }
    }

    /// `receiver.name(args)` or `f64::name(receiver, args)` where the name is
    /// one of a float's or an integer's methods and the receiver may be one. In
    /// the second form `owner` tells its type.
    pub(super) fn float_function(
        &mut self,
        whole: &Expr,
        name: &str,
        owner: Option<Ident>,
        receiver: &Expr,
        args: &[&Expr],
    ) -> Option<Value> {
        let row = rules::method(name).filter(|row| row.params.len() == args.len() + 1);
        let parts = TUPLES.iter().find(|(n, _)| *n == name && args.is_empty());
        let inactive = INACTIVE_RESULT.iter().any(|(n, _)| *n == name);
        let refused = NO_DERIVATIVE.iter().find(|(n, ..)| *n == name);
        let identity = identity(name).filter(|_| args.is_empty());
        let of_int = is_pure_int_method(name) && args.len() == arguments_of_int_method(name);
        if identity.is_none()
            && row.is_none()
            && parts.is_none()
            && !inactive
            && refused.is_none()
            && !of_int
        {
            return None;
        }
        let item = self.receiver(receiver);
        let known = self.item_ty(&item);
        // A float's, an integer's, or one of the user's.
        if let (Expr::MethodCall(m), Ty::Unknown) = (whole, &known)
            && (row.is_some_and(|row| !row.inactive_result) || row.is_none() && of_int)
            && !inactive
        {
            return Some(self.method_call(m, item, Receiver::Read));
        }
        if matches!(
            known,
            Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) | Ty::Tuple(_) | Ty::Unit | Ty::Bool
        ) {
            let (what, help) = fence::method(name);
            return Some(self.carried_unless_active(whole, method_span(whole), what, help));
        }
        let value = self.item_value(item);
        let receiver = self.operand(value);
        let known = match (owner, known) {
            (Some(owner), Ty::Float(None)) => Ty::Float(Some(owner)),
            (_, known) => known,
        };
        if let Ty::Int(_) = known {
            return Some(self.on_operands(name, receiver, known, args));
        }
        if let (Some(number), Ty::Float(_)) = (identity, &known) {
            let number = syn::LitFloat::new(number, whole.span());
            let number = (Operand::Lit(syn::Lit::Float(number)), Ty::Float(None));
            return Some(self.binary_value(BinOp::Eq, (receiver, known), number, whole));
        }
        if let (Some((_, why, help)), true) = (refused, row.is_none()) {
            return Some(self.carried_unless_active(whole, method_span(whole), why, help));
        }
        if inactive {
            let mut value = self.on_operands(name, receiver, known, args);
            if rules::decides(name).is_some() {
                value.source = Some(quote::ToTokens::to_token_stream(whole));
            }
            return Some(value);
        }
        if let Some((_, rows)) = parts {
            return Some(self.tuple_of_rows(whole, rows, receiver, known));
        }
        let Some(row) = row else {
            // An integer's method of a value whose type is not known.
            let (what, help) = fence::method(name);
            return Some(self.carried_unless_active(whole, method_span(whole), what, help));
        };
        let mut operands = vec![receiver];
        let mut ty = self.float_or(known);
        for arg in args {
            let (operand, arg_ty) = self.typed(arg);
            if let (Ty::Float(None), Ty::Float(Some(_))) = (&ty, &arg_ty) {
                ty = arg_ty;
            }
            operands.push(operand);
        }
        self.span = whole.span();
        Some(Value::shown(Op::Prim(row, operands), ty, whole))
    }

    /// A method whose operands are computed and whose result is inactive.
    fn on_operands(&mut self, name: &str, receiver: Operand, ty: Ty, args: &[&Expr]) -> Value {
        let mut holes: Vec<Place> = vec![self.hole(receiver)];
        let mut tokens: Vec<Expr> = Vec::new();
        for arg in args {
            let by_ref =
                matches!(super::place::strip(arg), Expr::Reference(_)) || name.ends_with("_cmp");
            let operand = self.value(arg);
            let hole = self.hole(operand);
            let ident = hole_name(holes.len());
            holes.push(hole);
            tokens.push(if by_ref {
                parse_quote!(&#ident)
            } else {
                parse_quote!(#ident)
            });
        }
        let method = Ident::new(name, self.span);
        let receiver = hole_name(0);
        let mut expr: Expr = parse_quote!(#receiver.#method(#(#tokens),*));
        if ty == Ty::Unknown {
            // A method of the user's may be called alike and give a number.
            expr = parse_quote!(::ad_runtime::__private::decided(#expr));
        }
        let is_int = matches!(ty, Ty::Int(_));
        let result = match () {
            () if is_int && keeps_int_type(name) => ty,
            () if name.starts_with("is_") => Ty::Bool,
            () => Ty::Unknown,
        };
        let pure = !is_int || is_pure_int_method(name);
        self.made(expr, holes, result, pure)
    }

    fn tuple_of_rows(&mut self, whole: &Expr, rows: &[&str], x: Operand, ty: Ty) -> Value {
        let ty = self.float_or(ty);
        let rows: Vec<&'static Row> = rows.iter().filter_map(|row| rules::find(row)).collect();
        let parts: Vec<Operand> = rows
            .iter()
            .map(|row| {
                let value = Value::shown(Op::Prim(row, vec![x.clone()]), ty.clone(), whole);
                self.operand(value)
            })
            .collect();
        let types = vec![ty; parts.len()];
        Value::new(Op::Tuple(parts), Ty::Tuple(types))
    }
}

/// The name in `x.name()` or `f64::name(x)`.
fn method_span(e: &Expr) -> Span {
    match e {
        Expr::MethodCall(m) => m.method.span(),
        Expr::Call(c) => match super::place::strip(&c.func) {
            Expr::Path(p) => p
                .path
                .segments
                .last()
                .map_or_else(|| e.span(), |s| s.ident.span()),
            _ => e.span(),
        },
        e => e.span(),
    }
}

/// `x.partial_cmp(&y).unwrap()`: what follows a method whose result is inactive
/// is inactive, too.
pub(super) fn decides_by_method(e: &Expr) -> bool {
    let Expr::MethodCall(m) = super::place::strip(e) else {
        return false;
    };
    INACTIVE_RESULT.iter().any(|(n, _)| m.method == n) || decides_by_method(&m.receiver)
}

/// `__hole_k`
pub(super) fn hole_name(k: usize) -> Ident {
    Ident::new(&format!("__hole_{k}"), proc_macro2::Span::call_site())
}

/// Methods of `num_traits` that compare a float with the number they name.
fn identity(name: &str) -> Option<&'static str> {
    match name {
        "is_zero" => Some("0.0"),
        "is_one" => Some("1.0"),
        _ => None,
    }
}

/// Methods of integers whose result has the receiver's type.
pub(super) fn keeps_int_type(name: &str) -> bool {
    matches!(
        name,
        "min"
            | "max"
            | "clamp"
            | "pow"
            | "abs"
            | "signum"
            | "rem_euclid"
            | "div_euclid"
            | "div_ceil"
            | "next_multiple_of"
            | "saturating_sub"
            | "saturating_add"
            | "saturating_mul"
            | "wrapping_add"
            | "wrapping_sub"
            | "wrapping_mul"
            | "wrapping_neg"
            | "wrapping_rem"
            | "wrapping_div"
            | "wrapping_shl"
            | "wrapping_shr"
            | "rotate_left"
            | "rotate_right"
            | "swap_bytes"
            | "reverse_bits"
            | "isqrt"
            | "midpoint"
            | "next_power_of_two"
    )
}

/// How many arguments the integer's method of this name takes: with others, it is another's.
fn arguments_of_int_method(name: &str) -> usize {
    match name {
        "abs" | "signum" | "wrapping_neg" | "swap_bytes" | "reverse_bits" | "isqrt"
        | "next_power_of_two" | "unsigned_abs" | "count_ones" | "count_zeros" | "leading_zeros"
        | "trailing_zeros" | "leading_ones" | "trailing_ones" | "ilog2" | "ilog10"
        | "is_power_of_two" | "is_positive" | "is_negative" => 0,
        "clamp" => 2,
        _ => 1,
    }
}

/// Methods of integers and booleans without effect: run again, they give the
/// same and nothing else happens.
pub(super) fn is_pure_int_method(name: &str) -> bool {
    keeps_int_type(name)
        || matches!(
            name,
            "abs_diff"
                | "unsigned_abs"
                | "count_ones"
                | "count_zeros"
                | "leading_zeros"
                | "trailing_zeros"
                | "leading_ones"
                | "trailing_ones"
                | "ilog2"
                | "ilog10"
                | "ilog"
                | "is_power_of_two"
                | "is_positive"
                | "is_negative"
                | "cmp"
                | "eq"
                | "ne"
                | "lt"
                | "le"
                | "gt"
                | "ge"
        )
}

/// Whether an expression is a place with a name: a variable, a field, an element.
fn is_named(e: &Expr) -> bool {
    match super::place::strip(e) {
        Expr::Path(_) => true,
        Expr::Field(f) => is_named(&f.base),
        Expr::Index(i) => is_named(&i.expr),
        Expr::Unary(u) => matches!(u.op, syn::UnOp::Deref(_)) && is_named(&u.expr),
        _ => false,
    }
}
