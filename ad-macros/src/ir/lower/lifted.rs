//! Functions that are passed on, and parameters that are functions.
//!
//! A closure that is given to another function leaves this one: it becomes a struct
//! of what it captures, with the closure as its method. The cotangent of the struct
//! is that of the captures. Its types are those that the user wrote, else guesses
//! that rustc checks against the bound of the callee's parameter.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ExprClosure, ExprPath, Member, Pat, Type, parse_quote};

use super::closure::{Function, identifiers};
use super::lifted_types::{is_fallible, made_type};
use super::place::strip;
use super::scope::{Binding, Scopes};
use super::uses::{Uses, bound_names, changed, is_index};
use super::{Lower, Value};
use crate::ir::overlap::same_place;
use crate::ir::types::is_scalar;
use crate::ir::{Arg, Call, Callable, Callee, Lifted, Op, Operand, Passing, Place, StructOf, Ty};
use crate::syntax::fence;
use crate::syntax::signature::Param;

/// The method that runs a function which is passed on.
const APPLY: &str = "call_given";

/// A variable that a closure captures.
struct Capture {
    name: Ident,
    ty: Type,
    value: Value,
    /// How the method binds the name.
    bound: TokenStream,
}

impl Lower<'_> {
    /// What is known of a parameter that is a function.
    pub(super) fn callable(&self, param: &Param) -> Option<Callable> {
        let shape = &param.function.as_ref()?.shape;
        Some(Callable {
            inputs: shape.inputs.len(),
            result: shape.output.as_ref().map_or(Ty::Unit, |ty| self.ty(ty)),
            by: param.passing,
        })
    }

    /// The parameter that a name stands for, if it is a function.
    pub(super) fn function_parameter(&self, e: &Expr) -> Option<(&Binding, &Callable)> {
        let Expr::Path(p) = strip(e) else { return None };
        let binding = self.scopes.find(&p.path.get_ident()?.to_string())?;
        let info = &self.vars[binding.place.root.0 as usize];
        let callable = info.function.as_ref()?;
        binding.place.proj.is_empty().then_some((binding, callable))
    }

    /// `f(x)` where `f` is a parameter.
    pub(super) fn call_of_parameter(&mut self, c: &syn::ExprCall) -> Option<Value> {
        let called = behind_stars(&c.func);
        let (binding, callable) = self.function_parameter(called)?;
        let (place, result) = (binding.place.clone(), callable.result.clone());
        let rest: Vec<Arg> = c.args.iter().map(|a| self.argument(a)).collect();
        self.span = c.span();
        let callee = Callee::Method {
            name: Ident::new(APPLY, called.span()),
            generics: None,
        };
        let args =
            super::call::shared(std::iter::once(Arg::Ref(place)).chain(rest).collect(), None);
        Some(Value::new(Op::Call(Call { callee, args }), result))
    }

    /// An argument that is a function: a closure or its name, the name of an annotated
    /// function, or a parameter.
    pub(super) fn function_argument(&mut self, e: &Expr) -> Option<Arg> {
        let (by, inner) = match strip(e) {
            Expr::Reference(r) if r.mutability.is_some() => (Passing::RefMut, strip(&r.expr)),
            Expr::Reference(r) => (Passing::Ref, strip(&r.expr)),
            e => (Passing::Value, e),
        };
        if let Some((binding, callable)) = self.function_parameter(behind_stars(inner)) {
            let (place, callable) = (binding.place.clone(), callable.clone());
            if by != Passing::Value || binding.by != Passing::Value {
                return Some(Arg::Ref(place));
            }
            let value = self.read(place);
            self.span = e.span();
            let copy = self.temp("function", e.span(), value);
            self.info(copy).function = Some(callable);
            return Some(Arg::Value(Operand::Var(copy)));
        }
        let function = match inner {
            Expr::Closure(c) => {
                let scopes = self.scopes.clone();
                return Some(self.lifted(c, &scopes, by));
            }
            Expr::Path(p) => match p.path.get_ident().map(ToString::to_string) {
                Some(name) if self.scopes.contains(&name) => self.scopes.function(&name)?.clone(),
                _ => Function::Path(p.clone()),
            },
            _ => return None,
        };
        match function {
            Function::Closure(closure) => {
                let (expr, scopes) = closure.parts();
                Some(self.lifted(expr, scopes, by))
            }
            Function::Path(path) if crate::ir::is_function_path(&path) => {
                let and = match by {
                    Passing::Value => quote!(),
                    Passing::Ref => quote!(&),
                    Passing::RefMut => quote!(&mut),
                };
                let expr: Expr = parse_quote!(#and #path);
                Some(Arg::Value(Operand::Const(Box::new(expr))))
            }
            Function::Path(path) => self.of_a_type(&path, by),
        }
    }

    /// `f64::sin` and other functions of floats, which belong to no item.
    fn of_a_type(&mut self, path: &ExprPath, by: Passing) -> Option<Arg> {
        let (_, names) = self.names_of(path);
        let [of, name] = names.as_slice() else {
            return None;
        };
        if !self.is_float_name(of) {
            return None;
        }
        let row = crate::rules::method(name)?;
        let names: Vec<Ident> = (0..row.params.len())
            .map(|k| format_ident!("x_{k}", span = path.span()))
            .collect();
        let ty = &path.path.segments.first()?.ident;
        let closure: ExprClosure = parse_quote!(|#(#names: #ty),*| #path(#(#names),*));
        let scopes = self.scopes.clone();
        Some(self.lifted(&closure, &scopes, by))
    }

    /// The struct of a closure's captures.
    fn lifted(&mut self, closure: &ExprClosure, scopes: &Scopes, by: Passing) -> Arg {
        let span = closure.inputs_begin.span();
        if let Some(name) = changed(closure, scopes) {
            let (what, help) = fence::CHANGES_A_CAPTURE;
            self.refuse(name.span(), what, help);
        }
        let mut captures = Vec::new();
        let own: BTreeSet<String> = closure.inputs.iter().flat_map(bound_names).collect();
        let mut seen = Vec::new();
        self.captures(closure, scopes, &own, &mut seen, &mut captures);
        let own = format_ident!(
            "__Closure{}",
            self.closures.len(),
            span = Span::mixed_site()
        );
        let inputs = closure
            .inputs
            .iter()
            .map(|pat| self.input(pat, &closure.body));
        let inputs: Vec<(Pat, Type)> = inputs.collect();
        let body = &closure.body;
        let output = match &closure.output {
            syn::ReturnType::Type(_, ty) => Some((**ty).clone()),
            syn::ReturnType::Default => {
                if is_fallible(body) {
                    let (what, help) = fence::UNTYPED_RESULT;
                    self.refuse(span, what, help);
                }
                self.guess(body)
            }
        };
        let body = self.without_self(body.to_token_stream());
        let output_tokens = output.as_ref().map(|ty| quote!(-> #ty));
        let generics = self.generics_in(&quote! {
            #body #output_tokens
        });
        let generics = self.with_types(generics, &inputs, &captures);
        let markers = generics.type_params().map(|t| &t.ident);
        let marker: Type = parse_quote!(::core::marker::PhantomData<fn() -> (#(#markers,)*)>);
        let (declared, _, clause) = generics.split_for_impl();
        let (fields, types): (Vec<_>, Vec<_>) = captures.iter().map(|c| (&c.name, &c.ty)).unzip();
        let item = parse_quote! {
            #[derive(Clone)]
            struct #own #declared #clause {
                #(#fields: #types,)*
                __of: #marker,
            }
        };
        let bindings = captures.iter().map(|c| &c.bound);
        let (patterns, types): (Vec<_>, Vec<_>) = inputs.iter().map(|(p, t)| (p, t)).unzip();
        let apply = Ident::new(APPLY, span);
        let method = parse_quote! {
            fn #apply(&self, #(#patterns: #types),*) #output_tokens {
                #(#bindings)*
                #body
            }
        };
        self.closures.push(Lifted {
            captures: item,
            method,
        });
        let mut fields: Vec<(Member, Operand)> = Vec::new();
        for capture in captures {
            let operand = self.operand(capture.value);
            fields.push((Member::Named(capture.name), operand));
        }
        let marker = parse_quote!(::core::marker::PhantomData);
        let marker = Operand::Const(Box::new(marker));
        fields.push((Member::Named(format_ident!("__of")), marker));
        self.span = span;
        let value = Value::new(
            Op::Struct(Box::new(StructOf {
                path: own.into(),
                fields,
                base: None,
                kind: None,
            })),
            Ty::Unknown,
        );
        let var = self.temp("closure", span, value);
        self.info(var).function = Some(Callable {
            inputs: closure.inputs.len(),
            result: output.as_ref().map_or(Ty::Unit, |ty| self.ty(ty)),
            by,
        });
        match by {
            Passing::Value => Arg::Value(Operand::Var(var)),
            Passing::Ref | Passing::RefMut => Arg::Ref(Place::of(var)),
        }
    }

    /// Notes the type of a variable, for closures that capture it.
    pub(super) fn note_type(&mut self, local: &syn::Local) {
        let (pat, written) = match &local.pat {
            Pat::Type(p) => (&*p.pat, Some((*p.ty).clone())),
            pat => (pat, None),
        };
        let Pat::Ident(name) = pat else { return };
        let made = || made_type(&local.init.as_ref()?.expr);
        let Some(ty) = written.or_else(made) else {
            return;
        };
        let binding = self.scopes.find(&name.ident.to_string());
        if let Some(place) = binding.map(|binding| binding.place.clone()) {
            self.typed.push((place, ty));
        }
    }

    /// The variables that a closure uses, those of closures that it calls included.
    fn captures(
        &mut self,
        closure: &ExprClosure,
        scopes: &Scopes,
        own: &BTreeSet<String>,
        seen: &mut Vec<(String, Option<Place>)>,
        captures: &mut Vec<Capture>,
    ) {
        let inputs: BTreeSet<String> = closure.inputs.iter().flat_map(bound_names).collect();
        let mut used = Uses::default();
        used.visit_expr(&closure.body);
        let counts = |name: &Ident| is_index(name, &closure.body);
        for (name, bare) in used.0 {
            let text = name.to_string();
            if inputs.contains(&text) || !scopes.contains(&text) {
                continue;
            }
            // All that is captured stands under its name at the head of one method.
            let place = scopes.find(&text).map(|binding| binding.place.clone());
            let before = seen.iter().find(|(other, _)| *other == text);
            let other = before.is_some_and(|(_, other)| match (other, &place) {
                (Some(a), Some(b)) => !same_place(a, b),
                (a, b) => a.is_some() != b.is_some(),
            });
            if other || own.contains(&text) {
                let (what, help) = fence::TWO_OF_ONE_NAME;
                self.refuse(name.span(), what, help);
                continue;
            }
            if before.is_some() {
                continue;
            }
            seen.push((text.clone(), place));
            if let Some(binding) = scopes.find(&text).cloned() {
                captures.extend(self.capture(&name, &binding, bare, counts(&name)));
                continue;
            }
            let Some(function) = scopes.function(&text).cloned() else {
                if scopes.contains(&text) {
                    let (what, help) = fence::ESCAPES;
                    self.refuse(name.span(), what, help);
                }
                continue;
            };
            let value = match &function {
                Function::Path(path) => path.to_token_stream(),
                Function::Closure(inner) => {
                    let (expr, inner_scopes) = inner.parts();
                    self.captures(expr, inner_scopes, own, seen, captures);
                    self.without_self(expr.to_token_stream())
                }
            };
            // It is no field: the method has the closure in its own text.
            captures.push(Capture {
                ty: parse_quote!(()),
                value: Value::unit(),
                bound: quote!(let #name = #value;),
                name: format_ident!("__closure_{text}"),
            });
        }
    }

    fn capture(
        &mut self,
        name: &Ident,
        binding: &Binding,
        bare: bool,
        index: bool,
    ) -> Option<Capture> {
        let Binding { place, by } = binding;
        let info = &self.vars[place.root.0 as usize];
        if info.function.is_some() {
            let (what, help) = fence::CAPTURES_A_FUNCTION;
            self.refuse(name.span(), what, help);
            return None;
        }
        let written = match info.kind {
            crate::ir::VarKind::Param { index, .. } if place.proj.is_empty() => {
                Some(self.written[index].clone())
            }
            _ => {
                let mut typed = self.typed.iter().rev();
                let of_this = typed.find(|(other, _)| same_place(other, place));
                of_this.map(|(_, ty)| ty.clone())
            }
        };
        let ty = self.ty_of(place);
        let field = match name == "self" {
            true => format_ident!("__this", span = name.span()),
            false => name.clone(),
        };
        let list = match (&ty, &written) {
            (Ty::Array(_), None) | (Ty::Slice(_), _) => true,
            (ty, _) => matches!(ty, Ty::Vec(_)),
        };
        let known = match written {
            Some(ty) if !list => self.named_outside(&ty),
            // rustc would infer it.
            _ if index && ty == Ty::Int(None) => Some(parse_quote!(usize)),
            _ => self.type_of(&ty, list),
        };
        let Some(tokens) = known else {
            let (what, help) = fence::UNTYPED_CAPTURE;
            self.refuse(name.span(), what, help);
            return None;
        };
        self.span = name.span();
        let value = match list {
            true => Value::new(
                Op::ToVec(place.clone()),
                Ty::Vec(Box::new(crate::ir::types::element(&ty))),
            ),
            false => self.read(place.clone()),
        };
        let scalar = is_scalar(&ty) || ty == Ty::Unknown && self.is_float_type(&tokens);
        let bound = match by {
            Passing::Value if scalar => quote!(let #field = self.#field;),
            _ if matches!(ty, Ty::Array(_) | Ty::Slice(_)) && list => {
                quote!(let #field = &self.#field[..];)
            }
            Passing::Value if bare => quote!(let #field: #tokens = self.#field.clone();),
            _ => quote!(let #field: &#tokens = &self.#field;),
        };
        Some(Capture {
            name: field,
            ty: tokens,
            value,
            bound,
        })
    }

    /// A type as it is written, with the type of the `impl` instead of `Self`.
    fn named_outside(&self, ty: &Type) -> Option<Type> {
        let ty = crate::syntax::types::passing(ty).1;
        syn::parse2(self.without_self(ty.to_token_stream())).ok()
    }

    /// `self` and `Self` under the names that they have outside of the `impl`.
    fn without_self(&self, tokens: TokenStream) -> TokenStream {
        let own = self.own_type.as_ref();
        let exchange = |token: TokenTree| -> TokenStream {
            match token {
                TokenTree::Ident(ident) if ident == "self" => {
                    format_ident!("__this", span = ident.span()).into_token_stream()
                }
                TokenTree::Ident(ident) if ident == "Self" => match own {
                    Some(ty) => quote!(#ty),
                    None => ident.into_token_stream(),
                },
                TokenTree::Group(group) => {
                    let mut inner =
                        Group::new(group.delimiter(), self.without_self(group.stream()));
                    inner.set_span(group.span());
                    inner.into_token_stream()
                }
                token => token.into_token_stream(),
            }
        };
        tokens.into_iter().map(exchange).collect()
    }

    /// The generic parameters in scope that tokens name.
    fn generics_in(&self, tokens: &TokenStream) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        identifiers(tokens.clone(), &mut names);
        names
    }

    fn with_types(
        &self,
        mut names: BTreeSet<String>,
        inputs: &[(Pat, Type)],
        captures: &[Capture],
    ) -> syn::Generics {
        for (_, ty) in inputs {
            identifiers(ty.to_token_stream(), &mut names);
        }
        for capture in captures {
            identifiers(capture.ty.to_token_stream(), &mut names);
        }
        let mut generics = syn::Generics::default();
        for param in &self.generics.params {
            let name = match param {
                syn::GenericParam::Type(t) => &t.ident,
                syn::GenericParam::Const(c) => &c.ident,
                syn::GenericParam::Lifetime(_) => continue,
            };
            if names.contains(&name.to_string()) {
                generics.params.push(param.clone());
            }
        }
        let clause = self
            .generics
            .where_clause
            .iter()
            .flat_map(|w| &w.predicates);
        for predicate in clause {
            let about = generics
                .type_params()
                .any(|t| crate::syntax::functions::is_about(predicate, &t.ident));
            if about {
                generics
                    .make_where_clause()
                    .predicates
                    .push(predicate.clone());
            }
        }
        generics
    }
}

/// `f` of `(*f)(x)`.
fn behind_stars(e: &Expr) -> &Expr {
    match strip(e) {
        Expr::Unary(u) if matches!(u.op, syn::UnOp::Deref(_)) => behind_stars(&u.expr),
        e => e,
    }
}
