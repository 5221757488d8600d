//! Bodies that call the user's own rules: `custom(vjp = .., jvp = ..)`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::Rule;
use crate::emit::public::one_or_tuple;
use crate::emit::types::is_sliced;
use crate::ir::Passing;
use crate::syntax::given::Custom;
use crate::syntax::signature::Param;
use crate::syntax::source::tidy;
use crate::syntax::types::passing;

impl Rule<'_> {
    /// The forward sweep is the user's function, and what the reverse sweep needs
    /// are the initial values of the arguments that it overwrites: the rule
    /// computes the value anew. A run of both sweeps is one call of the rule.
    pub(super) fn custom_adjoint(&self, rules: &Custom) -> TokenStream {
        let (rt, tape) = (&self.cx.rt, &self.fixed.tape);
        let (fwd, rev, keep) = (self.phase("FWD"), self.phase("REV"), self.phase("TAPE"));
        let (any, note, primal) = (self.any(), self.note(rules), self.primal());
        let (value, nothing) = (self.out(&quote!(__value)), self.out_nothing());
        let Some(vjp) = &rules.vjp else {
            let missing = self.missing(&quote!(#rev && #any), "reverse", "vjp");
            return quote! {
                #missing
                if !#fwd {
                    return #nothing;
                }
                #note
                let __value = #primal;
                #value
            };
        };
        let pull = self.pull(vjp);
        let written: Vec<(usize, &Param)> = self
            .each()
            .filter(|(_, p)| p.passing == Passing::RefMut)
            .collect();
        let names: Vec<Ident> = written.iter().map(|(k, _)| initial_ident(*k)).collect();
        let types = written.iter().map(|(_, p)| self.initial_type(p));
        let copies = written.iter().map(|(k, p)| {
            let (restores, copy) = (self.restores(*k), self.copy(*k, p));
            quote!((#keep && !#rev || #restores).then(|| #copy))
        });
        let back = |k: usize, p: &Param| {
            let (name, arg) = (initial_ident(k), &self.args[k]);
            match is_sliced(p) {
                true => quote!(#arg.clone_from_slice(#name)),
                false => quote!(::core::clone::Clone::clone_from(&mut *#arg, #name)),
            }
        };
        let start = written.iter().map(|(k, p)| {
            let (name, back) = (initial_ident(*k), back(*k, p));
            quote!(if let ::core::option::Option::Some(#name) = &#name { #back; })
        });
        let restore: Vec<TokenStream> = written
            .iter()
            .map(|(k, p)| {
                let (name, back, restores) = (initial_ident(*k), back(*k, p), self.restores(*k));
                let give = is_sliced(p).then(|| {
                    quote!(if let ::core::option::Option::Some(#name) = #name { #tape.give(#name); })
                });
                quote! {
                    if let (true, ::core::option::Option::Some(#name)) = (#restores, &#name) { #back; }
                    #give
                }
            })
            .collect();
        let initial_types = quote!((#(::core::option::Option<#types>,)*));
        quote! {
            if #fwd {
                #note
                let (#(#names,)*): #initial_types = (#(#copies,)*);
                if #rev {
                    let __value = if #any { #pull } else { #primal };
                    #(#restore)*
                    return #value;
                }
                if #keep {
                    #rt::Record::push((#(#names,)*), #tape);
                }
                let __value = #primal;
                return #value;
            }
            let (#(#names,)*): #initial_types = #rt::Record::pop(#tape);
            if #any {
                #(#start)*
                #pull;
            }
            #(#restore)*
            #nothing
        }
    }

    pub(super) fn custom_tangent(&self, rules: &Custom) -> TokenStream {
        let rt = &self.cx.rt;
        let (any, note, primal) = (self.any(), self.note(rules), self.primal());
        let plain = quote! {
            let __value = #primal;
            let __tangent = #rt::zero_like(&__value);
            (__value, __tangent)
        };
        let Some(jvp) = &rules.jvp else {
            let missing = self.missing(&any, "forward", "jvp");
            return quote!(#missing #plain);
        };
        let (result, tangent) = (self.cx.result(), self.cx.result_tangent());
        let output = &self.cx.sig.output;
        let (returned, bound) = match (output.written.is_some(), output.carries_float()) {
            (false, _) => (quote!(()), quote!((__value, ()))),
            (true, true) => (quote!((#result, #tangent)), quote!(__value)),
            (true, false) => (
                result,
                quote!({ let __tangent = #rt::zero_like(&__value); (__value, __tangent) }),
            ),
        };
        let types = self.each().map(|(_, p)| {
            let (ty, tangent) = (&p.written, self.cx.tangent_argument(p));
            let tangent = p.active.then(|| quote!(, #tangent));
            quote!(#ty #tangent)
        });
        let rule = typed(jvp, &quote!(fn(#(#types),*) -> #returned));
        let zeros = self.active().map(|(k, p)| self.present(k, p));
        let args = self.each().map(|(k, p)| {
            let arg = self.again(k, p);
            let tangent = tangent_ident(k);
            let tangent = p.active.then(|| quote!(, #tangent));
            quote!(#arg #tangent)
        });
        quote! {
            if !#any {
                #plain
            } else {
                #note
                #(#zeros)*
                #rule
                let __value = __rule(#(#args),*);
                #bound
            }
        }
    }

    /// The tangent of an argument: the caller's, or zero where it is inactive.
    fn present(&self, k: usize, param: &Param) -> TokenStream {
        let rt = &self.cx.rt;
        let (on, arg, slot) = (self.on(k), &self.args[k], &self.fixed.slots[k]);
        let (name, zero) = (tangent_ident(k), zero_ident(k));
        let ty = self.cx.tangent_argument(param);
        let none = quote!(let mut #zero = ::core::option::Option::None;);
        match param.passing {
            Passing::Value if is_sliced(param) => quote! {
                let #name: #ty = if #on { #slot.to_vec() } else { #rt::zero_like(&#arg) };
            },
            Passing::Value => quote! {
                let #name: #ty = if #on { ::core::clone::Clone::clone(#slot) } else { #rt::zero_like(&#arg) };
            },
            Passing::Ref => quote! {
                #none
                let #name: #ty = if #on { #slot } else { #zero.insert(#rt::zero_like(#arg)) };
            },
            Passing::RefMut => quote! {
                #none
                let #name: #ty = if #on { #slot } else { #zero.insert(#rt::zero_like(&*#arg)) };
            },
        }
    }

    /// One call of the user's `vjp`: its cotangents are added to the slots, and its
    /// value is the value of the expression.
    fn pull(&self, vjp: &Path) -> TokenStream {
        let (rt, cx) = (&self.cx.rt, self.cx);
        let seed = &self.fixed.seed;
        let output = &cx.sig.output;
        let returned = || self.active().filter(|(_, p)| p.passing != Passing::RefMut);
        let cotangents = one_or_tuple(returned().map(|(_, p)| cx.cotangent(p)));
        let names = one_or_tuple(returned().map(|(k, _)| tangent_ident(k).into_token_stream()));
        let (result, seed_ty) = (cx.result(), cx.result_tangent());
        let (types, pattern, value) = match output.written {
            Some(_) => (
                quote!((#result, #cotangents)),
                quote!((__value, #names)),
                quote!(__value),
            ),
            None => (cotangents, names, quote!(())),
        };
        let written = |p: &Param| p.active && p.passing == Passing::RefMut;
        let inputs = self.each().map(|(_, p)| {
            let (ty, slot) = (&p.written, cx.slot(p));
            let slot = written(p).then(|| quote!(&mut #slot,));
            quote!(#ty, #slot)
        });
        let (seed_ty, seed) = match output.carries_float() {
            true => (quote!(#seed_ty), quote!(::core::clone::Clone::clone(#seed))),
            false => (TokenStream::new(), TokenStream::new()),
        };
        let rule = typed(vjp, &quote!(fn(#(#inputs)* #seed_ty) -> #types));
        let slots = self.each().filter(|(_, p)| written(p)).map(|(k, p)| {
            let (on, slot, arg, ty) = (self.on(k), &self.fixed.slots[k], &self.args[k], cx.slot(p));
            let (name, zero) = (tangent_ident(k), zero_ident(k));
            quote! {
                let mut #zero = ::core::option::Option::None;
                let #name: &mut #ty =
                    if #on { &mut *#slot } else { #zero.insert(#rt::zero_like(&*#arg)) };
            }
        });
        let args = self.each().map(|(k, p)| {
            let (arg, slot) = (self.again(k, p), tangent_ident(k));
            let slot = written(p).then(|| quote!(#slot,));
            quote!(#arg, #slot)
        });
        let path = tidy(vjp.to_token_stream());
        let added = returned().map(|(k, p)| {
            let (on, slot, name) = (self.on(k), &self.fixed.slots[k], tangent_ident(k));
            let add = match is_sliced(p) {
                false => quote!(#rt::add(#slot, &#name);),
                true => {
                    let (given, of) = (format!("{}_adj` of `{path}", p.name), p.name.to_string());
                    quote! {
                        #rt::check_len(#given, #name.len(), #of, #slot.len());
                        #rt::add_slice(#slot, &#name);
                    }
                }
            };
            quote!(if #on { #add })
        });
        quote! {{
            #rule
            #(#slots)*
            let #pattern = __rule(#(#args)* #seed);
            #(#added)*
            #value
        }}
    }

    /// Notes the selections of a run, where someone asks for them.
    fn note(&self, rules: &Custom) -> TokenStream {
        let (rt, runtime) = (&self.cx.rt, &self.cx.runtime);
        let (tape, sel, any) = (&self.fixed.tape, &self.fixed.sel, self.any());
        let note = match (&rules.sites, &rules.trace) {
            (None, _) => return TokenStream::new(),
            (Some(_), None) => {
                let sites = self.cx.sites_used(Span::mixed_site());
                quote!(#rt::note_unknown(#sel, #tape, #sites);)
            }
            (Some(_), Some(trace)) => {
                let types = self.each().map(|(_, p)| {
                    let (ty, (_, inner)) = (&p.written, passing(&p.written));
                    match p.passing {
                        Passing::RefMut => quote!(&#inner),
                        Passing::Ref | Passing::Value => quote!(#ty),
                    }
                });
                let args = self.each().map(|(k, p)| {
                    let arg = &self.args[k];
                    match p.passing {
                        Passing::RefMut => quote!(&*#arg),
                        Passing::Ref => quote!(#arg),
                        Passing::Value => quote!(::core::clone::Clone::clone(&#arg)),
                    }
                });
                let rule = typed(trace, &quote!(fn(#(#types,)* &mut #runtime::Notes<'_>)));
                quote! {
                    #rule
                    __rule(#(#args,)* &mut #rt::Notes::new(#sel, #tape));
                }
            }
        };
        quote! {
            if <__S as #rt::Selector>::LOGS && #any {
                #note
            }
        }
    }

    /// A mode without a rule. The condition is constant in each instance of the
    /// body, and only instances that someone runs are made.
    fn missing(&self, asked: &TokenStream, mode: &str, argument: &str) -> TokenStream {
        let name = &self.cx.sig.ident;
        let text = format!(
            "`{name}` has no rule of {mode} mode, and an active value reaches it in {mode} mode; \
             help: give it one: custom({argument} = ..)"
        );
        quote_spanned!(name.span()=> const { ::core::assert!(!(#asked), #text) };)
    }

    /// A copy of the initial value of a parameter that is overwritten.
    fn copy(&self, k: usize, param: &Param) -> TokenStream {
        let (arg, tape) = (&self.args[k], &self.fixed.tape);
        match is_sliced(param) {
            true => quote!(#tape.copy_of(&*#arg)),
            false => quote!(::core::clone::Clone::clone(&*#arg)),
        }
    }

    fn initial_type(&self, param: &Param) -> TokenStream {
        match passing(&param.written).1 {
            syn::Type::Slice(slice) => {
                let elem = &slice.elem;
                quote!(::std::vec::Vec<#elem>)
            }
            ty => quote!(#ty),
        }
    }
}

/// The rule as a function of exactly this type: rustc reports any other where the
/// user names it.
fn typed(path: &Path, ty: &TokenStream) -> TokenStream {
    quote_spanned!(path.span()=> let __rule: #ty = #path;)
}

fn initial_ident(k: usize) -> Ident {
    format_ident!("__initial_{k}", span = Span::mixed_site())
}

fn tangent_ident(k: usize) -> Ident {
    format_ident!("__tangent_{k}", span = Span::mixed_site())
}

fn zero_ident(k: usize) -> Ident {
    format_ident!("__zero_{k}", span = Span::mixed_site())
}
