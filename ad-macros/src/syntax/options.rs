//! The arguments of the attribute: `#[conservative_grad(wrt(x), select = left)]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Path, Token};

use super::given::{self, Given};
use crate::diag::Errors;

/// What the attribute says. Everything is optional.
#[derive(Default)]
pub struct Options {
    /// `wrt(a, b)`: the active parameters.
    pub wrt: Option<Vec<Ident>>,
    /// `select = left`: the rule at ties; absent where it is inherited.
    pub select: Option<Select>,
    /// `name = ident`: the name of the generated item.
    pub name: Option<Ident>,
    /// `calls(f = f_ad)`: the items that belong to called functions whose names
    /// collide with something else.
    pub calls: Vec<(Path, Path)>,
    /// `scalar`: the result is one float behind an alias.
    pub scalar: bool,
    /// Where `scalar` is written.
    pub scalar_span: Option<Span>,
    /// `crate = "path"`: where `ad_runtime` is found; absent: `::ad_runtime`.
    pub runtime: Option<Path>,
    /// `second_order`: the hidden functions of the second derivative are emitted, too. Experimental
    /// and for this project's own tests: called functions need the option as well, and what it
    /// emits has no public form yet. [`ALLOWED`] does not offer it.
    pub second_order: bool,
    /// `skip`: a method of an annotated `impl` that is left alone.
    pub skip: bool,
    /// The function is an operator's, whose rules these are: set by
    /// [`crate::operators`] alone.
    pub operator: Option<super::owner::Rules>,
    /// The function is a closure of this one, which is passed on: set by [`crate::expand`] alone.
    pub within: Option<Ident>,
    /// The function is a row of the rule table: set by [`crate::floats`] alone.
    pub row: bool,
    /// Where the derivative comes from, if not from the body.
    pub given: Option<Given>,
}

/// The rule at ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Select {
    MinNorm,
    Left,
    Right,
    Mean,
}

impl Select {
    /// The name of the rule's type in `ad_runtime`.
    pub fn type_name(self) -> &'static str {
        match self {
            Select::MinNorm => "MinNorm",
            Select::Left => "Left",
            Select::Right => "Right",
            Select::Mean => "Mean",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "min_norm" => Select::MinNorm,
            "left" => Select::Left,
            "right" => Select::Right,
            "mean" => Select::Mean,
            _ => return None,
        })
    }
}

const ALLOWED: &str = "the arguments are wrt(..), select = .., name = .., calls(..), custom(..), \
                       constant, scalar and crate = \"..\"";

impl Options {
    /// Reads the arguments; every fault is reported.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Options {
        let mut options = Options::default();
        let mut seen: Vec<(String, Span)> = Vec::new();
        for arg in split_at_commas(args) {
            let Some((name, span)) = name_of(&arg) else {
                let span = arg
                    .clone()
                    .into_iter()
                    .next()
                    .map_or_else(Span::call_site, |t| t.span());
                errors.push(
                    span,
                    format!("`{arg}` is not an argument of conservative_grad"),
                    ALLOWED,
                );
                continue;
            };
            if seen.iter().any(|(other, _)| *other == name) {
                errors.push(span, format!("`{name}` is given twice"), "keep one of them");
                continue;
            }
            seen.push((name.clone(), span));
            options.argument(&name, span, arg, errors);
        }
        if let Some(given) = &options.given {
            given::refuse_beside(given, &seen, errors);
        }
        options
    }

    /// What is said for all functions of a block and not otherwise for this one.
    pub fn inherit(&mut self, block: &Options) {
        self.select = self.select.or(block.select);
        self.calls.extend(block.calls.iter().cloned());
        self.second_order |= block.second_order;
        if self.runtime.is_none() {
            self.runtime.clone_from(&block.runtime);
        }
    }

    /// Arguments that say something about one function are none of a block.
    pub fn refuse_for_block(&self, errors: &mut Errors) {
        let of_a_function = [
            self.wrt.is_some().then_some("wrt"),
            self.name.is_some().then_some("name"),
            self.scalar.then_some("scalar"),
            self.skip.then_some("skip"),
        ];
        for name in of_a_function.into_iter().flatten() {
            errors.push(
                Span::call_site(),
                format!("`{name}` is said of a whole block"),
                format!(
                    "write `{name}` in an attribute of the method: `#[conservative_grad(..)]` on it"
                ),
            );
        }
    }

    fn argument(&mut self, name: &str, span: Span, arg: TokenStream, errors: &mut Errors) {
        match name {
            "wrt" => {
                let names: Option<Vec<Name>> =
                    list(arg, span, errors, "name parameters: wrt(x, w)");
                self.wrt = names.map(|names| names.into_iter().map(|name| name.0).collect());
            }
            "select" => self.select = select(arg, span, errors),
            "name" => {
                let help = "name the generated item: name = my_function_ad";
                self.name = value(arg, span, errors, help, |e| {
                    syn::parse2(e.to_token_stream()).ok()
                });
            }
            "calls" => {
                let help = "say which item belongs to which function: calls(f = f_ad)";
                let entries: Option<Vec<CallsEntry>> = list(arg, span, errors, help);
                let entries = entries.unwrap_or_default();
                self.calls = entries.into_iter().map(|e| (e.function, e.item)).collect();
            }
            "scalar" | "second_order" | "skip" => {
                match name {
                    "scalar" => (self.scalar, self.scalar_span) = (true, Some(span)),
                    "skip" => self.skip = true,
                    _ => self.second_order = true,
                }
                if arg.into_iter().nth(1).is_some() {
                    errors.push(
                        span,
                        format!("`{name}` takes no value"),
                        format!("write {name} alone"),
                    );
                }
            }
            "crate" => {
                let help =
                    "write the path of ad_runtime as a string: crate = \"my_crate::ad_runtime\"";
                self.runtime = value(arg, span, errors, help, path_in_string);
            }
            "custom" | "constant" | "provided" => {
                let given = Given::parse(name, span, arg, errors);
                if self.given.is_some() && given.is_some() {
                    let help = "keep the hand-written rules or the zero";
                    errors.push(span, "`custom` and `constant` exclude each other", help);
                }
                self.given = given.or(self.given.take());
            }
            _ => errors.push(
                span,
                format!("`{name}` is not an argument of conservative_grad"),
                ALLOWED,
            ),
        }
    }
}

/// Takes the arguments of the attribute off a method of an annotated block.
pub fn own_arguments(attrs: &mut Vec<Attribute>) -> Option<TokenStream> {
    let is_own = |attr: &Attribute| {
        let last = attr.path().segments.last();
        last.is_some_and(|segment| segment.ident == "conservative_grad")
    };
    let at = attrs.iter().position(is_own)?;
    match attrs.remove(at).meta {
        Meta::List(list) => Some(list.tokens),
        _ => None,
    }
}

/// The name of a parameter, which may be `self`.
struct Name(Ident);

impl syn::parse::Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        match input.peek(Token![self]) {
            true => syn::ext::IdentExt::parse_any(input).map(Name),
            false => input.parse().map(Name),
        }
    }
}

struct CallsEntry {
    function: Path,
    item: Path,
}

impl syn::parse::Parse for CallsEntry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let function = input.call(Path::parse_mod_style)?;
        input.parse::<Token![=]>()?;
        Ok(CallsEntry {
            function,
            item: input.call(Path::parse_mod_style)?,
        })
    }
}

/// The arguments, one by one, so that a fault in one does not hide the others.
pub(super) fn split_at_commas(args: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in args {
        match &token {
            TokenTree::Punct(p) if p.as_char() == ',' => parts.push(Vec::new()),
            _ => parts
                .last_mut()
                .expect("there is always a last part")
                .push(token),
        }
    }
    parts
        .into_iter()
        .filter(|p| !p.is_empty())
        .map(|p| p.into_iter().collect())
        .collect()
}

pub(super) fn name_of(arg: &TokenStream) -> Option<(String, Span)> {
    match arg.clone().into_iter().next()? {
        TokenTree::Ident(ident) => Some((ident.to_string(), ident.span())),
        _ => None,
    }
}

/// `name(a, b)`
fn list<T: syn::parse::Parse>(
    arg: TokenStream,
    span: Span,
    errors: &mut Errors,
    help: &str,
) -> Option<Vec<T>> {
    let parsed = syn::parse2::<Meta>(arg).ok().and_then(|meta| match meta {
        Meta::List(list) => list
            .parse_args_with(Punctuated::<T, Token![,]>::parse_terminated)
            .ok(),
        _ => None,
    });
    if parsed.is_none() {
        errors.push(span, "this argument is not understood", help);
    }
    Some(parsed?.into_iter().collect())
}

/// `name = value`
pub(super) fn value<T>(
    arg: TokenStream,
    span: Span,
    errors: &mut Errors,
    help: &str,
    read: impl FnOnce(&Expr) -> Option<T>,
) -> Option<T> {
    // `crate` is a keyword and no `Meta` path of its own, so the value is split
    // off by hand.
    let mut tokens = arg.into_iter().skip(1);
    let equals = matches!(tokens.next(), Some(TokenTree::Punct(p)) if p.as_char() == '=');
    let parsed = syn::parse2::<Expr>(tokens.collect())
        .ok()
        .filter(|_| equals);
    let parsed = parsed.and_then(|e| read(&e));
    if parsed.is_none() {
        errors.push(span, "this argument is not understood", help);
    }
    parsed
}

fn select(arg: TokenStream, span: Span, errors: &mut Errors) -> Option<Select> {
    let help = "the rules are select = min_norm, left, right or mean";
    let name: Path = value(arg, span, errors, help, |e| match e {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        _ => None,
    })?;
    let rule = name
        .get_ident()
        .and_then(|name| Select::from_name(&name.to_string()));
    if rule.is_none() {
        let text = name.to_token_stream();
        errors.push(name.span(), format!("there is no rule `{text}`"), help);
    }
    rule
}

fn path_in_string(e: &Expr) -> Option<Path> {
    match e {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => text.parse_with(Path::parse_mod_style).ok(),
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Options, String) {
        let mut errors = Errors::new();
        let options = Options::parse(text.parse().unwrap(), &mut errors);
        (options, errors.into_tokens().to_string())
    }

    #[test]
    fn every_argument_is_read() {
        let (o, errors) = parse(
            "wrt(a, b,), select = left, name = f_ad, calls(g = g_ad, m::h = m::h_ad), scalar, crate = \"x::y\"",
        );
        assert_eq!(errors, "");
        assert_eq!(
            o.wrt
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(o.select, Some(Select::Left));
        assert_eq!(o.name.unwrap(), "f_ad");
        assert_eq!(o.calls.len(), 2);
        assert!(o.scalar);
        assert_eq!(o.runtime.unwrap().to_token_stream().to_string(), "x :: y");
    }

    #[test]
    fn second_order_is_asked_for_by_name() {
        let (o, errors) = parse("select = left, second_order");
        assert_eq!(errors, "");
        assert!(o.second_order);
        assert!(!parse("").0.second_order && !ALLOWED.contains("second_order"));
    }

    #[test]
    fn nothing_is_an_answer_too() {
        let (o, errors) = parse("");
        assert_eq!(errors, "");
        assert!(o.wrt.is_none() && o.select.is_none() && !o.scalar);
        let (o, errors) = parse("wrt()");
        assert_eq!(errors, "");
        assert!(o.wrt.unwrap().is_empty());
    }

    #[test]
    fn all_faults_are_reported() {
        let (_, errors) =
            parse("wtr(a), select = up, custom, name = 3, 7, scalar = 1, wrt(a), wrt(b)");
        assert!(errors.contains("`wtr` is not an argument"), "{errors}");
        assert!(errors.contains("there is no rule `up`"), "{errors}");
        assert!(errors.contains("`custom` says where"), "{errors}");
        assert!(errors.contains("name the generated item"), "{errors}");
        assert!(errors.contains("`7` is not an argument"), "{errors}");
        assert!(errors.contains("`scalar` takes no value"), "{errors}");
        assert!(errors.contains("`wrt` is given twice"), "{errors}");
    }
}
