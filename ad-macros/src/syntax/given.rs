//! Derivatives that are given, not made from the body: `custom(..)`, `constant`.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Meta, Path};

use super::options::{name_of, split_at_commas, value};
use super::signature::{Param, Signature};
use crate::diag::Errors;
use crate::ir::Passing;

/// Where a derivative comes from, if not from the body.
pub enum Given {
    /// `custom(vjp = path, jvp = path, sites = path, trace = path)`
    Custom(Custom),
    /// `constant`: zero by decision.
    Constant,
    /// `provided = module`: the rule of a function that the runtime provides. It knows the
    /// selection rule and the tape, which are no public interface, so it is not offered.
    Provided(Path),
}

/// The hand-written rules of a function.
pub struct Custom {
    /// The function with the signature of the generated `vjp`.
    pub vjp: Option<Path>,
    /// The function with the signature of the generated `jvp`.
    pub jvp: Option<Path>,
    /// The table of the function's sites.
    pub sites: Option<Path>,
    /// The function that notes the selections of a run.
    pub trace: Option<Path>,
}

const FORM: &str = "write custom(vjp = my_vjp, jvp = my_jvp); beside them sites = MY_SITES and \
                    trace = my_trace are understood";

impl Given {
    pub(super) fn parse(
        name: &str,
        span: Span,
        arg: TokenStream,
        errors: &mut Errors,
    ) -> Option<Given> {
        match name {
            "custom" => Custom::parse(span, arg, errors).map(Given::Custom),
            "provided" => {
                let help = "name the module of the rule: provided = my_rule";
                value(arg, span, errors, help, path).map(Given::Provided)
            }
            _ => {
                if arg.into_iter().nth(1).is_some() {
                    let help = "write constant alone, or custom(vjp = .., jvp = ..)";
                    errors.push(span, "`constant` takes no value", help);
                }
                Some(Given::Constant)
            }
        }
    }
}

impl Given {
    /// What the signature has to do with it.
    pub fn check(&self, sig: &Signature, errors: &mut Errors) {
        match self {
            Given::Provided(_) => {}
            Given::Custom(_) if sig.is_constant() => errors.push(
                sig.ident.span(),
                format!("there is nothing to differentiate in `{}`", sig.ident),
                "leave `custom` out: the function takes or returns no float",
            ),
            Given::Custom(_) => {}
            // Whether what it leaves there depends on what was there, nobody can say.
            Given::Constant => {
                let written = |p: &&Param| p.active && p.passing == Passing::RefMut;
                for param in sig.params.iter().filter(written) {
                    errors.push(
                        param.name.span(),
                        format!("a constant function cannot write to `{}`", param.name),
                        "return the new values, and assign them in the caller",
                    );
                }
            }
        }
    }
}

impl Custom {
    fn parse(span: Span, arg: TokenStream, errors: &mut Errors) -> Option<Custom> {
        let list = match syn::parse2::<Meta>(arg) {
            Ok(Meta::List(list)) => list.tokens,
            _ => {
                errors.push(span, "`custom` says where the rules are", FORM);
                return None;
            }
        };
        let mut custom = Custom {
            vjp: None,
            jvp: None,
            sites: None,
            trace: None,
        };
        for entry in split_at_commas(list) {
            let (name, at) = name_of(&entry).unwrap_or((String::new(), span));
            let place = match name.as_str() {
                "vjp" => &mut custom.vjp,
                "jvp" => &mut custom.jvp,
                "sites" => &mut custom.sites,
                "trace" => &mut custom.trace,
                _ => {
                    errors.push(at, format!("`{entry}` is not a rule"), FORM);
                    continue;
                }
            };
            if place.is_some() {
                errors.push(at, format!("`{name}` is given twice"), "keep one of them");
            }
            *place = value(entry, at, errors, FORM, path);
        }
        if custom.vjp.is_none() && custom.jvp.is_none() {
            let what = "a custom derivative needs a rule: `vjp`, `jvp` or both";
            errors.push(span, what, FORM);
        }
        if custom.trace.is_some() && custom.sites.is_none() {
            let help = "write the table, too: sites = MY_SITES";
            errors.push(
                span,
                "`trace` notes selections at sites, and there are none",
                help,
            );
        }
        Some(custom)
    }
}

fn path(e: &Expr) -> Option<Path> {
    match e {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        _ => None,
    }
}

/// What means nothing where the body is not transformed.
pub(super) fn refuse_beside(given: &Given, seen: &[(String, Span)], errors: &mut Errors) {
    let what = match given {
        Given::Custom(_) => "custom",
        Given::Constant => "constant",
        Given::Provided(_) => return,
    };
    for (name, span) in seen {
        let help = match (name.as_str(), what) {
            ("select", "custom") => "leave it out: the hand-written rule decides at ties",
            ("select", _) => "leave it out: the derivative is zero everywhere",
            ("calls", _) => "leave it out: the calls of this body are not transformed",
            ("second_order", _) => "let the compiler differentiate the body",
            _ => continue,
        };
        errors.push(
            *span,
            format!("`{name}` says nothing beside `{what}`"),
            help,
        );
    }
}
