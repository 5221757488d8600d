//! The two sweeps of one body, and what passes from the one to the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::place::{Body, Sweep};
use super::stmt::Witnesses;
use crate::ir::visit::all_block_stmts;
use crate::ir::{Adjoint, Block, Passing, StmtKind, Var, VarInfo};

/// Frames are nested tuples of this many, within what the runtime implements.
const GROUP: usize = 8;

/// Both sweeps, each under its phase. `value` binds `__value`, what the function
/// returns, at the end of the forward sweep.
pub fn sweeps(
    body: &Body<'_>,
    adjoint: &Adjoint,
    value: &TokenStream,
    failure: &Failure,
) -> TokenStream {
    let first_order = body.sweep.get() == Sweep::Forward;
    let rt = &body.cx.rt;
    let tape = &body.fixed.tape;
    let items = body.items(&adjoint.forward);
    let witnesses = witnesses(body, &[&adjoint.forward, &adjoint.reverse]);
    let declared = witnesses
        .values()
        .map(|name| quote!(let #name = #rt::witness();));
    let forward = body.block(&adjoint.forward, &witnesses);
    body.sweep.set(Sweep::Reverse);
    let reverse = body.block(&adjoint.reverse, &witnesses);
    let frame = nested(
        &adjoint
            .frame
            .iter()
            .map(|v| {
                let name = body.owner(*v);
                quote!(#name)
            })
            .collect::<Vec<_>>(),
    );
    let pattern = nested(
        &adjoint
            .frame
            .iter()
            .map(|v| {
                let name = body.owner(*v);
                let mutable = body.mutability(*v, false, Span::mixed_site());
                quote!(#mutable #name)
            })
            .collect::<Vec<_>>(),
    );
    // What the caller of a row keeps is not kept here.
    let (keep, kept) = match body.cx.keeps_result_outside() && first_order {
        true => (quote!(), quote!((::core::clone::Clone::clone(__result),))),
        false => (
            quote! {
                if __P::TAPE {
                    #rt::Record::push(#frame, #tape);
                }
            },
            quote!(#rt::Record::pop(#tape)),
        ),
    };
    let Failure {
        begin,
        fails,
        went_on,
        has_failed,
        end,
    } = failure;
    let looked_at = body.looked_at(&adjoint.frame, Span::mixed_site());
    quote! {
        #items
        #(#declared)*
        let (__value, #pattern) = if __P::FWD {
            #begin
            #forward
            #value
            #fails
            if !__P::REV {
                #keep
                #went_on
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), #frame)
        } else {
            #has_failed
            (::core::option::Option::None, #kept)
        };
        #looked_at
        #reverse
        #end
        __P::out(__value)
    }
}

/// Both sweeps in one scope.
pub fn in_one(body: &Body<'_>, adjoint: &Adjoint, value: &TokenStream) -> TokenStream {
    let rt = &body.cx.rt;
    let witnesses = witnesses(body, &[&adjoint.forward, &adjoint.reverse]);
    let declared = witnesses
        .values()
        .map(|name| quote!(let #name = #rt::witness();));
    let forward = body.block(&adjoint.forward, &witnesses);
    body.sweep.set(Sweep::Reverse);
    let reverse = body.block(&adjoint.reverse, &witnesses);
    quote! {
        #(#declared)*
        #forward
        #value
        #reverse
    }
}

/// What a function does that may end without a content, `None` or `Err`: its sweep
/// backward is left out, so that a partial that is infinite never meets a cotangent
/// that is zero.
#[derive(Default)]
pub struct Failure {
    begin: TokenStream,
    fails: TokenStream,
    went_on: TokenStream,
    has_failed: TokenStream,
    end: TokenStream,
}

/// A call from outside just returns. Another one takes back what it has put on the
/// tape, unless `&mut` parameters carry derivatives past its failure.
pub fn failure(body: &Body<'_>) -> Failure {
    let (rt, tape) = (&body.cx.rt, &body.fixed.tape);
    let sig = body.cx.sig;
    if sig.output.content.is_none() {
        return Failure::default();
    }
    let none = quote!(::core::option::Option::None);
    let returned = quote!(return __P::out(::core::option::Option::Some(__value)););
    if sig.params.iter().any(|p| p.passing == Passing::RefMut) || body.cx.keeps_result_outside() {
        return Failure {
            fails: quote!(if __P::FINAL && !#rt::is_there(&__value) { #returned }),
            ..Failure::default()
        };
    }
    Failure {
        begin: quote!(let __mark = if __P::TAPE && !__P::FINAL { #tape.mark() } else { 0 };),
        fails: quote! {
            if __P::TAPE && !#rt::is_there(&__value) {
                if !__P::FINAL {
                    #tape.rewind(__mark);
                }
                if !__P::REV {
                    #tape.push_word(0);
                }
                #returned
            }
        },
        went_on: quote!(if __P::TAPE { #tape.push_word(1); }),
        has_failed: quote!(if #tape.pop_word() == 0 { return __P::out(#none); }),
        end: quote!(if !__P::FINAL { #tape.unmark(); }),
    }
}

/// `(a, b, (c, d))`: tuples of at most [`GROUP`], however many there are.
fn nested(parts: &[TokenStream]) -> TokenStream {
    if parts.len() <= GROUP {
        return quote!((#(#parts,)*));
    }
    let groups: Vec<TokenStream> = parts.chunks(GROUP).map(nested).collect();
    nested(&groups)
}

/// A zero-sized witness ties the type of what is popped to what was pushed.
fn witnesses(body: &Body<'_>, blocks: &[&Block]) -> Witnesses {
    let mut witnesses = Witnesses::new();
    for block in blocks {
        all_block_stmts(block, &mut |stmt| {
            let vars: &[Var] = match &stmt.kind {
                StmtKind::Push(vars) | StmtKind::Pop(vars) => vars,
                StmtKind::For(l) => &l.rows,
                _ => &[],
            };
            for var in vars {
                witnesses
                    .entry(*var)
                    .or_insert_with(|| witness_name(body.info(*var), *var));
            }
        });
    }
    witnesses
}

fn witness_name(info: &VarInfo, var: Var) -> Ident {
    let name = info.name.trim_start_matches("r#");
    format_ident!("__type_of_{name}_{}", var.0, span = Span::mixed_site())
}
