//! The fields of a type, and its generic parameters.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{DeriveInput, Fields, GenericParam, Member, Type};

use crate::diag::Errors;
use crate::syntax::types::{
    Class, Known, argument_of, float_generics, owned, strip, type_generics,
};

/// A struct, or a variant of an enum.
pub struct Shape {
    pub ident: Ident,
    pub style: Style,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Named,
    Tuple,
    Unit,
}

pub struct Field {
    pub member: Member,
    pub vis: syn::Visibility,
    pub ty: Type,
    pub kind: Kind,
    /// It holds a value of the type that is derived for, behind a `Box`.
    pub recursive: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A part of the tangent.
    Present,
    /// Holds no float.
    Absent,
    /// Holds none by the user's word: nothing is known about its type.
    Constant,
}

impl Shape {
    pub fn new(ident: &Ident, fields: &Fields, input: &DeriveInput, errors: &mut Errors) -> Shape {
        let (floats, generics) = (
            float_generics(&input.generics),
            type_generics(&input.generics),
        );
        let known = Known {
            floats: &floats,
            generics: &generics,
            ..Known::default()
        };
        let style = match fields {
            Fields::Named(_) => Style::Named,
            Fields::Unnamed(_) => Style::Tuple,
            Fields::Unit => Style::Unit,
        };
        let fields = fields.members().zip(fields.iter()).map(|(member, field)| {
            let kind = match is_constant(field, errors) {
                true => Kind::Constant,
                false if carries(&field.ty, &known) => Kind::Present,
                false => Kind::Absent,
            };
            Field {
                member,
                vis: field.vis.clone(),
                ty: field.ty.clone(),
                kind,
                recursive: kind == Kind::Present && holds(&field.ty, &input.ident),
            }
        });
        Shape {
            ident: ident.clone(),
            style,
            fields: fields.collect(),
        }
    }

    pub fn present(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.kind == Kind::Present)
    }

    /// How many values of the type itself a value of this shape holds.
    pub fn recursions(&self) -> usize {
        self.fields.iter().filter(|f| f.is_box_of_self()).count()
    }

    /// The fields that the tangent has: a tuple keeps its numbers.
    pub fn kept(&self) -> impl Iterator<Item = &Field> {
        let all = self.style == Style::Tuple;
        self.fields
            .iter()
            .filter(move |f| all || f.kind == Kind::Present)
    }
}

/// Whether a field's type may hold a float. A type parameter may be anything.
fn carries(ty: &Type, known: &Known<'_>) -> bool {
    match strip(ty) {
        Type::Path(path)
            if path
                .path
                .segments
                .last()
                .is_some_and(|s| s.ident == "PhantomData") =>
        {
            false
        }
        Type::Path(path)
            if path
                .path
                .get_ident()
                .is_some_and(|name| known.generics.contains(name)) =>
        {
            true
        }
        Type::Array(t) => carries(&t.elem, known),
        Type::Slice(t) => carries(&t.elem, known),
        Type::Reference(t) => carries(&t.elem, known),
        Type::Tuple(t) => t.elems.iter().any(|t| carries(t, known)),
        ty => {
            let inner = ["Vec", "Option", "Box"]
                .iter()
                .find_map(|name| argument_of(ty, name));
            match inner {
                Some(inner) => carries(inner, known),
                None => !matches!(known.class(ty), Class::NoFloats),
            }
        }
    }
}

/// Whether a type is a `Box`, or an `Option` of one, of a type that mentions a name.
fn holds(ty: &Type, name: &Ident) -> bool {
    match (argument_of(ty, "Box"), argument_of(ty, "Option")) {
        (Some(inner), _) if !matches!(strip(inner), Type::Slice(_)) => {
            let mut found = BTreeSet::new();
            idents(inner.to_token_stream(), &mut found);
            found.contains(&name.to_string()) || found.contains("Self")
        }
        (_, Some(inner)) => holds(inner, name),
        _ => false,
    }
}

/// `#[differentiable(constant)]`
fn is_constant(field: &syn::Field, errors: &mut Errors) -> bool {
    let mut constant = false;
    for attr in field
        .attrs
        .iter()
        .filter(|a| a.path().is_ident("differentiable"))
    {
        let parsed = attr.parse_nested_meta(|meta| {
            constant = meta.path.is_ident("constant");
            match constant {
                true => Ok(()),
                false => Err(meta.error("the argument of a field is `constant`")),
            }
        });
        if let Err(fault) = parsed {
            let help = "write `#[differentiable(constant)]` where the field carries no derivative";
            errors.push(attr.span(), fault.to_string(), help);
        }
    }
    constant
}

/// The generic parameters of the tangent: those that its fields mention.
pub struct Generics {
    floats: Vec<Ident>,
    kept: Vec<GenericParam>,
    /// All type parameters of the user's.
    types: Vec<Ident>,
    predicates: Vec<TokenStream>,
}

impl Generics {
    pub fn new(input: &DeriveInput, shapes: &[Shape]) -> Generics {
        let mut mentioned = BTreeSet::new();
        for field in shapes.iter().flat_map(Shape::present) {
            idents(field.ty.to_token_stream(), &mut mentioned);
        }
        let kept = input.generics.params.iter().filter(|param| match param {
            GenericParam::Lifetime(_) => false,
            GenericParam::Type(t) => mentioned.contains(&t.ident.to_string()),
            GenericParam::Const(c) => mentioned.contains(&c.ident.to_string()),
        });
        let kept: Vec<GenericParam> = kept.cloned().map(without_default).collect();
        let names: BTreeSet<String> = type_generics(&input.generics)
            .iter()
            .filter(|t| {
                !kept
                    .iter()
                    .any(|k| matches!(k, GenericParam::Type(k) if k.ident == **t))
            })
            .map(ToString::to_string)
            .collect();
        // What the user says of parameters that the tangent does not have is left out.
        let clauses = input
            .generics
            .where_clause
            .iter()
            .flat_map(|w| &w.predicates);
        let predicates = clauses.map(ToTokens::to_token_stream).filter(|tokens| {
            let mut used = BTreeSet::new();
            idents(tokens.clone(), &mut used);
            used.is_disjoint(&names) && !tokens.to_string().contains('\'')
        });
        Generics {
            floats: float_generics(&input.generics),
            kept,
            types: type_generics(&input.generics),
            predicates: predicates.collect(),
        }
    }

    /// `<T: Float, const N: usize>` of the tangent.
    pub fn declared(&self) -> TokenStream {
        let kept = &self.kept;
        match kept.is_empty() {
            true => TokenStream::new(),
            false => quote!(<#(#kept),*>),
        }
    }

    /// `<T, N>` of the tangent.
    pub fn names(&self) -> TokenStream {
        let names = self.kept.iter().map(|param| match param {
            GenericParam::Type(t) => t.ident.to_token_stream(),
            GenericParam::Const(c) => c.ident.to_token_stream(),
            GenericParam::Lifetime(l) => l.lifetime.to_token_stream(),
        });
        match self.kept.is_empty() {
            true => TokenStream::new(),
            false => quote!(<#(#names),*>),
        }
    }

    /// What the tangent asks of its parameters, and `more` of the tangent of each of
    /// its types.
    pub fn clause(&self, rt: &TokenStream, more: &TokenStream) -> TokenStream {
        let kept = || {
            self.kept.iter().filter_map(|param| match param {
                GenericParam::Type(t) => Some(&t.ident),
                _ => None,
            })
        };
        let mut predicates = self.predicates.clone();
        if !more.is_empty() {
            let others = kept().filter(|name| !self.floats.contains(name));
            predicates.extend(others.map(|name| quote!(#rt::Tan<#name>: #rt::Tangent #more)));
        }
        self.bounds(kept(), predicates, rt, &TokenStream::new())
    }

    /// The same of all the user's parameters.
    pub fn clause_of_type(
        &self,
        input: &DeriveInput,
        rt: &TokenStream,
        more: &TokenStream,
    ) -> TokenStream {
        let clauses = input
            .generics
            .where_clause
            .iter()
            .flat_map(|w| &w.predicates);
        let given = clauses.map(ToTokens::to_token_stream).collect();
        self.bounds(self.types.iter(), given, rt, more)
    }

    fn bounds<'t>(
        &self,
        types: impl Iterator<Item = &'t Ident>,
        mut predicates: Vec<TokenStream>,
        rt: &TokenStream,
        more: &TokenStream,
    ) -> TokenStream {
        for name in types {
            predicates.push(match self.floats.contains(name) {
                true => quote!(#name: #rt::Scalar),
                false => quote!(#name: #rt::Differentiable #more + 'static),
            });
        }
        match predicates.is_empty() {
            true => TokenStream::new(),
            false => quote!(where #(#predicates),*),
        }
    }
}

fn without_default(mut param: GenericParam) -> GenericParam {
    match &mut param {
        GenericParam::Type(t) => {
            t.default = None;
        }
        GenericParam::Const(c) => {
            c.default = None;
        }
        GenericParam::Lifetime(_) => {}
    }
    param
}

fn idents(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => idents(group.stream(), found),
            _ => {}
        }
    }
}

/// The tangent type of a field: floats by name, others by projection. A tangent
/// borrows nothing.
pub fn tangent_of(ty: &Type, floats: &[Ident], rt: &TokenStream) -> TokenStream {
    let known = Known {
        floats,
        ..Known::default()
    };
    let ty = strip(ty);
    if matches!(known.ir_type(ty), crate::ir::Ty::Float(_)) {
        return quote!(#ty);
    }
    let of = |ty| tangent_of(ty, floats, rt);
    match ty {
        Type::Array(t) => {
            let (elem, len) = (of(&t.elem), &t.len);
            quote!([#elem; #len])
        }
        Type::Reference(t) => of(&t.elem),
        Type::Slice(t) => {
            let elem = of(&t.elem);
            quote!(::std::vec::Vec<#elem>)
        }
        Type::Tuple(t) => {
            let parts = t.elems.iter().map(of);
            quote!((#(#parts,)*))
        }
        ty => match argument_of(ty, "Vec") {
            Some(elem) => {
                let elem = of(elem);
                quote!(::std::vec::Vec<#elem>)
            }
            None => {
                let ty = owned(ty);
                quote!(#rt::Tan<#ty>)
            }
        },
    }
}

impl Generics {
    pub fn tangent_of(&self, ty: &Type, rt: &TokenStream) -> TokenStream {
        tangent_of(ty, &self.floats, rt)
    }

    /// The type of a field of the tangent.
    pub fn tangent_of_field(&self, field: &Field, rt: &TokenStream) -> TokenStream {
        match field.recursive {
            true => self.boxed(&field.ty, rt),
            false => self.tangent_of(&field.ty, rt),
        }
    }

    /// With the `Box`es, which make the size of the tangent finite.
    fn boxed(&self, ty: &Type, rt: &TokenStream) -> TokenStream {
        match (argument_of(ty, "Box"), argument_of(ty, "Option")) {
            (Some(inner), _) => {
                let inner = self.tangent_of(inner, rt);
                quote!(::std::boxed::Box<#inner>)
            }
            (_, Some(inner)) => {
                let inner = self.boxed(inner, rt);
                quote!(::core::option::Option<#inner>)
            }
            _ => self.tangent_of(ty, rt),
        }
    }
}

impl Field {
    /// Whether the field is a `Box` of the type itself.
    pub fn is_box_of_self(&self) -> bool {
        self.recursive && argument_of(&self.ty, "Box").is_some()
    }

    /// Whether a value of the field's type may borrow: the tape cannot keep it.
    pub fn borrows(&self) -> bool {
        struct Found(bool);
        impl<'ast> syn::visit::Visit<'ast> for Found {
            fn visit_lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
                self.0 |= lifetime.ident != "static";
            }
            fn visit_type_reference(&mut self, t: &'ast syn::TypeReference) {
                let is_static = t.lifetime.as_ref().is_some_and(|l| l.ident == "static");
                let is_str = matches!(strip(&t.elem), Type::Path(p) if p.path.is_ident("str"));
                self.0 |= !(is_static && is_str);
                syn::visit::visit_type_reference(self, t);
            }
        }
        let mut found = Found(false);
        syn::visit::Visit::visit_type(&mut found, &self.ty);
        found.0
    }
}
