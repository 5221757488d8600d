//! Where the generated functions stand and what they are called: beside a free
//! function they belong to an item of its name, beside a method to its type.
//!
//! *Methods.* rustc finds the derivative of `x.f(y)` as it finds `f`: by a method
//! of a mangled name. A caller knows neither whether `f` takes a receiver nor how,
//! so that every function of a type is called alike: its first parameter comes
//! first, and one that is passed by value is given by reference.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::docs;
use crate::ir::Passing;
use crate::rules;

/// The hidden functions, by what they do.
pub const FORWARD: &str = "fwd";

/// The name of a hidden function of the method `method`. The one that a caller
/// needs first tells in rustc's error what is missing.
pub fn hidden_method(method: &Ident, part: &str, span: Span) -> Ident {
    let method = plain(method);
    match part {
        FORWARD => Ident::new(&format!("{method}__needs_conservative_grad"), span),
        part => Ident::new(&format!("__{method}_{part}"), span),
    }
}

pub fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// A parameter of a hidden function: as it is declared, and as it is passed on.
pub struct Given {
    pub declared: TokenStream,
    pub passed: TokenStream,
}

impl Context<'_> {
    /// Whether the function belongs to a type.
    pub fn of_type(&self) -> bool {
        self.sig.owner.is_some()
    }

    /// The name of a hidden function.
    pub fn hidden(&self, part: &str) -> Ident {
        let span = Span::call_site();
        match self.of_type() {
            true => hidden_method(&self.sig.ident, part, self.sig.ident.span()),
            false => Ident::new(&format!("__{part}"), span),
        }
    }

    /// The name of a function that users call.
    pub fn public(&self, name: &str) -> Ident {
        match self.of_type() {
            true => format_ident!("{}_{name}", plain(self.item()), span = self.item().span()),
            false => Ident::new(name, self.sig.ident.span()),
        }
    }

    /// The name of the table of sites. A trait with a constant is not fit for `dyn`:
    /// there it is a function.
    pub fn sites(&self) -> Ident {
        let span = self.item().span();
        if self.in_trait() || self.of_trait() {
            return format_ident!("{}_sites", plain(&self.sig.ident), span = span);
        }
        match self.of_type() {
            true => {
                let name = plain(self.item()).to_uppercase();
                format_ident!("{name}_SITES", span = span)
            }
            false => Ident::new("SITES", Span::call_site()),
        }
    }

    /// What stands in front of a generated function: methods stand among the
    /// user's, where there is no item of their own to carry it.
    pub fn lead(&self) -> TokenStream {
        if !self.of_type() || self.options.row {
            return TokenStream::new();
        }
        let cfgs = self.attrs.iter().filter(|a| a.path().is_ident("cfg"));
        let allow = docs::allowed();
        quote!(#(#cfgs)* #allow)
    }

    /// As [`Context::lead`], of a function that users do not see.
    pub fn lead_hidden(&self) -> TokenStream {
        let lead = self.lead();
        quote!(#lead #[doc(hidden)])
    }

    /// Parameter number `k` of a hidden function that callers use.
    pub fn given(&self, k: usize) -> Given {
        let param = &self.sig.params[k];
        let ty = &param.written;
        let name = format_ident!("__arg_{k}", span = Span::mixed_site());
        let by_reference = self.of_type() && k == 0 && param.passing == Passing::Value;
        let is_receiver = self.of_type() && param.name == "self";
        let (declared, passed) = match (is_receiver, param.passing) {
            (true, Passing::RefMut) => (quote!(&mut self), quote!(self)),
            (true, _) => (quote!(&self), quote!(self)),
            (false, _) if by_reference => (quote!(#name: &#ty), quote!(#name)),
            (false, _) => (quote!(#name: #ty), quote!(#name)),
        };
        let passed = match by_reference {
            true => quote!(::core::clone::Clone::clone(#passed)),
            false => passed,
        };
        Given { declared, passed }
    }

    /// The parameters of a hidden function in their order: `columns` are the
    /// parameters of the user's, each with what accompanies it.
    pub fn arranged(
        &self,
        context: TokenStream,
        columns: impl IntoIterator<Item = TokenStream>,
    ) -> TokenStream {
        arranged(self.of_type(), context, columns)
    }

    /// The site that the caller of a method hands on, where its name is one of a
    /// float's that is not smooth. Only a float's own notes at it.
    pub fn site_parameter(&self) -> TokenStream {
        let rt = &self.rt;
        let name = match self.options.row {
            true => quote!(__site),
            false => quote!(_),
        };
        let takes = self.of_type() && rules::takes_site(&plain(&self.sig.ident));
        match takes {
            true => quote!(#name: &'static #rt::Site,),
            false => TokenStream::new(),
        }
    }

    /// What a body has of it: as it is declared there, and as it is passed on.
    pub fn site_of_row(&self) -> Given {
        let declared = match self.options.row {
            true => self.site_parameter(),
            false => TokenStream::new(),
        };
        let passed = (!declared.is_empty()).then(|| quote!(__site,));
        Given {
            declared,
            passed: passed.unwrap_or_default(),
        }
    }

    /// The result that the caller of a method hands back to its reverse sweep,
    /// where its name is one of a float's that wants it. Only a float's own uses it.
    pub fn result_parameter(&self) -> TokenStream {
        let name = match self.options.row {
            true => quote!(__result),
            false => quote!(_),
        };
        let result = self.result();
        match self.takes_result() {
            true => quote!(#name: &#result,),
            false => TokenStream::new(),
        }
    }

    /// Whether what the forward sweep keeps is the result, which the caller keeps.
    pub fn keeps_result_outside(&self) -> bool {
        self.options.row && self.takes_result()
    }

    fn takes_result(&self) -> bool {
        self.of_type() && rules::takes_result(&plain(&self.sig.ident))
    }
}

/// See [`Context::arranged`]; each part ends in a comma.
pub fn arranged(
    of_type: bool,
    context: TokenStream,
    columns: impl IntoIterator<Item = TokenStream>,
) -> TokenStream {
    let mut columns = columns.into_iter();
    let first = of_type.then(|| columns.next()).flatten();
    quote!(#first #context #(#columns)*)
}
