//! Functions whose derivative is not made from the body: hand-written rules
//! (`custom`), zero by decision (`constant`), and what the runtime provides.
//!
//! They have the same hidden functions as all others, so callers need not know.

mod rules;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

use super::calls::marker_types;
use super::hidden::{self, Arguments, body_generics, inline};
use super::place::marker_ident;
use super::public::{self, Bodies};
use super::{Context, docs, lanes, second};
use crate::ir::Passing;
use crate::syntax::given::Given;
use crate::syntax::options::Options;
use crate::syntax::signature::{Param, Signature};

/// The item of a function whose derivative is given.
pub fn custom(
    sig: &Signature,
    options: &Options,
    function: &syn::ItemFn,
    given: &Given,
) -> TokenStream {
    let cx = Context::new(sig, options, &function.attrs);
    let bodies = Rule::new(&cx);
    let (sites, adjoint, tangent) = match given {
        Given::Constant => (quote!(&[]), bodies.no_adjoint(), bodies.no_tangent()),
        Given::Provided(module) => (
            quote!(#module::SITES),
            bodies.provided_adjoint(module),
            bodies.provided_tangent(module),
        ),
        Given::Custom(rules) => (
            rules
                .sites
                .as_ref()
                .map_or(quote!(&[]), |sites| quote!(#sites)),
            bodies.custom_adjoint(rules),
            bodies.custom_tangent(rules),
        ),
    };
    let sites = docs::given_sites(&cx, &sites);
    let mut shared = TokenStream::new();
    if !cx.of_trait() {
        shared.extend(public::functions(&cx, Bodies::Real));
        shared.extend(hidden::wrappers(&cx, false, Bodies::Real));
        shared.extend(second::missing(&cx));
    }
    shared.extend(hidden::use_of_primal(&cx, Bodies::Real));
    shared.extend(hidden::readers(&cx, |_| true));
    shared.extend(cx.is_cheap(false));
    if cx.has_lanes() {
        shared.extend(lanes::one_by_one(&cx, false));
    }
    let (adjoint, tangent) = (bodies.adjoint(&adjoint), bodies.tangent(&tangent));
    let tokens = cx.wrap(
        &docs::given_item(&cx, given),
        &quote!(#sites #shared #adjoint #tangent),
    );
    cx.rebased(tokens)
}

/// What a trait says of a function without a body. Each annotated `impl` has bodies of
/// its own; an `impl` that is not annotated is refused as a whole.
pub fn declared(sig: &Signature, options: &Options, item: &syn::ItemFn) -> TokenStream {
    let cx = Context::new(sig, options, &item.attrs);
    let rule = Rule::new(&cx);
    let nothing = quote!(::core::unreachable!());
    let sites = docs::given_sites(&cx, &quote!(&[]));
    let public = public::functions(&cx, Bodies::Real);
    let hidden = hidden::wrappers(&cx, false, Bodies::Real);
    let (cheap, primal) = (cx.is_cheap(false), hidden::use_of_primal(&cx, Bodies::Real));
    let (adjoint, tangent) = (rule.adjoint(&nothing), rule.tangent(&nothing));
    let (second, lanes) = (second::declared(&cx), lanes::one_by_one(&cx, false));
    cx.rebased(quote!(#sites #public #hidden #cheap #primal #adjoint #tangent #lanes #second))
}

/// The names in a body, which are none of the user's.
struct Rule<'a> {
    cx: &'a Context<'a>,
    fixed: Arguments,
    args: Vec<Ident>,
}

impl<'a> Rule<'a> {
    fn new(cx: &'a Context<'a>) -> Self {
        let arg = |k| format_ident!("__arg_{k}", span = Span::mixed_site());
        Rule {
            cx,
            fixed: Arguments::new(cx),
            args: (0..cx.sig.params.len()).map(arg).collect(),
        }
    }

    /// `__adj` with this body.
    fn adjoint(&self, body: &TokenStream) -> TokenStream {
        let (rt, cx) = (&self.cx.rt, self.cx);
        let Arguments {
            tape,
            sel,
            act,
            phase,
            seed,
            slots,
        } = &self.fixed;
        let (generics, clause, inline) = (body_generics(cx, true), cx.where_clause(), inline(cx));
        let markers = marker_types(self.args.len());
        let params = self.each().map(|(k, p)| {
            let (arg, slot, ty, slot_ty) = (&self.args[k], &slots[k], &p.written, cx.slot(p));
            quote!(#arg: #ty, #slot: &mut #slot_ty)
        });
        let (result, seed_ty) = (cx.result(), cx.result_tangent());
        let (lead, name) = (cx.lead_hidden(), cx.hidden("adj"));
        quote! {
            #lead
            #inline
            fn #name #generics(
                #tape: &mut #rt::Tape, #sel: __S, #phase: __P, #act: #markers, #(#params,)* #seed: &#seed_ty,
            ) -> <__P as #rt::Phase>::Out<#result> #clause { #body }
        }
    }

    /// `__tan` with this body.
    fn tangent(&self, body: &TokenStream) -> TokenStream {
        let (rt, cx) = (&self.cx.rt, self.cx);
        let Arguments {
            tape,
            sel,
            act,
            slots,
            ..
        } = &self.fixed;
        let (generics, clause, inline) = (body_generics(cx, false), cx.where_clause(), inline(cx));
        let markers = marker_types(self.args.len());
        let params = self.each().map(|(k, p)| {
            let (arg, slot, ty, slot_ty) = (&self.args[k], &slots[k], &p.written, cx.slot(p));
            match p.passing {
                Passing::RefMut => quote!(#arg: #ty, #slot: &mut #slot_ty),
                _ => quote!(#arg: #ty, #slot: &#slot_ty),
            }
        });
        let (result, tangent) = (cx.result(), cx.result_tangent());
        let (lead, name) = (cx.lead_hidden(), cx.hidden("tan"));
        quote! {
            #lead
            #inline
            fn #name #generics(
                #tape: &mut #rt::Tape, #sel: __S, #act: #markers, #(#params,)*
            ) -> (#result, #tangent) #clause { #body }
        }
    }

    fn each(&self) -> impl Iterator<Item = (usize, &'a Param)> + use<'a> {
        self.cx.sig.params.iter().enumerate()
    }

    fn active(&self) -> impl Iterator<Item = (usize, &'a Param)> + use<'a> {
        self.each().filter(|(_, p)| p.active)
    }

    /// The user's function.
    fn primal(&self) -> TokenStream {
        let (name, turbofish) = (&self.cx.sig.ident, self.cx.turbofish(0));
        let args = self.each().map(|(k, p)| self.again(k, p));
        let own = self.cx.own();
        let of = self.cx.of_type().then(|| quote!(#own::));
        quote!(#of #name #turbofish(#(#args),*))
    }

    /// An argument that is passed on and, if it is a reference, used again.
    fn again(&self, k: usize, param: &Param) -> TokenStream {
        let arg = &self.args[k];
        match param.passing {
            Passing::RefMut => quote!(&mut *#arg),
            _ => quote!(#arg),
        }
    }

    fn on(&self, k: usize) -> TokenStream {
        let (rt, marker) = (&self.cx.rt, marker_ident(k));
        quote!(<#marker as #rt::Activity>::ON)
    }

    fn restores(&self, k: usize) -> TokenStream {
        let (rt, marker) = (&self.cx.rt, marker_ident(k));
        quote!(<#marker as #rt::Activity>::RESTORE)
    }

    /// Whether a derivative flows through the call at all.
    fn any(&self) -> TokenStream {
        let on = self.active().map(|(k, _)| self.on(k));
        quote!((false #(|| #on)*))
    }

    fn phase(&self, question: &str) -> TokenStream {
        let (rt, question) = (&self.cx.rt, Ident::new(question, Span::mixed_site()));
        quote!(<__P as #rt::Phase>::#question)
    }

    fn out(&self, value: &TokenStream) -> TokenStream {
        let rt = &self.cx.rt;
        quote!(<__P as #rt::Phase>::out(::core::option::Option::Some(#value)))
    }

    fn out_nothing(&self) -> TokenStream {
        let rt = &self.cx.rt;
        quote!(<__P as #rt::Phase>::out(::core::option::Option::None))
    }

    fn no_adjoint(&self) -> TokenStream {
        let (forward, primal) = (self.phase("FWD"), self.primal());
        let (value, nothing) = (self.out(&primal), self.out_nothing());
        quote!(if #forward { #value } else { #nothing })
    }

    fn no_tangent(&self) -> TokenStream {
        let (rt, primal) = (&self.cx.rt, self.primal());
        quote! {
            let __value = #primal;
            let __tangent = #rt::zero_like(&__value);
            (__value, __tangent)
        }
    }

    /// What a rule of the runtime is told about a run.
    fn run(&self, keep: &TokenStream) -> TokenStream {
        let rt = &self.cx.rt;
        let on = self.each().map(|(k, _)| self.on(k));
        let restore = self.each().map(|(k, _)| self.restores(k));
        quote!(#rt::Run { on: [#(#on),*], restore: [#(#restore),*], keep: #keep })
    }

    fn provided_adjoint(&self, module: &Path) -> TokenStream {
        let rt = &self.cx.rt;
        let Arguments {
            tape,
            sel,
            seed,
            slots,
            ..
        } = &self.fixed;
        let (fwd, rev, keep) = (self.phase("FWD"), self.phase("REV"), self.phase("TAPE"));
        let run = self.run(&keep);
        let forward = self.each().map(|(k, p)| self.again(k, p));
        let reverse = self.each().map(|(k, p)| {
            let (arg, slot) = (self.again(k, p), &slots[k]);
            quote!(#arg, #slot)
        });
        let value = self.out(&quote!(__value));
        quote! {
            let __run = #run;
            let (__value, __kept) = if #fwd {
                let (__value, __kept) = #module::forward(#sel, #tape, __run, #(#forward),*);
                if !#rev {
                    if #keep {
                        #rt::Record::push(__kept, #tape);
                    }
                    return #value;
                }
                (::core::option::Option::Some(__value), __kept)
            } else {
                (::core::option::Option::None, #rt::Record::pop(#tape))
            };
            #module::reverse(#sel, #tape, __run, __kept, #(#reverse,)* #seed);
            <__P as #rt::Phase>::out(__value)
        }
    }

    fn provided_tangent(&self, module: &Path) -> TokenStream {
        let Arguments {
            tape, sel, slots, ..
        } = &self.fixed;
        let run = self.run(&quote!(false));
        let args = self.each().map(|(k, p)| {
            let (arg, slot) = (self.again(k, p), &slots[k]);
            quote!(#arg, #slot)
        });
        quote! {
            let __run = #run;
            #module::tangent(#sel, #tape, __run, #(#args),*)
        }
    }
}
