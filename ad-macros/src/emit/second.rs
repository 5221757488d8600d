//! The functions of second order, under the option `second_order`: the tangent of
//! the adjoint. As at first order there is one body and its instances.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::calls::marker_types;
use super::hidden::{
    Arguments, body_generics, inline, result_annotation, result_value, scope, slot_lengths,
};
use super::home::Given;
use super::place::{Body, Sweep};
use super::{Context, Facts, Second, frame};
use crate::ir::{AdjointTangent, Passing};
use crate::syntax::options::Select;

/// What stands behind the signatures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bodies {
    Real,
    /// Beside an error.
    Stubs,
    /// There is no second derivative: an error where someone asks for it.
    Missing,
}

pub fn functions(cx: &Context<'_>, recompute: bool, second: &Second<'_>) -> TokenStream {
    let mut all = match cx.of_trait() {
        true => TokenStream::new(),
        false => wrappers(cx, recompute, Bodies::Real),
    };
    all.extend(body(cx, second.program, &second.facts));
    all
}

/// The same signatures beside an error.
pub fn stubs(cx: &Context<'_>) -> TokenStream {
    match cx.options.second_order {
        true => wrappers(cx, false, Bodies::Stubs),
        false => TokenStream::new(),
    }
}

/// The signatures for callers of a function whose derivative is given.
pub fn missing(cx: &Context<'_>) -> TokenStream {
    wrappers(cx, false, Bodies::Missing)
}

/// What a trait says of a function without a body: each `impl` must have one.
pub fn declared(cx: &Context<'_>) -> TokenStream {
    match cx.options.second_order {
        true => {
            let mut all = wrappers(cx, false, Bodies::Real);
            all.extend(required_body(cx));
            all
        }
        false => TokenStream::new(),
    }
}

/// What accompanies each parameter: its tangent, its cotangent, and the tangent of
/// its cotangent.
fn companions(cx: &Context<'_>) -> Vec<[Ident; 3]> {
    let name = |what: &str, k| format_ident!("__{what}_{k}", span = Span::mixed_site());
    (0..cx.sig.params.len())
        .map(|k| [name("tangent", k), name("slot", k), name("slot_tangent", k)])
        .collect()
}

/// The types of the companions of each parameter.
fn companion_types(cx: &Context<'_>) -> Vec<[TokenStream; 3]> {
    let types = |p| {
        let slot = cx.slot(p);
        let tangent = match p.passing {
            Passing::RefMut => quote!(&mut #slot),
            Passing::Value | Passing::Ref => quote!(&#slot),
        };
        [tangent, quote!(&mut #slot), quote!(&mut #slot)]
    };
    cx.sig.params.iter().map(types).collect()
}

/// `__fwd_tan`, `__rev_tan`, `__both_tan` and `__hvp`.
fn wrappers(cx: &Context<'_>, recompute: bool, bodies: Bodies) -> TokenStream {
    let (rt, vis) = (&cx.rt, &cx.sig.vis);
    let Arguments {
        tape,
        sel,
        act,
        seed,
        ..
    } = Arguments::new(cx);
    let seed_tan = Ident::new("__seed_tangent", Span::mixed_site());
    let (generics, clause, inline) = (cx.hidden_generics(&[]), cx.where_clause(), inline(cx));
    let (result, seed_ty) = (cx.result(), cx.result_tangent());
    let (companions, types) = (companions(cx), companion_types(cx));
    let (mut all, mut forward, mut outer) = (Vec::new(), Vec::new(), Vec::new());
    let (mut passed, mut passed_forward, mut passed_outer) =
        (TokenStream::new(), TokenStream::new(), TokenStream::new());
    let (mut passed_jvp, mut markers) = (TokenStream::new(), Vec::new());
    for (k, param) in cx.sig.params.iter().enumerate() {
        let Given {
            declared,
            passed: name,
        } = cx.given(k);
        let ([tan, slot, slot_tan], [tan_ty, slot_ty, slot_tan_ty]) = (&companions[k], &types[k]);
        let given = quote!(#tan: #tan_ty, #slot: #slot_ty, #slot_tan: #slot_tan_ty,);
        let none = quote!(#rt::Hold::new().slot());
        all.push(quote!(#declared, #given));
        passed.extend(quote!(#name, #tan, #slot, #slot_tan,));
        forward.push(quote!(#declared, #tan: #tan_ty,));
        passed_forward.extend(quote!(#name, #tan, #none, #none,));
        passed_jvp.extend(quote!(#name, #tan,));
        if param.is_differentiated() {
            outer.push(quote!(#declared, #given));
            passed_outer.extend(quote!(#name, #tan, #slot, #slot_tan,));
            markers.push(quote!(#rt::Active));
            continue;
        }
        let no_tan = match param.passing {
            Passing::RefMut => none.clone(),
            Passing::Value | Passing::Ref => quote!(#rt::Hold::new().shared()),
        };
        outer.push(quote!(#declared,));
        passed_outer.extend(quote!(#name, #no_tan, #none, #none,));
        markers.push(quote!(#rt::Inactive));
    }
    let rule = |select: Select| Ident::new(select.type_name(), Span::mixed_site());
    // A function with a rule of its own runs under it.
    let own = match cx.options.select.map(rule) {
        Some(rule) => quote!(#rt::Selector::under::<#rt::#rule>(#sel)),
        None => quote!(#sel),
    };
    let outermost = rule(cx.options.select.unwrap_or(Select::MinNorm));
    let outermost =
        quote!(<#rt::Select<#rt::#outermost, #rt::Off> as ::core::default::Default>::default());
    let n = cx.sig.params.len();
    let (adj_tan, tan) = (cx.sweep("adj_tan", n + 2), cx.sweep("tan", n + 1));
    let row_site = cx.site_of_row().passed;
    let run =
        |first: TokenStream, rest: TokenStream| quote!(#adj_tan(#tape, #first, #row_site #rest));
    let text = format!(
        "`{}` has no second derivative, and a second derivative goes through it",
        cx.sig.ident
    );
    let none = quote!(#rt::Hold::new().shared());
    let mut fwd = run(
        quote!(#own, #rt::Forward, #act),
        quote!(#passed_forward #none, #none),
    );
    let seeded = quote!(#passed #seed, #seed_tan);
    let mut rev = run(quote!(#own, #rt::Reverse, #act), seeded.clone());
    let both = run(quote!(#own, #rt::Both, #act), seeded.clone());
    let hvp = run(
        quote!(#outermost, #rt::Outer, (#(#markers,)*)),
        quote!(#passed_outer #seed, #seed_tan),
    );
    if let Some(cheap) = cx.again(recompute, &sel) {
        let quiet = quote!(#rt::Selector::quiet(#own));
        let again = run(quote!(#quiet, #rt::Both, #act), seeded);
        let jvp = quote!(#tan(#tape, #own, #act, #passed_jvp));
        fwd = quote!(if #cheap { #jvp } else { #fwd });
        rev = quote!(if #cheap { #again; } else { #rev });
    }
    let any = cx.sig.params.iter().map(|_| quote!(impl #rt::Activity));
    let site = cx.site_parameter();
    let context = quote!(#tape: &mut #rt::Tape, #sel: impl #rt::Selector, #act: (#(#any,)*), #site);
    let seeds = quote!(#seed: &#seed_ty, #seed_tan: &#seed_ty);
    let out = quote!((#result, #seed_ty));
    let forward_inputs = cx.arranged(context.clone(), forward);
    let all_inputs = cx.arranged(context, all);
    let outer_inputs = cx.arranged(quote!(#tape: &mut #rt::Tape,), outer);
    let body = |tokens: TokenStream| match bodies {
        Bodies::Real => tokens,
        Bodies::Stubs => quote!(::core::unreachable!()),
        // The constant depends on a type parameter, so that only a use evaluates it.
        Bodies::Missing => quote! {
            struct Missing<T>(T);
            impl<T> Missing<T> {
                const NOW: () = ::core::panic!(#text);
            }
            fn missing<T>(_: T) {
                Missing::<T>::NOW
            }
            missing(#sel);
            ::core::unreachable!()
        },
    };
    let [fwd, rev, both] = [fwd, rev, both].map(body);
    let lead = cx.lead_hidden();
    let name = |part| cx.hidden(part);
    let [fwd_name, rev_name, both_name, hvp_name] =
        ["fwd_tan", "rev_tan", "both_tan", "hvp"].map(name);
    // The derivative of a row is not asked for from outside.
    let hvp = (!cx.options.row && bodies != Bodies::Missing).then(|| {
        let hvp = body(quote!(#tape.begin(); #hvp));
        quote! {
            #lead
            #vis fn #hvp_name #generics(#outer_inputs #seeds) -> #out #clause { #hvp }
        }
    });
    let both = (!cx.of_type()).then(|| {
        quote! {
            #lead
            #inline
            #vis fn #both_name #generics(#all_inputs #seeds) -> #out #clause { #both }
        }
    });
    quote! {
        #lead
        #inline
        #vis fn #fwd_name #generics(#forward_inputs) -> #out #clause { #fwd }

        #lead
        #inline
        #vis fn #rev_name #generics(#all_inputs #seeds) #clause { #rev }

        #both

        #hvp
    }
}

/// The declaration of the one body.
fn required_body(cx: &Context<'_>) -> TokenStream {
    let rt = &cx.rt;
    let Arguments {
        tape,
        sel,
        act,
        phase,
        seed,
        ..
    } = Arguments::new(cx);
    let (generics, clause) = (body_generics(cx, true), cx.where_clause());
    let markers = marker_types(cx.sig.params.len());
    let mut params = TokenStream::new();
    for (k, (names, types)) in companions(cx).iter().zip(companion_types(cx)).enumerate() {
        let ty = &cx.sig.params[k].written;
        let name = format_ident!("__arg_{k}", span = Span::mixed_site());
        params.extend(quote!(#name: #ty, #(#names: #types,)*));
    }
    let (result, seed_ty) = (cx.result(), cx.result_tangent());
    let seed_tan = Ident::new("__seed_tangent", Span::mixed_site());
    let (lead, name) = (cx.lead_hidden(), cx.hidden("adj_tan"));
    quote! {
        #lead
        fn #name #generics(
            #tape: &mut #rt::Tape, #sel: __S, #phase: __P, #act: #markers, #params
            #seed: &#seed_ty, #seed_tan: &#seed_ty,
        ) -> <__P as #rt::Phase>::Out<(#result, #seed_ty)> #clause;
    }
}

fn body(cx: &Context<'_>, program: &AdjointTangent, facts: &Facts<'_>) -> TokenStream {
    let rt = &cx.rt;
    let adjoint = &program.sweeps;
    // The forward sweep is that of forward mode, with a tape.
    let inside = cx.inside();
    let body = Body::new(
        &inside,
        facts,
        &adjoint.vars,
        &adjoint.params,
        Sweep::Tangent,
    );
    let (tape, sel, act) = (&body.fixed.tape, &body.fixed.sel, &body.fixed.act);
    let Arguments {
        phase,
        seed: no_seed,
        ..
    } = Arguments::new(cx);
    let (generics, clause, inline) = (body_generics(cx, true), cx.where_clause(), inline(cx));
    let markers = marker_types(cx.sig.params.len());
    let (companions, types) = (companions(cx), companion_types(cx));
    let all = [&program.tangents, &adjoint.slots, &program.slot_tangents];
    let mut params = TokenStream::new();
    for (k, param) in cx.sig.params.iter().enumerate() {
        let (name, ty) = (body.names.of(adjoint.params[k]), &param.written);
        params.extend(quote!(#name: #ty,));
        for ((vars, none), ty) in all.iter().zip(&companions[k]).zip(&types[k]) {
            let name = vars[k].map_or(none, |var| body.names.of(var));
            params.extend(quote!(#name: #ty,));
        }
    }
    let no_seed_tan = Ident::new("__seed_tangent", Span::mixed_site());
    let seed = adjoint.seed.map_or(&no_seed, |seed| body.names.of(seed));
    let seed_tan = program
        .seed_tan
        .map_or(&no_seed_tan, |seed| body.names.of(seed));
    let (result, seed_ty) = (cx.result(), cx.result_tangent());
    let reverse_on = quote!(__P::REV &&);
    let mut lengths = slot_lengths(&body, &adjoint.params, &program.tangents, None);
    for slots in [&adjoint.slots, &program.slot_tangents] {
        lengths.extend(slot_lengths(
            &body,
            &adjoint.params,
            slots,
            Some(&reverse_on),
        ));
    }
    let value = result_value(
        &body,
        adjoint.result.as_ref(),
        &adjoint.frame,
        result_annotation(cx),
    );
    let tangent = match &program.result_tan {
        Some(tan) => body.value(tan, Span::mixed_site()),
        None => quote!(#rt::zero_like(&__value)),
    };
    let both = quote! {
        #value
        let __tangent = #tangent;
        let __value = (__value, __tangent);
    };
    let sweeps = frame::sweeps(&body, adjoint, &both, &frame::Failure::default());
    let (lead, name, scope) = (cx.lead_hidden(), cx.hidden("adj_tan"), scope(cx, facts));
    let row_site = cx.site_of_row().declared;
    quote! {
        #lead
        #inline
        fn #name #generics(
            #tape: &mut #rt::Tape, #sel: __S, #phase: __P, #act: #markers, #row_site #params
            #seed: &#seed_ty, #seed_tan: &#seed_ty,
        ) -> <__P as #rt::Phase>::Out<(#result, #seed_ty)> #clause {
            #scope
            #lengths
            #sweeps
        }
    }
}
