//! One mistake in a call is one error. A call of the user's becomes several calls of
//! hidden functions, and rustc would report a wrong argument at each.
//!
//! So the user's body is written a second time, as a closure in a constant that nobody
//! runs. Its tokens are the user's, with their positions, so that rustc reports what is
//! wrong in it in the words in which it has reported it of the function, and prints it
//! once. A type that is made with a constant that has errors is an error that has been
//! reported: what is called by way of it is not looked at.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::visit::Visit;
use syn::{FnArg, Type};

use super::{Context, docs};
use crate::ir::visit::all_block_stmts;
use crate::ir::{Adjoint, Callee, Op, StmtKind};
use crate::syntax::loops;
use crate::syntax::signature::Signature;
use crate::syntax::types::INTS;

const NAME: &str = "__CHECKED";

/// Whether the calls of a function are made by way of its constant. A constant knows
/// neither the type parameters of a function nor its `self`.
pub fn is_checked(sig: &Signature, adjoint: &Adjoint) -> bool {
    let plain = sig.owner.is_none()
        && sig.scope.params.is_empty()
        && sig.scope.where_clause.is_none()
        && sig.params.iter().all(|p| p.function.is_none());
    plain && calls_functions(adjoint) && !may_borrow(&sig.as_written)
}

/// What stands beside the function's hidden ones.
pub fn constant(cx: &Context<'_>, function: &syn::ItemFn) -> TokenStream {
    let name = Ident::new(NAME, Span::call_site());
    let allowed = docs::allowed();
    let lints = function.attrs.iter().filter_map(lint);
    let inputs = &function.sig.inputs;
    let mut body = function.block.clone();
    loops::strip(&mut body);
    let result = match &cx.sig.output.written {
        Some(ty) => quote!(#ty),
        None => quote!(()),
    };
    quote! {
        #[doc(hidden)]
        #allowed
        #(#lints)*
        const #name: usize = {
            let _ = |#inputs| -> #result #body;
            0
        };
    }
}

/// What is said of lints; what is expected of the function need not happen here again.
fn lint(attr: &syn::Attribute) -> Option<syn::Attribute> {
    let mut attr = attr.clone();
    if let syn::Meta::List(list) = &mut attr.meta
        && list.path.is_ident("expect")
    {
        list.path = syn::parse_quote!(allow);
    }
    let kept = attr.path().is_ident("allow") || attr.path().is_ident("warn");
    kept.then_some(attr)
}

/// What a body has in scope for its calls.
pub fn alias(cx: &Context<'_>) -> TokenStream {
    let (rt, item) = (&cx.rt, cx.item());
    let name = Ident::new(NAME, Span::call_site());
    quote!(type __Checked = #rt::Checked<{ #item::#name }>;)
}

fn calls_functions(adjoint: &Adjoint) -> bool {
    let mut found = false;
    all_block_stmts(&adjoint.forward, &mut |stmt| {
        if let StmtKind::Let(_, op) | StmtKind::Declare(_, Some(op)) = &stmt.kind
            && let Op::Call(call) | Op::CallForward(call, _) = op
        {
            found |= matches!(call.callee, Callee::Function(_) | Callee::Associated(_));
        }
    });
    found
}

/// Whether the result may borrow from the parameters, as far as tokens tell: the result of
/// a closure cannot say so.
fn may_borrow(sig: &syn::Signature) -> bool {
    let owned = |ty: &Type| {
        let mut owned = Owned(true);
        owned.visit_type(ty);
        owned.0
    };
    let result = match &sig.output {
        syn::ReturnType::Default => true,
        syn::ReturnType::Type(_, ty) => owned(ty),
    };
    let inputs = || {
        sig.inputs.iter().all(|input| match input {
            FnArg::Receiver(_) => false,
            FnArg::Typed(input) => owned(&input.ty),
        })
    };
    !(result || inputs())
}

/// Whether a type borrows nothing: all of its names are known.
struct Owned(bool);

impl<'ast> Visit<'ast> for Owned {
    fn visit_type(&mut self, ty: &'ast Type) {
        match ty {
            Type::Path(_) | Type::Array(_) | Type::Tuple(_) | Type::Paren(_) | Type::Group(_) => {
                syn::visit::visit_type(self, ty);
            }
            _ => self.0 = false,
        }
    }

    fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
        const KNOWN: [&str; 8] = [
            "f64", "f32", "bool", "String", "Vec", "Option", "Result", "Box",
        ];
        let name = segment.ident.to_string();
        self.0 &= KNOWN.contains(&name.as_str()) || INTS.contains(&name.as_str());
        syn::visit::visit_path_segment(self, segment);
    }

    // The length of an array.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
}
