//! The signature: parameters with their types, passing and activity.

use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::{FnArg, GenericParam, Pat, ReturnType, Safety, Type, TypeParamBound, WherePredicate};

use super::options::Options;
use crate::diag::Errors;
use crate::ir::{Passing, Ty};

/// What the attribute's function looks like from outside.
pub struct Signature {
    pub vis: syn::Visibility,
    pub ident: Ident,
    pub generics: syn::Generics,
    pub params: Vec<Param>,
    pub output: Output,
}

pub struct Param {
    /// The user's pattern.
    pub pat: syn::Pat,
    /// The user's name, or a generated one where the pattern is not a name.
    pub name: Ident,
    /// The type as written.
    pub written: syn::Type,
    pub passing: Passing,
    /// The type with the outer reference stripped.
    pub ty: Ty,
    /// In `wrt(..)`, or of a type that is differentiated by default.
    pub active: bool,
}

pub struct Output {
    /// Absent for `()`.
    pub written: Option<syn::Type>,
    pub ty: Ty,
    /// One float: `grad` exists.
    pub scalar: bool,
    /// The type was refused: what depends on it must not be emitted.
    pub refused: bool,
}

impl Output {
    /// Whether a cotangent of the result can be anything but empty.
    pub fn carries_float(&self) -> bool {
        self.written.is_some() && carries_float(&self.ty)
    }
}

impl Signature {
    /// Whether there is anything to differentiate: otherwise the function is
    /// constant to its callers and has only `trace` and `SITES`.
    pub fn is_constant(&self) -> bool {
        let written_to = |p: &Param| p.active && p.passing == Passing::RefMut;
        let active = self.params.iter().any(|p| p.active);
        !active || !(self.output.carries_float() || self.params.iter().any(written_to))
    }

    /// Reads a function's signature; every fault is reported, and what is
    /// returned beside faults is good enough for a stub. Absent for a method: no
    /// item can stand beside it.
    pub fn parse(item: &syn::ItemFn, options: &Options, errors: &mut Errors) -> Option<Signature> {
        let sig = &item.sig;
        refuse_qualifiers(sig, errors);
        let floats = float_generics(&sig.generics);
        let generics = type_generics(&sig.generics);
        let known = Known {
            floats: &floats,
            generics: &generics,
        };
        let mut params = Vec::new();
        for (index, input) in sig.inputs.iter().enumerate() {
            match input {
                FnArg::Receiver(receiver) => errors.push(
                    receiver.self_token.span,
                    "methods are not supported yet",
                    "write a free function whose first parameter is the value: `fn area(shape: &[f64]) -> f64`",
                ),
                FnArg::Typed(input) => params.push(param(index, input, &known, options, errors)),
            }
        }
        let of_a_type = mentions_self(item.to_token_stream());
        if let (Some(span), None) = (of_a_type, sig.receiver()) {
            let help = "write a free function, with the type's name instead of `Self`";
            errors.push(
                span,
                "functions of an `impl` or `trait` are not supported yet",
                help,
            );
            return None;
        }
        check_wrt(&params, options, errors);
        let output = output(&sig.output, &known, options, errors);
        if sig.receiver().is_some() {
            return None;
        }
        Some(Signature {
            vis: item.vis.clone(),
            ident: sig.ident.clone(),
            generics: sig.generics.clone(),
            params,
            output,
        })
    }
}

/// `Self` anywhere in a function: it belongs to a type.
fn mentions_self(tokens: proc_macro2::TokenStream) -> Option<proc_macro2::Span> {
    tokens.into_iter().find_map(|token| match token {
        proc_macro2::TokenTree::Ident(i) if i == "Self" => Some(i.span()),
        proc_macro2::TokenTree::Group(g) => mentions_self(g.stream()),
        _ => None,
    })
}

fn refuse_qualifiers(sig: &syn::Signature, errors: &mut Errors) {
    if let Some(token) = &sig.asyncness {
        let help = "differentiate a plain function and await around its call";
        errors.push(
            token.span,
            "an async function cannot be differentiated",
            help,
        );
    }
    if let Safety::Unsafe(token) = &sig.safety {
        let help = "write a safe function; its derivative is safe code, too";
        errors.push(
            token.span,
            "an unsafe function cannot be differentiated",
            help,
        );
    }
    if let Some(abi) = &sig.abi {
        let help = "differentiate a plain `fn`, and call it from the `extern` one";
        errors.push(
            abi.extern_token.span,
            "an extern function cannot be differentiated",
            help,
        );
    }
    if let Some(variadic) = &sig.variadic {
        let help = "take a slice: `xs: &[f64]`";
        errors.push(
            variadic.dots.span(),
            "a variadic function cannot be differentiated",
            help,
        );
    }
}

fn param(
    index: usize,
    input: &syn::PatType,
    known: &Known<'_>,
    options: &Options,
    errors: &mut Errors,
) -> Param {
    for attr in &input.attrs {
        let help = "put the attribute on the function";
        errors.push(
            attr.span(),
            "attributes on parameters are not supported",
            help,
        );
    }
    let (passing, inner) = passing(&input.ty);
    let name = match &*input.pat {
        Pat::Ident(p) if p.subpat.is_none() && p.by_ref.is_none() => p.ident.clone(),
        pat => format_ident!("arg{index}", span = pat.span()),
    };
    let named = matches!(&*input.pat, Pat::Ident(_));
    let wanted = match &options.wrt {
        Some(wrt) => named && wrt.contains(&name),
        None => true,
    };
    let active = wanted && activity(&name, inner, known, options.wrt.is_some(), errors);
    refuse_traits(&input.ty, errors);
    Param {
        pat: (*input.pat).clone(),
        name,
        written: (*input.ty).clone(),
        passing,
        ty: known.ir_type(inner),
        active,
    }
}

/// Whether a parameter that is in `wrt`, or that could be by default, is active.
fn activity(name: &Ident, ty: &Type, known: &Known<'_>, listed: bool, errors: &mut Errors) -> bool {
    let text = || super::source::tidy(ty.to_token_stream());
    match known.class(ty) {
        Class::Floats => true,
        Class::NoFloats => {
            if listed {
                let what = format!("`{name}` cannot be in wrt(..): `{}` holds no float", text());
                errors.push(ty.span(), what, "leave it out of wrt(..)");
            }
            false
        }
        // With `wrt` the user vouches for an alias of a float type.
        Class::Named if listed => true,
        Class::Named => {
            let what = format!(
                "not supported yet: a parameter of the named type `{}`",
                text()
            );
            errors.push(
                ty.span(),
                what,
                format!("list the active parameters without `{name}`: wrt(x)"),
            );
            false
        }
        Class::Later(what) => {
            let help = format!("list the active parameters without `{name}`: wrt(x)");
            errors.push(
                ty.span(),
                format!("not supported yet: {what} as a parameter"),
                help,
            );
            false
        }
    }
}

fn check_wrt(params: &[Param], options: &Options, errors: &mut Errors) {
    let wrt = options.wrt.as_deref().unwrap_or_default();
    for (k, name) in wrt.iter().enumerate() {
        if wrt[..k].contains(name) {
            errors.push(
                name.span(),
                format!("`{name}` is in wrt(..) twice"),
                "name it once",
            );
        } else if !params
            .iter()
            .any(|p| matches!(p.pat, Pat::Ident(_)) && p.name == *name)
        {
            let names: Vec<String> = params.iter().map(|p| format!("`{}`", p.name)).collect();
            let help = match names.len() {
                0 => "the function has no parameters".to_owned(),
                _ => format!("the parameters are {}", names.join(", ")),
            };
            errors.push(name.span(), format!("there is no parameter `{name}`"), help);
        }
    }
}

fn refuse_traits(ty: &Type, errors: &mut Errors) {
    match strip(ty) {
        Type::ImplTrait(t) => {
            let help = "write a generic parameter `T: num_traits::Float`, or a concrete type";
            errors.push(
                t.impl_token.span,
                "not supported yet: `impl Trait` as a type",
                help,
            );
        }
        Type::TraitObject(t) => {
            let help = "take a concrete type: the derivative is found at compile time";
            errors.push(t.span(), "a trait object cannot be differentiated", help);
        }
        Type::Reference(t) => refuse_traits(&t.elem, errors),
        Type::Slice(t) => refuse_traits(&t.elem, errors),
        Type::Array(t) => refuse_traits(&t.elem, errors),
        Type::Tuple(t) => t.elems.iter().for_each(|t| refuse_traits(t, errors)),
        _ => {}
    }
}

fn output(ty: &ReturnType, known: &Known<'_>, options: &Options, errors: &mut Errors) -> Output {
    let unit = Output {
        written: None,
        ty: Ty::Unit,
        scalar: false,
        refused: false,
    };
    let ReturnType::Type(_, written) = ty else {
        if options.scalar {
            let span = options
                .scalar_span
                .unwrap_or_else(proc_macro2::Span::call_site);
            let help = "leave it out: the derivatives are `vjp` and `jvp`";
            errors.push(span, "`scalar` is said of a function without result", help);
        }
        return unit;
    };
    let before = errors.count();
    refuse_traits(written, errors);
    match strip(written) {
        Type::Tuple(t) if t.elems.is_empty() => return unit,
        Type::Never(t) => {
            let help = "leave the function without conservative_grad";
            errors.push(
                t.bang_token.span,
                "a function that never returns has no derivative",
                help,
            );
            return Output {
                refused: true,
                ..unit
            };
        }
        _ => {}
    }
    if has_reference(written) {
        let help = "return the value itself, or write it to a `&mut` parameter";
        errors.push(
            written.span(),
            "not supported yet: a result that borrows",
            help,
        );
    } else if let Class::Later(what) = known.class(written) {
        let help = "return a float, an array, a `Vec` or a tuple of these";
        errors.push(
            written.span(),
            format!("not supported yet: {what} as a result"),
            help,
        );
    } else if let Some(name) = known.unbounded(written) {
        let what = format!(
            "not supported yet: a result of the type parameter `{name}`, which may be no float"
        );
        errors.push(
            written.span(),
            what,
            format!("bound it: `{name}: num_traits::Float`"),
        );
    }
    let mut ty = known.ir_type(written);
    if options.scalar && !matches!(ty, Ty::Float(_)) {
        ty = Ty::Float(None);
    }
    let scalar = matches!(ty, Ty::Float(_));
    Output {
        written: Some((**written).clone()),
        ty,
        scalar,
        refused: errors.count() > before,
    }
}

/// How a parameter of a type is passed, and the type behind the reference.
pub fn passing(ty: &Type) -> (Passing, &Type) {
    match strip(ty) {
        Type::Reference(r) if r.mutability.is_some() => (Passing::RefMut, strip(&r.elem)),
        Type::Reference(r) => (Passing::Ref, strip(&r.elem)),
        ty => (Passing::Value, ty),
    }
}

/// A type without the parentheses and the invisible groups that macros leave.
pub fn strip(ty: &Type) -> &Type {
    match ty {
        Type::Paren(t) => strip(&t.elem),
        Type::Group(t) => strip(&t.elem),
        ty => ty,
    }
}

/// What the tokens of a type tell, where no generic parameter is in scope.
pub fn ir_type(ty: &Type) -> Ty {
    Known {
        floats: &[],
        generics: &[],
    }
    .ir_type(ty)
}

/// What the tokens of a type tell in the scope of a function.
pub fn ir_type_in(ty: &Type, generics: &syn::Generics) -> Ty {
    Known {
        floats: &float_generics(generics),
        generics: &[],
    }
    .ir_type(ty)
}

/// The generic parameters that stand for a float: those bounded by
/// `num_traits::Float` (or by the runtime's `Scalar`).
pub fn float_generics(generics: &syn::Generics) -> Vec<Ident> {
    let mut floats = Vec::new();
    for param in type_params(generics) {
        if param.bounds.iter().any(is_float_bound) {
            floats.push(param.ident.clone());
        }
    }
    for predicate in generics.where_clause.iter().flat_map(|w| &w.predicates) {
        let WherePredicate::Type(p) = predicate else {
            continue;
        };
        let Type::Path(path) = strip(&p.bounded_ty) else {
            continue;
        };
        if let Some(ident) = path.path.get_ident()
            && p.bounds.iter().any(is_float_bound)
            && !floats.contains(ident)
        {
            floats.push(ident.clone());
        }
    }
    floats
}

fn type_params(generics: &syn::Generics) -> impl Iterator<Item = &syn::TypeParam> {
    generics.params.iter().filter_map(|p| match p {
        GenericParam::Type(t) => Some(t),
        _ => None,
    })
}

fn type_generics(generics: &syn::Generics) -> Vec<Ident> {
    type_params(generics).map(|t| t.ident.clone()).collect()
}

fn is_float_bound(bound: &TypeParamBound) -> bool {
    match bound {
        TypeParamBound::Trait(t) => t
            .path
            .segments
            .last()
            .is_some_and(|s| s.ident == "Float" || s.ident == "Scalar"),
        _ => false,
    }
}

/// Whether a type holds a float, or may hold one.
pub fn carries_float(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Unknown => true,
        Ty::Int(_) | Ty::Bool | Ty::Unit => false,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) => carries_float(t),
        Ty::Tuple(ts) => ts.iter().any(carries_float),
    }
}

fn has_reference(ty: &Type) -> bool {
    match strip(ty) {
        Type::Reference(_) => true,
        Type::Array(t) => has_reference(&t.elem),
        Type::Tuple(t) => t.elems.iter().any(has_reference),
        ty => argument_of(ty, "Vec").is_some_and(has_reference),
    }
}

const INTS: [&str; 12] = [
    "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
];

/// What differentiation by default makes of a type.
enum Class {
    Floats,
    NoFloats,
    /// A user's type, or an alias: tokens do not tell.
    Named,
    /// Part of the language, but not yet.
    Later(&'static str),
}

struct Known<'a> {
    floats: &'a [Ident],
    generics: &'a [Ident],
}

impl Known<'_> {
    fn ir_type(&self, ty: &Type) -> Ty {
        match strip(ty) {
            Type::Array(t) => Ty::Array(Box::new(self.ir_type(&t.elem))),
            Type::Slice(t) => Ty::Slice(Box::new(self.ir_type(&t.elem))),
            Type::Tuple(t) if t.elems.is_empty() => Ty::Unit,
            Type::Tuple(t) => Ty::Tuple(t.elems.iter().map(|t| self.ir_type(t)).collect()),
            ty => match simple_name(ty) {
                Some(name) if name == "f64" || name == "f32" || self.floats.contains(name) => {
                    Ty::Float(Some(name.clone()))
                }
                Some(name) if name == "bool" => Ty::Bool,
                Some(name) if INTS.iter().any(|int| name == int) => Ty::Int(Some(name.clone())),
                _ => match argument_of(ty, "Vec") {
                    Some(elem) => Ty::Vec(Box::new(self.ir_type(elem))),
                    None => Ty::Unknown,
                },
            },
        }
    }

    /// The type parameter in a type that is not bounded by `Float`.
    fn unbounded<'t>(&self, ty: &'t Type) -> Option<&'t Ident> {
        match strip(ty) {
            Type::Array(t) => self.unbounded(&t.elem),
            Type::Tuple(t) => t.elems.iter().find_map(|t| self.unbounded(t)),
            ty => match argument_of(ty, "Vec") {
                Some(elem) => self.unbounded(elem),
                None => simple_name(ty)
                    .filter(|name| self.generics.contains(name) && !self.floats.contains(name)),
            },
        }
    }

    fn class(&self, ty: &Type) -> Class {
        match strip(ty) {
            Type::Array(t) => self.class(&t.elem),
            Type::Slice(t) => self.class(&t.elem),
            Type::Tuple(t) => {
                t.elems
                    .iter()
                    .fold(Class::NoFloats, |so_far, t| match (so_far, self.class(t)) {
                        (Class::Later(what), _) | (_, Class::Later(what)) => Class::Later(what),
                        (Class::Named, _) | (_, Class::Named) => Class::Named,
                        (Class::Floats, _) | (_, Class::Floats) => Class::Floats,
                        _ => Class::NoFloats,
                    })
            }
            Type::Reference(t) => match self.class(&t.elem) {
                Class::NoFloats => Class::NoFloats,
                _ => Class::Later("a reference inside another type"),
            },
            ty @ Type::Path(_) => self.class_of_path(ty),
            // Function pointers, raw pointers, `!`: nothing to differentiate.
            // Trait objects and `impl Trait` are reported on their own.
            _ => Class::NoFloats,
        }
    }

    fn class_of_path(&self, ty: &Type) -> Class {
        if let Some(elem) = argument_of(ty, "Vec") {
            return self.class(elem);
        }
        if let Some(elem) = argument_of(ty, "Option").or_else(|| argument_of(ty, "Result")) {
            return match self.class(elem) {
                Class::NoFloats => Class::NoFloats,
                _ => Class::Later("`Option` or `Result`"),
            };
        }
        match simple_name(ty) {
            Some(name) if name == "f64" || name == "f32" || self.floats.contains(name) => {
                Class::Floats
            }
            Some(name) if INTS.iter().any(|int| name == int) => Class::NoFloats,
            Some(name) if ["bool", "char", "str", "String"].iter().any(|t| name == t) => {
                Class::NoFloats
            }
            Some(name) if self.generics.contains(name) => Class::NoFloats,
            _ => Class::Named,
        }
    }
}

/// `f64`, also as `core::primitive::f64`.
fn simple_name(ty: &Type) -> Option<&Ident> {
    let Type::Path(path) = ty else { return None };
    if path.qself.is_some() {
        return None;
    }
    let last = path.path.segments.last()?;
    let primitive = path
        .path
        .segments
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|s| s.ident == "primitive");
    (last.arguments.is_none() && (path.path.segments.len() == 1 || primitive))
        .then_some(&last.ident)
}

/// The first type argument of `name<T>`, under any path.
pub fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = strip(ty) else {
        return None;
    };
    let last = path.path.segments.last().filter(|s| s.ident == name)?;
    let syn::PathArguments::AngleBracketed(args) = &last.arguments else {
        return None;
    };
    args.args.iter().find_map(|arg| match arg {
        syn::GenericArgument::Type(t) => Some(t),
        _ => None,
    })
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
