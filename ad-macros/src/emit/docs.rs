//! The rustdoc of the generated item, and its table of sites.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::Context;
use crate::analysis::kinks::{SiteInfo, Sites};
use crate::ir::Passing;
use crate::rules::{Kind, TABLE};
use crate::syntax::given::Given;
use crate::syntax::options::Select;
use crate::syntax::source::tidy;

/// Whether an attribute hides the user's function from the documentation.
pub fn is_hidden(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("doc")
        && attr
            .parse_args::<Ident>()
            .is_ok_and(|argument| argument == "hidden")
}

/// The lints of the user's crate that are not about generated code.
pub fn allowed() -> TokenStream {
    quote! {
        #[allow(
            unused, non_snake_case, non_camel_case_types, non_upper_case_globals, deprecated,
            private_interfaces, private_bounds, single_use_lifetimes, unused_lifetimes,
            unused_qualifications, unused_results, trivial_casts, trivial_numeric_casts,
            let_underscore_drop, unit_bindings, variant_size_differences, clippy::all,
            clippy::pedantic, clippy::nursery, clippy::restriction
        )]
    }
}

/// The sites in the order of the text, each once.
fn in_order(sites: &Sites) -> Vec<&SiteInfo> {
    let mut all: Vec<&SiteInfo> = sites.values().collect();
    all.sort_by_key(|site| site.index);
    all.dedup_by_key(|site| site.index);
    all
}

/// `SITES`, with the positions of the user's tokens.
pub fn sites(cx: &Context<'_>, sites: &Sites) -> TokenStream {
    let rt = &cx.rt;
    let name = cx
        .options
        .within
        .as_ref()
        .unwrap_or(&cx.sig.ident)
        .to_string();
    let function = name.trim_start_matches("r#");
    let entries = in_order(sites).into_iter().map(|site| {
        // Short names, so that each site is one line.
        let index = Literal::usize_unsuffixed(site.index);
        let kind = Ident::new(site.kind, Span::call_site());
        let source = &site.source;
        let (file, line, column) = (
            quote_spanned!(site.span=> file!()),
            quote_spanned!(site.span=> line!()),
            quote_spanned!(site.span=> column!()),
        );
        quote!(__rt::site(#index, __rt::SiteKind::#kind, #function, #file, #line, #column, #source))
    });
    let list = match sites.is_empty() {
        true => quote!(&[]),
        false => quote!({
            use #rt as __rt;
            use ::core::{column, file, line};
            &[#(#entries),*]
        }),
    };
    let doc = match cx.of_type() {
        true => item(cx, sites),
        false => vec![format!(
            " The sites of `{function}`: where an active value decides. They are listed above."
        )],
    };
    cx.sites_declared(&doc, &list)
}

/// `SITES` of a function whose sites are given.
pub fn given_sites(cx: &Context<'_>, sites: &TokenStream) -> TokenStream {
    let name = cx.sig.ident.to_string();
    let doc = format!(" The sites of `{name}`: where an active value decides.");
    cx.sites_declared(&[doc], sites)
}

/// The documentation of an item whose derivative is given.
pub fn given_item(cx: &Context<'_>, given: &Given) -> Vec<String> {
    let mut lines = head(cx);
    match given {
        Given::Constant => {}
        Given::Provided(_) => {
            lines.push(" At ties it follows `MinNorm`, or the rule of its caller.".to_owned());
        }
        Given::Custom(rules) => {
            let rules = [
                ("vjp", &rules.vjp),
                ("jvp", &rules.jvp),
                ("trace", &rules.trace),
            ];
            let given = rules
                .iter()
                .filter_map(|(name, path)| Some((name, path.as_ref()?)));
            let given: Vec<String> = given
                .map(|(name, path)| format!("`{name} = {}`", tidy(path.to_token_stream())))
                .collect();
            lines.push(format!(
                " Its rules are written by hand: {}.",
                listed(&given)
            ));
        }
    }
    lines
}

/// What the item belongs to, and what is differentiated.
fn head(cx: &Context<'_>) -> Vec<String> {
    let name = cx.sig.ident.to_string();
    let mut lines = vec![match cx.of_type() {
        true => format!(" Where an active value decides in [`{name}`](Self::{name})."),
        false => format!(" Derivatives of [`{name}`](fn@{name})."),
    }];
    let active = names(cx, |_| true);
    lines.push(String::new());
    lines.push(if cx.is_constant() {
        " Nothing in it is differentiated: to its callers it is a constant.".to_owned()
    } else {
        format!(" It is differentiated with respect to {}.", listed(&active))
    });
    lines
}

/// The documentation of the item, one entry a line.
pub fn item(cx: &Context<'_>, sites: &Sites) -> Vec<String> {
    let mut lines = head(cx);
    lines.push(match cx.options.select {
        Some(rule) => format!(" At ties it follows the rule `{}`.", rule.type_name()),
        None => " At ties it follows `MinNorm`, or the rule of its caller.".to_owned(),
    });
    let sites = in_order(sites);
    if sites.is_empty() {
        lines.push(" No active value decides anything in it: there are no sites.".to_owned());
        return lines;
    }
    lines.push(String::new());
    lines.push(" | site | source | kind | derivative at a tie |".to_owned());
    lines.push(" |---|---|---|---|".to_owned());
    for site in sites {
        let choice = choice(site.kind, cx.options.select.unwrap_or(Select::MinNorm));
        lines.push(format!(
            " | {} | {} | `{}` | {choice} |",
            site.index,
            code(&site.source),
            site.kind
        ));
    }
    lines.push(String::new());
    lines.push(MEANING.to_owned());
    lines
}

/// Where the rustdoc of a function with sites leads.
const MEANING: &str = " What a gradient means at a tie: \
                       [`ad_runtime::meaning`](https://docs.rs/ad-runtime/latest/ad_runtime/meaning/).";

/// What a derivative is at the tie of a site.
fn choice(kind: &str, rule: Select) -> &'static str {
    use Select::{Left, Mean, MinNorm, Right};
    match (kind, rule) {
        ("Max" | "Min" | "AbsSub", MinNorm) => "half of each operand; 0 against a constant",
        ("Max" | "Min" | "AbsSub", Mean) => "half of each operand",
        ("Max" | "Min" | "AbsSub", Left) => {
            "the first operand's; against a constant the left derivative"
        }
        ("Max" | "Min" | "AbsSub", Right) => {
            "the second operand's; against a constant the right derivative"
        }
        ("Abs", MinNorm | Mean) => "0",
        ("Abs", Left) => "-1",
        ("Abs", Right) => "1",
        ("Clamp", MinNorm) => "0 at a constant bound, else half of each operand",
        ("Clamp", Mean) => "1/2",
        ("Clamp", Left) => "the left derivative",
        ("Clamp", Right) => "the right derivative",
        ("Cast", _) => "that of the executed piece: the function jumps",
        (kind, _) => match TABLE
            .iter()
            .find(|row| row.site_kind == kind)
            .map(|row| row.kind)
        {
            Some(Kind::Jump) => "that of the executed piece: the function jumps",
            Some(Kind::Singular) => {
                "what the arithmetic gives: the function is not Lipschitz there"
            }
            Some(Kind::Kink) => "0",
            Some(Kind::Select | Kind::Smooth) | None => "that of the executed branch",
        },
    }
}

/// Source text as code in a table.
fn code(source: &str) -> String {
    let text = source.replace('|', "\\|");
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

/// The names of the active parameters of one kind.
fn names(cx: &Context<'_>, of: impl Fn(Passing) -> bool) -> Vec<String> {
    let params = cx
        .sig
        .params
        .iter()
        .filter(|p| p.is_differentiated() && of(p.passing));
    params.map(|p| format!("`{}`", p.name)).collect()
}

/// `a`, `a and b`, `a, b and c`
fn listed(names: &[String]) -> String {
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The generated functions that have documentation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Grad,
    GradWith,
    GradTrace,
    GradTies,
    Vjp,
    VjpWith,
    VjpInto,
    Jvp,
    JvpWith,
    JvpLanes,
    Trace,
    TraceWith,
    Field,
    Limiting,
    Certify,
    Step,
}

/// What a generated function computes, how it is called, and when it panics.
pub fn function(cx: &Context<'_>, function: Function) -> Vec<String> {
    let name = cx.sig.ident.to_string();
    let returned = names(cx, |p| p != Passing::RefMut);
    let written = names(cx, |p| p == Passing::RefMut);
    let what = |what: &str| match returned.is_empty() {
        true => what.to_owned(),
        false => format!("{what} and the cotangents of {}", listed(&returned)),
    };
    let mut text = match function {
        Function::Grad => format!("The value of `{name}` and its gradient, by reverse mode."),
        Function::GradWith => {
            "As [`grad`](Self::grad), with another rule at ties for this one call.".to_owned()
        }
        Function::GradTrace => {
            "As [`grad`](Self::grad), with the selections of the same run and its verdict."
                .to_owned()
        }
        Function::GradTies => {
            "As [`grad`](Self::grad), with the number of selections and of ties of the same run."
                .to_owned()
        }
        Function::Vjp if cx.sig.output.carries_float() => {
            let what = what("The value");
            format!("{what}, by reverse mode, for the cotangent `seed` of the result.")
        }
        Function::Vjp if returned.is_empty() => {
            format!("Reverse mode through what `{name}` writes.")
        }
        Function::Vjp => {
            format!(
                "Reverse mode through what `{name}` writes: {}.",
                what("its result if it has one")
            )
        }
        Function::VjpWith => {
            "As [`vjp`](Self::vjp), with another rule at ties for this one call.".to_owned()
        }
        Function::VjpInto => {
            "As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of \
             `tape`: nothing is allocated in the steady state."
                .to_owned()
        }
        Function::Jvp => {
            format!(
                "Forward mode: what `{name}` returns, and its tangent, for tangents of its arguments."
            )
        }
        Function::JvpWith => {
            "As [`jvp`](Self::jvp), with another rule at ties for this one call.".to_owned()
        }
        Function::JvpLanes => {
            "As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes \
             innermost: `[f64; N]` for a float."
                .to_owned()
        }
        Function::Trace => {
            format!(
                "Runs `{name}` and records its selections. The verdict assumes that the sides of tied \
                     branches agree at the tie."
            )
        }
        Function::TraceWith => {
            "As [`trace`](Self::trace), with another rule at ties for this one call.".to_owned()
        }
        Function::Field => format!(
            "The generators of the conservative field of `{name}` at the point: the gradients of all \
             pieces that meet there."
        ),
        Function::Limiting => format!(
            "The value of `{name}` and a limiting gradient, that of the piece in a direction from the \
             point."
        ),
        Function::Certify => {
            "The strongest statement that can be made about [`grad`](Self::grad) at the point."
                .to_owned()
        }
        Function::Step => {
            "The step along a direction to the next change of selection, to first order.".to_owned()
        }
    };
    text.insert(0, ' ');
    let mut lines = vec![text];
    let reverse = matches!(
        function,
        Function::Grad
            | Function::GradWith
            | Function::GradTrace
            | Function::GradTies
            | Function::Vjp
            | Function::VjpWith
            | Function::VjpInto
    );
    if reverse && !written.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            " The cotangent that follows {} is on entry that of the final value, and on return that of the \
             initial value.",
            listed(&written)
        ));
    }
    let checked = cx.sig.params.iter().any(|p| {
        let given = match function {
            Function::VjpInto | Function::Jvp | Function::JvpWith | Function::JvpLanes => true,
            Function::Trace
            | Function::TraceWith
            | Function::Field
            | Function::Limiting
            | Function::Certify
            | Function::Step => false,
            _ => p.passing == Passing::RefMut,
        };
        given && p.active && super::types::is_sliced(p)
    });
    if checked {
        lines.extend([
            String::new(),
            " # Panics".to_owned(),
            String::new(),
            format!(
                " Panics where `{name}` does, and before anything runs if the length of a cotangent or tangent \
                 is not that of its argument."
            ),
        ]);
    }
    lines
}
