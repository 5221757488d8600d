//! The attribute on an `impl` of `Index` or `IndexMut`: an element of an active value has
//! its place in the tangent, too.
//!
//! An index by a tuple, `m[(i, j)]`, may be computed from what a tangent has not, such as
//! the number of columns. If the body ends in a place, `&self.data[i * self.cols + j]`,
//! the type finds the numbers in it once, and the same place is taken in the value and in
//! the tangent. Every other body runs on the tangent as it is: `match i { 0 => &self.x,
//! .. }`. What a caller sees of `v[i]` may as well be a `Vec`, so an index by one value is
//! an index of the tangent's type.

mod tokens;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{
    Block, Expr, FnArg, GenericArgument, GenericParam, ImplItem, ImplItemFn, ItemImpl, Member, Pat,
    Path, PathArguments, Stmt, Type,
};

use self::tokens::{MadeMutable, fields, on, without_assertions, without_mut};
use crate::diag::Errors;
use crate::emit;
use crate::syntax::options::Options;
use crate::syntax::source::tidy;
use crate::syntax::types::{float_generics, strip};

/// Whether a trait is one of the two.
pub fn is_index(path: &Path) -> bool {
    let last = path.segments.last();
    last.is_some_and(|last| last.ident == "Index" || last.ident == "IndexMut")
}

/// What stands beside the `impl`.
pub fn index_impl(block: &ItemImpl, options: &Options, errors: &mut Errors) -> TokenStream {
    let Some(index) = UserIndex::parse(block, options) else {
        return TokenStream::new();
    };
    let by_tuple = matches!(index.by, Type::Tuple(_));
    // The place of another type's index may be nothing that a tape keeps.
    let by_number = matches!(&index.by, Type::Path(path) if path.path.is_ident("usize"));
    let mut generated = TokenStream::new();
    if index.mutable {
        generated.extend((by_tuple || by_number).then(|| index.same_place()));
    } else {
        generated.extend((by_tuple || by_number).then(|| index.of_value(errors)));
        generated.extend((!by_tuple).then(|| index.of_tangent(errors)));
    }
    let (allow, cfgs) = (emit::allowed(), block.attrs.iter());
    let cfgs = cfgs.filter(|a| a.path().is_ident("cfg"));
    quote!(#(#cfgs)* #allow const _: () = { #generated };)
}

struct UserIndex<'a> {
    block: &'a ItemImpl,
    method: &'a ImplItemFn,
    /// The type of the index.
    by: Type,
    /// The name that the method gives it.
    pat: Pat,
    /// `type Output`, of `Index` alone.
    output: Option<Type>,
    mutable: bool,
    rt: TokenStream,
}

impl<'a> UserIndex<'a> {
    fn parse(block: &'a ItemImpl, options: &Options) -> Option<Self> {
        let (path, _) = block.trait_.as_ref()?;
        let last = path.segments.last()?;
        let PathArguments::AngleBracketed(args) = &last.arguments else {
            return None;
        };
        let by = args.args.iter().find_map(|arg| match arg {
            GenericArgument::Type(ty) => Some(strip(ty).clone()),
            _ => None,
        })?;
        let method = block.items.iter().find_map(|item| match item {
            ImplItem::Fn(method) => Some(method),
            _ => None,
        })?;
        let pat = method.sig.inputs.iter().find_map(|input| match input {
            FnArg::Typed(input) => Some((*input.pat).clone()),
            FnArg::Receiver(_) => None,
        })?;
        let output = block.items.iter().find_map(|item| match item {
            ImplItem::Type(ty) if ty.ident == "Output" => Some(ty.ty.clone()),
            _ => None,
        });
        let runtime = match &options.runtime {
            Some(path) => quote!(#path),
            None => quote!(::ad_runtime),
        };
        Some(UserIndex {
            block,
            method,
            by,
            pat,
            output,
            mutable: last.ident == "IndexMut",
            rt: quote!(#runtime::__private),
        })
    }

    /// The generic parameters, and the bounds of the user's with those of numbers.
    fn generics(&self) -> (TokenStream, TokenStream) {
        let rt = &self.rt;
        let (declared, _, clause) = self.block.generics.split_for_impl();
        let user = clause.iter().flat_map(|clause| &clause.predicates);
        let floats = float_generics(&self.block.generics);
        let clause = quote!(where #(#user,)* #(#floats: #rt::Scalar,)*);
        (declared.to_token_stream(), clause)
    }

    /// `impl Indexed<(usize, usize)> for M`
    fn of_value(&self, errors: &mut Errors) -> TokenStream {
        let Some(output) = &self.output else {
            return TokenStream::new();
        };
        if let Type::Slice(t) = strip(output) {
            errors.push(
                t.span(),
                "not supported yet: an index by a tuple that gives a slice",
                "write a method that returns the numbers, or index the elements one by one",
            );
            return TokenStream::new();
        }
        let (rt, of, by, pat) = (&self.rt, &self.block.self_ty, &self.by, &self.pat);
        let (declared, clause) = self.generics();
        let text = self.text();
        let tan = Ident::new("__tan", Span::mixed_site());
        let body = &self.method.block;
        let (place_ty, place, shared, mutable) = match place_of(body) {
            Some((indices, place)) => {
                let stmts = &body.stmts[..body.stmts.len() - 1];
                let types = indices.iter().map(|_| quote!(usize));
                let place = on(&tan, place);
                (
                    quote!((#(#types,)*)),
                    quote!(#(#stmts)* (#(#indices,)*)),
                    quote!(&#place),
                    quote!(&mut #place),
                )
            }
            None => {
                let bind = quote!(let #pat = ::core::clone::Clone::clone(__place););
                let body = without_assertions(body.clone());
                let mut mutable = body.clone();
                MadeMutable.visit_block_mut(&mut mutable);
                let (shared, mutable) = (
                    on(&tan, body.to_token_stream()),
                    on(&tan, mutable.to_token_stream()),
                );
                (
                    quote!(#by),
                    quote!(__index),
                    quote!(#bind #shared),
                    quote!(#bind #mutable),
                )
            }
        };
        let given = match place_of(body) {
            Some(_) => quote!(#pat: #by),
            None => quote!(__index: #by),
        };
        quote! {
            impl #declared #rt::index::Indexed<#by> for #of #clause {
                type Element = #output;
                type Place = #place_ty;
                const BODY: &'static str = #text;
                #[inline(always)]
                #[track_caller]
                fn __place(&self, #given) -> Self::Place { #place }
                #[inline(always)]
                #[track_caller]
                fn __tan<'t>(#tan: &'t #rt::Tan<Self>, __place: &Self::Place) -> &'t #rt::Tan<Self::Element> {
                    #shared
                }
                #[inline(always)]
                #[track_caller]
                fn __tan_mut<'t>(#tan: &'t mut #rt::Tan<Self>, __place: &Self::Place) -> &'t mut #rt::Tan<Self::Element> {
                    #mutable
                }
            }
        }
    }

    /// `impl IndexedMut<(usize, usize)> for M`
    fn same_place(&self) -> TokenStream {
        let (rt, of, by) = (&self.rt, &self.block.self_ty, &self.by);
        let (declared, clause) = self.generics();
        let text = self.text();
        let fault = "conservative_grad: `index_mut` must lead to the place of `index`: write both alike, \
                     but for `mut`";
        let span = self.method.sig.ident.span();
        let check = quote_spanned! {span=>
            ::core::assert!(
                #rt::index::same_text(<Self as #rt::index::Indexed<#by>>::BODY, #text),
                #fault
            )
        };
        let check_now = self
            .block
            .generics
            .params
            .is_empty()
            .then(|| quote!(const _: () = <#of as #rt::index::IndexedMut<#by>>::SAME;));
        quote! {
            impl #declared #rt::index::IndexedMut<#by> for #of #clause {
                const SAME: () = #check;
            }
            #check_now
        }
    }

    /// The method's index and body, without `mut`.
    fn text(&self) -> String {
        let (pat, body) = (&self.pat, &self.method.block);
        tidy(without_mut(quote!(#pat #body)))
    }

    /// `impl Index<usize> for MTangent`
    fn of_tangent(&self, errors: &mut Errors) -> TokenStream {
        let Some(output) = &self.output else {
            return TokenStream::new();
        };
        let (rt, by, pat) = (&self.rt, &self.by, &self.pat);
        let of = self.tangent_type();
        let (declared, clause) = self.generics();
        if self.depends_on_other_fields(errors) {
            return TokenStream::new();
        }
        let body = without_assertions(self.method.block.clone());
        let (shared, mutable) = match place_of(&body) {
            Some((indices, place)) => {
                let stmts = &body.stmts[..body.stmts.len() - 1];
                let before = quote!(#(#stmts)* let __place = (#(#indices,)*););
                (quote!({ #before &#place }), quote!({ #before &mut #place }))
            }
            None => {
                let mut mutable = body.clone();
                MadeMutable.visit_block_mut(&mut mutable);
                (body.to_token_stream(), mutable.to_token_stream())
            }
        };
        quote! {
            impl #declared ::core::ops::Index<#by> for #of #clause {
                type Output = #rt::Tan<#output>;
                #[inline(always)]
                #[track_caller]
                fn index(&self, #pat: #by) -> &Self::Output #shared
            }
            impl #declared ::core::ops::IndexMut<#by> for #of #clause {
                #[inline(always)]
                #[track_caller]
                fn index_mut(&mut self, #pat: #by) -> &mut Self::Output #mutable
            }
        }
    }

    /// The type of the tangent: by its name where it is generic, since rustc takes no
    /// parameter from a projection.
    fn tangent_type(&self) -> TokenStream {
        let (rt, of) = (&self.rt, &self.block.self_ty);
        let generic = |param: &GenericParam| !matches!(param, GenericParam::Lifetime(_));
        match &**of {
            Type::Path(path) if self.block.generics.params.iter().any(generic) => {
                let mut path = path.clone();
                if let Some(last) = path.path.segments.last_mut() {
                    last.ident = format_ident!("{}Tangent", last.ident);
                }
                path.to_token_stream()
            }
            _ => quote!(<#of as #rt::Differentiable>::Tangent),
        }
    }

    /// An index into one field that is computed from another: the tangent of that one is
    /// no number.
    fn depends_on_other_fields(&self, errors: &mut Errors) -> bool {
        let Some((indices, place)) = place_of(&self.method.block) else {
            return false;
        };
        let own = fields(place);
        let before = errors.count();
        for (name, span) in indices.into_iter().flat_map(fields) {
            if !own.iter().any(|(other, _)| *other == name) {
                errors.push(
                    span,
                    format!(
                        "the place of an element depends on `{name}`, which the cotangent has not"
                    ),
                    "implement `Index<(usize,)>` and write `v[(i,)]`, or write methods that read and change an element",
                );
            }
        }
        errors.count() > before
    }
}

/// The indices and the place, `__tan.data[__place.0]` with `self` for the tangent, where
/// the body ends in a place of `self`.
fn place_of(body: &Block) -> Option<(Vec<TokenStream>, TokenStream)> {
    let Some(Stmt::Expr(Expr::Reference(end), None)) = body.stmts.last() else {
        return None;
    };
    if leaves_early(body) {
        return None;
    }
    let mut indices = Vec::new();
    let place = place(&end.expr, &mut indices)?;
    Some((indices, place))
}

fn leaves_early(body: &Block) -> bool {
    struct Found(bool);
    impl<'ast> syn::visit::Visit<'ast> for Found {
        fn visit_expr_return(&mut self, _: &'ast syn::ExprReturn) {
            self.0 = true;
        }
    }
    let mut found = Found(false);
    syn::visit::Visit::visit_block(&mut found, body);
    found.0
}

fn place(e: &Expr, indices: &mut Vec<TokenStream>) -> Option<TokenStream> {
    match e {
        Expr::Paren(e) => place(&e.expr, indices),
        Expr::Group(e) => place(&e.expr, indices),
        Expr::Path(path) if path.path.is_ident("self") => Some(quote!(#path)),
        Expr::Field(e) => {
            let (base, member) = (place(&e.base, indices)?, &e.member);
            Some(quote!(#base.#member))
        }
        Expr::Index(e) if !matches!(*e.index, Expr::Range(_) | Expr::Tuple(_)) => {
            let base = place(&e.expr, indices)?;
            let k = Member::from(indices.len());
            indices.push(e.index.to_token_stream());
            Some(quote!(#base[__place.#k]))
        }
        _ => None,
    }
}
