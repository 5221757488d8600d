//! Both sweeps as one program, for calls from outside.

use proc_macro2::TokenStream;
use quote::quote;

use super::calls::marker_types;
use super::hidden::{
    Arguments, body_generics, inline, result_annotation, result_value, scope, slot_lengths,
};
use super::place::{Body, Sweep};
use super::{Context, Once, frame};
use crate::ir::Fused;

/// Whether a function has users who call its derivative, and always runs its reverse sweep.
pub fn is_for(cx: &Context<'_>) -> bool {
    let of_users = !cx.in_trait() && !cx.of_trait() && cx.options.within.is_none();
    let alone = !cx.options.row && cx.options.operator.is_none();
    of_users && alone && cx.sig.output.content.is_none()
}

pub fn body(cx: &Context<'_>, once: &Once<'_>) -> TokenStream {
    let rt = &cx.rt;
    let Fused { sweeps, given } = once.program;
    let inside = cx.inside();
    let body = Body::new(
        &inside,
        &once.facts,
        &sweeps.vars,
        &sweeps.params,
        Sweep::Forward,
    );
    let (tape, sel, act) = (&body.fixed.tape, &body.fixed.sel, &body.fixed.act);
    let Arguments {
        seed: no_seed,
        slots: no_slots,
        ..
    } = Arguments::new(cx);
    let (generics, clause, inline) = (body_generics(cx, false), cx.where_clause(), inline(cx));
    let markers = marker_types(cx.sig.params.len());
    let columns = cx.sig.params.iter().enumerate().map(|(k, param)| {
        let (name, ty, slot_ty) = (
            body.names.of(sweeps.params[k]),
            &param.written,
            cx.slot(param),
        );
        let slot = sweeps.slots[k].map_or(&no_slots[k], |slot| body.names.of(slot));
        (
            quote!(#name: #ty, #slot: &mut #slot_ty),
            quote!(#name, #slot,),
        )
    });
    let (params, arguments): (Vec<TokenStream>, Vec<TokenStream>) = columns.unzip();
    let seed = sweeps.seed.map_or(&no_seed, |seed| body.names.of(seed));
    let (result, seed_ty) = (cx.result(), cx.result_tangent());
    let (lead, name) = (cx.lead_hidden(), cx.hidden("once"));
    let items = body.items(&sweeps.forward);
    let scope = scope(cx, &once.facts);
    let adj = cx.sweep("adj", cx.sig.params.len() + 2);
    let given = given.iter().map(|(callee, param)| {
        let callee = body.item_path(callee);
        let param = proc_macro2::Literal::usize_unsuffixed(*param);
        quote!(#callee::__OVERWRITES[#param])
    });
    let given: Vec<TokenStream> = given.collect();
    let otherwise = (!given.is_empty()).then(|| {
        quote! {
            if !(#(#given)&&*) {
                return #adj(#tape, #sel, __P, #act, #(#arguments)* #seed);
            }
        }
    });
    let lengths = slot_lengths(
        &body,
        &sweeps.params,
        &sweeps.slots,
        Some(&TokenStream::new()),
    );
    let annotation = result_annotation(cx);
    let value = result_value(&body, sweeps.result.as_ref(), &sweeps.frame, annotation);
    let both = frame::in_one(&body, sweeps, &value);
    quote! {
        #lead
        #inline
        fn #name #generics(
            #tape: &mut #rt::Tape, #sel: __S, #act: #markers, #(#params,)* #seed: &#seed_ty,
        ) -> #result #clause {
            #scope
            use #rt::{Outer as __P, Phase as _};
            #items
            #otherwise
            #lengths
            #both
            __value
        }
    }
}
