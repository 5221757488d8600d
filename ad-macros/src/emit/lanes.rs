//! Forward mode with several tangents at once: the tangent program once more, where the tangents
//! of floats are arrays of lanes. A program that does not fit (`analysis::tangents`), or whose
//! tangent is given, runs its forward mode for one lane after the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Context;
use super::calls::marker_types;
use super::hidden::{Arguments, inline};
use super::place::{Body, is_generic};
use super::public::Bodies;
use super::types::is_sliced;
use crate::ir::{BinOp, Conversion, Op, Operand, Passing, Ty, UnOp, Var};

/// The number of lanes.
pub fn width() -> Ident {
    Ident::new("__N", Span::mixed_site())
}

/// The parameter that tells a callee the number of lanes.
fn width_parameter(rt: &TokenStream) -> TokenStream {
    let width = width();
    quote!(_: #rt::lanes::Width<#width>,)
}

impl<'a> Context<'a> {
    /// The same where tangents have lanes.
    pub fn with_lanes(&self) -> Context<'a> {
        self.of_lanes(true)
    }

    /// The same of the functions that are passed, which are run for one lane after the other.
    pub fn without_lanes(&self) -> Context<'a> {
        self.of_lanes(false)
    }

    fn of_lanes(&self, lanes: bool) -> Context<'a> {
        Context {
            rt: self.rt.clone(),
            runtime: self.runtime.clone(),
            lanes,
            ..*self
        }
    }

    /// What is known of the tangents of float types that are type parameters.
    pub fn lanes_of(&self, floats: &[Ident]) -> Vec<TokenStream> {
        if !self.lanes {
            return Vec::new();
        }
        let (rt, n) = (&self.rt, width());
        let lanes = |t: &Ident| quote!(#t: #rt::Tangent<Lanes<#n> = [#t; #n]>);
        floats.iter().map(lanes).collect()
    }

    /// The generic parameter of the number of lanes, behind others.
    pub fn width_generic(&self) -> Option<TokenStream> {
        let n = width();
        self.lanes.then(|| quote!(const #n: usize))
    }

    /// The parameter of a body that tells it.
    pub fn width_declared(&self) -> Option<TokenStream> {
        self.lanes.then(|| width_parameter(&self.rt))
    }

    /// Whether there is a body with lanes: of what users call, and of free functions.
    pub fn has_lanes(&self) -> bool {
        let called = !self.options.row
            && self.options.operator.is_none()
            && self.options.within.is_none()
            && !self.of_trait();
        called || !self.of_type()
    }

    /// The call of the body with lanes.
    pub fn lanes_body(&self) -> TokenStream {
        self.sweep("lanes", self.sig.params.len() + 2)
    }
}

impl Body<'_> {
    /// Whether a variable is a tangent with lanes.
    pub fn has_lanes(&self, var: Var) -> bool {
        self.lanes.is_some_and(|lanes| lanes.contains(&var))
    }

    fn is_tangent(&self, operand: &Operand) -> bool {
        matches!(operand, Operand::Var(var) if self.has_lanes(*var))
    }

    /// The number of lanes as an argument.
    pub fn width_passed(&self, sp: Span) -> Option<TokenStream> {
        let (rt, n) = (&self.cx.rt, width());
        let passed = || quote_spanned!(sp=> #rt::lanes::Width::<#n>,);
        self.lanes.map(|_| passed())
    }

    /// The zero tangent of a value behind a reference.
    pub fn zero_with_lanes(&self, like: &TokenStream, sp: Span) -> TokenStream {
        let (rt, n) = (&self.cx.rt, width());
        quote_spanned!(sp=> #rt::lanes::zero_like(#like, #rt::lanes::Width::<#n>))
    }

    /// The zero tangent of a float.
    fn float_zero_with_lanes(&self, ty: &Ty, sp: Span) -> Option<TokenStream> {
        let (zero, n) = (self.float_zero(ty, sp)?, width());
        Some(quote_spanned!(sp=> [#zero; #n]))
    }

    /// The type of a tangent, if tokens tell its leaves.
    pub fn type_with_lanes(&self, ty: &Ty) -> Option<TokenStream> {
        let n = width();
        let inner = |t: &Ty| self.type_with_lanes(t);
        Some(match ty {
            Ty::Float(Some(name)) => quote!([#name; #n]),
            Ty::Float(None) => quote!([_; #n]),
            Ty::Unit => quote!(()),
            Ty::Array(t) => inner(t).map(|t| quote!([#t; _]))?,
            Ty::Vec(t) => inner(t).map(|t| quote!(::std::vec::Vec<#t>))?,
            Ty::Tuple(ts) => {
                let parts: Option<Vec<TokenStream>> = ts.iter().map(inner).collect();
                parts.map(|parts| quote!((#(#parts,)*)))?
            }
            Ty::Option(t) => inner(t).map(|t| quote!(::core::option::Option<#t>))?,
            _ => return None,
        })
    }

    /// The expression of a tangent with lanes where it is not written as one without.
    pub fn op_with_lanes(&self, var: Var, op: &Op, sp: Span) -> Option<TokenStream> {
        if !self.has_lanes(var) {
            return None;
        }
        let (rt, n) = (&self.cx.rt, width());
        let ty = &self.info(var).ty;
        let call = |name: &str, args: [TokenStream; 2]| {
            let name = Ident::new(name, sp);
            let [a, b] = args;
            quote_spanned!(sp=> #rt::lanes::#name(#a, #b))
        };
        Some(match op {
            Op::Zero => {
                let zero = self.float_zero_with_lanes(ty, sp);
                zero.unwrap_or_else(|| quote_spanned!(sp=> [0.0; #n]))
            }
            Op::ZeroLike(place) if self.has_lanes(place.root) => return None,
            Op::ZeroLike(place) => match self.float_zero_with_lanes(&self.place_ty(place), sp) {
                Some(zero) => zero,
                None => {
                    let place = self.place(place, sp);
                    self.zero_with_lanes(&quote_spanned!(sp=> &#place), sp)
                }
            },
            Op::Unary(UnOp::Neg, a) => {
                let a = self.value(a, sp);
                quote_spanned!(sp=> #rt::lanes::neg(#a))
            }
            Op::Binary(op, a, b) => {
                let number = self.binary_type(var, a, b);
                let value = |a: &Operand| self.value_as(a, &number, sp);
                match (op, self.is_tangent(a)) {
                    (BinOp::Add, _) => call("add", [value(a), value(b)]),
                    (BinOp::Sub, _) => call("sub", [value(a), value(b)]),
                    (BinOp::Div, _) => call("div", [value(a), value(b)]),
                    (_, true) => call("mul", [value(a), value(b)]),
                    (_, false) => call("mul", [value(b), value(a)]),
                }
            }
            Op::Scale(weight, a) => call("scale", [self.value(weight, sp), self.value(a, sp)]),
            Op::When(set, a) => {
                let zero = self.float_zero_with_lanes(&self.operand_ty(a), sp)?;
                let (on, value) = (self.is_on(set, sp), self.value(a, sp));
                quote_spanned!(sp=> if #on { #value } else { #zero })
            }
            Op::ReadWhen(set, place, like) => {
                let (on, read) = (self.is_on(set, sp), self.read(place, sp));
                let zero = self.float_zero_with_lanes(&self.place_ty(place), sp);
                let zero =
                    zero.unwrap_or_else(|| self.zero_with_lanes(&self.reference(like, sp), sp));
                quote_spanned!(sp=> if #on { #read } else { #zero })
            }
            Op::Cast(a, conversion) => {
                let Conversion::OfTangent(to) = &**conversion else {
                    return None;
                };
                let a = self.value(a, sp);
                quote_spanned!(sp=> #rt::lanes::convert::<#to, _, #n>(#a))
            }
            Op::OperatorJvp {
                op,
                by_reference,
                args,
                tans,
            } => {
                let more = [&tans[0], &tans[1]];
                self.operator((*op, "__lanes_in"), *by_reference, args, &more, sp)
            }
            Op::NegJvp {
                by_reference,
                operand,
                tan,
            } => self.negation("__lanes_in", *by_reference, operand, &[tan], sp),
            _ => return None,
        })
    }

    /// The type of the literals among the operands of an operator of floats.
    fn binary_type(&self, var: Var, a: &Operand, b: &Operand) -> Ty {
        let named = |a: &Operand| match self.operand_ty(a) {
            Ty::Float(Some(name)) if is_generic(&name) => Some(Ty::Float(Some(name))),
            _ => None,
        };
        let named = named(a).or_else(|| named(b));
        named.unwrap_or_else(|| self.info(var).ty.clone())
    }
}

/// The body with lanes of a function whose forward mode is run for one lane after the other.
/// With `effects` it must not be: they happen once in a call of any generated function.
pub fn one_by_one(cx: &Context<'_>, effects: bool) -> TokenStream {
    let one = cx;
    let cx = &cx.with_lanes();
    let (rt, n) = (&cx.rt, width());
    let Arguments {
        tape,
        sel,
        act,
        slots,
        ..
    } = Arguments::new(cx);
    let name =
        |kind: &str, k: usize| quote::format_ident!("__{kind}_{k}", span = Span::mixed_site());
    let params = cx.sig.params.iter().enumerate().map(|(k, p)| {
        let (arg, slot, ty, slot_ty) = (name("arg", k), &slots[k], &p.written, cx.slot(p));
        match p.passing {
            Passing::RefMut => quote!(#arg: #ty, #slot: &mut #slot_ty),
            _ => quote!(#arg: #ty, #slot: &#slot_ty),
        }
    });
    let params: Vec<TokenStream> = params.collect();
    let (mut before, mut start, mut args, mut after) = (
        TokenStream::new(),
        TokenStream::new(),
        TokenStream::new(),
        TokenStream::new(),
    );
    let again = |of: TokenStream| quote!((&#rt::lanes::Again(#of)).again());
    for (k, p) in cx.sig.params.iter().enumerate() {
        let (arg, slot, lane) = (name("arg", k), &slots[k], name("lane", k));
        let one_slot = one.slot(p);
        let changes = p.passing == Passing::RefMut;
        let mutable = changes.then(|| quote!(mut));
        start.extend(quote! {
            let #mutable #lane = <#one_slot as #rt::lanes::Slot>::lane::<#n>(#slot, __lane);
        });
        match p.passing {
            Passing::Value => {
                let again = again(quote!(&#arg));
                args.extend(quote!(#again, &#lane,));
            }
            Passing::Ref => args.extend(quote!(#arg, &#lane,)),
            Passing::RefMut => {
                let first = name("first", k);
                // The values on entry, for every run but the first.
                let (copied, restored) = match is_sliced(p) && !is_vec(&p.written) {
                    true => (
                        quote!(#arg.to_vec()),
                        quote!(#arg.clone_from_slice(&#first);),
                    ),
                    false => {
                        let (entry, later) = (again(quote!(&*#arg)), again(quote!(&#first)));
                        (entry, quote!(*#arg = #later;))
                    }
                };
                before.extend(quote!(let #first = #copied;));
                start.extend(quote!(if __lane > 0 { #restored }));
                args.extend(quote!(&mut *#arg, &mut #lane,));
                after.extend(quote! {
                    <#one_slot as #rt::lanes::Slot>::put::<#n>(#lane, #slot, __lane);
                });
            }
        }
    }
    let (result, tangent_ty, one_tangent) =
        (cx.result(), cx.result_tangent(), one.result_tangent());
    let generics = super::hidden::body_generics(cx, false);
    let (clause, inline) = (cx.where_clause(), inline(cx));
    let markers = marker_types(cx.sig.params.len());
    let (lead, lanes) = (cx.lead_hidden(), cx.hidden("lanes"));
    let width = cx.width_declared();
    let tan = one.sweep("tan", cx.sig.params.len() + 1);
    let refused = effects.then(|| {
        let text = format!(
            "`jvp_lanes` runs `{}` once for each lane, and what it prints would be printed as \
             often: call `jvp` for each tangent",
            cx.sig.ident
        );
        quote!(const { ::core::assert!(#n == 1, #text) };)
    });
    quote! {
        #lead
        #inline
        fn #lanes #generics(
            #tape: &mut #rt::Tape, #sel: __S, #width #act: #markers, #(#params,)*
        ) -> (#result, #tangent_ty) #clause {
            use #rt::lanes::OnlyOnce as _;
            #refused
            #before
            let mut __value = ::core::option::Option::None;
            let __tangents = #rt::lanes::each::<#one_tangent, #n>(|__lane| {
                #start
                let (__result, __tangent) = #tan(#tape, #sel, #act, #args);
                #after
                __value = ::core::option::Option::Some(__result);
                __tangent
            });
            match __value {
                ::core::option::Option::Some(__value) => (__value, __tangents),
                ::core::option::Option::None => ::core::unreachable!(),
            }
        }
    }
}

fn is_vec(ty: &syn::Type) -> bool {
    let (_, ty) = crate::syntax::types::passing(ty);
    crate::syntax::types::argument_of(ty, "Vec").is_some()
}

/// `__jvp_lanes`, which the bodies with lanes of callers call.
pub fn wrapper(cx: &Context<'_>, bodies: Bodies) -> TokenStream {
    let cx = &cx.with_lanes();
    let (rt, vis, n) = (&cx.rt, &cx.sig.vis, width());
    let Arguments {
        tape,
        sel,
        act,
        slots,
        ..
    } = Arguments::new(cx);
    let own = match cx.options.select {
        Some(rule) => {
            let rule = Ident::new(rule.type_name(), Span::mixed_site());
            quote!(#rt::Selector::under::<#rt::#rule>(#sel))
        }
        None => quote!(#sel),
    };
    let generics = cx.hidden_generics(&cx.width_generic().into_iter().collect::<Vec<_>>());
    let (clause, inline, lead) = (cx.where_clause(), inline(cx), cx.lead_hidden());
    let any = cx.sig.params.iter().map(|_| quote!(impl #rt::Activity));
    let (result, tangent) = (cx.result(), cx.result_tangent());
    let (mut inputs, mut passed) = (TokenStream::new(), TokenStream::new());
    for (k, p) in cx.sig.params.iter().enumerate() {
        let given = cx.given(k);
        let (declared, value, slot, ty) = (given.declared, given.passed, &slots[k], cx.slot(p));
        let mutable = (p.passing == Passing::RefMut).then(|| quote!(mut));
        inputs.extend(quote!(#declared, #slot: &#mutable #ty,));
        passed.extend(quote!(#value, #slot,));
    }
    let (body, name) = (cx.lanes_body(), cx.hidden("jvp_lanes"));
    let body = match bodies {
        Bodies::Real => quote!(#body(#tape, #own, #rt::lanes::Width::<#n>, #act, #passed)),
        Bodies::Stubs => quote!(::core::unreachable!()),
    };
    let width = cx.width_declared();
    quote! {
        #lead
        #inline
        #vis fn #name #generics(
            #tape: &mut #rt::Tape, #sel: impl #rt::Selector, #act: (#(#any,)*), #width #inputs
        ) -> (#result, #tangent) #clause { #body }
    }
}
