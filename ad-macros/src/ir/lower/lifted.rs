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
use syn::visit::{self, Visit};
use syn::{Expr, ExprClosure, ExprPath, Member, Pat, Type, parse_quote};

use super::closure::{Function, identifiers};
use super::place::strip;
use super::scope::{Binding, Scopes};
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

    /// The tokens of a type, as far as they are known; a list has its elements.
    fn type_of(&self, ty: &Ty, list: bool) -> Option<Type> {
        Some(match ty {
            Ty::Float(Some(name)) | Ty::Int(Some(name)) => parse_quote!(#name),
            Ty::Float(None) | Ty::Unknown => {
                let float = self.a_float();
                parse_quote!(#float)
            }
            Ty::Bool => parse_quote!(bool),
            Ty::Unit => parse_quote!(()),
            Ty::Array(t) | Ty::Slice(t) if list => {
                let t = self.type_of(t, false)?;
                parse_quote!(::std::vec::Vec<#t>)
            }
            Ty::Vec(t) => {
                let t = self.type_of(t, false)?;
                parse_quote!(::std::vec::Vec<#t>)
            }
            Ty::Tuple(types) => {
                let types: Option<Vec<Type>> =
                    types.iter().map(|t| self.type_of(t, false)).collect();
                let types = types?;
                parse_quote!((#(#types,)*))
            }
            Ty::Option(t) => {
                let t = self.type_of(t, false)?;
                parse_quote!(::core::option::Option<#t>)
            }
            Ty::Int(None) | Ty::Array(_) | Ty::Slice(_) | Ty::Result(_) => return None,
        })
    }

    /// The type of floats that nothing tells the type of.
    fn a_float(&self) -> Ident {
        let named = |name: &str| Ident::new(name, Span::call_site());
        self.only_float
            .clone()
            .unwrap_or_else(|| match self.single {
                true => named("f32"),
                false => named("f64"),
            })
    }

    fn is_float_type(&self, ty: &Type) -> bool {
        matches!(self.ty(ty), Ty::Float(_))
    }

    /// A parameter of a closure with its type.
    fn input(&self, pat: &Pat, body: &Expr) -> (Pat, Type) {
        let float = self.a_float();
        match pat {
            Pat::Type(p) => ((*p.pat).clone(), (*p.ty).clone()),
            Pat::Reference(_) => (pat.clone(), parse_quote!(&#float)),
            Pat::Paren(p) => self.input(&p.pat, body),
            Pat::Ident(p) if is_list(&p.ident, body) => (pat.clone(), parse_quote!(&[#float])),
            pat => (pat.clone(), parse_quote!(#float)),
        }
    }

    /// The type of a closure's result, by the form of its body.
    fn guess(&self, body: &Expr) -> Option<Type> {
        let float = self.a_float();
        let float: Type = parse_quote!(#float);
        match strip(body) {
            Expr::Block(b) => match b.block.stmts.last() {
                Some(syn::Stmt::Expr(e, None)) => self.guess(e),
                Some(syn::Stmt::Expr(Expr::Return(r), _)) => self.guess(r.expr.as_ref()?),
                _ => None,
            },
            Expr::If(e) => match e.then_branch.stmts.last() {
                Some(syn::Stmt::Expr(e, None)) => self.guess(e),
                _ => None,
            },
            Expr::Match(m) => self.guess(&m.arms.first()?.body),
            Expr::Tuple(t) => {
                let parts: Option<Vec<Type>> = t.elems.iter().map(|e| self.guess(e)).collect();
                let parts = parts?;
                (!parts.is_empty()).then(|| parse_quote!((#(#parts,)*)))
            }
            Expr::Array(a) => {
                let (first, n) = (self.guess(a.elems.first()?)?, a.elems.len());
                Some(parse_quote!([#first; #n]))
            }
            Expr::Macro(m) if m.mac.path.is_ident("vec") => {
                Some(parse_quote!(::std::vec::Vec<#float>))
            }
            Expr::Cast(c) => Some((*c.ty).clone()),
            Expr::Call(c) if is_some(&c.func) => {
                let content = self.guess(c.args.first()?)?;
                Some(parse_quote!(::core::option::Option<#content>))
            }
            e if is_none(e) => Some(parse_quote!(::core::option::Option<#float>)),
            Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Bool(_),
                ..
            }) => Some(parse_quote!(bool)),
            Expr::Binary(b) if is_condition(&b.op) => Some(parse_quote!(bool)),
            Expr::Struct(s) => {
                let path = &s.path;
                Some(parse_quote!(#path))
            }
            Expr::Assign(_) | Expr::ForLoop(_) | Expr::While(_) => None,
            Expr::Binary(b) if super::expr::operator(&b.op).is_none() => None,
            _ => Some(float),
        }
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

fn is_condition(op: &syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(
        op,
        And(_) | Or(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) | Eq(_) | Ne(_)
    )
}

/// The type that an expression shows: of `S { .. }` and `S::new(..)`.
fn made_type(e: &Expr) -> Option<Type> {
    match strip(e) {
        Expr::Reference(r) => made_type(&r.expr),
        Expr::Struct(s) if s.qself.is_none() && !crate::ir::is_variant(&s.path) => {
            let path = &s.path;
            Some(parse_quote!(#path))
        }
        Expr::Call(c) => {
            let Expr::Path(p) = strip(&c.func) else {
                return None;
            };
            let mut path = p.path.clone();
            let function = path.segments.pop()?;
            path.segments.pop_punct();
            let of = &path.segments.last()?.ident;
            let upper = |name: &Ident| name.to_string().starts_with(char::is_uppercase);
            let known = ["Vec", "Box", "Some", "Ok", "Option"]
                .iter()
                .any(|name| of == name);
            (upper(of) && !upper(&function.ident) && !known && p.qself.is_none())
                .then(|| parse_quote!(#path))
        }
        _ => None,
    }
}

/// `f` of `(*f)(x)`.
fn behind_stars(e: &Expr) -> &Expr {
    match strip(e) {
        Expr::Unary(u) if matches!(u.op, syn::UnOp::Deref(_)) => behind_stars(&u.expr),
        e => e,
    }
}

/// The names that an expression uses, in order, and whether one stands for its value
/// somewhere, not for a part of it.
#[derive(Default)]
struct Uses(Vec<(Ident, bool)>);

impl Uses {
    fn note(&mut self, e: &Expr, bare: bool) -> bool {
        let Expr::Path(p) = strip(e) else {
            return false;
        };
        let Some(ident) = p.path.get_ident() else {
            return false;
        };
        match self.0.iter_mut().find(|(name, _)| name == ident) {
            Some((_, noted)) => *noted |= bare,
            None => self.0.push((ident.clone(), bare)),
        }
        true
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, e: &'ast Expr) {
        let part = match e {
            Expr::Field(f) => Some(&*f.base),
            Expr::Index(i) => Some(&*i.expr),
            Expr::MethodCall(m) => Some(&*m.receiver),
            Expr::Reference(r) => Some(&*r.expr),
            _ => None,
        };
        match part {
            Some(part) if self.note(part, false) => match e {
                Expr::Index(i) => self.visit_expr(&i.index),
                Expr::MethodCall(m) => m.args.iter().for_each(|a| self.visit_expr(a)),
                _ => {}
            },
            _ => {
                if !self.note(e, true) {
                    visit::visit_expr(self, e);
                }
            }
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let mut names = BTreeSet::new();
        identifiers(mac.tokens.clone(), &mut names);
        for name in names {
            if let Ok(ident) = syn::parse_str::<Ident>(&name) {
                let expr: Expr = parse_quote!(#ident);
                self.note(&expr, true);
            }
        }
    }
}

fn is_some(e: &Expr) -> bool {
    matches!(strip(e), Expr::Path(p) if crate::ir::std_variant(&p.path) == Some("Some"))
}

fn is_none(e: &Expr) -> bool {
    matches!(strip(e), Expr::Path(p) if crate::ir::std_variant(&p.path) == Some("None"))
}

/// Whether a name stands in an index.
fn is_index(name: &Ident, body: &Expr) -> bool {
    struct Indices<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Indices<'_> {
        fn visit_expr_index(&mut self, e: &'ast syn::ExprIndex) {
            let mut names = BTreeSet::new();
            identifiers(e.index.to_token_stream(), &mut names);
            self.1 |= names.contains(&self.0.to_string());
            visit::visit_expr_index(self, e);
        }
    }
    let mut indices = Indices(name, false);
    indices.visit_expr(body);
    indices.1
}

/// Whether a closure ends with `Ok(..)` or `Err(..)`.
fn is_fallible(e: &Expr) -> bool {
    let block =
        |b: &syn::Block| matches!(b.stmts.last(), Some(syn::Stmt::Expr(e, _)) if is_fallible(e));
    match strip(e) {
        Expr::Block(b) => block(&b.block),
        Expr::If(e) => {
            block(&e.then_branch) || e.else_branch.as_ref().is_some_and(|(_, e)| is_fallible(e))
        }
        Expr::Match(m) => m.arms.iter().any(|arm| is_fallible(&arm.body)),
        Expr::Return(r) => r.expr.as_ref().is_some_and(|e| is_fallible(e)),
        Expr::Call(c) => matches!(
            strip(&c.func),
            Expr::Path(p) if matches!(crate::ir::std_variant(&p.path), Some("Ok" | "Err"))
        ),
        _ => false,
    }
}

/// Whether a name is used as that of a list.
fn is_list(name: &Ident, body: &Expr) -> bool {
    struct Lists<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Lists<'_> {
        fn visit_expr(&mut self, e: &'ast Expr) {
            let list = match e {
                Expr::Index(i) => Some(&*i.expr),
                Expr::MethodCall(m) => {
                    let of_a_list = [
                        "len", "iter", "windows", "chunks", "to_vec", "first", "last",
                    ];
                    let known = of_a_list.iter().any(|name| m.method == name);
                    known.then_some(&*m.receiver)
                }
                Expr::ForLoop(f) => Some(&*f.expr),
                _ => None,
            };
            self.1 |=
                list.is_some_and(|e| matches!(strip(e), Expr::Path(p) if p.path.is_ident(self.0)));
            visit::visit_expr(self, e);
        }
    }
    let mut lists = Lists(name, false);
    lists.visit_expr(body);
    lists.1
}

/// The names that a pattern binds.
fn bound_names(pat: &Pat) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0.push(p.ident.to_string());
            visit::visit_pat_ident(self, p);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}

/// A captured variable that a closure changes.
fn changed(closure: &ExprClosure, scopes: &Scopes) -> Option<Ident> {
    struct Changes<'s>(&'s Scopes, Vec<BTreeSet<String>>, Option<Ident>);
    impl Changes<'_> {
        fn within(&mut self, f: impl FnOnce(&mut Self)) {
            self.1.push(BTreeSet::new());
            f(self);
            self.1.pop();
        }
        fn target(&mut self, e: &Expr) {
            match strip(e) {
                Expr::Path(p) => {
                    let Some(ident) = p.path.get_ident() else {
                        return;
                    };
                    let name = ident.to_string();
                    let own = self.1.iter().any(|names| names.contains(&name));
                    if !own && self.0.contains(&name) {
                        self.2.get_or_insert(ident.clone());
                    }
                }
                Expr::Index(i) => self.target(&i.expr),
                Expr::Field(f) => self.target(&f.base),
                Expr::Unary(u) => self.target(&u.expr),
                Expr::Tuple(t) => t.elems.iter().for_each(|e| self.target(e)),
                Expr::Array(t) => t.elems.iter().for_each(|e| self.target(e)),
                _ => {}
            }
        }
    }
    impl<'ast> Visit<'ast> for Changes<'_> {
        fn visit_expr_assign(&mut self, e: &'ast syn::ExprAssign) {
            self.target(&e.left);
            visit::visit_expr_assign(self, e);
        }
        fn visit_expr_binary(&mut self, e: &'ast syn::ExprBinary) {
            if super::expr::operator(&e.op).is_none()
                && !matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_))
            {
                self.target(&e.left);
            }
            visit::visit_expr_binary(self, e);
        }
        fn visit_expr_reference(&mut self, e: &'ast syn::ExprReference) {
            if e.mutability.is_some() {
                self.target(&e.expr);
            }
            visit::visit_expr_reference(self, e);
        }
        fn visit_block(&mut self, b: &'ast syn::Block) {
            self.within(|v| visit::visit_block(v, b));
        }
        fn visit_arm(&mut self, a: &'ast syn::Arm) {
            self.within(|v| visit::visit_arm(v, a));
        }
        fn visit_expr_for_loop(&mut self, e: &'ast syn::ExprForLoop) {
            self.within(|v| visit::visit_expr_for_loop(v, e));
        }
        fn visit_expr_closure(&mut self, e: &'ast ExprClosure) {
            self.within(|v| visit::visit_expr_closure(v, e));
        }
        fn visit_expr_if(&mut self, e: &'ast syn::ExprIf) {
            self.within(|v| visit::visit_expr_if(v, e));
        }
        fn visit_expr_while(&mut self, e: &'ast syn::ExprWhile) {
            self.within(|v| visit::visit_expr_while(v, e));
        }
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            if let Some(names) = self.1.last_mut() {
                names.insert(p.ident.to_string());
            }
        }
    }
    let mut changes = Changes(scopes, vec![BTreeSet::new()], None);
    for input in &closure.inputs {
        changes.visit_pat(input);
    }
    changes.visit_expr(&closure.body);
    changes.2
}
