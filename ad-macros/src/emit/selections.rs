//! What a run notes at its sites.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::place::{Body, Sweep};
use crate::analysis::activity::of_operand;
use crate::ir::types::is_of_floats;
use crate::ir::{ActSet, BinOp, Op, Opaque, Operand, TanArg, TanSource, Ty, Var};
use crate::rules::Kind;

impl Body<'_> {
    /// The statement that logs a primitive or a cast, after its result is bound.
    pub fn log(&self, var: Var, op: &Op, sp: Span) -> Option<TokenStream> {
        if self.lanes.is_some() {
            return None;
        }
        if let Op::Opaque(opaque) = op {
            return self.log_method(var, opaque, sp);
        }
        if let Op::Extreme(e) = op {
            let site = self.site(var, sp)?;
            let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
            let (name, init) = self.extreme(e, &self.info(var).ty, sp);
            let name = Ident::new(&format!("note_{name}"), sp);
            let list = self.place(&e.list, sp);
            let act = self.facts.activity;
            let of_init = e.init.as_ref().map(|init| of_operand(act, init));
            let of_list = act.get(&e.list.root).cloned();
            let on = [of_init, of_list].map(|set| self.is_on(&set.unwrap_or_default(), sp));
            return Some(quote_spanned! {sp=>
                #rt::extreme::#name(#sel, #tape, #site, [#(#on),*], #init, &#list);
            });
        }
        let (row, args): (&str, Vec<&Operand>) = match op {
            Op::Prim(row, args) => (row.name, args.iter().collect()),
            Op::Cast(a, _) => ("cast", vec![a]),
            Op::Binary(BinOp::Div | BinOp::DivAssign, a, b) => ("div", vec![a, b]),
            Op::Binary(BinOp::Rem | BinOp::RemAssign, a, b) => ("rem", vec![a, b]),
            _ => return None,
        };
        let site = self.site(var, sp)?;
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let is_float = |k: usize| match op {
            Op::Prim(row, _) => row.float_operands[k],
            _ => true,
        };
        let ty = self.log_type(&args);
        let (mut on, mut floats, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (k, a) in args.iter().enumerate() {
            if is_float(k) {
                on.push(self.is_operand_on(a, sp));
                floats.push(self.value_as(a, &ty, sp));
            } else {
                others.push(self.copied(a, sp));
            }
        }
        let name = Ident::new(row, sp);
        if let (Op::Cast(..), [a]) = (op, args.as_slice())
            && !is_of_floats(self.vars, a, a)
        {
            // Found by the type: a cast of an integer is no site.
            let a = self.reference(a, sp);
            return Some(quote_spanned! {sp=>
                (&#rt::Guard(#a, #a)).#name(#sel, #tape, #site, [#(#on),*]);
            });
        }
        if let (Op::Binary(..), [a, b]) = (op, args.as_slice())
            && !is_of_floats(self.vars, a, b)
        {
            // Found by the type: only operators of floats have a singular point.
            let (a, b) = (self.reference(a, sp), self.reference(b, sp));
            return Some(quote_spanned! {sp=>
                (&#rt::Guard(#a, #b)).#name(#sel, #tape, #site, [#(#on),*]);
            });
        }
        Some(quote_spanned! {sp=>
            #rt::kink::#name(#sel, #tape, #site, [#(#on),*], [#(#floats),*] #(, #others)*);
        })
    }

    /// The selection of a method that decides by a float: `a.total_cmp(&b)`,
    /// `x.is_sign_negative()`. Its first piece is that of the answer `true`, or of
    /// the smaller receiver.
    fn log_method(&self, var: Var, opaque: &Opaque, sp: Span) -> Option<TokenStream> {
        let site = self.site(var, sp)?;
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let set = opaque
            .holes
            .iter()
            .filter_map(|hole| self.facts.activity.get(&hole.root));
        let on = self.is_on(&ActSet(set.flat_map(|set| set.0.clone()).collect()), sp);
        let name = self.names.of(var);
        let holes: Vec<TokenStream> = opaque
            .holes
            .iter()
            .map(|place| self.place_atom(place, sp))
            .collect();
        if let Some(gap) = &opaque.gap {
            let mut holes = holes;
            holes.push(quote::ToTokens::to_token_stream(name));
            let note = super::op::fill(quote::ToTokens::to_token_stream(&gap.note), &holes);
            let mutable = self.mutability(var, false, sp);
            return Some(quote_spanned!(sp=> let #mutable #name = #note(#sel, #tape, #site, #on);));
        }
        let (taken, margin) = match holes.as_slice() {
            [x] => (
                quote_spanned!(sp=> #name),
                quote_spanned!(sp=> (&#rt::Guard(&#x, &#rt::zero_like(&#x))).margin()),
            ),
            [a, b] => {
                let margin = quote_spanned!(sp=> (&#rt::Guard(&#a, &#b)).margin());
                match opaque.method()?.to_string().ends_with("_cmp") {
                    true => (quote_spanned!(sp=> #a < #b), margin),
                    false => (quote_spanned!(sp=> #name), margin),
                }
            }
            _ => return None,
        };
        let decided = quote_spanned!(sp=> #rt::guard(#sel, #tape, #site, #on, #taken, || #margin));
        Some(match (self.sweep.get(), holes.as_slice()) {
            (Sweep::Tangent, [_, _]) => {
                quote_spanned!(sp=> let #name = #rt::ordered(#sel, #name, |#name| #decided);)
            }
            (Sweep::Tangent, _) => quote_spanned!(sp=> let #name = #decided;),
            _ => quote_spanned!(sp=> #decided;),
        })
    }

    /// The tangents of the operands of a decision.
    pub fn heading(&self, tans: &[TanArg], sp: Span) -> TokenStream {
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let lists = tans.iter().any(|t| matches!(t.tan, TanSource::Place(_)));
        let parts = tans.iter().map(|TanArg { act, tan }| {
            let on = self.is_on(act, sp);
            match tan {
                TanSource::Empty => quote_spanned!(sp=> 0.0),
                TanSource::Value(a) if matches!(self.operand_ty(a), Ty::Float(_)) => {
                    let a = self.copied(a, sp);
                    quote_spanned!(sp=> #rt::slope(#a, #on))
                }
                TanSource::Value(a) => {
                    let a = self.reference(a, sp);
                    quote_spanned!(sp=> (&#rt::Heading(#a)).get(#on))
                }
                TanSource::Place(p) => {
                    let place = self.place(p, sp);
                    quote_spanned!(sp=> if #on { (&#rt::Heading(&#place)).push(#tape); })
                }
            }
        });
        if !lists {
            return quote_spanned!(sp=> #rt::head(#sel, #tape, [#(#parts),*]););
        }
        let parts = parts.zip(tans).map(|(part, tan)| match tan.tan {
            TanSource::Place(_) => part,
            _ => quote_spanned!(sp=> #rt::Heading(&#part).push(#tape);),
        });
        quote_spanned!(sp=> if __S::FOLLOWS { #rt::head(#sel, #tape, []); #(#parts)* })
    }

    /// The value of a primitive at its jump, on the side that a run follows.
    pub fn landed(&self, var: Var, op: &Op, sp: Span) -> Option<TokenStream> {
        let (row, args): (&str, Vec<&Operand>) = match op {
            _ if self.sweep.get() != Sweep::Tangent || self.lanes.is_some() => return None,
            Op::Prim(row, args) if row.kind == Kind::Jump => (row.name, args.iter().collect()),
            Op::Cast(a, _) => ("cast", vec![a]),
            Op::Binary(BinOp::Rem | BinOp::RemAssign, a, b) => ("rem", vec![a, b]),
            _ => return None,
        };
        self.facts.sites.get(&var)?;
        let known = |a: &&Operand| matches!(self.operand_ty(a), Ty::Float(_));
        if !args.iter().all(known) {
            return None;
        }
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let ty = self.log_type(&args);
        let on = args.iter().map(|a| self.is_operand_on(a, sp));
        let x = args.iter().map(|a| self.value_as(a, &ty, sp));
        let (row, name) = (Ident::new(row, sp), self.names.of(var));
        Some(quote_spanned! {sp=>
            #rt::kink::landing::#row(#sel, #tape, [#(#on),*], [#(#x),*], #name)
        })
    }
}
