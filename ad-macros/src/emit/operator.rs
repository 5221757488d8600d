//! The rules of an operator of the user's, by its hidden functions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use crate::ir::Passing;
use crate::syntax::owner::Rules;

/// `impl MulVjp<f64> for V`
pub fn rules(cx: &Context<'_>, rules: &Rules) -> TokenStream {
    let rt = &cx.rt;
    let Rules {
        name,
        of,
        other,
        output,
    } = rules;
    let (generics, clause) = (cx.generics(&[], &[]), cx.where_clause());
    let of_other = other.as_ref().map(|other| quote!(<#other>));
    let allow = super::docs::allowed();
    let functions = functions(cx, rules);
    quote! {
        #allow
        impl #generics #rt::rules::#name #of_other for #of #clause {
            type Out = #output;
            #functions
        }
    }
}

/// One operand: how it is called, and how its hidden functions are given it.
struct Side {
    name: TokenStream,
    adj: Ident,
    tan: Ident,
    adj_tan: Ident,
    /// `+=` changes its left operand: the hidden functions are given one of their
    /// own, and the cotangent of the result as the cotangent of its final value.
    changed: bool,
}

fn functions(cx: &Context<'_>, rules: &Rules) -> TokenStream {
    let (rt, item) = (&cx.rt, cx.item());
    let sides: Vec<Side> = ["left", "right"]
        .iter()
        .zip(&cx.sig.params)
        .enumerate()
        .map(|(k, (side, param))| Side {
            name: if k == 0 { quote!(self) } else { quote!(__b) },
            adj: format_ident!("__{side}_adj"),
            tan: format_ident!("__{side}_tan"),
            adj_tan: format_ident!("__{side}_adj_tan"),
            changed: k == 0 && param.passing == Passing::RefMut,
        })
        .collect();
    let assigns = sides.first().is_some_and(|side| side.changed);
    let call = |function: &str| {
        let (function, turbofish) = (Ident::new(function, Span::call_site()), cx.turbofish(0));
        quote!(#item::#function #turbofish)
    };
    let value = |side: &Side| {
        let name = &side.name;
        match side.changed {
            true => quote!(&mut __changed),
            false => quote!(::core::clone::Clone::clone(#name)),
        }
    };
    let changed = assigns.then(|| quote!(let mut __changed = ::core::clone::Clone::clone(self);));
    let values: Vec<TokenStream> = sides.iter().map(value).collect();
    let quiet = quote!(#rt::Selector::quiet(__sel));
    let seed = match assigns {
        true => quote!(&()),
        false => quote!(__seed),
    };
    // The cotangents, zero on entry but for what is changed.
    let zeros = |slot: fn(&Side) -> &Ident, seed: &Ident| -> TokenStream {
        sides
            .iter()
            .map(|side| {
                let (slot, name) = (slot(side), &side.name);
                match side.changed {
                    true => quote!(let mut #slot = ::core::clone::Clone::clone(#seed);),
                    false => quote!(let mut #slot = #rt::zero_like(#name);),
                }
            })
            .collect()
    };
    let (seed_name, seed_tan_name) = (format_ident!("__seed"), format_ident!("__seed_tan"));
    let start = zeros(|side| &side.adj, &seed_name);
    let start_tan = zeros(|side| &side.adj_tan, &seed_tan_name);
    let with_slots = sides.iter().zip(&values).map(|(side, value)| {
        let adj = &side.adj;
        quote!(#value, &mut #adj,)
    });
    let with_slots: TokenStream = with_slots.collect();
    let both = call("__both");
    let reverse = quote!(#changed #start #both(__tape, #quiet, __act, #with_slots #seed););
    let (run, jvp) = (call("__run"), call("__jvp"));
    let with_tans = sides.iter().zip(&values).map(|(side, value)| {
        let tan = &side.tan;
        match side.changed {
            true => quote!(#value, &mut __changed_tan,),
            false => quote!(#value, #tan,),
        }
    });
    let with_tans: TokenStream = with_tans.collect();
    let changed_tan =
        assigns.then(|| quote!(let mut __changed_tan = ::core::clone::Clone::clone(__left_tan);));
    let tangent =
        quote!(#changed #changed_tan let __both = #jvp(__tape, #quiet, __act, #with_tans););
    let tangent = match assigns {
        true => quote!(#tangent __changed_tan),
        false => quote!(#tangent __both.1),
    };
    let second = match cx.options.second_order {
        true => {
            let both_tan = call("__both_tan");
            let all = sides.iter().zip(&values).map(|(side, value)| {
                let Side {
                    tan, adj, adj_tan, ..
                } = side;
                let tan = match side.changed {
                    true => quote!(&mut __changed_tan),
                    false => quote!(#tan),
                };
                quote!(#value, #tan, &mut #adj, &mut #adj_tan,)
            });
            let seeds = match assigns {
                true => quote!(&(), &()),
                false => quote!(__seed, __seed_tan),
            };
            quote! {
                #changed #changed_tan #start #start_tan
                #both_tan(__tape, #quiet, __act, #(#all)* #seeds);
            }
        }
        false => {
            let text =
                "this operator has no second derivative, and a second derivative goes through it";
            quote!(const { ::core::panic!(#text) };)
        }
    };
    let missing = (!cx.options.second_order).then(|| quote!(::core::unreachable!()));
    let result = |slot: &Ident| match &missing {
        Some(missing) => missing.clone(),
        None => quote!(#slot),
    };
    let note = quote! {
        if <__S as #rt::Selector>::LOGS && !<__S as #rt::Selector>::FOLLOWS {
            #changed
            #run(__tape, __sel, __act, #(#values),*);
        }
    };
    let context = quote!(__tape: &mut #rt::Tape, __sel: __S);
    let out = quote!(#rt::Tan<Self::Out>);
    match &rules.other {
        Some(other) => {
            let generics = quote!(<__S: #rt::Selector, __P: #rt::Activity, __Q: #rt::Activity>);
            let operands = quote!(&self, __b: &#other, #context, __act: (__P, __Q));
            let tans = quote!(__left_tan: &#rt::Tan<Self>, __right_tan: &#rt::Tan<#other>);
            let seeds = quote!(__seed: &#out, __seed_tan: &#out);
            let (left_tan, right_tan) = (result(&sides[0].adj_tan), result(&sides[1].adj_tan));
            quote! {
                fn __note #generics(#operands) { #note }
                fn __left_in #generics(#operands, __seed: &#out) -> #rt::Tan<Self> {
                    #reverse
                    __left_adj
                }
                fn __right_in #generics(#operands, __seed: &#out) -> #rt::Tan<#other> {
                    #reverse
                    __right_adj
                }
                fn __jvp_in #generics(#operands, #tans) -> #out { #tangent }
                fn __left_tan_in #generics(#operands, #tans, #seeds) -> #rt::Tan<Self> {
                    #second
                    #left_tan
                }
                fn __right_tan_in #generics(#operands, #tans, #seeds) -> #rt::Tan<#other> {
                    #second
                    #right_tan
                }
            }
        }
        None => {
            let generics = quote!(<__S: #rt::Selector, __P: #rt::Activity>);
            let operands = quote!(&self, #context, __act: (__P,));
            let tan = quote!(__left_tan: &#rt::Tan<Self>);
            let left_tan = result(&sides[0].adj_tan);
            quote! {
                fn __note #generics(#operands) { #note }
                fn __vjp_in #generics(#operands, __seed: &#out) -> #rt::Tan<Self> {
                    #reverse
                    __left_adj
                }
                fn __jvp_in #generics(#operands, #tan) -> #out { #tangent }
                fn __vjp_tan_in #generics(#operands, #tan, __seed: &#out, __seed_tan: &#out) -> #rt::Tan<Self> {
                    #second
                    #left_tan
                }
            }
        }
    }
}
