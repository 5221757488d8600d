//! The functions that the derivatives of annotated callers use. There is one
//! adjoint body and one tangent body; the others are its instances.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::calls::marker_types;
use super::home::{FORWARD, Given};
use super::place::{Body, Sweep, annotation, is_copy, marker_ident};
use super::public::Bodies;
use super::stmt::Witnesses;
use super::types::is_sliced;
use super::{Context, Facts, Once, checked, frame};
use crate::ir::types::is_discrete;
use crate::ir::visit::all_block_stmts;
use crate::ir::{Adjoint, Block, Op, Operand, Passing, StmtKind, Tangent, Var};
use crate::syntax::signature::Param;

/// A body of more statements than this is not run twice.
const CHEAP: usize = 24;

pub fn functions(
    cx: &Context<'_>,
    adjoint: &Adjoint,
    tangent: &Tangent,
    facts: &Facts<'_>,
    once: Option<&Once<'_>>,
) -> TokenStream {
    let recompute = recompute(cx, adjoint);
    let mut all = match cx.of_trait() {
        // The trait has them.
        true => TokenStream::new(),
        false => wrappers(cx, recompute, Bodies::Real),
    };
    all.extend(cx.is_cheap(recompute));
    all.extend(readers(cx, |param| adjoint.rereads.contains(&param)));
    all.extend(adjoint_body(cx, adjoint, facts));
    all.extend(once.map(|once| super::fused::body(cx, once)));
    all.extend(tangent_body(cx, tangent, facts, None));
    if cx.has_lanes() {
        let lanes = cx.with_lanes();
        all.extend(match &tangent.lanes {
            Some(tangents) if !cx.in_trait() => {
                tangent_body(&lanes, tangent, facts, Some(tangents))
            }
            _ => super::lanes::one_by_one(cx, has_effects(&tangent.body)),
        });
    }
    if !cx.options.row && cx.options.operator.is_none() {
        all.extend(use_of_primal(cx, Bodies::Real));
    }
    all
}

/// A user may only ever call the derivative: the function itself is not dead
/// code then. Callers that know nothing but the item reach a free function by it. In
/// an `impl` of a trait it is compared with what the type has besides.
pub(super) fn use_of_primal(cx: &Context<'_>, bodies: Bodies) -> TokenStream {
    if cx.of_trait() {
        return cx.compared();
    }
    if cx.sig.params.iter().any(|p| p.function.is_some()) {
        return cx.use_of_function_of_functions();
    }
    let (primal, turbofish) = (&cx.sig.ident, cx.turbofish(0));
    let (lead, name) = (cx.lead_hidden(), cx.hidden("primal"));
    if !cx.of_type() {
        let (generics, clause) = (cx.generics(&[], &[]), cx.where_clause());
        let (vis, result) = (&cx.sig.vis, cx.result());
        let given: Vec<Given> = (0..cx.sig.params.len()).map(|k| cx.given(k)).collect();
        let (declared, passed) = (
            given.iter().map(|g| &g.declared),
            given.iter().map(|g| &g.passed),
        );
        let body = match bodies {
            Bodies::Real => quote!(#primal #turbofish(#(#passed),*)),
            Bodies::Stubs => quote!(::core::unreachable!()),
        };
        return quote! {
            #lead
            #[inline(always)]
            #vis fn #name #generics(#(#declared),*) -> #result #clause { #body }
        };
    }
    let (own, (generics, clause)) = (cx.own(), cx.as_written());
    quote! {
        #lead
        fn #name #generics() #clause {
            let _ = #own::#primal #turbofish;
        }
    }
}

/// The same signatures beside an error, with nothing behind them.
pub fn stubs(cx: &Context<'_>) -> TokenStream {
    let mut all = wrappers(cx, false, Bodies::Stubs);
    all.extend(readers(cx, |_| true));
    if !cx.of_type() {
        all.extend(use_of_primal(cx, Bodies::Stubs));
    }
    all
}

/// For each parameter a function from marker to marker, by which a caller asks for a memory to
/// be restored iff the reverse sweep of this function may read it there. A `&mut` of the
/// caller's may be passed for a `&`.
pub(super) fn readers(cx: &Context<'_>, reads: impl Fn(usize) -> bool) -> TokenStream {
    let (rt, vis) = (&cx.rt, &cx.sig.vis);
    let of = |(param, p): (usize, &Param)| {
        let name = reader(param);
        let marker = quote!(__A: #rt::Activity);
        match p.passing == Passing::Value || reads(param) {
            true => quote! {
                #[doc(hidden)]
                #[inline(always)]
                #vis fn #name<#marker>(marker: __A) -> #rt::Restoring<__A> { #rt::Activity::restoring(marker) }
            },
            false => quote! {
                #[doc(hidden)]
                #[inline(always)]
                #vis fn #name<#marker>(marker: __A) -> __A { marker }
            },
        }
    };
    if cx.of_type() {
        return TokenStream::new();
    }
    cx.sig.params.iter().enumerate().map(of).collect()
}

/// The name of the function of a parameter that [`readers`] writes.
pub(super) fn reader(param: usize) -> Ident {
    quote::format_ident!("__rereads_{param}")
}

/// Whether a caller's reverse sweep may run the function again instead of keeping
/// what it needs. What a function of a type writes is gone by then; free functions
/// leave that to their callers, who see it.
pub(super) fn recompute(cx: &Context<'_>, adjoint: &Adjoint) -> bool {
    let writes = |p: &Param| p.passing == Passing::RefMut;
    // A row keeps nothing that could be computed again.
    let row = cx.options.row;
    is_cheap(adjoint) && !row && !(cx.of_type() && cx.sig.params.iter().any(writes))
}

/// Whether running the function again is cheaper than a tape: it is short, has
/// no loop and no call, and leaves nothing behind.
fn is_cheap(adjoint: &Adjoint) -> bool {
    let mut size = 0;
    let mut cheap = true;
    all_block_stmts(&adjoint.forward, &mut |stmt| {
        size += 1;
        cheap &= match &stmt.kind {
            StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op)) => match op {
                Op::Call(_) | Op::CallForward(..) => false,
                Op::Opaque(opaque) => opaque.pure,
                _ => true,
            },
            StmtKind::Effect(effect) => {
                effect.assert_like || matches!(effect.stmt, syn::Stmt::Item(_))
            }
            StmtKind::For(_) | StmtKind::Loop(_) | StmtKind::Checkpointed(_) => false,
            _ => true,
        };
    });
    cheap && size <= CHEAP
}

/// Whether a body does something that can be seen from outside.
fn has_effects(body: &Block) -> bool {
    let mut any = false;
    all_block_stmts(body, &mut |stmt| {
        if let StmtKind::Effect(effect) = &stmt.kind {
            any |= !effect.assert_like
                && !effect.diverges()
                && !matches!(effect.stmt, syn::Stmt::Item(_));
        }
    });
    any
}

/// The names of the arguments that every hidden function has, unlike those of
/// the user's parameters.
pub(super) struct Arguments {
    pub(super) tape: Ident,
    pub(super) sel: Ident,
    pub(super) act: Ident,
    pub(super) phase: Ident,
    pub(super) seed: Ident,
    /// The slot of each parameter.
    pub(super) slots: Vec<Ident>,
}

impl Arguments {
    pub(super) fn new(cx: &Context<'_>) -> Self {
        let name = |text: &str| Ident::new(text, Span::mixed_site());
        Arguments {
            tape: name("__tape"),
            sel: name("__sel"),
            act: name("__act"),
            phase: name("__phase"),
            seed: name("__seed"),
            slots: (0..cx.sig.params.len())
                .map(|k| name(&format!("__slot_{k}")))
                .collect(),
        }
    }
}

/// `__fwd`, `__rev`, `__both` and `__jvp`.
pub(super) fn wrappers(cx: &Context<'_>, recompute: bool, bodies: Bodies) -> TokenStream {
    let (rt, vis) = (&cx.rt, &cx.sig.vis);
    let arguments = Arguments::new(cx);
    let Arguments {
        tape,
        sel,
        act,
        seed,
        slots,
        ..
    } = &arguments;
    let (generics, clause) = (cx.hidden_generics(&[]), cx.where_clause());
    let (lead, inline) = (cx.lead_hidden(), inline(cx));
    let given: Vec<Given> = (0..slots.len()).map(|k| cx.given(k)).collect();
    let slot_types: Vec<TokenStream> = cx.sig.params.iter().map(|p| cx.slot(p)).collect();
    let any = cx.sig.params.iter().map(|_| quote!(impl #rt::Activity));
    let any = quote!((#(#any,)*));
    // One function refuses an active value outside `wrt`, and one error is made. A
    // number of a struct that is active may be an integer.
    let checked = cx
        .sig
        .params
        .iter()
        .map(|p| match p.active || is_discrete(&p.ty) {
            true => quote!(impl #rt::Activity),
            false => quote!(impl #rt::NotDifferentiated),
        });
    let checked = quote!((#(#checked,)*));
    let (result, seed_ty) = (cx.result(), cx.result_tangent());
    // A function with a rule of its own runs under it.
    let own = match cx.options.select {
        Some(rule) => {
            let rule = Ident::new(rule.type_name(), Span::mixed_site());
            quote!(#rt::Selector::under::<#rt::#rule>(#sel))
        }
        None => quote!(#sel),
    };
    let n = cx.sig.params.len();
    let (site, kept_result) = (cx.site_parameter(), cx.result_parameter());
    let row_site = cx.site_of_row().passed;
    // A forward sweep has no result yet: any value of its type stands for it.
    let row_result = |value: TokenStream| match cx.keeps_result_outside() {
        true => quote!(#value,),
        false => TokenStream::new(),
    };
    let (no_result, row_result) = (row_result(quote!(self)), row_result(quote!(__result)));
    let context = |act_ty: &TokenStream| quote!(#tape: &mut #rt::Tape, #sel: impl #rt::Selector, #act: #act_ty, #site);
    // The parameters alone, with their slots, and with their tangents.
    let values = given.iter().map(|g| {
        let declared = &g.declared;
        quote!(#declared,)
    });
    let values: Vec<TokenStream> = values.collect();
    let with_slots = |k: usize| {
        let (declared, slot, ty) = (&given[k].declared, &slots[k], &slot_types[k]);
        quote!(#declared, #slot: &mut #ty,)
    };
    let with_tangents = |k: usize| {
        let (declared, slot, ty) = (&given[k].declared, &slots[k], &slot_types[k]);
        match cx.sig.params[k].passing {
            Passing::RefMut => quote!(#declared, #slot: &mut #ty,),
            _ => quote!(#declared, #slot: &#ty,),
        }
    };
    let forward_inputs = cx.arranged(context(&checked), values.clone());
    let run_inputs = cx.arranged(context(&any), values);
    let reverse_inputs = cx.arranged(context(&any), (0..n).map(with_slots));
    let jvp_inputs = cx.arranged(context(&any), (0..n).map(with_tangents));
    let no_slots: TokenStream = given
        .iter()
        .map(|Given { passed, .. }| quote!(#passed, #rt::Hold::new().slot(),))
        .collect();
    let passed: TokenStream = given
        .iter()
        .zip(slots)
        .map(|(Given { passed, .. }, slot)| quote!(#passed, #slot,))
        .collect();
    let (adj, tan) = (cx.sweep("adj", n + 2), cx.sweep("tan", n + 1));
    let adj = |phase: &str, sel: &TokenStream, rest: TokenStream| {
        let phase = Ident::new(phase, Span::call_site());
        quote!(#adj(#tape, #sel, #rt::#phase, #act, #row_site #rest))
    };
    let none = quote!(#rt::Hold::new().shared());
    let mut fwd = adj("Forward", &own, quote!(#no_result #no_slots #none));
    let run = adj("Primal", &own, quote!(#no_result #no_slots #none));
    let mut rev = adj("Reverse", &own, quote!(#row_result #passed #seed));
    let both = adj("Both", &own, quote!(#passed #seed));
    let jvp = quote!(#tan(#tape, #own, #act, #row_site #passed));
    // The caller of a method does not see whether it is cheaper to run it again.
    if let Some(cheap) = cx.again(recompute, sel) {
        let quiet = quote!(#rt::Selector::quiet(#own));
        let again = adj("Both", &quiet, quote!(#passed #seed));
        fwd = quote!(if #cheap { #run } else { #fwd });
        rev = quote!(if #cheap { #again; } else { #rev });
    }
    let body = |tokens: TokenStream| match bodies {
        Bodies::Real => tokens,
        Bodies::Stubs => quote!(::core::unreachable!()),
    };
    let [fwd, run, rev, both, jvp] = [fwd, run, rev, both, jvp].map(body);
    let with_lanes = (!cx.of_type()).then(|| super::lanes::wrapper(cx, bodies));
    let name = |part| cx.hidden(part);
    let [fwd_name, run_name, rev_name, both_name, jvp_name] =
        [FORWARD, "run", "rev", "both", "jvp"].map(name);
    let recompute = (!cx.of_type()).then(|| {
        let overwrites = (0..n).map(|k| cx.overwrites.get(k) == Some(&true));
        quote! {
            #[doc(hidden)]
            #vis const __RECOMPUTE: bool = #recompute;
            #[doc(hidden)]
            #vis const __OVERWRITES: &[bool] = &[#(#overwrites),*];
        }
    });
    let both = (!cx.of_type()).then(|| {
        quote! {
            #[doc(hidden)]
            #inline
            #vis fn #both_name #generics(#reverse_inputs #seed: &#seed_ty) -> #result #clause { #both }
        }
    });
    quote! {
        #recompute

        #lead
        #inline
        #vis fn #fwd_name #generics(#forward_inputs) -> #result #clause { #fwd }

        #lead
        #inline
        #vis fn #run_name #generics(#run_inputs) -> #result #clause { #run }

        #lead
        #inline
        #vis fn #rev_name #generics(#reverse_inputs #kept_result #seed: &#seed_ty) #clause { #rev }

        #both

        #lead
        #inline
        #vis fn #jvp_name #generics(#jvp_inputs) -> (#result, #seed_ty) #clause { #jvp }

        #with_lanes
    }
}

/// A short name for the runtime, and the traits whose methods a body calls on values
/// of types that rustc finds.
pub(super) fn scope(cx: &Context<'_>, facts: &Facts<'_>) -> TokenStream {
    let (rt, closures) = (&cx.rt, facts.closures);
    let checked = facts.checked.then(|| checked::alias(cx));
    quote! {
        use #rt as __rt;
        use #rt::traits::*;
        #checked
        #closures
    }
}

/// The user's wish, else rustc's choice across crates.
pub(super) fn inline(cx: &Context<'_>) -> TokenStream {
    match cx.attrs.iter().find(|a| a.path().is_ident("inline")) {
        Some(attr) => quote!(#attr),
        None => quote!(#[inline]),
    }
}

/// The type parameters of a body: user's, selector, phase, activities.
pub(super) fn body_generics(cx: &Context<'_>, phase: bool) -> TokenStream {
    let rt = &cx.rt;
    let mut last = vec![quote!(__S: #rt::Selector)];
    if phase {
        last.push(quote!(__P: #rt::Phase));
    }
    for k in 0..cx.sig.params.len() {
        let marker = marker_ident(k);
        last.push(quote!(#marker: #rt::Activity));
    }
    last.extend(cx.width_generic());
    cx.hidden_generics(&last)
}

fn adjoint_body(cx: &Context<'_>, adjoint: &Adjoint, facts: &Facts<'_>) -> TokenStream {
    let rt = &cx.rt;
    let vars = &adjoint.vars;
    let inside = cx.inside();
    let body = Body::new(&inside, facts, vars, &adjoint.params, Sweep::Forward);
    let (tape, sel, act) = (&body.fixed.tape, &body.fixed.sel, &body.fixed.act);
    let Arguments {
        phase,
        seed: no_seed,
        slots: no_slots,
        ..
    } = Arguments::new(cx);
    let generics = body_generics(cx, true);
    let (clause, inline, result) = (cx.where_clause(), inline(cx), cx.result());
    let markers = marker_types(cx.sig.params.len());
    let params = cx.sig.params.iter().enumerate().map(|(k, param)| {
        let (name, ty, slot_ty) = (
            body.names.of(adjoint.params[k]),
            &param.written,
            cx.slot(param),
        );
        let slot = adjoint.slots[k].map_or(&no_slots[k], |slot| body.names.of(slot));
        quote!(#name: #ty, #slot: &mut #slot_ty)
    });
    let seed = adjoint.seed.map_or(&no_seed, |seed| body.names.of(seed));
    let seed_ty = cx.result_tangent();

    let reverse_on = quote!(__P::REV &&);
    let lengths = slot_lengths(&body, &adjoint.params, &adjoint.slots, Some(&reverse_on));
    let value = result_value(
        &body,
        adjoint.result.as_ref(),
        &adjoint.frame,
        result_annotation(cx),
    );
    let failure = frame::failure(&body);
    let sweeps = frame::sweeps(&body, adjoint, &value, &failure);
    let (lead, name) = (cx.lead_hidden(), cx.hidden("adj"));
    let row_site = cx.site_of_row().declared;
    let row_result = cx.keeps_result_outside().then(|| cx.result_parameter());
    let scope = scope(cx, facts);
    quote! {
        #lead
        #inline
        fn #name #generics(
            #tape: &mut #rt::Tape, #sel: __S, #phase: __P, #act: #markers, #row_site #row_result
            #(#params,)* #seed: &#seed_ty,
        ) -> <__P as #rt::Phase>::Out<#result> #clause {
            #scope
            #lengths
            #sweeps
        }
    }
}

/// Cuts each slot to the length of its parameter, where there is a slot: the
/// optimiser then knows that an index inside one is inside the other.
pub(super) fn slot_lengths(
    body: &Body<'_>,
    params: &[Var],
    slots: &[Option<Var>],
    reverse_on: Option<&TokenStream>,
) -> TokenStream {
    let cut = |(k, param): (usize, &Param)| {
        let slot = slots[k].filter(|_| param.passing != Passing::Value && is_sliced(param))?;
        let mutable =
            (reverse_on.is_some() || param.passing == Passing::RefMut).then(|| quote!(mut));
        let (slot, of, marker) = (
            body.names.of(slot),
            body.names.of(params[k]),
            marker_ident(k),
        );
        Some(quote! {
            let #slot = if #reverse_on #marker::ON {
                &#mutable #slot[..#of.len()]
            } else {
                #slot
            };
        })
    };
    body.cx
        .sig
        .params
        .iter()
        .enumerate()
        .filter_map(cut)
        .collect()
}

/// With `lanes` the tangents have several.
fn tangent_body(
    cx: &Context<'_>,
    tangent: &Tangent,
    facts: &Facts<'_>,
    lanes: Option<&BTreeSet<Var>>,
) -> TokenStream {
    let rt = &cx.rt;
    let inside = cx.inside();
    let mut body = Body::new(
        &inside,
        facts,
        &tangent.vars,
        &tangent.params,
        Sweep::Tangent,
    );
    body.lanes = lanes;
    let (tape, sel, act) = (&body.fixed.tape, &body.fixed.sel, &body.fixed.act);
    let no_slots = Arguments::new(cx).slots;
    let generics = body_generics(cx, false);
    let (clause, inline, result, tangent_ty) = (
        cx.where_clause(),
        inline(cx),
        cx.result(),
        cx.result_tangent(),
    );
    let markers = marker_types(cx.sig.params.len());
    let params = cx.sig.params.iter().enumerate().map(|(k, param)| {
        let (name, ty, slot_ty) = (
            body.names.of(tangent.params[k]),
            &param.written,
            cx.slot(param),
        );
        let slot = tangent.slots[k].map_or(&no_slots[k], |slot| body.names.of(slot));
        match param.passing {
            Passing::RefMut => quote!(#name: #ty, #slot: &mut #slot_ty),
            _ => quote!(#name: #ty, #slot: &#slot_ty),
        }
    });
    let items = body.items(&tangent.body);
    let lengths = slot_lengths(&body, &tangent.params, &tangent.slots, None);
    let statements = body.block(&tangent.body, &Witnesses::new());
    let sp = Span::mixed_site();
    let value = result_value(&body, tangent.result.as_ref(), &[], result_annotation(cx));
    let result_tan = match (&tangent.result, &tangent.result_tan) {
        (_, Some(tan)) => body.value(tan, sp),
        (Some(_), None) if cx.lanes => body.zero_with_lanes(&quote!(&__value), sp),
        (Some(_), None) => quote!(#rt::zero_like(&__value)),
        (None, None) => quote!(()),
    };
    let part = if cx.lanes { "lanes" } else { "tan" };
    let (lead, name, width) = (cx.lead_hidden(), cx.hidden(part), cx.width_declared());
    let row_site = cx.site_of_row().declared;
    let scope = scope(cx, facts);
    quote! {
        #lead
        #inline
        fn #name #generics(
            #tape: &mut #rt::Tape, #sel: __S, #width #act: #markers, #row_site #(#params,)*
        ) -> (#result, #tangent_ty) #clause {
            #scope
            #items
            #lengths
            #statements
            #value
            let __tangent = #result_tan;
            (__value, __tangent)
        }
    }
}

pub(super) fn result_annotation(cx: &Context<'_>) -> Option<TokenStream> {
    annotation(&cx.sig.output.ty)
}

/// Binds the result. What is also in the frame is used again.
pub(super) fn result_value(
    body: &Body<'_>,
    result: Option<&Operand>,
    frame: &[Var],
    ty: Option<TokenStream>,
) -> TokenStream {
    let sp = Span::mixed_site();
    let Some(result) = result else {
        return quote!(let __value = (););
    };
    let shared =
        matches!(result, Operand::Var(v) if frame.contains(v) && !is_copy(&body.info(*v).ty));
    let value = if shared {
        let reference = body.reference(result, sp);
        quote!(::core::clone::Clone::clone(#reference))
    } else {
        body.value_as(result, &body.cx.sig.output.ty, sp)
    };
    let ty = ty.map(|ty| quote!(: #ty));
    quote!(let __value #ty = #value;)
}
