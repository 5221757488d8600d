//! Macros: `vec!`, and those that check, print or panic.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, Lit, Macro, Stmt, StmtMacro, Token};

use super::exits::has_control_flow;
use super::{Lower, Value};
use crate::ir::types::diverges;
use crate::ir::{Effect, Op, Passing, Place, StmtKind, Ty};
use crate::syntax::fence;

fn name(mac: &Macro) -> String {
    mac.path
        .segments
        .last()
        .map(|s| s.ident.to_string())
        .unwrap_or_default()
}

fn checks(name: &str) -> bool {
    matches!(
        name,
        "assert"
            | "assert_eq"
            | "assert_ne"
            | "debug_assert"
            | "debug_assert_eq"
            | "debug_assert_ne"
    )
}

/// `vec![..]`
enum Vector {
    Repeat(Box<(Expr, Expr)>),
    Of(Vec<Expr>),
}

impl Parse for Vector {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Vector::Of(Vec::new()));
        }
        let first: Expr = input.parse()?;
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            return Ok(Vector::Repeat(Box::new((first, input.parse()?))));
        }
        let mut all = vec![first];
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                all.push(input.parse()?);
            }
        }
        Ok(Vector::Of(all))
    }
}

impl Lower<'_> {
    pub(super) fn macro_value(&mut self, mac: &Macro) -> Value {
        if name(mac) == "matches" {
            return self.matches(mac);
        }
        if name(mac) == "format" {
            return self.text(mac);
        }
        if name(mac) != "vec" {
            self.macro_statement(mac);
            return Value::unit();
        }
        match Vector::parse.parse2(mac.tokens.clone()) {
            Ok(Vector::Repeat(parts)) => {
                let (e, n) = *parts;
                let (e, ty) = self.typed(&e);
                let n = self.value(&n);
                Value::new(Op::VecRepeat(e, n), Ty::Vec(Box::new(ty)))
            }
            Ok(Vector::Of(all)) if all.is_empty() => {
                Value::new(Op::VecEmpty(None), Ty::Vec(Box::new(Ty::Unknown)))
            }
            Ok(Vector::Of(all)) => {
                let (operands, ty) = self.elements(all.iter());
                Value::new(Op::VecOf(operands), Ty::Vec(Box::new(ty)))
            }
            Err(error) => {
                self.errors.push_syn(&error);
                Value::unit()
            }
        }
    }

    pub(super) fn macro_statement(&mut self, mac: &Macro) {
        self.span = mac.span();
        let name = name(mac);
        let prints = matches!(name.as_str(), "println" | "print" | "eprintln" | "eprint");
        if name == "vec" {
            let value = self.macro_value(mac);
            self.discard_value(value);
            return;
        }
        if !(prints || checks(&name) || diverges(mac)) {
            let (what, help) = fence::macro_(&name);
            self.refuse(mac.path.span(), what, help);
            return;
        }
        let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone());
        let args = match list {
            Ok(list) => list.into_iter().collect::<Vec<_>>(),
            Err(error) => {
                self.errors.push_syn(&error);
                return;
            }
        };
        if let Some(arg) = args.iter().find(|arg| has_control_flow(argument(arg))) {
            let help = "compute it before, with a `let`";
            self.refuse(
                arg.span(),
                "control flow inside a macro is not supported",
                help,
            );
            return;
        }
        self.effect(mac, args, checks(&name));
        if diverges(mac) {
            self.dead = true;
        }
    }

    /// `format!(..)`: a text, through which no derivative flows.
    fn text(&mut self, mac: &Macro) -> Value {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone());
        let args = match list {
            Ok(list) => list,
            Err(error) => {
                self.errors.push_syn(&error);
                return Value::unit();
            }
        };
        let mut args = args.into_iter();
        let Some(format) = args.next() else {
            return Value::unit();
        };
        let mut holes = Vec::new();
        let mut given = Vec::new();
        let mut values = Vec::new();
        for arg in args {
            let left = match &arg {
                Expr::Assign(a) => Some(a.left.clone()),
                _ => None,
            };
            given.extend(left.iter().map(|left| left.to_token_stream().to_string()));
            let hole = self.shown(argument(&arg), &mut holes);
            values.push(match left {
                Some(left) => quote::quote!(#left = #hole),
                None => quote::quote!(#hole),
            });
        }
        if let Expr::Lit(syn::ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &format
        {
            let mut names = captured(&text.value(), text.span());
            names.sort();
            names.dedup();
            names.retain(|name| !given.contains(&name.to_string()));
            for name in names {
                // A constant stays in the text.
                if self.scopes.contains(&name.to_string()) {
                    let hole = self.shown(&syn::parse_quote!(#name), &mut holes);
                    values.push(quote::quote!(#name = #hole));
                }
            }
        }
        let path = &mac.path;
        let expr = syn::parse_quote!(#path!(#format #(, #values)*));
        self.span = mac.span();
        self.made(expr, holes, Ty::Unknown, true)
    }

    /// A value that is only looked at, as a hole. What is behind a reference need not have a
    /// size: a `str`.
    fn shown(&mut self, e: &Expr, holes: &mut Vec<Place>) -> TokenStream {
        let item = self.item(e);
        let (place, by) = self.item_place(item);
        let behind = by != Passing::Value && !self.is_scalar(&self.ty_of(&place));
        holes.push(place);
        let hole = super::method::hole_name(holes.len() - 1);
        match behind {
            true => quote::quote!(&#hole),
            false => quote::quote!(#hole),
        }
    }

    fn effect(&mut self, mac: &Macro, args: Vec<Expr>, assert_like: bool) {
        let mut given = Vec::new();
        let mut captures = Vec::new();
        for arg in &args {
            match arg {
                Expr::Assign(a) => given.push(a.left.as_ref().clone()),
                Expr::Lit(l) => {
                    if let Lit::Str(s) = &l.lit {
                        captures.extend(captured(&s.value(), s.span()));
                    }
                }
                _ => {}
            }
        }
        captures.retain(|name| {
            !given
                .iter()
                .any(|e| matches!(e, Expr::Path(p) if p.path.is_ident(name)))
        });
        // `name = value`: only the value holds the program's names.
        let mut values: Vec<Expr> = args.iter().map(|arg| argument(arg).clone()).collect();
        let names = self.named_places(&mut values, &captures);
        let args = args.iter().zip(values).map(|(arg, value)| match arg {
            Expr::Assign(a) => {
                let left = &a.left;
                quote::quote!(#left = #value)
            }
            _ => quote::quote!(#value),
        });
        let mut mac = mac.clone();
        mac.tokens = join(args);
        let semi_token = Some(Token![;](mac.span()));
        let stmt = Stmt::Macro(StmtMacro {
            attrs: Vec::new(),
            mac,
            semi_token,
        });
        self.push(StmtKind::Effect(Box::new(Effect {
            stmt,
            names,
            assert_like,
        })));
    }
}

fn join(args: impl Iterator<Item = TokenStream>) -> TokenStream {
    let args = args.collect::<Vec<_>>();
    quote::quote!(#(#args),*)
}

/// The value of `name = value`.
fn argument(arg: &Expr) -> &Expr {
    match arg {
        Expr::Assign(a) => &a.right,
        arg => arg,
    }
}

/// The names that a format string captures: `{x}`, `{x:?}`, `{:width$}`.
fn captured(format: &str, span: Span) -> Vec<Ident> {
    let mut names = Vec::new();
    let text = format.replace("{{", "").replace("}}", "");
    for part in text.split('{').skip(1) {
        let Some((inside, _)) = part.split_once('}') else {
            continue;
        };
        let (value, spec) = inside.split_once(':').unwrap_or((inside, ""));
        names.push(value.trim());
        let mut pieces = spec.split('$').collect::<Vec<_>>();
        // What follows the last `$` is no name.
        pieces.pop();
        for piece in pieces {
            let start = piece
                .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
                .map_or(0, |i| i + 1);
            names.push(&piece[start..]);
        }
    }
    let is_name = |name: &&str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    names
        .into_iter()
        .filter(is_name)
        .map(|name| Ident::new(name, span))
        .collect()
}
