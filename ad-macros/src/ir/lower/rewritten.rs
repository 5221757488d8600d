//! Methods of the standard library that are other code of the language.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Local, Pat, RangeLimits, Type, parse_quote};

use super::place::strip;
use super::{Lower, Value};
use crate::ir::Ty;
use crate::ir::types::element;

impl Lower<'_> {
    /// The code that a method call stands for.
    pub(super) fn rewritten(&mut self, m: &ExprMethodCall) -> Option<Expr> {
        let args: Vec<&Expr> = m.args.iter().collect();
        let receiver = &*m.receiver;
        match (m.method.to_string().as_str(), args.as_slice()) {
            ("partition_point", [before]) => Some(partition_point(receiver, before)),
            ("retain", [kept]) if self.is_vec(receiver) => Some(retain(receiver, kept)),
            ("partition", [first]) if self.is_sequence(receiver) => {
                Some(partition(receiver, first))
            }
            ("concat", []) => self.concat(receiver),
            ("contains", [x]) if !self.is_discrete_only(&Expr::MethodCall(m.clone())) => {
                contained(receiver, x)
            }
            _ => None,
        }
    }

    fn is_vec(&self, e: &Expr) -> bool {
        matches!(self.static_ty(e), Some(Ty::Vec(_)))
    }

    /// `[a, b].concat()`, `rows.concat()`
    fn concat(&self, lists: &Expr) -> Option<Expr> {
        if let Expr::Array(lists) = strip(lists) {
            let lists = lists.elems.iter();
            return Some(parse_quote!({
                let mut __all = ::std::vec::Vec::new();
                #(__all.extend((#lists).iter().cloned());)*
                __all
            }));
        }
        let ty = self.static_ty(lists)?;
        let nested = matches!(element(&ty), Ty::Vec(_) | Ty::Array(_) | Ty::Slice(_));
        nested
            .then(|| parse_quote!(#lists.iter().flatten().cloned().collect::<::std::vec::Vec<_>>()))
    }

    /// `x.is_empty()`, of a value whose type only rustc knows: no derivative flows
    /// through what it says.
    pub(super) fn emptiness(&mut self, m: &ExprMethodCall) -> Option<Value> {
        if m.method != "is_empty" || !m.args.is_empty() {
            return None;
        }
        let (place, _) = self.place(&m.receiver)?;
        let hole = super::method::hole_name(0);
        Some(self.made(parse_quote!(#hole.is_empty()), vec![place], Ty::Bool, true))
    }
}

/// `let a: [f64; N] = array::from_fn(|i| ..);` as a loop that fills the array.
pub(super) fn filled_array(local: &Local) -> Option<Expr> {
    let Pat::Type(typed) = &local.pat else {
        return None;
    };
    let Type::Array(array) = &*typed.ty else {
        return None;
    };
    let Expr::Call(call) = strip(&local.init.as_ref()?.expr) else {
        return None;
    };
    let Expr::Path(path) = strip(&call.func) else {
        return None;
    };
    let from_fn = path
        .path
        .segments
        .last()
        .is_some_and(|s| s.ident == "from_fn");
    let float = matches!(
        &*array.elem,
        Type::Path(t) if t.path.is_ident("f64") || t.path.is_ident("f32")
    );
    let made = call.args.first().filter(|_| from_fn && float)?;
    let (elem, len) = (&array.elem, &array.len);
    Some(parse_quote!({
        let mut __array: [#elem; #len] = [0.0; #len];
        for __k in 0..#len {
            __array[__k] = (#made)(__k);
        }
        __array
    }))
}

/// `(a..b).contains(&x)`: the comparisons that std makes.
fn contained(range: &Expr, x: &Expr) -> Option<Expr> {
    let Expr::Range(range) = strip(range) else {
        return None;
    };
    let x: Expr = match strip(x) {
        Expr::Reference(r) => (*r.expr).clone(),
        x => parse_quote!(*#x),
    };
    let ends = || range.start.iter().chain(&range.end).map(|e| &**e);
    if !ends().chain([&x]).all(is_simple) {
        let (lo, hi) = (range.start.iter(), range.end.iter());
        let (with_lo, with_hi) = (
            range.start.is_some().then(|| quote::quote!(__start)),
            range.end.is_some().then(|| quote::quote!(__end)),
        );
        let limits = &range.limits;
        return Some(parse_quote!({
            #(let __start = #lo;)*
            #(let __end = #hi;)*
            let __element = #x;
            (#with_lo #limits #with_hi).contains(&__element)
        }));
    }
    match (&range.start, &range.end, range.limits) {
        (Some(lo), None, _) => Some(parse_quote!((#lo <= #x))),
        (None, Some(hi), RangeLimits::HalfOpen(_)) => Some(parse_quote!((#x < #hi))),
        (None, Some(hi), RangeLimits::Closed(_)) => Some(parse_quote!((#x <= #hi))),
        (Some(lo), Some(hi), RangeLimits::HalfOpen(_)) => {
            Some(parse_quote!((#lo <= #x && #x < #hi)))
        }
        (Some(lo), Some(hi), RangeLimits::Closed(_)) => {
            Some(parse_quote!((#lo <= #x && #x <= #hi)))
        }
        (None, None, _) => None,
    }
}

/// Whether an expression may be evaluated twice, and at any time.
fn is_simple(e: &Expr) -> bool {
    match strip(e) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(f) => is_simple(&f.base),
        Expr::Unary(u) => is_simple(&u.expr),
        _ => false,
    }
}

/// `array::from_fn::<f64, 3, _>(|i| ..)`, likewise.
pub(super) fn array_of_function(call: &syn::ExprCall) -> Option<Expr> {
    let Expr::Path(path) = strip(&call.func) else {
        return None;
    };
    let last = path.path.segments.last().filter(|s| s.ident == "from_fn")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter();
    let (elem, len) = (arguments.next()?, arguments.next()?);
    let len = match len {
        // A name of a constant reads like a type.
        syn::GenericArgument::Type(Type::Path(t)) => t.path.to_token_stream(),
        syn::GenericArgument::Const(e) => e.to_token_stream(),
        _ => return None,
    };
    let float = matches!(elem, syn::GenericArgument::Type(Type::Path(t))
        if t.path.is_ident("f64") || t.path.is_ident("f32"));
    let made = call.args.first().filter(|_| float)?;
    Some(parse_quote!({
        let mut __array: [#elem; #len] = [0.0; #len];
        for __k in 0..#len {
            __array[__k] = (#made)(__k);
        }
        __array
    }))
}

/// `v.partition_point(|&x| x < t)`: where a list that is sorted into two parts is
/// cut. There is one such place, however it is looked for.
fn partition_point(list: &Expr, before: &Expr) -> Expr {
    parse_quote!({
        let (mut __first, mut __end) = (0usize, #list.len());
        while __first < __end {
            let __middle = __first + (__end - __first) / 2;
            if (#before)(&#list[__middle]) {
                __first = __middle + 1;
            } else {
                __end = __middle;
            }
        }
        __first
    })
}

/// `v.retain(|x| ..)`: what stays moves to the front, in its order.
fn retain(list: &Expr, kept: &Expr) -> Expr {
    parse_quote!({
        let mut __kept = 0usize;
        for __k in 0..#list.len() {
            if (#kept)(&#list[__k]) {
                #list.swap(__kept, __k);
                __kept += 1;
            }
        }
        #list.truncate(__kept);
    })
}

/// `elements.partition(|x| ..)`
fn partition(elements: &Expr, first: &Expr) -> Expr {
    parse_quote!({
        let mut __first = ::std::vec::Vec::new();
        let mut __second = ::std::vec::Vec::new();
        for __element in #elements {
            if (#first)(&__element) {
                __first.push(__element);
            } else {
                __second.push(__element);
            }
        }
        (__first, __second)
    })
}
