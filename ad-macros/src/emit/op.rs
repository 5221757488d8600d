//! Operations as expressions.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::Member;

use super::place::{Body, Reach, Sweep, annotation, is_copy, is_generic, shape};
use crate::ir::types::{is_discrete, is_inferred, is_of_floats};
use crate::ir::{
    ActSet, BinOp, Conversion, Extreme, Holder, Op, Opaque, Operand, Place, Proj, StructOf,
    StructTangent, Ty, UnOp, Var,
};
use crate::rules::Row;

use crate::syntax::types::ir_type;

impl Body<'_> {
    /// The expression of an operation whose result is bound to `var`.
    pub fn op(&self, var: Var, op: &Op, sp: Span) -> TokenStream {
        if let Some(value) = self.op_with_lanes(var, op, sp) {
            return value;
        }
        let rt = &self.cx.rt;
        let tape = &self.fixed.tape;
        let ty = &self.info(var).ty;
        match op {
            Op::Use(a) => self.pooled_value(a, ty, sp),
            Op::Constant(a) => self.value_as(a, ty, sp),
            Op::Read(place) => self.read(place, sp),
            Op::MoveOut(place) => self.move_out(place, sp),
            Op::Unary(op, a) => {
                let a = match self.info(var).by_reference[0] {
                    true => self.reference(a, sp),
                    false => self.value_as(a, ty, sp),
                };
                match op {
                    UnOp::Neg => quote_spanned!(sp=> -#a),
                    UnOp::Not => quote_spanned!(sp=> !#a),
                }
            }
            Op::Binary(op, a, b) => self.binary(var, *op, a, b, sp),
            Op::Prim(row, args) => self.prim(ty, row, args, sp),
            Op::Cast(a, conversion) => self.cast(a, conversion, sp),
            Op::Opaque(opaque) => self.opaque(opaque, sp),
            Op::Tuple(parts) => {
                let parts = parts.iter().map(|a| self.value(a, sp));
                quote_spanned!(sp=> (#(#parts,)*))
            }
            Op::Struct(s) => self.struct_of(s, sp),
            Op::StructTangent(s) => self.struct_tangent(s, sp),
            Op::Array(parts) => {
                let parts = self.elements(parts, ty, sp);
                quote_spanned!(sp=> [#(#parts),*])
            }
            // A tangent is not `Copy` where the value is.
            Op::Repeat(a @ Operand::Var(_), n) if !is_copy(&self.operand_ty(a)) => {
                let a = self.reference(a, sp);
                quote_spanned! {sp=>
                    ::core::array::from_fn::<_, { #n }, _>(|_| ::core::clone::Clone::clone(#a))
                }
            }
            Op::Repeat(a, n) => {
                let a = self.value_as(a, &element(ty), sp);
                quote_spanned!(sp=> [#a; #n])
            }
            Op::VecOf(parts) => {
                let parts = self.elements(parts, ty, sp);
                quote_spanned!(sp=> #tape.vec_of([#(#parts),*]))
            }
            Op::VecRepeat(a, n) => {
                let (a, n) = (self.value_as(a, &element(ty), sp), self.copied(n, sp));
                quote_spanned!(sp=> #tape.vec_filled(#a, #n))
            }
            Op::VecEmpty(n) => {
                let n = n
                    .as_ref()
                    .map_or_else(|| quote_spanned!(sp=> 0), |n| self.copied(n, sp));
                quote_spanned!(sp=> #tape.vec_empty(#n))
            }
            Op::Len(place) => match self.place_ty(place) {
                Ty::Unknown => {
                    let place = self.place(place, sp);
                    quote_spanned!(sp=> #rt::len(&#place))
                }
                _ => {
                    let place = self.place_atom(place, sp);
                    quote_spanned!(sp=> #place.len())
                }
            },
            Op::ToVec(place) => {
                let place = self.place(place, sp);
                quote_spanned!(sp=> #tape.copy_of(&#place))
            }
            Op::Extreme(e) => {
                let (name, init) = self.extreme(e, ty, sp);
                let list = self.place(&e.list, sp);
                quote_spanned!(sp=> #rt::extreme::#name(#init, &#list))
            }
            Op::ExtremeWeights(e, sets) => {
                let (name, init) = self.extreme(e, &element(ty), sp);
                let name = Ident::new(&format!("{name}_weights"), sp);
                let list = self.place(&e.list, sp);
                let on = sets.each_ref().map(|set| self.is_on(set, sp));
                let sel = &self.fixed.sel;
                quote_spanned!(sp=> #rt::extreme::#name(#sel, #tape, [#(#on),*], #init, &#list))
            }
            Op::Call(call) => self.plain_call(call, sp),
            Op::CallForward(call, restore) => self.call_forward(var, call, restore, sp),
            Op::Placeholder => quote_spanned!(sp=> #rt::placeholder()),
            Op::ZeroLike(place) => match self.float_zero(&self.place_ty(place), sp) {
                Some(zero) => zero,
                None => {
                    let place = self.place(place, sp);
                    quote_spanned!(sp=> #rt::zero_in(&#place, #tape))
                }
            },
            Op::Zero => self
                .float_zero(ty, sp)
                .unwrap_or_else(|| quote_spanned!(sp=> 0.0)),
            Op::Weights(row, args) => self.weights(row, args, sp),
            Op::Scale(w, x) => {
                let (w, x) = (self.value(w, sp), self.value(x, sp));
                quote_spanned!(sp=> #rt::scale(#w, #x))
            }
            Op::When(set, a) => {
                let (on, value) = (self.is_on(set, sp), self.value_as(a, ty, sp));
                match self.float_zero(&self.operand_ty(a), sp) {
                    Some(zero) => quote_spanned!(sp=> if #on { #value } else { #zero }),
                    None => quote_spanned!(sp=> #rt::when(#on, #value)),
                }
            }
            Op::Take(place) => {
                if let Some(noted) = self.note_take(place, sp) {
                    return noted;
                }
                let float = match self.place_ty(place) {
                    Ty::Float(Some(name)) => !is_generic(&name),
                    Ty::Float(None) => true,
                    _ => false,
                };
                let place = self.place_mut(place, sp);
                match float {
                    true => quote_spanned!(sp=> ::core::mem::take(&mut #place)),
                    false => quote_spanned!(sp=> #rt::take(&mut #place)),
                }
            }
            Op::ReadWhen(set, place, like) => {
                let (on, read) = (self.is_on(set, sp), self.read(place, sp));
                let zero = self
                    .float_zero(&self.place_ty(place), sp)
                    .unwrap_or_else(|| {
                        let like = self.reference(like, sp);
                        quote_spanned!(sp=> #rt::zero_in(#like, #tape))
                    });
                quote_spanned!(sp=> if #on { #read } else { #zero })
            }
            Op::OperatorVjp {
                op,
                by_reference,
                side,
                args,
                seed,
            } => {
                let part = if *side == 0 {
                    "__left_in"
                } else {
                    "__right_in"
                };
                self.operator((*op, part), *by_reference, args, &[seed], sp)
            }
            Op::NegVjp {
                by_reference,
                operand,
                seed,
            } => self.negation("__vjp_in", *by_reference, operand, &[seed], sp),
            Op::NegJvp {
                by_reference,
                operand,
                tan,
            } => self.negation("__jvp_in", *by_reference, operand, &[tan], sp),
            Op::NegVjpTan {
                by_reference,
                operand,
                tan,
                seed,
                seed_tan,
            } => {
                let more = [tan, seed, seed_tan];
                self.negation("__vjp_tan_in", *by_reference, operand, &more, sp)
            }
            Op::CastBack { operand, seed } => {
                let (operand, seed) = (self.reference(operand, sp), self.copied(seed, sp));
                quote_spanned!(sp=> #rt::cast_back(#operand, #seed))
            }
            Op::CastAhead { operand, tan } => {
                let (operand, tan) = (self.reference(operand, sp), self.reference(tan, sp));
                quote_spanned!(sp=> #rt::cast_ahead(#operand, #tan))
            }
            Op::OperatorJvp {
                op,
                by_reference,
                args,
                tans,
            } => {
                let more = [&tans[0], &tans[1]];
                self.operator((*op, "__jvp_in"), *by_reference, args, &more, sp)
            }
            Op::OperatorVjpTan {
                op,
                by_reference,
                side,
                args,
                tans,
                seed,
                seed_tan,
            } => {
                let part = match side {
                    0 => "__left_tan_in",
                    _ => "__right_tan_in",
                };
                let more = [&tans[0], &tans[1], seed, seed_tan];
                self.operator((*op, part), *by_reference, args, &more, sp)
            }
        }
    }

    /// The memory of the tape that a large array is made in.
    pub fn array_memory(&self, var: Var, op: &Op, sp: Span) -> TokenStream {
        let (rt, tape) = (&self.cx.rt, &self.fixed.tape);
        let ty = &self.info(var).ty;
        match op {
            Op::Repeat(a, n) => {
                let a = self.value_as(a, &element(ty), sp);
                let ty = match self.has_lanes(var) {
                    true => self.type_with_lanes(&element(ty)),
                    false => annotation(&element(ty)),
                };
                let ty = ty.unwrap_or_else(|| quote_spanned!(sp=> _));
                quote_spanned!(sp=> #tape.vec_filled::<#ty>(#a, #n))
            }
            Op::Read(place) => {
                let place = self.place_atom(place, sp);
                quote_spanned!(sp=> #tape.copy_of(&#place[..]))
            }
            Op::ZeroLike(place) => {
                let place = self.place_atom(place, sp);
                match self.has_lanes(var) {
                    true => self.zero_with_lanes(&quote_spanned!(sp=> &#place[..]), sp),
                    false => quote_spanned!(sp=> #rt::zero_in(&#place[..], #tape)),
                }
            }
            _ => {
                let value = self.op(var, op, sp);
                quote_spanned!(sp=> #tape.vec_of(#value))
            }
        }
    }

    /// The type that a `let` states: where the value alone would leave the width
    /// of the user's literals open.
    pub fn let_type(&self, var: Var, op: Option<&Op>) -> Option<TokenStream> {
        let is_open = |a: &Operand| match a {
            Operand::Var(v) => is_inferred(&self.info(*v).ty),
            Operand::Lit(_) | Operand::Const(_) => true,
        };
        let open = match op {
            None => true,
            Some(op) => match op {
                Op::Use(a) | Op::Constant(a) | Op::Repeat(a, _) | Op::VecRepeat(a, _) => is_open(a),
                Op::Array(parts) | Op::VecOf(parts) => parts.iter().all(is_open),
                // One part tells nothing about the type of another.
                Op::Tuple(parts) => parts.iter().any(is_open),
                Op::Opaque(_) | Op::MoveOut(_) | Op::VecEmpty(_) | Op::Zero | Op::ZeroLike(_) => {
                    true
                }
                Op::Unary(_, a) => !matches!(a, Operand::Var(_)),
                Op::Binary(op, a, b) => {
                    !op.is_comparison()
                        && !matches!((a, b), (Operand::Var(_), _) | (_, Operand::Var(_)))
                }
                _ => false,
            },
        };
        if self.has_lanes(var) {
            let all = matches!(op, Some(Op::Placeholder));
            return (open || all)
                .then(|| self.type_with_lanes(&self.info(var).ty))
                .flatten();
        }
        if let Some(Op::Placeholder) = op {
            return shape(&self.info(var).ty);
        }
        open.then(|| annotation(&self.info(var).ty)).flatten()
    }

    pub(super) fn read(&self, place: &Place, sp: Span) -> TokenStream {
        let tape = &self.fixed.tape;
        let ty = self.place_ty(place);
        let tokens = self.place(place, sp);
        match ty {
            ty if is_copy(&ty) => tokens,
            Ty::Slice(_) | Ty::Vec(_) => quote_spanned!(sp=> #tape.copy_of(&#tokens)),
            _ => quote_spanned!(sp=> ::core::clone::Clone::clone(&#tokens)),
        }
    }

    /// As the user's own program does it: by a `match`, which copies what can be
    /// copied. What the reverse sweep needs whole is cloned.
    fn move_out(&self, place: &Place, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        if self.facts.kept.framed.contains(&place.root) || is_copy(&self.place_ty(place)) {
            return self.read(place, sp);
        }
        let Some((last, of)) = place.proj.split_last() else {
            return self.place(place, sp);
        };
        let of = Place {
            root: place.root,
            proj: of.to_vec(),
        };
        let of = self.place_atom(&of, sp);
        let (variant, field) = match last {
            Proj::Content(Holder::Option) => (
                quote_spanned!(sp=> ::core::option::Option::Some),
                Member::from(0),
            ),
            Proj::Content(Holder::Result) => (
                quote_spanned!(sp=> ::core::result::Result::Ok),
                Member::from(0),
            ),
            Proj::Content(Holder::Either) => return quote_spanned!(sp=> #rt::into_content(#of)),
            Proj::Payload(payload) => (payload.variant.to_token_stream(), payload.field.clone()),
            _ => return self.place(place, sp),
        };
        quote_spanned! {sp=>
            match #of {
                #variant { #field: __payload, .. } => __payload,
                _ => ::core::unreachable!(),
            }
        }
    }

    fn binary(&self, var: Var, op: BinOp, a: &Operand, b: &Operand, sp: Span) -> TokenStream {
        let sign = operator(op, sp);
        // What a literal operand has the type of.
        let ty = match (self.operand_ty(a), self.operand_ty(b)) {
            (Ty::Float(Some(name)), _) | (_, Ty::Float(Some(name))) => Ty::Float(Some(name)),
            _ => self.info(var).ty.clone(),
        };
        if !op.is_comparison() {
            let by_reference = self.info(var).by_reference;
            let side = |k: usize, a: &Operand| match by_reference[k] {
                true => self.reference(a, sp),
                false => self.value_as(a, &ty, sp),
            };
            let (a, b) = (side(0, a), side(1, b));
            return match op.is_assigning() {
                true => quote_spanned!(sp=> { let mut __left = #a; __left #sign #b; __left }),
                false => quote_spanned!(sp=> #a #sign #b),
            };
        }
        // A comparison takes its operands by reference and never moves them.
        let as_compared = |operand: &Operand| match operand {
            Operand::Lit(_) => self.value_as(operand, &ty, sp),
            _ => self.copied(operand, sp),
        };
        let (left, right) = (as_compared(a), as_compared(b));
        let compared = quote_spanned!(sp=> #left #sign #right);
        let Some(site) = self.site(var, sp) else {
            return compared;
        };
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let mut set = crate::analysis::activity::of_operand(self.facts.activity, a);
        set.0
            .extend(crate::analysis::activity::of_operand(self.facts.activity, b).0);
        let on = self.is_on(&set, sp);
        let known = [a, b]
            .iter()
            .all(|x| matches!(self.operand_ty(x), Ty::Float(_)));
        let margin = match known {
            true => quote_spanned!(sp=> #rt::margin(#left, #right)),
            // Found by the type: only comparisons of floats have one.
            false => quote_spanned!(sp=> (&#rt::Guard(&#left, &#right)).margin()),
        };
        quote_spanned!(sp=> #rt::guard(#sel, #tape, #site, #on, #compared, || #margin))
    }

    fn cast(&self, operand: &Operand, conversion: &Conversion, sp: Span) -> TokenStream {
        let (rt, a) = (&self.cx.rt, self.copied(operand, sp));
        let is_primitive =
            |ty: &Ty| matches!(ty, Ty::Float(name) if !name.as_ref().is_some_and(is_generic));
        match conversion {
            Conversion::As(to) => quote_spanned!(sp=> #a as #to),
            Conversion::By { expr, .. } => fill(expr.to_token_stream(), &[a]),
            Conversion::OfTangent(to) => {
                let primitive =
                    is_primitive(&ir_type(to)) && is_primitive(&self.operand_ty(operand));
                match primitive {
                    true => quote_spanned!(sp=> #a as #to),
                    false => quote_spanned!(sp=> #rt::convert::<#to, _>(#a)),
                }
            }
        }
    }

    fn prim(&self, ty: &Ty, row: &Row, args: &[Operand], sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let float = std::iter::once(ty.clone())
            .chain(args.iter().map(|a| self.operand_ty(a)))
            .find(|ty| matches!(ty, Ty::Float(Some(_))));
        let known = float.clone().unwrap_or(Ty::Float(None));
        let values: Vec<TokenStream> = args
            .iter()
            .zip(row.float_operands)
            .map(|(a, is_float)| {
                if *is_float {
                    self.value_as(a, &known, sp)
                } else {
                    self.value(a, sp)
                }
            })
            .collect();
        let name = Ident::new(row.name, sp);
        if row.operator {
            return match row.name {
                "rem" => quote_spanned!(sp=> #(#values)%*),
                _ => quote_spanned!(sp=> #(#values)/ *),
            };
        }
        if row.helper {
            return quote_spanned!(sp=> #rt::partial::#name(#(#values),*));
        }
        let Some((receiver, rest)) = values.split_first() else {
            return TokenStream::new();
        };
        // `2.0.max(x)` has no type when the method is looked up.
        let open = match &args[0] {
            Operand::Lit(syn::Lit::Float(lit)) => lit.suffix().is_empty(),
            operand => matches!(self.operand_ty(operand), Ty::Float(None)),
        };
        match float {
            Some(Ty::Float(Some(width))) if open && !is_generic(&width) => {
                quote_spanned!(sp=> ::core::primitive::#width::#name(#(#values),*))
            }
            // Another bound of the user's may bring a method of the same name.
            Some(Ty::Float(Some(width))) if is_generic(&width) && of_the_trait(row) => {
                quote_spanned!(sp=> #rt::Float::#name(#(#values),*))
            }
            // What the width is may show below: a method would be looked up here. The
            // trait's `clamp` does not check its bounds.
            None if open && of_the_trait(row) && row.name != "clamp" => {
                quote_spanned!(sp=> #rt::Float::#name(#(#values),*))
            }
            _ => quote_spanned!(sp=> #receiver.#name(#(#rest),*)),
        }
    }

    /// The runtime's function of an extreme, and the initial value as an option.
    pub(super) fn extreme(&self, e: &Extreme, ty: &Ty, sp: Span) -> (Ident, TokenStream) {
        let name = Ident::new(if e.greatest { "greatest" } else { "least" }, sp);
        let init = match &e.init {
            Some(init) => {
                let init = self.value_as(init, ty, sp);
                quote_spanned!(sp=> ::core::option::Option::Some(#init))
            }
            None => quote_spanned!(sp=> ::core::option::Option::None),
        };
        (name, init)
    }

    /// The float type among operands, for their literals.
    pub fn log_type(&self, args: &[&Operand]) -> Ty {
        args.iter()
            .map(|a| self.operand_ty(a))
            .find(|ty| matches!(ty, Ty::Float(Some(_))))
            .unwrap_or(Ty::Float(None))
    }

    fn weights(&self, row: &Row, args: &[(ActSet, Operand)], sp: Span) -> TokenStream {
        let (rt, sel, tape) = (&self.cx.rt, &self.fixed.sel, &self.fixed.tape);
        let operands: Vec<&Operand> = args.iter().map(|(_, a)| a).collect();
        let ty = self.log_type(&operands);
        let on = args.iter().map(|(set, _)| self.is_on(set, sp));
        let x = args.iter().map(|(_, a)| self.value_as(a, &ty, sp));
        let name = Ident::new(row.name, sp);
        quote_spanned!(sp=> #rt::weight::#name(#sel, #tape, [#(#on),*], [#(#x),*]))
    }

    fn struct_of(&self, s: &StructOf, sp: Span) -> TokenStream {
        let StructOf {
            path,
            fields,
            base,
            kind,
        } = s;
        if let (true, [(_, content)]) = (s.is_box(), fields.as_slice()) {
            let content = self.value(content, sp);
            return quote_spanned!(sp=> ::std::boxed::Box::new(#content));
        }
        if let (Some(kind), [(_, content)]) = (kind, fields.as_slice()) {
            let rt = &self.cx.rt;
            let (kind, content) = (self.reference(kind, sp), self.value(content, sp));
            return quote_spanned!(sp=> #rt::of_kind(#kind, #content));
        }
        let fields = fields.iter().map(|(name, a)| {
            let value = self.value(a, sp);
            quote_spanned!(sp=> #name: #value,)
        });
        // The base stays whole: its fields are cloned where they are needed.
        let base = base.as_ref().map(|place| {
            let place = self.place(place, sp);
            quote_spanned!(sp=> ..::core::clone::Clone::clone(&#place))
        });
        quote_spanned!(sp=> #path { #(#fields)* #base })
    }

    fn struct_tangent(&self, s: &StructTangent, sp: Span) -> TokenStream {
        let (rt, tape) = (&self.cx.rt, &self.fixed.tape);
        let like = self.reference(&Operand::Var(s.like), sp);
        let zero = quote_spanned!(sp=> #rt::zero_in(#like, #tape));
        let start = match &s.base {
            None => zero,
            Some((on, place)) => {
                let read = self.read(place, sp);
                match on {
                    None => read,
                    Some(set) => {
                        let on = self.is_on(set, sp);
                        quote_spanned!(sp=> if #on { #read } else { #zero })
                    }
                }
            }
        };
        let name = Ident::new("__tangent", Span::mixed_site());
        let fields = s.fields.iter().map(|(proj, tan)| {
            let place = self.project(quote_spanned!(sp=> #name), proj, Reach::Mutable, sp);
            let tan = self.value(tan, sp);
            quote_spanned!(sp=> #place = #tan;)
        });
        quote_spanned!(sp=> { let mut #name = #start; #(#fields)* #name })
    }

    fn elements(&self, parts: &[Operand], ty: &Ty, sp: Span) -> Vec<TokenStream> {
        let ty = element(ty);
        parts.iter().map(|a| self.value_as(a, &ty, sp)).collect()
    }

    /// A rule of an operator that rustc finds by the types of its operands.
    pub(super) fn operator(
        &self,
        (op, part): (BinOp, &str),
        by_reference: [bool; 2],
        args: &[Operand; 2],
        more: &[&Operand],
        sp: Span,
    ) -> TokenStream {
        let args: Vec<&Operand> = args.iter().collect();
        self.rule(rule_trait(op), part, &by_reference, &args, more, sp)
    }

    pub(super) fn negation(
        &self,
        part: &str,
        by_reference: bool,
        operand: &Operand,
        more: &[&Operand],
        sp: Span,
    ) -> TokenStream {
        self.rule("NegVjp", part, &[by_reference], &[operand], more, sp)
    }

    fn rule(
        &self,
        of: &str,
        part: &str,
        by_reference: &[bool],
        args: &[&Operand],
        more: &[&Operand],
        sp: Span,
    ) -> TokenStream {
        let (rt, tape, sel) = (&self.cx.rt, &self.fixed.tape, &self.fixed.sel);
        let (of, part) = (Ident::new(of, sp), Ident::new(part, sp));
        let sets: Vec<ActSet> = args
            .iter()
            .map(|a| crate::analysis::activity::of_operand(self.facts.activity, a))
            .collect();
        let markers = self.markers_of(&sets, sp);
        let args = args.iter().zip(by_reference).map(|(a, by_reference)| {
            let a = self.reference(a, sp);
            match by_reference {
                true => quote_spanned!(sp=> &#a),
                false => a,
            }
        });
        let width = self.width_passed(sp);
        let more = more.iter().map(|a| self.reference(a, sp));
        quote_spanned!(sp=> #rt::rules::#of::#part(#(#args,)* #tape, #sel, #markers, #width #(#more),*))
    }

    /// The statement by which an operator of the user's notes what it selects.
    pub fn note_operator(&self, var: Var, op: &Op, sp: Span) -> Option<TokenStream> {
        if self.sweep.get() == Sweep::Reverse || self.lanes.is_some() {
            return None;
        }
        let active = |a: &Operand| {
            !crate::analysis::activity::of_operand(self.facts.activity, a)
                .0
                .is_empty()
        };
        let by_reference = self.info(var).by_reference;
        let note = match op {
            Op::Binary(op, a, b)
                if !op.is_comparison()
                    && !is_of_floats(self.vars, a, b)
                    && ![a, b].iter().any(|x| is_discrete(&self.operand_ty(x)))
                    && (active(a) || active(b)) =>
            {
                let args = [a, b];
                self.rule(rule_trait(*op), "__note", &by_reference, &args, &[], sp)
            }
            Op::Unary(UnOp::Neg, a) if self.operand_ty(a) == Ty::Unknown && active(a) => {
                self.negation("__note", by_reference[0], a, &[], sp)
            }
            _ => return None,
        };
        Some(quote_spanned!(sp=> #note;))
    }

    /// The user's tokens with the places in their holes.
    fn opaque(&self, opaque: &Opaque, sp: Span) -> TokenStream {
        let holes: Vec<TokenStream> = opaque
            .holes
            .iter()
            .map(|place| self.place_atom(place, sp))
            .collect();
        fill(opaque.expr.to_token_stream(), &holes)
    }
}

/// Whether a row is a method of `num_traits::Float`.
fn of_the_trait(row: &Row) -> bool {
    let only_of_std = ["midpoint", "rem_euclid", "div_euclid", "round_ties_even"];
    // Rows of this crate's own begin with underscores.
    !only_of_std.contains(&row.name) && !row.name.starts_with("__")
}

/// Replaces `__hole_k`, also inside macros.
pub(super) fn fill(tokens: TokenStream, holes: &[TokenStream]) -> TokenStream {
    let mut out = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let mut filled =
                    proc_macro2::Group::new(group.delimiter(), fill(group.stream(), holes));
                filled.set_span(group.span());
                out.extend([TokenTree::Group(filled)]);
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let number = name
                    .strip_prefix("__hole_")
                    .and_then(|k| k.parse::<usize>().ok());
                match number.and_then(|k| holes.get(k)) {
                    Some(place) => out.extend(place.clone()),
                    None => out.extend([TokenTree::Ident(ident)]),
                }
            }
            token => out.extend([token]),
        }
    }
    out
}

fn element(ty: &Ty) -> Ty {
    crate::ir::types::element(ty)
}

/// The trait of the runtime that has the rules of an operator.
fn rule_trait(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "AddVjp",
        BinOp::Sub => "SubVjp",
        BinOp::Mul => "MulVjp",
        BinOp::Div => "DivVjp",
        BinOp::Rem => "RemVjp",
        BinOp::BitAnd => "BitAndVjp",
        BinOp::BitOr => "BitOrVjp",
        BinOp::BitXor => "BitXorVjp",
        BinOp::Shl => "ShlVjp",
        BinOp::Shr => "ShrVjp",
        BinOp::AddAssign => "AddAssignVjp",
        BinOp::SubAssign => "SubAssignVjp",
        BinOp::MulAssign => "MulAssignVjp",
        BinOp::DivAssign => "DivAssignVjp",
        BinOp::RemAssign => "RemAssignVjp",
        // Comparisons have no derivative, and no rule.
        BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge | BinOp::Eq | BinOp::Ne => "CompareVjp",
    }
}

fn operator(op: BinOp, sp: Span) -> TokenStream {
    match op {
        BinOp::Add => quote_spanned!(sp=> +),
        BinOp::Sub => quote_spanned!(sp=> -),
        BinOp::Mul => quote_spanned!(sp=> *),
        BinOp::Div => quote_spanned!(sp=> /),
        BinOp::Rem => quote_spanned!(sp=> %),
        BinOp::BitAnd => quote_spanned!(sp=> &),
        BinOp::BitOr => quote_spanned!(sp=> |),
        BinOp::BitXor => quote_spanned!(sp=> ^),
        BinOp::Shl => quote_spanned!(sp=> <<),
        BinOp::Shr => quote_spanned!(sp=> >>),
        BinOp::AddAssign => quote_spanned!(sp=> +=),
        BinOp::SubAssign => quote_spanned!(sp=> -=),
        BinOp::MulAssign => quote_spanned!(sp=> *=),
        BinOp::DivAssign => quote_spanned!(sp=> /=),
        BinOp::RemAssign => quote_spanned!(sp=> %=),
        BinOp::Lt => quote_spanned!(sp=> <),
        BinOp::Le => quote_spanned!(sp=> <=),
        BinOp::Gt => quote_spanned!(sp=> >),
        BinOp::Ge => quote_spanned!(sp=> >=),
        BinOp::Eq => quote_spanned!(sp=> ==),
        BinOp::Ne => quote_spanned!(sp=> !=),
    }
}

#[cfg(test)]
#[test]
fn holes_are_filled_inside_macros_too() {
    use quote::quote;
    let tokens: TokenStream = quote!(f(__hole_0, matches!(__hole_1, 1..=3)) + __hole_7);
    let filled = fill(tokens, &[quote!((*x)), quote!(a[i])]);
    assert_eq!(
        filled.to_string(),
        quote!(f((*x), matches!(a[i], 1..=3)) + __hole_7).to_string()
    );
}
