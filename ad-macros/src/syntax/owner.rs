//! The type that a method belongs to.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Pat, ReceiverKind, Type, parse_quote};

use super::options::Options;
use super::signature::{Param, activity};
use super::types::{Class, Known, argument_of, passing, strip};
use crate::diag::Errors;
use crate::ir::Passing;

/// What an `impl` or `trait` says about the functions in it. The attribute of a
/// single method does not see it.
#[derive(Clone, Default)]
pub struct Owner {
    /// The generic parameters of the `impl` or `trait`.
    pub generics: syn::Generics,
    /// The type of the `impl`, if it is seen.
    pub ty: Option<Type>,
    pub kind: Kind,
}

/// Where the functions of an owner stand, and with them their derivatives.
#[derive(Clone, Default)]
pub enum Kind {
    /// In an `impl` of the type's own.
    #[default]
    Inherent,
    /// In an `impl` of an operator: its function becomes a free one.
    Operator,
    /// In a trait with this path: what is the same for all types is there, and what
    /// belongs to a body that the trait does not give is declared.
    Trait(syn::Path),
    /// In an `impl` of an annotated trait with this path: only what belongs to the
    /// body.
    OfTrait(syn::Path),
}

/// What the runtime's trait of an operator is implemented for.
pub struct Rules {
    /// The trait.
    pub name: Ident,
    pub of: Type,
    /// The type of the right operand; a unary operator has none.
    pub other: Option<Type>,
    pub output: Type,
}

impl Owner {
    /// All generic parameters in the scope of a function of the type.
    pub fn scope(&self, own: &syn::Generics) -> syn::Generics {
        let mut scope = self.generics.clone();
        scope.params.extend(own.params.iter().cloned());
        if let Some(clause) = &own.where_clause {
            let all = scope.make_where_clause();
            all.predicates.extend(clause.predicates.iter().cloned());
        }
        scope
    }

    /// Writes `f64` or `[f64; 3]` for `Self` in a signature, where `Self` is such a
    /// type: its tokens tell more. A type of the user's stays `Self`.
    pub fn spell_out(&self, sig: &mut syn::Signature) {
        if let Some(ty) = self.spelled_out() {
            SpellOut(ty).visit_signature_mut(sig);
        }
    }

    /// The type of the `impl`, where it is not one of the user's.
    fn spelled_out(&self) -> Option<&Type> {
        let known = Known::default();
        let ty = self.ty.as_ref()?;
        let spelled = match self.kind {
            Kind::Operator => true,
            // The trait says `Self`, and the cotangent of a vector is a slice only
            // where its tokens are seen.
            Kind::OfTrait(_) if matches!(strip(ty), Type::Slice(_)) => false,
            Kind::OfTrait(_) if argument_of(ty, "Vec").is_some() => false,
            _ => !matches!(known.class(ty), Class::Named),
        };
        spelled.then_some(ty)
    }
}

struct SpellOut<'a>(&'a Type);

impl VisitMut for SpellOut<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("Self") => *ty = self.0.clone(),
            ty => visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// Whether a function that stands alone before the attribute belongs to a type:
/// it has a receiver or says `Self`.
pub fn belongs_to_a_type(item: &syn::ItemFn) -> bool {
    item.sig.receiver().is_some() || mentions_self(item.to_token_stream())
}

fn mentions_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(i) => i == "Self",
        TokenTree::Group(g) => mentions_self(g.stream()),
        _ => false,
    })
}

/// What to write instead, where one method of an annotated `impl` may be left out.
pub fn method_hint(help: &str, owner: Option<&Owner>) -> String {
    match owner {
        Some(_) => format!(
            "{help}; or leave the method out: `#[conservative_grad(skip)]` on it, in an annotated `impl`"
        ),
        None => help.to_owned(),
    }
}

/// `self`, `&self`, `&mut self`, `self: &Self`.
pub(super) fn receiver(
    receiver: &syn::Receiver,
    owner: Option<&Owner>,
    known: &Known<'_>,
    options: &Options,
    errors: &mut Errors,
) -> Param {
    let name = Ident::new("self", receiver.self_token.span);
    let own = owner.and_then(|owner| owner.ty.as_ref());
    let spelled = owner.and_then(Owner::spelled_out);
    let of: Type = spelled.cloned().unwrap_or_else(|| {
        let of = Ident::new("Self", receiver.self_token.span);
        parse_quote!(#of)
    });
    let written: Type = match &receiver.kind {
        ReceiverKind::Reference(and, lifetime, mutability) => {
            parse_quote!(#and #lifetime #mutability #of)
        }
        ReceiverKind::Typed(_, ty) => (**ty).clone(),
        _ => of.clone(),
    };
    let (how, inner) = passing(&written);
    if *inner != *passing(&of).1 {
        let help = "write `self`, `&self` or `&mut self`";
        errors.push(
            written.span(),
            "this receiver is not supported",
            method_hint(help, owner),
        );
    }
    let wanted = options.wrt.as_ref().is_none_or(|wrt| wrt.contains(&name));
    let class_of = own.map_or(inner, |own| passing(own).1);
    let active = wanted && activity(&name, class_of, known, options.wrt.is_some(), errors);
    Param {
        pat: Pat::Ident(syn::PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: receiver.mutability.filter(|_| how == Passing::Value),
            ident: name.clone(),
            subpat: None,
        }),
        name,
        passing: how,
        ty: known.ir_type(inner),
        written: written.clone(),
        active,
        function: None,
    }
}
