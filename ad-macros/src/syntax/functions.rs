//! Parameters that are functions: `impl Fn(f64) -> f64`, `F: Fn(f64) -> f64`,
//! `fn(f64) -> f64`, each also behind a reference.

use proc_macro2::Ident;
use quote::format_ident;
use syn::{GenericParam, ReturnType, Type, TypeParamBound, WherePredicate, parse_quote};

use super::types::strip;

/// What a function takes and returns, as the user writes it.
#[derive(Clone)]
pub struct Shape {
    pub inputs: Vec<Type>,
    /// Absent for `()`.
    pub output: Option<Type>,
    /// Those of `for<'a>`.
    pub lifetimes: Vec<syn::Lifetime>,
}

/// A parameter that is a function.
pub struct Function {
    pub shape: Shape,
    /// The type parameter that it has in generated functions, if it is none of the
    /// user's.
    pub anonymous: Option<Ident>,
}

/// How many arguments such a function may take.
pub const MOST_INPUTS: usize = 4;

/// Parameter number `index`, if it is a function; `ty` is the type behind the
/// reference.
pub fn function(index: usize, ty: &Type, scope: &syn::Generics) -> Option<Function> {
    let anonymous = || Some(format_ident!("__F{index}"));
    match strip(ty) {
        Type::ImplTrait(t) => Some(Function {
            shape: t.bounds.iter().find_map(of_bound)?,
            anonymous: anonymous(),
        }),
        Type::FnPtr(t) => Some(Function {
            shape: Shape {
                inputs: t.inputs.iter().map(|input| input.ty.clone()).collect(),
                output: output(&t.output),
                lifetimes: bound_by(&t.lifetimes),
            },
            anonymous: anonymous(),
        }),
        Type::Path(path) => Some(Function {
            shape: of_generic(path.path.get_ident()?, scope)?,
            anonymous: None,
        }),
        _ => None,
    }
    .filter(|function| function.shape.inputs.len() <= MOST_INPUTS)
}

/// The type of the parameter in generated functions.
pub fn generated(function: &Function, ty: &Type) -> Type {
    let inner = match &function.anonymous {
        Some(name) => parse_quote!(#name),
        None => super::types::passing(ty).1.clone(),
    };
    match strip(ty) {
        Type::Reference(r) => {
            let (and, lifetime) = (&r.and_token, &r.lifetime);
            parse_quote!(#and #lifetime #inner)
        }
        _ => inner,
    }
}

/// What the bounds of a type parameter say about it as a function.
pub fn of_generic(name: &Ident, scope: &syn::Generics) -> Option<Shape> {
    let own = scope.params.iter().find_map(|param| match param {
        GenericParam::Type(t) if t.ident == *name => t.bounds.iter().find_map(of_bound),
        _ => None,
    });
    own.or_else(|| {
        let clause = scope.where_clause.iter().flat_map(|w| &w.predicates);
        clause
            .filter(|predicate| is_about(predicate, name))
            .find_map(|predicate| match predicate {
                WherePredicate::Type(p) => p.bounds.iter().find_map(of_bound),
                _ => None,
            })
    })
}

/// Whether a predicate bounds a type parameter.
pub fn is_about(predicate: &WherePredicate, name: &Ident) -> bool {
    match predicate {
        WherePredicate::Type(p) => {
            matches!(strip(&p.bounded_ty), Type::Path(path) if path.path.is_ident(name))
        }
        _ => false,
    }
}

/// `Fn(A) -> R`, `FnMut(A) -> R`, `FnOnce(A) -> R`
fn of_bound(bound: &TypeParamBound) -> Option<Shape> {
    let TypeParamBound::Trait(syn::TraitBound {
        path, lifetimes, ..
    }) = bound
    else {
        return None;
    };
    let last = path.segments.last()?;
    let syn::PathArguments::Parenthesized(arguments) = &last.arguments else {
        return None;
    };
    let known = ["Fn", "FnMut", "FnOnce"];
    known.iter().any(|name| last.ident == name).then(|| Shape {
        inputs: arguments
            .inputs
            .iter()
            .map(|input| input.ty.clone())
            .collect(),
        output: output(&arguments.output),
        lifetimes: bound_by(lifetimes),
    })
}

fn bound_by(lifetimes: &Option<syn::BoundLifetimes>) -> Vec<syn::Lifetime> {
    let all = lifetimes.iter().flat_map(|all| &all.lifetimes);
    all.filter_map(|param| match param {
        GenericParam::Lifetime(l) => Some(l.lifetime.clone()),
        _ => None,
    })
    .collect()
}

fn output(ty: &ReturnType) -> Option<Type> {
    match ty {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => match strip(ty) {
            Type::Tuple(t) if t.elems.is_empty() => None,
            ty => Some(ty.clone()),
        },
    }
}
