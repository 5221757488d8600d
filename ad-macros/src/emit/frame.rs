//! The two sweeps of one body, and what passes from the one to the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::place::{Body, Sweep};
use super::stmt::Witnesses;
use crate::ir::visit::all_block_stmts;
use crate::ir::{Adjoint, Block, StmtKind, Var, VarInfo};

/// Frames are nested tuples of this many, within what the runtime implements.
const GROUP: usize = 8;

/// Both sweeps, each under its phase. `value` binds `__value`, what the function
/// returns, at the end of the forward sweep.
pub fn sweeps(body: &Body<'_>, adjoint: &Adjoint, value: &TokenStream) -> TokenStream {
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
    let looked_at = body.looked_at(&adjoint.frame, Span::mixed_site());
    quote! {
        #items
        #(#declared)*
        let (__value, #pattern) = if <__P as #rt::Phase>::FWD {
            #forward
            #value
            if !<__P as #rt::Phase>::REV {
                if <__P as #rt::Phase>::TAPE {
                    #rt::Record::push(#frame, #tape);
                }
                return <__P as #rt::Phase>::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), #frame)
        } else {
            (::core::option::Option::None, #rt::Record::pop(#tape))
        };
        #looked_at
        #reverse
        <__P as #rt::Phase>::out(__value)
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
