//! Sorting. A sort computes an order, which no derivative reaches, and moves the
//! elements by it. Where floats are compared it is one site: the smallest
//! distance between neighbours is the distance from a tie.

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ExprClosure, ExprMethodCall, parse_quote};

use super::method::hole_name;
use super::place::strip;
use super::{Lower, Value};
use crate::ir::types::is_discrete;
use crate::ir::{Gap, Op, Opaque, Place, Proj, Refusal, Ty};
use crate::syntax::fence;

/// What a method sorts by.
enum By<'e> {
    Order(&'e Expr),
    Key(&'e Expr),
    Itself,
}

impl Lower<'_> {
    /// `v.sort_by(..)` and its kin. `None`: it is another method, and nothing was
    /// evaluated.
    pub(super) fn sort_method(
        &mut self,
        m: &ExprMethodCall,
        name: &str,
        args: &[&Expr],
    ) -> Option<Value> {
        let by = match (name, args) {
            ("sort_by" | "sort_unstable_by", [f]) => By::Order(f),
            ("sort_by_key" | "sort_unstable_by_key" | "sort_by_cached_key", [f]) => By::Key(f),
            ("sort" | "sort_unstable", []) => By::Itself,
            _ => return None,
        };
        if self.is_unbound(&m.receiver) || !self.is_list(&m.receiver) {
            return None;
        }
        let place = self.elements_of(&m.receiver)?;
        let of = self.element_ty(&place);
        self.span = m.span();
        let unstable = name.contains("unstable");
        let words = matches!(of, Ty::Int(_) | Ty::Bool);
        let concrete = match &of {
            Ty::Float(Some(name)) => !self.is_float_generic(&name.to_string()),
            _ => words,
        };
        if unstable && !(words || matches!(of, Ty::Float(_))) {
            let (what, help) = fence::UNSTABLE;
            return Some(self.refuse(m.method.span(), what, help));
        }
        let function: Expr = match (&by, unstable, concrete) {
            (By::Itself, ..) if !is_discrete(&of) => {
                let (what, help) = fence::SORT;
                return Some(self.refuse(m.method.span(), what, help));
            }
            (_, true, true) => parse_quote!(order_unstable_words),
            (_, true, false) => parse_quote!(order_unstable),
            (By::Key(_), ..) => parse_quote!(order_by_key),
            _ => parse_quote!(order),
        };
        let (by_key, f): (bool, Expr) = match by {
            By::Order(f) => (false, f.clone()),
            By::Itself => (true, parse_quote!(|a, b| ::core::cmp::Ord::cmp(a, b))),
            By::Key(f) if unstable => (
                true,
                parse_quote!(|a, b| {
                    let key = #f;
                    ::core::cmp::Ord::cmp(&key(a), &key(b))
                }),
            ),
            By::Key(f) => (true, f.clone()),
        };
        let user = args.first().copied().unwrap_or(&f);
        let (f, mut holes) = self.argument_of_sort(&f)?;
        let list = hole_name(holes.len());
        holes.push(place.clone());
        let result = hole_name(holes.len());
        let compared = Some(&f).filter(|_| !by_key).and_then(neighbours);
        let gap = compared.map(|gap| Gap {
            kind: "Sort",
            note: parse_quote!((|sel, tape, site, on| {
                ::ad_runtime::__private::note_order(sel, tape, site, on, &#list, #result, #gap)
            })),
        });
        let refusal = match args.is_empty() {
            true => None,
            false => self.unless_understood(user, by_key, gap.as_ref()),
        };
        let usize = self.usize();
        let opaque = Opaque {
            expr: parse_quote!(::ad_runtime::__private::#function(&#list, #f)),
            holes,
            pure: false,
            refusal,
            gap: gap.map(Box::new),
        };
        let ty = Ty::Vec(Box::new(usize));
        let order = Value::shown(Op::Opaque(Box::new(opaque)), ty, m);
        let order = Place::of(self.variable(order));
        let before = self.copy_of(&place);
        let len = self.len(&place);
        self.for_each(len, |l, k| {
            let from = l.read(order.then(Proj::Index(k.clone())));
            let from = l.operand(from);
            l.copy_element(&before, from, &place, k);
        });
        Some(Value::unit())
    }

    /// The comparison or key with the program's names as holes.
    fn argument_of_sort(&mut self, f: &Expr) -> Option<(Expr, Vec<Place>)> {
        let Value {
            op: Op::Opaque(opaque),
            ..
        } = self.carried(f, Ty::Unknown, false)
        else {
            return None;
        };
        Some((opaque.expr, opaque.holes))
    }

    /// Refuses a comparison by active values whose ties cannot be seen.
    fn unless_understood(&self, f: &Expr, by_key: bool, gap: Option<&Gap>) -> Option<Refusal> {
        let (what, help) = fence::SORT;
        let refused = gap.is_none() && decides_unseen(f, by_key);
        refused.then(|| Refusal {
            span: f.span(),
            what: what.to_string(),
            help: help.to_string(),
        })
    }
}

/// Whether a comparison, or a key, may hide a decision by floats: a comparison
/// that is not one of `Ord`, a key that is computed by a cast or a call.
fn decides_unseen(f: &Expr, by_key: bool) -> bool {
    struct Decisions {
        by_key: bool,
        ordered: bool,
        unseen: bool,
    }
    impl<'ast> Visit<'ast> for Decisions {
        fn visit_expr(&mut self, e: &'ast Expr) {
            match e {
                Expr::MethodCall(m) if m.method == "cmp" => self.ordered = true,
                Expr::MethodCall(m) if m.method == "total_cmp" || m.method == "partial_cmp" => {
                    self.unseen = true;
                }
                Expr::Cast(_) => self.unseen = true,
                Expr::Call(c) => {
                    let last = match strip(&c.func) {
                        Expr::Path(p) => p.path.segments.last(),
                        _ => None,
                    };
                    self.unseen |= last.is_none_or(|s| s.ident != "Reverse");
                }
                Expr::Binary(b) => {
                    use syn::BinOp::{Ge, Gt, Le, Lt};
                    let compares = matches!(b.op, Lt(_) | Le(_) | Gt(_) | Ge(_));
                    self.unseen |= compares && !self.by_key;
                }
                _ => {}
            }
            syn::visit::visit_expr(self, e);
        }
    }
    let Expr::Closure(c) = strip(f) else {
        return true;
    };
    let mut found = Decisions {
        by_key,
        ordered: false,
        unseen: false,
    };
    found.visit_expr(&c.body);
    found.unseen || !(by_key || found.ordered)
}

/// Of `|a, b| x.total_cmp(y)`: `|a, b|` the distance of `x` and `y`.
fn neighbours(f: &Expr) -> Option<Expr> {
    let Expr::Closure(ExprClosure { inputs, body, .. }) = strip(f) else {
        return match strip(f) {
            // `f64::total_cmp`
            Expr::Path(p) if p.path.segments.last()?.ident == "total_cmp" => Some(parse_quote!(
                |a, b| (&::ad_runtime::__private::Guard(&*a, &*b)).margin()
            )),
            _ => None,
        };
    };
    struct Comparison<'ast>(Vec<&'ast ExprMethodCall>, bool);
    impl<'ast> Visit<'ast> for Comparison<'ast> {
        fn visit_expr_method_call(&mut self, m: &'ast ExprMethodCall) {
            if (m.method == "total_cmp" || m.method == "partial_cmp") && m.args.len() == 1 {
                self.0.push(m);
            }
            self.1 |= m.method == "cmp" || m.method == "then" || m.method == "then_with";
            syn::visit::visit_expr_method_call(self, m);
        }
    }
    let mut found = Comparison(Vec::new(), false);
    found.visit_expr(body);
    // A comparison beside another decides only sometimes.
    let [m] = found.0.as_slice() else {
        return None;
    };
    let (before, last) = tail(body)?;
    if found.1 || !matches!(strip(last), Expr::MethodCall(_)) {
        return None;
    }
    let x = strip(&m.receiver);
    let y = match strip(&m.args[0]) {
        Expr::Reference(r) => strip(&r.expr),
        y => y,
    };
    Some(parse_quote!(|#inputs| {
        #(#before)*
        (&::ad_runtime::__private::Guard(&#x, &#y)).margin()
    }))
}

/// The statements of a closure's body and the value at its end.
fn tail(body: &Expr) -> Option<(&[syn::Stmt], &Expr)> {
    match strip(body) {
        Expr::Block(b) if b.label.is_none() => match b.block.stmts.split_last()? {
            (syn::Stmt::Expr(last, None), []) => tail(last),
            (syn::Stmt::Expr(last, None), before) => Some((before, last)),
            _ => None,
        },
        last => Some((&[], last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_comparison_of_floats_has_a_margin() {
        let has = |f: Expr| neighbours(&f).is_some();
        assert!(has(parse_quote!(|a, b| a.partial_cmp(b).unwrap())));
        assert!(has(parse_quote!(|a, b| b.1.total_cmp(&a.1).reverse())));
        assert!(has(parse_quote!(f64::total_cmp)));
        assert!(!has(parse_quote!(|a, b| a.0.cmp(&b.0))));
        assert!(!has(parse_quote!(|a, b| a
            .0
            .total_cmp(&b.0)
            .then(a.1.total_cmp(&b.1)))));
    }
}
