//! The arguments of `#[twin(..)]` and `#[program(..)]`.

use std::collections::{BTreeMap, BTreeSet};

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Token, bracketed, parenthesized, token};

#[derive(Default)]
pub struct Arguments {
    /// `xs[4]`: the length of a slice or `Vec`.
    pub lengths: BTreeMap<String, Expr>,
    /// `n = 3`: the value of a parameter that is not differentiated.
    pub fixed: BTreeMap<String, Expr>,
    /// `on(0.5, 2.0)`: where the points are drawn.
    pub interval: Option<(Expr, Expr)>,
    /// `stops()`: the program stops differentiation, so differences cannot judge it.
    pub stops: bool,
    /// `first_order()`: without second derivatives; the program says why.
    pub first_order: bool,
    /// `plain(f)`: called functions without a twin.
    pub plain: BTreeSet<String>,
    /// `consts(G)`: float constants of the surrounding module.
    pub consts: BTreeSet<String>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut arguments = Arguments::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            if input.peek(token::Bracket) {
                let inner;
                bracketed!(inner in input);
                arguments.lengths.insert(name.to_string(), inner.parse()?);
            } else if input.peek(Token![=]) {
                input.parse::<Token![=]>()?;
                arguments.fixed.insert(name.to_string(), input.parse()?);
            } else {
                let inner;
                parenthesized!(inner in input);
                arguments.list(&name, &inner)?;
            }
            if input.is_empty() {
                break;
            }
            input.parse::<Token![,]>()?;
        }
        Ok(arguments)
    }
}

impl Arguments {
    fn list(&mut self, name: &Ident, inner: ParseStream) -> syn::Result<()> {
        match name.to_string().as_str() {
            "on" => {
                let low = inner.parse()?;
                inner.parse::<Token![,]>()?;
                self.interval = Some((low, inner.parse()?));
                Ok(())
            }
            "stops" => {
                self.stops = true;
                Ok(())
            }
            "first_order" => {
                self.first_order = true;
                Ok(())
            }
            "plain" => names(inner).map(|list| self.plain.extend(list)),
            "consts" => names(inner).map(|list| self.consts.extend(list)),
            _ => Err(syn::Error::new(
                name.span(),
                "expected on, stops, first_order, plain or consts",
            )),
        }
    }
}

fn names(inner: ParseStream) -> syn::Result<Vec<String>> {
    let list = Punctuated::<Ident, Token![,]>::parse_terminated(inner)?;
    Ok(list.iter().map(Ident::to_string).collect())
}
