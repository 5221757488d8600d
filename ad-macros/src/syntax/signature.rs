//! The signature: parameters with their types, passing and activity.

use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::{FnArg, Pat, ReturnType, Safety, Type};

use super::functions::{self, Function};
use super::options::Options;
use super::owner::{Kind, Owner, method_hint, receiver};
use super::types::{
    Class, Known, carries_float, content_of, differentiable_generics, doubtful_generics,
    float_generics, has_reference, passing, strip, type_generics,
};
use crate::diag::Errors;
use crate::ir::{Passing, Ty};

/// What the attribute's function looks like from outside.
pub struct Signature {
    pub vis: syn::Visibility,
    pub ident: Ident,
    /// The function's own generic parameters.
    pub generics: syn::Generics,
    /// All generic parameters in scope: those of the `impl` or `trait` as well.
    pub scope: syn::Generics,
    /// The type that the function belongs to; absent for a free function.
    pub owner: Option<Owner>,
    pub params: Vec<Param>,
    pub output: Output,
    /// The signature as the user wrote it.
    pub as_written: syn::Signature,
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
    /// In `wrt(..)`, or of a type that is differentiated by default. A function is
    /// followed into whatever it captures.
    pub active: bool,
    /// Set where the parameter is a function.
    pub function: Option<Function>,
}

impl Param {
    /// Whether users give and get derivatives of the parameter. They give functions
    /// that capture nothing.
    pub fn is_differentiated(&self) -> bool {
        self.active && self.function.is_none()
    }
}

pub struct Output {
    /// Absent for `()`.
    pub written: Option<syn::Type>,
    pub ty: Ty,
    /// One float, also in an `Option` or `Result`: `grad` exists.
    pub scalar: bool,
    /// What an `Option` or `Result` holds.
    pub content: Option<syn::Type>,
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

    /// Reads the signature of a function; every fault is reported, and what is
    /// returned beside faults is good enough for a stub.
    pub fn parse(
        item: &syn::ItemFn,
        owner: Option<&Owner>,
        options: &Options,
        errors: &mut Errors,
    ) -> Signature {
        let mut sig = item.sig.clone();
        if let Some(owner) = owner {
            owner.spell_out(&mut sig);
        }
        refuse_qualifiers(&sig, errors);
        let scope = owner.map_or_else(|| sig.generics.clone(), |owner| owner.scope(&sig.generics));
        let known = Known {
            floats: &float_generics(&scope),
            differentiable: &differentiable_generics(&scope),
            doubtful: &doubtful_generics(&scope),
            generics: &type_generics(&scope),
        };
        let mut params = Vec::new();
        for (index, input) in sig.inputs.iter().enumerate() {
            params.push(match input {
                FnArg::Receiver(input) => receiver(input, owner, &known, options, errors),
                FnArg::Typed(input) => param(index, input, &known, &scope, options, errors),
            });
        }
        check_wrt(&params, options, errors);
        let output = output(&sig.output, &known, options, owner, errors);
        let is_operator = owner.is_some_and(|owner| matches!(owner.kind, Kind::Operator));
        Signature {
            vis: item.vis.clone(),
            ident: sig.ident,
            generics: match is_operator {
                true => scope.clone(),
                false => sig.generics,
            },
            scope,
            owner: owner.filter(|_| !is_operator).cloned(),
            params,
            output,
            as_written: item.sig.clone(),
        }
    }
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
    scope: &syn::Generics,
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
    // A rule of the user's own has the function's own signature.
    let function = match &options.given {
        Some(_) => None,
        None => functions::function(index, inner, scope),
    };
    if let Some(function) = function {
        return Param {
            pat: without_mut(&input.pat),
            name,
            written: functions::generated(&function, &input.ty),
            passing: match passing {
                Passing::RefMut => Passing::Ref,
                passing => passing,
            },
            ty: Ty::Unknown,
            active: true,
            function: Some(function),
        };
    }
    let active = wanted && activity(&name, inner, known, options.wrt.is_some(), errors);
    refuse_traits(&input.ty, errors);
    Param {
        pat: (*input.pat).clone(),
        name,
        written: (*input.ty).clone(),
        passing,
        ty: known.ir_type(inner),
        active,
        function: None,
    }
}

/// A function is called through a shared reference, whatever it changes.
fn without_mut(pat: &Pat) -> Pat {
    match pat {
        Pat::Ident(p) => Pat::Ident(syn::PatIdent {
            mutability: None,
            ..p.clone()
        }),
        pat => pat.clone(),
    }
}

/// Whether a parameter that is in `wrt`, or that could be by default, is active.
pub(super) fn activity(
    name: &Ident,
    ty: &Type,
    known: &Known<'_>,
    listed: bool,
    errors: &mut Errors,
) -> bool {
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
        // A type that is not `Differentiable` is reported by rustc, with a note.
        Class::Named => true,
        Class::Doubtful(of) => {
            let what = format!(
                "`{of}` may hold floats, and its bounds do not say how it is differentiated"
            );
            let help = format!(
                "bound it, `{of}: ad_runtime::Differentiable`, or `{of}: num_traits::Float` if it is a \
                 number; or list the active parameters without `{name}`: wrt(x)"
            );
            errors.push(ty.span(), what, help);
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

fn output(
    ty: &ReturnType,
    known: &Known<'_>,
    options: &Options,
    owner: Option<&Owner>,
    errors: &mut Errors,
) -> Output {
    let unit = Output {
        written: None,
        ty: Ty::Unit,
        scalar: false,
        content: None,
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
            method_hint(help, owner),
        );
    } else if let Class::Later(what) = known.class(written) {
        let help = "return a float, an array, a `Vec` or a tuple of these";
        errors.push(
            written.span(),
            format!("not supported yet: {what} as a result"),
            method_hint(help, owner),
        );
    } else if let Some(name) = known.unbounded(written)
        // Reported where it is a parameter's.
        && (errors.is_empty() || !known.doubtful.contains(name))
    {
        let what = format!(
            "not supported yet: a result of the type parameter `{name}`, which may be no float"
        );
        errors.push(
            written.span(),
            what,
            format!(
                "bound it: `{name}: num_traits::Float`, or `{name}: ad_runtime::Differentiable`"
            ),
        );
    }
    let mut ty = known.ir_type(written);
    if options.scalar {
        ty = match ty {
            Ty::Option(_) => Ty::Option(Box::new(Ty::Float(None))),
            Ty::Result(_) => Ty::Result(Box::new(Ty::Float(None))),
            ty @ Ty::Float(_) => ty,
            _ => Ty::Float(None),
        };
    }
    let scalar = match &ty {
        Ty::Option(t) | Ty::Result(t) => matches!(**t, Ty::Float(_)),
        ty => matches!(ty, Ty::Float(_)),
    };
    Output {
        content: content_of(written).cloned(),
        written: Some((**written).clone()),
        ty,
        scalar,
        refused: errors.count() > before,
    }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
