//! What the tokens of a type tell.

use proc_macro2::Ident;
use syn::visit_mut::VisitMut;
use syn::{GenericParam, Type, TypeParamBound, WherePredicate};

use crate::ir::{Passing, Ty};

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
    Known::default().ir_type(ty)
}

/// What the tokens of a type tell in the scope of a function.
pub fn ir_type_in(ty: &Type, generics: &syn::Generics) -> Ty {
    Known {
        floats: &float_generics(generics),
        ..Known::default()
    }
    .ir_type(ty)
}

/// The generic parameters that stand for a float: those bounded by
/// `num_traits::Float` (or by the runtime's `Scalar`).
pub fn float_generics(generics: &syn::Generics) -> Vec<Ident> {
    bounded_generics(generics, is_float_bound)
}

/// The generic parameters that stand for a type with a tangent: those bounded by
/// `Differentiable` (or by the runtime's `Keep`).
pub fn differentiable_generics(generics: &syn::Generics) -> Vec<Ident> {
    bounded_generics(generics, is_tangent_bound)
}

/// Whether a bound says that a type has a tangent.
pub fn is_tangent_bound(bound: &TypeParamBound) -> bool {
    matches!(bound_name(bound).as_str(), "Differentiable" | "Keep")
}

/// The generic parameters that may stand for a number or for a type that holds some,
/// for all that their bounds tell, and that are not bounded by `Differentiable`: one
/// of their bounds is a trait that the language does not know.
pub fn doubtful_generics(generics: &syn::Generics) -> Vec<Ident> {
    bounded_generics(generics, |bound| match bound {
        TypeParamBound::Trait(_) => !HARMLESS.contains(&bound_name(bound).as_str()),
        _ => false,
    })
}

/// Traits that make no number of a type and no value that holds one: what is bounded
/// by these alone carries no derivative.
const HARMLESS: [&str; 41] = [
    "AsMut",
    "AsRef",
    "Binary",
    "Borrow",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Eq",
    "Error",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromStr",
    "Hash",
    "Hasher",
    "Integer",
    "Into",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "PrimInt",
    "Read",
    "Rng",
    "RngCore",
    "Rule",
    "Send",
    "Sized",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Unsigned",
    "Write",
];

fn bounded_generics(
    generics: &syn::Generics,
    bounds: impl Fn(&TypeParamBound) -> bool,
) -> Vec<Ident> {
    let mut floats = Vec::new();
    for param in type_params(generics) {
        if param.bounds.iter().any(&bounds) {
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
            && p.bounds.iter().any(&bounds)
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

pub fn type_generics(generics: &syn::Generics) -> Vec<Ident> {
    type_params(generics).map(|t| t.ident.clone()).collect()
}

fn is_float_bound(bound: &TypeParamBound) -> bool {
    matches!(bound_name(bound).as_str(), "Float" | "Scalar")
}

/// The name of the trait of a bound; empty for a lifetime.
fn bound_name(bound: &TypeParamBound) -> String {
    match bound {
        TypeParamBound::Trait(t) => {
            let last = t.path.segments.last();
            last.map(|s| s.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The type without borrows: every lifetime is `'static`. The tangent of a type is
/// the same whatever it borrows.
pub fn owned(ty: &Type) -> Type {
    let mut ty = ty.clone();
    Owned.visit_type_mut(&mut ty);
    ty
}

struct Owned;

impl VisitMut for Owned {
    fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
        *lifetime = syn::Lifetime::new("'static", lifetime.span());
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = Some(syn::Lifetime::new("'static", reference.and_token.span));
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }
}

/// What an `Option` or a `Result` holds.
pub fn content_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option").or_else(|| argument_of(ty, "Result"))
}

/// Whether a type holds a float, or may hold one.
pub fn carries_float(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Unknown => true,
        Ty::Int(_) | Ty::Bool | Ty::Unit => false,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) | Ty::Result(t) => {
            carries_float(t)
        }
        Ty::Tuple(ts) => ts.iter().any(carries_float),
    }
}

pub fn has_reference(ty: &Type) -> bool {
    match strip(ty) {
        Type::Reference(_) => true,
        Type::Array(t) => has_reference(&t.elem),
        Type::Tuple(t) => t.elems.iter().any(has_reference),
        ty => argument_of(ty, "Vec")
            .or_else(|| content_of(ty))
            .is_some_and(has_reference),
    }
}

/// The names of the primitive integers.
pub const INTS: [&str; 12] = [
    "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
];

/// What differentiation by default makes of a type.
pub enum Class {
    Floats,
    NoFloats,
    /// A user's type, or an alias: tokens do not tell.
    Named,
    /// A type parameter that may hold floats: its bounds do not say that it has a
    /// tangent.
    Doubtful(Ident),
    /// Part of the language, but not yet.
    Later(&'static str),
}

/// What is known of the type parameters in scope.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    pub floats: &'a [Ident],
    /// Those bounded by `Differentiable`.
    pub differentiable: &'a [Ident],
    /// Those whose bounds do not tell whether they hold floats.
    pub doubtful: &'a [Ident],
    /// All.
    pub generics: &'a [Ident],
}

impl Known<'_> {
    pub fn ir_type(&self, ty: &Type) -> Ty {
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
                _ => {
                    let of = |name| argument_of(ty, name).map(|t| Box::new(self.ir_type(t)));
                    let vec = of("Vec").map(Ty::Vec);
                    vec.or_else(|| of("Option").map(Ty::Option))
                        .or_else(|| of("Result").map(Ty::Result))
                        .unwrap_or(Ty::Unknown)
                }
            },
        }
    }

    /// The type parameter in a type that is bounded neither by `Float` nor by
    /// `Differentiable`.
    pub fn unbounded<'t>(&self, ty: &'t Type) -> Option<&'t Ident> {
        match strip(ty) {
            Type::Array(t) => self.unbounded(&t.elem),
            Type::Tuple(t) => t.elems.iter().find_map(|t| self.unbounded(t)),
            ty => match argument_of(ty, "Vec").or_else(|| content_of(ty)) {
                Some(elem) => self.unbounded(elem),
                None => simple_name(ty).filter(|name| {
                    self.generics.contains(name)
                        && !self.floats.contains(name)
                        && !self.differentiable.contains(name)
                }),
            },
        }
    }

    pub fn class(&self, ty: &Type) -> Class {
        match strip(ty) {
            Type::Array(t) => self.class(&t.elem),
            Type::Slice(t) => self.class(&t.elem),
            Type::Tuple(t) => {
                t.elems
                    .iter()
                    .fold(Class::NoFloats, |so_far, t| match (so_far, self.class(t)) {
                        (Class::Later(what), _) | (_, Class::Later(what)) => Class::Later(what),
                        (Class::Doubtful(name), _) | (_, Class::Doubtful(name)) => {
                            Class::Doubtful(name)
                        }
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
        if let Some(content) = content_of(ty) {
            return self.class(content);
        }
        match simple_name(ty) {
            Some(name) if name == "f64" || name == "f32" || self.floats.contains(name) => {
                Class::Floats
            }
            Some(name) if INTS.iter().any(|int| name == int) => Class::NoFloats,
            Some(name) if ["bool", "char", "str", "String"].iter().any(|t| name == t) => {
                Class::NoFloats
            }
            Some(name) if self.differentiable.contains(name) => Class::Named,
            Some(name) if self.doubtful.contains(name) => Class::Doubtful(name.clone()),
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
