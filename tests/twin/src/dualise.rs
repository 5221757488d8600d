//! `f64` becomes a dual number, everything else stays as it is.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    BinOp, Expr, Ident, Item, ItemFn, Lit, Pat, Path, Token, Type, TypeParamBound, parse_quote,
};

use crate::arguments::Arguments;

/// `<name>_dual`.
pub fn twin_of(function: &ItemFn, arguments: &Arguments) -> TokenStream {
    let mut function = function.clone();
    let mut dualiser = Dualiser::new(&function, arguments);
    dualiser.rewrite(&mut function);
    quote!(#[allow(clippy::all, unused)] #function)
}

/// The module `<name>_dual`: the same types and their functions.
pub fn twin_of_module(module: &syn::ItemMod, arguments: &Arguments) -> TokenStream {
    let mut dualiser = Dualiser {
        plain: arguments.plain.clone(),
        consts: arguments.consts.clone(),
        bound: bound(&Item::Mod(module.clone())),
        ..Dualiser::default()
    };
    dualiser.bound.insert("self".to_owned());
    let name = dual_name(&module.ident);
    let items = module.content.iter().flat_map(|(_, items)| items);
    let items: Vec<Item> = items
        .cloned()
        .map(|mut item| {
            strip(&mut item);
            match &mut item {
                Item::Fn(function) => dualiser.rewrite(function),
                item => visit_mut::visit_item_mut(&mut dualiser, item),
            }
            item
        })
        .collect();
    quote!(#[allow(clippy::all, unused)] pub mod #name { #(#items)* })
}

/// Takes the attributes of the compiler under test off an item.
fn strip(item: &mut Item) {
    struct Strip;
    impl VisitMut for Strip {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
            attributes.retain(|attribute| {
                !attribute.path().is_ident("conservative_grad") && !is_of_a_loop(attribute)
            });
            for attribute in attributes {
                let list = Punctuated::<Path, Token![,]>::parse_terminated;
                if attribute.path().is_ident("derive")
                    && let Ok(derives) = attribute.parse_args_with(list)
                {
                    let kept = derives.iter().filter(|d| !d.is_ident("Differentiable"));
                    *attribute = parse_quote!(#[derive(#(#kept),*)]);
                }
            }
        }
    }
    Strip.visit_item_mut(item);
}

fn is_of_a_loop(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("checkpoint") || attribute.path().is_ident("parallel")
}

/// Takes the attributes of loops off a body.
fn strip_loops(block: &mut syn::Block) {
    struct Strip;
    impl VisitMut for Strip {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
            attributes.retain(|attribute| !is_of_a_loop(attribute));
        }
    }
    Strip.visit_block_mut(block);
}

/// A type or an expression of the adapter, over dual numbers.
pub fn dual_type(ty: &Type) -> Type {
    let mut ty = ty.clone();
    Dualiser::default().visit_type_mut(&mut ty);
    ty
}

pub fn dual_expr(expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    Dualiser::default().visit_expr_mut(&mut expr);
    expr
}

#[derive(Default)]
struct Dualiser {
    /// Unsuffixed literals are `f32`: the signature mentions no `f64`.
    single: bool,
    plain: BTreeSet<String>,
    consts: BTreeSet<String>,
    /// Names bound in the function: closures are called by them.
    bound: BTreeSet<String>,
}

/// Every name that a pattern binds, wherever.
fn bound(item: &Item) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'ast> syn::visit::Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0.insert(p.ident.to_string());
            syn::visit::visit_pat_ident(self, p);
        }
        /// The arguments of a macro may be closures.
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            // Both `vec![a, b]` and `vec![a; n]`.
            let list = |input: syn::parse::ParseStream| {
                let mut list = Vec::new();
                while !input.is_empty() {
                    list.push(input.parse::<Expr>()?);
                    if input.peek(Token![;]) {
                        input.parse::<Token![;]>()?;
                    } else if !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                Ok(list)
            };
            let more = syn::parse::Parser::parse2(list, mac.tokens.clone()).unwrap_or_default();
            let mut inside = Names(std::mem::take(&mut self.0));
            for expr in &more {
                syn::visit::Visit::visit_expr(&mut inside, expr);
            }
            self.0 = inside.0;
        }
    }
    let mut names = Names(BTreeSet::new());
    syn::visit::Visit::visit_item(&mut names, item);
    names.0
}

impl Dualiser {
    fn new(function: &ItemFn, arguments: &Arguments) -> Self {
        let signature = function.sig.to_token_stream().to_string();
        Dualiser {
            single: signature.contains("f32") && !signature.contains("f64"),
            plain: arguments.plain.clone(),
            consts: arguments.consts.clone(),
            bound: bound(&Item::Fn(function.clone())),
        }
    }

    fn rewrite(&mut self, function: &mut ItemFn) {
        function.attrs.clear();
        strip_loops(&mut function.block);
        function.sig.ident = dual_name(&function.sig.ident);
        self.visit_signature_mut(&mut function.sig);
        self.visit_block_mut(&mut function.block);
    }

    /// The dual type of literals without a suffix.
    fn default_type(&self) -> Type {
        float_type(self.single)
    }

    fn call(&self, path: &mut Path) {
        let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let Some((last, before)) = segments.split_last() else {
            return;
        };
        if last == "constant" {
            *path = parse_quote!(crate::dual::constant);
            return;
        }
        let foreign = [
            "std",
            "core",
            "ad_runtime",
            "usize",
            "i32",
            "i64",
            "u32",
            "u64",
        ];
        let of_a_type = before
            .last()
            .is_some_and(|s| starts_upper(s) || foreign.contains(&s.as_str()));
        let outside = before
            .first()
            .is_some_and(|s| foreign.contains(&s.as_str()));
        let float = before.iter().any(|s| s == "f64" || s == "f32");
        let local = before.is_empty() && self.bound.contains(last);
        if local || starts_upper(last) || of_a_type || outside || float || self.plain.contains(last)
        {
            return;
        }
        if let Some(segment) = path.segments.last_mut() {
            segment.ident = dual_name(&segment.ident);
        }
    }

    /// `f64::max`, `f64::EPSILON`, `std::f64::consts::PI`, a constant of the user's.
    fn path(&self, path: &Path) -> Option<Expr> {
        let last = path.segments.last()?.ident.clone();
        let float = path
            .segments
            .iter()
            .find(|s| s.ident == "f64" || s.ident == "f32");
        let upper = last.to_string().chars().all(|c| !c.is_lowercase());
        match float {
            Some(float) if path.segments.len() > 1 => {
                let ty = float_type(float.ident == "f32");
                Some(if upper {
                    parse_quote!(<#ty>::lit(#path))
                } else {
                    parse_quote!(<#ty>::#last)
                })
            }
            _ if self.consts.contains(&last.to_string()) => {
                let ty = self.default_type();
                Some(parse_quote!(<#ty>::lit(#path)))
            }
            _ => None,
        }
    }

    fn cast(&self, expr: &Expr, ty: &Type) -> Expr {
        if matches!(expr, Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_))) && !is_float(ty) {
            return parse_quote!((#expr as #ty));
        }
        let ty = dual_type(ty);
        parse_quote!(crate::dual::Cast::<#ty>::cast(#expr))
    }
}

/// Dual numbers are not differentiated.
fn without_tangents(bounds: &mut Punctuated<TypeParamBound, Token![+]>) {
    let is_kept = |bound: &&TypeParamBound| {
        let TypeParamBound::Trait(bound) = bound else {
            return true;
        };
        let last = bound.path.segments.last();
        last.is_none_or(|segment| segment.ident != "Differentiable" && segment.ident != "Keep")
    };
    *bounds = bounds.iter().filter(is_kept).cloned().collect();
}

impl VisitMut for Dualiser {
    fn visit_type_param_mut(&mut self, param: &mut syn::TypeParam) {
        without_tangents(&mut param.bounds);
        visit_mut::visit_type_param_mut(self, param);
    }

    fn visit_predicate_type_mut(&mut self, predicate: &mut syn::PredicateType) {
        without_tangents(&mut predicate.bounds);
        visit_mut::visit_predicate_type_mut(self, predicate);
    }

    fn visit_item_trait_mut(&mut self, item: &mut syn::ItemTrait) {
        without_tangents(&mut item.supertraits);
        visit_mut::visit_item_trait_mut(self, item);
    }

    fn visit_trait_item_type_mut(&mut self, item: &mut syn::TraitItemType) {
        without_tangents(&mut item.bounds);
        visit_mut::visit_trait_item_type_mut(self, item);
    }

    /// `types::P` is a type of the module `types`.
    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.segments.len() > 1 && path.segments[0].ident == "types" {
            path.segments[0].ident = dual_name(&path.segments[0].ident);
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty {
            if path.path.is_ident("f64") {
                *ty = float_type(false);
                return;
            }
            if path.path.is_ident("f32") {
                *ty = float_type(true);
                return;
            }
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Lit(lit) => {
                if let Lit::Float(float) = &lit.lit {
                    let ty = match float.suffix() {
                        "f32" => float_type(true),
                        "f64" => float_type(false),
                        _ => self.default_type(),
                    };
                    *expr = parse_quote!(<#ty>::lit(#float));
                }
            }
            Expr::Cast(cast) => {
                self.visit_expr_mut(&mut cast.expr);
                *expr = self.cast(&cast.expr, &cast.ty);
            }
            Expr::Path(path) => {
                if let Some(replacement) = self.path(&path.path) {
                    *expr = replacement;
                } else {
                    visit_mut::visit_expr_mut(self, expr);
                }
            }
            // For primitives Rust evaluates the right side first, for other types the place.
            Expr::Binary(binary) if is_assignment(&binary.op) => {
                visit_mut::visit_expr_mut(self, expr);
                let Expr::Binary(binary) = &*expr else { return };
                let (left, op, right) = (&binary.left, &binary.op, &binary.right);
                *expr = parse_quote!({ let right_side = #right; #left #op right_side; });
            }
            // A function that is an argument.
            Expr::MethodCall(call) => {
                for arg in &mut call.args {
                    if let Expr::Path(function) = arg
                        && let Some(name) = function.path.get_ident().map(ToString::to_string)
                        && !self.bound.contains(&name)
                    {
                        let constant = self.consts.contains(&name);
                        if !constant && name.starts_with(char::is_lowercase) {
                            self.call(&mut function.path);
                        }
                    }
                }
                visit_mut::visit_expr_mut(self, expr);
            }
            Expr::Call(call) => {
                if let Expr::Path(function) = &mut *call.func {
                    self.call(&mut function.path);
                }
                for argument in &mut call.args {
                    // A function that is passed on.
                    if let Expr::Path(argument) = argument
                        && let Some(name) = argument.path.get_ident()
                        && name != "self"
                        && !self.consts.contains(&name.to_string())
                    {
                        self.call(&mut argument.path);
                    }
                }
                visit_mut::visit_expr_mut(self, expr);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    /// The arguments of the macros that corpus programs use are expressions.
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        let tokens = mac.tokens.clone();
        let repeat = syn::parse::Parser::parse2(
            |input: syn::parse::ParseStream| {
                let element: Expr = input.parse()?;
                input.parse::<Token![;]>()?;
                Ok((element, input.parse::<Expr>()?))
            },
            tokens.clone(),
        );
        if let Ok((mut element, length)) = repeat {
            self.visit_expr_mut(&mut element);
            mac.tokens = quote!(#element; #length);
            return;
        }
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(mut list) = syn::parse::Parser::parse2(list, tokens) {
            list.iter_mut().for_each(|expr| self.visit_expr_mut(expr));
            mac.tokens = list.to_token_stream();
        }
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        match item {
            Item::Const(constant) if is_float(&constant.ty) => {
                self.consts.insert(constant.ident.to_string());
            }
            Item::Fn(function) => self.rewrite(function),
            Item::Struct(_) | Item::Enum(_) | Item::Impl(_) | Item::Trait(_) => {
                visit_mut::visit_item_mut(self, item);
            }
            _ => {}
        }
    }

    /// Literals in patterns are not expressions.
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if !matches!(pat, Pat::Lit(_) | Pat::Range(_)) {
            visit_mut::visit_pat_mut(self, pat);
        }
    }
}

fn float_type(single: bool) -> Type {
    if single {
        parse_quote!(crate::dual::D32)
    } else {
        parse_quote!(crate::dual::D)
    }
}

fn is_float(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("f64") || path.path.is_ident("f32"))
}

fn is_assignment(op: &BinOp) -> bool {
    let text = op.to_token_stream().to_string();
    text.ends_with('=') && !["==", "!=", "<=", ">="].contains(&text.as_str())
}

fn dual_name(ident: &Ident) -> Ident {
    format_ident!("{ident}_dual", span = Span::call_site())
}

fn starts_upper(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}
