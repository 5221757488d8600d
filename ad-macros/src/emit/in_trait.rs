//! What a trait's functions, and a type's functions of a trait, are made of.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericArgument, Path, PathArguments, Type};

use super::Context;
use super::home::plain;
use crate::ir::Passing;
use crate::syntax::owner::{Kind, Owner};
use crate::syntax::types::{differentiable_generics, type_generics};

/// Methods of traits that are in scope everywhere. `Type::from` is ambiguous where a trait of
/// the user's has a function of this name, too.
const OF_PRELUDE: [&str; 14] = [
    "as_mut",
    "as_ref",
    "clone",
    "clone_from",
    "cmp",
    "default",
    "eq",
    "from",
    "into",
    "ne",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_from",
];

/// Says of a function of a trait whether it is cheap to run again.
const CHEAP: &str = "is_cheap";

impl Context<'_> {
    /// The `impl` or trait in which the function stands.
    fn kind(&self) -> Option<&Kind> {
        self.sig.owner.as_ref().map(|owner| &owner.kind)
    }

    /// Whether the function is declared in a trait, with a body or without.
    pub fn in_trait(&self) -> bool {
        matches!(self.kind(), Some(Kind::Trait(_)))
    }

    /// Whether the function is one that a type has of a trait.
    pub fn of_trait(&self) -> bool {
        matches!(self.kind(), Some(Kind::OfTrait(_)))
    }

    /// What the functions of the same owner are found in. A type may have several
    /// functions of one name, from several traits.
    pub fn own(&self) -> TokenStream {
        match self.kind() {
            Some(Kind::Trait(path) | Kind::OfTrait(path)) => quote!(<Self as #path>),
            _ => quote!(Self),
        }
    }

    /// The bounds of a trait's derivatives, which keep the trait fit for `dyn` and ask
    /// for a tangent where they speak of one.
    pub fn bounds_of_self(&self) -> Vec<TokenStream> {
        if !self.in_trait() {
            return Vec::new();
        }
        let rt = &self.rt;
        let whole = |ty: &Type| mentions_whole_self(ty.to_token_stream());
        let active = || self.sig.params.iter().filter(|p| p.active);
        let by_value = active().filter(|p| p.passing == Passing::Value);
        let given = by_value.map(|p| &p.written).any(whole);
        let kept = given || self.sig.output.written.iter().any(whole);
        let mut bounds = vec![quote!(Self: ::core::marker::Sized)];
        if given {
            bounds.push(quote!(Self: ::core::clone::Clone));
        }
        if kept {
            bounds.push(quote!(Self: #rt::Keep));
        } else if active().any(|p| whole(&p.written)) {
            bounds.push(quote!(Self: #rt::Differentiable));
        }
        bounds
    }

    /// The bounds of the type parameters whose values a body may keep, and copy where it
    /// is given them to change. Those of an `impl` have the bounds that the user gave
    /// them, where the trait does not know them.
    pub fn kept_generics(&self) -> Vec<TokenStream> {
        let mut all = differentiable_generics(&self.sig.scope);
        if let Some(Kind::OfTrait(path)) = self.kind() {
            let own = type_generics(&self.sig.generics);
            let arguments = last_arguments(path);
            all.retain(|name| own.contains(name) || arguments.contains(name));
        }
        let rt = &self.rt;
        let bound = |name: &Ident| {
            let given =
                self.sig.params.iter().any(|p| {
                    p.passing != Passing::Ref && mentions(p.written.to_token_stream(), name)
                });
            match given {
                true => quote!(#name: #rt::Keep + ::core::clone::Clone),
                false => quote!(#name: #rt::Keep),
            }
        };
        all.iter().map(bound).collect()
    }

    /// Refuses a type whose own method of the same name has no derivative: callers run
    /// that one, and would get the derivative of this. A function that takes functions
    /// has no type to be compared by.
    pub fn compared(&self) -> TokenStream {
        let Some(Kind::OfTrait(path)) = self.kind() else {
            return TokenStream::new();
        };
        let own_name = plain(&self.sig.ident);
        let takes_functions = self.sig.params.iter().any(|p| p.function.is_some());
        let has_receiver = self.sig.as_written.receiver().is_some();
        let of_std = !has_receiver && self.sig.owner.as_ref().is_some_and(is_of_std);
        if takes_functions || of_std || OF_PRELUDE.contains(&own_name.as_str()) {
            return TokenStream::new();
        }
        let sp = self.sig.ident.span();
        let rt = &self.rt;
        let rt = quote!(#rt::delegation);
        let (generics, clause) = self.as_written();
        let (lead, hidden) = (self.lead_hidden(), self.hidden("primal"));
        let (method, turbofish) = (&self.sig.ident, self.turbofish(0));
        let mut in_scope = path.clone();
        if let Some(last) = in_scope.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        let checks = quote_spanned! {sp=>
            #rt::agree((
                #rt::Both(Self::#method #turbofish, <Self as #path>::#method #turbofish).compared(),
                #rt::Both(Self::#hidden #turbofish, <Self as #path>::#hidden #turbofish).compared(),
            ));
        };
        quote! {
            #lead
            fn #hidden #generics() #clause {
                use #in_scope as _;
                use #rt::Otherwise as _;
                #checks
            }
        }
    }

    /// The generic parameters and the `where` clause of the user's function.
    pub fn as_written(&self) -> (TokenStream, TokenStream) {
        let generics = &self.sig.as_written.generics;
        let user = generics.where_clause.iter().flat_map(|w| &w.predicates);
        let mut all: Vec<TokenStream> = user.map(|p| quote!(#p)).collect();
        if self.in_trait() || self.of_trait() {
            all.push(quote!(Self: ::core::marker::Sized));
        }
        match all.is_empty() {
            true => (quote!(#generics), TokenStream::new()),
            false => (quote!(#generics), quote!(where #(#all,)*)),
        }
    }

    /// When the reverse sweep of a method's caller may run it again, if ever. What a
    /// type makes of a trait's method is known when the type is.
    pub fn again(&self, recompute: bool, sel: &Ident) -> Option<TokenStream> {
        let rt = &self.rt;
        let plain = quote!(#rt::is_plain(#sel));
        if self.in_trait() {
            let (own, cheap) = (self.own(), self.hidden(CHEAP));
            return Some(quote!(#own::#cheap() && #plain));
        }
        (self.of_type() && recompute).then_some(plain)
    }

    /// Whether it is cheap to run again, of a function of a trait.
    pub fn is_cheap(&self, recompute: bool) -> TokenStream {
        if !self.in_trait() && !self.of_trait() {
            return TokenStream::new();
        }
        let (lead, name, clause) = (self.lead_hidden(), self.hidden(CHEAP), self.bounds());
        quote! {
            #lead
            #[inline(always)]
            fn #name() -> bool #clause { #recompute }
        }
    }

    /// The `where` clause of a function without the user's generic parameters.
    pub fn bounds(&self) -> TokenStream {
        let sized = self
            .in_trait()
            .then(|| quote!(where Self: ::core::marker::Sized));
        quote!(#sized)
    }

    /// The declaration of the table of sites.
    pub fn sites_declared(&self, docs: &[String], list: &TokenStream) -> TokenStream {
        let (lead, vis, table, runtime) = (self.lead(), &self.sig.vis, self.sites(), &self.runtime);
        let ty = quote!(&'static [#runtime::Site]);
        if self.in_trait() || self.of_trait() {
            let clause = self.bounds();
            return quote! {
                #lead
                #(#[doc = #docs])*
                #[inline(always)]
                fn #table() -> #ty #clause {
                    const TABLE: #ty = #list;
                    TABLE
                }
            };
        }
        quote! {
            #lead
            #(#[doc = #docs])*
            #vis const #table: #ty = #list;
        }
    }

    /// The table of sites, as it is used.
    pub fn sites_used(&self, sp: Span) -> TokenStream {
        let (own, table) = (self.own(), self.sites());
        match self.in_trait() || self.of_trait() {
            true => quote_spanned!(sp=> #own::#table()),
            false => quote_spanned!(sp=> #own::#table),
        }
    }
}

/// The type parameters that a trait is given.
fn last_arguments(path: &Path) -> Vec<Ident> {
    match path.segments.last().map(|s| &s.arguments) {
        Some(PathArguments::AngleBracketed(args)) => {
            let names = args.args.iter().filter_map(|arg| match arg {
                GenericArgument::Type(Type::Path(path)) => path.path.get_ident().cloned(),
                _ => None,
            });
            names.collect()
        }
        _ => Vec::new(),
    }
}

fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

/// Whether tokens speak of `Self` itself, not of `Self::Something`.
fn mentions_whole_self(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                !matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':')
            }
            TokenTree::Group(group) => mentions_whole_self(group.stream()),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

/// Whether it is an `impl` for a type of std's.
fn is_of_std(owner: &Owner) -> bool {
    let known = ["Vec", "Box", "String", "Option", "Result", "f32", "f64"];
    match &owner.ty {
        Some(Type::Path(ty)) => {
            let last = ty.path.segments.last();
            last.is_some_and(|last| known.iter().any(|name| last.ident == name))
        }
        other => other.is_some(),
    }
}
